//! The support desk: tickets, teams' hours, and conversations with customers that pass between bot and people.

mod chat_widget;
mod conversation;
mod files;
mod hours;
mod ticket;
mod visitor;

pub(crate) use chat_widget::ChatWidgetRules;
pub use chat_widget::Widget;
pub(crate) use conversation::ConversationRules;
pub use conversation::{
    Author, BotSays, Conversation, Heard, Inbound, Message, NewMessage, Overdue, Reason, Routed, State, Then, Turn,
    Wait, Words,
};
pub use hours::Hours;
pub(crate) use hours::check_hours;
pub(crate) use ticket::TicketRules;
pub use visitor::{ProvenIdentity, Visitor};
