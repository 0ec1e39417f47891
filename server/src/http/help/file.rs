//! `/help/{article}/files/{file}`: a picture or file that an article names.

use super::articles;
use super::body::STAFF_FILES;
use super::centre::Centre;
use super::failure::Failure;
use crate::http::files::download;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use crm_core::value::Value;
use crm_core::{Record, Surface};
use serde::Deserialize;
use uuid::Uuid;

/// The parts of the path, beside that of the company.
#[derive(Debug, Deserialize)]
pub(super) struct At {
    article: String,
    file: String,
}

/// Streams the file, if an article that everybody may read names it. A file of any other record stays where it is,
/// whatever an article says.
pub(super) async fn show(
    State(state): State<AppState>,
    centre: Centre,
    Path(At { article, file }): Path<At>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let missing = || Problem::not_found("The file");
    let file = Uuid::parse_str(&file).map_err(|_| missing())?;
    let address = format!("{STAFF_FILES}{file}");
    if !articles::at(&centre, &article).await?.iter().any(|article| article.body.contains(&address)) {
        return Err(missing().into());
    }
    let product = centre.crm.product(centre.company.id, "help", Surface::Portal).await?;
    let record = centre.crm.get(&product, "attachment", file).await?;
    if !is_of_an_article(&record) {
        return Err(missing().into());
    }
    let mut response = download::send(&state, centre.company.id, &record, &headers).await?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    Ok(response)
}

/// Whether the file was uploaded for an article, which may not have been saved yet then.
fn is_of_an_article(attachment: &Record) -> bool {
    match attachment.get("related_id") {
        Value::AnyId { object, .. } => object == articles::ARTICLE,
        related => *related == Value::Null,
    }
}
