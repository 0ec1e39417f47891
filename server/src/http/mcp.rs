//! `/mcp`: the same CRM for assistants, in the Model Context Protocol. Its own crate speaks the protocol and takes API
//! keys; here are the limits that every other route has, the tokens that [`oauth`](super::oauth) gives, and the way to
//! get one for who has none.

use super::caller::Address;
use super::limits::Counted;
use super::oauth::place::Place;
use super::problem::Problem;
use super::state::AppState;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use mcp_server::{Caller, InsufficientScope, Scopes};
use tower_http::limit::RequestBodyLimitLayer;

/// The assistants' way in.
pub(super) fn router(state: &AppState) -> Router {
    let services = crate::asking::services(&state.crm, &state.search, state.staff.clone(), (*state.mcp).clone());
    mcp_server::http(services, state.closing.subscribe())
        .layer(RequestBodyLimitLayer::new(state.settings.json_limit))
        .layer(from_fn_with_state(state.clone(), admit))
}

async fn admit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let place = Place::of(&state, &parts.headers);
    let answer = match recognise(&state, &place, &mut parts).await {
        Ok(()) => {
            let answer = next.run(Request::from_parts(parts, body));
            let answer = tokio::time::timeout(state.settings.time_limit, answer).await;
            answer.unwrap_or_else(|_| Problem::timed_out().into_response())
        }
        Err(problem) => problem.into_response(),
    };
    with_way_in(&place, answer)
}

/// Leaves the caller whose access token comes with a request. Each client is counted by itself; whoever has no token, an
/// API key or a wrong one, by their address.
async fn recognise(state: &AppState, place: &Place, parts: &mut Parts) -> Result<(), Problem> {
    let token = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(access_token);
    let Some(token) = token else { return count_address(state, parts) };
    match Caller::with_token(&state.crm, token, &place.resource()).await {
        Ok(caller) => {
            state.limits.count(Counted::Key(caller.client))?;
            parts.extensions.insert(caller);
            Ok(())
        }
        Err(error) => {
            count_address(state, parts)?;
            Err(error.into())
        }
    }
}

fn count_address(state: &AppState, parts: &Parts) -> Result<(), Problem> {
    let Address(address) = Address::of(state, parts);
    state.limits.count(Counted::Address(address))
}

/// The access token in a header, told from API keys by how it begins.
fn access_token(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && token.starts_with("pa_")).then_some(token)
}

/// Tells a client that is refused where it is let in, and what to ask for there (RFC 6750, section 3; RFC 9728, section
/// 5.1): what most people need, or what it lacks beside what it has.
fn with_way_in(place: &Place, mut answer: Response) -> Response {
    let metadata = place.resource_metadata();
    let challenge = match (answer.status(), answer.extensions().get::<InsufficientScope>()) {
        (StatusCode::UNAUTHORIZED, _) => {
            let shown = answer.headers().get(header::WWW_AUTHENTICATE).and_then(|value| value.to_str().ok());
            // A problem of this server and one of the protocol's crate say differently that a token is wrong.
            let error =
                if shown.is_none_or(|shown| shown == "Bearer" || shown.contains("error=")) { ERROR } else { "" };
            let scopes = Scopes::ADMIN.lacks(Scopes::ALL);
            format!("Bearer realm=\"parley\"{error}, resource_metadata=\"{metadata}\", scope=\"{scopes}\"")
        }
        (StatusCode::FORBIDDEN, Some(InsufficientScope { needed })) => format!(
            "Bearer realm=\"parley\", error=\"insufficient_scope\", scope=\"{needed}\", resource_metadata=\"{metadata}\", \
             error_description=\"The person has not allowed this yet.\""
        ),
        _ => return answer,
    };
    if let Ok(challenge) = HeaderValue::from_str(&challenge) {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    answer
}

const ERROR: &str = ", error=\"invalid_token\"";
