//! What is counted from now, or from another time.

use super::super::lengths::measured;
use super::super::{Action, Context, unit};
use super::{made, time};
use crate::values::calendar::Unit;
use crate::values::said::Said;
use crate::values::time::{Length, Time};
use crate::values::value::{Decimal, Grain};

pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("now", |_, _, _| Some(Said::Time(Time::Now))),
    ("days", days),
    ("cycle", cycle),
    ("cycle_unit", cycle_unit),
    ("rolling", rolling),
    ("ago", ago),
    ("hence", hence),
    ("after", after),
    ("before", before),
    ("unit_after", unit_after),
    ("latest", latest),
    ("within", within),
];

/// A day counted from today.
fn days(_: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    made(Time::Cycle { unit: Unit::Day, first: *numbers.first()?, count: 1 })
}

/// Units counted from the present one.
fn cycle(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let ([Said::Unit(unit)], [first, count]) = (said, numbers) else { return None };
    made(Time::Cycle { unit: *unit, first: *first, count: *count })
}

/// The same with the unit in the rule.
fn cycle_unit(_: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [name, first] = numbers else { return None };
    made(Time::Cycle { unit: unit(*name)?, first: *first, count: 1 })
}

/// "the last 3 months" (1) and "the next 3 months" (0).
fn rolling(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let length = match said {
        [Said::Length(length)] => *length,
        [Said::Number(count), Said::Unit(unit)] => measured(count.value, *unit),
        _ => return None,
    };
    made(Time::Rolling { length, back: *numbers.first()? == 1 })
}

fn opposite(length: Length) -> Length {
    Length { months: -length.months, days: -length.days, seconds: -length.seconds, ..length }
}

fn shift(base: &Time, length: Length) -> Option<Said> {
    if matches!(base, Time::Bound(..) | Time::Span { .. }) {
        return None;
    }
    made(Time::Shift { base: Box::new(base.clone()), length })
}

fn ago(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Length(length)] = said else { return None };
    shift(&Time::Now, opposite(*length))
}

fn hence(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Length(length)] = said else { return None };
    shift(&Time::Now, *length)
}

/// "three days after Easter".
fn after(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Length(length), base] = said else { return None };
    let base = time(base)?;
    // "3 minutes from today" is no time.
    if length.unit.grain() < Grain::Day && base.grain() >= Grain::Day {
        return None;
    }
    shift(base, *length)
}

fn before(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    let [Said::Length(length), base] = said else { return None };
    after(&[&Said::Length(opposite(*length)), *base], numbers, context)
}

/// "the day after Thanksgiving".
fn unit_after(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    let [Said::Unit(unit), base] = said else { return None };
    let length = measured(Decimal::whole(*numbers.first()?), *unit);
    after(&[&Said::Length(length), *base], numbers, context)
}

/// The next (1) or last (-1) of times that come again: "next Friday" is not this week's, where there is one more.
fn latest(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [of] = said else { return None };
    let of = time(of)?;
    let count = *numbers.first()?;
    if of.is_fixed() {
        return None;
    }
    let base = match (of, count) {
        // In the week behind or before this one.
        (Time::Weekday(_), 1 | -1) => {
            return made(Time::And(
                Box::new(Time::Cycle { unit: Unit::Week, first: count, count: 1 }),
                Box::new(of.clone()),
            ));
        }
        (Time::Weekday(_), 0) => {
            return made(Time::And(
                Box::new(Time::Cycle { unit: Unit::Week, first: 0, count: 1 }),
                Box::new(of.clone()),
            ));
        }
        (Time::Month(_), 0) => Time::Cycle { unit: Unit::Year, first: 0, count: 1 },
        (_, 0) => return made(of.clone()),
        (Time::Month(_), _) => Time::Cycle { unit: Unit::Month, first: 0, count: 1 },
        (Time::Quarter(_), _) => Time::Cycle { unit: Unit::Quarter, first: 0, count: 1 },
        _ => Time::Cycle { unit: Unit::Day, first: 0, count: 1 },
    };
    if count == 0 {
        return made(Time::And(Box::new(base), Box::new(of.clone())));
    }
    made(Time::Beside { count, of: Box::new(of.clone()), base: Box::new(base) })
}

/// "within 2 weeks": from now.
fn within(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let length = match said {
        [Said::Length(length)] => *length,
        [Said::Time(Time::Rolling { length, back: false })] => *length,
        _ => return None,
    };
    made(Time::Lasting { from: Box::new(Time::Now), length })
}
