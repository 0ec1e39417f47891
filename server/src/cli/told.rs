//! An answer of the bot for people at a terminal.

use bots::staff::{Kind, Told};
use serde_json::{Map, Value as Json};
use std::fmt::Write;

/// How many records or groups are shown to a person.
const SHOWN: usize = 50;
/// How long the longest bar of a chart is.
const BAR: f64 = 30.0;

/// What the bot says and shows, in lines.
pub(super) fn answered(told: &Told) -> String {
    let answer = &told.answer;
    let mut lines = Vec::new();
    if !matches!(answer.kind, Kind::Talk | Kind::Unknown | Kind::Done) {
        lines.push(answer.understood.clone());
    }
    lines.extend(answer.value.as_ref().map(plain));
    lines.extend(groups(told));
    let records = answer.records.as_deref().filter(|_| answer.kind != Kind::Done).unwrap_or_default();
    lines.extend(records.iter().take(SHOWN).map(|record| format!("  {}", one_line(record))));
    let all = answer.total.and_then(|total| usize::try_from(total).ok()).unwrap_or(records.len());
    if all == 0 && answer.kind == Kind::Records {
        lines.push("There are none.".into());
    }
    if let Some(more) = all.checked_sub(SHOWN).filter(|more| *more > 0) {
        lines.push(format!("  … and {more} more"));
    }
    for (at, choice) in answer.choices.iter().flatten().enumerate() {
        lines.push(format!("  {}. {} ({})", at + 1, choice.name, choice.object));
    }
    lines.extend(answer.answer.clone());
    let sure = (answer.confidence * 100.0).round();
    lines.extend(answer.source.as_ref().map(|source| format!("  {} · {sure} %", source.address)));
    let offers = answer.offers.iter().enumerate();
    lines.extend(offers.map(|(at, offer)| format!("  {}. {offer}", at + 1)));
    lines.extend(told.message.clone());
    // What was just promised is in the message already.
    let promises = answer.promises.as_deref().filter(|_| answer.kind != Kind::Done).unwrap_or_default();
    lines.extend(promises.iter().map(|promise| format!("  {} · {}", promise.title, promise.when)));
    // What was just asked for is in the message already.
    let approvals = answer.approvals.as_deref().filter(|_| answer.understood.is_empty()).unwrap_or_default();
    lines.extend(approvals.iter().enumerate().map(|(at, approval)| {
        format!("  {}. {} ({} → {})", at + 1, approval.title, approval.asker.name, approval.approver.name)
    }));
    lines.join("\n")
}

/// What the bot said by itself, as it is kept, in lines.
pub(super) fn said(answer: &Json) -> String {
    let list = |name: &str| answer.get(name).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut lines: Vec<String> = answer.get("message").map(plain).into_iter().collect();
    lines.extend(answer.get("understood").map(plain).filter(|understood| !understood.is_empty()));
    lines.extend(answer.get("value").map(plain));
    if let Some(groups) = answer.get("groups").and_then(Json::as_object) {
        let labels: Vec<String> = list("labels").iter().filter_map(|label| label.as_str().map(str::to_owned)).collect();
        lines.extend(bars(&labels, groups));
    }
    lines.extend(list("records").iter().take(SHOWN).map(|record| format!("  {}", one_line(record))));
    lines.join("\n")
}

/// The groups, each with a bar beside its figure.
fn groups(told: &Told) -> Vec<String> {
    let Some((labels, groups)) = told.answer.labels.as_ref().zip(told.answer.groups.as_ref()) else {
        return Vec::new();
    };
    bars(labels, groups)
}

fn bars(labels: &[String], groups: &Map<String, Json>) -> Vec<String> {
    let figure = |label: &String| groups.get(label).and_then(Json::as_f64).unwrap_or_default();
    let greatest = labels.iter().map(figure).fold(0.0, f64::max);
    let width = labels.iter().take(SHOWN).map(|label| label.chars().count()).max().unwrap_or_default();
    let mut lines: Vec<String> = labels
        .iter()
        .take(SHOWN)
        .map(|label| {
            let share = if greatest > 0.0 { (figure(label) / greatest).max(0.0) } else { 0.0 };
            let mut line = format!("  {label:width$}  {}", "▇".repeat((share * BAR).round() as usize));
            // A line in memory takes everything.
            let _ = write!(line, " {}", groups.get(label).map_or_else(String::new, plain));
            line
        })
        .collect();
    if let Some(more) = labels.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        lines.push(format!("  … and {more} more"));
    }
    lines
}

/// A record by what tells it from others.
fn one_line(record: &Json) -> String {
    let text = |field: &str| record.get(field).map(plain).filter(|text| !text.is_empty() && text != "none");
    let parts = ["number", "name", "amount", "close_date", "status", "due_at"].iter().filter_map(|field| text(field));
    parts.collect::<Vec<_>>().join(" · ")
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => "none".into(),
        Json::Object(money) if money.contains_key("amount") => {
            let part = |name: &str| money.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
            format!("{} {}", part("amount"), part("currency"))
        }
        other => other.to_string(),
    }
}
