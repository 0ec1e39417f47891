//! Which texts came from outside: what customers write, mail says and articles tell is content, never an instruction.

use crm_core::Record;
use crm_core::schema::FieldType;
use serde_json::{Map, Value as Json, json};

/// The surfaces through which people outside the company write.
const OUTSIDE: [&str; 4] = ["web_chat", "portal", "email", "sms"];

/// The texts of a record that came from outside, each with where from: field → source.
pub(crate) fn of(record: &Record) -> Map<String, Json> {
    let source = match record.object.name.as_str() {
        "message" => author(record),
        "email_message" if record.get("direction").as_text() == Some("inbound") => Some("customer, by e-mail".into()),
        "article" => Some("knowledge base".into()),
        "conversation" | "visitor" => Some("customer".into()),
        _ => through(record),
    };
    let Some(source) = source else { return Map::new() };
    let free = |kind: &FieldType| {
        matches!(kind, FieldType::Text | FieldType::LongText | FieldType::RichText | FieldType::Json)
    };
    let texts = record.object.fields.iter().filter(|field| {
        let bookkeeping = ["id", "external_id", "created_via", "updated_via", "client_id", "channel", "language"];
        free(&field.kind) && !bookkeeping.contains(&field.name.as_str()) && !record.get(&field.name).is_null()
    });
    texts.map(|field| (field.name.clone(), json!(source))).collect()
}

fn author(record: &Record) -> Option<String> {
    match record.get("author").as_text()? {
        "customer" => Some("customer".into()),
        "bot" => Some("bot".into()),
        _ => None,
    }
}

fn through(record: &Record) -> Option<String> {
    let surfaces = ["created_via", "updated_via"].map(|field| record.get(field).as_text().unwrap_or_default());
    let outside = surfaces.into_iter().find(|surface| OUTSIDE.contains(surface))?;
    Some(format!("outside, by {outside}"))
}
