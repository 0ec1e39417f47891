//! What can be done to records, as values.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

/// One change. It is checked, done and logged as a whole, or not at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Makes a record.
    Create {
        /// The object's name.
        object: String,
        /// Values by field name.
        values: Map<String, Json>,
    },
    /// Changes fields of a record: those named, null clears.
    Update {
        /// The object's name.
        object: String,
        /// The record.
        id: Uuid,
        /// The version that the writer has seen; a newer one refuses the change. Without it the last writer wins.
        #[serde(default)]
        version: Option<i64>,
        /// Values by field name.
        values: Map<String, Json>,
    },
    /// Deletes a record so that it can be restored.
    Delete {
        /// The object's name.
        object: String,
        /// The record.
        id: Uuid,
        /// The version that the writer has seen.
        #[serde(default)]
        version: Option<i64>,
    },
    /// Brings a deleted record back.
    Restore {
        /// The object's name.
        object: String,
        /// The record.
        id: Uuid,
    },
    /// Puts records into one: everything that referred to the others refers to it, both histories go on.
    Merge {
        /// The object's name.
        object: String,
        /// The record that stays.
        id: Uuid,
        /// The records that go.
        from: Vec<Uuid>,
        /// Values that the staying record shall have; its own empty fields are filled from the others anyway.
        #[serde(default)]
        values: Map<String, Json>,
    },
    /// Carries out an action of the object, such as converting a lead.
    Act {
        /// The object's name.
        object: String,
        /// The record.
        id: Uuid,
        /// The action's name.
        action: String,
        /// What the action needs to know.
        #[serde(default)]
        input: Map<String, Json>,
    },
}

impl Command {
    /// The object whose record is changed.
    pub fn object(&self) -> &str {
        match self {
            Self::Create { object, .. }
            | Self::Update { object, .. }
            | Self::Delete { object, .. }
            | Self::Restore { object, .. }
            | Self::Merge { object, .. }
            | Self::Act { object, .. } => object,
        }
    }

    /// The same change, by somebody who has seen this version of the record.
    #[must_use]
    pub fn seen_at(self, seen: i64) -> Self {
        let version = Some(seen);
        match self {
            Self::Update { object, id, values, .. } => Self::Update { object, id, version, values },
            Self::Delete { object, id, .. } => Self::Delete { object, id, version },
            other => other,
        }
    }
}
