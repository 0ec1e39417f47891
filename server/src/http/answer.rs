//! Showing records: their JSON, their names, their version as an ETag.

use super::caller::Caller;
use super::problem::Problem;
use super::state::AppState;
use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use crm_core::query::Page;
use crm_core::{NamedRecord, Record, Written};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::slice;

/// A record with the names of what it refers to.
pub(super) async fn record(state: &AppState, caller: &Caller, record: &Record) -> Result<Map<String, Value>, Problem> {
    let names = state.crm.reference_names(&caller.actor, slice::from_ref(record)).await?;
    Ok(names.with(record).to_json())
}

/// A page of records with the names of what they refer to.
pub(super) async fn page(state: &AppState, caller: &Caller, page: Page) -> Result<Response, Problem> {
    let names = state.crm.reference_names(&caller.actor, &page.records).await?;
    let records = page.records.iter().map(|record| names.with(record)).collect();
    Ok(Json(ShownPage { records, next: page.next.as_deref(), total: page.total }).into_response())
}

/// A page as it is sent.
#[derive(Serialize)]
struct ShownPage<'a> {
    records: Vec<NamedRecord<'a>>,
    next: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<i64>,
}

/// The record that was written, or as much of it as its writer may see.
pub(super) async fn written(
    state: &AppState,
    caller: &Caller,
    status: StatusCode,
    written: &Written,
) -> Result<Response, Problem> {
    let mut json = match &written.record {
        Some(found) => record(state, caller, found).await?,
        None => bare(written),
    };
    if !written.possible_duplicates.is_empty() {
        json.insert("_possible_duplicates".into(), json!(written.possible_duplicates));
    }
    Ok(tagged(status, Value::Object(json), written.version))
}

/// What a writer who may not see the record gets.
pub(super) fn bare(written: &Written) -> Map<String, Value> {
    let json = json!({"id": written.id, "object": written.object, "version": written.version});
    json.as_object().cloned().unwrap_or_default()
}

/// An answer with the record's version as its ETag.
pub(super) fn tagged(status: StatusCode, json: Value, version: i64) -> Response {
    let mut response = (status, Json(json)).into_response();
    tag(response.headers_mut(), version);
    response
}

/// Sets the ETag of a version.
pub(super) fn tag(headers: &mut HeaderMap, version: i64) {
    if let Ok(value) = HeaderValue::from_str(&etag(version)) {
        headers.insert(header::ETAG, value);
    }
}

/// The ETag of a version.
pub(super) fn etag(version: i64) -> String {
    format!("\"v{version}\"")
}
