//! Log lines on standard error, as text or as JSON, and the counting of what they tell.

use std::io::{self, IsTerminal};

use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{
    Outcome,
    config::{Config, LogFormat},
    metrics::Metrics,
};

/// From here on everything that is told is written and counted.
pub(crate) fn start(config: &Config, metrics: Metrics, quiet: bool) -> Outcome<()> {
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let lines = match config.log_format {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    let wanted: EnvFilter = if quiet { "warn" } else { &config.log }.parse()?;
    let counted = metrics.with_filter(tracing_subscriber::filter::filter_fn(Metrics::counts));
    tracing_subscriber::registry().with(lines.with_filter(wanted)).with(counted).try_init()?;
    Ok(())
}
