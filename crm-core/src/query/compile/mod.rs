//! The one compiler: from definitions, filters and paths to SQL that both engines run, with the actor's visibility
//! inside.
//!
//! A [`Source`] is the `from` of a statement: a table under an alias, and the records that paths lead to. Everything
//! else is made from it: [`Term`]s (a field as SQL), conditions, column lists ([`Columns`]). Only names of
//! definitions and literals of this crate become text; what callers give is bound.
//!
//! To add a field type: say in [`term`] how its value is compared, in [`operand`] how a caller writes one, and in
//! [`compare`] which operators it has.

mod calendar;
mod check;
mod columns;
mod compare;
mod filter;
mod operand;
mod rollup;
mod source;
mod term;
#[cfg(test)]
mod tests;

pub(crate) use calendar::{Buckets, Transitions};
pub(crate) use check::check;
pub(crate) use columns::Columns;
pub use compare::operators;
pub(crate) use source::{Source, unknown_field};
pub(crate) use term::Term;

use crate::actor::Actor;
use crate::db::Engine;
use crate::schema::{FieldDef, ObjectDef};
use jiff::Timestamp;

/// What a compilation depends on besides the question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) actor: &'a Actor,
    pub(crate) engine: Engine,
    pub(crate) now: Timestamp,
    /// Whether fields are read that the actor may not see: for definitions an admin made.
    /// Rows are never exempt.
    every_field: bool,
    /// How many roll-ups are around the present place.
    rollups: u8,
}

impl<'a> Context<'a> {
    pub(crate) fn new(actor: &'a Actor, engine: Engine, now: Timestamp) -> Self {
        Self { actor, engine, now, every_field: false, rollups: 0 }
    }

    /// The same, reading fields regardless of the actor's rights.
    pub(crate) fn with_every_field(self) -> Self {
        Self { every_field: true, ..self }
    }

    pub(crate) fn may_read(&self, object: &ObjectDef, field: &FieldDef) -> bool {
        self.every_field || self.actor.rights().may_read_field(&object.name, field)
    }
}
