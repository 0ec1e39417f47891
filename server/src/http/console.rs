//! The console's pages, built into the binary.

use super::chat::website;
use super::problem::Problem;
use super::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

/// What `npm run build` leaves in `web/console/dist`. A build without it serves the interfaces only.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../web/console/dist/"]
#[allow_missing = true]
struct Pages;

/// A page, a part of one, or the console itself for the addresses of its own views.
pub(super) async fn serve(State(state): State<AppState>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    if method != Method::GET && method != Method::HEAD
        || path.starts_with("/api/v1")
        || path.starts_with("/.well-known/")
        || path.starts_with("/oauth/")
    {
        return Problem::not_found(path).into_response();
    }
    if path.starts_with("/chat/") {
        return website::chat(&state, &uri, &headers).await.into_response();
    }
    if path == "/demo" || path.starts_with("/demo/") {
        return website::demo(&state, &uri).await.into_response();
    }
    let name = path.trim_start_matches('/');
    let last = name.rsplit('/').next().unwrap_or_default();
    let found = match name.trim_end_matches('/') {
        "" => Pages::get("index.html"),
        "api" => Pages::get("api/index.html"),
        _ if last.contains('.') => Pages::get(name),
        _ => Pages::get("index.html"),
    };
    found.map_or_else(|| Problem::not_found(path).into_response(), |file| send(name, &file, &headers))
}

/// A file of a build, unless the browser has it already.
pub(super) fn send(name: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let fresh = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, cached(name).to_owned())];
    if known.is_some_and(|known| known.contains(&etag)) {
        return (StatusCode::NOT_MODIFIED, fresh).into_response();
    }
    let media_type = file.metadata.mimetype().to_owned();
    (fresh, [(header::CONTENT_TYPE, media_type)], file.data.to_vec()).into_response()
}

/// The build puts a hash of the content into the names of its parts: those never change.
fn cached(name: &str) -> &'static str {
    let hashed = |stem: &str| stem.rsplit_once('-').is_some_and(|(_, hash)| hash.len() == 8);
    let stem = name.strip_prefix("assets/").and_then(|file| file.split_once('.')).map(|(stem, _)| stem);
    match stem.is_some_and(hashed) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    }
}

#[cfg(test)]
mod tests {
    use super::cached;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(cached("assets/index-Bx3_9aZq.js").contains("immutable"));
        assert_eq!(cached("assets/parley.svg"), "no-cache");
        assert_eq!(cached("index.html"), "no-cache");
    }
}
