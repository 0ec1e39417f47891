//! `parley import`: tables of other systems become records.

use super::failure::{Failure, Outcome};
use super::installation::Installation;
use super::output::Output;
use crate::import::{Files, Mapping, Options, Summary, run as import};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// Folder of the tables
    folder: PathBuf,
    /// Which table becomes what: a TOML file, as examples/crm-sales/mapping.toml describes; mapping.toml of the folder if not said
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Folder for the rows that are rejected; beside their tables if not said
    #[arg(long, value_name = "DIR")]
    rejects: Option<PathBuf>,
    /// Move all dates of the tables by so many days
    #[arg(long, value_name = "DAYS", default_value_t = 0, allow_negative_numbers = true)]
    shift_days: i64,
}

/// How many rejected rows are shown on the terminal.
const SHOWN: usize = 20;

pub(super) async fn run(installation: &Installation, output: Output, what: Import) -> Outcome {
    let path = what.mapping.unwrap_or_else(|| what.folder.join("mapping.toml"));
    let text = std::fs::read_to_string(&path)
        .map_err(|error| Failure::new(format!("{}: the mapping cannot be read: {error}.", path.display())))?;
    let mapping = Mapping::parse(&path.display().to_string(), &text)?;
    if let Some(folder) = &what.rejects {
        std::fs::create_dir_all(folder)?;
    }
    let crm = installation.open().await?;
    let tenant = installation.tenant(&crm).await?;
    let options = Options { shift_days: what.shift_days, rejects: what.rejects, progress: !output.json };
    let done = import(&crm, tenant.id, &mapping, &Files::Disk(what.folder), &options).await;
    crm.db().close().await;
    let summary = done?;
    if output.json {
        output.json(&summary)?
    } else {
        tell(output, &summary)?
    }
    match summary.complete() {
        true => Ok(()),
        false => Err(Failure::new("Some rows were not imported as they stand.")),
    }
}

fn tell(output: Output, summary: &Summary) -> Outcome {
    for warning in &summary.warnings {
        output.say(format!("note: {warning}"))?;
    }
    for wrong in summary.rejected.iter().take(SHOWN) {
        let cell = if wrong.column.is_empty() { String::new() } else { format!(", {} `{}`", wrong.column, wrong.cell) };
        output.say(format!("rejected: {}, line {}{cell}: {}", wrong.file, wrong.line, wrong.reason))?;
    }
    if summary.rejected.len() > SHOWN {
        output.say("rejected: … and more")?;
    }
    for file in &summary.rejected_files {
        output.say(format!("All rejected rows with their reasons: {file}"))?;
    }
    let rows: Vec<[String; 6]> = summary
        .objects
        .iter()
        .map(|counts| {
            let numbers = [counts.created, counts.updated, counts.unchanged, counts.rejected, counts.incomplete];
            let [created, updated, unchanged, rejected, incomplete] = numbers.map(|n| format!("{n:>10}"));
            [counts.object.clone(), created, updated, unchanged, rejected, incomplete]
        })
        .collect();
    output.table(summary, ["OBJECT", "   CREATED", "   UPDATED", " UNCHANGED", "  REJECTED", "INCOMPLETE"], &rows)?;
    output.say(format!("{:.1} s, {:.0} rows a second", summary.seconds, summary.rows_per_second))
}
