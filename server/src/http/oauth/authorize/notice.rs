//! What a person is told who comes back from their OpenID provider and is not signed in.

use super::page;
use crate::http::help;
use crate::http::oauth::texts::{self, Texts};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

/// The page that says so, in the browser's language; `choose` picks the words.
pub(in crate::http) fn page(headers: &HeaderMap, status: StatusCode, choose: impl FnOnce(&Texts) -> &str) -> Response {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let texts = texts::of(help::preferred(accepted).unwrap_or("en"));
    page::not_signed_in(texts, status, choose(texts))
}
