//! `/oauth/authorize`: a person is asked whether a program may work for them.
//!
//! The page is made here and needs no script. Whoever is not signed in does that first, and comes back. What cannot be
//! answered to the program, because it may not be the one it says, is told on a page ([`refusal`]).

mod decide;
pub(in crate::http) mod notice;
mod page;
mod question;
mod refusal;
mod reply;
mod show;
mod visitor;

pub(in crate::http) use decide::handle as decide;
pub(in crate::http) use show::handle as show;
