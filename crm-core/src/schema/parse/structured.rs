//! Options, addresses, places and free JSON.

use super::{Refusal, refuse};
use crate::schema::SelectOption;
use crate::text::fold;
use crate::value::Value;
use serde_json::{Map, Value as Json, json};

/// An option by its key, or by its label in any language.
pub(super) fn option(json: &Json, options: &[SelectOption]) -> Result<Value, Refusal> {
    let text = match json {
        Json::String(text) if text.trim().is_empty() => return Ok(Value::Null),
        Json::String(text) => text.trim(),
        _ => return unknown(options),
    };
    let folded = fold(text);
    let is_it = |option: &&SelectOption| {
        option.key == text || fold(&option.key) == folded || option.label.texts().any(|label| fold(label) == folded)
    };
    match options.iter().find(is_it) {
        Some(option) if option.archived => {
            refuse("archived_option", format!("does not offer {} any more", option.label.text("en")), offered(options))
        }
        Some(option) => Ok(Value::Text(option.key.clone())),
        None => unknown(options),
    }
}

pub(super) fn options(json: &Json, options: &[SelectOption]) -> Result<Value, Refusal> {
    let items = match json {
        Json::Array(items) => items.clone(),
        Json::String(text) if text.trim().is_empty() => return Ok(Value::Null),
        one => vec![one.clone()],
    };
    let mut keys: Vec<String> = Vec::new();
    for item in &items {
        if let Value::Text(key) = option(item, options)?
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    }
    Ok(if keys.is_empty() { Value::Null } else { Value::Keys(keys) })
}

pub(super) fn keys_as_given(json: &Json) -> Value {
    let keys: Vec<String> =
        json.as_array().into_iter().flatten().filter_map(|key| key.as_str().map(String::from)).collect();
    if keys.is_empty() { Value::Null } else { Value::Keys(keys) }
}

fn unknown<T>(options: &[SelectOption]) -> Result<T, Refusal> {
    refuse("not_an_option", "must be one of its options", offered(options))
}

fn offered(options: &[SelectOption]) -> String {
    const SHOWN: usize = 20;
    let keys: Vec<&str> =
        options.iter().filter(|option| !option.archived).take(SHOWN).map(|option| option.key.as_str()).collect();
    format!("Options are {}.", keys.join(", "))
}

const ADDRESS: [&str; 5] = ["street", "city", "region", "postal_code", "country"];

/// An address in parts; a plain text is its street.
pub(super) fn address(json: &Json) -> Result<Value, Refusal> {
    let mend = "Write it such as {\"street\": \"1 Main St\", \"city\": \"Springfield\", \"country\": \"US\"}.";
    let parts = match json {
        Json::String(text) => Map::from_iter([("street".to_owned(), json!(text))]),
        Json::Object(parts) => parts.clone(),
        _ => return refuse("wrong_type", "must be an address", mend),
    };
    let mut kept = Map::new();
    for (part, value) in parts {
        if !ADDRESS.contains(&part.as_str()) {
            return refuse("wrong_type", format!("has the parts {}, but not `{part}`", ADDRESS.join(", ")), mend);
        }
        match value {
            Json::Null => {}
            Json::String(text) if text.chars().count() <= 300 && !text.contains('\0') => {
                if !text.trim().is_empty() {
                    kept.insert(part, json!(text.trim()));
                }
            }
            _ => return refuse("wrong_type", format!("needs a text of at most 300 characters as `{part}`"), mend),
        }
    }
    Ok(if kept.is_empty() { Value::Null } else { Value::Json(Json::Object(kept)) })
}

/// Degrees of latitude and longitude.
pub(super) fn location(json: &Json) -> Result<Value, Refusal> {
    let degrees = |name: &str, most: f64| json.get(name).and_then(Json::as_f64).filter(|degrees| degrees.abs() <= most);
    let others = json.as_object().is_none_or(|parts| parts.keys().any(|key| key != "latitude" && key != "longitude"));
    match (degrees("latitude", 90.0), degrees("longitude", 180.0)) {
        (Some(latitude), Some(longitude)) if !others => {
            Ok(Value::Json(json!({"latitude": latitude, "longitude": longitude})))
        }
        _ => refuse("wrong_type", "must be a place", "Write it such as {\"latitude\": 52.5, \"longitude\": 13.4}."),
    }
}

/// Any JSON of bounded size and depth, without the character that neither engine keeps.
pub(super) fn json(json: &Json) -> Result<Value, Refusal> {
    const MOST_BYTES: usize = 64 * 1024;
    const DEEPEST: usize = 32;
    if json.to_string().len() > MOST_BYTES || depth(json) > DEEPEST {
        return refuse("too_long", "may have 64 KiB and 32 levels at most", "Make it smaller.");
    }
    if has_nul(json) {
        return refuse("wrong_type", "must not contain the character U+0000", "Remove it.");
    }
    Ok(Value::Json(json.clone()))
}

fn depth(json: &Json) -> usize {
    match json {
        Json::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Json::Object(parts) => 1 + parts.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn has_nul(json: &Json) -> bool {
    match json {
        Json::String(text) => text.contains('\0'),
        Json::Array(items) => items.iter().any(has_nul),
        Json::Object(parts) => parts.iter().any(|(key, value)| key.contains('\0') || has_nul(value)),
        _ => false,
    }
}
