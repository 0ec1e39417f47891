//! Conversations with customers, and who answers in them.
//!
//! A conversation is with the bot, waiting for a person, with a person, or over ([`State`]). Every change goes
//! through one transaction that holds the conversation's row, or writes it only at the version that it has read: what a
//! customer says ([`Crm::hear`]), what the bot answers ([`Crm::bot_says`], refused when anything happened since the bot
//! looked), and what agents do (the object's actions, `act`). So two agents cannot both take a conversation, and the bot cannot speak over a person.
//!
//! [`Crm::hear`]: crate::Crm::hear
//! [`Crm::bot_says`]: crate::Crm::bot_says

mod act;
mod deadline;
mod handoff;
mod hear;
mod message;
mod opinion;
mod say;
mod state;
mod story;
mod wait;

pub(crate) use act::ConversationRules;
pub use deadline::Overdue;
pub use handoff::{Routed, Words};
pub use hear::{Heard, Inbound};
pub use message::{Author, Message, NewMessage};
pub use say::{BotSays, CodeWords, Then, Turn};
pub use state::{Reason, State};
pub use story::Conversation;
pub(super) use story::{now_known, number_of};
pub use wait::Wait;

use serde_json::{Map, Value as Json};

/// The values of a record, written with `json!`.
pub(super) fn map(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

/// The beginning of a text as one line, for what a record is called.
fn line(text: &str, most: usize) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line: String = words.collect::<Vec<_>>().join(" ").chars().take(most).collect();
    if line.is_empty() { FILES.to_owned() } else { line }
}

/// What a message without words is called: it brings files.
const FILES: &str = "📎";

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_record_is_called_by_one_line() {
        assert_eq!(line("It says\r\n  \tERROR\u{0}", 80), "It says ERROR");
        assert_eq!(line(" \n", 80), "📎");
        assert_eq!(line("äöü", 2), "äö");
    }
}
