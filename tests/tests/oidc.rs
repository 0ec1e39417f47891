//! People sign in by their company's own OpenID provider: a real one, one that lies, and none at all.

mod peer;

use crate::support::{Answer, Client, Engine, PASSWORD, Program, World, send};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use peer::Peers;
use reqwest::{Method, Url};
use serde_json::{Value as Json, json};
use uuid::Uuid;

const BACK: &str = "//oauth/sign-in/back";

/// A company whose people sign in by a provider.
struct Company {
    world: World,
    issuer: String,
}

async fn company(engine: Engine, issuer: &str, new_users: &str) -> Company {
    let slug = format!("t{}", Uuid::new_v4().simple());
    let settings = [
        ("PARLEY_OIDC_ISSUER", issuer),
        ("PARLEY_OIDC_CLIENT_ID", "parley"),
        ("PARLEY_OIDC_CLIENT_SECRET", "secret of the tests: & ="),
        ("PARLEY_OIDC_TENANT", &slug),
        ("PARLEY_OIDC_NAME", "Sign in with Acme"),
        ("PARLEY_OIDC_NEW_USERS", new_users),
    ];
    // It serves until the tests end.
    let program: &'static Program = Box::leak(Box::new(Program::start(engine, &settings)));
    Company { world: World::called(program, &slug).await, issuer: issuer.to_owned() }
}

const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// A sign-in under way in a browser of its own.
struct Begun {
    browser: Client,
    cookie: String,
    address: Url,
}

impl Begun {
    async fn at(company: &Company, to: &str) -> Self {
        let browser = Client::new(company.world.program);
        let sent = browser.get(&format!("//oauth/sign-in?to={to}")).await;
        assert_eq!(sent.status, 303, "{}", String::from_utf8_lossy(&sent.bytes));
        let cookie = sent.header("set-cookie").to_owned();
        for part in ["; Path=/oauth/sign-in;", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let address = Url::parse(sent.header("location")).unwrap();
        Self { browser, cookie: cookie.split(';').next().unwrap().to_owned(), address }
    }

    fn asked(&self, name: &str) -> String {
        self.address.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
    }

    /// The browser comes back with this.
    async fn comes_back(&self, brought: &[(&str, &str)]) -> Answer {
        let mut url = Url::parse("http://x/").unwrap();
        url.query_pairs_mut().extend_pairs(brought);
        let request = self.browser.request(Method::GET, &format!("{BACK}?{}", url.query().unwrap()));
        send(request.header("cookie", &self.cookie)).await
    }

    /// The provider that lies says this, and signs it with that key.
    async fn told(&self, claims: Json, key: &str) -> Answer {
        let mut said = json!({"nonce": self.asked("nonce")});
        said.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
        let code = URL_SAFE_NO_PAD.encode(json!({"claims": said, "key": key}).to_string());
        self.comes_back(&[("state", &self.asked("state")), ("code", &code)]).await
    }
}

/// The sessions' cookies that an answer sets.
fn sessions(answer: &Answer) -> Vec<String> {
    let set = answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned());
    set.filter(|cookie| cookie.starts_with("parley_session=")).collect()
}

/// Who is signed in by an answer; it must have led there.
async fn signed_in(company: &Company, answer: &Answer, to: &str) -> Json {
    assert_eq!((answer.status, answer.header("location")), (303, to), "{}", String::from_utf8_lossy(&answer.bytes));
    let cookies = sessions(answer);
    assert_eq!(cookies.len(), 1, "{cookies:?}");
    assert!(cookies[0].contains("; HttpOnly"), "{cookies:?}");
    let mut browser = Client::new(company.world.program);
    browser.cookie = cookies[0].split(['=', ';']).nth(1).map(str::to_owned);
    browser.get("/me").await.expect(200)
}

#[track_caller]
fn refused(answer: &Answer, status: u16, why: &str) {
    let text = String::from_utf8_lossy(&answer.bytes);
    assert_eq!((answer.status, answer.header("location"), sessions(answer).len()), (status, "", 0), "{text}");
    assert!(text.contains(why), "{text}");
}

fn account(email: &str, verified: bool) -> String {
    URL_SAFE_NO_PAD.encode(json!({"email": email, "email_verified": verified, "name": "Bea Browser"}).to_string())
}

/// Through a real provider, as this account.
async fn by_the_real_one(company: &Company, account: &str, to: &str) -> Answer {
    let begun = Begun::at(company, to).await;
    let back = peer::sign_in(&begun.address, account).await;
    let brought: Vec<(String, String)> = back.query_pairs().into_owned().collect();
    let brought: Vec<(&str, &str)> = brought.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    begun.comes_back(&brought).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_by_their_provider_and_goes_where_they_wanted() {
    let peers = Peers::start();
    for engine in BOTH {
        let company = company(engine, &peers.real, "").await;
        assert_eq!(Client::new(company.world.program).get("/setup").await.expect(200)["provider"], "Sign in with Acme");
        company.world.user("Bea Browser", &["seller"]).await;
        let email = company.world.email("Bea Browser");
        let answer = by_the_real_one(&company, &account(&email.to_uppercase(), true), "/records/deal").await;
        let me = signed_in(&company, &answer, "/records/deal").await;
        assert_eq!((&me["name"], &me["email"]), (&json!("Bea Browser"), &json!(email)));
        let elsewhere = by_the_real_one(&company, &account(&email, true), "//evil.example").await;
        signed_in(&company, &elsewhere, "/").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_known_is_refused_or_let_in_as_the_setting_says_and_never_by_an_address_that_is_not_proven() {
    let peers = Peers::start();
    for engine in BOTH {
        let closed = company(engine, &peers.real, "").await;
        refused(&by_the_real_one(&closed, &account("new@acme.example", true), "/").await, 403, "Nobody with your");
        let open = company(engine, &peers.real, "viewer").await;
        let unproven = by_the_real_one(&open, &account("new@acme.example", false), "/").await;
        refused(&unproven, 403, "has not confirmed your e-mail address");
        let me = signed_in(&open, &by_the_real_one(&open, &account("new@acme.example", true), "/").await, "/").await;
        assert_eq!((&me["name"], &me["email"]), (&json!("Bea Browser"), &json!("new@acme.example")));
        let again = signed_in(&open, &by_the_real_one(&open, &account("new@acme.example", true), "/").await, "/").await;
        assert_eq!(again["id"], me["id"], "they are the same person the next time");
        let unproven = by_the_real_one(&open, &account(&open.world.email("ada"), false), "/").await;
        refused(&unproven, 403, "has not confirmed");
        let path = format!("/records/user/{}", me["id"].as_str().unwrap());
        open.world.admin.patch(&path, &json!({"is_active": false})).await.expect(200);
        refused(&by_the_real_one(&open, &account("new@acme.example", true), "/").await, 403, "Nobody with your");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_is_not_the_providers_for_us_now_and_in_this_browser_signs_nobody_in() {
    let peers = Peers::start();
    for engine in BOTH {
        let company = company(engine, &peers.crooked, "admin").await;
        company.world.user("Bea Browser", &["seller"]).await;
        let email = json!(company.world.email("Bea Browser"));
        let told = async |claims: Json, key: &str| {
            let mut all = json!({"email": email});
            all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
            Begun::at(&company, "/").await.told(all, key).await
        };
        signed_in(&company, &told(json!({}), "known").await, "/").await;
        let other = Begun::at(&company, "/").await.asked("nonce");
        let now = company.world.crm.now().as_second();
        for wrong in [
            json!({"nonce": other}),
            json!({"nonce": null}),
            json!({"iss": "https://evil.example"}),
            json!({"iss": format!("{}/", company.issuer)}),
            json!({"aud": "another program"}),
            json!({"aud": ["parley", "another program"]}),
            json!({"aud": ["another program"], "azp": "parley"}),
            json!({"azp": "another program"}),
            json!({"exp": now - 3_600}),
            json!({"iat": now - 7_200}),
            json!({"iat": now + 7_200}),
            json!({"sub": ""}),
        ] {
            refused(&told(wrong, "known").await, 403, "could not be believed");
        }
        for key in ["stranger", "none", "shared"] {
            refused(&told(json!({}), key).await, 403, "could not be believed");
        }
        for unproven in [json!({"email_verified": false}), json!({"email_verified": null}), json!({"email": ""})] {
            refused(&told(unproven, "known").await, 403, "has not confirmed");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_browser_that_began_a_sign_in_ends_it_and_only_once() {
    let peers = Peers::start();
    for engine in BOTH {
        let company = company(engine, &peers.crooked, "").await;
        company.world.user("Bea Browser", &["seller"]).await;
        let email = json!({"email": company.world.email("Bea Browser")});
        let (mine, theirs) = (Begun::at(&company, "/").await, Begun::at(&company, "/").await);
        let claims = json!({"claims": {"email": email["email"], "nonce": mine.asked("nonce")}});
        let code = URL_SAFE_NO_PAD.encode(claims.to_string());
        let state = mine.asked("state");
        let whole = [("state", state.as_str()), ("code", code.as_str())];
        refused(&theirs.comes_back(&whole).await, 400, "broken off");
        let bare = Begun { cookie: "parley_signing_in=e30".into(), ..Begun::at(&company, "/").await };
        refused(&bare.comes_back(&whole).await, 400, "broken off");
        refused(&mine.comes_back(&[("state", ""), ("code", &code)]).await, 400, "broken off");
        refused(&mine.comes_back(&[("code", &code)]).await, 400, "broken off");
        refused(&mine.comes_back(&[("state", &state)]).await, 400, "broken off");
        refused(&mine.comes_back(&[whole[0], ("error", "access_denied")]).await, 400, "broken off");
        refused(&mine.comes_back(&[whole[0], whole[1], ("iss", "https://evil.example")]).await, 400, "broken off");
        let done = mine.comes_back(&whole).await;
        signed_in(&company, &done, "/").await;
        let left = done.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
        assert!(
            left.into_iter().any(|cookie| cookie.starts_with("parley_signing_in=; ") && cookie.contains("Max-Age=0"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_providers_next_key_is_looked_up() {
    let peers = Peers::start();
    for engine in BOTH {
        let company = company(engine, &peers.crooked, "").await;
        company.world.user("Bea Browser", &["seller"]).await;
        let email = json!({"email": company.world.email("Bea Browser")});
        signed_in(&company, &Begun::at(&company, "/").await.told(email.clone(), "known").await, "/").await;
        // It is not asked for its keys all the time.
        for _ in 0..300 {
            let answer = Begun::at(&company, "/").await.told(email.clone(), "next").await;
            if answer.status == 303 {
                signed_in(&company, &answer, "/").await;
                break;
            }
            refused(&answer, 403, "could not be believed");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        signed_in(&company, &Begun::at(&company, "/").await.told(email.clone(), "next").await, "/").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_provider_is_away_it_is_told_and_passwords_work() {
    for engine in BOTH {
        // Nobody listens there.
        let company = company(engine, "http://127.0.0.1:9", "").await;
        let sent = Client::new(company.world.program).get("//oauth/sign-in?to=/").await;
        refused(&sent, 502, "does not answer");
        let user = company.world.user("Bea Browser", &["seller"]).await;
        company.world.crm.set_password(&company.world.admin_actor, user, PASSWORD).await.unwrap();
        let input = json!({"email": company.world.email("Bea Browser"), "password": PASSWORD});
        Client::new(company.world.program).csrf().post("/session", &input).await.expect(200);
    }
}

#[tokio::test]
async fn where_no_provider_is_named_there_is_none() {
    crate::support::on_both(async |world| {
        let nobody = Client::new(world.program);
        assert_eq!(nobody.get("/setup").await.expect(200)["provider"], Json::Null);
        for path in ["//oauth/sign-in", "//oauth/sign-in/back?code=a&state=b"] {
            assert_eq!(nobody.get(path).await.status, 404);
        }
    })
    .await;
}
