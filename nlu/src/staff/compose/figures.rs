//! When all has been heard: what is measured, in which groups, in which order.

use super::Composer;
use super::conditions::usual_time;
use super::fields::is_amount;
use crate::staff::paths::Path;
use crate::staff::request::{Condition, Shape};
use crate::staff::words::Role;
use crm_core::query::{Filter, GroupBy, Measure, Operator, Sort, Unit};
use crm_core::schema::FieldType;
use jiff::Span;
use jiff::civil::DateTime;

/// How many come first if nobody says how many.
const FIRST: usize = 10;

impl Composer<'_> {
    pub(super) fn finish(&mut self) {
        self.place_times();
        self.place_unit();
        self.group_by_head();
        self.group_by_phrase();
        self.group_for_chart();
        if let Some(measure) = self.measure() {
            self.request.measure = Some(measure);
        }
        self.order();
        let asks_for_one = self.request.conditions.iter().any(|condition| condition.about == "id");
        if let Some((path, _)) = self.state.field.take().filter(|(path, _)| !asks_for_one || path.hops > 1) {
            // Nothing was said of it.
            self.state.misfit += if path.hops > 1 { 0.3 } else { 0.2 };
        }
        if self.state.other_word && !self.state.mentioned && !self.state.follows {
            self.state.misfit += 0.3;
        }
    }

    fn time_field(&self) -> Option<Path> {
        let named = self.state.on.as_deref().and_then(|name| self.object.field(name)).cloned();
        named.map(|field| Path { text: field.name.clone(), field, hops: 0 }).or_else(|| usual_time(self.object))
    }

    fn place_times(&mut self) {
        let past = self.state.on.is_some();
        for (found, compare, negated) in std::mem::take(&mut self.state.times) {
            let waiting = self.state.field.take_if(|(path, _)| super::conditions::is_time(&path.field.kind));
            match waiting.or_else(|| Some((self.time_field()?, past))) {
                Some((path, past)) => self.at_time(&path, past, &found, compare, negated),
                None => self.state.misfit += 1.0,
            }
        }
    }

    fn place_unit(&mut self) {
        let Some(unit) = self.state.unit.take() else { return };
        if let Some(way @ (Role::Before | Role::After)) = self.state.compare.filter(|_| self.state.follows) {
            self.state.compare = None;
            return self.shift(unit, if way == Role::Before { -1 } else { 1 });
        }
        // "created by week"
        let waiting = self.state.field.take_if(|(path, _)| super::conditions::is_time(&path.field.kind));
        match waiting.map(|(path, _)| path).or_else(|| self.time_field()) {
            Some(path) => self.request.group.push(GroupBy { field: path.text, by: Some(unit) }),
            None => self.state.misfit += 1.0,
        }
    }

    /// "and the quarter before?": the time of the request before, moved by a unit of the calendar.
    fn shift(&mut self, unit: Unit, by: i64) {
        let step = match unit {
            Unit::Day => Span::new().days(by),
            Unit::Week => Span::new().weeks(by),
            Unit::Month => Span::new().months(by),
            Unit::Quarter => Span::new().months(3 * by),
            Unit::Year => Span::new().years(by),
        };
        let mut times = self.request.conditions.iter().rev().filter_map(|condition| {
            let field = self.object.field(&condition.about).filter(|field| super::conditions::is_time(&field.kind))?;
            Some((field.clone(), bounds(&condition.filter)?))
        });
        let Some((field, (from, until))) = times.next() else {
            self.state.misfit += 1.0;
            return;
        };
        let (Ok(from), Ok(until)) = (from.checked_add(step), until.checked_add(step)) else { return };
        let path = Path { text: field.name.clone(), field, hops: 0 };
        self.between(&path, Some(from), Some(until), false);
    }

    /// "which reps won the most deals": the reps are the groups.
    fn group_by_head(&mut self) {
        let orders = self.state.greatest_first.is_some() || self.state.compares;
        let asked = self.state.field.take_if(|(path, _)| orders && !is_amount(&path.field.kind));
        // "which region has the highest win rate"
        let Some(head) = self.state.head.take().or(asked.map(|(path, _)| path.text)) else {
            return self.group_by_what_is_compared();
        };
        let ordered = orders || self.state.want.is_some() || self.state.phrase_measure.is_some();
        if ordered && self.request.group.is_empty() {
            self.request.group.push(GroupBy { field: head, by: None });
            self.state.several |= self.state.mentioned;
        } else if self.state.field.as_ref().is_none_or(|(path, _)| path.text != head) {
            // "who owns it" asks for a field.
            self.state.misfit += if self.state.head_behind { 0.2 } else { 0.9 };
        } else if self.state.follows && !self.request.is_figures() {
            // "who owns them?": each of those, and how many.
            self.state.field = None;
            self.request.group.push(GroupBy { field: head, by: None });
        }
    }

    /// "compare East and West by revenue": each of the two is a group.
    fn group_by_what_is_compared(&mut self) {
        let several = |condition: &&Condition| matches!(condition.filter, Filter::Or { .. });
        if let Some(condition) = self.request.conditions.iter().find(several)
            && self.state.compares
            && self.request.group.is_empty()
        {
            self.request.group.push(GroupBy { field: condition.about.clone(), by: None });
        }
    }

    /// "pipeline report": by stage, unless records, a figure or other groups were asked for.
    fn group_by_phrase(&mut self) {
        let state = &self.state;
        let asked = state.mentioned || state.want.is_some() || state.greatest_first.is_some() || state.follows;
        if let Some(field) = state.phrase_by.filter(|_| !asked && self.request.group.is_empty()) {
            self.request.group.push(GroupBy { field: field.to_owned(), by: None });
        }
    }

    /// "the open deals as a pie": what is drawn has groups, the usual ones if none are named.
    fn group_for_chart(&mut self) {
        let drawn = self.state.shaped && self.request.shape != Some(Shape::Table);
        if !drawn || !self.request.group.is_empty() || self.request.conditions.iter().any(|one| one.about == "id") {
            return;
        }
        if let [Sort { field, descending }] = self.request.sort.as_slice() {
            // "the five largest deals", then "as a chart": a bar for each of them.
            self.request.measure = Some(Measure::Sum { field: field.clone() });
            self.request.ranked = Some(*descending);
            self.request.sort.clear();
            self.request.group = vec![GroupBy { field: "name".into(), by: None }];
            return;
        }
        if self.state.greatest_first.is_some() && self.state.mentioned {
            return self.a_group_of_each();
        }
        let of_phrase = || self.object.phrases.iter().find_map(|phrase| phrase.by).map(str::to_owned);
        let is_choice = |kind: &FieldType| matches!(kind, FieldType::Select { .. });
        let choice = || self.object.fields.iter().find(|field| !field.system && is_choice(&field.kind));
        let usual = self.state.phrase_by.map(str::to_owned).or_else(of_phrase);
        match usual.or_else(|| choice().map(|field| field.name.clone())) {
            Some(field) => self.request.group.push(GroupBy { field, by: None }),
            None => match self.time_field() {
                Some(path) => self.request.group.push(GroupBy { field: path.text, by: Some(Unit::Month) }),
                None => self.state.misfit += 1.0,
            },
        }
    }

    /// "the five largest deals as bars": each record is a group.
    fn a_group_of_each(&mut self) {
        self.request.group = vec![GroupBy { field: "name".into(), by: None }];
        if self.state.ordered.is_none() && self.state.measured.is_none() {
            self.state.measured =
                self.usual(&|kind| matches!(kind, FieldType::Money)).or_else(|| self.usual(&is_amount));
        }
        if self.state.several && self.state.top.is_none() {
            self.state.top = Some(FIRST);
        }
    }

    fn measure(&mut self) -> Option<Measure> {
        let waiting = self.state.field.as_ref().map(|(path, _)| path.clone());
        let named = self.state.measured.take().or(waiting).filter(|path| is_amount(&path.field.kind));
        let phrase = self.state.phrase_measure.take();
        let usual = || self.usual(&|kind| matches!(kind, FieldType::Money)).or_else(|| self.usual(&is_amount));
        let of = |path: Path, make: fn(String) -> Measure| make(path.text);
        match self.state.want {
            Some(Role::Count) => Some(Measure::Count),
            Some(Role::Sum) => named
                .map(|path| of(path, |field| Measure::Sum { field }))
                .or(phrase)
                .or_else(|| usual().map(|path| of(path, |field| Measure::Sum { field }))),
            Some(Role::Average) => named.or_else(usual).map(|path| of(path, |field| Measure::Avg { field })),
            Some(Role::Median) => named.or_else(usual).map(|path| of(path, |field| Measure::Median { field })),
            // A follow-up that says nothing of it measures what was measured before.
            _ if phrase.is_none() && named.is_none() && self.request.measure.is_some() => None,
            _ => {
                let grouped = !self.request.group.is_empty();
                let is_ratio = matches!(phrase, Some(Measure::Ratio { .. }));
                let lists = self.state.mentioned && !is_ratio;
                match phrase {
                    Some(measure) if !lists || grouped && !self.state.mentioned => Some(measure),
                    _ if grouped => match named.or_else(|| self.state.ordered.take()) {
                        Some(path) => Some(Measure::Sum { field: path.text }),
                        None => Some(Measure::Count),
                    },
                    _ => None,
                }
            }
        }
    }

    fn order(&mut self) {
        if let Some(newest) = self.state.newest_first.take() {
            // "the newest tickets created"
            let named = self.state.field.take_if(|(path, _)| super::conditions::is_time(&path.field.kind));
            let path = named.map(|(path, _)| path).or_else(|| self.time_field());
            let field = path.map_or_else(|| "created_at".to_owned(), |path| path.text);
            self.request.sort = vec![Sort { field, descending: newest }];
            self.request.top = self.state.top.take().or((!self.state.several).then_some(1));
        }
        let Some(greatest_first) = self.state.greatest_first.take() else {
            if let Some(top) = self.state.top.take() {
                self.request.top = Some(top);
            }
            return;
        };
        let grouped = !self.request.group.is_empty();
        if grouped {
            self.request.ranked = Some(greatest_first);
            self.request.top = self.state.top.take().or(Some(1));
            return;
        }
        let usual = || {
            self.object
                .fields
                .iter()
                .find(|field| !field.system && field.kind == FieldType::Money)
                .or_else(|| self.object.fields.iter().find(|field| !field.system && is_amount(&field.kind)))
        };
        let field = self.state.ordered.take().map(|path| path.text).or_else(|| usual().map(|field| field.name.clone()));
        match field {
            Some(field) if self.request.measure.is_none() => {
                self.request.sort = vec![Sort { field, descending: greatest_first }];
                self.request.top = self.state.top.take().or(Some(if self.state.several { FIRST } else { 1 }));
            }
            Some(field) => {
                self.request.measure =
                    Some(if greatest_first { Measure::Max { field } } else { Measure::Min { field } })
            }
            None => self.state.misfit += 1.0,
        }
    }
}

/// From when until when a condition about a time reaches.
fn bounds(filter: &Filter) -> Option<(DateTime, DateTime)> {
    let Filter::And { and } = filter else { return None };
    let at = |wanted: Operator| {
        and.iter().find_map(|part| match part {
            Filter::Compare { op, value, .. } if *op == wanted => {
                let text = value.as_str()?;
                text.parse().ok().or_else(|| text.parse::<jiff::civil::Date>().ok().map(DateTime::from))
            }
            _ => None,
        })
    };
    Some((at(Operator::Ge)?, at(Operator::Lt)?))
}
