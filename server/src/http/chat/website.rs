//! What a website loads: the widget's script, its frame, and the demo company's own website.

use crate::demo;
use crate::http::console;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use crm_core::desk::Widget;
use rust_embed::RustEmbed;
use serde_json::json;
use std::time::Duration;

/// What `npm run build` leaves in `web/widget/dist`. A build without it has no chat.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../web/widget/dist/"]
#[allow_missing = true]
struct Parts;

/// The demo company's website.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../web/widget/demo/"]
#[allow_missing = true]
struct Demo;

/// The frame runs its own script and talks to its own server; nothing else.
const FRAME: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; \
                     img-src 'self' blob: data: https:; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors ";
/// The demo's website loads the chat as any website would.
const SITE: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; \
                    object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// How long browsers keep the script: websites name it without a version.
const KEPT: &str = "public, max-age=300, stale-while-revalidate=86400";
/// How long the demo's proof of identity is good.
const PROOF: Duration = Duration::from_secs(3_600);

/// `/chat/…`: the script, the frame and what it loads.
pub(in crate::http) async fn chat(state: &AppState, uri: &Uri, headers: &HeaderMap) -> Result<Response, Problem> {
    let name = uri.path().trim_start_matches("/chat/");
    if name == "frame" {
        return frame(state, uri).await;
    }
    let file = Parts::get(name).filter(|_| name != "frame.html").ok_or_else(|| Problem::not_found(uri.path()))?;
    if name != "widget.js" {
        // The frame and its parts are of one version.
        return Ok(console::send(name, &file, headers));
    }
    let headers = [
        (header::CONTENT_TYPE, file.metadata.mimetype().to_owned()),
        (header::CACHE_CONTROL, KEPT.to_owned()),
        // Any website may load the script; which ones may show the chat, the frame decides.
        (header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin".to_owned()),
    ];
    Ok((headers, file.data.to_vec()).into_response())
}

async fn frame(state: &AppState, uri: &Uri) -> Result<Response, Problem> {
    let query = uri.query().unwrap_or_default();
    let key = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "widget").map(|(_, key)| key);
    let widget = state.crm.chat_widget(key.as_deref().unwrap_or_default()).await?;
    let page = Parts::get("frame.html").ok_or_else(|| Problem::not_found("The chat"))?;
    let mut headers = HeaderMap::new();
    let policy = format!("{FRAME}{}", ancestors(&widget));
    let policy = HeaderValue::from_str(&policy).map_err(Problem::internal)?;
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // Old browsers know only this, which cannot name websites; those that read the policy pass over it.
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    Ok((headers, page.data.to_vec()).into_response())
}

/// The websites that may show the chat.
fn ancestors(widget: &Widget) -> String {
    let named = widget.allowed_domains.iter().map(|domain| format!(" https://{domain} http://{domain}"));
    named.fold("'self'".to_owned(), |all, one| all + &one)
}

/// `/demo…`: the demo company's website; not found where there is no demo.
pub(in crate::http) async fn demo(state: &AppState, uri: &Uri) -> Result<Response, Problem> {
    let there = state.crm.tenant(Some(demo::SLUG)).await.is_ok();
    let name = uri.path().trim_start_matches("/demo").trim_start_matches('/');
    if there && name == "identity" {
        return identity(state).await;
    }
    let name = if name.is_empty() { "index.html" } else { name };
    let file = Demo::get(name).filter(|_| there).ok_or_else(|| Problem::not_found(uri.path()))?;
    let headers = [
        (header::CONTENT_TYPE, file.metadata.mimetype().to_owned()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::CONTENT_SECURITY_POLICY, SITE.to_owned()),
    ];
    Ok((headers, file.data.to_vec()).into_response())
}

/// What the demo company's own server would do: say who its signed-in customer is, signed.
async fn identity(state: &AppState) -> Result<Response, Problem> {
    let widget = state.crm.chat_widget(demo::SLUG).await?;
    let ends = state.crm.now().checked_add(PROOF).map_err(Problem::internal)?;
    let who = demo::CUSTOMER;
    let identity = bots::web_chat::signed(&widget, who.external_id, who.email, who.name, ends)?;
    Ok(Json(json!({"identity": identity, "name": who.name, "email": who.email})).into_response())
}
