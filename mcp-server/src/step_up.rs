//! Telling a client which scope it lacks: over HTTP as a challenge, upon which it may ask its person for more.

use crate::caller::Caller;
use crate::journal::Journal;
use crate::scopes::Scopes;
use crate::tools;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use crm_core::identity::oauth::CallOutcome;
use serde::Deserialize;
use serde_json::json;

/// Marks a response that refuses a request for want of these scopes, beside those that the client has, so that whoever
/// knows where tokens are given can say it in the challenge.
#[derive(Debug, Clone, Copy)]
pub struct InsufficientScope {
    /// What the client would need, with what it has.
    pub needed: Scopes,
}

/// As much of a request as tells what it calls.
#[derive(Deserialize)]
struct Called {
    method: String,
    params: Option<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: Option<String>,
}

/// Bodies were limited before; this is the last wall.
const LONGEST: usize = 16 * 1024 * 1024;

/// Refuses requests for which the client lacks a scope.
pub(crate) async fn check(State(journal): State<Journal>, request: Request, next: Next) -> Response {
    let Some(caller) = request.extensions().get::<Caller>().cloned() else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let (called, lacking) = lacking(caller.scopes, &body);
    if !lacking.is_empty() {
        journal.tell(&caller, &called, None, CallOutcome::Refused).await;
        return refusal(caller.scopes, lacking);
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}

/// The methods that are of use to who may read alone.
const READING: [&str; 3] = ["resources", "prompts", "subscriptions"];

/// What is called, by a name of ours, and which scopes its client lacks for it.
fn lacking(held: Scopes, body: &[u8]) -> (String, Scopes) {
    let Ok(Called { method, params }) = serde_json::from_slice(body) else { return (String::new(), Scopes::NONE) };
    let family = method.split('/').next().unwrap_or_default();
    let (called, lacking) = match method.as_str() {
        "tools/call" => match params.and_then(|params| tools::named(&params.name?)) {
            Some(tool) => (tool.name(), held.lacks(tool.scopes())),
            None => return (method, Scopes::NONE),
        },
        "completion/complete" => ("completion/complete", held.lacks(Scopes::READ)),
        _ => match READING.into_iter().find(|known| *known == family) {
            Some(known) => (known, held.lacks(Scopes::READ)),
            None => return (method, Scopes::NONE),
        },
    };
    (called.to_owned(), lacking)
}

fn refusal(held: Scopes, lacking: Scopes) -> Response {
    let needed = held.with(lacking);
    let detail = explain(lacking);
    let body = json!({
        "type": "urn:parley:problem:insufficient_scope", "status": 403, "code": "insufficient_scope", "detail": detail,
    });
    let mut response = (StatusCode::FORBIDDEN, axum::Json(body)).into_response();
    let challenge = format!("Bearer realm=\"parley\", error=\"insufficient_scope\", scope=\"{needed}\"");
    if let Ok(challenge) = HeaderValue::from_str(&challenge) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response.extensions_mut().insert(InsufficientScope { needed });
    response
}

/// The same for people.
pub(crate) fn explain(lacking: Scopes) -> String {
    format!("This client was not allowed to do that: it lacks the scope {lacking}. Ask your person to allow it.")
}
