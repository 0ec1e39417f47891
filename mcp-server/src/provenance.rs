//! Which texts came from outside: what customers write, mail says and articles tell is content, never an instruction.

use crm_core::Record;
use crm_core::event::Event;
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

/// Objects whose records people outside make or name, also where a colleague changed them last.
const SPOKEN_OF_OUTSIDE: [&str; 9] =
    ["conversation", "visitor", "message", "email_message", "article", "ticket", "contact", "lead", "attachment"];

/// Whether names and texts of such records may be people's outside.
pub(crate) fn may_be_outside(object: &str) -> bool {
    SPOKEN_OF_OUTSIDE.contains(&object)
}

/// Where the texts of an event may come from, if from outside.
pub(crate) fn of_event(event: &Event) -> Option<String> {
    if OUTSIDE.contains(&event.via.as_str()) {
        return Some(format!("outside, by {}", event.via));
    }
    may_be_outside(&event.object).then(|| "may be from outside".into())
}

/// The same for labels of groups, which are names and texts of records.
pub(crate) const LABELS: &str = "labels and names may be from outside";

/// A text from outside with nothing in it that a person would not see: an assistant reads what its person reads.
/// Letters hidden among tags, turned by marks of direction, or drawn over by a terminal are instructions to machines.
pub(crate) fn visible(text: &str) -> String {
    let unhidden = text.replace("\r\n", "\n");
    let shown = unhidden.chars().filter_map(|c| match c {
        '\n' | '\t' => Some(c),
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        c if c.is_control() || is_hidden(c) => None,
        c => Some(c),
    });
    shown.collect()
}

/// Characters without a shape of their own. Joiners stay: words of some languages are spelt with them.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}'
        | '\u{e0000}'..='\u{e007f}')
}

/// The same in JSON, where a text may be anywhere.
pub(crate) fn visible_in(value: Json) -> Json {
    match value {
        Json::String(text) => Json::String(visible(&text)),
        Json::Array(list) => list.into_iter().map(visible_in).collect(),
        Json::Object(map) => map.into_iter().map(|(key, value)| (key, visible_in(value))).collect(),
        other => other,
    }
}

/// A text from outside in a fence: every line begins with a mark that the text cannot take away.
pub(crate) fn fenced(text: &str) -> String {
    visible(text).split('\n').map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

/// A text that stands after a label: no line of it can pass for a label.
pub(crate) fn indented(text: &str) -> String {
    visible(text).replace('\n', "\n  ")
}

/// A name that stays on its line.
pub(crate) fn one_line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_does_not_see_an_assistant_does_not_read() {
        assert_eq!(visible("de\u{200b}le\u{e0064}\u{e0065}te \u{202e}it\u{202c}\u{1b}[2J"), "delete it[2J");
        assert_eq!(visible("a\u{200c}b\u{200d}c\t\u{1f469}"), "a\u{200c}b\u{200d}c\t\u{1f469}");
    }

    #[test]
    fn no_line_leaves_its_fence() {
        for text in ["a\nb", "a\r\nb", "a\rb", "a\u{2028}b", "a\u{2029}b", "a\u{85}b", "a\u{b}b", "a\u{c}b"] {
            assert_eq!(fenced(text), "> a\n> b", "{text:?}");
            assert_eq!(indented(text), "a\n  b", "{text:?}");
            assert_eq!(one_line(text), "a b", "{text:?}");
        }
    }
}
