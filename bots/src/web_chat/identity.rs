//! Who a website says that its visitor is: a JSON Web Token (RFC 7519), signed with the widget's secret (HS256).

use crm_core::Error;
use crm_core::desk::{ProvenIdentity, Widget};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

/// What the token says.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    /// The website's own id of the visitor.
    #[serde(default)]
    sub: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    name: Option<String>,
    /// When it ends, in seconds since 1970.
    exp: i64,
}

/// How far the website's clock may be off, in seconds.
const LEEWAY: i64 = 60;

/// Who the visitor is, if the signature is good and the token has not ended at `now`.
///
/// # Errors
/// [`Error::Unauthenticated`] for everything else.
pub(super) fn proven(widget: &Widget, token: &str, now: jiff::Timestamp) -> Result<ProvenIdentity, Error> {
    let refused =
        |why: &str| Error::Unauthenticated(format!("The website's proof of who you are is not valid: {why}."));
    let secret = widget.identity_secret.as_deref().ok_or_else(|| refused("the chat has no identity secret"))?;
    let mut validation = Validation::new(Algorithm::HS256);
    // The end is compared with the injected clock below.
    validation.validate_exp = false;
    validation.required_spec_claims = ["exp".to_owned()].into();
    validation.validate_aud = false;
    let key = DecodingKey::from_secret(secret.as_bytes());
    let claims = decode::<Claims>(token, &key, &validation).map_err(|_| refused("its signature is wrong"))?.claims;
    if claims.exp + LEEWAY < now.as_second() {
        return Err(refused("it has ended"));
    }
    Ok(ProvenIdentity { external_id: claims.sub, email: claims.email, name: claims.name })
}

/// A token as a website would sign it: for the demo website and for tests.
///
/// # Errors
/// When the widget has no secret.
pub fn signed(widget: &Widget, sub: &str, email: &str, name: &str, ends: jiff::Timestamp) -> Result<String, Error> {
    let secret = widget.identity_secret.as_deref().ok_or_else(|| Error::not_found("The chat's identity secret"))?;
    let (sub, email, name) = (Some(sub.to_owned()), Some(email.to_owned()), Some(name.to_owned()));
    let claims = Claims { sub, email, name, exp: ends.as_second() };
    encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(secret.as_bytes()))
        .map_err(|error| Error::Internal(error.to_string()))
}
