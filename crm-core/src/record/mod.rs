//! Records: reading one, and every way of changing them.
//!
//! A change is a [`Command`], a plain value: it can be logged, retried, proposed by a bot and confirmed before it
//! runs. [`Writing`] carries it out inside one transaction: rights, types, rules, references, the row, its links and
//! keys, and at the end the events.

mod attach;
mod behaviour;
mod bulk;
mod change;
mod command;
mod draft;
pub mod duplicates;
mod job;
mod links;
mod merge;
mod names;
mod references;
mod rehearse;
mod revert;
mod row;
mod share;
mod stored;
mod writing;

pub use attach::NewAttachment;
pub use behaviour::{ActionDef, Behaviour, NoBehaviour};
pub use bulk::BulkItem;
pub(crate) use change::{new_id, takes_owner};
pub use command::Command;
pub use draft::Draft;
pub use duplicates::Duplicate;
pub use job::{JOBS_KEPT, Job, Standing};
pub use names::{NamedRecord, Names};
pub use rehearse::{Effect, Proposal};
pub(crate) use row::Fields;
pub use row::Record;
pub use share::{Access, Share};
pub(crate) use stored::{Found, slot_type};
pub(crate) use writing::run;
pub use writing::{Writing, Written};
