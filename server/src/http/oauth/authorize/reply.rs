//! How a program is answered: the browser is sent to it with the answer (RFC 6749, section 4.1.2; RFC 9207).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use url::{Host, Url};

/// Where and how a program is answered.
pub(super) struct Reply {
    /// The address as the program wrote it.
    pub(super) address: String,
    pub(super) redirect: Url,
    /// What the program wants to hear again.
    pub(super) state: Option<String>,
    pub(super) issuer: String,
}

impl Reply {
    /// It may come in.
    pub(super) fn code(&self, code: &str) -> Response {
        self.answer(&[("code", code)])
    }

    /// It may not, or cannot.
    pub(super) fn error(&self, error: &str, text: &str) -> Response {
        self.answer(&[("error", error), ("error_description", text)])
    }

    fn answer(&self, pairs: &[(&str, &str)]) -> Response {
        let mut address = self.redirect.clone();
        address.query_pairs_mut().extend_pairs(pairs);
        if let Some(state) = &self.state {
            address.query_pairs_mut().append_pair("state", state);
        }
        address.query_pairs_mut().append_pair("iss", &self.issuer);
        let Ok(location) = HeaderValue::from_str(address.as_str()) else {
            return StatusCode::BAD_REQUEST.into_response();
        };
        let plain = |text| HeaderValue::from_static(text);
        let headers = [
            (header::LOCATION, location),
            (header::CACHE_CONTROL, plain("no-store")),
            (header::REFERRER_POLICY, plain("no-referrer")),
        ];
        (StatusCode::SEE_OTHER, headers).into_response()
    }

    /// To where the page's form may lead, for browsers, which count the answer's redirect as well. They know no way to
    /// write addresses of the newer kind there.
    pub(super) fn form_action(&self) -> String {
        match self.redirect.host() {
            Some(Host::Ipv6(_)) | None => "*".to_owned(),
            _ => format!("'self' {}", self.redirect.origin().ascii_serialization()),
        }
    }

    /// The host that gets the answer, as people read it.
    pub(super) fn host(&self) -> &str {
        self.redirect.host_str().unwrap_or_default()
    }
}
