//! Assistants' programs are let in by people: OAuth 2.1 as programs, browsers and attackers use it.

mod asking;
mod calls;
mod documents;
mod finding;
mod fuzz;
mod managing;
pub(crate) mod program;
mod programs;
mod registering;
mod tokens;
mod using;
