//! The programs that a company knows, for its administrators.

pub(in crate::http) mod block;
pub(in crate::http) mod calls;
pub(in crate::http) mod list;
pub(in crate::http) mod make;
pub(in crate::http) mod unblock;
