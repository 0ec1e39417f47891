//! What somebody asks for, in parts that can be shown, changed and taken up again.

use super::telling::{fill, telling};
use crate::Language;
use crm_core::query::{Aggregate, Filter, GroupBy, Measure, MeasureSort, Query, Sort};
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// A question: records, or figures about them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Request {
    /// The object's name.
    pub object: String,
    /// Which of its records; all conditions hold.
    pub conditions: Vec<Condition>,
    /// By what figures are grouped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<GroupBy>,
    /// What is measured; nothing if the records themselves are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// The order of records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sort: Vec<Sort>,
    /// The order of groups, by what is measured: whether the greatest come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ranked: Option<bool>,
    /// Only the first so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<usize>,
    /// In which shape the figures are wanted, if somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<Shape>,
}

/// A shape in which figures are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Drawn, in whatever way suits them.
    Chart,
    /// As bars.
    Bars,
    /// As a line.
    Line,
    /// As parts of a whole.
    Pie,
    /// Not drawn.
    Table,
}

/// A condition, as it was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The path of the field it is about; another condition about the same takes its place in a follow-up.
    pub about: String,
    /// The condition.
    pub filter: Filter,
    /// For people: "Stage is Engaging".
    pub shown: String,
}

impl Request {
    /// Whether figures are asked for.
    #[must_use]
    pub fn is_figures(&self) -> bool {
        self.measure.is_some() || !self.group.is_empty()
    }

    /// All conditions as one.
    #[must_use]
    pub fn filter(&self) -> Option<Filter> {
        match self.conditions.as_slice() {
            [] => None,
            [one] => Some(one.filter.clone()),
            many => Some(Filter::all(many.iter().map(|condition| condition.filter.clone()))),
        }
    }

    /// The records that are asked for, or that the figures are about.
    #[must_use]
    pub fn query(&self) -> Query {
        let limit = if self.is_figures() { None } else { self.top };
        Query { filter: self.filter(), sort: self.sort.clone(), limit, ..Query::of(&self.object) }
    }

    /// The figures that are asked for.
    #[must_use]
    pub fn aggregate(&self) -> Aggregate {
        Aggregate {
            object: self.object.clone(),
            filter: self.filter(),
            group: self.group.clone(),
            measures: vec![self.measure.clone().unwrap_or(Measure::Count)],
            sort: self.ranked.map(|descending| MeasureSort { measure: 0, descending }),
            top: self.top.filter(|_| !self.group.is_empty()),
        }
    }

    /// Whether another request asks for the same, only as of another time.
    #[must_use]
    pub fn asks_the_same_as(&self, other: &Self) -> bool {
        let same = |(a, b): (&Condition, &Condition)| {
            a.about == b.about && (a.filter == b.filter || is_of_time(&a.filter) && is_of_time(&b.filter))
        };
        (&self.object, &self.group, &self.measure, &self.sort)
            == (&other.object, &other.group, &other.measure, &other.sort)
            && (self.ranked, self.top, self.shape) == (other.ranked, other.top, other.shape)
            && self.conditions.len() == other.conditions.len()
            && self.conditions.iter().zip(&other.conditions).all(same)
    }

    /// The one record that it is about.
    pub(super) fn focus(&self) -> Option<super::compose::Focus> {
        let [Condition { about, filter: Filter::Compare { value, .. }, shown }] = self.conditions.as_slice() else {
            return None;
        };
        // "ID is Hottechi", in whichever language it was asked.
        let is = |language| format!(" {}", fill(&telling(language).is, &[""]));
        let split = Language::ALL.into_iter().filter_map(|language| shown.split_once(&is(language)));
        let name = split.min_by_key(|(label, _)| label.len()).map_or(shown.as_str(), |(_, name)| name).to_owned();
        (about == "id").then(|| super::compose::Focus { object: self.object.clone(), id: value.clone(), name })
    }

    /// Puts a condition in: instead of those about the same, or beside them.
    pub(super) fn put(&mut self, condition: Condition) {
        self.conditions.retain(|old| old.about != condition.about);
        self.conditions.push(condition);
    }
}

/// Whether a condition compares with days or moments alone: these move with the present.
fn is_of_time(filter: &Filter) -> bool {
    match filter {
        Filter::And { and: parts } | Filter::Or { or: parts } => parts.iter().all(is_of_time),
        Filter::Not { not } => is_of_time(not),
        Filter::Compare { value, .. } => {
            value.as_str().is_some_and(|text| text.parse::<Date>().is_ok() || text.parse::<DateTime>().is_ok())
        }
        _ => false,
    }
}
