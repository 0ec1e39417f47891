//! Parley, the whole product in one program: `parley serve`, `parley import`, `parley query`, …

mod cli;
mod config;
mod demo;
mod http;
mod import;

use std::process::ExitCode;

fn main() -> ExitCode {
    // One TLS provider for the whole tree. A second installation is refused and harmless.
    let _ = rustls::crypto::ring::default_provider().install_default();
    cli::run()
}
