//! The style sheet of the consent page, inside the binary.

use crate::http::problem::Problem;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets/oauth/"]
struct Files;

/// The style sheet's address, another one whenever its content changes.
pub(super) fn style() -> String {
    let hash = Files::get("consent.css").map(|file| hex::encode(&file.metadata.sha256_hash()[..6]));
    format!("/oauth/assets/consent.css?{}", hash.unwrap_or_default())
}

/// `GET /oauth/assets/{name}`
pub(in crate::http) async fn show(Path(name): Path<String>) -> Result<Response, Problem> {
    let file = Files::get(&name).ok_or_else(|| Problem::not_found("The file"))?;
    let headers = [
        (header::CONTENT_TYPE, file.metadata.mimetype().to_owned()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
    ];
    Ok((headers, file.data.into_owned()).into_response())
}
