//! How far a long command has come: a bar on a terminal, nothing in a pipe.

use std::borrow::Cow;

use indicatif::{ProgressBar, ProgressStyle};

/// Towards a known end.
pub(crate) fn bar(end: u64, what: impl Into<Cow<'static, str>>) -> ProgressBar {
    let bar = ProgressBar::new(end).with_message(what);
    styled(bar, "{msg} {bar:40} {human_pos}/{human_len} {eta}")
}

/// Towards an end that nobody knows.
pub(crate) fn count(what: impl Into<Cow<'static, str>>) -> ProgressBar {
    styled(ProgressBar::no_length().with_message(what), "{msg} {human_pos} {per_sec}")
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
