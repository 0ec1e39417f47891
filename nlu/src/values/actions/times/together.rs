//! Times that say of each other when they are.

use super::super::{Action, Context};
use super::{is_open, made, time};
use crate::values::calendar::Unit;
use crate::values::said::Said;
use crate::values::time::{Length, Part, Time};
use crate::values::value::Grain;

pub(super) const ACTIONS: &[(&str, Action)] = &[("and", and), ("zone", zone), ("and_zone", and_zone)];

/// Two times that say of each other when they are: "Monday" and "March 3", "tomorrow" and "at 5".
fn and(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [one, other] = said else { return None };
    both(time(one)?, time(other)?).map(Said::Time)
}

pub(in crate::values::actions) fn both(one: &Time, other: &Time) -> Option<Time> {
    // From left to right only, so that there is one way to put several together.
    if matches!(other, Time::And(..)) && !matches!(one, Time::Clock(_) | Time::Part(_) | Time::Weekday(_))
        || is_open(one)
        || is_open(other)
    {
        return None;
    }
    if let Some(settled) = settled(one, other).or_else(|| settled(other, one)) {
        return Some(settled);
    }
    let (coarse, fine) = if one.grain() >= other.grain() { (one, other) } else { (other, one) };
    if let Time::Shift { base, length } = coarse_shift(one, other)
        && (**base == Time::Now || matches!(one, Time::Weekday(_)) || matches!(other, Time::Weekday(_)))
    {
        let other = if std::ptr::eq(coarse_shift(one, other), one) { other } else { one };
        return shifted_with(base, length, other);
    }
    let joined = Time::And(Box::new(coarse.clone()), Box::new(fine.clone()));
    match (coarse, fine) {
        (Time::Now, _) | (_, Time::Now) => None,
        _ if coarse.grain() == Grain::Day && fine.grain() == Grain::Day => same_day(one, other),
        (coarse, _) if coarse.grain() == fine.grain() => None,
        (Time::Part(_) | Time::Clock(_), _) => None,
        (Time::Quarter(_), Time::Month(_)) => Some(joined),
        _ if explains(coarse, fine) => Some(joined),
        _ => None,
    }
}

/// Whether a coarse time can say which of the fine ones is meant.
fn explains(coarse: &Time, fine: &Time) -> bool {
    let day = coarse.grain() == Grain::Day;
    if fine.grain() < Grain::Day {
        return day && !fine.is_fixed();
    }
    !fine.is_fixed() && !matches!(fine, Time::Date { .. } | Time::EitherDate(..))
        || matches!(fine, Time::Date { year: None, .. })
            && matches!(coarse, Time::Year(_) | Time::Cycle { unit: Unit::Year, .. })
}

/// The shift from now among two times, or the first of them.
fn coarse_shift<'a>(one: &'a Time, other: &'a Time) -> &'a Time {
    if matches!(other, Time::Shift { .. }) { other } else { one }
}

/// "Thanksgiving in a year", "Thursday two weeks from now", "in 7 days at 5".
fn shifted_with(base: &Time, length: &Length, other: &Time) -> Option<Time> {
    let shift = Time::Shift { base: Box::new(base.clone()), length: *length };
    if other.grain() < Grain::Day {
        return (length.unit.grain() >= Grain::Day && !other.is_fixed())
            .then(|| Time::And(Box::new(Time::Around(Unit::Day, Box::new(shift))), Box::new(other.clone())));
    }
    match other {
        Time::Weekday(_) => Some(Time::Beside { count: 1, of: Box::new(other.clone()), base: Box::new(shift) }),
        Time::Month(_) | Time::Holiday(_) | Time::Date { year: None, .. } if length.unit.months().is_some() => {
            Some(Time::And(Box::new(Time::Around(length.unit, Box::new(shift))), Box::new(other.clone())))
        }
        Time::Cycle { unit: Unit::Day, first: 0, .. } if length.unit.grain() < Grain::Day => Some(shift),
        _ => None,
    }
}

/// Two names of one day: "Friday, May 12", "Monday the 3rd". What is dated exactly counts if they disagree.
fn same_day(one: &Time, other: &Time) -> Option<Time> {
    let rank = |time: &Time| match time {
        Time::Weekday(_) => 1,
        Time::Day(_) => 2,
        Time::And(week, day) if week.grain() == Grain::Week && matches!(**day, Time::Weekday(_)) => 3,
        Time::Cycle { unit: Unit::Day, .. } => 4,
        Time::Date { .. } | Time::EitherDate(..) => 5,
        _ => 0,
    };
    let (name, date) = if rank(one) < rank(other) { (one, other) } else { (other, one) };
    match (rank(name), rank(date)) {
        (1, 2) => Some(Time::And(Box::new(date.clone()), Box::new(name.clone()))),
        (1, 5) if !date.is_fixed() => Some(Time::And(Box::new(date.clone()), Box::new(name.clone()))),
        (1 | 3 | 4, 5) | (1, 4) => Some(date.clone()),
        _ => None,
    }
}

/// A clock's half of the day as the part of the day says that stands with it.
fn settled(clock: &Time, with: &Time) -> Option<Time> {
    let Time::Clock(clock) = clock else { return None };
    let said = |part: &Part| part.settle(*clock);
    match with {
        Time::Part(part) => Some(Time::Clock(said(part))),
        Time::And(day, part) => match &**part {
            Time::Part(part) => Some(Time::And(day.clone(), Box::new(Time::Clock(said(part))))),
            _ => None,
        },
        _ => None,
    }
}

fn zone(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [of, Said::Zone(east)] = said else { return None };
    let of = time(of)?;
    (of.grain() < Grain::Day && !matches!(of, Time::Zone(..)))
        .then(|| Said::Time(Time::Zone(*east, Box::new(of.clone()))))
}

/// "Thursday at 8 GMT".
fn and_zone(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [day, clock, Said::Zone(east)] = said else { return None };
    made(Time::Zone(*east, Box::new(both(time(day)?, time(clock)?)?)))
}
