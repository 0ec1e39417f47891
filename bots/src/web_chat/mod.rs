//! The website's chat: what goes over the wire (`frame`), one visitor's connection (`session`), what is shown of a
//! conversation (`show`), who a website says its visitor is (`identity`), how much one may say (`pace`).

mod frame;
mod identity;
mod pace;
mod session;
mod show;

pub use frame::{FromClient, Hello, Refusal, ToClient};
pub use identity::signed;
pub use session::{Chat, Session};
