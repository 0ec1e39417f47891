//! Somebody who sends requests.

use super::Program;
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::Value as Json;
use std::time::Duration;
use uuid::Uuid;

/// A client of the REST interface: a program with a key, a browser with a cookie, or nobody yet.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    key: Option<String>,
    pub(crate) cookie: Option<String>,
    csrf: bool,
    /// Each client comes from an address of its own, so that one's failures do not lock others out.
    address: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) json: Json,
}

impl Client {
    pub(crate) fn new(program: &Program) -> Self {
        Self::at(&program.url)
    }

    /// A client of whatever serves at this address.
    pub(crate) fn at(url: &str) -> Self {
        // One provider of TLS for the whole process; a second installation is refused and harmless.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let bytes = Uuid::new_v4();
        let [a, b, c, ..] = bytes.as_bytes();
        // A connection that was idle for long may be closed by the server just as the next request is sent.
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let http = http.pool_idle_timeout(Duration::from_secs(5)).build().unwrap();
        let base = url.to_owned();
        Self { http, base, key: None, cookie: None, csrf: false, address: format!("10.{a}.{b}.{c}") }
    }

    pub(crate) fn key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    /// Sends the header that Parley's own pages send.
    pub(crate) fn csrf(mut self) -> Self {
        self.csrf = true;
        self
    }

    /// A request below `/api/v1`, or to an address outside of it that starts with `//`.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = match path.strip_prefix('/').filter(|path| path.starts_with('/')) {
            Some(outside) => format!("{}{outside}", self.base),
            None => format!("{}/api/v1{path}", self.base),
        };
        let mut request = self.http.request(method, url).header("x-forwarded-for", &self.address);
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", format!("parley_session={cookie}"));
        }
        if self.csrf {
            request = request.header("x-parley-csrf", "1");
        }
        request
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Json) -> Answer {
        send(self.request(Method::POST, path).json(body)).await
    }

    /// A post to a program that may die meanwhile: none if it did not answer.
    pub(crate) async fn try_post(&self, path: &str, body: &Json) -> Option<Answer> {
        let response = self.request(Method::POST, path).json(body).send().await.ok()?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.ok()?.to_vec();
        let json = serde_json::from_slice(&bytes).unwrap_or_default();
        Some(Answer { status, headers, bytes, json })
    }

    pub(crate) async fn put(&self, path: &str, body: &Json) -> Answer {
        send(self.request(Method::PUT, path).json(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Json) -> Answer {
        send(self.request(Method::PATCH, path).json(body)).await
    }

    /// Any JSON text, whether it is JSON or not.
    pub(crate) async fn raw(&self, method: Method, path: &str, body: impl Into<reqwest::Body>) -> Answer {
        send(self.request(method, path).header("content-type", "application/json").body(body)).await
    }
}

/// Sends a request and reads the whole answer.
pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.unwrap().to_vec();
    let json = serde_json::from_slice(&bytes).unwrap_or_default();
    Answer { status, headers, bytes, json }
}

impl Answer {
    /// The body of an answer with this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Json {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self.json
    }

    /// A problem document with this status and code.
    #[track_caller]
    pub(crate) fn problem(self, status: u16, code: &str) -> Json {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        assert_eq!(self.status, status, "{text}");
        assert_eq!(self.header("content-type"), "application/problem+json", "{text}");
        assert_eq!(self.json["code"], code, "{text}");
        assert_eq!(self.json["status"], status, "{text}");
        assert_eq!(self.json["request_id"], self.header("x-request-id"), "{text}");
        self.json
    }

    /// An `invalid` problem, as pairs of field and code.
    #[track_caller]
    pub(crate) fn invalid(self) -> Vec<(String, String)> {
        let json = self.problem(422, "invalid");
        let errors = json["errors"].as_array().unwrap().iter();
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        errors.map(|error| (text(&error["field"]), text(&error["code"]))).collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The session in the cookie that was set.
    pub(crate) fn cookie(&self) -> Option<String> {
        let value = self.header("set-cookie").split(';').next()?.strip_prefix("parley_session=")?;
        Some(value.to_owned()).filter(|value| !value.is_empty())
    }
}
