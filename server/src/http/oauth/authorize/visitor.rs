//! The person at the page.

use crate::http::caller;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use crm_core::{Actor, Error, Surface};
use mcp_server::Scopes;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use url::form_urlencoded;
use uuid::Uuid;

/// A person who is signed in.
pub(super) struct Visitor {
    pub(super) actor: Actor,
    pub(super) session: Uuid,
    secret: String,
}

impl Visitor {
    /// Whoever's session the browser has; none if nobody is signed in.
    pub(super) async fn of(state: &AppState, headers: &HeaderMap) -> Result<Option<Self>, Problem> {
        let Some(secret) = caller::session_cookie(headers) else { return Ok(None) };
        match state.crm.session(&secret, Surface::Console).await {
            Ok((actor, session)) => Ok(Some(Self { actor, session, secret })),
            Err(Error::Unauthenticated(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What a form of this person's page carries, and no other site can know.
    pub(super) fn seal(&self) -> String {
        hex::encode(Sha256::digest(format!("the consent page of {}", self.secret)))
    }

    /// Whether a form comes from this person's page.
    pub(super) fn sealed(&self, shown: &str) -> bool {
        self.seal().as_bytes().ct_eq(shown.as_bytes()).into()
    }

    /// What this person can allow anybody.
    pub(super) fn can_allow(&self) -> Scopes {
        let administers = self.actor.rights().may(crm_core::access::Verb::Configure, "user");
        if administers { Scopes::ALL } else { Scopes::ADMIN.lacks(Scopes::ALL) }
    }
}

/// Where one signs in and then comes back with the same question.
pub(super) fn sign_in_address(query: &str) -> String {
    let back: String = form_urlencoded::byte_serialize(format!("/oauth/authorize?{query}").as_bytes()).collect();
    format!("/sign-in?to={back}")
}

/// Sends the browser to the console's sign-in.
pub(super) fn sign_in(query: &str) -> Response {
    let Ok(address) = HeaderValue::from_str(&sign_in_address(query)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let headers = [(header::LOCATION, address), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::SEE_OTHER, headers).into_response()
}
