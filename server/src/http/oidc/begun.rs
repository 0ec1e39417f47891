//! What a browser began: kept in its cookie until it comes back from the provider.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::CookieJar;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The cookie, which only the pages of this flow are sent.
const COOKIE: &str = "parley_signing_in";
const PATH: &str = "/oauth/sign-in";
/// How long somebody may take at the provider.
const KEPT_SECONDS: u32 = 600;

/// A sign-in under way.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Begun {
    /// Comes back with the browser, so that nobody else's answer is taken for its own.
    pub(super) state: String,
    /// Comes back in the provider's word, so that no old one is taken for it.
    pub(super) nonce: String,
    /// The secret that goes with the code.
    pub(super) verifier: String,
    /// Where the person wanted to go.
    pub(super) to: String,
}

fn secret() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Begun {
    pub(super) fn new(to: Option<&str>) -> Self {
        Self {
            state: secret(),
            nonce: secret(),
            verifier: secret(),
            to: to.filter(|to| is_own(to)).unwrap_or("/").into(),
        }
    }

    /// The hash of the secret, which the provider is told first.
    pub(super) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.verifier))
    }

    /// What the browser that sent these headers began.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let jar = CookieJar::from_headers(headers);
        let bytes = URL_SAFE_NO_PAD.decode(jar.get(COOKIE)?.value()).ok()?;
        serde_json::from_slice(&bytes).ok().filter(|begun: &Self| is_own(&begun.to))
    }

    /// Whether an answer is to this.
    pub(super) fn is_answered_by(&self, state: &str) -> bool {
        self.state.as_bytes().ct_eq(state.as_bytes()).into()
    }

    pub(super) fn cookie(&self, https: bool) -> Option<HeaderValue> {
        cookie(&URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).ok()?), KEPT_SECONDS, https)
    }

    /// The cookie that takes it away.
    pub(super) fn over(https: bool) -> Option<HeaderValue> {
        cookie("", 0, https)
    }
}

fn cookie(value: &str, seconds: u32, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{COOKIE}={value}; Path={PATH}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).ok()
}

/// Whether it is a path of this server, and nothing that a browser takes for another one.
fn is_own(to: &str) -> bool {
    const LONGEST: usize = 2_000;
    let plain = to.len() <= LONGEST && to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    plain && to.starts_with('/') && !to.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_this_server_and_nowhere_else() {
        for (to, kept) in [
            ("/records/deal", "/records/deal"),
            ("/oauth/authorize?a=b&c=d", "/oauth/authorize?a=b&c=d"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("/\t/evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(Begun::new(Some(to)).to, kept, "{to}");
        }
    }
}
