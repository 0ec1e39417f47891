//! Programs introduce themselves.

use super::program::refused;
use crate::support::{Client, on_both};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_program_that_introduces_itself_gets_an_id_and_no_secret() {
    on_both(async |world| {
        let http = Client::new(world.program);
        let body = json!({
            "client_name": "Aide", "redirect_uris": ["http://localhost/back"], "token_endpoint_auth_method": "client_secret_post",
            "grant_types": ["authorization_code"], "software_id": "is not known here",
        });
        let answer = http.post("//oauth/register", &body).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        let made = answer.expect(201);
        assert!(made["client_id"].as_str().unwrap().starts_with("client_"));
        assert_eq!(made["token_endpoint_auth_method"], "none", "a program on somebody's machine keeps no secret");
        assert_eq!((&made["client_name"], &made["redirect_uris"]), (&json!("Aide"), &json!(["http://localhost/back"])));
        assert!(made.get("client_secret").is_none() && made["client_id_issued_at"].is_i64());
        let other = http.post("//oauth/register", &body).await.expect(201);
        assert_ne!(other["client_id"], made["client_id"]);
    })
    .await;
}

#[tokio::test]
async fn addresses_that_lead_anywhere_else_are_refused() {
    on_both(async |world| {
        let http = Client::new(world.program);
        for bad in [
            "http://aide.example/",
            "aide://back",
            "javascript:alert(1)",
            "https://a.example/#f",
            "http://localhost.evil.example/",
            "/back",
        ] {
            let answer = http.post("//oauth/register", &json!({"redirect_uris": ["https://aide.example/", bad]})).await;
            assert_eq!(refused(&answer, 400), "invalid_redirect_uri", "{bad}");
        }
        let none = http.post("//oauth/register", &json!({"client_name": "Aide"})).await;
        assert_eq!(refused(&none, 400), "invalid_redirect_uri");
    })
    .await;
}

#[tokio::test]
async fn too_much_of_anything_is_refused() {
    on_both(async |world| {
        let http = Client::new(world.program);
        let many = json!({"redirect_uris": vec!["https://aide.example/"; 11]});
        assert_eq!(refused(&http.post("//oauth/register", &many).await, 400), "invalid_redirect_uri");
        let long = json!({"redirect_uris": ["https://aide.example/"], "client_name": "x".repeat(100)});
        assert_eq!(refused(&http.post("//oauth/register", &long).await, 400), "invalid_client_metadata");
        let huge = json!({"redirect_uris": ["https://aide.example/"], "logo_uri": "x".repeat(100_000)});
        assert_eq!(refused(&http.post("//oauth/register", &huge).await, 400), "invalid_client_metadata");
        assert_eq!(refused(&http.raw(Method::POST, "//oauth/register", "{").await, 400), "invalid_client_metadata");
        assert_eq!(refused(&http.raw(Method::POST, "//oauth/register", "[]").await, 400), "invalid_redirect_uri");
        let other = json!({"redirect_uris": ["https://aide.example/"], "grant_types": ["implicit"]});
        assert_eq!(refused(&http.post("//oauth/register", &other).await, 400), "invalid_client_metadata");
    })
    .await;
}

#[tokio::test]
async fn nobody_registers_without_end() {
    on_both(async |world| {
        let (http, body) = (Client::new(world.program), json!({"redirect_uris": ["https://aide.example/"]}));
        let mut last = http.post("//oauth/register", &body).await;
        for _ in 0..40 {
            last = http.post("//oauth/register", &body).await;
        }
        assert_eq!(refused(&last, 429), "temporarily_unavailable");
        assert!(last.header("retry-after").parse::<u64>().unwrap() > 0);
        Client::new(world.program).post("//oauth/register", &body).await.expect(201);
    })
    .await;
}
