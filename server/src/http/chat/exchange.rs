//! `POST /chat/exchange`: the chat for clients whose network blocks sockets.

use super::closed;
use crate::http::input::Input;
use crate::http::openapi::{Operation, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use bots::web_chat::{FromClient, Hello};
use crm_core::FieldError;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

/// The most frames of one request, and the longest wait in seconds.
const MOST_FRAMES: usize = 50;
const LONGEST_WAIT: u64 = 25;

/// A client's frames, and how long it waits for an answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Exchange {
    hello: Hello,
    #[serde(default)]
    frames: Vec<FromClient>,
    #[serde(default)]
    wait: u64,
}

pub(in crate::http) fn doc() -> Operation {
    let frames = |text: &str| json!({"type": "array", "maxItems": MOST_FRAMES, "items": {"type": "object"}, "description": text});
    Operation::new("chat_exchange", "Chat", "A visitor's connection, without a socket")
        .about("The same frames as over the socket. `hello.after` says what the client has; with `wait` the answer comes when something happens.")
        .body(json!({
            "type": "object", "required": ["hello"], "additionalProperties": false,
            "properties": {
                "hello": {"type": "object", "required": ["widget"], "properties": {
                    "widget": {"type": "string"}, "token": {"type": ["string", "null"]}, "identity": {"type": ["string", "null"]},
                    "page": {"type": ["string", "null"]}, "language": {"type": ["string", "null"]},
                    "after": {"type": "integer", "format": "int64"},
                }},
                "frames": frames("What the client says."),
                "wait": {"type": "integer", "minimum": 0, "maximum": LONGEST_WAIT, "default": 0},
            },
        }))
        .answer(200, "What the server says.", object([("frames", json!({"type": "array", "items": {"type": "object"}}))]))
        .problem(401)
        .problem(404)
}

/// Takes the frames, and waits for what happens.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    Input(exchange): Input<Exchange>,
) -> Result<Json<Value>, Problem> {
    if exchange.wait > LONGEST_WAIT {
        let message = format!("At most {LONGEST_WAIT} seconds can be waited for.");
        return Err(FieldError::new("wait", "out_of_range", message).value(&json!(exchange.wait)).into());
    }
    if exchange.frames.len() > MOST_FRAMES {
        let message = format!("At most {MOST_FRAMES} frames go into one request.");
        return Err(FieldError::new("frames", "too_long", message).into());
    }
    let (mut session, ready) = state.chat.open(exchange.hello).await?;
    let mut frames = vec![ready];
    for frame in exchange.frames {
        frames.extend(session.take(frame).await);
    }
    let (wait, mut closing) = (Duration::from_secs(exchange.wait), state.closing.subscribe());
    let until = tokio::time::sleep(wait);
    tokio::pin!(until);
    let mut news = Vec::new();
    while news.is_empty() && !wait.is_zero() {
        tokio::select! {
            signal = session.signal() => news = session.shown(signal).await,
            () = &mut until => break,
            () = closed(&mut closing) => break,
        }
    }
    frames.extend(news);
    Ok(Json(json!({"frames": frames})))
}
