//! Revisions of an article: what the event log kept of its words.

use crate::error::{FieldError, Result};
use crate::event;
use crate::record::Record;
use crate::record::Writing;
use serde_json::{Map, Value as Json, json};

/// What a revision is about.
const WORDS: [&str; 2] = ["title", "body"];

/// The words of an article as they were at a version: for each field the value that the first change since then
/// found, and nothing for those that have not changed since.
pub(super) async fn words_at(writing: &mut Writing<'_>, article: &Record, version: i64) -> Result<Map<String, Json>> {
    if !(1..=article.version).contains(&version) {
        let unknown = FieldError::new("revision", "not_found", format!("There is no revision {version}."));
        let hint = format!("Revisions are the versions in the article's timeline, 1 to {}.", article.version);
        return Err(unknown.value(&json!(version)).hint(hint).into());
    }
    let mut words = Map::new();
    let mut seen = version;
    while words.len() < WORDS.len() && seen < article.version {
        let events = event::since_version(writing.tx, writing.actor, &article.object, article.id, seen).await?;
        let Some(last) = events.last() else { break };
        seen = last.version;
        for field in WORDS {
            let change = events.iter().find_map(|event| event.changes.get(field));
            if let Some(before) = change.and_then(|change| change.get(0)) {
                words.entry(field).or_insert_with(|| before.clone());
            }
        }
    }
    Ok(words)
}
