//! Several nodes on one PostgreSQL, and a database that goes away.

use crate::support::{Client, Engine, Program, World};
use serde_json::json;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

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

/// A way to the database that can be cut and mended.
struct Cable {
    port: u16,
    is_cut: watch::Sender<bool>,
}

impl Cable {
    async fn to(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (is_cut, cuts) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((mut inbound, _)) = listener.accept().await {
                // Held for as long as the connection stands: whoever cuts can wait for the last to fall.
                let (target, mut cut) = (target.clone(), cuts.clone());
                tokio::spawn(async move {
                    let carried = async {
                        if let Ok(mut outbound) = TcpStream::connect(&target).await {
                            let _ = copy_bidirectional(&mut inbound, &mut outbound).await;
                        }
                    };
                    tokio::select! {
                        () = carried => {}
                        _ = cut.wait_for(|is_cut| *is_cut) => {}
                    }
                });
            }
        });
        Self { port, is_cut }
    }

    /// Ends when no connection stands any more.
    async fn cut(&self) {
        self.is_cut.send_replace(true);
        while self.is_cut.receiver_count() > 1 {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    }

    fn mend(&self) {
        self.is_cut.send_replace(false);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_is_told_and_taken_up_again_when_it_is_back() {
    let direct = std::env::var("PARLEY_TEST_POSTGRES").unwrap();
    let mut url: reqwest::Url = direct.parse().unwrap();
    let host = url.host_str().filter(|host| !host.is_empty()).unwrap_or("127.0.0.1").to_owned();
    let cable = Cable::to(format!("{host}:{}", url.port().unwrap_or(5432))).await;
    url.set_host(Some("127.0.0.1")).unwrap();
    url.set_port(Some(cable.port)).unwrap();
    let (_, _, key) = World::company(&direct).await;
    let program = Program::start(Engine::Postgres, &[("PARLEY_DATABASE_URL", url.as_str())]);
    let client = Client::new(&program).key(&key);
    client.get("/me").await.expect(200);
    cable.cut().await;
    let away = client.post("/records/account", &json!({"name": "While away"})).await;
    away.problem(503, "unavailable");
    assert_eq!(client.get("//ready").await.status, 503);
    assert_eq!(client.get("//health").await.status, 200, "the program itself lives");
    cable.mend();
    let back = async {
        while client.get("//ready").await.status != 200 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), back).await.expect("it did not come back");
    client.post("/records/account", &json!({"name": "Back again"})).await.expect(201);
}
