//! OAuth 2.1: how assistants' programs are let in by people. This server is both the authorization server and, with
//! `/mcp`, the resource that its tokens are for.
//!
//! | what | where | by |
//! | --- | --- | --- |
//! | where to ask | `/.well-known/oauth-protected-resource` | RFC 9728 |
//! | how to ask | `/.well-known/oauth-authorization-server` | RFC 8414 |
//! | who asks | an https address with a document, or `/oauth/register` | draft-ietf-oauth-client-id-metadata-document, RFC 7591 |
//! | asking a person | `/oauth/authorize` | RFC 6749 4.1, RFC 7636, RFC 8707, RFC 9207 |
//! | getting tokens | `/oauth/token` | RFC 6749 4.1.3, 4.4, 6 |
//! | giving them back | `/oauth/revoke` | RFC 7009 |
//!
//! Everything but `/oauth/authorize` works without cookies, so pages of other sites may call it too ([`open`]).

mod assets;
pub(super) mod authorize;
pub(super) mod clients;
pub(super) mod consents;
mod credential;
mod document;
mod failure;
mod form;
mod limits;
pub(super) mod metadata;
pub(super) mod open;
pub(super) mod place;
pub(super) mod register;
pub(super) mod revoke;
pub(super) mod texts;
pub(super) mod token;

pub(super) use assets::show as asset;
pub(super) use limits::Limits;
