//! Times, one after another: a line for each row of figures, with gaps where there is no figure.

use super::canvas::{Anchor, Canvas, MARGIN, WIDTH, width_of};
use super::numbers::short;
use super::scale::Scale;
use super::{Chart, Series};
use std::fmt::Write;

const HEIGHT: f64 = 300.0;
/// Of more figures than this the single ones are not marked.
const MARKED: usize = 40;

/// Draws the lines from `top` on; answers where they end.
pub(super) fn draw(chart: &Chart, canvas: &mut Canvas, top: f64) -> f64 {
    let scale = Scale::of(chart.series.iter().flat_map(|series| series.values.iter().flatten().copied()));
    let said: Vec<String> = scale.marks.iter().map(|mark| short(*mark, &chart.unit, chart.language())).collect();
    let left = MARGIN + said.iter().map(|said| width_of(said, 11.0)).fold(20.0, f64::max) + 8.0;
    let (right, bottom) = (WIDTH - MARGIN - 12.0, top + HEIGHT);
    let height_of = |value: f64| bottom - scale.place(value) * HEIGHT;
    for (mark, said) in scale.marks.iter().zip(&said) {
        let y = height_of(*mark);
        let colour = if *mark == 0.0 { canvas.colours.faint } else { canvas.colours.lines };
        canvas.line([left, y, right, y], colour);
        canvas.text(left - 8.0, y + 4.0, Anchor::End, canvas.faint(11.0), said);
    }
    let last = chart.categories.len().saturating_sub(1).max(1) as f64;
    let place_of = |at: usize| left + 12.0 + at as f64 / last * (right - left - 24.0);
    let widest = chart.categories.iter().map(|name| width_of(name, 11.0)).fold(20.0, f64::max) + 14.0;
    let every = (chart.categories.len() as f64 * widest / (right - left)).ceil().max(1.0) as usize;
    for (at, category) in chart.categories.iter().enumerate().step_by(every) {
        canvas.text(place_of(at), bottom + 18.0, Anchor::Middle, canvas.faint(11.0), category);
    }
    for (row, series) in chart.series.iter().enumerate() {
        let point = |at: usize, value: f64| (place_of(at), height_of(value));
        canvas.path(&path(series, point), canvas.row(row), "none");
        if chart.categories.len() <= MARKED {
            for (at, value) in series.values.iter().enumerate() {
                if let Some(value) = value {
                    canvas.dot(place_of(at), height_of(*value), canvas.row(row));
                }
            }
        }
    }
    bottom + 32.0
}

/// The line through the figures, begun anew behind each gap.
fn path(series: &Series, point: impl Fn(usize, f64) -> (f64, f64)) -> String {
    let (mut path, mut on) = (String::new(), false);
    for (at, value) in series.values.iter().enumerate() {
        match value {
            Some(value) => {
                let (x, y) = point(at, *value);
                // Writing to a text cannot fail.
                let _ = write!(path, "{}{x:.1} {y:.1} ", if on { 'L' } else { 'M' });
                on = true;
            }
            None => on = false,
        }
    }
    path.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_gaps_where_there_is_no_figure() {
        let values = vec![Some(1.0), Some(2.0), None, Some(3.0)];
        let series = Series { name: String::new(), shown: Vec::new(), values };
        assert_eq!(path(&series, |at, value| (at as f64, value)), "M0.0 1.0 L1.0 2.0 M3.0 3.0");
    }
}
