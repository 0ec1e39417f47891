//! Telling a client that a record or an article which it watches has changed.
//!
//! Since 2026-07-28 a client asks for one long answer (`subscriptions/listen`), over either transport. Before, it names
//! one address after the other (`resources/subscribe`) and is told between the answers of a connection that stays; over
//! HTTP no connection does, so there it is not offered.
//!
//! Both follow the event log ([`follower`]), whichever node wrote it, as the person is let in at that moment: nobody
//! hears of what they may not see, nor after their key, token or right has ended. What is told is only that something
//! changed; so changes that come close together are told once, and nothing is kept for a client that does not listen.

mod connection;
mod follower;
mod listeners;
mod listening;
mod watched;

pub(crate) use connection::Connection;
pub(crate) use listeners::Listeners;
pub(crate) use listening::listen;
pub(crate) use watched::watchable;

use follower::Follower;
use watched::Watched;
