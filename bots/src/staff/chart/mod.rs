//! Figures by groups as a chart: what is drawn of them, and how.

mod table;

use crate::chart::{Chart, Kind, Series, Unit, full, texts};
use crate::texts::fill;
use crm_core::query::{Group, Groups, Measure, Unit as Period};
use crm_core::schema::{FieldType, Schema};
use jiff::SignedDuration;
use jiff::civil::Date;
use nlu::Language;
use nlu::staff::{Request, Shape};
use serde_json::Value as Json;
use table::Table;

/// How many bars and slices are drawn; of what is more, the greatest.
const BARS: usize = 20;
const SLICES: usize = 8;
/// How many rows of figures are told apart.
const ROWS: usize = 6;

/// What a chart of groups is made for.
pub(super) struct Asked<'a> {
    pub(super) request: &'a Request,
    pub(super) schema: &'a Schema,
    pub(super) language: Language,
    /// What it shows, in one line.
    pub(super) title: &'a str,
}

/// A figure that can be drawn, and the group that it is of.
#[derive(Debug, Clone)]
struct Point {
    labels: Vec<String>,
    day: Option<Date>,
    value: f64,
}

impl Asked<'_> {
    /// The chart of these groups; none if there is nothing in them to draw.
    pub(super) fn chart(&self, groups: &Groups) -> Option<Chart> {
        if groups.more {
            // A picture of a part would be taken for the whole.
            return None;
        }
        let mut notes = Vec::new();
        let unit = self.unit(&groups.groups)?;
        let mut points = self.points(&groups.groups, &unit, &mut notes);
        let drawn_as = self.kind(&points, &mut notes);
        if drawn_as == Kind::Line {
            self.drop_undated(&mut points, &unit, &mut notes);
        }
        if points.is_empty() {
            return None;
        }
        let axes = self.request.axes(self.schema, self.language);
        let mut table = Table::new(&points, self.tells_rows_apart(&points), &axes.measure);
        match drawn_as {
            Kind::Line => table.fill_gaps(self, &points),
            Kind::Bar => table.keep_greatest(self, BARS, &mut notes),
            Kind::Pie => table.keep_greatest(self, SLICES, &mut notes),
        }
        let figure =
            |value: &Option<f64>| value.map_or_else(|| "–".to_owned(), |value| full(value, &unit, self.language));
        let series = table.rows.iter().map(|(name, values)| Series {
            name: name.clone(),
            shown: values.iter().map(figure).collect(),
            values: values.clone(),
        });
        let series = series.collect();
        let chart = Chart {
            kind: drawn_as,
            title: self.title.to_owned(),
            category: axes.groups.join(" · "),
            measure: axes.measure,
            unit,
            categories: table.categories,
            series,
            others: table.others,
            notes,
            text: String::new(),
            language: self.language.code().to_owned(),
        };
        Some(chart.told())
    }

    /// What most of the figures are counted in; none if they are no figures.
    fn unit(&self, groups: &[Group]) -> Option<Unit> {
        if matches!(self.request.measure, Some(Measure::Ratio { .. })) {
            return Some(Unit::Percent);
        }
        let mut counted: Vec<(Unit, usize)> = Vec::new();
        for (_, unit) in groups.iter().filter_map(|group| figure(group.values.first()?)) {
            match counted.iter_mut().find(|(known, _)| *known == unit) {
                Some((_, count)) => *count += 1,
                None => counted.push((unit, 1)),
            }
        }
        // The first of several that are as frequent.
        counted.into_iter().rev().max_by_key(|(_, count)| *count).map(|(unit, _)| unit)
    }

    /// The figures of one unit; those of others cannot be held against them.
    fn points(&self, groups: &[Group], unit: &Unit, notes: &mut Vec<String>) -> Vec<Point> {
        let (mut points, mut elsewhere) = (Vec::new(), Vec::new());
        for group in groups {
            let none = || texts(self.language).none.clone();
            let labels: Vec<String> = group.labels.iter().map(|label| label.clone().unwrap_or_else(none)).collect();
            let day = group.keys.first().and_then(Json::as_str).and_then(|key| key.parse().ok());
            match group.values.first().and_then(figure) {
                Some((value, own)) if own == *unit || *unit == Unit::Percent => {
                    points.push(Point { labels, day: day.filter(|_| self.period().is_some()), value });
                }
                Some(_) => elsewhere.push(labels.join(" · ")),
                None if group.mixed_currencies => elsewhere.push(labels.join(" · ")),
                None => {}
            }
        }
        if !elsewhere.is_empty() {
            notes.push(fill(&texts(self.language).currencies, &[("groups", &elsewhere.join(", "))]));
        }
        points
    }

    /// The period of the calendar that the groups are, if they are times.
    fn period(&self) -> Option<Period> {
        self.request.group.first().and_then(|group| group.by)
    }

    /// Whether what is measured of two groups, added, is that of both.
    fn adds_up(&self) -> bool {
        let sums = matches!(self.request.measure, None | Some(Measure::Count | Measure::Sum { .. }));
        // A record with two tags is in two groups.
        let once = self.request.group.iter().all(|group| !self.has_several(&group.field));
        sums && once
    }

    fn has_several(&self, path: &str) -> bool {
        let mut object = self.schema.object(&self.request.object);
        for name in path.split('.') {
            let Some(field) = object.and_then(|object| object.field(name)) else { return false };
            if matches!(field.kind, FieldType::MultiSelect { .. } | FieldType::References { .. }) {
                return true;
            }
            object = field.kind.target().and_then(|target| self.schema.object(target));
        }
        false
    }

    /// How it is drawn: as was asked, if that tells the truth.
    fn kind(&self, points: &[Point], notes: &mut Vec<String>) -> Kind {
        let times = self.period().is_some() && points.iter().filter(|point| point.day.is_some()).count() > 1;
        let usual = if times { Kind::Line } else { Kind::Bar };
        let whole: f64 = points.iter().map(|point| point.value).sum();
        let all = self.request.group.len() == 1 && self.request.top.is_none();
        let parts = self.adds_up() && all && whole > 0.0;
        match self.request.shape {
            Some(Shape::Bars) => Kind::Bar,
            Some(Shape::Pie) if parts && points.iter().all(|point| point.value >= 0.0) => Kind::Pie,
            Some(Shape::Pie) => {
                notes.push(texts(self.language).parts.clone());
                Kind::Bar
            }
            Some(Shape::Line) if !times => {
                notes.push(texts(self.language).times.clone());
                Kind::Bar
            }
            _ => usual,
        }
    }

    /// Takes out what has no place in time.
    fn drop_undated(&self, points: &mut Vec<Point>, unit: &Unit, notes: &mut Vec<String>) {
        let undated: Vec<Point> = points.extract_if(.., |point| point.day.is_none()).collect();
        for point in undated {
            let figure = full(point.value, unit, self.language);
            notes.push(fill(&texts(self.language).undated, &[("figure", &figure)]));
        }
        points.sort_by_key(|point| point.day);
    }

    /// Whether the second thing by which they are grouped makes rows of figures that can be told apart.
    fn tells_rows_apart(&self, points: &[Point]) -> bool {
        let mut names: Vec<&String> = points.iter().filter_map(|point| point.labels.get(1)).collect();
        names.sort_unstable();
        names.dedup();
        (2..=ROWS).contains(&names.len())
    }
}

/// A figure as a number, and what it is counted in; none if it is none.
fn figure(value: &Json) -> Option<(f64, Unit)> {
    let number = |value: &Json| value.as_f64().or_else(|| value.as_str()?.parse().ok());
    if let Some(amount) = value.get("amount") {
        let currency = value.get("currency").and_then(Json::as_str).unwrap_or_default();
        return Some((number(amount)?, Unit::Money(currency.to_owned())));
    }
    let seconds = || value.as_str()?.parse::<SignedDuration>().ok().map(|time| time.as_secs_f64());
    match number(value) {
        Some(number) => Some((number, Unit::Number)),
        None => seconds().map(|seconds| (seconds, Unit::Duration)),
    }
}

#[cfg(test)]
mod tests;
