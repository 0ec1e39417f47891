//! What a role or permission set grants, as stored and edited.

use crate::error::FieldError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which records a verb reaches. Each scope contains the ones before it; records shared with the person count with
/// any scope but `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// No record.
    #[default]
    None,
    /// Those the person owns.
    Own,
    /// Those owned in the person's team.
    Team,
    /// Those owned in the person's team, in teams below it, and in teams the person manages.
    TeamsBelow,
    /// Every record.
    All,
}

/// What may be done with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldGrant {
    /// It does not exist for the person.
    None,
    /// It may be read.
    Read,
    /// It may be read and written.
    Write,
}

/// What is granted on one object.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Grant {
    /// May create records.
    pub create: bool,
    /// Which records may be read.
    pub read: Scope,
    /// Which records may be changed.
    pub update: Scope,
    /// Which records may be deleted and restored.
    pub delete: Scope,
    /// May take records out in bulk.
    pub export: bool,
    /// May change the object's definition (and, for users and roles, other people's rights).
    pub configure: bool,
    /// May read sensitive fields.
    pub sensitive: bool,
    /// Fields that differ from the rest: by default a field may be read where the record may be read, and written
    /// where it may be changed.
    pub fields: BTreeMap<String, FieldGrant>,
}

/// Grants by object; `*` stands for every object that is not named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Grants(pub BTreeMap<String, Grant>);

impl Grants {
    /// The grant on an object.
    pub fn on(&self, object: &str) -> Option<&Grant> {
        self.0.get(object).or_else(|| self.0.get("*"))
    }

    /// Reads grants from a record's JSON.
    ///
    /// # Errors
    /// A field error on `grants` that says what cannot be read.
    pub fn parse(json: &serde_json::Value) -> Result<Self, FieldError> {
        serde_json::from_value(json.clone()).map_err(|error| {
            FieldError::new("grants", "wrong_type", format!("The grants cannot be read: {error}."))
                .hint(r#"Write them as {"deal": {"create": true, "read": "all", "update": "own", "delete": "none"}}."#)
        })
    }
}
