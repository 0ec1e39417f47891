//! Events of the log as assistants read them.

use crate::answer::short;
use crate::budget::{Detail, fitting};
use crate::provenance;
use crm_core::event::{Event, Events};
use serde_json::{Map, Value as Json, json};

/// A page of events, newest first, as many as fit, and the number to go on from.
pub(super) fn page(events: &Events, detail: Detail, show: impl Fn(&Event) -> Json) -> Json {
    let mut shown: Vec<Json> = events.events.iter().map(show).collect();
    let fitting = fitting(&shown, detail);
    let cut = fitting < shown.len();
    shown.truncate(fitting);
    let last = events.events.get(fitting.saturating_sub(1)).map(|event| event.sequence);
    json!({"events": shown, "next": if cut { last } else { events.next }})
}

/// An event without what its reader knows.
pub(super) fn event(event: &Event, detail: Detail) -> Map<String, Json> {
    let fields = event.changes.iter().map(|(field, change)| {
        let pair =
            change.as_array().map(|pair| pair.iter().map(|value| short(value.clone(), detail.of_many())).collect());
        (field.clone(), provenance::visible_in(pair.map_or(Json::Null, Json::Array)))
    });
    let by =
        event.by_name.clone().or_else(|| serde_json::to_value(&event.by).ok()?.get("kind")?.as_str().map(Into::into));
    let mut json = Map::new();
    json.insert("event".into(), json!(event.sequence));
    json.insert("at".into(), json!(event.at));
    json.insert("by".into(), json!(by));
    json.insert("via".into(), json!(event.via));
    json.insert("kind".into(), json!(event.kind));
    if detail == Detail::Full || event.kind != "created" {
        json.insert("changes".into(), Json::Object(fields.collect()));
    }
    if let Some(source) = provenance::of_event(event) {
        json.insert("from_outside".into(), json!(source));
    }
    if let Some(batch) = event.batch {
        json.insert("batch".into(), json!(batch));
    }
    json
}
