//! Assistants' programs are let in by people: OAuth 2.1 as programs, browsers and attackers use it.

mod asking;
mod documents;
mod finding;
mod managing;
mod program;
mod programs;
mod registering;
mod tokens;
mod using;
