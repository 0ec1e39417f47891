//! What a client was allowed to do for its person: a handful of words, held as bits.

use crm_core::access::{KeyScope, Verb};
use crm_core::schema::Schema;
use crm_core::{Actor, Error, Result};
use std::fmt;

/// A set of scopes. What a client may do is the intersection of these and of its person's permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Scopes(u8);

impl Scopes {
    /// Reads what the person may read.
    pub const READ: Self = Self(1);
    /// Makes and changes records.
    pub const WRITE: Self = Self(1 << 1);
    /// Deletes and merges records.
    pub const DELETE: Self = Self(1 << 2);
    /// Says something to a customer.
    pub const SEND: Self = Self(1 << 3);
    /// Reads the audit log.
    pub const ADMIN: Self = Self(1 << 4);
    /// No scope.
    pub const NONE: Self = Self(0);
    /// Every scope.
    pub const ALL: Self = Self(0b1_1111);

    /// Each scope with its name on the wire and what it allows, as a consent page tells it.
    pub const NAMED: [(Self, &'static str, &'static str); 5] = [
        (Self::READ, "crm:read", "Read what you may read"),
        (Self::WRITE, "crm:write", "Create and change records"),
        (Self::DELETE, "crm:delete", "Delete and merge records"),
        (Self::SEND, "crm:send", "Write to customers"),
        (Self::ADMIN, "crm:admin", "Read the audit log"),
    ];

    /// Reads `crm:read crm:write`.
    ///
    /// # Errors
    /// When one of the words is no scope.
    pub fn parse(text: &str) -> Result<Self> {
        text.split_ascii_whitespace().try_fold(Self::NONE, |scopes, word| {
            let known = Self::NAMED.iter().find(|(_, name, _)| *name == word);
            known.map(|(scope, ..)| scopes.with(*scope)).ok_or_else(|| {
                let names = Self::NAMED.map(|(_, name, _)| name).join(", ");
                Error::field("scope", "unknown_scope", format!("`{word}` is no scope. Scopes are {names}."))
            })
        })
    }

    /// The scopes of stored names; one that is no more allows nothing.
    pub(crate) fn of_names(names: &[String]) -> Self {
        names.iter().filter_map(|name| Self::parse(name).ok()).fold(Self::NONE, Self::with)
    }

    /// Whether all of `other` is in this set.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What of `other` this set lacks.
    #[must_use]
    pub fn lacks(self, other: Self) -> Self {
        Self(other.0 & !self.0)
    }

    /// Whether it allows nothing.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The names of the scopes.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMED.into_iter().filter(move |(scope, ..)| self.contains(*scope)).map(|(_, name, _)| name)
    }

    /// The same limit in the words of the core, for [`Actor::limited_to`]: the second wall behind the list of tools.
    pub fn limits(self) -> Vec<KeyScope> {
        let verbs: [(Self, &[&str]); 4] = [
            (Self::READ, &["read", "sensitive"]),
            // Customers are written to by changes of conversations too.
            (Self::WRITE.with(Self::SEND), &["create", "update"]),
            (Self::DELETE, &["delete"]),
            (Self::ADMIN, &["configure"]),
        ];
        let held = verbs.iter().filter(|(scopes, _)| !self.within(*scopes).is_empty());
        held.flat_map(|(_, verbs)| verbs.iter())
            .map(|verb| KeyScope {
                verb: (*verb).to_owned(),
                // Only who may configure users may read the audit log; nothing else needs to be configured from here.
                object: (*verb == "configure").then(|| "user".to_owned()),
            })
            .collect()
    }

    /// The scopes of an actor who came with an API key, which is limited by verbs and objects: a key that only reads has
    /// the first, one that writes all that its person may do.
    pub fn of_key(actor: &Actor, schema: &Schema) -> Self {
        let may = |verb| schema.objects().any(|object| actor.rights().may(verb, &object.name));
        let writes = may(Verb::Create) || may(Verb::Update);
        let held = [
            (may(Verb::Read), Self::READ),
            (writes, Self::WRITE.with(Self::SEND)),
            (may(Verb::Delete), Self::DELETE),
            (writes && may(Verb::Delete), Self::ADMIN),
        ];
        held.into_iter().filter(|(held, _)| *held).fold(Self::NONE, |scopes, (_, scope)| scopes.with(scope))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.names().collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_they_are_written() {
        let scopes = Scopes::READ.with(Scopes::SEND);
        assert_eq!(scopes.to_string(), "crm:read crm:send");
        assert_eq!(Scopes::parse(&scopes.to_string()).ok(), Some(scopes));
        assert_eq!(Scopes::parse("").ok(), Some(Scopes::NONE));
        assert!(Scopes::parse("crm:read crm:fly").is_err());
        assert_eq!(Scopes::ALL.names().count(), Scopes::NAMED.len());
    }

    #[test]
    fn what_is_lacking_is_named_alone() {
        let needed = Scopes::READ.with(Scopes::DELETE);
        assert_eq!(Scopes::READ.lacks(needed), Scopes::DELETE);
        assert!(Scopes::ALL.lacks(needed).is_empty());
    }

    #[test]
    fn a_client_that_only_reads_has_no_verb_that_writes() {
        let verbs: Vec<String> = Scopes::READ.limits().into_iter().map(|scope| scope.verb).collect();
        assert_eq!(verbs, ["read", "sensitive"]);
    }
}
