//! `parley nlu`: what the understanding of language makes of texts, for measuring it.

mod time;

use super::failure::Outcome;

#[derive(Debug, clap::Subcommand)]
pub(in crate::cli) enum Command {
    /// Find times and durations in texts: reads lines {"id","text","now","zone"}, writes lines {"id","found":[…]}
    Time(time::Times),
}

pub(super) fn run(command: &Command) -> Outcome {
    match command {
        Command::Time(times) => time::run(times),
    }
}
