//! `parley bench`: how fast are this machine and this database, measured through the door or through REST?

mod load;
mod measure;
mod target;

use super::failure::{Failure, Outcome};
use super::index;
use super::installation::Installation;
use super::output::Output;
use load::Load;
use measure::Measured;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use target::{Target, What};

#[derive(Debug, clap::Args)]
pub(super) struct Bench {
    /// How many deals the measures run over
    #[arg(long, default_value_t = 10_000)]
    deals: usize,
    /// How long each measure runs
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// How many requests at once
    #[arg(long, default_value_t = 8)]
    concurrency: usize,
    /// How many changes at once
    #[arg(long, default_value_t = 16)]
    writers: usize,
    /// How many other companies with a thousand deals each the database holds beside
    #[arg(long, default_value_t = 0, conflicts_with = "url")]
    others: usize,
    /// Measure only what has this word in its name
    #[arg(long)]
    only: Option<String>,
    /// Measure a running server through REST instead, such as http://127.0.0.1:8080; makes and changes deals there
    #[arg(long, requires = "key")]
    url: Option<String>,
    /// API key for --url, with the scopes read and write, the first time also configure [env: PARLEY_API_KEY]
    #[arg(long, env = "PARLEY_API_KEY", hide_env = true)]
    key: Option<String>,
}

/// How many deals each of the other companies has.
const OTHERS_DEALS: usize = 1_000;

/// What was measured.
#[derive(Debug, Serialize)]
struct Report {
    target: String,
    deals: usize,
    concurrency: usize,
    writers: usize,
    measures: Vec<Measured>,
}

/// Without an installation that was named, the bench runs on a database of its own that is removed afterwards.
pub(super) async fn run(mut installation: Installation, output: Output, bench: Bench, named: bool) -> Outcome {
    if bench.concurrency == 0 || bench.writers == 0 || bench.deals == 0 {
        return Err(Failure::new("At least one deal and one request at once are needed."));
    }
    if let (Some(url), Some(key)) = (&bench.url, &bench.key) {
        let target = Target::rest(url, key).await?;
        return report(output, &bench, url.clone(), target).await;
    }
    let own = (!named).then(|| OwnFolder::new(&mut installation));
    let crm = installation.open().await?;
    let engine = format!("{:?}, {}", crm.db().engine(), installation.config.shown_database_url());
    for n in 1..=bench.others {
        Load::seed(&Target::door(&crm, &format!("bench-{n}"), None).await?, OTHERS_DEALS).await?;
    }
    let target = Target::door(&crm, "bench", Some(index::open(&installation)?)).await?;
    let done = report(output, &bench, engine, target).await;
    crm.db().close().await;
    drop(own);
    done
}

async fn report(output: Output, bench: &Bench, name: String, target: Target) -> Outcome {
    let wanted = |what: &What| bench.only.as_deref().is_none_or(|only| what.name().contains(only));
    let (load, seeded) = Load::seed(&target, bench.deals).await?;
    let indexed = if wanted(&What::Search) { target.index().await? } else { None };
    let mut measures: Vec<Measured> = seeded.into_iter().chain(indexed).collect();
    let span = Duration::from_secs(bench.seconds.max(1));
    let (target, load) = (Arc::new(target), Arc::new(load));
    for what in What::ALL.into_iter().filter(wanted) {
        let at_once = if what.changes() { bench.writers } else { bench.concurrency };
        measures.push(measure::measure(&target, what, &load, at_once, span).await?);
    }
    let (deals, concurrency, writers) = (bench.deals, bench.concurrency, bench.writers);
    let report = Report { target: name, deals, concurrency, writers, measures };
    if !output.json {
        output.say(format!("{}; {deals} deals, {concurrency} requests or {writers} changes at once", report.target))?;
    }
    let rows: Vec<[String; 4]> = report.measures.iter().map(Measured::row).collect();
    output.table(&report, ["MEASURE", "  P50 MS", "  P95 MS", "  PER SECOND"], &rows)
}

/// A data folder for this run only.
struct OwnFolder(PathBuf);

impl OwnFolder {
    fn new(installation: &mut Installation) -> Self {
        let folder = std::env::temp_dir().join(format!("parley-bench-{}", std::process::id()));
        installation.config.database_url = format!("sqlite:{}", folder.join("parley.db").display());
        installation.config.data.clone_from(&folder);
        Self(folder)
    }
}

impl Drop for OwnFolder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, folder = %self.0.display(), "the folder of the bench stays");
        }
    }
}
