//! Coming in and going out.

use crate::support::{Client, Engine, PASSWORD, Program, on_both};
use serde_json::{Value as Json, json};

#[tokio::test]
async fn the_first_visitor_makes_the_company_and_nobody_after_them() {
    let program = Program::start(Engine::Sqlite, &[]);
    let mut browser = Client::new(&program).csrf();
    assert_eq!(browser.get("/setup").await.expect(200)["needed"], true);
    let input = |password: &str| {
        json!({"company": "Müller & Söhne", "name": "Ada", "email": "ada@mueller.example", "password": password,
               "time_zone": "Europe/Berlin", "currency": "EUR", "language": "de"})
    };
    assert_eq!(browser.post("/setup", &input("short")).await.status, 422);
    assert_eq!(browser.get("/setup").await.expect(200)["needed"], true);
    let answer = browser.post("/setup", &input(PASSWORD)).await;
    let cookie = answer.header("set-cookie").to_owned();
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/"),
        "{cookie}"
    );
    browser.cookie = answer.cookie();
    let me = answer.expect(201);
    assert_eq!(
        (&me["admin"], &me["tenant"]["slug"], &me["time_zone"]),
        (&json!(true), &json!("muller-sohne"), &json!("Europe/Berlin"))
    );
    assert_eq!(browser.get("/me").await.expect(200), me);
    assert_eq!(browser.get("/setup").await.expect(200)["needed"], false);
    browser.post("/setup", &input(PASSWORD)).await.problem(409, "conflict");
}

#[tokio::test]
async fn a_person_signs_in_and_out() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let me = browser.get("/me").await.expect(200);
        assert_eq!(
            (&me["name"], &me["admin"], &me["abilities"]),
            (&json!("Bea Browser"), &json!(false), &json!(["manage_keys"]))
        );
        let answer = browser.delete("/session").await;
        assert!(answer.header("set-cookie").contains("Max-Age=0"));
        answer.expect(204);
        browser.get("/me").await.problem(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    on_both(async |world| {
        world.browser("Bea Browser", &["seller"]).await;
        let nobody = Client::new(world.program);
        let try_in = async |email: &str, password: &str| {
            let answer = nobody
                .post("/session", &json!({"email": email, "password": password, "tenant": world.tenant.slug}))
                .await;
            assert_eq!(answer.cookie(), None);
            let mut problem = answer.problem(401, "unauthenticated");
            problem["request_id"] = Json::Null;
            problem
        };
        assert_eq!(try_in(&world.email("Bea Browser"), "wrong").await, try_in("nobody@nowhere.example", "wrong").await);
    })
    .await;
}

#[tokio::test]
async fn whoever_guesses_has_to_wait() {
    on_both(async |world| {
        world.browser("Vic Victim", &["seller"]).await;
        let guesser = Client::new(world.program);
        let guess = json!({"email": world.email("Vic Victim"), "password": "wrong", "tenant": world.tenant.slug});
        let mut last = guesser.post("/session", &guess).await;
        for _ in 0..40 {
            if last.status == 429 {
                break;
            }
            last = guesser.post("/session", &guess).await;
        }
        assert!(last.header("retry-after").parse::<u32>().unwrap() > 0);
        last.problem(429, "rate_limited");
    })
    .await;
}

#[tokio::test]
async fn a_person_ends_a_session_they_left_open() {
    on_both(async |world| {
        let left = world.browser("Bea Browser", &["seller"]).await;
        let mut here = Client::new(world.program).csrf();
        let input = json!({"email": world.email("Bea Browser"), "password": PASSWORD, "tenant": world.tenant.slug});
        here.cookie = here.post("/session", &input).await.cookie();
        let sessions = here.get("/sessions").await.expect(200)["sessions"].clone();
        assert_eq!(sessions.as_array().unwrap().len(), 2);
        let other = sessions.as_array().unwrap().iter().find(|session| session["current"] == false).unwrap();
        here.delete(&format!("/sessions/{}", other["id"].as_str().unwrap())).await.expect(204);
        left.get("/me").await.problem(401, "unauthenticated");
        here.get("/me").await.expect(200);
        let admin = world.admin.get("/me").await.expect(200);
        let path = format!("/sessions?user_id={}", admin["id"].as_str().unwrap());
        here.get(&path).await.problem(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    on_both(async |world| {
        let other = world.browser("Bea Browser", &["seller"]).await;
        let mut here = Client::new(world.program).csrf();
        let sign_in = |password: &str| json!({"email": world.email("Bea Browser"), "password": password, "tenant": world.tenant.slug});
        here.cookie = here.post("/session", &sign_in(PASSWORD)).await.cookie();
        let new = "an even better passphrase 12";
        assert_ne!(here.put("/me/password", &json!({"current": "wrong", "new": new})).await.status, 204);
        assert_eq!(here.put("/me/password", &json!({"current": PASSWORD, "new": "x"})).await.status, 422);
        here.put("/me/password", &json!({"current": PASSWORD, "new": new})).await.expect(204);
        here.get("/me").await.expect(200);
        other.get("/me").await.problem(401, "unauthenticated");
        here.post("/session", &sign_in(PASSWORD)).await.problem(401, "unauthenticated");
        here.post("/session", &sign_in(new)).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_gives_a_password() {
    on_both(async |world| {
        let user = world.user("Nina New", &["seller"]).await;
        let path = format!("/users/{user}/password");
        world.admin.put(&path, &json!({"new": PASSWORD})).await.expect(204);
        let input = json!({"email": world.email("Nina New"), "password": PASSWORD, "tenant": world.tenant.slug});
        Client::new(world.program).post("/session", &input).await.expect(200);
        let rep = world.someone("Rolf Rep", &["seller"]).await;
        rep.put(&path, &json!({"new": PASSWORD})).await.problem(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_key_is_made_shown_once_and_listed_without_its_secret() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let made = browser
            .post("/api-keys", &json!({"name": "script", "scopes": ["read"], "expires_at": "2099-01-01T00:00:00Z"}))
            .await
            .expect(201);
        let secret = made["key"].as_str().unwrap();
        assert!(secret.starts_with("pk_"));
        let list = browser.get("/api-keys").await.expect(200);
        assert_eq!(list["api_keys"][0]["name"], "script");
        assert!(!list.to_string().contains(secret));
        Client::new(world.program).key(secret).get("/me").await.expect(200);
        for wrong in [
            json!({"name": "", "scopes": ["read"]}),
            json!({"name": "x", "scopes": []}),
            json!({"name": "x", "scopes": ["root"]}),
            json!({"name": "x", "scopes": ["read"], "expires_at": "2001-01-01T00:00:00Z"}),
            json!({"name": "x"}),
        ] {
            assert_eq!(browser.post("/api-keys", &wrong).await.status, 422, "{wrong}");
        }
    })
    .await;
}
