//! What went wrong, as programs expect it (RFC 6749, section 5.2).

use crate::http::problem::Problem;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use crm_core::Error;
use crm_core::identity::oauth::{Refusal, WrongMetadata};
use serde_json::json;

/// A request of a program is refused.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    code: &'static str,
    text: String,
    retry_after: Option<i64>,
}

impl Failure {
    pub(super) fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, text: text.into(), retry_after: None }
    }

    pub(super) fn malformed(text: impl Into<String>) -> Self {
        Self::new("invalid_request", text)
    }

    /// The program is not who it says.
    pub(super) fn client() -> Self {
        Self { status: StatusCode::UNAUTHORIZED, ..Self::new("invalid_client", Refusal::Client.to_string()) }
    }

    fn throttled(seconds: i64) -> Self {
        let text = format!("Too many attempts. Try again in {seconds} seconds.");
        let status = StatusCode::TOO_MANY_REQUESTS;
        Self { status, retry_after: Some(seconds), ..Self::new("temporarily_unavailable", text) }
    }

    /// Its code.
    pub(super) fn code(&self) -> &'static str {
        self.code
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if let Error::Throttled { retry_after_seconds } = error {
            return Self::throttled(retry_after_seconds);
        }
        // Whatever else the core says is nothing that a program can mend; it is logged where it becomes a problem.
        let problem = Problem::from(error);
        let code =
            if problem.status == StatusCode::SERVICE_UNAVAILABLE { "temporarily_unavailable" } else { "server_error" };
        Self { status: problem.status, ..Self::new(code, "It cannot be done at the moment. Try again later.") }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let text = refusal.to_string();
        match refusal {
            Refusal::Client => Self::client(),
            Refusal::Grant => Self::new("invalid_grant", text),
            Refusal::Scope => Self::new("invalid_scope", text),
            Refusal::Target => Self::new("invalid_target", text),
            Refusal::Failed(error) => error.into(),
        }
    }
}

impl From<WrongMetadata> for Failure {
    fn from(wrong: WrongMetadata) -> Self {
        match wrong {
            WrongMetadata::RedirectUri(text) => Self::new("invalid_redirect_uri", text),
            WrongMetadata::Metadata(text) => Self::new("invalid_client_metadata", text),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = json!({"error": self.code, "error_description": self.text});
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"parley\""));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
