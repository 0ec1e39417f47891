//! What is shown where nothing is: a way to what was looked for.

use super::centre::Centre;
use super::page::{Page, search_field};
use axum::extract::OriginalUri;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

/// An address that no page has.
pub(super) async fn show(OriginalUri(uri): OriginalUri, centre: Centre) -> Response {
    match without_last_slash(&uri) {
        Some(path) => Redirect::permanent(&path).into_response(),
        None => page(&centre),
    }
}

fn without_last_slash(uri: &Uri) -> Option<String> {
    let path = uri.path().strip_suffix('/')?.trim_end_matches('/');
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{path}{query}"))
}

/// The page that says so.
pub(super) fn page(centre: &Centre) -> Response {
    let texts = centre.texts;
    let content = html! {
        section.hero {
            h1 { (texts.missing) }
            p { (texts.missing_hint) }
            (search_field(centre, ""))
            p { a href=(centre.link("")) { (texts.home) } }
        }
    };
    let page = Page { status: StatusCode::NOT_FOUND, words: None, content, ..Page::new(texts.missing.clone(), "") };
    page.answer(centre)
}
