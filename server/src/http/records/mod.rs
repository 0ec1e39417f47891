//! Records of every object: one set of endpoints for standard and custom objects alike.

pub(super) mod act;
pub(super) mod aggregate;
pub(super) mod bulk;
pub(super) mod change;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod duplicates;
pub(super) mod list;
pub(super) mod merge;
pub(super) mod query;
pub(super) mod read;
pub(super) mod restore;
pub(super) mod shares;
pub(super) mod timeline;

use super::openapi::Operation;
use super::route::Described;

/// The description of an operation on the records of one object.
fn operation(verb: &str, described: &Described<'_>, summary: &str) -> Operation {
    let object = described.object;
    Operation::new(&format!("{verb}_{}", object.name), object.plural_label.text("en"), summary)
}
