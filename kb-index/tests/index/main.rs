//! The index over a database, on both engines.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "a test stops at once"
)]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at once")]

mod confidence;
mod encoder;
mod knowledge;
mod records;
mod support;
