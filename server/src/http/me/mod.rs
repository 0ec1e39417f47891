//! The person who is signed in.

pub(super) mod change;
pub(super) mod change_password;
pub(super) mod quiet_hours;
pub(super) mod show;
