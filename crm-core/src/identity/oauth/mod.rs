//! Programs that act for people who have allowed it: the rows behind an OAuth 2.1 authorization server
//! (draft-ietf-oauth-v2-1), for the assistants' clients of the Model Context Protocol.
//!
//! A program introduces itself ([`Registration`]), of no company yet. When a person allows it something, their company
//! knows it as a client, the person's consent is remembered, and a *grant* begins: one code, and the family of tokens
//! that comes of it. A token makes an actor ([`Crm::assistant`](crate::Crm::assistant)): the person, with no more than
//! the token's scopes. What a scope means is for the caller to say; here it is a word.
//!
//! Secrets are shown once and kept as hashes. Whatever happens with a client is an event of its person.

mod call;
mod client;
mod code;
mod consent;
mod metadata;
mod program;
mod refusal;
mod registration;
mod token;
mod told;

pub use call::{CallInfo, CallOutcome, CallQuery, NewCall};
pub use client::{ClientInfo, ClientKind};
pub use code::{Allowance, Redemption};
pub use consent::ConsentInfo;
pub use metadata::{ClientMetadata, WrongMetadata, is_loopback};
pub use program::{NewProgram, ProgramSecret};
pub use refusal::Refusal;
pub use registration::Registration;
pub use token::{Assistant, Renewal, Tokens};

/// The scopes in a stored list.
fn scopes(json: Option<serde_json::Value>) -> Vec<String> {
    json.and_then(|json| serde_json::from_value(json).ok()).unwrap_or_default()
}
