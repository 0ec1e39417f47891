//! Who a program says it is, and its secret where it has one: in the form or as `Authorization: Basic` (RFC 6749,
//! section 2.3.1).

use super::failure::Failure;
use super::form::Form;
use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

/// Who a program says it is.
pub(super) struct Credential {
    pub(super) client_id: String,
    pub(super) secret: Option<String>,
}

impl Credential {
    pub(super) fn of(headers: &HeaderMap, form: &Form) -> Result<Self, Failure> {
        let Some(header) = headers.get(header::AUTHORIZATION) else {
            let secret = form.get("client_secret").map(str::to_owned);
            return Ok(Self { client_id: form.need("client_id")?.to_owned(), secret });
        };
        let (client_id, secret) = header.to_str().ok().and_then(basic).ok_or_else(Failure::client)?;
        if form.get("client_secret").is_some() || form.get("client_id").is_some_and(|id| id != client_id) {
            return Err(Failure::malformed("The client says twice who it is."));
        }
        Ok(Self { client_id, secret: Some(secret).filter(|secret| !secret.is_empty()) })
    }
}

fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    let decoded = STANDARD.decode(encoded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let text = String::from_utf8(decoded).ok()?;
    let (id, secret) = text.split_once(':')?;
    let plain = |text: &str| {
        form_urlencoded::parse(text.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
    };
    Some((plain(id), plain(secret)))
}
