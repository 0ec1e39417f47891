//! `GET /oauth/sign-in/back`: from the provider.

use super::begun::Begun;
use super::provider::{Failure, Provider};
use crate::http::caller::Address;
use crate::http::oauth::place::Place;
use crate::http::session;
use crate::http::state::AppState;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use crm_core::identity::SignedIn;
use serde::Deserialize;

/// What the browser brings.
#[derive(Debug, Deserialize)]
pub(in crate::http) struct Brought {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// Signs in who comes back with the provider's word.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    Address(address): Address,
    headers: HeaderMap,
    Query(brought): Query<Brought>,
) -> Response {
    let Some(provider) = state.oidc.clone() else { return StatusCode::NOT_FOUND.into_response() };
    let begun = Begun::of(&headers);
    let mut answer = match signed_in(&state, &provider, begun.as_ref(), &brought, address, &headers).await {
        Ok((session, to)) => welcome(&state, &session, &to),
        Err(why) => why.page(&headers),
    };
    // Good or bad, it is over: another try begins anew.
    if let Some(over) = Begun::over(state.settings.https) {
        answer.headers_mut().append(header::SET_COOKIE, over);
    }
    answer
}

async fn signed_in(
    state: &AppState,
    provider: &Provider,
    begun: Option<&Begun>,
    brought: &Brought,
    address: std::net::IpAddr,
    headers: &HeaderMap,
) -> Result<(SignedIn, String), Failure> {
    let begun = begun.filter(|begun| brought.state.as_deref().is_some_and(|shown| begun.is_answered_by(shown)));
    let begun = begun.ok_or(Failure::Refused)?;
    // RFC 9207: an answer by another provider than the one that was asked.
    let elsewhere = brought.iss.as_deref().is_some_and(|issuer| issuer != provider.settings.issuer);
    if elsewhere || brought.error.is_some() {
        return Err(Failure::Refused);
    }
    let code = brought.code.as_deref().ok_or(Failure::Refused)?;
    let redirect = Place::of(state, headers).at("/oauth/sign-in/back");
    let who = provider.who(begun, code, &redirect, state.crm.now()).await?;
    let settings = &provider.settings;
    let from = session::origin(headers, address);
    let signed_in = state.crm.sign_in_proven(&settings.tenant, &who, settings.new_users.as_deref(), &from).await;
    let signed_in = signed_in.map_err(|error| {
        tracing::error!(%error, "somebody whom the OpenID provider knows could not be signed in");
        Failure::Away
    })?;
    Ok((signed_in.ok_or(Failure::Unknown)?, begun.to.clone()))
}

fn welcome(state: &AppState, session: &SignedIn, to: &str) -> Response {
    let cookie = HeaderValue::from_str(&session::cookie_of(state, session));
    match (HeaderValue::from_str(to), cookie) {
        (Ok(to), Ok(cookie)) => {
            let told = [
                (header::LOCATION, to),
                (header::SET_COOKIE, cookie),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (StatusCode::SEE_OTHER, told).into_response()
        }
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
