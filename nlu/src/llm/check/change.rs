//! Changes: one record, fields that people set, and only where the person's own words ask for it.

use super::{Checked, Refused};
use crate::llm::reply;
use crate::staff::{Action, Assigned, Change, Name, is_missing};
use crm_core::schema::{FieldDef, ObjectDef};
use serde_json::{Value as Json, json};
use std::sync::Arc;

const MOST_VALUES: usize = 30;

impl Checked<'_> {
    pub(super) fn change(&self, change: reply::Change) -> Result<Change, Refused> {
        let wish = self.prompt.wish;
        if !wish.change || change.action == Action::Delete && !wish.delete {
            return Err(Refused::NotAskedFor);
        }
        let object = self.object(&change.object)?;
        // How the company works is not changed by a guess.
        if !object.in_navigation {
            return Err(Refused::NotChangeable);
        }
        let target = self.target(object, &change)?;
        if change.values.len() > MOST_VALUES {
            return Err(Refused::TooMuch);
        }
        let given = change.values.iter().map(|given| self.given(object, given, change.action));
        let values = given.collect::<Result<Vec<_>, _>>()?;
        let twice = |(at, one): (usize, &Assigned)| values.iter().skip(at + 1).any(|other| other.field == one.field);
        if values.is_empty() != (change.action == Action::Delete) || values.iter().enumerate().any(twice) {
            return Err(Refused::Form);
        }
        let is_made = change.action == Action::Create;
        let missing = object.fields.iter().filter(|field| is_made && is_missing(field, &values));
        let missing = missing.map(|field| field.name.clone()).collect();
        Ok(Change { action: change.action, object: object.name.clone(), target, values, missing, within: None })
    }

    /// The record that is changed; none if one is made.
    fn target(&self, object: &ObjectDef, change: &reply::Change) -> Result<Option<Name>, Refused> {
        match (change.action, &change.record) {
            (Action::Create, None) => Ok(None),
            (Action::Update | Action::Delete, Some(handle)) => {
                let name = self.record(handle)?;
                if name.object == object.name { Ok(Some(name.clone())) } else { Err(Refused::UnknownRecord) }
            }
            _ => Err(Refused::Form),
        }
    }

    fn given(&self, object: &ObjectDef, given: &reply::Given, action: Action) -> Result<Assigned, Refused> {
        let field = self.prompt.shown.field(object, &given.field).ok_or(Refused::UnknownField)?;
        if !is_set_by_people(field, object) {
            return Err(Refused::NotChangeable);
        }
        let cleared = given.value.is_null() && action == Action::Update && !field.required;
        let (value, shown) =
            if cleared { (Json::Null, "(empty)".to_owned()) } else { self.assigned(field, &given.value)? };
        // The engine takes the person themselves by their id.
        let me = json!({"me": true});
        let value = if value == me { json!(self.prompt.shown.me.ok_or(Refused::Value)?) } else { value };
        Ok(Assigned { field: field.name.clone(), value, shown })
    }
}

fn is_set_by_people(field: &Arc<FieldDef>, object: &ObjectDef) -> bool {
    let named_by_parts = field.name == "name" && !object.name_from.is_empty();
    let own = !field.system || field.name == "owner_id";
    own && !field.read_only && !field.kind.is_computed() && !named_by_parts
}
