//! What has been heard, and waits for what it belongs to.

use crate::staff::paths::Path;
use crate::staff::words::Role;
use crate::values::Found;
use crm_core::query::{Measure, Unit};

#[derive(Debug, Default)]
pub(super) struct State {
    /// What is wanted of the records: their count, a sum.
    pub(super) want: Option<Role>,
    /// "by", "per", "sorted by": what comes next is an order or a group.
    pub(super) by: Option<Role>,
    /// How the next value compares.
    pub(super) compare: Option<Role>,
    /// The lower end of "between", and how it was written.
    pub(super) low: Option<(serde_json::Value, String)>,
    /// Whether the next condition is turned round.
    pub(super) negated: bool,
    /// Whether the next condition is another one of the same kind.
    pub(super) joined: bool,
    /// Whether there was a condition before.
    pub(super) added: bool,
    /// "with" or "without": the next field has a value, or none.
    pub(super) having: Option<bool>,
    /// A field that waits for its value, and whether its words are about the past ("engaged").
    pub(super) field: Option<(Path, bool)>,
    /// A field that may be measured.
    pub(super) measured: Option<Path>,
    /// The day that a phrase is about.
    pub(super) on: Option<String>,
    /// What a phrase measures.
    pub(super) phrase_measure: Option<Measure>,
    /// Whether a phrase said what is measured.
    pub(super) names_figure: bool,
    /// By what a phrase is counted.
    pub(super) phrase_by: Option<&'static str>,
    /// Times without a field so far.
    pub(super) times: Vec<(Found, Option<Role>, bool)>,
    /// By which unit of the calendar groups are made.
    pub(super) unit: Option<Unit>,
    /// "largest", "top".
    pub(super) greatest_first: Option<bool>,
    pub(super) newest_first: Option<bool>,
    /// Whether things shall be held against each other: what is named is a group.
    pub(super) compares: bool,
    /// The field of the order.
    pub(super) ordered: Option<Path>,
    /// How many.
    pub(super) top: Option<usize>,
    /// The way to another object that is asked about, and whether it was named behind the object itself.
    pub(super) head: Option<String>,
    pub(super) head_behind: bool,
    /// Behind which piece a group was named last.
    pub(super) grouped_at: Option<usize>,
    /// Whether a field was called by another word than its label.
    pub(super) other_word: bool,
    /// Whether the object was named, and whether by its plural.
    pub(super) mentioned: bool,
    pub(super) several: bool,
    pub(super) follows: bool,
    /// Whether it was said in which shape the answer is wanted.
    pub(super) shaped: bool,
    pub(super) misfit: f64,
    pub(super) unclear: Option<Vec<usize>>,
}
