//! Days by their number, month and year.

use super::super::{Action, Context};
use super::together::both;
use super::years::century_of;
use super::{latent, made, time, whole};
use crate::values::calendar;
use crate::values::said::{Figure, Said};
use crate::values::time::Time;
use crate::values::value::{Decimal, Grain};

pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("day_of_month", day_of_month),
    ("month_day", month_day),
    ("month_day_year", month_day_year),
    ("with_year", with_year),
    ("month_year", month_year),
    ("short_year", short_year),
    ("numeric", numeric),
    ("latent_date", latent_date),
    ("ymd8", ymd8),
    ("latent_day", latent_day),
    ("day_of", day_of),
    ("first_day", first_day),
    ("weekday_day", weekday_day),
];

fn day_of_month(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let day = whole(said.first()?)?;
    (1..=31).contains(&day).then_some(Said::Time(Time::Day(day)))
}

/// A month and a day of it, in either order.
fn month_day(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let (month, day) = match said {
        [Said::Time(Time::Month(month)) | Said::Latent(Time::Month(month)), day]
        | [day, Said::Time(Time::Month(month)) | Said::Latent(Time::Month(month))] => (*month, whole(day)?),
        _ => return None,
    };
    made(dated(None, month, day)?)
}

fn month_day_year(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let month = said.iter().find_map(|said| match said {
        Said::Time(Time::Month(month)) | Said::Latent(Time::Month(month)) => Some(*month),
        _ => None,
    })?;
    let mut numbers = said.iter().filter_map(|said| whole(said));
    let (one, other) = (numbers.next()?, numbers.next()?);
    let (year, day) = if one > 31 { (one, other) } else { (other, one) };
    made(dated(Some(year), month, day)?)
}

/// A date that the calendar has, in that year or in some.
pub(super) fn dated(year: Option<i64>, month: i64, day: i64) -> Option<Time> {
    calendar::date(year.unwrap_or(2_000), month, day)?;
    Some(Time::Date { year, month, day })
}

/// A date and its year.
fn with_year(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [date, year] = said else { return None };
    let year = whole(year)?;
    let with = |time: &Time| match time {
        Time::Date { year: None, month, day } => dated(Some(year), *month, *day),
        _ => None,
    };
    match time(date)? {
        Time::EitherDate(one, other) => made(Time::EitherDate(Box::new(with(one)?), Box::new(with(other)?))),
        time => made(with(time)?),
    }
}

fn month_year(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let (month, year) = match said {
        [Said::Time(Time::Month(month)) | Said::Latent(Time::Month(month)), year] => (*month, whole(year)?),
        [one, other] if whole(one)? <= 12 => (whole(one)?, whole(other)?),
        [one, other] => (whole(other)?, whole(one)?),
        _ => return None,
    };
    (1..=12).contains(&month).then_some(())?;
    made(Time::And(Box::new(Time::Year(year)), Box::new(Time::Month(month))))
}

/// A year of two digits: of this century up to twenty years ahead, else of the last.
fn short_year(said: &[&Said], _: &[i64], context: &Context) -> Option<Said> {
    let year = said.iter().rev().find_map(|said| match said {
        Said::Number(figure) if figure.digits == 2 => figure.whole(),
        _ => None,
    })?;
    let mut full: Vec<Said> = said[..said.len() - 1].iter().map(|said| (*said).clone()).collect();
    let figure = match said.last()? {
        Said::Number(figure) => *figure,
        _ => return None,
    };
    full.push(Said::Number(Figure { value: Decimal::whole(century_of(year, context)), digits: 4, ..figure }));
    let full: Vec<&Said> = full.iter().collect();
    match said {
        [_, _, _] => numeric(&full, &[], context),
        [Said::Time(Time::Month(_)), _] => month_year(&full, &[], context),
        _ => with_year(&full, &[], context),
    }
}

/// Numbers as a date: two of day and month, in the order of the language if both can be, and perhaps a year.
fn numeric(said: &[&Said], _: &[i64], context: &Context) -> Option<Said> {
    let numbers: Vec<i64> = said.iter().filter_map(|said| whole(said)).collect();
    let (year, first, second) = match numbers.as_slice() {
        [year, month, day] if *year > 99 => return made(dated(Some(*year), *month, *day)?),
        [first, second, year] => (Some(*year), *first, *second),
        [first, second] => (None, *first, *second),
        _ => return None,
    };
    let month_first = dated(year, first, second);
    let day_first = dated(year, second, first);
    made(match (month_first, day_first) {
        (Some(one), Some(other)) if one == other => one,
        (Some(one), Some(other)) if context.month_first => Time::EitherDate(Box::new(one), Box::new(other)),
        (Some(one), Some(other)) => Time::EitherDate(Box::new(other), Box::new(one)),
        (one, other) => one.or(other)?,
    })
}

/// "3-4", which may also be two numbers.
fn latent_date(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    numeric(said, numbers, context).and_then(|date| latent(&[&date], numbers, context))
}

fn ymd8(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let number = whole(said.first()?)?;
    made(dated(Some(number / 10_000), number / 100 % 100, number % 100)?)
}

fn latent_day(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    Some(Said::Latent(Time::Day(whole(said.first()?)?)))
}

/// "le premier mars".
fn first_day(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    match said.last()? {
        Said::Time(Time::Month(month)) => made(dated(None, *month, 1)?),
        _ => None,
    }
}

/// "the 20th of next month".
fn day_of(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [day, of] = said else { return None };
    let of = match of {
        Said::Unit(unit) => Time::Cycle { unit: *unit, first: 0, count: 1 },
        of => time(of)?.clone(),
    };
    (of.grain() == Grain::Month).then_some(())?;
    made(Time::And(Box::new(of), Box::new(Time::Day(whole(day)?))))
}

/// "Monday the 3rd".
fn weekday_day(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [weekday, day] = said else { return None };
    both(time(weekday)?, &Time::Day(whole(day)?)).map(Said::Time)
}
