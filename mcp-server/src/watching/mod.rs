//! Telling a client what has changed: a record or an article that it watches, and the lists of tools, prompts and
//! resources that it is shown.
//!
//! Since 2026-07-28 a client asks for one long answer (`subscriptions/listen`), over either transport. Before, it names
//! one address after the other (`resources/subscribe`) and is told between the answers of a connection that stays; over
//! HTTP no connection does, so there it is told of lists alone, by a stream that it may open ([`streaming`]).
//!
//! All follow the event log ([`follower`]), whichever node wrote it, as the person is let in at that moment: nobody
//! hears of what they may not see, nor after their key, token or right has ended. What is told is only that something
//! changed; so changes that come close together are told once, and nothing is kept for a client that does not listen.
//! A list has changed when the client would be shown another one ([`shown`]), not whenever a definition or a right does.

mod connection;
mod follower;
mod listeners;
mod listening;
mod news;
mod shown;
mod streaming;
mod watched;

pub(crate) use connection::Connection;
pub(crate) use listening::{Open, begin, listen, note};
pub(crate) use streaming::stream;
pub(crate) use watched::watchable;

use follower::{Follower, Start};
use listeners::Listeners;
use shown::{List, Shown};
use watched::Watched;
