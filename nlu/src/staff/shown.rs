//! A request in words that can be checked at a glance: "Deals · won · Closed in March 2017 · sum of Amount by Region".

use super::paths::Path;
use super::telling::{Telling, fill, telling};
use super::{Action, Request, Words};
use crate::Language;
use crm_core::query::{GroupBy, Measure, Unit};
use crm_core::schema::{ObjectDef, Schema};
use jiff::Span;
use jiff::civil::{DateTime, Time};

impl Words<'_> {
    pub(super) fn label(&self, path: &Path) -> String {
        path.field.label.text(self.told.code()).to_owned()
    }

    pub(super) fn plural<'a>(&self, object: &'a ObjectDef) -> &'a str {
        object.plural_label.text(self.told.code())
    }
}

impl Request {
    /// How the request was understood, in one line.
    #[must_use]
    pub fn shown(&self, schema: &Schema, language: Language) -> String {
        let (telling, code, language) = (telling(language), language, language.code());
        let object =
            schema.object(&self.object).map_or(self.object.as_str(), |object| object.plural_label.text(language));
        let mut parts = vec![object.to_owned()];
        parts.extend(self.conditions.iter().map(|condition| condition.shown.clone()));
        let label = |path: &str| label(schema, &self.object, path, language);
        if self.is_figures() {
            let Axes { measure, groups } = self.axes(schema, code);
            parts.push(groups.iter().fold(measure, |shown, by| fill(&telling.by, &[&shown, by])));
        }
        for sort in &self.sort {
            let order = if sort.descending { &telling.greatest_first } else { &telling.least_first };
            parts.push(fill(order, &[&label(&sort.field)]));
        }
        let most = match self.ranked {
            Some(true) => &telling.top,
            Some(false) => &telling.bottom,
            None => &telling.first,
        };
        parts.extend(self.top.map(|top| fill(most, &[&top.to_string()])));
        parts.join(" · ")
    }
}

/// What is measured and by what it is grouped, as people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axes {
    /// "sum of Amount".
    pub measure: String,
    /// "month of Close date".
    pub groups: Vec<String>,
}

impl Request {
    /// What the figures and their groups are called.
    #[must_use]
    pub fn axes(&self, schema: &Schema, language: Language) -> Axes {
        let telling = telling(language);
        let label = |path: &str| label(schema, &self.object, path, language.code());
        let measure = match self.measure.as_ref().unwrap_or(&Measure::Count) {
            Measure::Count => telling.number.clone(),
            Measure::CountDistinct { field } => fill(&telling.different, &[&label(field)]),
            Measure::Sum { field } => fill(&telling.sum, &[&label(field)]),
            Measure::Avg { field } => fill(&telling.average, &[&label(field)]),
            Measure::Min { field } => fill(&telling.least, &[&label(field)]),
            Measure::Max { field } => fill(&telling.greatest, &[&label(field)]),
            Measure::Median { field } => fill(&telling.median, &[&label(field)]),
            Measure::Ratio { .. } => telling.rate.clone(),
        };
        let group = |group: &GroupBy| {
            let by = label(&group.field);
            group.by.map_or_else(|| by.clone(), |unit| fill(unit_of(telling, unit), &[&by]))
        };
        Axes { measure, groups: self.group.iter().map(group).collect() }
    }
}

impl super::Change {
    /// What would be done, in one line.
    #[must_use]
    pub fn shown(&self, schema: &Schema, language: Language) -> String {
        let object = schema.object(&self.object);
        let label = object.map_or(self.object.as_str(), |object| object.label.text(language.code()));
        let telling = telling(language);
        let what = match self.action {
            Action::Create => &telling.create,
            Action::Update => &telling.update,
            Action::Delete => &telling.delete,
        };
        let what = fill(what, &[label, self.target.as_ref().map_or("", |name| &name.name)]);
        let field = |name: &str| {
            object
                .and_then(|object| object.field(name))
                .map_or(name.to_owned(), |field| field.label.text(language.code()).to_owned())
        };
        let values = self.values.iter().map(|assigned| format!("{}: {}", field(&assigned.field), assigned.shown));
        std::iter::once(what).chain(values).collect::<Vec<_>>().join(" · ")
    }
}

fn unit_of(telling: &Telling, unit: Unit) -> &str {
    match unit {
        Unit::Day => &telling.day,
        Unit::Week => &telling.week,
        Unit::Month => &telling.month,
        Unit::Quarter => &telling.quarter,
        Unit::Year => &telling.year,
    }
}

/// The label of the field at the end of a path.
fn label(schema: &Schema, object: &str, path: &str, language: &str) -> String {
    let mut here = schema.object(object);
    let mut label = path.to_owned();
    for name in path.split('.') {
        let Some(field) = here.and_then(|object| object.field(name)) else { break };
        label = field.label.text(language).to_owned();
        here = field.kind.target().and_then(|target| schema.object(target));
    }
    label
}

/// A stretch of time, its last day included.
pub(super) fn span(from: Option<DateTime>, until: Option<DateTime>, language: Language) -> String {
    let telling = telling(language);
    let midnight = |at: DateTime| at.time() == Time::midnight();
    let text =
        |at: DateTime| if midnight(at) { at.date().to_string() } else { at.strftime("%Y-%m-%d %H:%M").to_string() };
    let last = |at: DateTime| if midnight(at) { at.checked_sub(Span::new().days(1)).unwrap_or(at) } else { at };
    match (from, until) {
        (Some(from), Some(until)) if from == last(until) || from == until => fill(&telling.on, &[&text(from)]),
        (Some(from), Some(until)) => fill(&telling.from_to, &[&text(from), &text(last(until))]),
        (Some(from), None) => fill(&telling.from, &[&text(from)]),
        (None, Some(until)) => fill(&telling.before, &[&text(until)]),
        (None, None) => String::new(),
    }
}
