//! Reading requests: bodies, query strings, path segments, versions. Whatever cannot be read becomes a problem that
//! says where.

use super::filter_shape;
use super::problem::Problem;
use super::state::AppState;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use crm_core::FieldError;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// A JSON body.
#[derive(Debug)]
pub(super) struct Input<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<AppState> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::unsupported_media_type());
        }
        read_json(&read_bytes(request, state).await?).map(Self)
    }
}

/// A JSON body that may be missing.
#[derive(Debug)]
pub(super) struct OptionalInput<T>(pub(super) T);

impl<T: DeserializeOwned + Default> FromRequest<AppState> for OptionalInput<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let json = is_json(request.headers());
        let bytes = read_bytes(request, state).await?;
        match (bytes.is_empty(), json) {
            (true, _) => Ok(Self(T::default())),
            (false, true) => read_json(&bytes).map(Self),
            (false, false) => Err(Problem::unsupported_media_type()),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

async fn read_bytes(request: Request, state: &AppState) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
            Problem::too_large(state.settings.json_limit as u64)
        }
        other => Problem::malformed(format!("The body cannot be read: {}.", other.body_text())),
    })
}

fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let json: Json =
        serde_json::from_slice(bytes).map_err(|error| Problem::malformed(format!("The body is not JSON: {error}.")))?;
    shaped(json)
}

/// The JSON as a `T`, or where and why it is none.
pub(super) fn shaped<T: DeserializeOwned>(json: Json) -> Result<T, Problem> {
    serde_path_to_error::deserialize(&json).map_err(|error| {
        let path = error.path().to_string();
        let within = json.get("filter").filter(|_| path == "filter" || path.starts_with("filter."));
        if let Some(error) = within.and_then(|filter| filter_shape::complaint(filter, "filter")) {
            return error.into();
        }
        let field = if path == "." { String::new() } else { path };
        let message = format!("{}.", capitalised(&error.inner().to_string()));
        let code = if message.starts_with("Unknown field") {
            "unknown_field"
        } else if message.starts_with("Missing field") {
            "required"
        } else {
            "wrong_type"
        };
        FieldError::new(field, code, message).into()
    })
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The parameters of the query string.
#[derive(Debug)]
pub(super) struct Params<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = Query::from_request_parts(parts, state).await;
        read.map(|Query(params)| Self(params))
            .map_err(|rejection| Problem::malformed(format!("{}.", rejection.body_text())))
    }
}

/// The variable segments of the path. What is no id names nothing.
#[derive(Debug)]
pub(super) struct Segments<T>(pub(super) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Segments<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = Path::from_request_parts(parts, state).await;
        read.map(|Path(segments)| Self(segments)).map_err(|_| Problem::not_found(format!("{}", parts.uri.path())))
    }
}

/// The version that the writer has seen, from `If-Match: "v3"`.
#[derive(Debug)]
pub(super) struct Seen(pub(super) Option<i64>);

impl<S: Sync> FromRequestParts<S> for Seen {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(given) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        let text = given.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Self(None));
        }
        let version = text.trim_start_matches("W/").trim_matches('"').strip_prefix('v').and_then(|n| n.parse().ok());
        version.map(|version| Self(Some(version))).ok_or_else(|| {
            Problem::malformed("If-Match holds no version.").hint("Send the ETag as it came, such as `\"v3\"`.")
        })
    }
}

/// How many of a list, from the query string: 1 to `most`.
pub(super) fn limit(given: Option<usize>, most: usize) -> Result<Option<usize>, Problem> {
    match given {
        Some(limit) if !(1..=most).contains(&limit) => {
            Err(FieldError::new("limit", "out_of_range", format!("The limit must be from 1 to {most}.")).into())
        }
        other => Ok(other),
    }
}
