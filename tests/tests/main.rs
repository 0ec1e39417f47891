//! The whole system from outside: the built program on both engines, through its interfaces only.
//!
//! One module a topic; each test is one sentence of the specification. [`support`] starts the program and gives each
//! test a company of its own.

mod authorisation;
mod command_line;
mod crash;
mod custom;
mod files;
mod import;
mod input;
mod journey;
mod live;
mod nodes;
mod openapi;
mod operation;
mod sessions;
mod support;
mod tenants;
