//! How far an import has come, for a person at a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar for each step. Draws nothing unless standard error is a terminal.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    /// The bar of a step over a table of so many bytes.
    pub(super) fn of(label: &str, length: u64, wanted: bool) -> Self {
        if !wanted {
            return Self(None);
        }
        let bar = ProgressBar::with_draw_target(Some(length.max(1)), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{prefix:24} {bar:30} {percent:>3} %  {msg}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.set_prefix(label.to_owned());
        Self(Some(bar))
    }

    /// So far the table was read, and so many rows are done.
    pub(super) fn at(&self, offset: u64, rows: u64) {
        if let Some(bar) = &self.0 {
            bar.set_position(offset);
            bar.set_message(format!("{rows} rows"));
        }
    }

    /// The step is through.
    pub(super) fn done(&self) {
        if let Some(bar) = &self.0 {
            bar.finish();
        }
    }
}
