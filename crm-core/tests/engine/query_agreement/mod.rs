//! One language, three readers: SQLite, PostgreSQL and a plain evaluation in memory give the same answer to every
//! question.
//!
//! Questions and data are generated. A failure prints the question; `AGREEMENT_SEED` asks another series, and
//! `AGREEMENT_QUESTIONS` changes how many there are.

mod ask;
mod data;
mod model;

use crate::support::World;
use crm_core::query::{Aggregate, Groups, Query};
use crm_core::schema::Schema;
use crm_core::{Actor, Crm, Error, Record};
use jiff::tz::TimeZone;
use model::Model;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value as Json, json};

const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kolkata", "America/New_York", "UTC"];

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Both engines with the same data, and what one of its people sees of it.
struct Pair {
    worlds: [World; 2],
    names: [data::Names; 2],
}

impl Pair {
    async fn new(seed: u64) -> Self {
        let worlds = [crate::support::sqlite().await, crate::support::postgres().await];
        let names = [data::fill(&worlds[0], seed).await, data::fill(&worlds[1], seed).await];
        Self { worlds, names }
    }

    /// What a person sees, on each engine.
    async fn models(&self, person: &str, zone: &str) -> [(Model, &World, &data::Names); 2] {
        let zone = TimeZone::get(zone).unwrap();
        let mut models = Vec::new();
        for (world, names) in self.worlds.iter().zip(&self.names) {
            // Anew, because the definitions were changed.
            let actor = world.actor(names.id(person)).await;
            models.push((Model::read(&world.crm, actor.in_zone(zone.clone())).await, world, names));
        }
        models.try_into().map_err(|_| "two").unwrap()
    }
}

/// All records of a query, page by page.
async fn all_pages(crm: &Crm, actor: &Actor, query: &Query) -> crm_core::Result<(Vec<Record>, Option<i64>)> {
    let mut query = Query { total: true, ..query.clone() };
    let (mut records, mut total) = (Vec::new(), None);
    loop {
        let page = crm.query(actor, &query).await?;
        assert!(page.records.len() <= query.limit.unwrap_or(Query::DEFAULT_LIMIT));
        total = total.or(page.total);
        records.extend(page.records);
        let Some(next) = page.next else { return Ok((records, total)) };
        query.after = Some(next);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_agree() {
    let seed = setting("AGREEMENT_SEED", 1);
    let pair = Pair::new(seed).await;
    let mut rng = StdRng::seed_from_u64(seed);
    let questions = setting("AGREEMENT_QUESTIONS", 1_500);
    let mut found = 0;
    for person in ["admin", "own@people"] {
        for zone in ZONES {
            let models = pair.models(person, zone).await;
            for _ in 0..questions / (2 * ZONES.len() as u64) {
                let question = ask::list(&mut rng, &models[0].0);
                let mut answers = Vec::new();
                for (model, world, names) in &models {
                    let query: Query = serde_json::from_value(names.resolve(&question)).unwrap();
                    let expected = model.list(&query);
                    let (records, total) = all_pages(&world.crm, &model.actor, &query).await.unwrap_or_else(|error| {
                        panic!("{person} in {zone} asked {question}\n{:?} {error:?}", world.crm.db().engine())
                    });
                    let names: Vec<String> = records.iter().map(data::key).collect();
                    let wanted: Vec<String> = expected.iter().map(|record| data::key(record)).collect();
                    assert_eq!(names, wanted, "{person} in {zone} asked {question}\n{:?}", world.crm.db().engine());
                    assert_eq!(total, Some(wanted.len() as i64), "{question}");
                    answers.push(sorted(names));
                }
                assert_eq!(answers[0], answers[1], "{question}");
                found += answers[0].len().min(1);
            }
        }
    }
    assert!(found as u64 > questions / 4, "only {found} of {questions} questions found anything");
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_agree() {
    let seed = setting("AGREEMENT_SEED", 1);
    let pair = Pair::new(seed).await;
    let mut rng = StdRng::seed_from_u64(seed);
    for person in ["admin", "own@people"] {
        for zone in ZONES {
            let models = pair.models(person, zone).await;
            for _ in 0..setting("AGREEMENT_QUESTIONS", 1_500) / (2 * ZONES.len() as u64) {
                let question = ask::groups(&mut rng, &models[0].0);
                let mut answers = Vec::new();
                for (model, world, names) in &models {
                    let aggregate: Aggregate = serde_json::from_value(names.resolve(&question)).unwrap();
                    let said = || format!("{person} in {zone} asked {question}\n{:?}", world.crm.db().engine());
                    let expected = model.groups(&aggregate);
                    let groups = world.crm.aggregate(&model.actor, &aggregate).await;
                    let groups = groups.unwrap_or_else(|error| panic!("{} {error:?}", said()));
                    agree(&groups, &expected, &said());
                    answers.push(sorted(names.forget(&groups)));
                }
                // Among groups that tie by name, the ids say which are the first.
                let same = close(&json!(answers[0]), &json!(answers[1]));
                assert!(same || question.get("top").is_some(), "{question}\n{answers:?}");
            }
        }
    }
}

/// The ids, by which ties are ordered, differ from one engine to the other: there the same answers are compared
/// without their order.
fn sorted(mut answers: Vec<String>) -> Vec<String> {
    answers.sort();
    answers
}

fn agree(groups: &Groups, expected: &Groups, said: &str) {
    let (groups, expected) = (json!(groups), json!(expected));
    assert!(close(&groups, &expected), "{said}\nfound    {groups}\nexpected {expected}");
}

/// Equal, but for the last digits of doubles that were summed in another order.
fn close(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
        }
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| close(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| close(a, b)))
        }
        _ => a == b,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_sees_is_what_the_rights_say() {
    let pair = Pair::new(3).await;
    let everything = pair.models("admin", "UTC").await;
    let own = pair.models("own@people", "UTC").await;
    for ((everything, ..), (own, ..)) in everything.iter().zip(&own) {
        let me = own.me().unwrap();
        for object in ["account", "contact"] {
            let mine = everything.living(object).iter().filter(|record| record.get("owner_id").as_id() == Some(me));
            let mine: Vec<_> = mine.map(|record| record.id).collect();
            let seen: Vec<_> = own.living(object).iter().map(|record| record.id).collect();
            assert!(!mine.is_empty());
            assert_eq!(seen, mine, "{object}");
        }
        for account in own.living("account") {
            let contacts = own.living("contact").iter().filter(|c| c.get("account_id").as_id() == Some(account.id));
            assert_eq!(account.get("contact_count").as_number(), Some(contacts.count() as f64));
        }
        assert!(own.schema.object("contact").unwrap().field("birth_date").is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn random_input_is_answered_or_refused_and_never_fails() {
    let pair = Pair::new(4).await;
    let mut rng = StdRng::seed_from_u64(setting("AGREEMENT_SEED", 1));
    for (model, world, names) in &pair.models("admin", "Europe/Berlin").await {
        for _ in 0..setting("AGREEMENT_QUESTIONS", 1_500) / 3 {
            let question = names.resolve(&ask::nonsense(&mut rng, model));
            let Ok(query) = serde_json::from_value::<Query>(question.clone()) else { continue };
            let answer = world.crm.query(&model.actor, &query).await;
            let good = matches!(answer, Ok(_) | Err(Error::Invalid(_) | Error::NotFound { .. } | Error::Malformed(_)));
            assert!(good, "{question} {answer:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_survives_changes_and_serves_nobody_else() {
    crate::support::on_both(async |w| {
        for n in 0..9 {
            w.create(&w.admin, "account", json!({"name": format!("Account {n}"), "employees": n / 3})).await;
        }
        let sort = vec![crm_core::query::Sort { field: "employees".into(), descending: true }];
        let query = Query { sort, limit: Some(2), ..Query::of("account") };
        let first = w.crm.query(&w.admin, &query).await.unwrap();
        // The last record of the page goes away, a new one comes before it: the next page goes on behind it.
        let last = first.records.last().unwrap();
        let delete = crm_core::Command::Delete { object: "account".into(), id: last.id, version: None };
        w.crm.write(&w.admin, delete).await.unwrap();
        w.create(&w.admin, "account", json!({"name": "Late", "employees": 99})).await;
        let rest = Query { after: first.next.clone(), limit: Some(50), ..query.clone() };
        let rest = w.crm.query(&w.admin, &rest).await.unwrap();
        let names: Vec<_> = rest.records.iter().map(Record::name).collect();
        assert_eq!(names.len(), 7, "{names:?}");
        assert!(!names.contains(&"Late"));
        let (_, other) = crate::support::tenant(&w.crm).await;
        let stolen = Query { after: first.next, ..query };
        assert!(matches!(w.crm.query(&other, &stolen).await, Err(Error::Malformed(_))));
    })
    .await;
}

/// The definitions as one person sees them.
fn schema(crm: &Crm, actor: &Actor) -> Schema {
    crm.schema(actor)
}

/// One of several.
fn one<'a, T>(rng: &mut StdRng, of: &'a [T]) -> &'a T {
    &of[rng.random_range(0..of.len())]
}
