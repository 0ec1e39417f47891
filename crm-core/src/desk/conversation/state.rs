//! Who answers in a conversation, and why it was handed to a person.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$about])* $variant,)*
        }

        impl $name {
            /// The word that records and surfaces use.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// What a word means.
            pub fn of(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

words! {
    /// Who answers.
    State {
        /// The bot.
        Bot = "bot",
        /// A person was asked for, but nobody knows of it yet.
        HandoffRequested = "handoff_requested",
        /// A person shall answer, and somebody is expected soon.
        Queued = "queued",
        /// A person answers; the bot is silent.
        Human = "human",
        /// It is over, until the customer writes again.
        Resolved = "resolved",
        /// A person shall answer, but later: nobody is there.
        Offline = "offline",
    }
}

words! {
    /// Why a conversation is handed to a person.
    Reason {
        /// The customer asked for one.
        Asked = "asked",
        /// No article answers.
        NoAnswer = "no_answer",
        /// The bot's answers did not help.
        Unhelpful = "unhelpful",
        /// The customer is upset.
        Upset = "upset",
        /// It is about the customer's own data, and they have not proven who they are.
        Account = "account",
        /// The company wants people to answer this.
        Intent = "intent",
        /// The bot failed.
        Failure = "failure",
        /// An agent stepped in.
        Taken = "taken",
    }
}

impl State {
    /// Whether a person shall answer, or does.
    pub fn is_with_people(self) -> bool {
        matches!(self, Self::HandoffRequested | Self::Queued | Self::Human | Self::Offline)
    }

    /// Whether it waits for a person to take it.
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::HandoffRequested | Self::Queued | Self::Offline)
    }
}
