//! Definitions as JSON: in the caller's language, with the caller's rights.

use crm_core::Actor;
use crm_core::access::Verb;
use crm_core::record::ActionDef;
use crm_core::schema::{FieldDef, FieldType, ObjectDef, Relation, Schema, SelectOption};
use serde_json::{Map, Value, json};

/// All definitions that the schema holds.
pub(super) fn schema(schema: &Schema, actor: &Actor) -> Value {
    let objects: Vec<Value> = schema.objects().map(|found| object(found, schema, actor)).collect();
    json!({"revision": schema.revision, "objects": objects})
}

/// One object.
pub(super) fn object(object: &ObjectDef, schema: &Schema, actor: &Actor) -> Value {
    let language = actor.language();
    let description = Some(object.description.text(language)).filter(|text| !text.is_empty());
    let rights: Map<String, Value> =
        Verb::ALL.into_iter().map(|verb| (verb.name().into(), json!(actor.rights().may(verb, &object.name)))).collect();
    let actions = object.behaviour.as_ref().map(|behaviour| behaviour.offered(actor.rights())).unwrap_or_default();
    json!({
        "name": object.name, "label": object.label.text(language),
        "plural": object.plural, "plural_label": object.plural_label.text(language),
        "description": description, "also_called": object.also_called,
        "custom": object.custom, "extensible": object.extensible || object.custom, "owned": object.owned(),
        "in_navigation": object.in_navigation,
        "fields": object.fields.iter().map(|found| field(found, object, actor)).collect::<Vec<_>>(),
        "rules": object.rules,
        "actions": actions.iter().map(|found| action(found, object, actor)).collect::<Vec<_>>(),
        "relations": schema.relations(&object.name).iter().map(|found| relation(found, schema, actor)).collect::<Vec<_>>(),
        "rights": rights,
    })
}

fn action(action: &ActionDef, object: &ObjectDef, actor: &Actor) -> Value {
    let input: Vec<Value> = action.input.iter().map(|found| field(found, object, actor)).collect();
    json!({"name": action.name, "label": action.label.text(actor.language()), "input": input})
}

fn relation(relation: &Relation, schema: &Schema, actor: &Actor) -> Value {
    let label = schema.object(&relation.object).map(|object| object.plural_label.text(actor.language()));
    json!({"name": relation.name, "label": label, "object": relation.object, "field": relation.field})
}

/// One field of an object.
pub(super) fn field(field: &FieldDef, object: &ObjectDef, actor: &Actor) -> Value {
    let language = actor.language();
    let may_write = actor.rights().may_write_field(&object.name, field);
    let mut json = json!({
        "id": field.id, "name": field.name, "label": field.label.text(language), "type": field.kind.name(),
        "description": field.description.as_ref().map(|text| text.text(language)), "also_called": field.also_called,
        "required": field.required, "unique": field.unique, "read_only": field.read_only,
        "filterable": field.filterable, "sortable": field.sortable(), "custom": field.custom, "system": field.system,
        "sensitive": field.sensitive, "default": field.default,
        "min": field.limits.min, "max": field.limits.max, "max_length": field.limits.max_length,
        "pattern": field.limits.pattern,
        "rights": {"read": true, "write": may_write},
    });
    json["references"] = json!(field.kind.target());
    match &field.kind {
        FieldType::Select { options } | FieldType::MultiSelect { options } => {
            json["options"] = options.iter().enumerate().map(|(i, one)| option(one, i, language)).collect();
        }
        FieldType::References { references } => json["references"] = json!(references),
        FieldType::Decimal { scale } => json["scale"] = json!(scale),
        FieldType::AutoNumber { prefix } => json["prefix"] = json!(prefix),
        FieldType::Formula { formula, result_type } => {
            json["formula"] = json!(formula);
            json["result_type"] = json!(result_type);
        }
        FieldType::Rollup { rollup } => {
            json["references"] = json!(rollup.object);
            json["rollup"] = json!(rollup);
        }
        _ => {}
    }
    json
}

fn option(option: &SelectOption, order: usize, language: &str) -> Value {
    json!({
        "key": option.key, "label": option.label.text(language), "colour": option.colour, "order": order,
        "archived": option.archived,
    })
}
