//! Parts: of the day, of a week or month, and what is said of them.

use super::super::calendar::Unit;
use super::super::said::{Figure, Recurring, Said};
use super::super::time::{Bound, Clock, Part, Portion, Time};
use super::super::value::{Decimal, Grain};
use super::lengths::measured;
use super::times::{both, bounded, made, part, time, whole};
use super::{Action, Context, unit};

pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("tonight", tonight),
    ("tonight_late", tonight_late),
    ("part_of_day", part_of_day),
    ("half_of_day", half_of_day),
    ("portion_as_part", portion_as_part),
    ("portion_of_day", portion_of_day),
    ("portion_of_today", portion_of_today),
    ("portion_of_unit", portion_of_unit),
    ("beside_rule", beside_rule),
    ("beside_plural", beside_plural),
    ("weekend_of_year", weekend_of_year),
    ("in_minutes", in_minutes),
    ("in_length", in_length),
    ("all", all),
    ("ides", ides),
    ("until_now", until_now),
    ("more_before", more_before),
    ("more_ago", more_ago),
    ("less_after", less_after),
    ("clock_o", clock_o),
    ("to_date_unit", to_date_unit),
    ("to_date_of", to_date_of),
];

const NIGHT: Part = Part { office: (18, 24), other: (20, 24) };

fn day(number: i64) -> Time {
    Time::Cycle { unit: Unit::Day, first: number, count: 1 }
}

fn of_day(number: i64, part: Part) -> Time {
    Time::And(Box::new(day(number)), Box::new(Time::Part(part)))
}

/// The night of a day counted from today.
fn tonight(_: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    made(of_day(*numbers.first()?, NIGHT))
}

fn tonight_late(_: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    part(Portion::Late, &of_day(*numbers.first()?, NIGHT))
}

/// "this morning" (0), "last evening" (-1).
fn part_of_day(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [Said::Time(Time::Part(part))] = said else { return None };
    made(of_day(*numbers.first()?, *part))
}

/// "tomorrow pm".
fn half_of_day(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [Said::Afternoon(afternoon)] = said else { return None };
    let part =
        if *afternoon { Part { office: (12, 16), other: (12, 24) } } else { Part { office: (8, 12), other: (0, 12) } };
    made(of_day(*numbers.first()?, part))
}

const PORTIONS: [Portion; 8] = [
    Portion::Begin,
    Portion::Early,
    Portion::Mid,
    Portion::End,
    Portion::Late,
    Portion::Earlier,
    Portion::Later,
    Portion::Rest,
];

fn named(numbers: &[i64]) -> Option<Portion> {
    PORTIONS.get(usize::try_from(*numbers.first()?).ok()?).copied()
}

/// A portion that the rule names by its number, of a time.
fn portion_as_part(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    part(named(numbers)?, time(said.first()?)?)
}

/// "Monday early in the morning".
fn portion_of_day(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [day, of] = said else { return None };
    part(named(numbers)?, &both(time(day)?, time(of)?)?)
}

/// "late this morning".
fn portion_of_today(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    part(named(numbers)?, &both(&day(0), time(said.first()?)?)?)
}

/// "later in the year".
fn portion_of_unit(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [Said::Unit(unit)] = said else { return None };
    part(named(numbers)?, &Time::Cycle { unit: *unit, first: 0, count: 1 })
}

/// "March after next": the count stands in the rule.
fn beside_rule(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let of = time(said.first()?)?;
    let unit = if of.grain() == Grain::Month { Unit::Month } else { Unit::Week };
    made(Time::Beside {
        count: *numbers.first()?,
        of: Box::new(of.clone()),
        base: Box::new(Time::Cycle { unit, first: 0, count: 1 }),
    })
}

/// "two Fridays from now".
fn beside_plural(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [count, Said::Recurring(Recurring { weekdays, unit: Unit::Week, .. })] = said else { return None };
    let of = Time::Weekday(*weekdays.first()?);
    let count = whole(count).filter(|count| (1..500).contains(count))? * numbers.first()?;
    made(Time::Beside { count, of: Box::new(of), base: Box::new(day(0)) })
}

fn weekend_of_year(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [holiday, year] = said else { return None };
    let of = both(&Time::Year(whole(year)?), time(holiday)?)?;
    made(Time::Closest { nth: 0, of: Box::new(Time::Every(Unit::Weekend)), base: Box::new(of) })
}

/// "in 15": minutes, where nothing else is said.
fn in_minutes(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(figure)] = said else { return None };
    Some(Said::Latent(Time::Shift { base: Box::new(Time::Now), length: measured(figure.value, Unit::Minute) }))
}

/// "today in one hour".
fn in_length(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [_, Said::Length(length)] = said else { return None };
    (length.unit.grain() < Grain::Day).then(|| Said::Time(Time::Shift { base: Box::new(Time::Now), length: *length }))
}

/// "all week" is this one; "all day" is how long something lasts.
fn all(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    match said {
        [Said::Unit(unit @ (Unit::Day | Unit::Month))] => Some(Said::Length(measured(Decimal::whole(1), *unit))),
        [Said::Unit(unit)] => made(Time::Cycle { unit: *unit, first: 0, count: 1 }),
        _ => None,
    }
}

/// The ides: the middle of a month, as the Romans counted.
fn ides(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let Time::Month(month) = time(said.first()?)? else { return None };
    made(Time::Date { year: None, month: *month, day: if [3, 5, 7, 10].contains(month) { 15 } else { 13 } })
}

fn until_now(_: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    made(Time::Bound(Bound::Until, Box::new(Time::Now)))
}

/// "more than 2 weeks before May".
fn more_before(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Length(length), of] = said else { return None };
    let back =
        super::super::time::Length { months: -length.months, days: -length.days, seconds: -length.seconds, ..*length };
    bounded(Bound::Before, &Time::Shift { base: Box::new(time(of)?.clone()), length: back })
}

fn more_ago(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    let now = Said::Time(Time::Now);
    more_before(&[*said.first()?, &now], numbers, context)
}

/// "less than 3 days after tomorrow".
fn less_after(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Length(length), of] = said else { return None };
    made(Time::Lasting { from: Box::new(time(of)?.clone()), length: *length })
}

/// "twelve oh three".
fn clock_o(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(hour @ Figure { in_words: true, .. }), minute] = said else { return None };
    let second = hour.whole()? % 12 * 3_600 + whole(minute)? * 60;
    Some(Said::Latent(Time::Clock(Clock { second, grain: Grain::Minute, open: true })))
}

/// "YTD": from the beginning of the unit in the rule until now.
fn to_date_unit(_: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    to_date(unit(*numbers.first()?)?)
}

fn to_date_of(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Unit(unit)] = said else { return None };
    to_date(*unit)
}

fn to_date(unit: Unit) -> Option<Said> {
    made(Time::Span { from: Box::new(Time::Cycle { unit, first: 0, count: 1 }), to: Box::new(day(0)) })
}
