//! Years, and what is larger than a month.

use super::super::{Action, Context};
use super::together::both;
use super::{made, time, whole};
use crate::values::calendar::{self, Unit};
use crate::values::said::{Figure, Said};
use crate::values::time::Time;
use crate::values::value::Decimal;

pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("year", year),
    ("latent_year", latent_year),
    ("two_part_year", two_part_year),
    ("before_christ", before_christ),
    ("decade", decade),
    ("century", century),
    ("quarter", quarter),
    ("half_year", half_year),
    ("week_number", week_number),
    ("quarter_year", quarter_year),
    ("short_fiscal", short_fiscal),
];

pub(super) fn century_of(year: i64, context: &Context) -> i64 {
    let (now, ..) = calendar::civil(context.now);
    let near = now - now.rem_euclid(100) + year;
    if near > now + 20 { near - 100 } else { near }
}

fn year(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    match said.first()? {
        Said::Latent(time @ Time::Year(_)) => made(time.clone()),
        said => made(Time::Year(whole(said)?)),
    }
}

fn latent_year(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let year = whole(said.first()?)?;
    (1_900..2_200).contains(&year).then_some(Said::Latent(Time::Year(year)))
}

/// "nineteen ninety six", "seventeen hundred thirty three".
fn two_part_year(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [one, other] = said else { return None };
    let (century, rest) = (whole(one)?, whole(other)?);
    ((16..=21).contains(&century) && rest < 100).then(|| {
        let Said::Number(figure) = one else { return None };
        Some(Said::Number(Figure { value: Decimal::whole(century * 100 + rest), room: 0, ..*figure }))
    })?
}

fn before_christ(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    made(Time::Year(whole(said.first()?)? * numbers.first()?))
}

/// "the nineties": of the century whose decade is the nearest behind.
fn decade(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    let named = match said.first() {
        Some(said) => whole(said)?,
        None => *numbers.first()?,
    };
    let year = if named < 100 { century_of(named, context) } else { named };
    (year % 10 == 0).then_some(())?;
    made(Time::Around(Unit::Decade, Box::new(Time::Year(year))))
}

fn century(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let number = whole(said.first()?)?;
    made(Time::Around(Unit::Century, Box::new(Time::Year((number - 1) * 100))))
}

fn quarter(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let number = whole(said.first()?)?;
    (1..=4).contains(&number).then_some(Said::Time(Time::Quarter(number)))
}

/// A quarter and its year, in either order; the year may have two digits.
fn quarter_year(said: &[&Said], _: &[i64], context: &Context) -> Option<Said> {
    let quarter = said.iter().find_map(|said| time(said))?;
    let year = said.iter().find_map(|said| whole(said))?;
    let year = if year < 100 { century_of(year, context) } else { year };
    both(&Time::Year(year), quarter).map(Said::Time)
}

/// "FY27".
fn short_fiscal(said: &[&Said], _: &[i64], context: &Context) -> Option<Said> {
    made(Time::Year(century_of(whole(said.first()?)?, context)))
}

fn half_year(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let number = whole(said.first()?)?;
    (1..=2).contains(&number).then_some(Said::Time(Time::HalfYear(number)))
}

fn week_number(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let number = whole(said.first()?)?;
    let year = Time::Cycle { unit: Unit::Year, first: 0, count: 1 };
    made(Time::Nth { first: number - 1, count: 1, of: Box::new(Time::Every(Unit::Week)), within: Box::new(year) })
}
