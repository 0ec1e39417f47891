//! Lengths of time.

use super::super::calendar::{DAY, Unit};
use super::super::said::{Figure, Said};
use super::super::time::Length;
use super::super::value::{Decimal, Grain};
use super::{Action, Context, unit};

pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("length", length),
    ("length_in", length_in),
    ("one", one),
    ("part_of", part_of),
    ("length_and_part", length_and_part),
    ("lengths", lengths),
    ("length_rest", length_rest),
    ("upper", upper),
];

/// So many of a unit.
pub(super) fn measured(count: Decimal, unit: Unit) -> Length {
    let nominal = count.as_f64() * unit.seconds() as f64;
    let whole = count.as_whole();
    let empty = Length { months: 0, days: 0, business: unit == Unit::BusinessDay, seconds: 0.0, nominal, unit };
    match (unit.months(), whole) {
        (Some(months), Some(count)) => Length { months: count.saturating_mul(months), ..empty },
        (Some(months), None) => {
            let all = count.as_f64() * months as f64;
            #[expect(clippy::cast_possible_truncation, reason = "the fraction becomes days")]
            let (months, days) = (all.trunc() as i64, (all.fract() * 30.0).round() as i64);
            Length { months, days, ..empty }
        }
        (None, Some(count)) if unit.grain() >= Grain::Day => {
            let days = if unit == Unit::BusinessDay { 1 } else { unit.seconds() / DAY };
            Length { days: count.saturating_mul(days), ..empty }
        }
        _ => Length { seconds: nominal, ..empty },
    }
}

/// One length and another.
fn joined(one: Length, other: Length) -> Length {
    Length {
        months: one.months + other.months,
        days: one.days + other.days,
        business: one.business || other.business,
        seconds: one.seconds + other.seconds,
        nominal: one.nominal + other.nominal,
        unit: other.unit,
    }
}

fn length(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    match said {
        [Said::Number(figure), Said::Unit(unit)] if *unit != Unit::Season => {
            Some(Said::Length(measured(figure.value, *unit)))
        }
        _ => None,
    }
}

/// "3h": the unit stands in the rule.
fn length_in(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(figure)] = said else { return None };
    Some(Said::Length(measured(figure.value, unit(*numbers.first()?)?)))
}

/// "an hour". "A second" is mostly something else.
fn one(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    match said {
        [Said::Unit(Unit::Second | Unit::Season | Unit::Half)] => None,
        [Said::Unit(unit)] => Some(Said::Length(measured(Decimal::whole(1), *unit))),
        _ => None,
    }
}

/// "half an hour": so many hundredths of a unit.
fn part_of(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [Said::Unit(unit)] = said else { return None };
    if *unit == Unit::Second {
        return None;
    }
    Some(Said::Length(measured(hundredths(*numbers.first()?)?, *unit)))
}

fn hundredths(number: i64) -> Option<Decimal> {
    Decimal::whole(number).over(Decimal::whole(100))
}

/// "an hour and a half".
fn length_and_part(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [Said::Length(length)] = said else { return None };
    let part = measured(hundredths(*numbers.first()?)?, length.unit);
    Some(Said::Length(joined(*length, part)))
}

/// "two years and three months": each unit smaller than the one before.
fn lengths(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Length(one), Said::Length(other)] = said else { return None };
    (one.unit.seconds() > other.unit.seconds()).then(|| Said::Length(joined(*one, *other)))
}

/// "2 hours ten".
fn length_rest(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Length(length), Said::Number(Figure { value, .. })] = said else { return None };
    let unit = match length.unit {
        Unit::Hour => Unit::Minute,
        Unit::Minute => Unit::Second,
        _ => return None,
    };
    Some(Said::Length(joined(*length, measured(*value, unit))))
}

/// "3 to 4 weeks": the longer.
fn upper(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    match said {
        [Said::Number(Figure { digits, in_words, .. }), length @ Said::Length(_)] if *digits > 0 || *in_words => {
            Some((*length).clone())
        }
        _ => None,
    }
}
