//! The provider: what it publishes, what it is asked, and what it answers.

use super::begun::Begun;
use super::claims::{Claims, Doubt, Expected, believed};
use crate::config::oidc::{Oidc, is_safe};
use crate::http::oauth::authorize::notice;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use crm_core::identity::Proven;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::JwkSet;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use url::Url;

/// The most bytes of an answer.
const LONGEST: usize = 512 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);
/// How long what it publishes is believed, and how soon it is looked at again for new keys.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
const SOONEST: SignedDuration = SignedDuration::from_secs(10);

/// Why somebody is not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// The provider does not answer, or not as one.
    Away,
    /// Its answer is not believed.
    Doubted,
    /// It has not proven the person's address.
    Unproven,
    /// It was not allowed there, or the browser came back with something else than it was sent for.
    Refused,
    /// The company does not know the person.
    Unknown,
}

impl Failure {
    /// The page that says so.
    pub(super) fn page(self, headers: &HeaderMap) -> Response {
        let status = match self {
            Self::Away => StatusCode::BAD_GATEWAY,
            Self::Refused => StatusCode::BAD_REQUEST,
            Self::Doubted | Self::Unproven | Self::Unknown => StatusCode::FORBIDDEN,
        };
        notice::page(headers, status, |texts| match self {
            Self::Away => &texts.provider_away,
            Self::Doubted => &texts.provider_doubted,
            Self::Unproven => &texts.provider_unproven,
            Self::Refused => &texts.provider_refused,
            Self::Unknown => &texts.provider_unknown,
        })
    }
}

/// What a provider publishes (OpenID Connect Discovery).
#[derive(Debug, Clone, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: Address,
    token_endpoint: Address,
    jwks_uri: Address,
    userinfo_endpoint: Option<Address>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

/// An address at which nobody listens in.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
struct Address(Url);

impl TryFrom<String> for Address {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Url::parse(&text).ok().filter(is_safe).map(Self).ok_or("an address that is not safe")
    }
}

#[derive(Debug, Clone)]
struct Known {
    metadata: Metadata,
    keys: JwkSet,
    at: Timestamp,
}

#[derive(Deserialize)]
struct Given {
    id_token: String,
    access_token: String,
}

/// The provider by which people sign in. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Provider {
    pub(super) settings: Arc<Oidc>,
    http: reqwest::Client,
    known: Arc<Mutex<Option<Known>>>,
}

impl Provider {
    pub(crate) fn new(settings: Oidc) -> Option<Self> {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE);
        let http = http.user_agent("Parley").build();
        let http = http.inspect_err(|error| tracing::error!(%error, "the OpenID provider cannot be asked")).ok()?;
        Some(Self { settings: Arc::new(settings), http, known: Arc::default() })
    }

    /// What the button says.
    pub(crate) fn name(&self) -> &str {
        &self.settings.name
    }

    /// The address at which a person is asked who they are.
    pub(super) async fn question(&self, begun: &Begun, redirect: &str, now: Timestamp) -> Result<Url, Failure> {
        let mut address = self.known(now, KEPT).await?.metadata.authorization_endpoint.0;
        address.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", &self.settings.client_id),
            ("redirect_uri", redirect),
            ("scope", "openid email profile"),
            ("state", &begun.state),
            ("nonce", &begun.nonce),
            ("code_challenge", &begun.challenge()),
            ("code_challenge_method", "S256"),
        ]);
        Ok(address)
    }

    /// Whom a code stands for.
    pub(super) async fn who(
        &self,
        begun: &Begun,
        code: &str,
        redirect: &str,
        now: Timestamp,
    ) -> Result<Proven, Failure> {
        let known = self.known(now, KEPT).await?;
        let given = self.redeem(&known.metadata, begun, code, redirect).await?;
        let mut claims = self.read(&given.id_token, &known, begun, now);
        if matches!(claims, Err(Doubt::UnknownKey)) {
            // It may have new keys.
            let known = self.known(now, SOONEST).await?;
            claims = self.read(&given.id_token, &known, begun, now);
        }
        let mut claims = claims.map_err(|doubt| {
            tracing::warn!(?doubt, issuer = self.settings.issuer, "the word of the OpenID provider is not believed");
            Failure::Doubted
        })?;
        if claims.about.email.is_none()
            && let Some(address) = &known.metadata.userinfo_endpoint
        {
            let asked = self.http.get(address.0.clone()).bearer_auth(&given.access_token);
            claims = claims.with(&answer::<Json>(asked).await?);
        }
        claims.about.proven().ok_or(Failure::Unproven)
    }

    fn read(&self, token: &str, known: &Known, begun: &Begun, now: Timestamp) -> Result<Claims, Doubt> {
        let (issuer, client_id) = (self.settings.issuer.as_str(), self.settings.client_id.as_str());
        believed(token, &known.keys, &Expected { issuer, client_id, nonce: &begun.nonce, now })
    }

    async fn redeem(&self, metadata: &Metadata, begun: &Begun, code: &str, redirect: &str) -> Result<Given, Failure> {
        let client = self.settings.client_id.as_str();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", &begun.verifier),
        ];
        let mut request = self.http.post(metadata.token_endpoint.0.clone());
        let methods = &metadata.token_endpoint_auth_methods_supported;
        let in_form = !methods.is_empty() && !methods.iter().any(|method| method == "client_secret_basic");
        match &self.settings.client_secret {
            Some(secret) if in_form => form.extend([("client_id", client), ("client_secret", secret)]),
            Some(secret) => request = request.basic_auth(encoded(client), Some(encoded(secret))),
            None => form.push(("client_id", client)),
        }
        answer(request.form(&form)).await
    }

    /// What the provider publishes, as of now or not longer ago than this.
    async fn known(&self, now: Timestamp, kept: SignedDuration) -> Result<Known, Failure> {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref().filter(|known| now.duration_since(known.at) < kept) {
            return Ok(known.clone());
        }
        let fresh = self.published(now).await?;
        *known = Some(fresh.clone());
        Ok(fresh)
    }

    async fn published(&self, at: Timestamp) -> Result<Known, Failure> {
        let issuer = self.settings.issuer.as_str();
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let metadata: Metadata = answer(self.http.get(address)).await?;
        if metadata.issuer != issuer {
            tracing::error!(issuer, named = metadata.issuer, "the OpenID provider names another issuer");
            return Err(Failure::Away);
        }
        let keys: Json = answer(self.http.get(metadata.jwks_uri.0.clone())).await?;
        Ok(Known { keys: readable(&keys), metadata, at })
    }
}

/// The keys that can be read; a provider may have others.
fn readable(keys: &Json) -> JwkSet {
    let keys = keys["keys"].as_array().into_iter().flatten();
    let signing = keys.filter(|key| key["use"].as_str().is_none_or(|used| used == "sig"));
    JwkSet { keys: signing.filter_map(|key| serde_json::from_value(key.clone()).ok()).collect() }
}

/// As a name and a secret are written in a header (RFC 6749, section 2.3.1).
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// What a request is answered with.
async fn answer<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T, Failure> {
    let failed = |why: &str| {
        tracing::warn!(why, "the OpenID provider does not answer as one");
        Failure::Away
    };
    let mut response = request
        .header("accept", "application/json")
        .send()
        .await
        .map_err(|error| failed(&error.without_url().to_string()))?;
    if !response.status().is_success() {
        let status = response.status();
        failed(status.as_str());
        // What it refuses is the code.
        return Err(if status.is_client_error() { Failure::Refused } else { Failure::Away });
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| failed("it was broken off"))? {
        if bytes.len() + chunk.len() > LONGEST {
            return Err(failed("it is too long"));
        }
        bytes.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&bytes).map_err(|_| failed("it cannot be read"))
}
