//! `GET /chat/files/{id}`: a file of the visitor's conversation.

use super::visitor;
use crate::http::files::download;
use crate::http::input::Segments;
use crate::http::openapi::{Operation, any_bytes};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use uuid::Uuid;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("chat_download", "Chat", "A file of the conversation")
        .header("Authorization", json!({"type": "string"}), "The visitor's token.")
        .answer(200, "The content.", any_bytes())
        .answer(206, "The part of it that `Range` asks for.", any_bytes())
        .problem(401)
        .problem(416)
}

/// Streams a file that was sent in the visitor's conversation, by whichever side.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    Segments(id): Segments<Uuid>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let visitor = visitor(&state, &headers).await?;
    let record = state.crm.attachment_for(&visitor, id).await?;
    download::send(&state, visitor.tenant(), &record, &headers).await
}
