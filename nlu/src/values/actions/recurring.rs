//! Times that come again.

use super::super::calendar::Unit;
use super::super::said::{Recurring, Said};
use super::super::time::{Part, Time};
use super::{Action, Context, unit};

pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("every", every),
    ("every_unit", every_unit),
    ("every_weekday", every_weekday),
    ("workdays", workdays),
    ("again_at", again_at),
    ("again_on", again_on),
];

fn again(every: u32, unit: Unit) -> Recurring {
    Recurring { every, unit, weekdays: Vec::new(), month_day: None, clock: None }
}

fn count(said: &Said) -> Option<u32> {
    match said {
        Said::Number(figure) => figure.whole(),
        Said::Ordinal(ordinal) => Some(*ordinal),
        _ => None,
    }
    .and_then(|count| u32::try_from(count).ok())
    .filter(|count| (1..1_000).contains(count))
}

/// "every day", "every two weeks"; the rule may say how many.
fn every(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    let rule = numbers.first().and_then(|number| u32::try_from(*number).ok());
    match said {
        [Said::Unit(Unit::BusinessDay)] if rule.is_none() => workdays(said, numbers, context),
        [Said::Unit(unit)] => Some(Said::Recurring(again(rule.unwrap_or(1), *unit))),
        [number, Said::Unit(unit)] => Some(Said::Recurring(again(count(number)?, *unit))),
        [Said::Time(Time::Part(part))] => Some(Said::Recurring(daily(part))),
        _ => None,
    }
}

fn daily(part: &Part) -> Recurring {
    let second = part.office.0 * 3_600;
    let clock = super::super::time::Clock { second, grain: super::super::value::Grain::Hour, open: false };
    Recurring { clock: Some(clock), ..again(1, Unit::Day) }
}

/// "weekly": unit and how many stand in the rule.
fn every_unit(_: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let [name, every] = numbers else { return None };
    Some(Said::Recurring(again(u32::try_from(*every).ok()?, unit(*name)?)))
}

/// "every Monday", "every other Friday", "Mondays and Thursdays".
fn every_weekday(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let mut weekdays = Vec::new();
    let mut every = numbers.first().and_then(|number| u32::try_from(*number).ok()).unwrap_or(1);
    let mut clock = None;
    for said in said {
        match said {
            Said::Time(Time::Weekday(day)) | Said::Latent(Time::Weekday(day)) => weekdays.push(*day),
            Said::Recurring(before) if before.unit == Unit::Week => {
                weekdays.extend(&before.weekdays);
                every = before.every;
            }
            Said::Time(Time::Part(part)) => clock = daily(part).clock,
            said => every = count(said)?,
        }
    }
    Some(Said::Recurring(Recurring { weekdays, clock, ..again(every, Unit::Week) }))
}

fn workdays(_: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    Some(Said::Recurring(Recurring { weekdays: (0..5).collect(), ..again(1, Unit::Week) }))
}

/// "every day at 8".
fn again_at(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    match said {
        [Said::Recurring(recurring), Said::Time(Time::Clock(clock))]
        | [Said::Time(Time::Clock(clock)), Said::Recurring(recurring)] => {
            let clock = match recurring.clock {
                Some(part) if clock.open && part.second >= 43_200 => {
                    super::super::time::Clock { second: clock.second + 43_200, open: false, ..*clock }
                }
                _ => *clock,
            };
            Some(Said::Recurring(Recurring { clock: Some(clock), ..recurring.clone() }))
        }
        _ => None,
    }
}

/// "every month on the 1st", "every week on Monday".
fn again_on(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    match said {
        [Said::Recurring(recurring), Said::Time(Time::Day(day)) | Said::Latent(Time::Day(day))]
        | [Said::Time(Time::Day(day)) | Said::Latent(Time::Day(day)), Said::Recurring(recurring)]
            if recurring.unit.months().is_some() =>
        {
            Some(Said::Recurring(Recurring { month_day: Some(*day), ..recurring.clone() }))
        }
        [Said::Recurring(recurring), Said::Time(Time::Weekday(day))]
            if recurring.unit == Unit::Week && recurring.weekdays.is_empty() =>
        {
            Some(Said::Recurring(Recurring { weekdays: vec![*day], ..recurring.clone() }))
        }
        _ => None,
    }
}
