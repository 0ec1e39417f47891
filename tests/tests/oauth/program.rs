//! A program that wants to be let in, and the browser of the person whom it asks.

use crate::support::{Answer, Client, World, send};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crm_core::identity::oauth::Redemption;
use reqwest::{Method, Url};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

pub(crate) const STATE: &str = "state of the program";
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const EVERYWHERE: &str = "https://aide.example/back";
pub(crate) const HERE: &str = "http://127.0.0.1:7000/back";

/// A program that has introduced itself.
#[derive(Clone)]
pub(crate) struct Program {
    pub(crate) http: Client,
    pub(crate) id: String,
    pub(crate) redirect: String,
    pub(crate) resource: String,
    pub(crate) issuer: String,
}

/// What a program got.
#[derive(Debug, Clone)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) refresh: String,
    pub(crate) scope: String,
}

impl Program {
    /// What it shows with a code, past the HTTP interface.
    pub(crate) fn redemption<'a>(&'a self, code: &'a str) -> Redemption<'a> {
        Redemption { client_id: &self.id, code, redirect_uri: &self.redirect, verifier: VERIFIER, resource: None }
    }

    /// One that is answered at this address.
    pub(crate) async fn at(world: &World, redirect: &str) -> Self {
        let http = Client::new(world.program);
        let body = json!({"client_name": "Aide", "redirect_uris": [redirect]});
        let made = http.post("//oauth/register", &body).await.expect(201);
        Self::known(world, made["client_id"].as_str().unwrap(), redirect)
    }

    pub(crate) async fn elsewhere(world: &World) -> Self {
        Self::at(world, EVERYWHERE).await
    }

    pub(crate) fn known(world: &World, id: &str, redirect: &str) -> Self {
        let url = &world.program.url;
        Self {
            http: Client::new(world.program),
            id: id.to_owned(),
            redirect: redirect.to_owned(),
            resource: format!("{url}/mcp"),
            issuer: url.clone(),
        }
    }

    /// Its question, in which the last part of a name counts; an empty one is left out.
    pub(crate) fn question(&self, scope: &str, changed: &[(&str, &str)]) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let mut parts = vec![
            ("response_type", "code"),
            ("client_id", &self.id),
            ("redirect_uri", &self.redirect),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("resource", &self.resource),
            ("scope", scope),
            ("state", STATE),
        ];
        parts.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
        parts.extend(changed.iter().filter(|(_, value)| !value.is_empty()));
        let mut url = Url::parse("http://x/").unwrap();
        url.query_pairs_mut().extend_pairs(parts);
        format!("//oauth/authorize?{}", url.query().unwrap())
    }

    /// The person is asked for scopes, and allows them all.
    pub(crate) async fn allowed(&self, browser: &Client, scope: &str) -> String {
        self.code(&answer(browser, &self.question(scope, &[]), "allow").await)
    }

    /// The code in an answer that sends the browser back.
    #[track_caller]
    pub(crate) fn code(&self, answer: &Answer) -> String {
        let told = self.told(answer);
        told.iter().find(|(name, _)| name == "code").unwrap_or_else(|| panic!("{told:?}")).1.clone()
    }

    /// The error in an answer that sends the browser back.
    #[track_caller]
    pub(crate) fn error(&self, answer: &Answer) -> String {
        let told = self.told(answer);
        told.iter().find(|(name, _)| name == "error").unwrap_or_else(|| panic!("{told:?}")).1.clone()
    }

    /// What the program is told: with its state, and who tells it.
    #[track_caller]
    fn told(&self, answer: &Answer) -> Vec<(String, String)> {
        assert_eq!(answer.status, 303, "{}", String::from_utf8_lossy(&answer.bytes));
        let location = Url::parse(answer.header("location")).unwrap();
        let mut bare = location.clone();
        bare.set_query(None);
        assert_eq!(bare.as_str(), self.redirect.split('?').next().unwrap());
        let told: Vec<(String, String)> = location.query_pairs().into_owned().collect();
        assert!(told.contains(&("state".into(), STATE.into())), "{told:?}");
        assert!(told.contains(&("iss".into(), self.issuer.clone())), "{told:?}");
        assert_eq!(answer.header("cache-control"), "no-store");
        told
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        send(self.http.request(Method::POST, path).form(form)).await
    }

    /// Shows a code, in which changed parts count.
    pub(crate) async fn redeem(&self, code: &str, changed: &[(&str, &str)]) -> Answer {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("client_id", &self.id),
            ("code", code),
            ("redirect_uri", &self.redirect),
            ("code_verifier", VERIFIER),
            ("resource", &self.resource),
        ];
        form.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
        form.extend(changed);
        self.post("//oauth/token", &form).await
    }

    pub(crate) async fn renew(&self, refresh: &str, more: &[(&str, &str)]) -> Answer {
        let form = [("grant_type", "refresh_token"), ("client_id", self.id.as_str()), ("refresh_token", refresh)];
        self.post("//oauth/token", &[&form, more].concat()).await
    }

    /// The whole way, from the question to tokens.
    pub(crate) async fn let_in(&self, browser: &Client, scope: &str) -> Tokens {
        let code = self.allowed(browser, scope).await;
        tokens(self.redeem(&code, &[]).await)
    }
}

/// The tokens in an answer.
#[track_caller]
pub(crate) fn tokens(answer: Answer) -> Tokens {
    let json = answer.expect(200);
    let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
    Tokens { access: text("access_token"), refresh: text("refresh_token"), scope: text("scope") }
}

/// The error code of a refusal to a program.
#[track_caller]
pub(crate) fn refused(answer: &Answer, status: u16) -> String {
    assert_eq!(answer.status, status, "{}", String::from_utf8_lossy(&answer.bytes));
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json["error"].as_str().unwrap().to_owned()
}

/// The page that asks a person.
pub(crate) async fn page(browser: &Client, question: &str) -> String {
    let answer = browser.get(question).await;
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.bytes));
    String::from_utf8(answer.bytes).unwrap()
}

/// The fields that a page's form sends if nothing is changed.
pub(crate) fn fields(page: &str) -> Vec<(String, String)> {
    let inputs = page.split("<input ").skip(1).map(|input| input.split('>').next().unwrap());
    let part = |input: &str, name: &str| {
        let quoted = input.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap();
        quoted.replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">")
    };
    inputs.map(|input| (part(input, "name"), part(input, "value"))).collect()
}

/// A person answers a question by the page's form.
pub(crate) async fn answer(browser: &Client, question: &str, word: &str) -> Answer {
    let mut form = fields(&page(browser, question).await);
    form.push(("answer".into(), word.into()));
    submit(browser, &form).await
}

pub(crate) async fn submit(browser: &Client, form: &[(String, String)]) -> Answer {
    send(browser.request(Method::POST, "//oauth/authorize").form(form)).await
}

/// A request of the protocol.
pub(crate) async fn mcp(client: &Client, method: &str, params: Json) -> Answer {
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    let request = client.request(Method::POST, "//mcp").header("accept", "application/json, text/event-stream");
    send(request.header("mcp-protocol-version", "2025-11-25").json(&body)).await
}

/// The status of a request that every client with a good token may send.
pub(crate) async fn works(world: &World, access: &str) -> u16 {
    mcp(&Client::new(world.program).key(access), "tools/list", json!({})).await.status
}

/// The kinds of events about clients, as an administrator sees them, newest first.
pub(crate) async fn log(world: &World) -> Vec<String> {
    let events = world.admin.get("/events?limit=200&newest_first=true").await.expect(200)["events"].clone();
    let kinds = events.as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap().to_owned());
    kinds.filter(|kind| kind.starts_with("client_")).collect()
}
