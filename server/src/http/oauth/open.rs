//! Letting pages of other sites call what works without cookies (the Fetch standard's CORS protocol).

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const HEADERS: [(HeaderName, &str); 5] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, mcp-protocol-version"),
    (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Tells browsers so with every answer.
pub(in crate::http) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The answer to a browser that asks before it calls.
pub(in crate::http) async fn preflight() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
