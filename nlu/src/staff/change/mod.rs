//! What somebody wants to have changed: a record made, changed or deleted.
//!
//! A change is read as the description of a record as it shall be: "a task for Acme next Tuesday" fits a record that is
//! related to Acme and due on Tuesday, so those conditions become its values. What is left of the text, after "called",
//! "to" or a colon, or beside the object, is what it is called.

mod appointment;
mod create;
mod instead;
mod no_such;
mod update;

pub(crate) use create::is_missing;
pub use instead::Instead;

use super::Words;
use super::cover::{self, Cover};
use super::piece::{Piece, Placed};
use super::request::Condition;
use super::vocabulary::Name;
use super::words::{self, Role};
use crm_core::query::{Filter, Operator};
use crm_core::schema::{FieldDef, ObjectDef};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::ops::Range;
use std::sync::Arc;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Action {
    Create,
    Update,
    Delete,
}

/// A change as it was understood. It is only a proposal: nothing happens before somebody agrees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What is done.
    pub action: Action,
    /// The object's name.
    pub object: String,
    /// The record; none if one is made.
    pub target: Option<Name>,
    /// The values that it gets.
    pub values: Vec<Assigned>,
    /// Fields that must have a value and got none, by name.
    pub missing: Vec<String>,
    /// The stretch of time in which the first missing moment shall lie, if one was said: its beginning, and the first
    /// moment behind it.
    pub within: Option<(DateTime, DateTime)>,
}

/// A value that a field gets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assigned {
    /// The field's name.
    pub field: String,
    /// The value as the engine takes it.
    pub value: Json,
    /// The value for people: a record by its name.
    pub shown: String,
}

/// Why a change that somebody wants cannot be proposed.
#[derive(Debug, Clone, PartialEq)]
pub enum Obstacle {
    /// It names what nothing is called.
    NoSuch(NoSuch),
    /// It is one of several records.
    Several {
        /// So many were shown.
        shown: usize,
    },
    /// It is one of a record at a place that the list does not have.
    Fewer {
        /// So many were shown; none if there was no list.
        shown: usize,
    },
    /// The record is no longer there.
    Gone,
}

/// A name that nothing has.
#[derive(Debug, Clone, PartialEq)]
pub struct NoSuch {
    /// As it was written.
    pub name: String,
    /// The object that something of this name was looked for among, if that was told.
    pub object: Option<String>,
    /// What may have been meant, the most alike first.
    pub instead: Vec<Instead>,
}

/// What came of reading a change.
pub(super) type Reading = Result<Read, Obstacle>;

/// A change, and how little of the text did not fit.
pub(super) struct Read {
    pub(super) change: Change,
    pub(super) misfit: f64,
    pub(super) unclear: Option<Vec<usize>>,
}

impl Words<'_> {
    /// The change that a text asks for, if it asks for one: it begins with what shall be done.
    pub(super) fn change(&self, pieces: &[Vec<Placed>]) -> Option<Reading> {
        let covers = cover::best(self.tokens.len(), pieces);
        covers.iter().find_map(|cover| {
            let row = &self.with_the_verb_first(&cover.pieces);
            let begin = row.iter().position(|placed| !placed.is(Role::Filler))?;
            match row.get(begin)?.piece {
                // "create a chart" makes nothing that is kept.
                Piece::Role(Role::Create) if next_is_a_shape(row.get(begin + 1..)?) => None,
                Piece::Role(Role::Create | Role::Fresh) => self.create(row, begin),
                Piece::Role(Role::Remind) => self.remind(row.get(begin + 1..)?).map(Ok),
                // "make it a chart" changes nothing.
                Piece::Role(Role::Update) if says_a_shape(covers.first()) => None,
                Piece::Role(Role::Update | Role::Rename | Role::Complete) => self.update(pieces, Action::Update),
                Piece::Role(Role::Delete) => self.update(pieces, Action::Delete),
                _ => None,
            }
        })
    }

    /// "eine Aufgabe für Acme erstellen": the same row with what shall be done at its beginning.
    fn with_the_verb_first(&self, row: &[Placed]) -> Vec<Placed> {
        let mut row = row.to_vec();
        let verb = |placed: &Placed| matches!(placed.piece, Piece::Role(role) if role == Role::Create || alters(role));
        let last = row.iter().rposition(|placed| !placed.is(Role::Filler));
        if let Some(last) =
            last.filter(|last| words::verb_may_be_last(self.language) && row.get(*last).is_some_and(verb))
        {
            let placed = row.remove(last);
            row.insert(0, placed);
        }
        row
    }

    /// Conditions on the record's own fields as values.
    fn assigned(&self, object: &ObjectDef, conditions: &[Condition]) -> Vec<Assigned> {
        let values = conditions.iter().filter_map(|condition| {
            let (path, value) = value_of(&condition.filter)?;
            let field =
                object.field(&path).filter(|field| !field.read_only && !field.system || field.name == "owner_id")?;
            let value = if value == json!({"me": true}) { json!(self.vocabulary.me.as_ref()?.user) } else { value };
            let shown = self.shown(field, &value);
            Some(Assigned { field: field.name.clone(), value, shown })
        });
        values.collect()
    }

    fn shown(&self, field: &FieldDef, value: &Json) -> String {
        let id = value.get("id").unwrap_or(value);
        let named = self.vocabulary.names().find(|name| json!(name.id) == *id);
        let option = field.kind.options().iter().find(|option| json!(option.key) == *value);
        let amount = value.get("amount").and_then(Json::as_str);
        match (named, option) {
            (Some(name), _) => name.name.clone(),
            (None, Some(option)) => option.label.text(self.told.code()).to_owned(),
            (None, None) => amount.or(value.as_str()).map_or_else(|| value.to_string(), readable),
        }
    }

    fn text_of(&self, tokens: Range<usize>) -> &str {
        let tokens = self.tokens.get(tokens).unwrap_or_default();
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return "" };
        self.text.get(first.span.start..last.span.end).unwrap_or_default()
    }

    fn span_of(&self, run: &[&Placed]) -> Option<String> {
        let (first, last) = (run.first()?, run.last()?);
        let text = self.text_of(first.tokens.start..last.tokens.end).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// Whether a word says that a record shall be changed that is there.
fn alters(role: Role) -> bool {
    matches!(role, Role::Update | Role::Rename | Role::Delete | Role::Complete)
}

/// Whether the likeliest reading of a text says in which shape figures are wanted.
fn says_a_shape(likeliest: Option<&Cover>) -> bool {
    likeliest.is_some_and(|cover| cover.pieces.iter().any(Placed::is_shape))
}

fn next_is_a_shape(row: &[Placed]) -> bool {
    row.iter().find(|placed| !placed.is(Role::Filler)).is_some_and(Placed::is_shape)
}

/// The field that a record's name is written in.
fn name_field(object: &ObjectDef) -> Option<&Arc<FieldDef>> {
    match object.name_from.as_slice() {
        [] => object.field("name").filter(|field| !field.read_only),
        [only, ..] => object.field(only),
    }
}

/// The value that makes a condition true; "a deal over 5000" is one of that amount.
fn value_of(filter: &Filter) -> Option<(String, Json)> {
    match filter {
        Filter::Compare { field, op: Operator::Eq | Operator::Ge | Operator::Gt, value } => {
            Some((field.clone(), value.clone()))
        }
        Filter::And { and } => and.first().and_then(value_of),
        _ => None,
    }
}

/// A time as the answers show it, to the minute; any other text as it is.
fn readable(text: &str) -> String {
    match text.parse::<DateTime>() {
        Ok(at) if text.contains('T') => at.strftime("%Y-%m-%d %H:%M").to_string(),
        _ => text.to_owned(),
    }
}
