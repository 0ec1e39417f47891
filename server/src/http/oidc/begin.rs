//! `GET /oauth/sign-in`: to the provider.

use super::begun::Begun;
use super::provider::Failure;
use crate::http::oauth::place::Place;
use crate::http::state::AppState;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(in crate::http) struct Wish {
    to: Option<String>,
}

/// Sends the browser to the provider.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    headers: HeaderMap,
    Query(wish): Query<Wish>,
) -> Response {
    let Some(provider) = &state.oidc else { return StatusCode::NOT_FOUND.into_response() };
    let begun = Begun::new(wish.to.as_deref());
    let redirect = Place::of(&state, &headers).at("/oauth/sign-in/back");
    let address = match provider.question(&begun, &redirect, state.crm.now()).await {
        Ok(address) => address,
        Err(why) => return why.page(&headers),
    };
    let (Ok(address), Some(cookie)) = (HeaderValue::from_str(address.as_str()), begun.cookie(state.settings.https))
    else {
        return Failure::Away.page(&headers);
    };
    let told = [
        (header::LOCATION, address),
        (header::SET_COOKIE, cookie),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (StatusCode::SEE_OTHER, told).into_response()
}
