//! Coming in and going out: the first set-up, sessions of browsers, passwords.

pub(super) mod list;
pub(super) mod revoke;
pub(super) mod set_up;
pub(super) mod set_up_needed;
pub(super) mod set_user_password;
pub(super) mod sign_in;
pub(super) mod sign_out;

use super::caller::COOKIE;
use super::problem::Problem;
use super::state::AppState;
use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use crm_core::identity::{Origin, SignedIn};
use std::time::Duration;

/// As long as a browser keeps the cookie; the session itself ends earlier if it is not used.
const KEPT: Duration = Duration::from_secs(365 * 24 * 3600);

/// From where a request to sign in comes.
pub(super) fn origin(headers: &HeaderMap, address: std::net::IpAddr) -> Origin {
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Origin { user_agent: user_agent.to_owned(), address: address.to_string() }
}

/// Gives the browser its cookie and tells it who is signed in.
async fn signed_in(state: &AppState, status: StatusCode, session: SignedIn) -> Result<Response, Problem> {
    let me = state.crm.me(&session.actor).await?;
    Ok((status, [(header::SET_COOKIE, cookie(state, &session.token, KEPT))], Json(me)).into_response())
}

/// The cookie of a session that was just opened.
pub(super) fn cookie_of(state: &AppState, session: &SignedIn) -> String {
    cookie(state, &session.token, KEPT)
}

/// The cookie that holds a session. No script can read it, no other site's form can send it.
fn cookie(state: &AppState, token: &str, kept: Duration) -> String {
    let secure = if state.settings.https { "; Secure" } else { "" };
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}", kept.as_secs())
}
