//! The parameters of a request, in its address or as a form. None may be said twice (RFC 6749, section 3.1); only
//! `resource` may (RFC 8707). An empty one counts as left out.

use super::failure::Failure;
use crate::http::input::read_body;
use crate::http::state::AppState;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use std::collections::BTreeMap;
use url::form_urlencoded;

/// The longest form or query.
const LONGEST: usize = 16 * 1024;

/// The parameters of a request.
#[derive(Debug, Default)]
pub(super) struct Form(BTreeMap<String, Vec<String>>);

impl Form {
    /// Reads `a=1&b=2`.
    pub(super) fn read(text: &[u8]) -> Result<Self, Failure> {
        if text.len() > LONGEST {
            return Err(Failure::malformed("The request is too long."));
        }
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(text).filter(|(_, value)| !value.is_empty()) {
            all.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        let many = |name: &str| matches!(name, "resource" | "allow");
        match all.iter().find(|(name, values)| values.len() > 1 && !many(name)) {
            Some((name, _)) => {
                let name: String = name.chars().take(40).collect();
                Err(Failure::malformed(format!("`{name}` is said more than once.")))
            }
            None => Ok(Self(all)),
        }
    }

    /// A parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.first().map(String::as_str)
    }

    /// A parameter that must be there.
    pub(super) fn need(&self, name: &str) -> Result<&str, Failure> {
        self.get(name).ok_or_else(|| Failure::malformed(format!("`{name}` is missing.")))
    }

    /// A parameter that may be said more than once.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).into_iter().flatten().map(String::as_str)
    }
}

impl FromRequest<AppState> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, Failure> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
            return Err(Failure::malformed("The body must be a form (application/x-www-form-urlencoded)."));
        }
        let (parts, body) = request.into_parts();
        let body = read_body(&parts.headers, body, LONGEST).await;
        Self::read(&body.map_err(|_| Failure::malformed("The form is too long or was broken off."))?)
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn nothing_is_said_twice_but_the_resource() {
        let form = Form::read(b"a=1&b=&resource=x&resource=y&c=%2B+").unwrap();
        assert_eq!((form.get("a"), form.get("b"), form.get("c")), (Some("1"), None, Some("+ ")));
        assert_eq!(form.all("resource").collect::<Vec<_>>(), ["x", "y"]);
        assert!(Form::read(b"a=1&a=1").is_err());
        assert!(Form::read(&vec![b'a'; 20_000]).is_err());
    }
}
