//! Questions in plain language, which another part of the product understands.

use crm_core::{Actor, Result};
use futures_util::future::BoxFuture;
use serde_json::Value as Json;

/// What is answered to a question.
#[derive(Debug, Clone)]
pub struct Asked {
    /// How it was understood, and the result.
    pub answer: Json,
    /// What a later question may go on from.
    pub context: Option<Json>,
}

/// Whoever answers questions in plain language, as the person who asks. Changes nothing.
pub trait Asks: Send + Sync {
    /// Answers a question; `earlier` is the [`Asked::context`] of the one before.
    fn ask<'a>(
        &'a self,
        actor: &'a Actor,
        text: &'a str,
        earlier: Option<Json>,
        limit: usize,
    ) -> BoxFuture<'a, Result<Asked>>;
}
