//! What people allow programs.

pub(in crate::http) mod list;
pub(in crate::http) mod withdraw;
