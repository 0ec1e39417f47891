//! The bot: what it says to customers, and how their chat reaches it.
//!
//! [`dialogue`] decides, channel-neutral: it reads what a customer said in a conversation of [`crm_core::desk`],
//! looks answers up in [`kb_index`], and stores what it says ([`reply`]), or hands over to people. [`web_chat`] is the
//! website's chat: visitors, frames and what is shown of a conversation. [`live`] tells those who look at a
//! conversation on this node that something happened in it. [`staff`] answers what colleagues ask of the data, and
//! [`chart`] draws its figures.
//!
//! [`intents`] learns what customers of one company want from that company's own examples.
//!
//! To add a channel: a folder beside `web_chat` that makes `Inbound`s of what it hears, wakes the dialogue, and shows
//! messages with their [`reply`] parts.

pub mod chart;
pub mod dialogue;
pub mod intents;
pub mod live;
pub mod reply;
pub mod staff;
mod texts;
pub mod web_chat;

pub use dialogue::Dialogue;
pub use intents::Intents;
pub use live::{Live, Signal};
