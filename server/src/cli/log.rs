//! The log: to standard error, so that results can be piped.

use crate::config::{Config, LogFormat};
use std::io::{IsTerminal, stderr};
use tracing_subscriber::EnvFilter;

/// Starts logging as configured; `quiet` commands log warnings only unless told otherwise.
pub(super) fn start(config: &Config, quiet: bool) {
    let level = if quiet && config.log_level == "info" { "warn" } else { &config.log_level };
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    let started = match config.log_format {
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
        LogFormat::Pretty => lines.with_ansi(stderr().is_terminal()).try_init(),
    };
    if let Err(error) = started {
        eprintln!("The log could not be started: {error}");
    }
}
