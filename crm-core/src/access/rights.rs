//! What one actor may do: the union of their grants, with what is needed to apply scopes.

use super::{FieldGrant, Grants, Scope};
use crate::error::{Error, Result};
use crate::schema::{FieldDef, ObjectDef};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// What can be done with an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Make a record.
    Create,
    /// See records.
    Read,
    /// Change records.
    Update,
    /// Delete and restore records.
    Delete,
    /// Take records out in bulk.
    Export,
    /// Change the definition.
    Configure,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Self; 6] = [Self::Create, Self::Read, Self::Update, Self::Delete, Self::Export, Self::Configure];

    /// The verb as a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Export => "export",
            Self::Configure => "configure",
        }
    }
}

/// A limit on what a key or assistant may do for its person: a verb, on one object or on all.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeyScope {
    /// `read` also covers nothing else; `write` covers create, update and delete.
    pub verb: String,
    /// The object, or every object.
    pub object: Option<String>,
}

impl KeyScope {
    /// Reads `read`, `write`, `delete:ticket`, … .
    ///
    /// # Errors
    /// A field error on `scopes`.
    pub fn parse(text: &str) -> Result<Self> {
        let (verb, object) = match text.split_once(':') {
            Some((verb, object)) => (verb, Some(object.to_owned())),
            None => (text, None),
        };
        let known = ["read", "write", "create", "update", "delete", "export", "configure", "sensitive"];
        if !known.contains(&verb) {
            return Err(Error::field(
                "scopes",
                "unknown_scope",
                format!(
                    "`{text}` is no scope. Scopes are {}, each for all objects or as `verb:object` for one.",
                    known.join(", ")
                ),
            ));
        }
        Ok(Self { verb: verb.to_owned(), object })
    }

    fn covers(&self, verb: &str, object: &str) -> bool {
        let write = self.verb == "write" && matches!(verb, "create" | "update" | "delete");
        (self.verb == verb || write) && self.object.as_deref().is_none_or(|only| only == object)
    }
}

/// The rights of an actor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rights {
    pub(crate) everything: bool,
    pub(crate) grants: Vec<Arc<Grants>>,
    pub(crate) limits: Option<Vec<KeyScope>>,
    /// The user whose records are "own", for users and programs acting for them.
    pub(crate) user: Option<Uuid>,
    /// The customer whose records are "own".
    pub(crate) customer: Option<Uuid>,
    /// The user's own team.
    pub(crate) teams: Vec<Uuid>,
    /// The user's team, the teams below it, and those they manage with the teams below.
    pub(crate) teams_below: Vec<Uuid>,
}

impl Rights {
    /// Every right: the product's own parts.
    pub(crate) fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    pub(crate) fn limited_to(&self, scopes: &[KeyScope]) -> Self {
        let mut limited = self.clone();
        let scopes = match limited.limits.take() {
            // Never more than before: a scope survives only if the old ones cover it as a whole.
            Some(old) => scopes
                .iter()
                .filter(|new| {
                    old.iter().any(|old| old.verb == new.verb && (old.object.is_none() || old.object == new.object))
                })
                .cloned()
                .collect(),
            None => scopes.to_vec(),
        };
        limited.limits = Some(scopes);
        limited
    }

    /// Which records of the object the verb reaches. `Create`, `Export` and `Configure` reach all or none.
    pub fn scope(&self, verb: Verb, object: &str) -> Scope {
        if !self.within_limits(verb.name(), object) {
            return Scope::None;
        }
        if self.everything {
            return Scope::All;
        }
        let of = |grants: &Arc<Grants>| {
            let Some(grant) = grants.on(object) else { return Scope::None };
            let all_if = |granted: bool| if granted { Scope::All } else { Scope::None };
            match verb {
                Verb::Read => grant.read,
                Verb::Update => grant.update,
                Verb::Delete => grant.delete,
                Verb::Create => all_if(grant.create),
                Verb::Export => all_if(grant.export),
                Verb::Configure => all_if(grant.configure),
            }
        };
        self.grants.iter().map(of).max().unwrap_or_default()
    }

    fn within_limits(&self, verb: &str, object: &str) -> bool {
        self.limits.as_ref().is_none_or(|limits| limits.iter().any(|scope| scope.covers(verb, object)))
    }

    /// Whether the verb reaches any record of the object.
    pub fn may(&self, verb: Verb, object: &str) -> bool {
        self.scope(verb, object) != Scope::None
    }

    /// Whether the object exists for the actor at all.
    pub fn may_see(&self, object: &str) -> bool {
        Verb::ALL.into_iter().any(|verb| self.may(verb, object))
    }

    /// Refuses a verb that reaches no record of the object: as not found where the actor may not even see it.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Forbidden`].
    pub fn check(&self, verb: Verb, object: &ObjectDef) -> Result<()> {
        if self.may(verb, &object.name) {
            return Ok(());
        }
        if !self.may_see(&object.name) {
            return Err(unknown_object(&object.name));
        }
        Err(Error::Forbidden { verb: verb.name().into(), what: object.plural_label.text("en").to_lowercase() })
    }

    /// Whether the field exists for the actor.
    pub fn may_read_field(&self, object: &str, field: &FieldDef) -> bool {
        self.may_see(object) && self.field(object, field) >= FieldGrant::Read
    }

    /// Whether the actor may write the field (of a record that they may create or change).
    pub fn may_write_field(&self, object: &str, field: &FieldDef) -> bool {
        !field.read_only && self.field(object, field) >= FieldGrant::Write
    }

    fn field(&self, object: &str, field: &FieldDef) -> FieldGrant {
        if field.sensitive && !self.within_limits("sensitive", object) {
            return FieldGrant::None;
        }
        if self.everything {
            return FieldGrant::Write;
        }
        let of = |grants: &Arc<Grants>| {
            let grant = grants.on(object)?;
            if let Some(named) = grant.fields.get(&field.name) {
                return Some(*named);
            }
            Some(match (field.sensitive && !grant.sensitive, grant.create || grant.update > Scope::None) {
                (true, _) => FieldGrant::None,
                (false, true) => FieldGrant::Write,
                (false, false) => FieldGrant::Read,
            })
        };
        self.grants.iter().filter_map(of).max().unwrap_or(FieldGrant::None)
    }
}

/// The answer for an object that is not there or not to be seen: the same in both cases.
pub(crate) fn unknown_object(name: &str) -> Error {
    Error::not_found(format!("The object `{}`", name.chars().take(80).collect::<String>()))
}
