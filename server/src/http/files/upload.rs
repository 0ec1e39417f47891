//! `POST /files`: a new attachment.

use super::{media_type, path};
use crate::http::answer;
use crate::http::caller::Caller;
use crate::http::input::{Params, hear_out};
use crate::http::openapi::{Operation, any_bytes, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use crm_core::FieldError;
use crm_core::record::NewAttachment;
use futures_util::{Stream, StreamExt};
use object_store::buffered::BufWriter;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

/// About the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct About {
    name: String,
    related_object: Option<String>,
    related_id: Option<Uuid>,
}

pub(in crate::http) fn doc() -> Operation {
    Operation::new("upload_file", "Files", "Upload a file")
        .about("The body is the content. The answer is the attachment's record; put its id into a field of type file, or name the record that it belongs to.")
        .required_query("name", json!({"type": "string", "minLength": 1, "maxLength": 255}), "What the file is called.")
        .query("related_object", json!({"type": "string"}), "The object of the record that it belongs to.")
        .query("related_id", json!({"type": "string", "format": "uuid"}), "The record that it belongs to.")
        .raw_body(any_bytes())
        .answer(201, "The attachment's record.", component("Record"))
        .problem(413)
}

/// Stores the content, then makes the record. What has no record is never served.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Params(about): Params<About>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let related = related(&about)?;
    let name = file_name(&about.name)?;
    state.crm.may_attach(&caller.actor)?;
    let most = state.settings.file_limit;
    let announced = text(&headers, header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most) {
        hear_out(&headers, body.into_data_stream()).await;
        return Err(Problem::too_large(most));
    }
    let id = Uuid::now_v7();
    let writer = BufWriter::with_capacity(state.files.clone(), path(caller.actor.tenant(), id), PART);
    let mut body = body.into_data_stream();
    let content = store(writer, &mut body, most).await;
    if content.is_err() {
        hear_out(&headers, body).await;
    }
    let content = content?;
    let media_type = media_type::of(&content.start, text(&headers, header::CONTENT_TYPE));
    let new = NewAttachment { id, name, media_type, bytes: content.bytes, sha256: content.sha256, related };
    let written = state.crm.attach(&caller.actor, new).await?;
    answer::written(&state, &caller, StatusCode::CREATED, &written).await
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn related(about: &About) -> Result<Option<Value>, Problem> {
    match (&about.related_object, about.related_id) {
        (Some(object), Some(id)) => Ok(Some(json!({"object": object, "id": id}))),
        (None, None) => Ok(None),
        _ => Err(FieldError::new("related_id", "required", "Give both `related_object` and `related_id`.").into()),
    }
}

/// The last part of what the sender calls the file, without what no file system takes.
pub(in crate::http) fn file_name(given: &str) -> Result<String, Problem> {
    const LONGEST: usize = 255;
    if given.chars().count() > LONGEST {
        let message = format!("The name may have at most {LONGEST} characters.");
        return Err(FieldError::new("name", "too_long", message).into());
    }
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).collect();
    match name.trim() {
        "" | "." | ".." => Err(FieldError::new("name", "required", "The file needs a name.").into()),
        name => Ok(name.to_owned()),
    }
}

/// As much as is held in memory of one upload.
pub(in crate::http) const PART: usize = 5 * 1024 * 1024;

/// How long a sender may pause.
const IDLE: Duration = Duration::from_secs(30);

/// What was stored.
pub(in crate::http) struct Content {
    pub(in crate::http) bytes: u64,
    pub(in crate::http) sha256: String,
    /// Enough to tell what kind of file it is.
    pub(in crate::http) start: Vec<u8>,
}

/// Stores what the sender sends, at most `most` bytes.
pub(in crate::http) async fn store<S, E>(mut writer: BufWriter, body: &mut S, most: u64) -> Result<Content, Problem>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    match copy(&mut writer, body, most).await {
        Ok(content) => {
            writer.shutdown().await.map_err(Problem::storage)?;
            Ok(content)
        }
        Err(problem) => {
            // Whatever was written is not at its place yet; what cannot be taken back is never found.
            writer.abort().await.unwrap_or_default();
            Err(problem)
        }
    }
}

async fn copy<S, E>(writer: &mut BufWriter, body: &mut S, most: u64) -> Result<Content, Problem>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    const TELLING: usize = 64;
    let (mut bytes, mut hash, mut start) = (0_u64, Sha256::new(), Vec::with_capacity(TELLING));
    while let Some(chunk) = tokio::time::timeout(IDLE, body.next()).await.map_err(|_| Problem::timed_out())? {
        let chunk = chunk.map_err(|_| Problem::malformed("The upload was broken off."))?;
        bytes += chunk.len() as u64;
        if bytes > most {
            return Err(Problem::too_large(most));
        }
        start.extend(chunk.iter().take(TELLING - start.len()));
        hash.update(&chunk);
        writer.put(chunk).await.map_err(Problem::storage)?;
    }
    Ok(Content { bytes, sha256: hex::encode(hash.finalize()), start })
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_path_is_no_name() {
        assert_eq!(file_name("../../etc/passwd").unwrap(), "passwd");
        assert_eq!(file_name("C:\\tmp\\Angebot.pdf").unwrap(), "Angebot.pdf");
        assert!(file_name("..").is_err() && file_name("a/").is_err() && file_name("\u{0}").is_err());
    }
}
