//! The rows of figures that are drawn: with what was nothing, and without what is too much.

use super::{Asked, Point};
use crate::chart::texts;
use crate::texts::fill;
use jiff::civil::Date;

/// How many points are drawn of a line that had gaps.
const POINTS: usize = 400;

/// Rows of figures over the same categories.
pub(super) struct Table {
    pub(super) categories: Vec<String>,
    pub(super) rows: Vec<(String, Vec<Option<f64>>)>,
    pub(super) others: Option<usize>,
}

impl Table {
    pub(super) fn new(points: &[Point], apart: bool, measure: &str) -> Self {
        let mut table = Self { categories: Vec::new(), rows: Vec::new(), others: None };
        for point in points {
            let (category, row) = match point.labels.as_slice() {
                [category, row] if apart => (category.clone(), row.clone()),
                labels => (labels.join(" · "), measure.to_owned()),
            };
            let known = table.categories.iter().position(|known| apart && *known == category);
            let at = known.unwrap_or(table.categories.len());
            if known.is_none() {
                table.categories.push(category);
            }
            if !table.rows.iter().any(|(name, _)| *name == row) {
                table.rows.push((row.clone(), Vec::new()));
            }
            if let Some((_, values)) = table.rows.iter_mut().find(|(name, _)| *name == row) {
                values.resize(values.len().max(at + 1), None);
                if let Some(value) = values.get_mut(at) {
                    *value = Some(value.unwrap_or_default() + point.value);
                }
            }
        }
        let length = table.categories.len();
        table.rows.iter_mut().for_each(|(_, values)| values.resize(length, None));
        table
    }

    /// The periods in which there was nothing: nought, where figures add up, and else no figure.
    pub(super) fn fill_gaps(&mut self, asked: &Asked<'_>, points: &[Point]) {
        let Some((period, (first, last))) = asked.period().zip(days(points)) else { return };
        // All there were is not what the first few are of.
        let whole = asked.request.top.is_none() && asked.request.ranked.is_none();
        let mut periods: Vec<String> = Vec::new();
        let mut day = Some(first);
        while let Some(at) = day.filter(|at| whole && *at <= last && periods.len() <= POINTS) {
            periods.push(period.label(at));
            day = period.after(at, 1);
        }
        let known = self.categories.iter().all(|category| periods.contains(category));
        if !known || periods.len() > POINTS {
            return;
        }
        let nothing = asked.adds_up().then_some(0.0);
        for (_, values) in &mut self.rows {
            let at = |name: &String| self.categories.iter().position(|category| category == name);
            let value = |name: &String| at(name).and_then(|at| values.get(at).copied().flatten()).or(nothing);
            *values = periods.iter().map(value).collect();
        }
        self.categories = periods;
    }

    /// Leaves the greatest of many, and puts what is left together where that adds up.
    pub(super) fn keep_greatest(&mut self, asked: &Asked<'_>, most: usize, notes: &mut Vec<String>) {
        let all = self.categories.len();
        if all <= most {
            return;
        }
        let together = asked.adds_up() && asked.request.top.is_none();
        let kept = if together { most - 1 } else { most };
        let size = |at: usize| -> f64 {
            self.rows.iter().filter_map(|(_, values)| values.get(at).copied().flatten()).map(f64::abs).sum()
        };
        let mut order: Vec<usize> = (0..all).collect();
        if asked.request.ranked.is_none() {
            order.sort_by(|one, other| size(*other).total_cmp(&size(*one)));
        }
        let (kept, rest) = order.split_at(kept);
        let pick = |values: &[Option<f64>], at: &[usize]| -> Vec<Option<f64>> {
            at.iter().map(|at| values.get(*at).copied().flatten()).collect()
        };
        for (_, values) in &mut self.rows {
            let others: f64 = pick(values, rest).into_iter().flatten().sum();
            *values = pick(values, kept);
            values.extend(together.then_some(Some(others)));
        }
        self.categories = kept.iter().filter_map(|at| self.categories.get(*at).cloned()).collect();
        let words = texts(asked.language);
        if together {
            let count = rest.len().to_string();
            self.categories.push(fill(&words.others, &[("count", &count)]));
            self.others = Some(rest.len());
        } else {
            let (count, all) = (kept.len().to_string(), all.to_string());
            notes.push(fill(&words.first, &[("count", &count), ("all", &all)]));
        }
    }
}

fn days(points: &[Point]) -> Option<(Date, Date)> {
    let days = || points.iter().filter_map(|point| point.day);
    Some((days().min()?, days().max()?))
}
