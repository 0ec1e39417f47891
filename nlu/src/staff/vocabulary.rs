//! What a request may speak about: the schema, and the names and values that the asking person may see.

use crm_core::schema::Schema;
use std::sync::Arc;
use uuid::Uuid;

/// The words of one company, as far as one person may see them. Whoever asks for an understanding gathers it: the
/// records whose names may stand in the text, and the values that fields of text have.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// The definitions.
    pub schema: Arc<Schema>,
    /// Records that the text may name; more of them than are meant.
    pub names: Vec<Name>,
    /// Values of text fields.
    pub values: Vec<KnownValue>,
    /// Who asks.
    pub me: Option<Me>,
}

/// A record by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its object.
    pub object: String,
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Its number, external id and the like, by which it may also be called.
    pub codes: Vec<String>,
    /// The records that it refers to: of two stages of a name, that of a deal's own pipeline is meant.
    pub within: Vec<Uuid>,
}

/// A value that a field of text has in some record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownValue {
    /// The object.
    pub object: String,
    /// The field.
    pub field: String,
    /// The value.
    pub value: String,
}

/// The asking person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Their user.
    pub user: Uuid,
    /// Their team.
    pub team: Option<Uuid>,
}
