//! What clients read first: which server lets them in, and how it does (RFC 9728, RFC 8414).

use super::place::Place;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use mcp_server::Scopes;
use serde_json::{Value, json};

/// `GET /.well-known/oauth-protected-resource`, with and without the resource's path.
pub(in crate::http) async fn resource(State(state): State<AppState>, headers: HeaderMap) -> Json<Value> {
    let place = Place::of(&state, &headers);
    Json(json!({
        "resource": place.resource(),
        "resource_name": "Parley",
        "authorization_servers": [place.issuer()],
        "scopes_supported": Scopes::ALL.names().collect::<Vec<_>>(),
        "bearer_methods_supported": ["header"],
    }))
}

/// `GET /.well-known/oauth-authorization-server`; also under the name that OpenID Connect has for it, where some
/// clients look.
pub(in crate::http) async fn server(State(state): State<AppState>, headers: HeaderMap) -> Json<Value> {
    let place = Place::of(&state, &headers);
    let methods = json!(["none", "client_secret_basic", "client_secret_post"]);
    Json(json!({
        "issuer": place.issuer(),
        "authorization_endpoint": place.at("/oauth/authorize"),
        "token_endpoint": place.at("/oauth/token"),
        "registration_endpoint": place.at("/oauth/register"),
        "revocation_endpoint": place.at("/oauth/revoke"),
        "scopes_supported": Scopes::ALL.names().collect::<Vec<_>>(),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "token_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
        "code_challenge_methods_supported": ["S256"],
        "client_id_metadata_document_supported": true,
        "authorization_response_iss_parameter_supported": true,
        "protected_resources": [place.resource()],
        "ui_locales_supported": super::texts::SPOKEN,
    }))
}
