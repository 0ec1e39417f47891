//! A service that speaks the protocol of language models, and says what it is told to.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value as Json, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// The key that it knows its customer by.
pub(super) const KEY: &str = "sk-test-0c29d5e1f7";

/// What it says to one request.
pub(super) enum Script {
    /// A chat completion with this answer, made of the document that it was told.
    Answer(fn(&Json) -> Json),
    /// The same, and that it took so many tokens.
    Costly(u64, fn(&Json) -> Json),
    /// A chat completion with this choice.
    Choice(Json),
    /// Another status, with this body.
    Status(u16, String),
    /// That it is to be left alone for no time at all.
    Busy,
    /// Half a completion, and the connection ends.
    BrokenOff,
    /// Nothing, ever.
    Silence,
}

/// One request.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    pub(super) authorization: String,
    pub(super) body: Json,
}

impl Heard {
    /// The document that the model reads.
    pub(super) fn document(&self) -> Json {
        serde_json::from_str(self.body["messages"][1]["content"].as_str().unwrap()).unwrap()
    }
}

/// The service.
#[derive(Clone)]
pub(super) struct Service {
    pub(super) address: String,
    scripts: Arc<Mutex<VecDeque<Script>>>,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Service {
    pub(super) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/v1", listener.local_addr().unwrap());
        let service = Self { address, scripts: Arc::default(), heard: Arc::default() };
        let router = Router::new().route("/v1/chat/completions", post(answer)).with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        service
    }

    /// What it will say, one request after the other.
    pub(super) fn will(&self, scripts: impl IntoIterator<Item = Script>) {
        self.scripts.lock().unwrap().extend(scripts);
    }

    /// The requests so far.
    pub(super) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// The settings with which a program asks it.
    pub(super) fn settings(&self) -> Vec<(&str, &str)> {
        vec![("PARLEY_LLM", &self.address), ("PARLEY_LLM_MODEL", "test-model"), ("PARLEY_LLM_KEY", KEY)]
    }
}

async fn answer(State(service): State<Service>, headers: HeaderMap, body: Bytes) -> Response {
    let authorization =
        headers.get("authorization").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    let heard = Heard { authorization, body: serde_json::from_slice(&body).unwrap() };
    let document = heard.document();
    service.heard.lock().unwrap().push(heard);
    let script = service.scripts.lock().unwrap().pop_front();
    match script {
        Some(Script::Answer(answer)) => said(&answer(&document), 1_200),
        Some(Script::Costly(tokens, answer)) => said(&answer(&document), tokens),
        Some(Script::Choice(choice)) => completion(choice, 1_200).into_response(),
        Some(Script::Status(status, body)) => (StatusCode::from_u16(status).unwrap(), body).into_response(),
        Some(Script::Busy) => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "0")]).into_response(),
        Some(Script::BrokenOff) => {
            let half = [Ok("{\"choices\": [{\"mess"), Err(std::io::Error::other("gone"))];
            Body::from_stream(futures_util::stream::iter(half)).into_response()
        }
        Some(Script::Silence) => std::future::pending().await,
        None => panic!("nobody said what to answer to {document}"),
    }
}

fn said(answer: &Json, tokens: u64) -> Response {
    let message = json!({"role": "assistant", "content": answer.to_string(), "refusal": null});
    completion(json!({"index": 0, "message": message, "finish_reason": "stop", "logprobs": null}), tokens)
        .into_response()
}

fn completion(choice: Json, tokens: u64) -> axum::Json<Json> {
    axum::Json(json!({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1_514_721_600, "model": "test-model",
        "choices": [choice], "service_tier": "on_demand",
        "usage": {"prompt_tokens": tokens - 100, "completion_tokens": 100, "total_tokens": tokens},
    }))
}
