//! `GET /files/{id}`: the content of an attachment.

use super::{media_type, path};
use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::{Operation, any_bytes};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use crm_core::{Record, TenantId};
use object_store::{Error, GetOptions, GetRange, GetResult, ObjectStore, ObjectStoreExt};
use uuid::Uuid;

/// A file that is shown in place runs nothing and loads nothing.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

pub(in crate::http) fn doc() -> Operation {
    Operation::new("download_file", "Files", "The content of an attachment")
        .answer(200, "The content.", any_bytes())
        .answer(206, "The part of it that `Range` asks for.", any_bytes())
        .problem(416)
}

/// Streams the content, if the caller may see the attachment.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(id): Segments<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let record = state.crm.get(&caller.actor, "attachment", id).await?;
    send(&state, caller.actor.tenant(), &record, &headers).await
}

/// Streams the content of an attachment that its reader may see.
pub(in crate::http) async fn send(
    state: &AppState,
    tenant: TenantId,
    record: &Record,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let (path, range) = (path(tenant, record.id), range(headers));
    let partial = range.is_some();
    let found = match range {
        Some(range) => {
            let length = state.files.head(&path).await.map_err(|error| unreadable(record, error))?.size;
            let range = within(range, length).ok_or_else(Problem::range_not_satisfiable)?;
            state.files.get_opts(&path, GetOptions { range: Some(range), ..GetOptions::default() }).await
        }
        None => state.files.get_opts(&path, GetOptions::default()).await,
    };
    let found = found.map_err(|error| unreadable(record, error))?;
    let mut response = (if partial { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK }, ()).into_response();
    describe(response.headers_mut(), record, &found, partial);
    *response.body_mut() = Body::from_stream(found.into_stream());
    Ok(response)
}

fn unreadable(record: &Record, error: Error) -> Problem {
    match error {
        Error::NotFound { .. } => {
            tracing::error!(attachment = %record.id, "the content of an attachment is missing");
            Problem::not_found(format!("The content of the attachment {}", record.id))
        }
        other => Problem::storage(other),
    }
}

/// A single range; several at once are answered with the whole.
fn range(headers: &HeaderMap) -> Option<GetRange> {
    let text = headers.get(header::RANGE)?.to_str().ok()?;
    let (from, to) = text.strip_prefix("bytes=")?.split_once('-')?;
    match (from, to) {
        ("", last) => Some(GetRange::Suffix(last.parse().ok()?)),
        (from, "") => Some(GetRange::Offset(from.parse().ok()?)),
        (from, to) => Some(GetRange::Bounded(from.parse().ok()?..to.parse::<u64>().ok()?.checked_add(1)?)),
    }
}

/// The range cut to the file, if any of it lies within.
fn within(range: GetRange, length: u64) -> Option<GetRange> {
    let (start, end) = match range {
        GetRange::Bounded(range) => (range.start, range.end.min(length)),
        GetRange::Offset(start) => (start, length),
        GetRange::Suffix(last) => (length.saturating_sub(last), length),
    };
    (start < end).then_some(GetRange::Bounded(start..end))
}

fn describe(headers: &mut HeaderMap, record: &Record, found: &GetResult, partial: bool) {
    let media_type = record.get("media_type").as_text().unwrap_or("application/octet-stream");
    let mut set = |name, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, media_type::sent(media_type).to_owned());
    set(header::CONTENT_DISPOSITION, disposition(media_type, record.name()));
    set(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY.to_owned());
    set(header::ACCEPT_RANGES, "bytes".to_owned());
    let (start, end) = (found.range.start, found.range.end);
    set(header::CONTENT_LENGTH, (end - start).to_string());
    if partial {
        set(header::CONTENT_RANGE, format!("bytes {start}-{}/{}", end.saturating_sub(1), found.meta.size));
    }
    if let Some(hash) = record.get("sha256").as_text() {
        set(header::ETAG, format!("\"{hash}\""));
    }
}

/// Shown in place or saved, under its name: for old clients in ASCII, for all others as it is.
fn disposition(media_type: &str, name: &str) -> String {
    let how = if media_type::is_shown(media_type) { "inline" } else { "attachment" };
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_graphic() && !"\"\\%;".contains(c) { c } else { '_' }).collect();
    let exact: String = name
        .bytes()
        .map(|byte| match byte {
            b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect();
    format!("{how}; filename=\"{ascii}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_the_header() {
        let text = disposition("text/html", "Übersicht \"Q1\".html");
        assert_eq!(
            text,
            "attachment; filename=\"_bersicht__Q1_.html\"; filename*=UTF-8''%C3%9Cbersicht%20%22Q1%22.html"
        );
    }

    #[test]
    fn ranges_are_cut_to_the_file() {
        assert!(matches!(within(GetRange::Bounded(2..99), 10), Some(GetRange::Bounded(range)) if range == (2..10)));
        assert!(matches!(within(GetRange::Suffix(3), 10), Some(GetRange::Bounded(range)) if range == (7..10)));
        assert!(within(GetRange::Offset(10), 10).is_none());
    }
}
