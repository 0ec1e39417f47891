//! What a model may answer: the parts of a question or a change, in the types of the query language.

use crate::staff::Action;
use crm_core::query::{Filter, GroupBy, Sort};
use serde::Deserialize;
use serde_json::Value as Json;

/// An answer as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reply {
    pub(super) answer: Answer,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Answer {
    /// Records or figures.
    Question(Question),
    /// One record made, changed or deleted.
    Change(Change),
    /// The model does not know either.
    Unknown(Unknown),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    pub(super) object: String,
    /// Whether the conditions come to those of the question before.
    pub(super) goes_on: bool,
    pub(super) conditions: Vec<Filter>,
    pub(super) group: Vec<GroupBy>,
    /// A [`crm_core::query::Measure`], written just as it is.
    pub(super) measure: Option<Json>,
    pub(super) sort: Vec<Sort>,
    /// Of groups: whether those with the greatest figures come first.
    pub(super) greatest_first: Option<bool>,
    pub(super) top: Option<usize>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    pub(super) action: Action,
    pub(super) object: String,
    /// The handle of the record; none if one is made.
    pub(super) record: Option<String>,
    pub(super) values: Vec<Given>,
}

/// A value for a field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    pub(super) field: String,
    pub(super) value: Json,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unknown {}

/// A record, by the handle under which it was shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Handle {
    pub(super) record: String,
}
