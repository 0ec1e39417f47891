//! `parley nlu`: what the understanding of language makes of texts, for measuring it, and intents learnt from examples.

mod examples;
mod predict;
mod time;
mod train;

use super::failure::{Failure, Outcome};
use kb_index::Local;
use std::path::Path;

#[derive(Debug, clap::Subcommand)]
pub(in crate::cli) enum Command {
    /// Find times and durations in texts: reads lines {"id","text","now","zone"}, writes lines {"id","found":[…]}
    Time(time::Times),
    /// Learn intents from examples: a CSV file with the columns text and intent (oos: out of scope)
    Train(train::Train),
    /// Tell the intents of texts: reads a CSV file with a column text, writes text,intent,confidence
    Predict(predict::Predict),
}

pub(super) fn run(command: &Command) -> Outcome {
    match command {
        Command::Time(times) => time::run(times),
        Command::Train(train) => train::run(train),
        Command::Predict(predict) => predict::run(predict),
    }
}

fn encoder(folder: &Path) -> Outcome<Local> {
    Local::load(folder).map_err(|error| Failure::new(format!("{}: {error}.", folder.display())))
}

/// The sentence vectors of texts, in their order.
fn vectors<'a>(encoder: &Local, texts: impl Iterator<Item = &'a str>) -> Outcome<Vec<Vec<f32>>> {
    let vector = |text| encoder.numbers(text).map_err(|error| Failure::new(format!("{text}: {error}.")));
    texts.map(vector).collect()
}
