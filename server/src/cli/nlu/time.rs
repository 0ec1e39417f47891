//! `parley nlu time`: the times that texts speak of.

use super::super::failure::{Failure, Outcome};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use nlu::Language;
use nlu::values::{Found, Grain, Value, When, find};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufWriter, Write, stdin, stdout};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Times {
    /// Read and write JSON lines
    #[arg(long, required = true)]
    jsonl: bool,
    /// Language of the texts
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = language)]
    language: Language,
    /// Write the likeliest meaning of each expression only, not all that it may have
    #[arg(long)]
    likeliest: bool,
}

fn language(code: &str) -> Result<Language, String> {
    Language::of(code).ok_or_else(|| format!("{code} is none of the languages that are understood"))
}

#[derive(Debug, Deserialize)]
struct Text {
    id: serde_json::Value,
    text: String,
    now: Timestamp,
    zone: String,
}

#[derive(Debug, Serialize)]
struct Answer<'a> {
    id: &'a serde_json::Value,
    found: Vec<Expression<'a>>,
}

/// A meaning of an expression of time, with where it stands, in characters.
#[derive(Debug, Serialize)]
struct Expression<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    #[serde(flatten)]
    meaning: Meaning,
}

#[derive(Debug, Default, Serialize)]
struct Meaning {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<DateTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<DateTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<f64>,
}

pub(super) fn run(times: &Times) -> Outcome {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let line = line?;
        let text: Text = serde_json::from_str(&line).map_err(|error| Failure::new(format!("{line}: {error}.")))?;
        let now = here(&text)?;
        let found = find(&text.text, &now, times.language);
        let found = found.iter().flat_map(|found| expressions(&text.text, found, times.likeliest)).collect();
        serde_json::to_writer(&mut out, &Answer { id: &text.id, found }).map_err(std::io::Error::from)?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

fn here(text: &Text) -> Outcome<Zoned> {
    let zone = TimeZone::get(&text.zone).map_err(|error| Failure::new(format!("{}: {error}.", text.zone)))?;
    Ok(text.now.to_zoned(zone))
}

fn expressions<'a>(text: &'a str, found: &Found, likeliest: bool) -> Vec<Expression<'a>> {
    let others = found.others.iter().filter(|_| !likeliest).map(|reading| &reading.value);
    let characters = |end: usize| text[..end].chars().count();
    let expression = |meaning| Expression {
        text: &text[found.span.clone()],
        start: characters(found.span.start),
        end: characters(found.span.end),
        meaning,
    };
    std::iter::once(&found.value).chain(others).filter_map(meaning).map(expression).collect()
}

/// A value as a meaning, if it is about time.
fn meaning(value: &Value) -> Option<Meaning> {
    Some(match value {
        Value::Duration(duration) => {
            Meaning { kind: "duration", seconds: Some(duration.nominal_seconds), ..Meaning::default() }
        }
        Value::Time(When::Moment { at, grain }) => {
            let kind = if *grain == Grain::Day { "date" } else { "datetime" };
            Meaning { kind, from: Some(*at), ..Meaning::default() }
        }
        Value::Time(When::Range { from, until, .. }) => {
            Meaning { kind: "range", from: *from, to: *until, ..Meaning::default() }
        }
        Value::Time(When::Recurring(recurrence)) => {
            Meaning { kind: "recurring", from: Some(recurrence.first), ..Meaning::default() }
        }
        _ => return None,
    })
}
