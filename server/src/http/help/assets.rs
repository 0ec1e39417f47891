//! The pages' style sheet and script, inside the binary.

use super::failure::Failure;
use crate::http::problem::Problem;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets/help/"]
struct Files;

/// A file that every page names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asset(&'static str);

pub(super) const STYLE: Asset = Asset("help.css");
pub(super) const SCRIPT: Asset = Asset("help.js");

impl Asset {
    /// Its address, another one whenever its content changes.
    pub(super) fn address(self) -> String {
        let hash = Files::get(self.0).map(|file| hex::encode(&file.metadata.sha256_hash()[..6]));
        format!("/help/assets/{}?{}", self.0, hash.unwrap_or_default())
    }
}

/// One of the files. Pages name them by their content, so they never change.
pub(super) async fn show(Path(name): Path<String>) -> Result<Response, Failure> {
    let file = Files::get(&name).ok_or_else(|| Problem::not_found("The file"))?;
    let headers = [
        (header::CONTENT_TYPE, file.metadata.mimetype().to_owned()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
    ];
    Ok((headers, file.data.into_owned()).into_response())
}
