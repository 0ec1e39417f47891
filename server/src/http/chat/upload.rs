//! `POST /chat/files`: a file of a visitor.

use super::visitor;
use crate::http::files::upload::{PART, file_name, store};
use crate::http::files::{media_type, path};
use crate::http::openapi::{Operation, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderMap, StatusCode};
use bots::web_chat::Chat;
use crm_core::FieldError;
use crm_core::record::NewAttachment;
use object_store::buffered::BufWriter;
use serde_json::{Value, json};
use uuid::Uuid;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("chat_upload", "Chat", "Send a file in the chat")
        .about("Multipart, with the content in the part `file`. The visitor's token goes into `Authorization: Bearer`.")
        .header("X-Parley-Widget", json!({"type": "string"}), "The widget's key, of who has said nothing yet.")
        .header("Authorization", json!({"type": "string"}), "The visitor's token.")
        .multipart_body()
        .answer(
            201,
            "The file; its id goes with the next message.",
            object([
                ("id", json!({"type": "string", "format": "uuid"})),
                ("name", json!({"type": "string"})),
                ("media_type", json!({"type": "string"})),
                ("bytes", json!({"type": "integer"})),
            ]),
        )
        .problem(401)
        .problem(404)
        .problem(413)
        .problem(415)
        .problem(422)
}

/// Stores the file as one of the visitor's.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    headers: HeaderMap,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let visitor = visitor(&state, &headers).await?;
    let mut parts = parts.map_err(|_| Problem::unsupported_media_type())?;
    let missing = || Problem::from(FieldError::new("file", "required", "The part `file` with the content is missing."));
    let broken = |_| Problem::malformed("The upload cannot be read.");
    let mut part = loop {
        let part = parts.next_field().await.map_err(broken)?.ok_or_else(missing)?;
        if part.name() == Some("file") {
            break part;
        }
    };
    let name = file_name(part.file_name().unwrap_or_default())?;
    let announced = part.content_type().map(str::to_owned);
    let limits = Chat::limits();
    let id = Uuid::now_v7();
    let writer = BufWriter::with_capacity(state.files.clone(), path(visitor.tenant(), id), PART);
    let content = store(writer, &mut part, limits.file_bytes.min(state.settings.file_limit)).await?;
    let media_type = media_type::of(&content.start, announced.as_deref());
    if !limits.file_types.contains(&media_type.as_str()) {
        return Err(Problem::unsupported_file(&media_type));
    }
    let (bytes, sha256) = (content.bytes, content.sha256);
    let file = NewAttachment { id, name: name.clone(), media_type: media_type.clone(), bytes, sha256, related: None };
    state.crm.attach_from_visitor(&visitor, file).await?;
    Ok((StatusCode::CREATED, Json(json!({"id": id, "name": name, "media_type": media_type, "bytes": bytes}))))
}
