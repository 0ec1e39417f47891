//! Why a request of a program is refused, by the error codes of RFC 6749, section 5.2, and RFC 8707.

use crate::error::Error;

/// Why a request of a program is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The program is not known, or cannot show that it is the one.
    #[error("The client is not known, was blocked, or its secret is wrong.")]
    Client,
    /// The code or token is not good, whyever: who has stolen one learns nothing more.
    #[error("The code or token is unknown, expired, used or revoked, or belongs to another client or address.")]
    Grant,
    /// The program asks for more than it may have.
    #[error("The client may not have these scopes.")]
    Scope,
    /// The program asks for a token for something else than it was let into.
    #[error("The token is for another resource.")]
    Target,
    /// It cannot be said now.
    #[error(transparent)]
    Failed(#[from] Error),
}
