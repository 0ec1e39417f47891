//! Signing in through a company's own OpenID provider (OpenID Connect Core, the code flow with PKCE), beside passwords.
//!
//! What one browser began is in a cookie of its own (`Begun`), so any node can finish it and nothing is kept here but
//! what the provider publishes. People are known by an address that the provider says it has proven; who is not known
//! is let in only where a setting says so.

pub(super) mod back;
pub(super) mod begin;
mod begun;
mod claims;
mod provider;

pub(crate) use provider::Provider;
