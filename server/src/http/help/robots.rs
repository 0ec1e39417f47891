//! `/robots.txt`: search engines read the help pages, and nothing else.

use super::centre::{origin, usual};
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

/// The rules.
pub(super) async fn show(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let mut rules =
        "User-agent: *\nAllow: /help\nDisallow: /help/search\nDisallow: /help/suggestions\nDisallow: /\n".to_owned();
    if usual(&state.crm).await.is_ok() {
        rules += &format!("\nSitemap: {}/help/sitemap.xml\n", origin(&state, &headers));
    }
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], rules).into_response()
}
