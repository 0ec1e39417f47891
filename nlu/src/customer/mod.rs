//! What a customer's message means.
//!
//! The way of a message: it is taken apart (`text`), its language is told (`tongue`), its words are looked up in that
//! language's file (`lexicon`), which gives each a meaning (`concept`), and meanings that stand together make the
//! intent (`intent`, a file for each) and the mood (`mood`).

mod concept;
mod intent;
mod lexicon;
mod mood;
mod reading;
mod text;
mod tongue;

use crate::Language;
use reading::Reading;
use text::Text;

/// What was understood of a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heard {
    /// What is wanted.
    pub intent: Intent,
    /// How sure that is, between 0 and 1.
    pub certainty: f32,
    /// The language it is written in; none if it is too short to tell, or another one.
    pub language: Option<Language>,
    /// The mood.
    pub sentiment: Sentiment,
    /// Whether the matter cannot wait.
    pub urgent: bool,
}

/// What a customer wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Intent {
    /// Says hello, or announces a question without asking it, and nothing more.
    Greeting,
    /// Says thanks, and nothing more.
    Thanks,
    /// Takes leave.
    Goodbye,
    /// Asks who or what is speaking.
    WhoAreYou,
    /// Asks how one is.
    HowAreYou,
    /// Yes; also: that helped.
    Yes,
    /// No; also: that did not help.
    No,
    /// Wants a person.
    Human,
    /// Insults, and asks nothing.
    Abuse,
    /// Says nothing: keys pressed at random, signs alone.
    Nonsense,
    /// Asks about what is theirs and needs proof of who they are: their order, their balance.
    Account,
    /// Anything else: look for an answer.
    Question,
}

/// The mood of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sentiment {
    /// Pleased or grateful.
    Happy,
    /// Neither.
    Neutral,
    /// Dissatisfied.
    Unhappy,
    /// Angry: strong words, insults, shouting.
    Angry,
}

/// Understands a message. `usual` is the language of the conversation so far, which counts where the message is too
/// short to tell.
#[must_use]
pub fn hear(text: &str, usual: Language) -> Heard {
    let text = Text::of(text);
    let language = tongue::of(&text, usual);
    let reading = Reading::of(&text, language.unwrap_or(usual));
    let (mut intent, mut certainty) = intent::of(&reading);
    let mut sentiment = mood::of(&reading, intent);
    // "Merci" and "agent please" are said in every language.
    if intent == Intent::Question && language.is_none() {
        for other in Language::ALL.into_iter().filter(|other| *other != usual) {
            let reading = Reading::of(&text, other);
            let heard = intent::of(&reading);
            if reading.content() == 0
                && heard.0 != Intent::Question
                && (intent == Intent::Question || heard.1 > certainty)
            {
                (intent, certainty) = heard;
                sentiment = mood::of(&reading, intent);
            }
        }
    }
    Heard { intent, certainty, language, sentiment, urgent: mood::is_urgent(&reading) }
}

/// Requests to the company that a message speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTickets {
    /// Their numbers; none where no number is said: "my ticket".
    pub numbers: Vec<i64>,
}

/// Of which tickets a message speaks that asks for something of the customer's own; none if it is about something else.
#[must_use]
pub fn own_tickets(text: &str, usual: Language) -> Option<OwnTickets> {
    let text = Text::of(text);
    let reading = Reading::of(&text, tongue::of(&text, usual).unwrap_or(usual));
    intent::account::tickets(&reading).map(|numbers| OwnTickets { numbers })
}
