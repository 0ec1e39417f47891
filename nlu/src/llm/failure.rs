//! Why a model was of no use.

use super::check::Refused;
use std::time::Duration;

/// Why a model was of no use. Nothing of what a service says stands in it: services quote keys and questions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The settings cannot be used.
    #[error("the key of the language model cannot be sent")]
    Settings,
    /// Nothing is there, or the connection broke.
    #[error("the language model cannot be reached")]
    Unreachable,
    /// It took too long.
    #[error("the language model took too long")]
    TimedOut,
    /// It has too much to do, perhaps for so long.
    #[error("the language model has too much to do")]
    Busy {
        /// How long it asks to be left alone.
        wait: Option<Duration>,
    },
    /// The service is broken.
    #[error("the language model's service failed with status {0}")]
    Broken(u16),
    /// The service does not want this customer or this request.
    #[error("the language model's service turned the request down with status {0}")]
    TurnedDown(u16),
    /// The model does not want to answer.
    #[error("the language model declined to answer")]
    Declined,
    /// The answer was longer than it may be, and ends in the middle.
    #[error("the language model's answer was cut off")]
    CutOff,
    /// What came back is no chat completion.
    #[error("the language model's service answered in another protocol")]
    Unreadable,
    /// The answer is not what was asked for.
    #[error("the language model's answer was refused: {0}")]
    Refused(#[from] Refused),
}

impl Failure {
    /// Whether it may work the next time.
    pub(super) fn may_pass(&self) -> bool {
        matches!(self, Self::Unreachable | Self::Busy { .. } | Self::Broken(_))
    }

    /// One word for it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed_out",
            Self::Busy { .. } => "busy",
            Self::Broken(_) => "broken",
            Self::TurnedDown(_) => "turned_down",
            Self::Declined => "declined",
            Self::CutOff => "cut_off",
            Self::Unreadable => "unreadable",
            Self::Refused(_) => "refused",
        }
    }
}
