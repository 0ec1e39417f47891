//! Permissions: what an actor may do with which object, field and record.
//!
//! Roles and permission sets grant; nothing denies. The rights of a person are the union of their grants, those of a
//! program acting for them the intersection with its scopes. They are enforced in the SQL itself
//! ([`predicate`]), so lists, single reads, groups, search, timelines and exports cannot differ.

mod built_in;
mod grants;
pub(crate) mod predicate;
mod rights;

pub(crate) use built_in::customer_grants;
pub use built_in::{BUILT_IN_ROLES, built_in_grants};
pub use grants::{FieldGrant, Grant, Grants, Scope};
pub(crate) use rights::unknown_object;
pub use rights::{KeyScope, Rights, Verb};
