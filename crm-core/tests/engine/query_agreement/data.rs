//! Generated data: awkward texts, ties, gaps, unlike currencies, days on which the clocks change.

use super::one;
use crate::support::World;
use crm_core::query::Groups;
use crm_core::schema::{FieldDef, FieldType};
use crm_core::{Command, Record, Surface};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;
use uuid::Uuid;

pub(crate) const OBJECTS: [&str; 6] = ["tag", "account", "contact", "deal", "task", "vessel"];
const RECORDS: [usize; 6] = [6, 60, 60, 90, 60, 30];

pub(crate) const TEXTS: [&str; 20] = [
    "Acme",
    "acme  ",
    "ÄCME",
    "Acme Ltd",
    "Straße",
    "STRASSE",
    "100%",
    "10",
    "9",
    "a_b",
    "a\\b",
    "O'Brien",
    "日本",
    "日本語",
    "éclair",
    "Zoë",
    "zoe",
    "\u{1F600} smile",
    "ﬁne",
    "İstanbul",
];
pub(crate) const NUMBERS: [f64; 12] = [0.0, 1.0, 2.0, 2.0, 3.25, 10.0, 75.0, 100.0, 1999.0, 2000.5, -1.5, 1_000_000.0];
pub(crate) const AMOUNTS: [(&str, &str); 9] = [
    ("100.00", "USD"),
    ("100.00", "EUR"),
    ("0", "USD"),
    ("-5.50", "USD"),
    ("1000000", "JPY"),
    ("12.345", "BHD"),
    ("250.25", "USD"),
    ("99.99", "USD"),
    ("0.01", "USD"),
];
pub(crate) const DATES: [&str; 14] = [
    "1969-12-31",
    "1970-01-01",
    "2000-02-29",
    "2016-12-31",
    "2017-01-01",
    "2017-02-28",
    "2017-03-26",
    "2017-10-15",
    "2017-12-25",
    "2017-12-30",
    "2017-12-31",
    "2018-01-01",
    "2018-02-18",
    "2024-02-29",
];
/// Midnights, changes of clocks, and the days that Apia had and had not.
pub(crate) const INSTANTS: [&str; 16] = [
    "2017-03-25T22:59:59.999999Z",
    "2017-03-25T23:00:00Z",
    "2017-03-26T00:59:59Z",
    "2017-03-26T01:00:00Z",
    "2017-03-26T21:59:59Z",
    "2017-03-26T22:00:00Z",
    "2017-10-15T02:59:59Z",
    "2017-10-15T03:00:00Z",
    "2018-02-18T01:30:00Z",
    "2018-02-18T02:30:00Z",
    "2011-12-30T09:59:59Z",
    "2011-12-30T10:00:00Z",
    "2017-12-31T00:00:00Z",
    "2017-12-30T18:30:00Z",
    "1969-12-31T23:59:59Z",
    "2018-01-01T04:59:59.5Z",
];

/// The ids of the records of one engine, by names that both share.
pub(crate) struct Names {
    by_name: HashMap<String, Uuid>,
    by_id: HashMap<String, String>,
}

/// A name of a record that is the same on both engines.
pub(crate) fn key(record: &Record) -> String {
    record.get("external_id").as_text().map_or_else(|| record.name().to_owned(), str::to_owned)
}

impl Names {
    pub(crate) fn id(&self, name: &str) -> Uuid {
        self.by_name[name]
    }

    /// A question with ids for names such as `@account-3`.
    pub(crate) fn resolve(&self, question: &Json) -> Json {
        match question {
            Json::String(text) => {
                let id = text.strip_prefix('@').and_then(|name| self.by_name.get(name));
                id.map_or_else(|| question.clone(), |id| json!(id))
            }
            Json::Array(items) => items.iter().map(|item| self.resolve(item)).collect(),
            Json::Object(map) => map.iter().map(|(key, item)| (key.clone(), self.resolve(item))).collect(),
            other => other.clone(),
        }
    }

    /// The keys and labels of groups, with names for ids.
    pub(crate) fn forget(&self, groups: &Groups) -> Vec<String> {
        let named = |text: String| self.by_id.iter().fold(text, |text, (id, name)| text.replace(id, name));
        groups.groups.iter().map(|group| named(json!([group.keys, group.labels]).to_string())).collect()
    }

    fn add(&mut self, name: String, id: Uuid) {
        self.by_id.insert(id.to_string(), name.clone());
        self.by_name.insert(name, id);
    }
}

/// Fills a tenant, the same way for the same seed.
pub(crate) async fn fill(world: &World, seed: u64) -> Names {
    let mut names = Names { by_name: HashMap::new(), by_id: HashMap::new() };
    names.add("admin".into(), world.admin.who().user().unwrap());
    define(world).await;
    people(world, &mut names).await;
    let admin = world.crm.actor_for_user(world.tenant.id, names.id("admin"), Surface::Import).await.unwrap();
    for object in ["stage", "pipeline", "role"] {
        for record in world.crm.query(&admin, &crm_core::query::Query::of(object)).await.unwrap().records {
            names.add(format!("{object}-{}", record.name()), record.id);
        }
    }
    let mut rng = StdRng::seed_from_u64(seed);
    let schema = world.crm.schema(&admin);
    for (object, records) in OBJECTS.into_iter().zip(RECORDS) {
        let object = schema.object(object).unwrap();
        for n in 0..records {
            let at: jiff::Timestamp = one(&mut rng, &INSTANTS).parse().unwrap();
            world.clock.set(at);
            let values = values(&mut rng, &object.name, &object.fields, n, &names);
            let values = names.resolve(&Json::Object(values)).as_object().unwrap().clone();
            let create = Command::Create { object: object.name.clone(), values: values.clone() };
            let written = world.crm.write(&admin, create).await;
            let written = written.unwrap_or_else(|error| panic!("{values:?} {error:?}"));
            names.add(format!("{}-{n}", object.name), written.id);
        }
    }
    // Only now, so that living records refer to deleted ones.
    for (object, records) in OBJECTS.into_iter().zip(RECORDS) {
        for n in (0..records).filter(|_| rng.random_bool(0.08)).collect::<Vec<_>>() {
            let id = names.id(&format!("{object}-{n}"));
            let delete = Command::Delete { object: object.into(), id, version: None };
            world.crm.write(&admin, delete).await.unwrap();
        }
    }
    world.clock.set(crate::support::NOW.parse().unwrap());
    names
}

/// A colleague who sees their own accounts and contacts, all deals, and tasks; no birth dates.
async fn people(world: &World, names: &mut Names) {
    let grants = json!({
        "account": {"read": "own"}, "contact": {"read": "own"}, "deal": {"read": "all"}, "task": {"read": "all"},
        "tag": {"read": "all"}, "stage": {"read": "all"}, "pipeline": {"read": "all"}, "user": {"read": "all"},
        "team": {"read": "all"}, "vessel": {"read": "all"},
    });
    let role = json!({"name": "owner of few", "grants": grants});
    let role = world.create(&world.admin, "role", role).await;
    let team = world.create(&world.admin, "team", json!({"name": "Ost"})).await;
    let email = format!("own@{}.example", world.tenant.slug);
    let values = json!({"name": "Olga Own", "email": email, "role_ids": [role.id], "team_id": team.id});
    let user = world.create(&world.admin, "user", values).await;
    names.add("own@people".into(), user.id);
    names.add("team".into(), team.id);
}

/// Custom fields with a slot (`x_…`) and without (`y_…`), computed ones, and an object of the administrator's own.
async fn define(world: &World) {
    let options =
        json!([{"key": "b", "label": "Beta"}, {"key": "a", "label": "Älpha"}, {"key": "c", "label": "Gamma"}]);
    let types = [
        json!({"type": "text"}),
        json!({"type": "select", "options": options}),
        json!({"type": "number"}),
        json!({"type": "money"}),
        json!({"type": "decimal", "scale": 2}),
        json!({"type": "date"}),
        json!({"type": "datetime"}),
        json!({"type": "boolean"}),
        json!({"type": "duration"}),
    ];
    for (prefix, filterable) in [("x", true), ("y", false)] {
        for kind in &types {
            let name = format!("{prefix}_{}", kind["type"].as_str().unwrap());
            field(world, "deal", json!({"name": name, "filterable": filterable}), kind).await;
        }
    }
    let of = |name: &str| json!({"name": name});
    field(world, "deal", of("x_multi"), &json!({"type": "multi_select", "options": options})).await;
    field(world, "deal", of("x_partner_id"), &json!({"type": "reference", "references": "account"})).await;
    field(world, "deal", of("x_people_ids"), &json!({"type": "references", "references": "contact"})).await;
    let formulas = [
        ("x_twice", "x_number * 2 - coalesce(y_number, 0.5)", "number"),
        ("x_large", "amount > 100", "boolean"),
        ("x_week_later", "close_date + 7", "date"),
    ];
    for (name, formula, result) in formulas {
        let kind = json!({"type": "formula", "formula": formula, "result_type": result});
        field(world, "deal", of(name), &kind).await;
    }
    let rollups = [
        ("x_amounts", json!({"object": "deal", "field": "account_id", "measure": "sum", "of": "amount"})),
        ("x_numbers", json!({"object": "deal", "field": "x_partner_id", "measure": "sum", "of": "x_number"})),
        (
            "x_won",
            json!({"object": "deal", "field": "account_id", "measure": "count",
            "filter": {"field": "is_won", "op": "eq", "value": true}}),
        ),
    ];
    for (name, rollup) in rollups {
        field(world, "account", of(name), &json!({"type": "rollup", "rollup": rollup})).await;
    }
    let vessel = json!({"name": "vessel", "label": "Vessel", "plural_label": "Vessels", "fields": [
        {"name": "account_id", "label": "Account", "type": "reference", "references": "account"},
        {"name": "length", "label": "Length", "type": "number"},
        {"name": "launched", "label": "Launched", "type": "date"},
        {"name": "flag", "label": "Flag", "type": "text"},
    ]});
    world.crm.define_object(&world.admin, serde_json::from_value(vessel).unwrap()).await.unwrap();
}

async fn field(world: &World, object: &str, mut field: Json, kind: &Json) {
    field["label"] = field["name"].clone();
    for (key, value) in kind.as_object().unwrap() {
        field[key] = value.clone();
    }
    world.crm.define_field(&world.admin, object, &field).await.unwrap_or_else(|error| panic!("{field} {error:?}"));
}

fn values(
    rng: &mut StdRng,
    object: &str,
    fields: &[std::sync::Arc<FieldDef>],
    n: usize,
    names: &Names,
) -> Map<String, Json> {
    let mut values = Map::new();
    for field in fields.iter().filter(|field| !field.system && !field.read_only) {
        let wanted = field.required || rng.random_bool(0.75);
        if wanted && let Some(value) = value(rng, field, n, names) {
            values.insert(field.name.clone(), value);
        }
    }
    values.insert("external_id".into(), json!(format!("{object}-{n}")));
    values
}

fn value(rng: &mut StdRng, field: &FieldDef, n: usize, names: &Names) -> Option<Json> {
    let limits = &field.limits;
    let mut number = || {
        let fit = |number: &&f64| {
            limits.min.is_none_or(|min| **number >= min) && limits.max.is_none_or(|max| **number <= max)
        };
        let fitting: Vec<_> = NUMBERS.iter().filter(fit).collect();
        **one(rng, &fitting)
    };
    Some(match &field.kind {
        FieldType::Number | FieldType::Percent => json!(number()),
        FieldType::Decimal { .. } => json!(["0", "1.5", "-2.25", "10"][n % 4]),
        FieldType::Money => {
            let (amount, currency) = one(rng, &AMOUNTS);
            json!({"amount": amount, "currency": currency})
        }
        FieldType::Rating => json!(n % 5 + 1),
        FieldType::Boolean => json!(rng.random_bool(0.5)),
        FieldType::Date => json!(one(rng, &DATES)),
        FieldType::DateTime => json!(one(rng, &INSTANTS)),
        FieldType::Duration => json!([0, 60, 3_600, 90_061][n % 4]),
        FieldType::Select { options } => json!(one(rng, options).key),
        FieldType::MultiSelect { options } => {
            json!(options.iter().filter(|_| rng.random_bool(0.4)).map(|option| &option.key).collect::<Vec<_>>())
        }
        FieldType::Reference { references } => reference(rng, references, names)?,
        FieldType::References { references } => {
            let mut ids: Vec<_> = (0..3).filter_map(|_| reference(rng, references, names)).collect();
            ids.sort_by_key(Json::to_string);
            ids.dedup();
            json!(ids)
        }
        FieldType::AnyReference => {
            let object = *one(rng, &["account", "deal"]);
            json!({"object": object, "id": reference(rng, object, names)?})
        }
        FieldType::Email => json!(["a@acme.example", "Zoe@Example.com", "b_c@acme.example"][n % 3]),
        FieldType::Phone => json!(["+4930123456", "+12025550123"][n % 2]),
        FieldType::Url => json!(["https://acme.example", "https://example.com/a_b"][n % 2]),
        FieldType::Text | FieldType::LongText | FieldType::RichText => json!(one(rng, &TEXTS).trim()),
        FieldType::Json => json!({"n": n}),
        _ => return None,
    })
}

fn reference(rng: &mut StdRng, object: &str, names: &Names) -> Option<Json> {
    if object == "user" {
        return Some(json!(one(rng, &["@admin", "@own@people"])));
    }
    let prefix = format!("{object}-");
    let mut targets: Vec<_> = names.by_name.keys().filter(|name| name.starts_with(&prefix)).collect();
    targets.sort();
    (!targets.is_empty()).then(|| json!(format!("@{}", one(rng, &targets))))
}
