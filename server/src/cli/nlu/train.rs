//! `parley nlu train`: a model of intents from examples.

use super::super::failure::{Failure, Outcome};
use super::examples::{Row, read};
use super::{encoder, vectors};
use nlu::intent::{Classifier, Example, OUT_OF_SCOPE, Vectors, names};
use std::collections::BTreeMap;
use std::io::{Write, stderr};
use std::path::PathBuf;
use std::time::Instant;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Train {
    /// File to write the model to
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Folder of a sentence encoder (config.json, model.safetensors, tokenizer.json): intents are known by their meaning
    /// too. The model then needs the same encoder to predict
    #[arg(long, value_name = "DIR")]
    encoder: Option<PathBuf>,
    /// Examples: a CSV file with the columns text and intent
    #[arg(value_name = "CSV")]
    examples: PathBuf,
}

pub(super) fn run(train: &Train) -> Outcome {
    let started = Instant::now();
    let failed = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}.", train.examples.display()));
    let rows = read(&train.examples)?;
    if rows.iter().any(|row| row.intent.is_none()) {
        return Err(failed(&"it has no column \"intent\""));
    }
    let encoder = train.encoder.as_deref().map(encoder).transpose()?;
    let examples: Vec<Example<'_>> = rows.iter().map(example).collect();
    let names = names(called(&examples));
    let texts = || examples.iter().map(|one| one.text).chain(names.iter().map(|name| name.words.as_str()));
    let meanings = encoder.as_ref().map(|encoder| vectors(encoder, texts()));
    let meanings = meanings.transpose()?;
    let vectors = meanings.as_deref().zip(encoder.as_ref());
    let vectors = vectors.map(|(vectors, encoder)| Vectors { vectors, encoder: encoder.fingerprint() });
    let model = Classifier::train(&examples, &names, vectors).map_err(|error| failed(&error))?;
    let bytes = model.to_bytes();
    let written = std::fs::write(&train.out, &bytes);
    written.map_err(|error| Failure::new(format!("{}: {error}.", train.out.display())))?;
    let (intents, seconds) = (model.intents().count(), started.elapsed().as_secs_f32());
    Ok(writeln!(stderr(), "{} examples, {intents} intents, {} bytes, {seconds:.1} s", rows.len(), bytes.len())?)
}

/// The intents, by what they are called.
fn called<'a>(examples: &[Example<'a>]) -> BTreeMap<&'a str, &'a str> {
    examples.iter().filter(|one| one.intent != OUT_OF_SCOPE).map(|one| (one.intent, one.intent)).collect()
}

fn example(row: &Row) -> Example<'_> {
    Example { text: &row.text, intent: row.intent.as_deref().unwrap_or_default().trim() }
}
