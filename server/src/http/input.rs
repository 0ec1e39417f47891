//! Reading requests: bodies, query strings, path segments, versions. Whatever cannot be read becomes a problem that
//! says where.

use super::problem::Problem;
use super::state::AppState;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use crm_core::FieldError;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// A JSON object as the body.
#[derive(Debug)]
pub(super) struct Input<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<AppState> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        shaped(an_object(required(request, state).await?)?).map(Self)
    }
}

/// A JSON list as the body.
#[derive(Debug)]
pub(super) struct ListInput<T>(pub(super) Vec<T>);

impl<T: DeserializeOwned> FromRequest<AppState> for ListInput<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        shaped(required(request, state).await?).map(Self)
    }
}

async fn required(request: Request, state: &AppState) -> Result<Json, Problem> {
    if !is_json(request.headers()) {
        return Err(Problem::unsupported_media_type());
    }
    let (parts, body) = request.into_parts();
    read_json(&read_body(&parts.headers, body, state.settings.json_limit).await?)
}

/// Refuses anything but an object: a list could otherwise pass for an object without names.
fn an_object(json: Json) -> Result<Json, Problem> {
    match json {
        Json::Object(_) => Ok(json),
        other => Err(FieldError::new("", "wrong_type", "The body must be a JSON object.").value(&other).into()),
    }
}

/// A JSON body that may be missing.
#[derive(Debug)]
pub(super) struct OptionalInput<T>(pub(super) T);

impl<T: DeserializeOwned + Default> FromRequest<AppState> for OptionalInput<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let json = is_json(request.headers());
        let (parts, body) = request.into_parts();
        let bytes = read_body(&parts.headers, body, state.settings.json_limit).await?;
        match (bytes.is_empty(), json) {
            (true, _) => Ok(Self(T::default())),
            (false, true) => shaped(an_object(read_json(&bytes)?)?).map(Self),
            (false, false) => Err(Problem::unsupported_media_type()),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// The whole body of a request, up to `most` bytes.
pub(super) async fn read_body(headers: &HeaderMap, body: Body, most: usize) -> Result<Bytes, Problem> {
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Problem::malformed("The body was broken off."))?;
        if bytes.len() + chunk.len() > most {
            hear_out(headers, stream).await;
            return Err(Problem::too_large(most as u64));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.into())
}

/// Reads the rest of a body that is refused: many clients listen only when they have said all, and would otherwise
/// see a broken connection instead of the reason.
pub(super) async fn hear_out(headers: &HeaderMap, mut rest: BodyDataStream) {
    const PATIENCE: usize = 256 * 1024 * 1024;
    if headers.contains_key(header::EXPECT) {
        return;
    }
    let mut heard = 0;
    while let Some(Ok(chunk)) = rest.next().await {
        heard += chunk.len();
        if heard > PATIENCE {
            return;
        }
    }
}

fn read_json(bytes: &[u8]) -> Result<Json, Problem> {
    serde_json::from_slice(bytes).map_err(|error| Problem::malformed(format!("The body is not JSON: {error}.")))
}

/// The JSON as a `T`, or where and why it is none.
pub(super) fn shaped<T: DeserializeOwned>(json: Json) -> Result<T, Problem> {
    serde_path_to_error::deserialize(&json).map_err(|error| {
        let path = error.path().to_string();
        let within = json.get("filter").filter(|_| path == "filter" || path.starts_with("filter."));
        if let Some(error) = within.and_then(|filter| crm_core::query::complaint(filter, "filter")) {
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
        read.map(|Path(segments)| Self(segments)).map_err(|_| Problem::not_found(parts.uri.path().to_string()))
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
