//! What a client can put before its assistant by an address: records, articles, saved views, definitions of objects.
//!
//! They are read as the tools read: by the same person, within the same length, with the same marks on what came from
//! outside. What somebody may not see is not found, in the same words as what is not there.
//!
//! To add a kind: give it a form in [`address`], a way to be read in [`read`], and a place in [`list`] if it is worth
//! offering before anybody asks.

pub(crate) mod address;
mod list;
mod read;

pub(crate) use address::templates;
pub(crate) use list::{LISTED, list};
pub(crate) use read::read;
