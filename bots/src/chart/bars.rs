//! Categories beside each other: bars from left to right, so that long names have room.

use super::Chart;
use super::canvas::{Anchor, Canvas, Ink, MARGIN, WIDTH, cut, width_of};
use super::numbers::short;
use super::scale::Scale;

const NAMES: f64 = 230.0;
const ROOM: f64 = 10.0;

/// Draws the bars from `top` on; answers where they end.
pub(super) fn draw(chart: &Chart, canvas: &mut Canvas, top: f64) -> f64 {
    let several = chart.series.len() > 1;
    let (thick, apart) = if several { (14.0, 12.0) } else { (20.0, 9.0) };
    let scale = Scale::of(chart.series.iter().flat_map(|series| series.values.iter().flatten().copied()));
    let shown = chart.series.iter().flat_map(|series| &series.shown);
    let figures = shown.map(|shown| width_of(shown, 12.0)).fold(40.0, f64::max).min(190.0);
    let names = chart.categories.iter().map(|name| width_of(name, 13.0)).fold(60.0, f64::max).min(NAMES);
    let (left, right) = (MARGIN + names + ROOM, WIDTH - MARGIN - figures - ROOM);
    let at = |value: f64| left + scale.place(value) * (right - left);
    let height = chart.categories.len() as f64 * (chart.series.len() as f64 * thick + apart);
    for mark in &scale.marks {
        let x = at(*mark);
        canvas.line([x, top, x, top + height], canvas.colours.lines);
        let said = short(*mark, &chart.unit, chart.language());
        canvas.text(x, top + height + 16.0, Anchor::Middle, canvas.faint(11.0), &said);
    }
    let mut y = top + apart / 2.0;
    for (place, category) in chart.categories.iter().enumerate() {
        let middle = y + chart.series.len() as f64 * thick / 2.0;
        let name = cut(category, names, 13.0);
        canvas.text(left - ROOM, middle + 4.5, Anchor::End, canvas.plain(13.0), &name);
        for (row, series) in chart.series.iter().enumerate() {
            if let Some(value) = series.values.get(place).copied().flatten() {
                let (from, to) = (at(0.0).min(at(value)), at(0.0).max(at(value)));
                let colour = if value < 0.0 && !several { canvas.colours.below } else { canvas.row(row) };
                canvas.rect([from, y + 1.0, (to - from).max(1.0), thick - 2.0], colour);
            }
            let ink = Ink { colour: canvas.colours.ink, ..canvas.plain(12.0) };
            let shown = series.shown.get(place).map_or("", String::as_str);
            canvas.text(WIDTH - MARGIN, y + thick / 2.0 + 4.0, Anchor::End, ink, &cut(shown, figures, 12.0));
            y += thick;
        }
        y += apart;
    }
    canvas.line([at(0.0), top, at(0.0), top + height], canvas.colours.faint);
    top + height + 28.0
}
