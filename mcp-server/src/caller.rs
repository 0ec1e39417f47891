//! Whoever sends a request: a person, by a client, within scopes.

use crate::scopes::Scopes;
use crm_core::{Actor, Crm};
use std::sync::Arc;

/// Whoever sends a request. Whoever authenticates requests puts one into their extensions; a request without one is
/// refused unless it carries an API key.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The person for whom the client works, limited to what the client may do ([`Scopes::limits`]).
    pub actor: Actor,
    /// What the client may do.
    pub scopes: Scopes,
    /// The client, as the audit log names it: the id of its registration or of its API key.
    pub client: Arc<str>,
}

impl Caller {
    /// The caller with an API key.
    pub fn with_key(crm: &Crm, actor: Actor) -> Self {
        let scopes = Scopes::of_key(&actor, &crm.schema(&actor));
        let client = match actor.who() {
            crm_core::Principal::Delegate { client, .. } => client.to_string(),
            _ => String::new(),
        };
        Self { actor, scopes, client: client.into() }
    }
}
