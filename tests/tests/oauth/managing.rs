//! People and administrators see what was allowed, and end it.

use super::program::{Program, log, refused, works};
use crate::support::on_both;
use serde_json::{Value as Json, json};

#[tokio::test]
async fn a_person_sees_what_they_have_allowed_and_takes_it_back_at_once() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = Program::elsewhere(&world).await;
        let got = program.let_in(&browser, "crm:read").await;
        program.let_in(&browser, "crm:read crm:write").await;
        assert_eq!(works(&world, &got.access).await, 200);
        let consents = browser.get("/oauth/consents").await.expect(200)["consents"].clone();
        let consent = &consents[0];
        assert_eq!(consents.as_array().unwrap().len(), 1, "one program, however often");
        assert_eq!((&consent["client_name"], &consent["client_host"]), (&json!("Aide"), &json!("aide.example")));
        assert_eq!(
            (&consent["scopes"], &consent["user_name"]),
            (&json!(["crm:read", "crm:write"]), &json!("Bea Browser"))
        );
        assert!(consent["last_used_at"].is_string(), "{consent}");

        browser.delete(&format!("/oauth/consents/{}", consent["id"].as_str().unwrap())).await.expect(204);
        assert_eq!(works(&world, &got.access).await, 401);
        assert_eq!(refused(&program.renew(&got.refresh, &[]).await, 400), "invalid_grant");
        assert_eq!(browser.get("/oauth/consents").await.expect(200)["consents"], json!([]));
        super::program::page(&browser, &program.question("crm:read", &[])).await;
        assert_eq!(log(&world).await[0], "client_withdrawn");
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_back_what_others_allow_but_administrators() {
    on_both(async |world| {
        let (bea, cem) =
            (world.browser("Bea Browser", &["seller"]).await, world.browser("Cem Console", &["seller"]).await);
        let program = Program::elsewhere(&world).await;
        let got = program.let_in(&bea, "crm:read").await;
        let consent = bea.get("/oauth/consents").await.expect(200)["consents"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/oauth/consents/{consent}");
        cem.delete(&path).await.problem(404, "not_found");
        let stranger = world.other().await.browser("Sue Stranger", &["admin"]).await;
        stranger.delete(&path).await.problem(404, "not_found");
        assert_eq!(works(&world, &got.access).await, 200);
        world.browser("Adi Admin", &["admin"]).await.delete(&path).await.expect(204);
        assert_eq!(works(&world, &got.access).await, 401);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_sees_every_program_who_allows_it_what_and_when_it_last_worked() {
    on_both(async |world| {
        let (bea, cem) =
            (world.browser("Bea Browser", &["seller"]).await, world.browser("Cem Console", &["seller"]).await);
        let program = Program::elsewhere(&world).await;
        let admin = world.browser("Adi Admin", &["admin"]).await;
        program.let_in(&bea, "crm:read").await;
        let list = async || admin.get("/oauth/clients").await.expect(200)["clients"].clone();
        assert_eq!(list().await[0]["last_used_at"], Json::Null);
        let got = program.let_in(&cem, "crm:read crm:write").await;
        works(&world, &got.access).await;
        let client = list().await[0].clone();
        assert_eq!(
            (&client["name"], &client["kind"], &client["client_id"]),
            (&json!("Aide"), &json!("dynamic"), &json!(program.id))
        );
        assert!(client["last_used_at"].is_string() && client["blocked_at"].is_null(), "{client}");
        let allowed: Vec<_> = client["consents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| (c["user_name"].clone(), c["scopes"].clone()))
            .collect();
        assert_eq!(
            allowed,
            [(json!("Bea Browser"), json!(["crm:read"])), (json!("Cem Console"), json!(["crm:read", "crm:write"]))]
        );
        bea.get("/oauth/clients").await.problem(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_program_that_is_cut_off_is_cut_off_at_once_for_everybody() {
    on_both(async |world| {
        let (bea, cem) =
            (world.browser("Bea Browser", &["seller"]).await, world.browser("Cem Console", &["seller"]).await);
        let admin = world.browser("Adi Admin", &["admin"]).await;
        let (program, other) = (Program::elsewhere(&world).await, Program::elsewhere(&world).await);
        let (one, two) = (program.let_in(&bea, "crm:read").await, program.let_in(&cem, "crm:read").await);
        let pending = program.code(&bea.get(&program.question("crm:read", &[])).await);
        let id = admin.get("/oauth/clients").await.expect(200)["clients"][0]["id"].as_str().unwrap().to_owned();
        let spared = other.let_in(&bea, "crm:read").await;
        bea.post(&format!("/oauth/clients/{id}/block"), &json!({})).await.problem(403, "forbidden");
        admin.post(&format!("/oauth/clients/{id}/block"), &json!({})).await.expect(204);
        assert_eq!((works(&world, &one.access).await, works(&world, &two.access).await), (401, 401));
        assert_eq!(refused(&program.renew(&one.refresh, &[]).await, 400), "invalid_grant");
        assert_eq!(refused(&program.redeem(&pending, &[]).await, 400), "invalid_grant");
        assert_eq!(works(&world, &spared.access).await, 200);
        let asked = bea.get(&program.question("crm:read", &[])).await;
        assert_eq!(asked.status, 403);
        assert!(String::from_utf8_lossy(&asked.bytes).contains("blocked this program"));
        assert_eq!(log(&world).await[0], "client_blocked");

        admin.post(&format!("/oauth/clients/{id}/unblock"), &json!({})).await.expect(204);
        assert_eq!(works(&world, &one.access).await, 401, "it must ask again");
        assert_eq!(works(&world, &program.let_in(&bea, "crm:read").await.access).await, 200);
    })
    .await;
}

#[tokio::test]
async fn another_companys_administrators_find_no_program_here() {
    on_both(async |world| {
        let bea = world.browser("Bea Browser", &["seller"]).await;
        let got = Program::elsewhere(&world).await.let_in(&bea, "crm:read").await;
        let admin = world.browser("Adi Admin", &["admin"]).await;
        let id = admin.get("/oauth/clients").await.expect(200)["clients"][0]["id"].as_str().unwrap().to_owned();
        let stranger = world.other().await.browser("Sue Stranger", &["admin"]).await;
        assert_eq!(stranger.get("/oauth/clients").await.expect(200)["clients"], json!([]));
        stranger.post(&format!("/oauth/clients/{id}/block"), &json!({})).await.problem(404, "not_found");
        assert_eq!(works(&world, &got.access).await, 200);
    })
    .await;
}
