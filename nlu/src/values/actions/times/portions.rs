//! Parts of times, and times that are open to one side.

use super::super::{Action, Context, unit};
use super::together::both;
use super::{is_open, made, time};
use crate::values::said::Said;
use crate::values::time::{Bound, Portion, Time};
use crate::values::value::Grain;

pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("portion", portion),
    ("portion_now", portion_now),
    ("portion_as", portion_as),
    ("bound", bound),
    ("bound_as", bound_as),
    ("and_bound", and_bound),
];

fn portion(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Portion(portion), of] = said else { return None };
    part(*portion, time(of)?)
}

pub(in crate::values::actions) fn part(portion: Portion, of: &Time) -> Option<Said> {
    let instant = of.grain() < Grain::Day
        && !matches!(of, Time::Part(_))
        && !matches!(of, Time::And(_, part) if matches!(**part, Time::Part(_)));
    if is_open(of) || instant || matches!(of, Time::Shift { .. }) {
        return None;
    }
    made(Time::Portion(portion, Box::new(of.clone())))
}

/// "the end of the month": of the present one.
fn portion_now(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Portion(portion), Said::Unit(unit)] = said else { return None };
    part(*portion, &Time::Cycle { unit: *unit, first: 0, count: 1 })
}

/// "EOM": portion and unit stand in the rule.
fn portion_as(_: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [end, name] = numbers else { return None };
    let portion = if *end == 1 { Portion::End } else { Portion::Begin };
    part(portion, &Time::Cycle { unit: unit(*name)?, first: 0, count: 1 })
}

fn bound(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Bound(bound), of] = said else { return None };
    bounded(*bound, time(of)?)
}

pub(in crate::values::actions) fn bounded(bound: Bound, of: &Time) -> Option<Said> {
    if matches!(of, Time::Bound(..) | Time::Span { .. } | Time::Rolling { .. }) {
        return None;
    }
    // "tomorrow before 5".
    made(Time::Bound(bound, Box::new(of.clone())))
}

/// The bound stands in the rule: 0 since, 1 after, 2 before, 3 until, 4 by.
fn bound_as(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [of] = said else { return None };
    let bound = [Bound::Start, Bound::After, Bound::Before, Bound::Until, Bound::By];
    bounded(*bound.get(usize::try_from(*numbers.first()?).ok()?)?, time(of)?)
}

/// "tomorrow before 5".
fn and_bound(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [day, Said::Bound(bound), clock] = said else { return None };
    bounded(*bound, &both(time(day)?, time(clock)?)?)
}
