//! Custom fields and objects: defined by an administrator, stored in the shape of the standard ones, in use at once.
//!
//! A definition's change is a transaction like any other: it takes the tenant's revision first, so that changes of one
//! tenant wait for one another, and every node works with the new definitions from its next request on.

mod define;
mod input;
mod load;
mod slots;
mod usage;

pub use input::{FieldPatch, NewField, NewObject, ObjectPatch};
pub(crate) use load::load_custom;
