//! The engine from outside: through the door, on both engines.
//!
//! One module a topic; [`support`] gives each test a company of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "a test stops at once"
)]

mod approvals;
mod articles;
mod at_once;
mod conversations;
mod custom_fields;
mod definitions;
mod door;
mod duplicates;
mod jobs;
mod metering;
mod permissions;
mod query_agreement;
mod support;
