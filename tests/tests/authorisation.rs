//! Who may call what.

use crate::support::{Client, World, on_both, send};
use reqwest::Method;
use serde_json::{Value as Json, json};

/// Every operation that the description lists: method, path, whether anybody may call it.
async fn operations(world: &World) -> Vec<(Method, String, bool)> {
    let document = world.admin.get("/openapi.json").await.expect(200);
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let public = operation["security"] == json!([]);
            operations.push((method.to_uppercase().parse().unwrap(), path.clone(), public));
        }
    }
    assert!(operations.len() > 200, "{}", operations.len());
    operations
}

/// The path with something in its places, below the server's root.
fn filled(path: &str) -> String {
    let id = "018df4a0-3c00-7000-8000-000000000000";
    format!(
        "/{}",
        path.replace("{id}", id).replace("{sequence}", "1").replace("{object}", "deal").replace("{field}", "x")
    )
}

async fn try_each(world: &World, client: &Client, expected: u16, code: &str) {
    for (method, path, public) in operations(world).await {
        if public {
            continue;
        }
        let answer = send(client.request(method.clone(), &filled(&path)).json(&json!({}))).await;
        assert_eq!(answer.status, expected, "{method} {path}");
        answer.problem(expected, code);
    }
}

#[tokio::test]
async fn every_operation_but_the_public_ones_needs_somebody_who_is_signed_in() {
    on_both(async |world| {
        let nobody = Client::new(world.program).csrf();
        try_each(&world, &nobody, 401, "unauthenticated").await;
    })
    .await;
}

#[tokio::test]
async fn forged_keys_and_cookies_are_nobody() {
    on_both(async |world| {
        let mut forged = vec![Client::new(world.program).key("pk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")];
        for cookie in
            ["ps_x", "' or 1=1 --", "%00", "ps_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &"a".repeat(4_000)]
        {
            let mut client = Client::new(world.program).csrf();
            client.cookie = Some(cookie.to_owned());
            forged.push(client);
        }
        for client in forged {
            client.get("/me").await.problem(401, "unauthenticated");
            client.post("/records/account", &json!({"name": "x"})).await.problem(401, "unauthenticated");
        }
        let basic = Client::new(world.program).request(Method::GET, "/me").basic_auth("ada", Some("x"));
        send(basic).await.problem(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn a_browser_must_show_that_a_request_comes_from_our_own_pages() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["admin"]).await;
        let path = "/records/account";
        let body = json!({"name": "Forged"});
        let mut bare = Client::new(world.program);
        bare.cookie = browser.cookie.clone();
        bare.get("/me").await.expect(200);
        bare.post(path, &body).await.problem(403, "forbidden");
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let request = browser.request(Method::POST, path).json(&body).header(name, value);
            send(request).await.problem(403, "forbidden");
        }
        let own = browser
            .request(Method::POST, path)
            .json(&body)
            .header("origin", &world.program.url)
            .header("sec-fetch-site", "same-origin");
        send(own).await.expect(201);
    })
    .await;
}

#[tokio::test]
async fn nobody_signs_in_through_another_site() {
    on_both(async |world| {
        let nobody = Client::new(world.program);
        let request = nobody.request(Method::POST, "/session").json(&json!({"email": "a", "password": "b"}));
        send(request.header("origin", "https://evil.example")).await.problem(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_key_does_no_more_than_its_scopes() {
    on_both(async |world| {
        let account = world.create("account", json!({"name": "Acme"})).await;
        let path = format!("/records/account/{}", account["id"].as_str().unwrap());
        let user = world.user("Rita Reader", &["admin"]).await;
        let reader = world.key_of(user, &["read"]).await;
        reader.get(&path).await.expect(200);
        reader.patch(&path, &json!({"name": "X"})).await.problem(403, "forbidden");
        reader.delete(&path).await.problem(403, "forbidden");
        reader.post("/records/account", &json!({"name": "X"})).await.problem(403, "forbidden");
        reader
            .post("/schema/objects/account/fields", &json!({"name": "x", "label": "X", "type": "text"}))
            .await
            .problem(403, "forbidden");
        reader
            .put(&format!("/users/{user}/password"), &json!({"new": "a long enough password 9"}))
            .await
            .problem(403, "forbidden");
        let tickets = world.key_of(user, &["read:ticket"]).await;
        tickets.get(&path).await.problem(404, "not_found");
        tickets.get("/records/ticket").await.expect(200);
        let names: Vec<Json> = tickets.get("/schema").await.expect(200)["objects"]
            .as_array()
            .unwrap()
            .iter()
            .map(|object| object["name"].clone())
            .collect();
        assert_eq!(names, [json!("ticket")]);
    })
    .await;
}

#[tokio::test]
async fn a_key_cannot_make_itself_more_powerful() {
    on_both(async |world| {
        let body = json!({"name": "more", "scopes": ["read", "write"]});
        world.admin.post("/api-keys", &body).await.problem(403, "forbidden");
        let path = "/me/password";
        world
            .admin
            .put(path, &json!({"current": "x", "new": "a long enough password 9"}))
            .await
            .problem(403, "forbidden");
        world.admin.delete("/session").await.problem(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_revoked_key_is_nobody_at_once() {
    on_both(async |world| {
        let browser = world.browser("Kim Keys", &["admin"]).await;
        let key = browser.post("/api-keys", &json!({"name": "script", "scopes": ["read"]})).await.expect(201);
        let program = Client::new(world.program).key(key["key"].as_str().unwrap());
        program.get("/me").await.expect(200);
        browser.delete(&format!("/api-keys/{}", key["id"].as_str().unwrap())).await.expect(204);
        program.get("/me").await.problem(401, "unauthenticated");
    })
    .await;
}
