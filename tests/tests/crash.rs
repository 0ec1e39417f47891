//! Whatever was acknowledged is there, however the program ends.

use crate::support::{Client, Engine, World, binary, serving};
use crm_core::query::Query;
use crm_core::{Crm, TenantId};
use futures_util::future::join_all;
use serde_json::json;
use std::collections::HashSet;
use std::process::Child;
use std::sync::Mutex;
use std::time::Duration;
use uuid::Uuid;

const KILLS: usize = 20;
const WRITERS: usize = 8;

/// A program started directly, so that it can be killed.
struct Mortal {
    child: Child,
    url: String,
}

impl Mortal {
    fn start(folder: &std::path::Path, database_url: &str) -> Self {
        let (child, url) = serving(&binary(), folder, database_url);
        Self { child, url }
    }

    /// As `kill -9` does it.
    fn kill(self) {
        drop(self);
    }
}

impl Drop for Mortal {
    fn drop(&mut self) {
        // Also when the test fails: nothing is left running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn survives(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let database_url = engine.database_url(folder.path());
    let (crm, tenant, key) = World::company(&database_url).await;
    let acknowledged = Mutex::new(Vec::<Uuid>::new());
    for round in 0..KILLS {
        let program = Mortal::start(folder.path(), &database_url);
        let client = Client::at(&program.url).key(&key);
        let writers = (0..WRITERS).map(|writer| write_until_it_dies(&client, &acknowledged, round, writer));
        let killer = async {
            // In the midst of writing, at another moment each time.
            let written = || acknowledged.lock().unwrap().len();
            let before = written();
            while written() == before {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            tokio::time::sleep(Duration::from_millis(7 * (round as u64 % 13))).await;
            program.kill();
        };
        tokio::join!(join_all(writers), killer);
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(acknowledged.len() > KILLS, "the writers wrote next to nothing: {}", acknowledged.len());
    log_and_records_agree(&crm, tenant, &acknowledged).await;
    the_index_catches_up(folder.path(), &database_url, &key).await;
}

async fn write_until_it_dies(client: &Client, acknowledged: &Mutex<Vec<Uuid>>, round: usize, writer: usize) {
    for n in 0.. {
        let values = json!({"name": format!("Survivor {round} {writer} {n}")});
        let Some(answer) = client.try_post("/records/account", &values).await else { return };
        if answer.status == 201 {
            let id = answer.json["id"].as_str().unwrap().parse().unwrap();
            acknowledged.lock().unwrap().push(id);
        }
    }
}

async fn log_and_records_agree(crm: &Crm, tenant: TenantId, acknowledged: &[Uuid]) {
    let product = crm.product(tenant, "test", crm_core::Surface::System).await.unwrap();
    let mut stored = HashSet::new();
    let mut query = Query { limit: Some(500), fields: Some(vec!["name".into()]), ..Query::of("account") };
    loop {
        let page = crm.query(&product, &query).await.unwrap();
        stored.extend(page.records.iter().map(|record| record.id));
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    let lost: Vec<_> = acknowledged.iter().filter(|id| !stored.contains(id)).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let mut logged = HashSet::new();
    let mut last = 0;
    loop {
        let events = crm.log_after(tenant, last, 1_000).await.unwrap();
        for event in &events {
            assert_eq!(event.sequence, last + 1, "the log has a gap");
            last = event.sequence;
            if event.object == "account" && event.kind == "created" {
                logged.insert(event.record_id);
            }
        }
        if events.is_empty() {
            break;
        }
    }
    assert_eq!(logged, stored, "log and records disagree");
}

async fn the_index_catches_up(folder: &std::path::Path, database_url: &str, key: &str) {
    let program = Mortal::start(folder, database_url);
    let client = Client::at(&program.url).key(key);
    client.post("/records/account", &json!({"name": "Zebulon the last"})).await.expect(201);
    let found = async {
        // What was written last is found only when everything before it was indexed.
        while client.get("/search?q=zebulon").await.expect(200)["hits"].as_array().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), found).await.expect("the index did not catch up");
    let hits = client.get("/search?q=survivor&limit=50").await.expect(200);
    assert!(hits["hits"].as_array().unwrap().len() > 10, "{hits}");
    program.kill();
}

#[tokio::test]
async fn everything_acknowledged_survives_kills_under_load_on_sqlite() {
    survives(Engine::Sqlite).await;
}

#[tokio::test]
async fn everything_acknowledged_survives_kills_under_load_on_postgres() {
    survives(Engine::Postgres).await;
}
