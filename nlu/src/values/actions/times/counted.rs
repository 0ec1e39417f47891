//! The first, the last, the nearest of times that come again.

use super::super::{Action, Context};
use super::spans::and_span;
use super::together::both;
use super::{is_open, made, time, whole};
use crate::values::calendar::Unit;
use crate::values::said::Said;
use crate::values::time::Time;
use crate::values::value::Grain;

pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("nth", nth),
    ("nth_last", nth_last),
    ("first_of", first_of),
    ("last_of", last_of),
    ("few_of", few_of),
    ("beside", beside),
    ("closest", closest),
    ("around", around),
    ("weekend_of", weekend_of),
    ("nth_part", nth_part),
    ("beside_rule_now", beside_rule_now),
    ("around_week", around_week),
];

/// "the first Monday of March".
fn nth(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let (number, of, within) = match said {
        [number, of, within] => (whole(number)?, *of, time(within)?),
        _ => return None,
    };
    let last = numbers.first() == Some(&-1);
    counted(if last { -number } else { number - 1 }, 1, of, within)
}

/// "the third last week of 2018".
fn nth_last(said: &[&Said], _: &[i64], context: &Context) -> Option<Said> {
    nth(said, &[-1], context)
}

/// "the first week of March".
fn first_of(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [of, within] = said else { return None };
    counted(0, 1, of, time(within)?)
}

fn last_of(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [of, within] = said else { return None };
    counted(-1, 1, of, time(within)?)
}

/// "the last 3 weeks of this year" (-1), "the first two days of May" (1).
fn few_of(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [count, of, within] = said else { return None };
    let count = whole(count).filter(|count| (1..400).contains(count))?;
    counted(if *numbers.first()? < 0 { -count } else { 0 }, count, of, time(within)?)
}

fn counted(first: i64, count: i64, of: &Said, within: &Time) -> Option<Said> {
    let of = match of {
        Said::Unit(unit) => Time::Every(*unit),
        of => time(of)?.clone(),
    };
    if of.grain() >= within.grain() || of.is_fixed() || is_open(&of) || within.grain() < Grain::Day {
        return None;
    }
    made(Time::Nth { first, count, of: Box::new(of), within: Box::new(within.clone()) })
}

/// "the first Monday evening of next month".
fn nth_part(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    let [number, weekday, part, within] = said else { return None };
    let day = nth(&[*number, *weekday, *within], numbers, context)?;
    match part {
        Said::Time(Time::Span { .. }) => and_span(&[&day, *part], numbers, context),
        part => both(time(&day)?, time(part)?).map(Said::Time),
    }
}

/// "3 Fridays from now", "the first Tuesday after March 3": the count in the rule, or as said times its sign.
fn beside(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let sign = *numbers.first()?;
    let (count, of, base) = match said {
        [of @ (Said::Time(_) | Said::Latent(_)), base] => (1, *of, time(base)?.clone()),
        [count, of] => (whole(count)?, *of, Time::Cycle { unit: Unit::Day, first: 0, count: 1 }),
        [count, of, base] => (whole(count)?, *of, time(base)?.clone()),
        _ => return None,
    };
    let of = time(of)?;
    if of.is_fixed() || !(1..500).contains(&count) {
        return None;
    }
    made(Time::Beside { count: count * sign, of: Box::new(of.clone()), base: Box::new(base) })
}

/// "this coming Friday": the nearest.
fn beside_rule_now(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let today = Time::Cycle { unit: Unit::Day, first: 0, count: 1 };
    let of = time(said.first()?)?.clone();
    made(Time::Beside { count: *numbers.first()?, of: Box::new(of), base: Box::new(today) })
}

fn closest(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let (nth, of, base) = match said {
        [of, base] => (0, time(of)?, time(base)?),
        [nth, of, base] => (usize::try_from(whole(nth)? - 1).ok()?, time(of)?, time(base)?),
        _ => return None,
    };
    made(Time::Closest { nth, of: Box::new(of.clone()), base: Box::new(base.clone()) })
}

/// "the week of March 3".
fn around(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Unit(unit), of] = said else { return None };
    let of = time(of)?;
    (of.grain() < unit.grain() && !is_open(of)).then(|| Said::Time(Time::Around(*unit, Box::new(of.clone()))))
}

fn around_week(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    around(&[&Said::Unit(Unit::Week), *said.first()?], numbers, context)
}

/// "Halloween weekend".
fn weekend_of(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [of] = said else { return None };
    made(Time::Closest { nth: 0, of: Box::new(Time::Every(Unit::Weekend)), base: Box::new(time(of)?.clone()) })
}
