//! The shape of the SQL: what indexes need, what guards rows, what is refused.

use super::*;
use crate::access::{Grants, KeyScope, Rights};
use crate::actor::{Principal, Surface};
use crate::db::{Engine, Sql};
use crate::error::{Error, FieldError, Result};
use crate::money::Currency;
use crate::query::{Filter, Query};
use crate::schema::Schema;
use crate::{TenantId, query};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde_json::{Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

fn actor() -> Actor {
    Actor {
        tenant: TenantId(Uuid::nil()),
        company: "Acme".into(),
        who: Principal::User { id: Uuid::from_u128(7) },
        via: Surface::Console,
        rights: Arc::new(Rights::everything()),
        zone: TimeZone::get("Europe/Berlin").unwrap(),
        language: "en".into(),
        week_start: Weekday::Monday,
        currency: Currency::parse("EUR").unwrap(),
        schema: Arc::new(Schema::standard()),
    }
}

fn with_grants(grants: Json) -> Actor {
    let grants = vec![Arc::new(serde_json::from_value::<Grants>(grants).unwrap())];
    let rights = Rights { grants, user: Some(Uuid::from_u128(7)), ..Rights::default() };
    Actor { rights: Arc::new(rights), ..actor() }
}

fn compiled(actor: &Actor, object: &str, filter: Json) -> Result<String> {
    let filter: Filter = serde_json::from_value(filter).unwrap();
    let object = actor.schema().object(object).unwrap().clone();
    let now = "2017-03-01T12:00:00Z".parse().unwrap();
    let (from, sql) = condition(actor, &object, "t", &filter, now, Engine::Sqlite)?;
    let mut whole = from;
    whole.text(" where ").append(sql);
    let (text, binds) = whole.render(Engine::Postgres);
    // The values in their places, to read them at once.
    Ok(binds.iter().enumerate().rev().fold(text, |text, (i, bind)| text.replace(&format!("${}", i + 1), &shown(bind))))
}

fn shown(bind: &crate::db::Bind) -> String {
    use crate::db::Bind;
    match bind {
        Bind::Text(Some(text)) => format!("'{text}'"),
        Bind::Integer(Some(n)) => n.to_string(),
        Bind::Real(Some(n)) => format!("{n:?}"),
        Bind::Boolean(Some(b)) => b.to_string(),
        Bind::Uuid(Some(id)) => format!("#{}", id.as_u128()),
        other => format!("{other:?}"),
    }
}

fn sql(object: &str, filter: Json) -> String {
    let text = compiled(&actor(), object, filter).unwrap();
    text.split_once(" where ").unwrap().1.to_owned()
}

fn refused(actor: &Actor, object: &str, filter: Json) -> FieldError {
    match compiled(actor, object, filter) {
        Err(Error::Invalid(mut errors)) => errors.remove(0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn indexed_columns_stand_alone() {
    for (filter, expected) in [
        (json!({"field": "name", "op": "eq", "value": " ÄCME  Ltd"}), "t.name_folded = 'acme ltd'"),
        (
            json!({"field": "name", "op": "starts_with", "value": "Ac"}),
            "(t.name_folded >= 'ac' and t.name_folded < 'ad')",
        ),
        (json!({"field": "name", "op": "contains", "value": "50%_"}), r"t.name_folded like '%50\%\_%' escape '\'"),
        (json!({"field": "amount", "op": "gt", "value": 1000}), "(t.amount > 100000 and t.amount_currency = 'EUR')"),
        (
            json!({"field": "amount", "op": "eq", "value": {"amount": "5", "currency": "JPY"}}),
            "(t.amount = 5 and t.amount_currency = 'JPY')",
        ),
        (
            json!({"field": "probability", "op": "between", "value": [10, 20]}),
            "(t.probability >= 10.0 and t.probability <= 20.0)",
        ),
        (json!({"field": "is_closed", "op": "eq", "value": false}), "t.is_closed = false"),
        (json!({"field": "owner", "op": "eq", "value": {"me": true}}), "t.owner_id = #7"),
        (
            json!({"field": "forecast_category", "op": "in", "value": ["Best case", "commit"]}),
            "t.forecast_category in ('best_case', 'commit')",
        ),
        (json!({"field": "number", "op": "eq", "value": "D-1042"}), "t.number = 1042"),
        (json!({"field": "amount", "op": "is_empty"}), "t.amount is null"),
        (json!({"field": "close_date", "op": "lt", "value": {"relative": -7, "unit": "day"}}), "t.close_date < 17219"),
        (
            json!({"field": "close_date", "op": "within", "value": "this_month"}),
            "(t.close_date >= 17226 and t.close_date < 17257)",
        ),
    ] {
        assert_eq!(sql("deal", filter.clone()), expected, "{filter}");
    }
}

#[test]
fn a_day_compared_with_instants_is_the_whole_local_day() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap().as_microsecond();
    // 23 hours long: the clocks go forward.
    let (first, end) = (at("2017-03-25T23:00:00Z"), at("2017-03-26T22:00:00Z"));
    for (op, expected) in [
        ("eq", format!("(t.created_at >= {first} and t.created_at < {end})")),
        ("lt", format!("t.created_at < {first}")),
        ("le", format!("t.created_at < {end}")),
        ("gt", format!("t.created_at >= {end}")),
        ("ge", format!("t.created_at >= {first}")),
    ] {
        assert_eq!(sql("deal", json!({"field": "created_at", "op": op, "value": "2017-03-26"})), expected);
    }
    let instant = json!({"field": "created_at", "op": "le", "value": "2017-03-26T12:00:00+02:00"});
    assert_eq!(sql("deal", instant), format!("t.created_at < {}", at("2017-03-26T10:00:00Z") + 1));
}

#[test]
fn only_what_is_turned_round_is_made_two_valued() {
    let eq = json!({"field": "name", "op": "eq", "value": "a"});
    assert_eq!(sql("deal", json!({"not": eq})), "not coalesce(t.name_folded = 'a', false)");
    assert_eq!(
        sql("deal", json!({"field": "name", "op": "ne", "value": "a"})),
        "not coalesce(t.name_folded = 'a', false)"
    );
    assert_eq!(sql("deal", json!({"or": [eq, {"and": []}, {"or": []}]})), "(t.name_folded = 'a' or 1 = 1 or 1 = 0)");
}

#[test]
fn a_path_joins_only_living_visible_records_once() {
    let actor = with_grants(json!({"deal": {"read": "all"}, "account": {"read": "own"}}));
    let both = json!({"and": [
        {"field": "account.industry", "op": "eq", "value": "Energy"},
        {"field": "account_id.tier", "op": "eq", "value": "key"},
    ]});
    let text = compiled(&actor, "deal", both).unwrap();
    assert_eq!(text.matches("left join").count(), 1, "{text}");
    assert!(text.contains("left join account t_1 on t_1.tenant_id = #0 and (t_1.owner_id = #7 or "), "{text}");
    assert!(text.contains("and t_1.deleted_at is null and t_1.id = t.account_id where"), "{text}");
}

#[test]
fn related_records_are_those_one_may_see() {
    let actor = with_grants(json!({"account": {"read": "all"}, "deal": {"read": "own"}}));
    let any = json!({"any": {"through": "deals", "filter": {"field": "is_won", "op": "eq", "value": true}}});
    let text = compiled(&actor, "account", any).unwrap();
    assert!(text.contains("exists (select 1 from deal t_1 where t_1.tenant_id = #0 and (t_1.owner_id = #7"), "{text}");
    assert!(text.contains("t_1.deleted_at is null and t_1.account_id = t.id and t_1.is_won = true)"), "{text}");
    let none = refused(&actor, "account", json!({"none": {"through": "tickets"}}));
    assert_eq!((none.code, none.field.as_str()), ("unknown_relation", "filter.none.through"));
}

#[test]
fn a_field_one_may_not_read_is_as_one_that_is_not_there() {
    let actor = with_grants(json!({"contact": {"read": "all"}, "deal": {"read": "all", "fields": {"amount": "none"}}}));
    for (object, field) in [("contact", "birth_date"), ("deal", "amount"), ("contact", "account.name")] {
        let filter = |field: &str| json!({"or": [{"and": []}, {"field": field, "op": "is_empty"}]});
        let hidden = refused(&actor, object, filter(field));
        let missing = refused(&actor, object, filter(&field.replace(['i', 'm', 'n'], "x")));
        assert_eq!((hidden.code, hidden.field.as_str()), ("unknown_field", "filter.or[1].field"), "{field}");
        assert_eq!((missing.code, missing.field.as_str()), ("unknown_field", "filter.or[1].field"), "{field}");
        let told = hidden.hint.unwrap_or_default();
        assert!(!told.contains(&format!("`{field}`")), "{told}");
    }
    let hint = refused(&actor, "deal", json!({"field": "probabilty", "op": "eq", "value": 1})).hint.unwrap();
    assert!(hint.starts_with("Did you mean `probability`"), "{hint}");
}

#[test]
fn what_cannot_be_compared_is_refused_with_its_place() {
    let actor = actor();
    for (object, filter, field, code) in [
        ("deal", json!({"field": "name", "op": "eq", "value": null}), "filter.value", "wrong_type"),
        ("deal", json!({"field": "name", "op": "eq", "value": ["a"]}), "filter.value", "wrong_type"),
        ("deal", json!({"field": "amount", "op": "contains", "value": "1"}), "filter.op", "wrong_operator"),
        ("deal", json!({"field": "close_date", "op": "within", "value": "someday"}), "filter.value", "wrong_type"),
        (
            "deal",
            json!({"field": "close_date", "op": "between", "value": ["2017-03-01"]}),
            "filter.value",
            "wrong_type",
        ),
        (
            "deal",
            json!({"field": "close_date", "op": "between", "value": ["2017-03-01", "x"]}),
            "filter.value[1]",
            "wrong_type",
        ),
        (
            "deal",
            json!({"field": "forecast_category", "op": "in", "value": ["commit", "maybe"]}),
            "filter.value[1]",
            "unknown_option",
        ),
        ("deal", json!({"not": {"field": "tags", "op": "eq", "value": "x"}}), "filter.not.op", "wrong_operator"),
        ("deal", json!({"field": "tags.name", "op": "eq", "value": "x"}), "filter.field", "no_path"),
        ("deal", json!({"field": "amount.name", "op": "eq", "value": "x"}), "filter.field", "no_path"),
        (
            "account",
            json!({"field": "parent.parent.parent.parent.parent.name", "op": "eq", "value": "x"}),
            "filter.field",
            "too_deep",
        ),
        ("account", json!({"any": {"through": "nothing"}}), "filter.any.through", "unknown_relation"),
        ("deal", json!({"field": "stage", "op": "eq", "value": "not an id"}), "filter.value", "wrong_type"),
    ] {
        let error = refused(&actor, object, filter.clone());
        assert_eq!((error.field.as_str(), error.code), (field, code), "{filter}: {error:?}");
    }
}

#[test]
fn roll_ups_and_formulas_count_only_what_one_may_see() {
    let actor = with_grants(json!({
        "account": {"read": "all"},
        "deal": {"read": "own", "fields": {"probability": "none"}},
    }));
    let text = compiled(&actor, "account", json!({"field": "deal_count", "op": "gt", "value": 2})).unwrap();
    assert!(
        text.contains("(select cast(count(*) as real) from deal t_r where t_r.tenant_id = #0 and (t_r.owner_id = #7"),
        "{text}"
    );
    let text = compiled(&actor, "deal", json!({"field": "expected_revenue", "op": "gt", "value": 2})).unwrap();
    assert!(!text.contains("probability"), "{text}");
    assert!(text.contains("cast(null as real)"), "{text}");
}

#[test]
fn a_program_without_the_right_sees_nothing() {
    let nobody = actor().limited_to(&[KeyScope::parse("read:lead").unwrap()]);
    let object = nobody.schema().object("deal").unwrap().clone();
    let context = Context::new(&nobody, Engine::Postgres, Timestamp::UNIX_EPOCH);
    let source = Source::new(context, object, "t");
    assert!(source.rows(crate::access::Verb::Read).render(Engine::Postgres).0.ends_with("1 = 0"));
    let hidden = query::page::object(&nobody, &Query::of("deal").object).unwrap_err();
    let missing = query::page::object(&nobody, "deel").unwrap_err();
    assert_eq!(hidden.to_string().replace("deal", "deel"), missing.to_string());
}

/// A filter compiled: the `from` and the condition.
fn condition(
    actor: &Actor,
    object: &Arc<ObjectDef>,
    alias: &str,
    filter: &Filter,
    now: Timestamp,
    engine: Engine,
) -> Result<(Sql, Sql)> {
    check(filter, "filter")?;
    let mut source = Source::new(Context::new(actor, engine, now), object.clone(), alias);
    let sql = source.condition(filter, "filter")?;
    Ok((source.from(), sql))
}
