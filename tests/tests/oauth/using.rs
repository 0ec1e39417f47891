//! What a program may do with its token: no more than it was allowed, and no more than its person may.

use super::program::{Program, log, mcp, works};
use crate::support::{Client, on_both, send};
use reqwest::Method;
use serde_json::{Value as Json, json};

fn creates(name: &str) -> Json {
    json!({"name": "crm_create", "arguments": {"object": "account", "values": {"name": name}}})
}

#[tokio::test]
async fn a_program_works_as_its_person_and_the_log_names_it() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let access = program.let_in(&browser, "crm:read crm:write").await.access;
        let aide = Client::new(world.program).key(&access);
        mcp(&aide, "tools/call", creates("Hovercraft Inc")).await.expect(200);
        let made = browser.get("/records/account?q=Hovercraft").await.expect(200)["records"][0].clone();
        assert_eq!((&made["name"], &made["created_via"]), (&json!("Hovercraft Inc"), &json!("mcp")));
        let client =
            world.browser("Adi Admin", &["admin"]).await.get("/oauth/clients").await.expect(200)["clients"][0].clone();
        let events = world.admin.get("/events?object=account&newest_first=true").await.expect(200)["events"].clone();
        let by = events[0]["by"].clone();
        assert_eq!((&by["kind"], &by["client"]), (&json!("delegate"), &client["id"]));
    })
    .await;
}

#[tokio::test]
async fn what_was_not_allowed_is_asked_for_by_name() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let access = program.let_in(&browser, "crm:read").await.access;
        let aide = Client::new(world.program).key(&access);
        let refused = mcp(&aide, "tools/call", creates("Not Allowed Ltd")).await;
        assert_eq!(refused.status, 403);
        let challenge = refused.header("www-authenticate").to_owned();
        for part in [
            "error=\"insufficient_scope\"",
            "scope=\"crm:read crm:write\"",
            "resource_metadata=\"http",
            "/.well-known/oauth-protected-resource/mcp\"",
        ] {
            assert!(challenge.contains(part), "{part}: {challenge}");
        }
        assert_eq!(browser.get("/records/account?q=Allowed").await.expect(200)["records"], json!([]));

        let more = program.let_in(&browser, "crm:read crm:write").await.access;
        mcp(&Client::new(world.program).key(&more), "tools/call", creates("Allowed Ltd")).await.expect(200);
        assert_eq!(browser.get("/records/account?q=Allowed").await.expect(200)["records"][0]["name"], "Allowed Ltd");
    })
    .await;
}

#[tokio::test]
async fn a_scope_gives_nobody_a_right_that_they_lack() {
    on_both(async |world| {
        let viewer = world.browser("Vic Viewer", &["viewer"]).await;
        let program = Program::elsewhere(&world).await;
        let access = program.let_in(&viewer, "crm:read crm:write crm:delete crm:send").await.access;
        let aide = Client::new(world.program).key(&access);
        let answer = mcp(&aide, "tools/call", creates("Viewed Ltd")).await;
        assert!(answer.json["result"]["isError"] == true || answer.json.get("error").is_some(), "{}", answer.json);
        assert_eq!(viewer.get("/records/account?q=Viewed").await.expect(200)["records"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_token_is_for_assistants_and_for_nothing_else() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["admin"]).await;
        let access = Program::elsewhere(&world).await.let_in(&browser, "crm:read crm:write").await.access;
        let aide = Client::new(world.program).key(&access);
        for path in ["/me", "/records/account", "/events", "/oauth/consents", "/openapi.json"] {
            aide.get(path).await.problem(401, "unauthenticated");
        }
        aide.post("/records/account", &json!({"name": "x"})).await.problem(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn a_token_for_one_address_of_the_server_is_none_for_another() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let access = Program::elsewhere(&world).await.let_in(&browser, "crm:read").await.access;
        let port = world.program.url.rsplit(':').next().unwrap();
        let elsewhere = Client::at(&format!("http://localhost:{port}")).key(&access);
        assert_eq!(mcp(&elsewhere, "tools/list", json!({})).await.status, 401);
        assert_eq!(works(&world, &access).await, 200);
    })
    .await;
}

#[tokio::test]
async fn a_token_in_the_address_counts_for_nothing() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let access = Program::elsewhere(&world).await.let_in(&browser, "crm:read").await.access;
        let nobody = Client::new(world.program);
        let request = nobody.request(Method::POST, &format!("//mcp?access_token={access}"));
        assert_eq!(send(request.json(&json!({}))).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn the_cookie_of_a_person_opens_nothing_for_programs() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["admin"]).await;
        assert_eq!(mcp(&browser, "tools/list", json!({})).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_program_of_one_company_sees_nothing_of_another() {
    on_both(async |world| {
        let other = world.other().await;
        other.create("account", json!({"name": "Secret Neighbour"})).await;
        let browser = world.browser("Bea Browser", &["admin"]).await;
        let program = Program::elsewhere(&world).await;
        let access = program.let_in(&browser, "crm:read crm:write crm:delete crm:send crm:admin").await.access;
        let query = json!({"name": "crm_query", "arguments": {"object": "account"}});
        let answer = mcp(&Client::new(world.program).key(&access), "tools/call", query).await;
        assert!(!String::from_utf8_lossy(&answer.bytes).contains("Neighbour"));
        // The same program, let in by the other company, is another client with consents of its own.
        let neighbour = other.browser("Ned Neighbour", &["admin"]).await;
        program.let_in(&neighbour, "crm:read").await;
        for world in [&world, &other] {
            let admin = world.browser("Adi Admin", &["admin"]).await;
            let clients = admin.get("/oauth/clients").await.expect(200)["clients"].clone();
            assert_eq!((clients.as_array().unwrap().len(), clients[0]["consents"].as_array().unwrap().len()), (1, 1));
        }
    })
    .await;
}

#[tokio::test]
async fn a_person_who_has_left_has_no_programs_any_more() {
    on_both(async |world| {
        let browser = world.browser("Lea Leaves", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let got = program.let_in(&browser, "crm:read").await;
        let id = browser.get("/me").await.expect(200)["id"].as_str().unwrap().to_owned();
        world.admin.patch(&format!("/records/user/{id}"), &json!({"is_active": false})).await.expect(200);
        assert_eq!(works(&world, &got.access).await, 401);
        assert_eq!(program.renew(&got.refresh, &[]).await.json["error"], "invalid_grant");
    })
    .await;
}

#[tokio::test]
async fn a_person_who_may_do_less_from_now_on_has_programs_that_may_do_less() {
    on_both(async |world| {
        let browser = world.browser("Dora Demoted", &["seller"]).await;
        let access = Program::elsewhere(&world).await.let_in(&browser, "crm:read crm:write").await.access;
        let aide = Client::new(world.program).key(&access);
        mcp(&aide, "tools/call", creates("Before Ltd")).await.expect(200);
        let id = browser.get("/me").await.expect(200)["id"].as_str().unwrap().to_owned();
        world.admin.patch(&format!("/records/user/{id}"), &json!({"role_ids": []})).await.expect(200);
        mcp(&aide, "tools/call", creates("After Ltd")).await;
        assert_eq!(world.admin.get("/records/account?q=After").await.expect(200)["records"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn everything_is_told_in_the_log_and_no_secret_is() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let code = program.allowed(&browser, "crm:read").await;
        let got = super::program::tokens(program.redeem(&code, &[]).await);
        let next = super::program::tokens(program.renew(&got.refresh, &[]).await);
        assert_eq!(log(&world).await, ["client_renewed", "client_connected", "client_allowed"]);
        let told = world.admin.get("/events?limit=200").await.expect(200).to_string();
        assert!(told.contains("\"record_name\":\"Aide\"") && told.contains("crm:read"), "{told}");
        for secret in [code, got.access, got.refresh, next.access, next.refresh] {
            assert!(!told.contains(&secret), "{told}");
        }
    })
    .await;
}
