//! The log (日志): structured, on standard error, for people or for machines.

use crate::config::{Config, Log};
use std::io::{self, IsTerminal};
use tracing_subscriber::{EnvFilter, fmt};

/// Starts logging. A filter that can't be read falls back to the usual one, and the log says so.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_new(&config.log_filter);
    let bad = filter.as_ref().err().map(ToString::to_string);
    let filter = filter.unwrap_or_else(|_| EnvFilter::new("info"));
    let base = fmt().with_env_filter(filter).with_ansi(io::stderr().is_terminal()).with_writer(io::stderr);
    let started = match config.log {
        Log::Json => base.json().flatten_event(true).try_init(),
        Log::Pretty => base.compact().try_init(),
    };
    if started.is_ok()
        && let Some(problem) = bad
    {
        tracing::warn!(problem, "the setting log_filter can't be read; the filter is now info");
    }
}
