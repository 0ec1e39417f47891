//! Programs without a person at them, which an administrator makes for one.

use super::program::{Program, log, mcp, refused, tokens, works};
use crate::support::{Client, World, on_both, send};
use reqwest::Method;
use serde_json::{Value as Json, json};

struct Server {
    http: Client,
    id: String,
    secret: String,
}

/// A program for a new person with these roles.
async fn made(world: &World, roles: &[&str], scopes: &[&str]) -> (Server, Client) {
    let admin = world.browser("Adi Admin", &["admin"]).await;
    let user = world.user("Ned Nightly", roles).await;
    let made =
        admin.post("/oauth/clients", &json!({"name": "Nightly", "user_id": user, "scopes": scopes})).await.expect(201);
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    (Server { http: Client::new(world.program), id: text("client_id"), secret: text("client_secret") }, admin)
}

impl Server {
    fn form<'a>(&'a self, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        [&[("grant_type", "client_credentials"), ("client_id", &self.id), ("client_secret", &self.secret)], more]
            .concat()
    }

    async fn post(&self, form: &[(&str, &str)]) -> crate::support::Answer {
        send(self.http.request(Method::POST, "//oauth/token").form(form)).await
    }
}

#[tokio::test]
async fn a_server_gets_a_token_for_its_secret_and_acts_for_its_person() {
    on_both(async |world| {
        let (server, admin) = made(&world, &["seller"], &["crm:read", "crm:write"]).await;
        let answer = server.post(&server.form(&[])).await;
        assert_eq!(answer.json.get("refresh_token"), None, "it has its secret");
        let got = tokens(answer);
        assert_eq!(got.scope, "crm:read crm:write");
        let create =
            json!({"name": "crm_create", "arguments": {"object": "account", "values": {"name": "Nightly Ltd"}}});
        mcp(&Client::new(world.program).key(&got.access), "tools/call", create).await.expect(200);
        let made = admin.get("/records/account?q=Nightly").await.expect(200)["records"][0].clone();
        assert_eq!(made["_names"]["created_by"], "Ned Nightly");
        assert_eq!(log(&world).await, ["client_connected", "client_made"]);
    })
    .await;
}

#[tokio::test]
async fn a_server_may_say_who_it_is_in_the_header() {
    on_both(async |world| {
        let (server, _) = made(&world, &["seller"], &["crm:read"]).await;
        let by_header = |secret: &str| {
            let request = server.http.request(Method::POST, "//oauth/token").basic_auth(&server.id, Some(secret));
            send(request.form(&[("grant_type", "client_credentials"), ("scope", "crm:read")]))
        };
        assert_eq!(works(&world, &tokens(by_header(&server.secret).await).access).await, 200);
        let wrong = by_header("px_wrong").await;
        assert_eq!(refused(&wrong, 401), "invalid_client");
        assert!(wrong.header("www-authenticate").starts_with("Basic"));
        let both = server.http.request(Method::POST, "//oauth/token").basic_auth(&server.id, Some(&server.secret));
        assert_eq!(refused(&send(both.form(&server.form(&[]))).await, 400), "invalid_request");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_secret_an_unknown_server_and_a_program_without_a_secret_are_answered_alike() {
    on_both(async |world| {
        let (server, _) = made(&world, &["seller"], &["crm:read"]).await;
        let public = Program::elsewhere(&world).await;
        let mut answers = Vec::new();
        for (id, secret) in [
            (server.id.as_str(), "px_wrong"),
            ("program_unknown", "px_wrong"),
            (&public.id, "px_wrong"),
            (&server.id, ""),
        ] {
            let form = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
            let answer = server.post(&form).await;
            assert_eq!(refused(&answer, 401), "invalid_client");
            answers.push(answer.json);
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    })
    .await;
}

#[tokio::test]
async fn who_guesses_secrets_has_to_wait() {
    on_both(async |world| {
        let (server, _) = made(&world, &["seller"], &["crm:read"]).await;
        let form = [("grant_type", "client_credentials"), ("client_id", &server.id), ("client_secret", "px_wrong")];
        let mut statuses = Vec::new();
        while !statuses.contains(&429) && statuses.len() < 50 {
            let answer = server.post(&form).await;
            assert!(answer.status == 401 || answer.headers.contains_key("retry-after"));
            statuses.push(answer.status);
        }
        assert!(statuses.contains(&429), "{statuses:?}");
        let elsewhere =
            Server { http: Client::new(world.program), id: server.id.clone(), secret: server.secret.clone() };
        tokens(elsewhere.post(&elsewhere.form(&[])).await);
    })
    .await;
}

#[tokio::test]
async fn a_server_gets_no_more_than_it_was_made_for() {
    on_both(async |world| {
        let (server, _) = made(&world, &["seller"], &["crm:read"]).await;
        for scope in ["crm:write", "crm:read crm:write", "crm:fly"] {
            assert_eq!(refused(&server.post(&server.form(&[("scope", scope)])).await, 400), "invalid_scope", "{scope}");
        }
        let other = server.form(&[("resource", "https://other.example/mcp")]);
        assert_eq!(refused(&server.post(&other).await, 400), "invalid_target");
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let asked = browser
            .get(&Program::known(&world, &server.id, "https://aide.example/back").question("crm:read", &[]))
            .await;
        assert_eq!(asked.status, 400, "it cannot ask people");
    })
    .await;
}

#[tokio::test]
async fn only_administrators_make_servers_and_only_for_people_who_are_there() {
    on_both(async |world| {
        let user = world.user("Una User", &["viewer"]).await;
        let new = |name: &str, user: Json, scopes: Json| json!({"name": name, "user_id": user, "scopes": scopes});
        let seller = world.browser("Sam Seller", &["seller"]).await;
        seller.post("/oauth/clients", &new("Mine", json!(user), json!(["crm:read"]))).await.problem(403, "forbidden");
        let admin = world.browser("Adi Admin", &["admin"]).await;
        let stranger = world.other().await.user("Sue Stranger", &["viewer"]).await;
        for (wrong, field) in [
            (new("", json!(user), json!(["crm:read"])), "name"),
            (new("Server", json!(user), json!([])), "scopes"),
            (new("Server", json!(user), json!(["crm:fly"])), "scope"),
            (new("Server", json!(stranger), json!(["crm:read"])), "user_id"),
        ] {
            assert_eq!(admin.post("/oauth/clients", &wrong).await.invalid()[0].0, field);
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_cut_off_gets_nothing_until_it_is_let_in_again() {
    on_both(async |world| {
        let (server, admin) = made(&world, &["seller"], &["crm:read"]).await;
        let got = tokens(server.post(&server.form(&[])).await);
        let client = admin.get("/oauth/clients").await.expect(200)["clients"][0].clone();
        assert_eq!((&client["kind"], &client["user_name"]), (&json!("program"), &json!("Ned Nightly")));
        let id = client["id"].as_str().unwrap();
        admin.post(&format!("/oauth/clients/{id}/block"), &json!({})).await.expect(204);
        assert_eq!(works(&world, &got.access).await, 401);
        assert_eq!(refused(&server.post(&server.form(&[])).await, 401), "invalid_client");
        admin.post(&format!("/oauth/clients/{id}/unblock"), &json!({})).await.expect(204);
        assert_eq!(works(&world, &tokens(server.post(&server.form(&[])).await).access).await, 200);
    })
    .await;
}
