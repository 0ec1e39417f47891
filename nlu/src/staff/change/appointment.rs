//! An appointment: who takes part, and a day and a time of which only a stretch was said.

use super::{Assigned, Words};
use crate::staff::request::Condition;
use crm_core::query::{Filter, Operator};
use crm_core::schema::{FieldType, ObjectDef};
use jiff::SignedDuration;
use jiff::civil::DateTime;
use serde_json::{Value as Json, json};

/// Of a longer stretch it is not said when it begins.
const EXACT: SignedDuration = SignedDuration::from_hours(1);

impl Words<'_> {
    /// Colleagues that were named take part; the appointment is that of whoever makes it.
    pub(super) fn invite(&self, object: &ObjectDef, conditions: &[Condition], values: &mut Vec<Assigned>) {
        let takes_part =
            |kind: &FieldType| matches!(kind, FieldType::References { references } if references == "user");
        let Some(field) = object.fields.iter().find(|field| !field.system && takes_part(&field.kind)) else { return };
        let owner = |path: &str| object.field(path).is_some_and(|field| field.name == "owner_id");
        let mut people: Vec<&Json> = Vec::new();
        conditions.iter().for_each(|condition| named(&condition.filter, &owner, &mut people));
        values.retain(|assigned| assigned.field != "owner_id");
        people.retain(|person| person.is_string());
        if !people.is_empty() {
            let shown: Vec<String> = people.iter().map(|person| self.shown(field, person)).collect();
            values.push(Assigned { field: field.name.clone(), value: json!(people), shown: shown.join(", ") });
        }
    }
}

/// What a field is said to be, each value once.
fn named<'a>(filter: &'a Filter, field: &impl Fn(&str) -> bool, all: &mut Vec<&'a Json>) {
    match filter {
        Filter::Compare { field: path, op: Operator::Eq, value } if field(path) && !all.contains(&value) => {
            all.push(value);
        }
        Filter::Or { or: parts } | Filter::And { and: parts } => parts.iter().for_each(|part| named(part, field, all)),
        _ => {}
    }
}

/// Takes the moment that a record must have out of its values where only a stretch was said in which it shall lie:
/// "next week", "tomorrow afternoon".
pub(super) fn take_stretch(
    object: &ObjectDef,
    conditions: &[Condition],
    values: &mut Vec<Assigned>,
) -> Option<(DateTime, DateTime)> {
    let moment =
        |name: &str| object.field(name).is_some_and(|field| field.required && field.kind == FieldType::DateTime);
    let mut stretches = conditions.iter().filter_map(|condition| stretch(&condition.filter));
    let (field, from, until) = stretches.find(|(field, ..)| moment(field))?;
    if until.duration_since(from) <= EXACT {
        return None;
    }
    values.retain(|assigned| assigned.field != field);
    Some((from, until))
}

/// The field, beginning and end of a stretch of time.
fn stretch(filter: &Filter) -> Option<(&str, DateTime, DateTime)> {
    let Filter::And { and } = filter else { return None };
    let [
        Filter::Compare { field, op: Operator::Ge, value: from },
        Filter::Compare { op: Operator::Lt, value: until, .. },
    ] = and.as_slice()
    else {
        return None;
    };
    Some((field, from.as_str()?.parse().ok()?, until.as_str()?.parse().ok()?))
}
