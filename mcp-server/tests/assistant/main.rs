//! Assistants at work: what they are offered, what they read, what they may change and what must be agreed to.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "a test stops at once"
)]

mod answers;
mod confirming;
mod later;
mod lists;
mod outside;
mod prompts;
mod resources;
mod rights;
mod tools;
mod underway;
mod views;
mod watching;
mod ways;
mod world;
