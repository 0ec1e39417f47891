//! Parts of a whole: slices, and beside them what each is, its figure and its share.

use super::Chart;
use super::canvas::{Anchor, Canvas, Ink, MARGIN, WIDTH, cut, width_of};
use super::numbers::{Unit, full};
use std::f64::consts::TAU;

const RADIUS: f64 = 130.0;
const ROW: f64 = 30.0;

/// Draws the pie from `top` on; answers where it ends.
pub(super) fn draw(chart: &Chart, canvas: &mut Canvas, top: f64) -> f64 {
    let Some(series) = chart.series.first() else { return top };
    let whole: f64 = series.values.iter().flatten().sum();
    let rows = chart.categories.len() as f64 * ROW;
    let height = rows.max(2.0 * RADIUS);
    let (x, y) = (MARGIN + RADIUS, top + height / 2.0);
    let (mut turned, mut row) = (0.0, top + (height - rows) / 2.0 + 19.0);
    for (at, category) in chart.categories.iter().enumerate() {
        let share = series.values.get(at).copied().flatten().unwrap_or_default() / whole;
        let colour = canvas.row(at);
        if share > 0.0 {
            canvas.path(&slice((x, y), turned, turned + share), canvas.colours.paper, colour);
        }
        turned += share;
        let left = 2.0 * RADIUS + MARGIN + 40.0;
        let percent = full(100.0 * share, &Unit::Percent, chart.language());
        let figure = format!("{} · {percent}", series.shown.get(at).map_or("", String::as_str));
        let room = WIDTH - MARGIN - left - 24.0 - width_of(&figure, 13.0) - 12.0;
        canvas.rect([left, row - 12.0, 14.0, 14.0], colour);
        canvas.text(left + 24.0, row, Anchor::Start, canvas.plain(13.0), &cut(category, room, 13.0));
        let ink = Ink { bold: true, ..canvas.plain(13.0) };
        canvas.text(WIDTH - MARGIN, row, Anchor::End, ink, &figure);
        row += ROW;
    }
    top + height + 12.0
}

/// A slice of a disc with a hole, from one share of the turn to another.
fn slice((x, y): (f64, f64), from: f64, to: f64) -> String {
    // A whole turn would begin where it ends, and be nothing.
    let to = to.min(from + 0.9999);
    let point = |share: f64, radius: f64| {
        let turn = share * TAU - TAU / 4.0;
        (x + radius * turn.cos(), y + radius * turn.sin())
    };
    let far = u8::from(to - from > 0.5);
    let inner = RADIUS * 0.52;
    let ((a, b), (c, d)) = (point(from, RADIUS), point(to, RADIUS));
    let ((e, f), (g, h)) = (point(to, inner), point(from, inner));
    format!(
        "M{a:.2} {b:.2} A{RADIUS} {RADIUS} 0 {far} 1 {c:.2} {d:.2} L{e:.2} {f:.2} A{inner} {inner} 0 {far} 0 {g:.2} \
         {h:.2} Z"
    )
}
