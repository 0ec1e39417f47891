//! What went wrong, as a page.

use super::assets;
use crate::http::problem::Problem;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, html};

/// A page cannot be shown. What is merely not there is [`super::missing`].
#[derive(Debug)]
pub(super) struct Failure(Problem);

impl<E: Into<Problem>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failure {
    /// The problem's status and headers, with words instead of a document. Whose page it is may not be known, so
    /// neither is its language.
    fn into_response(self) -> Response {
        let (title, text) = match self.0.status {
            StatusCode::NOT_FOUND => ("Not found", "There is nothing at this address."),
            StatusCode::TOO_MANY_REQUESTS => ("Too many requests", "Please wait a moment, then load the page again."),
            _ => ("Something went wrong", "Please load the page again in a moment."),
        };
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (title) }
                    link rel="stylesheet" href=(assets::STYLE.address());
                }
                body { main.narrow { h1 { (title) } p { (text) } } }
            }
        };
        let (mut head, _) = self.0.into_response().into_parts();
        head.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        head.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        (head, page.into_string()).into_response()
    }
}
