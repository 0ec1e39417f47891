//! The one query language: what lists, saved views, reports, REST filters, assistants and the bot all speak.
//!
//! A [`Query`] asks for records, an [`Aggregate`] for groups and measures; both are plain data. [`compile`] turns
//! them into one SQL text for both engines, with the actor's visibility inside.

pub(crate) mod compile;
mod cursor;
mod groups;
mod order;
mod page;
mod period;
mod plan;
mod shape;

pub use compile::operators;
pub use groups::{Group, Groups};
pub use page::Page;
pub use period::{Period, Relative, Unit};
pub use shape::complaint;

pub(crate) use groups::fetch as fetch_groups;
pub(crate) use page::fetch as fetch_page;

use crate::actor::Actor;
use crate::error::FieldError;
use crate::schema::ObjectDef;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Asks for a page of records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// The object's name.
    #[serde(default)]
    pub object: String,
    /// Which records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// In which order; ties, and a query without an order, go by newest id first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<Sort>,
    /// How many records at most, 1 to [`Query::MAX_LIMIT`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
    /// The cursor of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Whether to count all matching records.
    #[serde(default)]
    pub total: bool,
    /// Which fields; all readable ones if absent. `id` and `version` always come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<String>>,
    /// Whether to ask for deleted records instead of the living.
    #[serde(default)]
    pub deleted: bool,
}

impl Query {
    /// The records of a page that says nothing.
    pub const DEFAULT_LIMIT: usize = 50;
    /// The most records of one page.
    pub const MAX_LIMIT: usize = 500;

    /// All records of an object.
    pub fn of(object: impl Into<String>) -> Self {
        Self { object: object.into(), ..Self::default() }
    }

    /// The same, of matching records only.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = Some(filter);
        self
    }
}

/// A key of the order of records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    /// A field or a path; empty values come last.
    pub field: String,
    /// Greatest first.
    #[serde(default)]
    pub descending: bool,
}

/// Which records match: a tree of conditions.
///
/// Null never equals, is never less or greater than anything; `not` turns a condition round completely, so a record
/// without a value matches `not eq`. `ne` is the same as `not eq`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Filter {
    /// All of them match.
    And {
        /// The parts.
        and: Vec<Filter>,
    },
    /// At least one matches.
    Or {
        /// The parts.
        or: Vec<Filter>,
    },
    /// It does not match.
    Not {
        /// The part.
        not: Box<Filter>,
    },
    /// Some related record matches.
    Any {
        /// Which.
        any: Related,
    },
    /// No related record matches.
    None {
        /// Which.
        none: Related,
    },
    /// A field compares so with a value.
    Compare {
        /// A field or a path through references: `account.industry`.
        field: String,
        /// How.
        op: Operator,
        /// With what.
        #[serde(default)]
        value: Json,
    },
}

/// Related records, through a to-many relation or a many-to-many field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Related {
    /// The name of the relation (`deals` of an account) or field (`tags`).
    pub through: String,
    /// Which of the related records; all if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Box<Filter>>,
}

/// How a field compares with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// Equal; texts ignore case and accents.
    Eq,
    /// Not equal, or empty.
    Ne,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// Equal to one of a list.
    In,
    /// From the first to the second of a list, both inclusive.
    Between,
    /// A text contains a text; a multi-select has an option; a many-to-many field has a record.
    Contains,
    /// A text starts with a text.
    StartsWith,
    /// Has no value (`true`) or has one (`false`).
    IsEmpty,
    /// A day or instant lies in a [`Period`].
    Within,
}

impl Filter {
    /// A comparison.
    pub fn compare(field: impl Into<String>, op: Operator, value: impl Into<Json>) -> Self {
        Self::Compare { field: field.into(), op, value: value.into() }
    }

    /// Equality.
    pub fn eq(field: impl Into<String>, value: impl Into<Json>) -> Self {
        Self::compare(field, Operator::Eq, value)
    }

    /// All of `filters`.
    pub fn all(filters: impl IntoIterator<Item = Filter>) -> Self {
        Self::And { and: filters.into_iter().collect() }
    }
}

/// Asks for groups and measures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Aggregate {
    /// The object's name.
    #[serde(default)]
    pub object: String,
    /// Which records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// By what they are grouped, up to two; none for one group of all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<GroupBy>,
    /// What is measured of each group; a count if absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// In which order; by the group's keys if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<MeasureSort>,
    /// Only the first so many groups, and all that tie with the last of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<usize>,
}

/// A key of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupBy {
    /// A field or a path.
    pub field: String,
    /// For days and instants: the period that they fall into, in the actor's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Unit>,
}

/// The order of groups by a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureSort {
    /// The position of the measure.
    pub measure: usize,
    /// Greatest first.
    #[serde(default)]
    pub descending: bool,
}

/// What is measured of a group of records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "measure", rename_all = "snake_case", deny_unknown_fields)]
pub enum Measure {
    /// How many records.
    Count,
    /// How many different values.
    CountDistinct {
        /// Of this field.
        field: String,
    },
    /// The sum. Money of several currencies is not added: the value is null and the group says so.
    Sum {
        /// Of this field.
        field: String,
    },
    /// The mean of the values there are.
    Avg {
        /// Of this field.
        field: String,
    },
    /// The least value.
    Min {
        /// Of this field.
        field: String,
    },
    /// The greatest value.
    Max {
        /// Of this field.
        field: String,
    },
    /// The middle value, or the mean of the two in the middle.
    Median {
        /// Of this field.
        field: String,
    },
    /// 100 × the records that match `of` / the records that match `to`, null where none matches `to`.
    Ratio {
        /// The counted part.
        of: Filter,
        /// The counted whole.
        to: Filter,
    },
}

/// The error for a field that is not there or not to be seen: the same in both cases.
pub(crate) fn unknown_field(actor: &Actor, object: &ObjectDef, name: &str, at: &str) -> FieldError {
    compile::unknown_field(actor, object, name, at, |field| actor.rights().may_read_field(&object.name, field))
}
