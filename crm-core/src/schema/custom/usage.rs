//! What is made of a field: formulas and rules of its object, roll-ups anywhere. Such a field cannot be archived.

use crate::expression::Expression;
use crate::query::Filter;
use crate::schema::{FieldDef, FieldType, ObjectDef, Rollup, Schema};
use serde_json::Value as Json;

/// Something that needs the field, as a person would name it.
pub(super) fn of(schema: &Schema, object: &ObjectDef, field: &FieldDef) -> Option<String> {
    let uses = |text: &str| {
        let names_it = |name: &str| object.field(name).is_some_and(|used| used.id == field.id);
        Expression::parse(text).is_ok_and(|expression| expression.fields().into_iter().any(names_it))
    };
    let formula = object
        .fields
        .iter()
        .find(|other| matches!(&other.kind, FieldType::Formula { formula, .. } if uses(formula)))
        .map(|other| format!("The formula `{}`", other.name));
    let rule = || {
        let rule = object.rules.iter().find(|rule| uses(&rule.expression));
        rule.map(|rule| format!("The rule `{}`", rule.name))
    };
    formula.or_else(rule).or_else(|| rollup(schema, object, field))
}

fn rollup(schema: &Schema, object: &ObjectDef, field: &FieldDef) -> Option<String> {
    schema.objects().find_map(|parent| {
        let uses = |other: &&std::sync::Arc<FieldDef>| {
            matches!(&other.kind, FieldType::Rollup { rollup } if rolls_up(rollup, object, field))
        };
        let rollup = parent.fields.iter().find(uses)?;
        Some(format!("The roll-up `{}` of {}", rollup.name, parent.plural_label.text("en").to_lowercase()))
    })
}

fn rolls_up(rollup: &Rollup, object: &ObjectDef, field: &FieldDef) -> bool {
    let own = rollup.object == object.name;
    let is_it = |name: &str| own && object.field(name).is_some_and(|used| used.id == field.id);
    is_it(&rollup.field)
        || rollup.of.as_deref().is_some_and(is_it)
        || rollup.filter.as_ref().is_some_and(|filter| mentions(filter, own, field))
}

/// Whether a path of the filter passes a field of this name. Further along a path the object is not looked up: one of
/// the same name elsewhere counts, too, because archiving too little harms nobody.
fn mentions(filter: &Filter, own: bool, field: &FieldDef) -> bool {
    let name = field.name.as_str();
    let short = if field.kind.is_reference() { name.trim_end_matches("_id") } else { name };
    let mut paths = Vec::new();
    paths_in(&serde_json::to_value(filter).unwrap_or_default(), &mut paths);
    paths
        .iter()
        .any(|path| path.split('.').enumerate().any(|(i, part)| (i > 0 || own) && (part == name || part == short)))
}

/// The texts of every `field` and `through` in the JSON of a filter.
fn paths_in(json: &Json, paths: &mut Vec<String>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| paths_in(item, paths)),
        Json::Object(members) => {
            for (key, value) in members {
                match value {
                    Json::String(path) if matches!(key.as_str(), "field" | "through") => paths.push(path.clone()),
                    other => paths_in(other, paths),
                }
            }
        }
        _ => {}
    }
}
