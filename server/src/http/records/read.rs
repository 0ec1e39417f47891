//! `GET /records/{object}/{id}`: one record.

use super::operation;
use crate::http::answer::{self, etag};
use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::{Operation, record_of};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use crm_core::access::Verb;
use serde_json::Value;
use uuid::Uuid;

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    described.may(Verb::Read).then(|| {
        operation("read", described, &format!("Read a {}", described.object.name)).answer(
            200,
            "The record; its version is the ETag.",
            record_of(described.object),
        )
    })
}

/// The record with the names of what it refers to.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((object, id)): Segments<(String, Uuid)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let record = state.crm.get(&caller.actor, &object, id).await?;
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let json = answer::record(&state, &caller, &record).await?;
    let mut response = answer::tagged(StatusCode::OK, Value::Object(json), record.version);
    if known == Some(etag(record.version).as_str()) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = axum::body::Body::empty();
    }
    Ok(response)
}
