//! The event log: what happened, in the order it happened, per tenant without gaps.
//!
//! It is audit trail, undo source, timeline, outbox and change feed at once. A change writes its events in its own
//! transaction ([`append`]); whatever follows a change (search index, live pages, automations) reads the log from a
//! stored cursor ([`consumer`]) and may run twice.

pub mod consumer;
mod feed;
mod growth;
mod hints;
mod log;
pub mod timer;
mod watch;

pub use feed::{EventQuery, Events};
pub(crate) use feed::{fetch, of_batch, of_record, readable_changes, since_version, visible_record};
pub use growth::Growth;
pub use log::Event;
pub(crate) use log::{COLUMNS, NewEvent, Together, append, decode};
pub use watch::Watch;
