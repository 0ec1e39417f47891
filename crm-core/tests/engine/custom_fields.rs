//! Custom fields and objects: what an administrator defines is at once a field like any other, on both engines.

use crate::support::{World, on_both};
use crm_core::query::{Aggregate, Filter, GroupBy, Measure, Operator, Query, Sort};
use crm_core::schema::{FieldPatch, NewObject, ObjectPatch, Rule};
use crm_core::{Actor, Error, Record};
use serde_json::{Value as Json, json};

impl World {
    /// The administrator with the definitions as they are now.
    async fn administrator(&self) -> Actor {
        self.actor(self.admin.who().user().unwrap()).await
    }

    async fn define(&self, object: &str, field: Json) {
        self.crm.define_field(&self.admin, object, &field).await.unwrap();
    }

    async fn codes(&self, object: &str, field: Json) -> Vec<(String, &'static str)> {
        match self.crm.define_field(&self.admin, object, &field).await {
            Err(Error::Invalid(errors)) => errors.into_iter().map(|error| (error.field, error.code)).collect(),
            other => panic!("{field}: {other:?}"),
        }
    }

    async fn names(&self, query: &Query) -> Vec<String> {
        let page = self.crm.query(&self.administrator().await, query).await.unwrap();
        page.records.iter().map(|record| record.name().to_owned()).collect()
    }

    async fn account(&self, values: Json) -> Record {
        self.create(&self.administrator().await, "account", values).await
    }
}

fn new_object(json: Json) -> NewObject {
    serde_json::from_value(json).unwrap()
}

fn patch(json: Json) -> FieldPatch {
    serde_json::from_value(json).unwrap()
}

/// One field of each type that can be stored, with a value and another.
fn fields() -> Vec<(Json, Json, Json)> {
    let of = |name: &str| json!({"name": name, "label": name, "type": name.trim_start_matches("my_")});
    let options = json!([{"key": "a", "label": "Alpha"}, {"key": "b", "label": "Beta"}]);
    let with = |mut field: Json, member: &str, value: Json| {
        field[member] = value;
        field
    };
    vec![
        (of("my_text"), json!("Ünique"), json!("x")),
        (of("my_long_text"), json!("a\nb"), json!("c")),
        (of("my_number"), json!(12.5), json!(-1)),
        (with(of("my_decimal"), "scale", json!(3)), json!("1.25"), json!("2")),
        (of("my_money"), json!({"amount": "12.50", "currency": "EUR"}), json!({"amount": "1.00", "currency": "USD"})),
        (of("my_percent"), json!(75), json!(10)),
        (of("my_boolean"), json!(true), json!(false)),
        (of("my_date"), json!("2017-03-01"), json!("2018-01-01")),
        (of("my_datetime"), json!("2017-03-01T14:00:00Z"), json!("2018-01-01T00:00:00Z")),
        (of("my_duration"), json!("PT1H30M"), json!("PT5M")),
        (with(of("my_select"), "options", options.clone()), json!("a"), json!("b")),
        (with(of("my_multi_select"), "options", options), json!(["a", "b"]), json!(["b"])),
        (of("my_email"), json!("jane@acme.com"), json!("joe@acme.com")),
        (of("my_phone"), json!("+12025550143"), json!("+12025550144")),
        (of("my_url"), json!("https://acme.com"), json!("https://acme.org")),
        (of("my_address"), json!({"city": "Rome"}), json!({"city": "Oslo"})),
        (of("my_rating"), json!(4), json!(1)),
        (of("my_json"), json!({"a": [1, null]}), json!([1])),
    ]
}

#[tokio::test]
async fn a_field_of_every_type_keeps_its_value_and_changes_it() {
    on_both(async |w| {
        for (field, _, _) in fields() {
            w.define("account", field).await;
        }
        let value = |pick: fn(&(Json, Json, Json)) -> Json| {
            let mut values = json!({"name": "Acme"});
            for all in fields() {
                values[all.0["name"].as_str().unwrap()] = pick(&all);
            }
            values
        };
        let (first, second) = (value(|all| all.1.clone()), value(|all| all.2.clone()));
        let account = w.account(first.clone()).await;
        let same = |shown: Json, wanted: &Json| {
            for (name, wanted) in wanted.as_object().unwrap() {
                assert_eq!(shown[name], *wanted, "{name}");
            }
        };
        same(Json::Object(account.to_json()), &first);
        let now = w.administrator().await;
        let changed = w.update(&now, &account, second.clone()).await;
        same(Json::Object(changed.to_json()), &second);
        let cleared: Json =
            fields().iter().map(|(field, ..)| (field["name"].as_str().unwrap().to_owned(), Json::Null)).collect();
        let emptied = w.update(&now, &changed, cleared).await;
        assert!(fields().iter().all(|(field, ..)| emptied.get(field["name"].as_str().unwrap()).is_null()));
    })
    .await;
}

#[tokio::test]
async fn custom_fields_are_filtered_sorted_and_grouped_with_and_without_an_index() {
    on_both(async |w| {
        for (filterable, suffix) in [(true, "fast"), (false, "slow")] {
            for (name, of) in [("word", "text"), ("size", "number"), ("day", "date"), ("on", "boolean")] {
                let name = format!("{name}_{suffix}");
                w.define("account", json!({"name": name, "label": name, "type": of, "filterable": filterable})).await;
            }
        }
        for (name, word, size, day, on) in [
            ("A", "Über", 1, "2017-01-01", true),
            ("B", "uber", 2, "2017-02-01", false),
            ("C", "zoo", 3, "2017-02-15", true),
        ] {
            let mut values = json!({"name": name});
            for suffix in ["fast", "slow"] {
                values[format!("word_{suffix}")] = json!(word);
                values[format!("size_{suffix}")] = json!(size);
                values[format!("day_{suffix}")] = json!(day);
                values[format!("on_{suffix}")] = json!(on);
            }
            w.account(values).await;
        }
        w.account(json!({"name": "D"})).await;
        for suffix in ["fast", "slow"] {
            let of = |name: &str| format!("{name}_{suffix}");
            let found = async |filter: Filter| {
                let mut query = Query::of("account").filter(filter);
                query.sort = vec![Sort { field: of("size"), descending: true }];
                w.names(&query).await
            };
            assert_eq!(found(Filter::eq(of("word"), "UBER")).await, ["B", "A"], "{suffix}");
            assert_eq!(found(Filter::compare(of("size"), Operator::Ge, 2)).await, ["C", "B"], "{suffix}");
            assert_eq!(
                found(Filter::compare(of("day"), Operator::Within, json!({"unit": "month", "to_date": true}))).await,
                [""; 0]
            );
            assert_eq!(found(Filter::compare(of("day"), Operator::Lt, "2017-02-01")).await, ["A"], "{suffix}");
            assert_eq!(found(Filter::eq(of("on"), true)).await, ["C", "A"], "{suffix}");
            assert_eq!(found(Filter::compare(of("word"), Operator::IsEmpty, true)).await, ["D"], "{suffix}");
            let groups = Aggregate {
                object: "account".into(),
                group: vec![GroupBy { field: of("on"), by: None }],
                measures: vec![Measure::Sum { field: of("size") }],
                ..Aggregate::default()
            };
            let groups = w.crm.aggregate(&w.administrator().await, &groups).await.unwrap();
            let sums: Vec<Json> = groups.groups.iter().map(|group| group.values[0].clone()).collect();
            assert!(sums.contains(&json!(4)) && sums.contains(&json!(2)), "{suffix}: {sums:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_field_made_filterable_later_finds_what_was_stored_before() {
    on_both(async |w| {
        for (name, of) in [("word", "text"), ("on", "boolean"), ("day", "date"), ("size", "number")] {
            w.define("account", json!({"name": name, "label": name, "type": of, "filterable": false})).await;
        }
        w.account(json!({"name": "A", "word": "Über", "on": true, "day": "2017-01-01", "size": 2.5})).await;
        w.account(json!({"name": "B", "on": false})).await;
        for field in ["word", "on", "day", "size"] {
            let changed =
                w.crm.change_field(&w.admin, "account", field, patch(json!({"filterable": true}))).await.unwrap();
            assert!(changed.filterable);
        }
        for filter in [
            Filter::eq("word", "uber"),
            Filter::eq("on", true),
            Filter::eq("day", "2017-01-01"),
            Filter::eq("size", 2.5),
        ] {
            assert_eq!(w.names(&Query::of("account").filter(filter.clone())).await, ["A"], "{filter:?}");
        }
        assert_eq!(w.names(&Query::of("account").filter(Filter::eq("on", false))).await, ["B"]);
        for field in ["word", "on", "day", "size"] {
            w.crm.change_field(&w.admin, "account", field, patch(json!({"filterable": false}))).await.unwrap();
        }
        assert_eq!(w.names(&Query::of("account").filter(Filter::eq("word", "uber"))).await, ["A"]);
    })
    .await;
}

#[tokio::test]
async fn slots_run_out_are_freed_by_archiving_and_hold_nothing_of_the_field_before() {
    on_both(async |w| {
        for n in 0..6 {
            w.define("account", json!({"name": format!("t{n}"), "label": "T", "type": "text", "filterable": true}))
                .await;
        }
        let seventh = json!({"name": "t6", "label": "T", "type": "text", "filterable": true});
        assert_eq!(w.codes("account", seventh.clone()).await, [("filterable".to_owned(), "no_room")]);
        w.account(json!({"name": "A", "t0": "old", "t1": "kept"})).await;
        w.crm.archive_field(&w.admin, "account", "t0").await.unwrap();
        w.define("account", seventh).await;
        assert!(w.names(&Query::of("account").filter(Filter::eq("t6", "old"))).await.is_empty());
        assert_eq!(w.names(&Query::of("account").filter(Filter::eq("t1", "kept"))).await, ["A"]);
        let unknown = w.try_create(&w.administrator().await, "account", json!({"name": "B", "t0": "x"})).await;
        assert!(matches!(unknown, Err(Error::Invalid(errors)) if errors[0].code == "unknown_field"));
        // The name is free again.
        w.define("account", json!({"name": "t0", "label": "T", "type": "number"})).await;
    })
    .await;
}

#[tokio::test]
async fn limits_defaults_and_uniqueness_hold() {
    on_both(async |w| {
        w.define(
            "account",
            json!({"name": "code", "label": "Code", "type": "text", "unique": true, "pattern": "[A-Z]{2}\\d+"}),
        )
        .await;
        w.define(
            "account",
            json!({"name": "grade", "label": "Grade", "type": "number", "min": 1, "max": 6, "default": 3}),
        )
        .await;
        w.define("account", json!({"name": "vat", "label": "VAT", "type": "text", "required": true})).await;
        let first = w.account(json!({"name": "A", "code": "AB1", "vat": "1"})).await;
        assert_eq!(first.to_json()["grade"], 3);
        let now = w.administrator().await;
        let refused = async |values: Json| match w.try_create(&now, "account", values).await {
            Err(Error::Invalid(errors)) => {
                errors.iter().map(|error| (error.field.clone(), error.code)).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(json!({"name": "B", "code": "ab1", "vat": "1"})).await, [("code".to_owned(), "pattern")]);
        assert_eq!(refused(json!({"name": "B", "code": "AB1", "vat": "1"})).await, [("code".to_owned(), "not_unique")]);
        assert_eq!(refused(json!({"name": "B", "grade": 7, "vat": "1"})).await, [("grade".to_owned(), "out_of_range")]);
        assert_eq!(refused(json!({"name": "B"})).await, [("vat".to_owned(), "required")]);
        w.update(&now, &first, json!({"code": null})).await;
        w.account(json!({"name": "B", "code": "AB1", "vat": "1"})).await;
    })
    .await;
}

#[tokio::test]
async fn formulas_rollups_and_rules_of_ones_own_work() {
    on_both(async |w| {
        w.define("account", json!({"name": "seats", "label": "Seats", "type": "number"})).await;
        w.define("account", json!({"name": "price", "label": "Price", "type": "money"})).await;
        w.define("account", json!({"name": "volume", "label": "Volume", "type": "formula", "formula": "seats * price", "result_type": "number"})).await;
        w.define("account", json!({"name": "big", "label": "Big", "type": "formula", "formula": "volume >= 100", "result_type": "boolean"})).await;
        w.define("account", json!({"name": "calls", "label": "Contacts", "type": "rollup",
            "rollup": {"object": "contact", "field": "account_id", "measure": "count"}})).await;
        w.crm.set_rules(&w.admin, "account", vec![Rule {
            name: "sane".into(),
            expression: "seats > 0 and volume < 1000000".into(),
            message: "Seats must be positive.".into(),
        }]).await.unwrap();
        let small = w.account(json!({"name": "Small", "seats": 2, "price": "10.50"})).await;
        assert_eq!((small.to_json()["volume"].clone(), small.to_json()["big"].clone()), (json!(21), json!(false)));
        w.account(json!({"name": "Large", "seats": 100, "price": "10.50"})).await;
        w.account(json!({"name": "Unknown"})).await;
        assert_eq!(w.names(&Query::of("account").filter(Filter::eq("big", true))).await, ["Large"]);
        let now = w.administrator().await;
        w.create(&now, "contact", json!({"last_name": "Doe", "account_id": small.id})).await;
        assert_eq!(w.crm.get(&now, "account", small.id).await.unwrap().to_json()["calls"], 1);
        let broken = w.try_create(&now, "account", json!({"name": "None", "seats": 0})).await;
        assert!(matches!(broken, Err(Error::Invalid(errors)) if errors[0].code == "rule" && errors[0].message == "Seats must be positive."));
        // What others are made of stays.
        for field in ["seats", "volume"] {
            assert!(matches!(w.crm.archive_field(&w.admin, "account", field).await, Err(Error::Conflict(_))), "{field}");
        }
    })
    .await;
}

#[tokio::test]
async fn definitions_that_make_no_sense_are_refused_with_the_member_that_is_wrong() {
    on_both(async |w| {
        let one = |field: &str, code: &'static str| vec![(field.to_owned(), code)];
        let field = |extra: Json| {
            let mut field = json!({"name": "f", "label": "F", "type": "text"});
            field.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            field
        };
        let formula = |text: &str| field(json!({"type": "formula", "formula": text, "result_type": "number"}));
        let rollup = |rollup: Json| field(json!({"type": "rollup", "rollup": rollup}));
        for (wrong, told) in [
            (field(json!({"name": "Bad Name"})), one("name", "invalid")),
            (field(json!({"name": "industry"})), one("name", "not_unique")),
            (field(json!({"name": "and"})), one("name", "not_unique")),
            (field(json!({"label": ""})), one("label", "required")),
            (field(json!({"type": "colour"})), one("type", "wrong_type")),
            (field(json!({"colour": "red"})), one("colour", "unknown_field")),
            (field(json!({"pattern": "("})), one("pattern", "invalid")),
            (field(json!({"type": "select", "options": []})), one("options", "out_of_range")),
            (field(json!({"type": "reference", "references": "nothing"})), one("references", "dangling_reference")),
            (field(json!({"type": "number", "default": "many"})), one("default", "wrong_type")),
            (field(json!({"type": "json", "unique": true})), one("unique", "invalid")),
            (formula("employees +"), one("formula", "bad_expression")),
            (formula("employes * 2"), one("formula", "unknown_field")),
            (formula("name"), one("formula", "wrong_type")),
            (formula("f + 1"), one("formula", "unknown_field")),
            (rollup(json!({"object": "nothing", "field": "x", "measure": "count"})), one("rollup.object", "invalid")),
            (
                rollup(json!({"object": "deal", "field": "stage_id", "measure": "count"})),
                one("rollup.field", "invalid"),
            ),
            (
                rollup(json!({"object": "deal", "field": "account_id", "measure": "sum", "of": "name"})),
                one("rollup.of", "invalid"),
            ),
            (
                rollup(json!({"object": "deal", "field": "account_id", "measure": "count",
                    "filter": {"field": "nothing", "op": "eq", "value": 1}})),
                one("rollup.filter.field", "unknown_field"),
            ),
        ] {
            assert_eq!(w.codes("account", wrong.clone()).await, told, "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_object_of_ones_own_is_an_object_like_any_other() {
    on_both(async |w| {
        let vessel = json!({"name": "vessel", "label": "Vessel", "plural_label": "Vessels", "also_called": ["ship"], "fields": [
            {"name": "call_sign", "label": "Call sign", "type": "text", "unique": true},
            {"name": "account", "label": "Owner", "type": "reference", "references": "account"},
            {"name": "sister", "label": "Sister", "type": "reference", "references": "vessel"},
            {"name": "port", "label": "Ports", "type": "references", "references": "account"},
            {"name": "length", "label": "Length", "type": "number"},
            {"name": "double", "label": "Double", "type": "formula", "formula": "length * 2", "result_type": "number"},
        ]});
        let defined = w.crm.define_object(&w.admin, new_object(vessel.clone())).await.unwrap();
        assert_eq!((defined.name.as_str(), defined.plural.as_str(), defined.custom), ("vessel", "vessels", true));
        assert!(matches!(w.crm.define_object(&w.admin, new_object(vessel)).await, Err(Error::Invalid(_))));
        let now = w.administrator().await;
        let acme = w.create(&now, "account", json!({"name": "Acme", "industry": "shipping"})).await;
        let first = json!({"name": "Aurora", "call_sign": "AU1", "account_id": acme.id, "port_ids": [acme.id], "length": 50});
        let aurora = w.create(&now, "vessel", first).await;
        w.create(&now, "vessel", json!({"name": "Borea", "sister_id": aurora.id, "length": 20})).await;
        assert_eq!(aurora.to_json()["double"], 100);
        assert_eq!(aurora.to_json()["port_ids"], json!([acme.id]));
        for filter in [
            Filter::eq("account.industry", "shipping"),
            Filter::compare("length", Operator::Gt, 30),
            Filter::eq("call_sign", "au1"),
            Filter::compare("port_ids", Operator::Contains, json!(acme.id)),
        ] {
            assert_eq!(w.names(&Query::of("vessel").filter(filter.clone())).await, ["Aurora"], "{filter:?}");
        }
        assert_eq!(w.names(&Query::of("vessel").filter(Filter::eq("sister.length", 50))).await, ["Borea"]);
        let through = json!({"any": {"through": "vessels_by_account", "filter": {"field": "length", "op": "eq", "value": 50}}});
        let through: Filter = serde_json::from_value(through).unwrap();
        assert_eq!(w.names(&Query::of("account").filter(through)).await, ["Acme"]);
        w.define("account", json!({"name": "fleet", "label": "Fleet", "type": "rollup",
            "rollup": {"object": "vessel", "field": "account_id", "measure": "sum", "of": "length"}})).await;
        let now = w.administrator().await;
        assert_eq!(w.crm.get(&now, "account", acme.id).await.unwrap().to_json()["fleet"], 50);
        let renamed: ObjectPatch = serde_json::from_value(json!({"label": "Ship"})).unwrap();
        assert_eq!(w.crm.change_object(&w.admin, "vessel", renamed).await.unwrap().label.text("en"), "Ship");
        // Another object of one's own shares the table, not the records.
        w.crm.define_object(&w.admin, new_object(json!({"name": "berth", "label": "Berth", "plural_label": "Berths"}))).await.unwrap();
        assert!(w.names(&Query::of("berth")).await.is_empty());
        w.crm.archive_object(&w.admin, "berth").await.unwrap();
        assert!(w.crm.query(&w.administrator().await, &Query::of("berth")).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn what_a_rollup_counts_by_cannot_be_archived_away() {
    on_both(async |w| {
        w.define("contact", json!({"name": "vip", "label": "VIP", "type": "boolean"})).await;
        w.define("contact", json!({"name": "worth", "label": "Worth", "type": "number"})).await;
        w.define(
            "account",
            json!({"name": "vips", "label": "VIPs", "type": "rollup", "rollup": {
            "object": "contact", "field": "account_id", "measure": "sum", "of": "worth",
            "filter": {"field": "vip", "op": "eq", "value": true}}}),
        )
        .await;
        let acme = w.account(json!({"name": "Acme"})).await;
        let now = w.administrator().await;
        w.create(&now, "contact", json!({"last_name": "A", "account_id": acme.id, "vip": true, "worth": 5})).await;
        w.create(&now, "contact", json!({"last_name": "B", "account_id": acme.id, "worth": 7})).await;
        assert_eq!(w.crm.get(&now, "account", acme.id).await.unwrap().to_json()["vips"], 5);
        for field in ["vip", "worth"] {
            assert!(
                matches!(w.crm.archive_field(&w.admin, "contact", field).await, Err(Error::Conflict(_))),
                "{field}"
            );
        }
        w.crm.archive_field(&w.admin, "account", "vips").await.unwrap();
        w.crm.archive_field(&w.admin, "contact", "vip").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_those_who_may_configure_define_and_every_definition_is_logged() {
    on_both(async |w| {
        let seller = w.user("Sam Seller", &["seller"]).await;
        let field = json!({"name": "f", "label": "F", "type": "text"});
        assert!(matches!(w.crm.define_field(&seller, "account", &field).await, Err(Error::Forbidden { .. })));
        let berth = new_object(json!({"name": "berth", "label": "Berth", "plural_label": "Berths"}));
        assert!(matches!(w.crm.define_object(&seller, berth).await, Err(Error::Forbidden { .. })));
        assert!(w.crm.set_rules(&seller, "account", Vec::new()).await.is_err());
        w.define("account", field).await;
        w.crm.archive_field(&w.admin, "account", "f").await.unwrap();
        let events = w.crm.events(&w.admin, &Default::default()).await.unwrap().events;
        let kinds: Vec<&str> =
            events.iter().filter(|event| event.object == "account").map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["defined", "archived"]);
    })
    .await;
}

#[tokio::test]
async fn options_are_added_relabelled_and_never_lost() {
    on_both(async |w| {
        w.define(
            "account",
            json!({"name": "kind", "label": "Kind", "type": "select",
            "options": [{"key": "a", "label": "Alpha"}, {"key": "b", "label": "Beta"}]}),
        )
        .await;
        let old = w.account(json!({"name": "A", "kind": "a"})).await;
        w.crm
            .change_field(
                &w.admin,
                "account",
                "kind",
                patch(json!({"options": [
            {"key": "c", "label": "Gamma"}, {"key": "b", "label": "Bee"}]})),
            )
            .await
            .unwrap();
        let now = w.administrator().await;
        assert_eq!(w.crm.get(&now, "account", old.id).await.unwrap().to_json()["kind"], "a");
        assert_eq!(w.account(json!({"name": "B", "kind": "Bee"})).await.to_json()["kind"], "b");
        assert!(w.try_create(&now, "account", json!({"name": "C", "kind": "a"})).await.is_err());
        // What is not touched is not asked again.
        w.update(&now, &old, json!({"industry": "retail"})).await;
    })
    .await;
}
