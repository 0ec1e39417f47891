//! The provider's word about who somebody is, believed only if it is signed by the provider, for this server, now, and
//! in answer to this very browser (OpenID Connect Core, section 3.1.3.7).

use crm_core::identity::Proven;
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value as Json;

/// With which a provider may sign. No secret is shared, so whoever can check cannot sign.
const SIGNED: [Algorithm; 8] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];
/// How far the provider's clock may be from ours.
const LEEWAY: i64 = 60;
/// How old its word may be.
const OLDEST: i64 = 600;

/// What the provider says.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    azp: Option<String>,
    #[serde(flatten)]
    pub(super) about: About,
}

/// What it says about the person; here, or where one asks for it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct About {
    pub(super) email: Option<String>,
    /// Some write it as a text.
    email_verified: Option<Json>,
    name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// For whom a word must be.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Timestamp,
}

/// Why a word is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// None of the keys has signed it; perhaps there are new ones.
    UnknownKey,
    /// It is for somebody else, of another time, or not signed as it should be.
    Wrong(&'static str),
}

/// Reads a word and checks all that makes it one.
pub(super) fn believed(token: &str, keys: &JwkSet, expected: &Expected<'_>) -> Result<Claims, Doubt> {
    let header = decode_header(token).map_err(|_| Doubt::Wrong("it is no token"))?;
    if !SIGNED.contains(&header.alg) {
        return Err(Doubt::Wrong("its signature is of a kind that is not taken"));
    }
    let key = key(keys, header.kid.as_deref()).ok_or(Doubt::UnknownKey)?;
    let key = DecodingKey::from_jwk(key).map_err(|_| Doubt::Wrong("its key cannot be read"))?;
    let mut checked = Validation::new(header.alg);
    // Times are held against the injected clock below.
    checked.validate_exp = false;
    checked.validate_nbf = false;
    checked.set_issuer(&[expected.issuer]);
    checked.set_audience(&[expected.client_id]);
    checked.set_required_spec_claims(&["iss", "aud", "exp", "sub"]);
    let claims = decode::<Claims>(token, &key, &checked).map_err(|error| {
        tracing::debug!(%error, "an id token was refused");
        Doubt::Wrong("its signature, issuer or audience is wrong")
    })?;
    claims.claims.hold(expected)
}

/// The key of this id; the only one where none is named.
fn key<'a>(keys: &'a JwkSet, id: Option<&str>) -> Option<&'a Jwk> {
    match id {
        Some(id) => keys.find(id),
        None => keys.keys.first().filter(|_| keys.keys.len() == 1),
    }
}

impl Claims {
    fn hold(self, expected: &Expected<'_>) -> Result<Self, Doubt> {
        let now = expected.now.as_second();
        let several = matches!(&self.aud, Audience::Many(all) if all.len() > 1);
        let ours = match &self.aud {
            Audience::One(one) => one == expected.client_id,
            Audience::Many(all) => all.iter().any(|one| one == expected.client_id),
        };
        let given_to = self.azp.as_deref();
        let faults = [
            (self.iss != expected.issuer, "its issuer is another one"),
            (!ours, "it is for another program"),
            (
                several && given_to.is_none() || given_to.is_some_and(|to| to != expected.client_id),
                "it was given to another program",
            ),
            (self.exp.saturating_add(LEEWAY) <= now, "it is expired"),
            (self.iat > now.saturating_add(LEEWAY) || self.iat.saturating_add(OLDEST) < now, "it is of another time"),
            (self.nonce.as_deref() != Some(expected.nonce), "it answers another sign-in"),
            (self.sub.is_empty(), "it is about nobody"),
        ];
        match faults.into_iter().find(|(found, _)| *found) {
            Some((_, why)) => Err(Doubt::Wrong(why)),
            None => Ok(self),
        }
    }

    /// The same with what was asked for besides, if that is about the same person.
    pub(super) fn with(mut self, more: &Json) -> Self {
        if more["sub"] == self.sub.as_str()
            && let Ok(about) = serde_json::from_value(more.clone())
        {
            self.about = about;
        }
        self
    }
}

impl About {
    /// Who it is, if the provider has proven their address.
    pub(super) fn proven(&self) -> Option<Proven> {
        let verified = match self.email_verified.as_ref()? {
            Json::Bool(verified) => *verified,
            Json::String(text) => text == "true",
            _ => false,
        };
        let email = self.email.as_deref().map(str::trim).filter(|email| verified && !email.is_empty())?;
        let name = self.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(email);
        Some(Proven { email: email.to_owned(), name: name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_an_address_that_the_provider_has_proven_tells_who_it_is() {
        for (about, known) in [
            (json!({"email": "a@x.example", "email_verified": true}), true),
            (json!({"email": "a@x.example", "email_verified": "true"}), true),
            (json!({"email": "a@x.example", "email_verified": false}), false),
            (json!({"email": "a@x.example", "email_verified": "no"}), false),
            (json!({"email": "a@x.example", "email_verified": 1}), false),
            (json!({"email": "a@x.example"}), false),
            (json!({"email": " ", "email_verified": true}), false),
            (json!({"email_verified": true}), false),
        ] {
            let read: Result<About, _> = serde_json::from_value(about.clone());
            assert_eq!(read.ok().and_then(|about| about.proven()).is_some(), known, "{about}");
        }
    }
}
