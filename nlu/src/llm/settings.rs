//! What an operator says about the model.

use std::fmt;
use std::time::Duration;

/// Which model is asked, and how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The address under which the service has `/chat/completions`: `https://api.example.com/v1`.
    pub address: String,
    /// The model's name there.
    pub model: String,
    /// What the service knows its customer by.
    pub key: Option<Secret>,
    /// How long somebody waits for the model, all tries together.
    pub patience: Duration,
    /// How often a busy service is asked again.
    pub retries: u32,
    /// How many tokens a company may use in a day; none for as many as it likes.
    pub daily_tokens: Option<u64>,
    /// When it is asked.
    pub asked: Use,
}

/// When the model is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Use {
    /// Where the words alone do not tell what is meant, or not surely.
    #[default]
    Unsure,
    /// For every question.
    Always,
}

/// A text that is sent and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text from being shown.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
