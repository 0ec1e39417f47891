//! `parley nlu predict`: the intents of texts, by a model of `parley nlu train`.

use super::super::failure::{Failure, Outcome};
use super::examples::read;
use super::{encoder, vectors};
use kb_index::Local;
use nlu::intent::{Classifier, Reason};
use std::io::stdout;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Predict {
    /// Model that `parley nlu train` wrote
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// Folder of the sentence encoder that the model was trained with
    #[arg(long, value_name = "DIR")]
    encoder: Option<PathBuf>,
    /// Write also the likeliest intent of what is declined, and the words that speak most for it
    #[arg(long)]
    explain: bool,
    /// Texts: a CSV file with a column text
    #[arg(value_name = "CSV")]
    texts: PathBuf,
}

pub(super) fn run(predict: &Predict) -> Outcome {
    let model = model(&predict.model)?;
    let encoder = fitting(&model, predict)?;
    let rows = read(&predict.texts)?;
    let texts = || rows.iter().map(|row| row.text.as_str());
    let meanings = encoder.map(|encoder| vectors(&encoder, texts())).transpose()?;
    let mut table = csv::Writer::from_writer(stdout().lock());
    let headings: &[&str] = &["text", "intent", "confidence", "likeliest", "because"];
    let columns = if predict.explain { 5 } else { 3 };
    table.write_record(&headings[..columns]).map_err(written)?;
    for (i, text) in texts().enumerate() {
        let vector = meanings.as_ref().and_then(|vectors| vectors.get(i)).map(Vec::as_slice);
        let prediction = model.predict(text, vector).map_err(|error| failed(&predict.model, &error))?;
        let confidence = format!("{:.6}", prediction.confidence);
        let because = if predict.explain { because(&model.explain(text, prediction.intent)) } else { String::new() };
        let cells = [text, prediction.answer(), &confidence, prediction.intent, &because];
        table.write_record(&cells[..columns]).map_err(written)?;
    }
    Ok(table.flush()?)
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::new(format!("{}: {error}.", path.display()))
}

fn written(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => Failure::new(format!("{other:?}")),
    }
}

fn model(path: &Path) -> Outcome<Classifier> {
    let bytes = std::fs::read(path).map_err(|error| failed(path, &error))?;
    Classifier::from_bytes(&bytes).map_err(|error| failed(path, &error))
}

/// The encoder that the model wants, if it wants one.
fn fitting(model: &Classifier, predict: &Predict) -> Outcome<Option<Local>> {
    match (model.encoder(), &predict.encoder) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(failed(&predict.model, &"it was trained without an encoder; leave --encoder out")),
        (Some(_), None) => Err(failed(&predict.model, &"it was trained with a sentence encoder; name it by --encoder")),
        (Some(wanted), Some(folder)) => {
            let encoder = encoder(folder)?;
            if encoder.fingerprint() == wanted {
                return Ok(Some(encoder));
            }
            Err(failed(folder, &"it is another encoder than the one that the model was trained with"))
        }
    }
}

/// The words that speak most for an intent, the strongest first.
fn because(reasons: &[Reason]) -> String {
    const MOST: usize = 3;
    let mut reasons: Vec<&Reason> = reasons.iter().filter(|reason| reason.weight > 0.0).collect();
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let words = reasons.into_iter().take(MOST).map(|reason| format!("{} ({:+.2})", reason.word, reason.weight));
    words.collect::<Vec<_>>().join(", ")
}
