//! Whoever sends a request: a person, by a client, within scopes.

use crate::scopes::Scopes;
use crm_core::access::KeyScope;
use crm_core::identity::oauth::Assistant;
use crm_core::schema::Schema;
use crm_core::{Actor, Crm, Principal, Result, Surface};
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// Whoever sends a request. Whoever authenticates requests puts one into their extensions; a request without one is
/// refused unless it carries an API key.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The person for whom the client works, limited to what the client may do ([`Scopes::limits`]).
    pub actor: Actor,
    /// What the client may do.
    pub scopes: Scopes,
    /// The client, as the audit log names it: the id of its registration or of its API key.
    pub client: Uuid,
    /// The definitions that exist for the actor.
    pub(crate) schema: Arc<Schema>,
    credential: Credential,
}

/// By what a client was let in.
#[derive(Clone)]
enum Credential {
    Key(Arc<str>),
    Token { token: Arc<str>, resource: Arc<str> },
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key(_) => "Key(…)",
            Self::Token { .. } => "Token(…)",
        })
    }
}

impl Caller {
    /// The caller with an API key.
    ///
    /// # Errors
    /// [`crm_core::Error::Unauthenticated`] when the key is unknown, revoked or expired.
    pub async fn with_key(crm: &Crm, key: &str) -> Result<Self> {
        Self::let_in(crm, Credential::Key(key.into())).await
    }

    /// The caller with an access token that was given for this resource.
    ///
    /// # Errors
    /// [`crm_core::Error::Unauthenticated`] when the token is unknown, revoked, expired or for something else.
    pub async fn with_token(crm: &Crm, token: &str, resource: &str) -> Result<Self> {
        Self::let_in(crm, Credential::Token { token: token.into(), resource: resource.into() }).await
    }

    /// The same caller as of now: with the rights of this moment, or not let in any more.
    pub(crate) async fn again(&self, crm: &Crm) -> Result<Self> {
        Self::let_in(crm, self.credential.clone()).await
    }

    /// The same caller with all that its person lets it do by now: what it has as soon as it comes with its newest token.
    pub(crate) async fn at_most(&self, crm: &Crm) -> Result<Self> {
        let Credential::Token { token, resource } = &self.credential else { return Ok(self.clone()) };
        let Assistant { actor, scopes, .. } = crm.assistant_at_most(token, resource, limits).await?;
        let schema = Arc::new(crm.schema(&actor));
        Ok(Self { actor, scopes: Scopes::of_names(&scopes), schema, ..self.clone() })
    }

    async fn let_in(crm: &Crm, credential: Credential) -> Result<Self> {
        let (actor, granted) = match &credential {
            Credential::Key(key) => (crm.key(key, Surface::Mcp).await?, None),
            Credential::Token { token, resource } => {
                let assistant = crm.assistant(token, resource, limits).await?;
                (assistant.actor, Some(Scopes::of_names(&assistant.scopes)))
            }
        };
        let schema = Arc::new(crm.schema(&actor));
        let scopes = granted.unwrap_or_else(|| Scopes::of_key(&actor, &schema));
        let client = match actor.who() {
            Principal::Delegate { client, .. } => *client,
            _ => Uuid::nil(),
        };
        Ok(Self { actor, scopes, client, schema, credential })
    }
}

/// What scopes of these names allow.
fn limits(names: &[String]) -> Vec<KeyScope> {
    Scopes::of_names(names).limits()
}
