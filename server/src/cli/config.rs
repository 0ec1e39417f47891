//! `parley config`: is the configuration good, and what is in force?

use super::failure::Outcome;
use super::output::Output;
use crate::config::{Config, Values};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Say whether the configuration can be used, and if not, what to mend
    Check,
    /// Show every setting with its value and origin, as a configuration file; secrets hidden
    Show,
}

pub(super) fn run(output: Output, command: &Command, values: &Values) -> Outcome {
    match command {
        Command::Show => output.say(values.show()),
        Command::Check => {
            Config::read(values)?;
            output.say("The configuration can be used.")
        }
    }
}
