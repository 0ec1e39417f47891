//! What colleagues ask in a company that has defined all of its objects itself: ships, ports, voyages, inspections.
//!
//! `questions.tsv` has a question, how it is understood and what it is answered: how many records, a figure, or the
//! figure of each group. The program knows no word of this company.

use crate::support::Engine;
use crate::support::installation::Installation;
use bots::staff::{Answer, Kind, Staff};
use crm_core::schema::NewObject;
use crm_core::{Actor, Command, Crm, Surface};
use jiff::tz::TimeZone;
use kb_index::Search;
use serde_json::{Map, Value as Json};

/// A Friday.
const NOW: &str = "2026-11-20T12:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn questions_about_objects_of_ones_own_get_the_exact_answer() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let installation = Installation::on(engine);
        let crm = installation.crm(NOW).await;
        let ada = fleet(&crm, &installation.tenant).await;
        let search = Search::open(&installation.data().join("index-of-test")).unwrap();
        search.catch_up(&crm).await.unwrap();
        let staff = Staff::new(crm.clone(), search);
        let mut wrong = Vec::new();
        for line in include_str!("questions.tsv").lines() {
            let mut columns = line.split('\t');
            let question = columns.next().unwrap_or_default();
            let answer = staff.ask(&ada, question, None, 1_000).await.unwrap();
            let told = format!("{question}\t{}\t{}", understood(&answer), digest(&answer));
            if told != line {
                wrong.push(format!("{line}\nbut\n{told}\n"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// The company with its definitions and records, and somebody who may see all of it.
async fn fleet(crm: &Crm, tenant: &str) -> Actor {
    let tenant = crm.tenant(Some(tenant)).await.unwrap().id;
    let product = crm.product(tenant, "test", Surface::System).await.unwrap();
    let email = format!("ada@{tenant}.example");
    let ada = crm.create_user(&product, "Ada Admin", &email, &["admin"]).await.unwrap();
    let actor = async || crm.actor_for_user(tenant, ada, Surface::Terminal).await.unwrap().in_zone(TimeZone::UTC);
    let objects: Vec<NewObject> = serde_json::from_str(include_str!("schema.json")).unwrap();
    for object in objects {
        crm.define_object(&actor().await, object).await.unwrap();
    }
    let records: Map<String, Json> = serde_json::from_str(include_str!("records.json")).unwrap();
    for object in ["port", "vessel", "voyage", "inspection"] {
        for values in records[object].as_array().unwrap() {
            let values = values.as_object().unwrap().clone();
            crm.write(&actor().await, Command::Create { object: object.into(), values }).await.unwrap();
        }
    }
    actor().await
}

fn understood(answer: &Answer) -> &str {
    if answer.kind == Kind::Unknown { "?" } else { &answer.understood }
}

fn digest(answer: &Answer) -> String {
    match answer.kind {
        Kind::Records => answer.records.iter().flatten().count().to_string(),
        Kind::Record => answer.records.iter().flatten().map(|record| text(&record["name"])).collect(),
        Kind::Value => answer.value.as_ref().map_or_else(String::new, text),
        Kind::Groups | Kind::Ranked => {
            let groups = answer.groups.as_ref().unwrap();
            let shown = answer.labels.iter().flatten().map(|label| format!("{label}={}", text(&groups[label])));
            shown.collect::<Vec<_>>().join(", ")
        }
        Kind::Article => answer.answer.clone().unwrap_or_default(),
        Kind::Proposal => "proposed".into(),
        Kind::Clarify => "asked back".into(),
        Kind::Unknown | Kind::Done | Kind::Talk => String::new(),
    }
}

/// A figure with two decimals at most.
fn text(value: &Json) -> String {
    match value.as_f64() {
        Some(number) => format!("{}", (number * 100.0).round() / 100.0),
        None => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    }
}
