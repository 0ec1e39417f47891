//! The whole system from outside: the built program on both engines, through its interfaces only.
//!
//! One module a topic; each test is one sentence of the specification. [`support`] starts the program and gives each
//! test a company of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "a test stops at once"
)]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at once")]

mod approvals;
mod ask;
mod ask_api;
mod ask_articles;
mod ask_charts;
mod ask_fleet;
mod ask_meetings;
mod ask_obstacles;
mod authorisation;
mod bucket;
mod chat;
mod command_line;
mod crash;
mod custom;
mod files;
mod full_disk;
mod help;
mod import;
mod input;
mod journey;
mod kb;
mod leaks;
mod live;
mod llm;
mod mcp;
mod nodes;
mod oauth;
mod oidc;
mod openapi;
mod operation;
mod promises;
mod search;
mod sessions;
mod support;
mod tenants;
mod tls;
mod understanding;
