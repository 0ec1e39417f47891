//! Failures as problem documents (RFC 9457): the one place where an error becomes an answer.

use super::trace;
use axum::Json;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use crm_core::{Error, FieldError, MeanwhileChange};
use serde_json::{Value, json};
use std::any::Any;

/// A failure, as the caller is told of it.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    detail: String,
    hint: Option<String>,
    errors: Vec<FieldError>,
    stale: Option<(i64, Vec<MeanwhileChange>)>,
    retry_after: Option<i64>,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self { status, code, detail, hint: None, errors: Vec::new(), stale: None, retry_after: None }
    }

    /// The same, with what to do about it.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The request cannot be read.
    pub(super) fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", detail)
    }

    /// Nobody is signed in.
    pub(super) fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "This needs somebody who is signed in.")
            .hint("Sign in, or send an API key as `Authorization: Bearer pk_…`.")
    }

    /// The caller is known and may not do this.
    pub(super) fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    /// There is nothing here.
    pub(super) fn not_found(what: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("{what} was not found."))
    }

    /// The body is longer than allowed.
    pub(super) fn too_large(most: u64) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", format!("The body may have at most {most} bytes."))
    }

    /// The body has a type that this route does not take.
    pub(super) fn unsupported_media_type() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "The body must be JSON.")
            .hint("Send it with `Content-Type: application/json`.")
    }

    /// A file of a kind that is not taken.
    pub(super) fn unsupported_file(media_type: &str) -> Self {
        let detail = format!("Files of the type {media_type} cannot be sent.");
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail)
            .hint("Send a picture, a PDF, a text or a ZIP.")
    }

    /// The route speaks another protocol than the request.
    pub(super) fn upgrade_required() -> Self {
        Self::new(StatusCode::UPGRADE_REQUIRED, "malformed", "This address is for WebSockets only.")
            .hint("Open it as a WebSocket, or use `POST /api/v1/chat/exchange`.")
    }

    /// The part of a file that was asked for does not exist.
    pub(super) fn range_not_satisfiable() -> Self {
        Self::new(StatusCode::RANGE_NOT_SATISFIABLE, "malformed", "The file is not as long as that.")
    }

    /// The work was not done in time.
    pub(super) fn timed_out() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "The request took too long and was given up.")
            .hint("A change may have been made all the same: look before sending it again, or send an Idempotency-Key.")
    }

    /// Something broke that should not: logged here, told only as such.
    pub(super) fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, request_id = trace::request_id(), "internal error");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong inside. It has been logged.")
    }

    /// A place where files are kept did not work: logged here.
    pub(super) fn storage(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, request_id = trace::request_id(), "file storage failed");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Files cannot be stored or read at the moment.")
            .hint("Try again.")
    }

    /// The document.
    pub(super) fn to_json(&self) -> Value {
        let mut json = json!({
            "type": format!("urn:parley:problem:{}", self.code), "title": title(self.code),
            "status": self.status.as_u16(), "detail": self.detail, "code": self.code,
            "request_id": trace::request_id(),
        });
        if let Some(hint) = &self.hint {
            json["hint"] = json!(hint);
        }
        if !self.errors.is_empty() {
            json["errors"] = json!(self.errors);
        }
        if let Some((current_version, changed)) = &self.stale {
            json["current_version"] = json!(current_version);
            json["changed"] = json!(changed);
        }
        if let Some(seconds) = self.retry_after {
            json["retry_after"] = json!(seconds);
        }
        json
    }
}

fn title(code: &str) -> &'static str {
    match code {
        "malformed" => "The request cannot be read",
        "unauthenticated" => "Not signed in",
        "forbidden" => "Not allowed",
        "not_found" => "Not found",
        "method_not_allowed" => "Not done this way",
        "conflict" => "This contradicts what is stored",
        "stale" => "Changed meanwhile",
        "too_large" => "Too large",
        "unsupported_media_type" => "Type of body not supported",
        "invalid" => "Not valid",
        "rate_limited" => "Too many requests",
        "unavailable" => "Not available at the moment",
        _ => "Internal error",
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::NotFound { .. } => Self::new(StatusCode::NOT_FOUND, "not_found", detail),
            Error::Forbidden { .. } => Self::forbidden(detail),
            Error::Invalid(errors) => Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail) },
            Error::Stale { current_version, changed } => {
                let stale = Some((current_version, changed));
                Self { stale, ..Self::new(StatusCode::PRECONDITION_FAILED, "stale", detail) }
                    .hint("Read the record again, or send the change without If-Match to write over it.")
            }
            Error::Conflict(_) => Self::new(StatusCode::CONFLICT, "conflict", detail),
            Error::Malformed(_) => Self::malformed(detail),
            Error::TooLarge(_) => Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail),
            Error::Unauthenticated(_) => Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", detail),
            Error::Throttled { retry_after_seconds } => {
                let retry_after = Some(retry_after_seconds);
                Self { retry_after, ..Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail) }
            }
            Error::Unavailable(cause) => {
                tracing::warn!(%cause, request_id = trace::request_id(), "database unavailable");
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail)
            }
            Error::Internal(cause) => Self::internal(cause),
        }
    }
}

impl From<kb_index::Error> for Problem {
    fn from(error: kb_index::Error) -> Self {
        match error {
            kb_index::Error::Records(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

impl From<FieldError> for Problem {
    fn from(error: FieldError) -> Self {
        Error::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.to_json())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// The answer to a known path with a method that it does not have.
pub(super) async fn method_not_allowed(method: Method, uri: Uri) -> Problem {
    let method: String = method.as_str().chars().take(20).collect();
    let detail = format!("{} does not take {method}.", uri.path());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
}

/// The answer when a handler panicked.
pub(super) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    Problem::internal(format!("a handler panicked: {}", text.unwrap_or("?"))).into_response()
}
