//! Several nodes on one PostgreSQL, and a database that goes away.

use crate::support::{Client, Engine, Program, World};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn what_one_node_changes_holds_on_the_other_from_its_next_request_on() {
    let (one, other) = (Program::start(Engine::Postgres, &[]), Program::start(Engine::Postgres, &[]));
    let (crm, tenant, key) = World::company(&one.database_url).await;
    let (here, there) = (Client::new(&one).key(&key), Client::new(&other).key(&key));
    let account = here.post("/records/account", &json!({"name": "Acme"})).await.expect(201);
    let path = format!("/records/account/{}", account["id"].as_str().unwrap());
    assert_eq!(there.get(&path).await.expect(200)["name"], "Acme");

    there.get("/schema").await.expect(200);
    here.post("/schema/objects/account/fields", &json!({"name": "code", "label": "Code", "type": "text"}))
        .await
        .expect(201);
    let coded = there.patch(&path, &json!({"code": "X1"})).await.expect(200);
    assert_eq!(here.get(&path).await.expect(200)["code"], "X1");
    assert_eq!(coded["version"], 2);

    let admin = crm.key(&key, crm_core::Surface::Rest).await.unwrap();
    let mine = crm.keys(&admin).await.unwrap();
    crm.revoke_key(&admin, mine[0].id).await.unwrap();
    assert_eq!((here.get("/me").await.status, there.get("/me").await.status), (401, 401));
    drop((tenant, one, other));
}

#[tokio::test]
async fn two_people_who_change_the_same_record_on_two_nodes_do_not_lose_each_others_change() {
    let (one, other) = (Program::start(Engine::Postgres, &[]), Program::start(Engine::Postgres, &[]));
    let (_, _, key) = World::company(&one.database_url).await;
    let (here, there) = (Client::new(&one).key(&key), Client::new(&other).key(&key));
    let account = here.post("/records/account", &json!({"name": "Acme", "employees": 0})).await.expect(201);
    let path = format!("/records/account/{}", account["id"].as_str().unwrap());
    for round in 1..=10 {
        let change = |client: &Client, employees: i64| {
            let request = client.request(reqwest::Method::PATCH, &path).header("if-match", format!("\"v{round}\""));
            request.json(&json!({"employees": employees}))
        };
        let (a, b) = tokio::join!(change(&here, round * 10).send(), change(&there, round * 10 + 1).send());
        let mut statuses = [a.unwrap().status().as_u16(), b.unwrap().status().as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "exactly one wins, the other is told");
    }
    assert_eq!(here.get(&path).await.expect(200)["version"], 11);
}

/// A way to the database that can be cut.
async fn cuttable(target: String) -> (u16, Arc<AtomicBool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, cut) = (listener.local_addr().unwrap().port(), Arc::new(AtomicBool::new(false)));
    let is_cut = cut.clone();
    tokio::spawn(async move {
        while let Ok((mut inbound, _)) = listener.accept().await {
            let (target, is_cut) = (target.clone(), is_cut.clone());
            tokio::spawn(async move {
                let Ok(mut outbound) = TcpStream::connect(&target).await else { return };
                let severed = async {
                    while !is_cut.load(Ordering::Relaxed) {
                        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
                    }
                };
                tokio::select! {
                    _ = copy_bidirectional(&mut inbound, &mut outbound) => {}
                    () = severed => {}
                }
            });
        }
    });
    (port, cut)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_is_told_and_taken_up_again_when_it_is_back() {
    let direct = std::env::var("PARLEY_TEST_POSTGRES").unwrap();
    let mut url: reqwest::Url = direct.parse().unwrap();
    let host = url.host_str().filter(|host| !host.is_empty()).unwrap_or("127.0.0.1").to_owned();
    let (port, cut) = cuttable(format!("{host}:{}", url.port().unwrap_or(5432))).await;
    url.set_host(Some("127.0.0.1")).unwrap();
    url.set_port(Some(port)).unwrap();
    let (_, _, key) = World::company(&direct).await;
    let program = Program::start(Engine::Postgres, &[("PARLEY_DATABASE_URL", url.as_str())]);
    let client = Client::new(&program).key(&key);
    client.get("/me").await.expect(200);
    cut.store(true, Ordering::Relaxed);
    let away = client.post("/records/account", &json!({"name": "While away"})).await;
    away.problem(503, "unavailable");
    assert_eq!(client.get("//ready").await.status, 503);
    assert_eq!(client.get("//health").await.status, 200, "the program itself lives");
    cut.store(false, Ordering::Relaxed);
    let back = async {
        while client.get("//ready").await.status != 200 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), back).await.expect("it did not come back");
    client.post("/records/account", &json!({"name": "Back again"})).await.expect(201);
}
