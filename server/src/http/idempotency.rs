//! A request sent twice with the same `Idempotency-Key` is carried out once.

use super::answer;
use super::caller::Caller;
use super::input::read_body;
use super::problem::Problem;
use super::state::AppState;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use crm_core::FieldError;
use crm_core::identity::Answered;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

const HEADER: &str = "idempotency-key";
const LONGEST: usize = 200;

/// Answers a repeated request as the first one was answered; only successes are kept.
pub(super) async fn once(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !request.headers().contains_key(HEADER) {
        return next.run(request).await;
    }
    keyed(&state, request, next).await.unwrap_or_else(IntoResponse::into_response)
}

async fn keyed(state: &AppState, request: Request, next: Next) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let caller = parts.extensions.get::<Caller>().cloned().ok_or_else(Problem::unauthenticated)?;
    let key = key(&parts)?;
    let body = read_body(&parts.headers, body, state.settings.json_limit).await?;
    let hash = hash(&parts, &body);
    if let Answered::Before { status, answer } = state.crm.take_key(&caller.actor, &key, &hash).await? {
        return Ok(again(status, answer.as_str().unwrap_or_default()));
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    if !response.status().is_success() {
        state.crm.forget_key(&caller.actor, &key).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.map_err(Problem::internal)?;
    // Kept as a text, byte by byte: PostgreSQL's JSON has no U+0000, which an answer may repeat from its request.
    let text = Json::String(String::from_utf8_lossy(&bytes).into_owned());
    state.crm.keep_answer(&caller.actor, &key, parts.status.as_u16(), &text).await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn key(parts: &Parts) -> Result<String, Problem> {
    let text = parts.headers.get(HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if text.is_empty() || text.len() > LONGEST || !text.chars().all(|c| c.is_ascii_graphic()) {
        let message = format!("The Idempotency-Key must be 1 to {LONGEST} plain characters.");
        return Err(FieldError::new("Idempotency-Key", "out_of_range", message).into());
    }
    Ok(text.to_owned())
}

/// What makes two requests the same.
fn hash(parts: &Parts, body: &Bytes) -> String {
    let mut hash = Sha256::new();
    hash.update(parts.method.as_str());
    hash.update([0]);
    hash.update(parts.uri.path_and_query().map_or("", |path| path.as_str()));
    hash.update([0]);
    hash.update(body);
    hex::encode(hash.finalize())
}

fn again(status: u16, text: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let json: Json = serde_json::from_str(text).unwrap_or_default();
    let mut response = (status, [(header::CONTENT_TYPE, "application/json")], text.to_owned()).into_response();
    let headers = response.headers_mut();
    headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
    if let Some(version) = json["version"].as_i64() {
        answer::tag(headers, version);
    }
    response
}
