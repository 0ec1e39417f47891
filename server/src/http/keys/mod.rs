//! API keys: programs that act for a person.

pub(super) mod create;
pub(super) mod list;
pub(super) mod revoke;
