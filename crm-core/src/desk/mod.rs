//! The support desk: tickets, teams' hours, and conversations with customers that pass between bot and people.

mod approval;
mod busy;
mod chat_widget;
mod code;
mod conversation;
mod files;
mod hours;
mod intent;
mod own;
mod promise;
mod quiet;
mod staff_turn;
mod ticket;
mod visitor;

pub use approval::{Approval, ApprovalState, NewApproval};
pub use busy::{MOST_PEOPLE, USUAL_MEETING};
pub(crate) use chat_widget::ChatWidgetRules;
pub use chat_widget::Widget;
pub use code::{CodeMail, CodeSent, CodeShown, address_in};
pub(crate) use conversation::ConversationRules;
pub use conversation::{
    Author, BotSays, CodeWords, Conversation, Heard, Inbound, Message, NewMessage, Overdue, Reason, Routed, State,
    Then, Turn, Wait, Words,
};
pub use hours::Hours;
pub(crate) use hours::check_hours;
pub use intent::{Action, Doing, Material, NewVersion, Sentence};
pub(crate) use intent::{IntentModelRules, IntentRules};
pub use own::OwnTicket;
pub use promise::{Afterwards, NewPromise, Promise};
pub use quiet::QuietHours;
pub use staff_turn::{NewStaffTurn, StaffTurn, ToldOf};
pub(crate) use ticket::TicketRules;
pub use visitor::{ProvenIdentity, Visitor};
