//! Days, months, years, what is counted from now, and spans.

use super::super::calendar::Unit;
use super::super::said::Said;
use super::super::time::{Bound, Clock, Length, Part, Portion, Time};
use super::super::value::Grain;
use super::lengths::measured;
use super::{Action, Context, unit};
use crate::values::value::Decimal;

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
    ("sure", sure),
    ("latent", latent),
    ("day_of_month", day_of_month),
    ("month_day", month_day),
    ("month_day_year", month_day_year),
    ("with_year", with_year),
    ("month_year", month_year),
    ("short_year", short_year),
    ("numeric", numeric),
    ("latent_date", latent_date),
    ("ymd8", ymd8),
    ("year", year),
    ("latent_year", latent_year),
    ("two_part_year", two_part_year),
    ("before_christ", before_christ),
    ("decade", decade),
    ("century", century),
    ("quarter", quarter),
    ("half_year", half_year),
    ("week_number", week_number),
    ("and", and),
    ("nth", nth),
    ("nth_last", nth_last),
    ("first_of", first_of),
    ("last_of", last_of),
    ("few_of", few_of),
    ("beside", beside),
    ("closest", closest),
    ("around", around),
    ("portion", portion),
    ("portion_now", portion_now),
    ("portion_as", portion_as),
    ("bound", bound),
    ("bound_as", bound_as),
    ("span", span),
    ("day_span", day_span),
    ("lasting", lasting),
    ("weekend_of", weekend_of),
    ("zone", zone),
    ("within", within),
    ("quarter_year", quarter_year),
    ("short_fiscal", short_fiscal),
    ("latent_day", latent_day),
    ("day_of", day_of),
    ("first_day", first_day),
    ("nth_part", nth_part),
    ("beside_rule_now", beside_rule_now),
    ("weekday_day", weekday_day),
    ("around_week", around_week),
    ("and_bound", and_bound),
    ("and_span", and_span),
    ("clocks_of", clocks_of),
    ("and_zone", and_zone),
];

pub(super) fn time(said: &Said) -> Option<&Time> {
    match said {
        Said::Time(time) | Said::Latent(time) => Some(time),
        _ => None,
    }
}

pub(super) fn whole(said: &Said) -> Option<i64> {
    match said {
        Said::Number(figure) => figure.whole(),
        Said::Ordinal(ordinal) => Some(*ordinal),
        _ => None,
    }
}

pub(super) fn made(time: Time) -> Option<Said> {
    Some(Said::Time(time))
}

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

/// A doubtful time that company makes sure.
fn sure(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [said] = said else { return None };
    made(time(said)?.clone())
}

fn latent(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [said] = said else { return None };
    Some(Said::Latent(time(said)?.clone()))
}

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
fn dated(year: Option<i64>, month: i64, day: i64) -> Option<Time> {
    super::super::calendar::date(year.unwrap_or(2_000), month, day)?;
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
    full.push(Said::Number(super::super::said::Figure {
        value: Decimal::whole(century_of(year, context)),
        digits: 4,
        ..figure
    }));
    let full: Vec<&Said> = full.iter().collect();
    match said {
        [_, _, _] => numeric(&full, &[], context),
        [Said::Time(Time::Month(_)), _] => month_year(&full, &[], context),
        _ => with_year(&full, &[], context),
    }
}

fn century_of(year: i64, context: &Context) -> i64 {
    let (now, ..) = super::super::calendar::civil(context.now);
    let near = now - now.rem_euclid(100) + year;
    if near > now + 20 { near - 100 } else { near }
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
        Some(Said::Number(super::super::said::Figure {
            value: Decimal::whole(century * 100 + rest),
            room: 0,
            ..*figure
        }))
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

/// "the first Monday evening of next month".
fn nth_part(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    let [number, weekday, part, within] = said else { return None };
    let day = nth(&[*number, *weekday, *within], numbers, context)?;
    match part {
        Said::Time(Time::Span { .. }) => and_span(&[&day, *part], numbers, context),
        part => both(time(&day)?, time(part)?).map(Said::Time),
    }
}

/// "this coming Friday": the nearest.
fn beside_rule_now(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let today = Time::Cycle { unit: Unit::Day, first: 0, count: 1 };
    let of = time(said.first()?)?.clone();
    made(Time::Beside { count: *numbers.first()?, of: Box::new(of), base: Box::new(today) })
}

/// "Monday the 3rd".
fn weekday_day(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [weekday, day] = said else { return None };
    both(time(weekday)?, &Time::Day(whole(day)?)).map(Said::Time)
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

/// Two times that say of each other when they are: "Monday" and "March 3", "tomorrow" and "at 5".
fn and(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [one, other] = said else { return None };
    both(time(one)?, time(other)?).map(Said::Time)
}

pub(super) fn both(one: &Time, other: &Time) -> Option<Time> {
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

fn is_open(time: &Time) -> bool {
    matches!(
        time,
        Time::Bound(..) | Time::Span { .. } | Time::Lasting { .. } | Time::Rolling { .. } | Time::Portion(..)
    )
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

fn portion(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Portion(portion), of] = said else { return None };
    part(*portion, time(of)?)
}

pub(super) fn part(portion: Portion, of: &Time) -> Option<Said> {
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

pub(super) fn bounded(bound: Bound, of: &Time) -> Option<Said> {
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

/// "from May to July".
fn span(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [from, to] = said else { return None };
    between(time(from)?, time(to)?)
}

fn between(from: &Time, to: &Time) -> Option<Said> {
    let open = |time: &Time| is_open(time) && !matches!(time, Time::Portion(..));
    if open(from) || open(to) || from == to {
        return None;
    }
    let clocks = (from.grain() < Grain::Day) == (to.grain() < Grain::Day)
        || matches!(from, Time::Now)
        || matches!(to, Time::Now);
    if !clocks {
        return None;
    }
    // One zone behind both hours.
    if let (Time::Clock(_), Time::Zone(east, of)) = (from, to) {
        return made(Time::Zone(*east, Box::new(time(&between(from, of)?)?.clone())));
    }
    made(match (from, to) {
        (Time::Clock(one), Time::Clock(other)) => {
            let (one, other) = agreed(*one, *other);
            Time::Span { from: Box::new(Time::Clock(one)), to: Box::new(Time::Clock(other)) }
        }
        // The day stands behind both: "3 to 5 tomorrow".
        (Time::Clock(one), Time::And(day, clock)) if day.grain() >= Grain::Day => match &**clock {
            Time::Clock(other) => {
                let (one, other) = agreed(*one, *other);
                of_day(day, one, other)
            }
            _ => return None,
        },
        (Time::And(day, clock), Time::Clock(other)) if day.grain() >= Grain::Day => match &**clock {
            Time::Clock(one) => {
                let (one, other) = agreed(*one, *other);
                of_day(day, one, other)
            }
            _ => return None,
        },
        _ => Time::Span { from: Box::new(from.clone()), to: Box::new(to.clone()) },
    })
}

fn of_day(day: &Time, one: Clock, other: Clock) -> Time {
    let from = Time::And(Box::new(day.clone()), Box::new(Time::Clock(one)));
    Time::Span { from: Box::new(from), to: Box::new(Time::Clock(other)) }
}

/// Two clocks of one span: the half of the day that one names holds for the other as well.
pub(super) fn agreed(one: Clock, other: Clock) -> (Clock, Clock) {
    const NOON: i64 = 43_200;
    let put = |clock: Clock, second: i64| Clock { second, open: false, ..clock };
    match (one.open, other.open) {
        (true, false) => {
            let later = put(one, (one.second % NOON) + NOON);
            if other.second >= NOON && later.second < other.second {
                (later, other)
            } else {
                (put(one, one.second), other)
            }
        }
        (false, true) => {
            let later = put(other, (other.second % NOON) + NOON);
            if other.second > one.second && other.second < NOON && one.second < NOON {
                (one, put(other, other.second))
            } else {
                (one, later)
            }
        }
        _ => (one, other),
    }
}

/// "the 3rd to the 5th of May": days around one month.
fn day_span(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let (month, year) = said
        .iter()
        .find_map(|said| match said {
            Said::Time(Time::Month(month)) | Said::Latent(Time::Month(month)) => Some((Some(*month), None)),
            _ => None,
        })
        .unwrap_or((None, None));
    let mut days = said.iter().filter_map(|said| whole(said)).filter(|day| *day <= 31);
    let (from, to) = match said {
        [Said::Time(Time::Date { year, month, day }), last] => {
            let to = whole(last)?;
            if to <= *day && !matches!(last, Said::Ordinal(_)) {
                return None;
            }
            let next = month % 12 + 1;
            let from = dated(*year, *month, *day)?;
            return made(Time::Span {
                from: Box::new(from),
                to: Box::new(if to > *day { dated(*year, *month, to)? } else { dated(None, next, to)? }),
            });
        }
        _ => (days.next()?, days.next()?),
    };
    let year = year.or_else(|| said.iter().filter_map(|said| whole(said)).find(|number| *number > 99));
    if from >= to {
        return None;
    }
    made(Time::Span { from: Box::new(dated(year, month?, from)?), to: Box::new(dated(year, month?, to)?) })
}

/// "tomorrow before 5".
fn and_bound(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [day, Said::Bound(bound), clock] = said else { return None };
    bounded(*bound, &both(time(day)?, time(clock)?)?)
}

/// A day and hours of it: "Monday" and "9 to 11".
fn and_span(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let (from, to, day) = match said {
        [Said::Time(Time::Span { from, to }), day] | [day, Said::Time(Time::Span { from, to })] => {
            (from, to, time(day)?)
        }
        _ => return None,
    };
    hours_of(day, clock_of(from)?, clock_of(to)?)
}

fn clock_of(time: &Time) -> Option<Clock> {
    match time {
        Time::Clock(clock) => Some(*clock),
        _ => None,
    }
}

fn hours_of(day: &Time, from: Clock, to: Clock) -> Option<Said> {
    if day.grain() > Grain::Day || is_open(day) {
        return None;
    }
    // The part of the day says which half is meant: "between 7 and 9 last night".
    let part = match day {
        Time::Part(part) => Some(*part),
        Time::And(_, part) => match &**part {
            Time::Part(part) => Some(*part),
            _ => None,
        },
        _ => None,
    };
    let (from, to) = match part {
        Some(part) if from.open && to.open => (part.settle(from), part.settle(to)),
        Some(part) if to.open => agreed(from, part.settle(to)),
        _ => agreed(from, to),
    };
    match (day, part) {
        (Time::And(day, _), Some(_)) => made(of_day(day, from, to)),
        (_, Some(_)) => made(Time::Span { from: Box::new(Time::Clock(from)), to: Box::new(Time::Clock(to)) }),
        _ => made(of_day(day, from, to)),
    }
}

/// Two hours and their day, in any order.
fn clocks_of(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let times: Vec<&Time> = said.iter().filter_map(|said| time(said)).collect();
    match times.as_slice() {
        [Time::Clock(from), Time::Clock(to), day] | [day, Time::Clock(from), Time::Clock(to)] => {
            hours_of(day, *from, *to)
        }
        _ => None,
    }
}

/// "Thursday at 8 GMT".
fn and_zone(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [day, clock, Said::Zone(east)] = said else { return None };
    made(Time::Zone(*east, Box::new(both(time(day)?, time(clock)?)?)))
}

/// "for 3 days from Monday".
fn lasting(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let (length, from) = match said {
        [Said::Length(length), from] | [from, Said::Length(length)] => (*length, time(from)?),
        _ => return None,
    };
    if is_open(from) || length.unit.grain() < Grain::Day && from.grain() >= Grain::Day {
        return None;
    }
    made(Time::Lasting { from: Box::new(from.clone()), length })
}

/// "Halloween weekend".
fn weekend_of(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [of] = said else { return None };
    made(Time::Closest { nth: 0, of: Box::new(Time::Every(Unit::Weekend)), base: Box::new(time(of)?.clone()) })
}

fn zone(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [of, Said::Zone(east)] = said else { return None };
    let of = time(of)?;
    (of.grain() < Grain::Day && !matches!(of, Time::Zone(..)))
        .then(|| Said::Time(Time::Zone(*east, Box::new(of.clone()))))
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
