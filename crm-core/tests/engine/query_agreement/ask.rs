//! Generated questions, as a caller would write them.

use super::data::{AMOUNTS, DATES, INSTANTS, NUMBERS, OBJECTS, TEXTS};
use super::model::Model;
use super::one;
use crm_core::schema::{FieldDef, FieldType, ObjectDef, ResultType, Schema};
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// A question for a list.
pub(crate) fn list(rng: &mut StdRng, model: &Model) -> Json {
    let object = *one(rng, &OBJECTS[1..]);
    let mut query = json!({"object": object, "limit": *one(rng, &[1, 5, 7, 20, 50, 50, 500])});
    if rng.random_bool(0.85) {
        query["filter"] = filter(rng, &model.schema, object, 3);
    }
    let sort: Vec<Json> = (0..rng.random_range(0..=3))
        .filter_map(|_| {
            let (path, _) = path(rng, &model.schema, object, sortable)?;
            Some(json!({"field": path, "descending": rng.random_bool(0.5)}))
        })
        .collect();
    query["sort"] = json!(sort);
    query
}

/// A question for groups.
pub(crate) fn groups(rng: &mut StdRng, model: &Model) -> Json {
    let object = *one(rng, &OBJECTS[1..]);
    let schema = &model.schema;
    let mut aggregate = json!({"object": object});
    if rng.random_bool(0.5) {
        aggregate["filter"] = filter(rng, schema, object, 2);
    }
    let keys = (0..rng.random_range(0..=2)).filter_map(|_| {
        let (path, field) = path(rng, schema, object, groupable)?;
        let by = is_time(&field).then(|| *one(rng, &["day", "week", "month", "quarter", "year"]));
        Some(by.map_or(json!({"field": path}), |by| json!({"field": path, "by": by})))
    });
    aggregate["group"] = keys.collect();
    let measures: Vec<(Json, bool)> = (0..rng.random_range(1..=3)).map(|_| measure(rng, schema, object)).collect();
    let exact: Vec<usize> = (0..measures.len()).filter(|i| measures[*i].1).collect();
    aggregate["measures"] = measures.into_iter().map(|(measure, _)| measure).collect();
    if rng.random_bool(0.5) && !exact.is_empty() {
        aggregate["sort"] = json!({"measure": one(rng, &exact), "descending": rng.random_bool(0.5)});
    }
    if rng.random_bool(0.3) {
        aggregate["top"] = json!(rng.random_range(1..6));
    }
    aggregate
}

/// A measure, and whether its values are the same to the last bit however they are added up.
fn measure(rng: &mut StdRng, schema: &Schema, object: &str) -> (Json, bool) {
    let name = *one(rng, &["count", "count_distinct", "sum", "avg", "min", "max", "median", "ratio"]);
    if name == "ratio" {
        let (of, to) = (filter(rng, schema, object, 1), filter(rng, schema, object, 1));
        return (json!({"measure": "ratio", "of": of, "to": to}), true);
    }
    let fits = |field: &FieldDef| match name {
        "count_distinct" => sortable(field),
        "min" | "max" => is_number(field) || is_time(field),
        _ => is_number(field),
    };
    match (name, path(rng, schema, object, fits)) {
        ("count", _) | (_, None) => (json!({"measure": "count"}), true),
        (name, Some((path, field))) => {
            let exact = !matches!(field.kind, FieldType::Formula { .. })
                && !matches!(computed(&field.kind), FieldType::Money)
                && name != "avg";
            (json!({"measure": name, "field": path}), exact)
        }
    }
}

fn is_number(field: &FieldDef) -> bool {
    match field.kind {
        FieldType::Formula { result_type, .. } => result_type == ResultType::Number,
        FieldType::Number | FieldType::Percent | FieldType::Decimal { .. } => field.name != "version",
        FieldType::Money | FieldType::Duration | FieldType::Rating => true,
        FieldType::Rollup { .. } => !is_time(field),
        _ => false,
    }
}

fn is_time(field: &FieldDef) -> bool {
    matches!(computed(&field.kind), FieldType::Date | FieldType::DateTime)
}

/// The type of what a computed field yields.
fn computed(kind: &FieldType) -> FieldType {
    match kind {
        FieldType::Formula { result_type, .. } => match result_type {
            ResultType::Number => FieldType::Number,
            ResultType::Text => FieldType::Text,
            ResultType::Boolean => FieldType::Boolean,
            ResultType::Date => FieldType::Date,
        },
        FieldType::Rollup { rollup } => match rollup.of.as_deref() {
            Some("amount") => FieldType::Money,
            Some("close_date") => FieldType::Date,
            _ => FieldType::Number,
        },
        kind => kind.clone(),
    }
}

fn sortable(field: &FieldDef) -> bool {
    let several = matches!(
        field.kind,
        FieldType::References { .. } | FieldType::MultiSelect { .. } | FieldType::AnyReference | FieldType::Json
    );
    !several && !matches!(field.kind, FieldType::Address | FieldType::Location) && !is_boring(field)
}

fn groupable(field: &FieldDef) -> bool {
    let no = matches!(
        computed(&field.kind),
        FieldType::Money | FieldType::AnyReference | FieldType::Json | FieldType::Address | FieldType::Location
    );
    !no && !is_boring(field) && field.name != "id"
}

/// Differs from one engine to the other, as ids do.
fn is_boring(field: &FieldDef) -> bool {
    let of_users = field.name == "email" && field.unique;
    of_users
        || matches!(field.name.as_str(), "number" | "stage_entered_at" | "updated_at")
        || field.kind.name() == "file"
}

/// A field that fits, of the object itself or behind references.
fn path(
    rng: &mut StdRng,
    schema: &Schema,
    object: &str,
    fits: impl Fn(&FieldDef) -> bool,
) -> Option<(String, Arc<FieldDef>)> {
    let (mut prefix, mut object): (String, &ObjectDef) = (String::new(), schema.object(object)?);
    for _ in 0..*one(rng, &[0, 0, 0, 1, 1, 2]) {
        let references: Vec<_> = object
            .fields
            .iter()
            .filter(|field| {
                field.name != "id" && field.kind.target().is_some_and(|target| schema.object(target).is_some())
            })
            .collect();
        let Some(field) = (!references.is_empty()).then(|| one(rng, &references)) else { break };
        let name = field.name.strip_suffix("_id").filter(|_| rng.random_bool(0.5)).unwrap_or(&field.name);
        prefix = format!("{prefix}{name}.");
        object = schema.object(field.kind.target()?)?;
    }
    let fields: Vec<_> = object.fields.iter().filter(|field| fits(field)).collect();
    let field = (!fields.is_empty()).then(|| one(rng, &fields))?;
    Some((format!("{prefix}{}", field.name), (*field).clone()))
}

pub(crate) fn filter(rng: &mut StdRng, schema: &Schema, object: &str, depth: u8) -> Json {
    let parts = |rng: &mut StdRng| -> Vec<Json> {
        (0..rng.random_range(0..=3)).map(|_| filter(rng, schema, object, depth - 1)).collect()
    };
    match if depth == 0 { 9 } else { rng.random_range(0..10) } {
        0 | 1 => json!({"and": parts(rng)}),
        2 | 3 => json!({"or": parts(rng)}),
        4 => json!({"not": filter(rng, schema, object, depth - 1)}),
        5 => related(rng, schema, object, depth).unwrap_or_else(|| comparison(rng, schema, object)),
        _ => comparison(rng, schema, object),
    }
}

fn related(rng: &mut StdRng, schema: &Schema, object: &str, depth: u8) -> Option<Json> {
    let def = schema.object(object)?;
    let relations = schema.relations(object).iter().map(|relation| (relation.name.clone(), relation.object.clone()));
    let many = def.fields.iter().filter_map(|field| match &field.kind {
        FieldType::References { references } => Some((field.name.clone(), references.clone())),
        _ => None,
    });
    let through: Vec<_> = relations.chain(many).filter(|(_, object)| OBJECTS.contains(&object.as_str())).collect();
    let (name, target) = (!through.is_empty()).then(|| one(rng, &through).clone())?;
    let mut related = json!({"through": name});
    if rng.random_bool(0.7) {
        related["filter"] = filter(rng, schema, &target, depth - 1);
    }
    Some(if rng.random_bool(0.5) { json!({"any": related}) } else { json!({"none": related}) })
}

fn comparison(rng: &mut StdRng, schema: &Schema, object: &str) -> Json {
    let Some((path, field)) = path(rng, schema, object, |field| !is_boring(field)) else { return json!({"and": []}) };
    if rng.random_bool(0.1) {
        return json!({"field": path, "op": "is_empty", "value": rng.random_bool(0.5)});
    }
    let (op, value) = operation(rng, &field);
    json!({"field": path, "op": op, "value": value})
}

fn operation(rng: &mut StdRng, field: &FieldDef) -> (&'static str, Json) {
    const ORDERED: [&str; 9] = ["eq", "ne", "lt", "le", "gt", "ge", "in", "between", "eq"];
    const SINGLE: [&str; 3] = ["eq", "ne", "in"];
    let kind = computed(&field.kind);
    let op = *match &kind {
        kind if kind.is_textual() => {
            one(rng, &["eq", "ne", "lt", "le", "gt", "ge", "in", "between", "contains", "starts_with"])
        }
        FieldType::Date | FieldType::DateTime => {
            one(rng, &["eq", "ne", "lt", "le", "gt", "ge", "in", "between", "within", "within"])
        }
        FieldType::MultiSelect { .. } | FieldType::References { .. } => one(rng, &["contains", "in"]),
        FieldType::Json | FieldType::Address | FieldType::Location => return ("is_empty", json!(true)),
        FieldType::Boolean | FieldType::Select { .. } => one(rng, &SINGLE),
        kind if kind.is_reference() => one(rng, &SINGLE),
        _ => one(rng, &ORDERED),
    };
    let value = match op {
        "in" => (0..rng.random_range(0..4)).map(|_| operand(rng, &kind)).collect(),
        "between" => json!([operand(rng, &kind), operand(rng, &kind)]),
        "within" => period(rng),
        "contains" | "starts_with" if kind.is_textual() => part(rng),
        _ => operand(rng, &kind),
    };
    (op, value)
}

fn part(rng: &mut StdRng) -> Json {
    json!(*one(
        rng,
        &["a", "AC", "cmé", "s", "%", "_", "\\", "10", "日", "'", "", "\u{1F600}", "https", "@", "fin", "i"]
    ))
}

fn period(rng: &mut StdRng) -> Json {
    let unit = *one(rng, &["day", "week", "month", "quarter", "year"]);
    let named = ["today", "yesterday", "tomorrow", "this_week", "last_month", "next_quarter", "this_year", "last_year"];
    match rng.random_range(0..4) {
        0 => json!(*one(rng, &named)),
        1 => json!({"last": rng.random_range(0..9), "unit": unit}),
        2 => json!({"next": rng.random_range(0..9), "unit": unit}),
        _ => json!({"unit": unit, "to_date": rng.random_bool(0.8)}),
    }
}

fn operand(rng: &mut StdRng, kind: &FieldType) -> Json {
    match kind {
        FieldType::Number | FieldType::Percent | FieldType::Rating => json!(one(rng, &NUMBERS)),
        FieldType::Decimal { .. } => json!(*one(rng, &["0", "1.5", "-2.25", "10", "3"])),
        FieldType::Money => {
            let (amount, currency) = *one(rng, &AMOUNTS);
            if rng.random_bool(0.3) {
                json!(rng.random_range(-10..300))
            } else {
                json!({"amount": amount, "currency": currency})
            }
        }
        FieldType::Boolean => json!(rng.random_bool(0.5)),
        FieldType::Date | FieldType::DateTime => match rng.random_range(0..4) {
            0 => json!(*one(rng, &DATES)),
            1 => json!(*one(rng, &INSTANTS)),
            2 => json!({"relative": rng.random_range(-400..400), "unit": *one(rng, &["day", "week", "month"])}),
            _ => json!(*one(rng, &["now", "today", "2017-03-26", "2017-12-31"])),
        },
        FieldType::Duration => json!(*one(rng, &[0, 60, 61, 3_600, 90_061])),
        FieldType::Select { options } => {
            let option = one(rng, options);
            if rng.random_bool(0.3) { json!(option.label.text("en").to_uppercase()) } else { json!(option.key) }
        }
        FieldType::MultiSelect { options } => json!(one(rng, options).key),
        FieldType::Reference { references } | FieldType::References { references } => {
            let me = references == "user" && matches!(kind, FieldType::Reference { .. });
            match references.as_str() {
                "user" if me && rng.random_bool(0.5) => json!({"me": true}),
                "user" => json!(*one(rng, &["@admin", "@own@people"])),
                "team" => json!("@team"),
                "stage" => json!(*one(rng, &["@stage-Won", "@stage-Lost", "@stage-Negotiation"])),
                other if OBJECTS.contains(&other) => json!(format!("@{other}-{}", rng.random_range(0..6))),
                _ => json!(uuid::Uuid::nil()),
            }
        }
        FieldType::AnyReference => {
            let object = *one(rng, &["account", "deal"]);
            json!({"object": object, "id": format!("@{object}-{}", rng.random_range(0..20))})
        }
        FieldType::AutoNumber { .. } => json!(rng.random_range(1_000..1_050)),
        FieldType::Email => json!(*one(rng, &["a@acme.example", "zoe@example.com", "B_C@ACME.example", "x"])),
        FieldType::Phone => json!(*one(rng, &["+4930123456", "+12025550123", "030"])),
        FieldType::Url => json!(*one(rng, &["https://acme.example", "https://example.com/a_b", "acme"])),
        _ => json!(*one(rng, &TEXTS)),
    }
}

/// What nobody should ask: fields with wrong operators and values, cursors made up, paths into nothing.
pub(crate) fn nonsense(rng: &mut StdRng, model: &Model) -> Json {
    let mut query = list(rng, model);
    let wrong = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(i64::MAX),
        json!(i64::MIN),
        json!("x\u{0}y"),
        json!(""),
        json!([]),
        json!([[], {}]),
        json!({"me": true}),
        json!({"relative": i32::MAX, "unit": "year"}),
        json!({"next": 65_535, "unit": "year"}),
        json!({"last": 65_535, "unit": "quarter"}),
        json!("9999-12-31"),
        json!("-009999-01-01"),
        json!({"amount": "92233720368547758.08", "currency": "USD"}),
        json!("x".repeat(3_000)),
        json!("%".repeat(900)),
        json!("this_week"),
        json!(["2017-01-01", null]),
        json!({"object": "account", "id": "x"}),
    ];
    let ops = ["eq", "ne", "lt", "le", "gt", "ge", "in", "between", "contains", "starts_with", "is_empty", "within"];
    let object = query["object"].as_str().unwrap_or_default().to_owned();
    let field = path(rng, &model.schema, &object, |_| true).map_or_else(|| "name".to_owned(), |(path, _)| path);
    let field = if rng.random_bool(0.1) { format!("{field}.{field}") } else { field };
    let value = one(rng, &wrong).clone();
    let value = if rng.random_bool(0.3) { json!([value, one(rng, &wrong)]) } else { value };
    query["filter"] = json!({"not": {"field": field, "op": *one(rng, &ops), "value": value}});
    match rng.random_range(0..8) {
        0 => query["after"] = json!(*one(rng, &["", "x", "e30", "bnVsbA", "eyJxIjoiIiwicCI6MCwiayI6W10sImkiOiIifQ"])),
        1 => query["sort"] = json!([{"field": field}]),
        2 => query["fields"] = json!([field, "name"]),
        3 => query["limit"] = json!(*one(rng, &[0, 501])),
        4 => query["deleted"] = json!(true),
        _ => {}
    }
    query
}
