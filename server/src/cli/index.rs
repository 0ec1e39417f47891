//! `parley index`: the search index, which follows the event log and can be made anew from the database at any time.

use super::failure::{Failure, Outcome};
use super::installation::Installation;
use super::output::Output;
use crate::config::Encoder;
use crm_core::Crm;
use indicatif::{ProgressBar, ProgressDrawTarget};
use kb_index::{Embedder, EncoderError, Endpoint, Local, Search};
use serde_json::json;
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make the search index anew from the database; a running server takes it up
    Rebuild,
}

pub(super) async fn run(installation: &Installation, output: Output, command: Command) -> Outcome {
    let Command::Rebuild = command;
    let crm = installation.open().await?;
    let search = open(installation)?;
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let rebuilt = search.rebuild(&crm, |progress| {
        bar.set_position(progress.records);
        bar.set_message(format!("{} {}", progress.tenant, progress.object));
    });
    let rebuilt = rebuilt.await;
    bar.finish_and_clear();
    crm.db().close().await;
    rebuilt.map_err(|error| Failure::new(format!("The search index was not made anew: {error}.")))?;
    match output.json {
        true => output.json(&json!({"records": search.size()})),
        false => output.say(format!("The search index was made anew: {} records.", search.size())),
    }
}

/// Opens the index in the data folder, with the encoder that the configuration names.
pub(super) fn open(installation: &Installation) -> Outcome<Search> {
    let folder = installation.config.index_folder();
    let embedder = embedder(installation.config.encoder.as_ref())?;
    Search::open_with(&folder, embedder)
        .map_err(|error| Failure::new(format!("The search index {} cannot be opened: {error}.", folder.display())))
}

fn embedder(encoder: Option<&Encoder>) -> Outcome<Embedder> {
    let failed = |error: EncoderError| Failure::new(format!("The encoder cannot be used: {error}."));
    Ok(match encoder {
        None => Embedder::None,
        Some(Encoder::Folder(folder)) => Embedder::Local(Arc::new(Local::load(folder).map_err(failed)?)),
        Some(Encoder::Service { address, model, key }) => {
            Embedder::Endpoint(Arc::new(Endpoint::new(address.as_str(), model, key.as_deref()).map_err(failed)?))
        }
    })
}

/// The task that feeds the index from the event log.
pub(super) struct Following {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Following {
    /// Starts feeding the index.
    pub(super) fn start(search: Search, crm: Crm) -> Self {
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            let stopped = async {
                // A sender that is gone also means the end.
                let _ = stopped.await;
            };
            search.follow(crm, stopped).await;
        });
        Self { stop, task }
    }

    /// Lets it finish what it is at.
    pub(super) async fn end(self) {
        // It may have ended by itself.
        let _ = self.stop.send(());
        if let Err(error) = self.task.await {
            tracing::warn!(%error, "the search index stopped early");
        }
    }
}
