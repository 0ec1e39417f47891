//! References as callers write them: by id, by external id, by a name that is unique.

use crate::error::FieldError;
use crate::schema::{FieldDef, FieldType};
use crate::value::Value;
use serde_json::Value as Json;
use uuid::Uuid;

/// A record that a caller refers to, not looked up yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferenceInput {
    /// By its id.
    Id(Uuid),
    /// By the id it has elsewhere.
    ExternalId(String),
    /// By its name, if no other record has it.
    Name(String),
    /// A record of any object, by id.
    AnyId {
        /// The object's name.
        object: String,
        /// The record's id.
        id: Uuid,
    },
    /// A record of any object, by the id it has elsewhere.
    AnyExternalId {
        /// The object's name.
        object: String,
        /// Its id elsewhere.
        external_id: String,
    },
}

impl FieldDef {
    /// Reads one reference; none for an empty text.
    ///
    /// # Errors
    /// A field error that says how references are written.
    pub fn parse_reference(&self, json: &Json) -> Result<Option<ReferenceInput>, FieldError> {
        let text = |name: &str| {
            json.get(name).and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty() && !text.contains('\0'))
        };
        let id = |json: Option<&Json>| json.and_then(Json::as_str).and_then(|text| Uuid::parse_str(text.trim()).ok());
        if json.as_str().is_some_and(|text| text.trim().is_empty()) {
            return Ok(None);
        }
        if self.kind == FieldType::AnyReference {
            let object = text("object").map(str::to_owned);
            return match (object, id(json.get("id")), text("external_id")) {
                (Some(object), Some(id), _) => Ok(Some(ReferenceInput::AnyId { object, id })),
                (Some(object), None, Some(key)) => {
                    Ok(Some(ReferenceInput::AnyExternalId { object, external_id: key.to_owned() }))
                }
                _ => Err(self.no_reference(json, "Write it such as {\"object\": \"deal\", \"id\": \"…\"}.")),
            };
        }
        match (id(Some(json)).or_else(|| id(json.get("id"))), text("external_id"), text("name")) {
            (Some(id), ..) => Ok(Some(ReferenceInput::Id(id))),
            (None, Some(key), _) => Ok(Some(ReferenceInput::ExternalId(key.to_owned()))),
            (None, None, Some(name)) => Ok(Some(ReferenceInput::Name(name.to_owned()))),
            _ => Err(self.no_reference(json, "Give the id of a record, or {\"external_id\": \"…\"}.")),
        }
    }

    /// Reads references that are ids already.
    pub(super) fn parse_ids(&self, json: &Json) -> Result<Value, FieldError> {
        let ids = match (&self.kind, json) {
            (_, Json::Null) => return Ok(Value::Null),
            (FieldType::References { .. }, Json::Array(items)) => items.as_slice(),
            (_, one) => std::slice::from_ref(one),
        };
        let mut found = Vec::new();
        for item in ids {
            match self.parse_reference(item)? {
                Some(ReferenceInput::AnyId { object, id }) => return Ok(Value::AnyId { object, id }),
                Some(ReferenceInput::Id(id)) => found.push(id),
                None => {}
                Some(_) => return Err(self.no_reference(item, "Give the id of a record.")),
            }
        }
        Ok(match (&self.kind, found.as_slice()) {
            (_, []) => Value::Null,
            (FieldType::References { .. }, _) => Value::Ids(found),
            (_, [id, ..]) => Value::Id(*id),
        })
    }

    fn no_reference(&self, json: &Json, mend: &str) -> FieldError {
        let message = format!("{} must refer to a record.", self.label.text("en"));
        FieldError::new(&self.name, "wrong_type", message).value(json).hint(mend)
    }
}
