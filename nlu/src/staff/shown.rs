//! A request in words that can be checked at a glance: "Deals · won · Closed in March 2017 · sum of Amount by Region".

use super::paths::Path;
use super::{Request, Words};
use crate::Language;
use crm_core::query::{Measure, Unit};
use crm_core::schema::{ObjectDef, Schema};
use jiff::Span;
use jiff::civil::{DateTime, Time};

impl Words<'_> {
    pub(super) fn label(&self, path: &Path) -> String {
        path.field.label.text(self.language.code()).to_owned()
    }

    pub(super) fn plural<'a>(&self, object: &'a ObjectDef) -> &'a str {
        object.plural_label.text(self.language.code())
    }
}

impl Request {
    /// How the request was understood, in one line.
    #[must_use]
    pub fn shown(&self, schema: &Schema, language: Language) -> String {
        let language = language.code();
        let object =
            schema.object(&self.object).map_or(self.object.as_str(), |object| object.plural_label.text(language));
        let mut parts = vec![object.to_owned()];
        parts.extend(self.conditions.iter().map(|condition| condition.shown.clone()));
        let label = |path: &str| label(schema, &self.object, path, language);
        if self.is_figures() {
            let measure = match self.measure.as_ref().unwrap_or(&Measure::Count) {
                Measure::Count => "number".to_owned(),
                Measure::CountDistinct { field } => format!("different values of {}", label(field)),
                Measure::Sum { field } => format!("sum of {}", label(field)),
                Measure::Avg { field } => format!("average {}", label(field)),
                Measure::Min { field } => format!("least {}", label(field)),
                Measure::Max { field } => format!("greatest {}", label(field)),
                Measure::Median { field } => format!("median {}", label(field)),
                Measure::Ratio { .. } => "rate in %".to_owned(),
            };
            let groups = self.group.iter().map(|group| match group.by {
                Some(unit) => format!(" by {} of {}", unit_name(unit), label(&group.field)),
                None => format!(" by {}", label(&group.field)),
            });
            parts.push(format!("{measure}{}", groups.collect::<String>()));
        }
        for sort in &self.sort {
            parts.push(format!(
                "{} by {}",
                if sort.descending { "greatest first" } else { "least first" },
                label(&sort.field)
            ));
        }
        match (self.ranked, self.top) {
            (Some(greatest), Some(top)) => parts.push(format!("{} {top}", if greatest { "top" } else { "bottom" })),
            (None, Some(top)) => parts.push(format!("first {top}")),
            _ => {}
        }
        parts.join(" · ")
    }
}

impl super::Change {
    /// What would be done, in one line.
    #[must_use]
    pub fn shown(&self, schema: &Schema, language: Language) -> String {
        let object = schema.object(&self.object);
        let label = object.map_or(self.object.as_str(), |object| object.label.text(language.code()));
        let what = match (self.action, &self.target) {
            (super::Action::Create, _) => format!("New {label}"),
            (super::Action::Update, target) => {
                format!("Change {label} {}", target.as_ref().map_or("", |name| &name.name))
            }
            (super::Action::Delete, target) => {
                format!("Delete {label} {}", target.as_ref().map_or("", |name| &name.name))
            }
        };
        let field = |name: &str| {
            object
                .and_then(|object| object.field(name))
                .map_or(name.to_owned(), |field| field.label.text(language.code()).to_owned())
        };
        let values = self.values.iter().map(|assigned| format!("{}: {}", field(&assigned.field), assigned.shown));
        std::iter::once(what).chain(values).collect::<Vec<_>>().join(" · ")
    }
}

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::Year => "year",
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
pub(super) fn span(from: Option<DateTime>, until: Option<DateTime>) -> String {
    let midnight = |at: DateTime| at.time() == Time::midnight();
    let text =
        |at: DateTime| if midnight(at) { at.date().to_string() } else { at.strftime("%Y-%m-%d %H:%M").to_string() };
    let last = |at: DateTime| if midnight(at) { at.checked_sub(Span::new().days(1)).unwrap_or(at) } else { at };
    match (from, until) {
        (Some(from), Some(until)) if from == last(until) || from == until => format!("on {}", text(from)),
        (Some(from), Some(until)) => format!("from {} to {}", text(from), text(last(until))),
        (Some(from), None) => format!("from {}", text(from)),
        (None, Some(until)) => format!("before {}", text(until)),
        (None, None) => String::new(),
    }
}
