//! Parley, the whole product in one program: `parley serve`, `parley import`, `parley query`, …

mod asking;
mod cli;
mod config;
mod demo;
mod http;
mod import;

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Many small values are made in one thread and dropped in another, which the system's allocator is slow at. SQLite
/// uses this one too.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // One TLS provider for the whole tree. A second installation is refused and harmless.
    let _ = rustls::crypto::ring::default_provider().install_default();
    cli::run()
}
