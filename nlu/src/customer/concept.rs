//! What words can mean, whatever the language.

use serde::Deserialize;
use std::ops::BitOr;

/// A meaning that a word or phrase can have in a customer's message. The files of words are written in these names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub(super) enum Concept {
    /// Says nothing by itself: articles, pronouns, prepositions.
    Function,
    /// Padding of small talk: "very", "so much", "well".
    Filler,
    /// "Please".
    Polite,
    /// Names somebody spoken to: "team", "sir".
    Address,

    /// A person as opposed to a machine: "human", "real person".
    Human,
    /// A person who works for the company: "agent", "manager", "person".
    Staff,
    /// Anybody: "someone".
    Someone,
    /// Where people who help sit: "support", "customer service".
    Desk,
    /// Makes anybody a human: "real", "live".
    Real,
    /// The machine: "bot".
    Bot,
    /// People on the asker's side: "my customers", "users".
    Others,
    /// Looks like one of the above and is not: "human resources", "someone else".
    Else,

    /// "Talk", "speak".
    Talk,
    /// "Contact", "reach".
    Reach,
    /// "Connect me", "transfer".
    Connect,
    /// "Get me", "give me".
    Give,
    /// "I want", "I need".
    Want,
    /// "May I", "let me", "can I".
    May,
    /// "Call me back".
    CallMe,
    /// "Escalate".
    Escalate,
    /// "Help".
    Help,
    /// "Is there".
    Exists,
    /// "There?", "available".
    Present,
    /// "Are you", "am I talking to".
    Identity,
    /// Asks for the way of doing something: "how do I", "where can I".
    HowTo,
    /// Other openings of questions: "what", "does".
    Asks,
    /// Turns away from small talk: "but".
    But,

    /// A greeting.
    Greeting,
    /// Thanks.
    Thanks,
    /// What one thanks for: "for your help".
    ThanksFor,
    /// A farewell.
    Goodbye,
    /// A question who or what one talks to, as a whole.
    WhoAreYou,
    /// "How are you".
    HowAreYou,
    /// Announces a question without asking it: "can you help me".
    Announce,
    /// "Yes".
    Yes,
    /// "No".
    No,
    /// "Not".
    Not,
    /// "Worked", "helped", "solved".
    Solved,
    /// What worked or did not: "it", "that", "my problem".
    Its,
    /// Praise: "great", "perfect".
    Praise,

    /// "My", "I".
    Own,
    /// What customers have with a company: "order", "refund".
    Thing,
    /// Of these, what people also call by a number: "order 4711".
    Numbered,
    /// Of these, a request to the company: "ticket", "case".
    Ticket,
    /// Asks how things stand: "where is", "status of".
    State,
    /// Happens to a thing: "arrived", "was charged".
    Event,
    /// What one asks to be done with a thing: "cancel".
    Act,
    /// What happened to the asker, as a whole: "was charged twice", "how much do I owe".
    Mine,

    /// Pleasure: "happy", "love".
    Happy,
    /// Dissatisfaction: "disappointed", "still not".
    Unhappy,
    /// Strong words: "ridiculous", "hell".
    Angry,
    /// An insult, whomever it is for: "idiot".
    Insult,
    /// An insult when it is said of someone: "useless", "a joke".
    Bad,
    /// Whom a [`Concept::Bad`] can be said of: "you", "your company".
    Target,
    /// "Urgent", "right now".
    Urgent,
}

impl Concept {
    /// Whether a phrase of this meaning takes the meanings of its words away: of "human resources" the human, but not
    /// of "I want" the asker.
    pub(super) fn hides(self) -> bool {
        let open = [
            Self::May,
            Self::Want,
            Self::Give,
            Self::Exists,
            Self::State,
            Self::Mine,
            Self::Event,
            Self::Happy,
            Self::Unhappy,
            Self::Angry,
            Self::Its,
            Self::Target,
            Self::ThanksFor,
            Self::Filler,
            Self::Identity,
            Self::Address,
            Self::Connect,
            Self::Reach,
            Self::Polite,
        ];
        !open.contains(&self)
    }
}

/// A set of meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Concepts(u64);

impl Concepts {
    pub(super) fn of(concepts: &[Concept]) -> Self {
        concepts.iter().fold(Self::default(), |all, one| all | (*one).into())
    }

    pub(super) fn meets(self, other: impl Into<Self>) -> bool {
        self.0 & other.into().0 != 0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl From<Concept> for Concepts {
    fn from(concept: Concept) -> Self {
        Self(1 << concept as u8)
    }
}

impl BitOr for Concepts {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
