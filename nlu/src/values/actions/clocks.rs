//! Times of day.

use super::super::said::Said;
use super::super::time::{Clock, Time};
use super::super::value::Grain;
use super::{Action, Context};

pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("hour", hour),
    ("latent_hour", latent_hour),
    ("clock", clock),
    ("latent_clock", latent_clock),
    ("clock24", clock24),
    ("digits", digits),
    ("half", half),
    ("past", past),
    ("to", to),
    ("noon", noon),
    ("clock_half", clock_half),
    ("hour_half", hour_half),
    ("digits_half", digits_half),
    ("digits_span", digits_span),
    ("latent_digits", latent_digits),
    ("part_digits", part_digits),
    ("half_to", half_to),
    ("half_past", half_past),
    ("hours_span", hours_span),
];

const NOON: i64 = 43_200;

fn number(said: &Said) -> Option<i64> {
    match said {
        Said::Number(figure) => figure.whole(),
        _ => None,
    }
}

fn made(second: i64, grain: Grain, open: bool) -> Option<Said> {
    let open = open && (3_600..NOON + 3_600).contains(&second);
    let second = if open && second >= NOON { second - NOON } else { second };
    (0..86_400).contains(&second).then_some(Said::Time(Time::Clock(Clock { second, grain, open })))
}

/// Twelve may be either noon or midnight; others are before noon until someone says otherwise.
fn hour(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let hour = number(said.first()?)?;
    made(hour % 24 * 3_600, Grain::Hour, hour <= 12)
}

fn latent_hour(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    doubtful(hour(said, numbers, context)?)
}

fn doubtful(said: Said) -> Option<Said> {
    match said {
        Said::Time(time) => Some(Said::Latent(time)),
        _ => None,
    }
}

/// Hour, minute, and perhaps second.
fn clock(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let hour = number(said.first()?)?;
    let minute = number(said.get(1)?)?;
    let second = said.get(2).map_or(Some(0), |said| number(said))?;
    let grain = if said.len() > 2 { Grain::Second } else { Grain::Minute };
    (hour < 24 && minute < 60 && second < 60).then_some(())?;
    let zero = matches!(said.first()?, Said::Number(figure) if figure.digits == 2 && hour < 10);
    made(hour * 3_600 + minute * 60 + second, grain, hour <= 12 && !(zero && hour == 0))
}

fn latent_clock(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    doubtful(clock(said, numbers, context)?)
}

/// "16h30": of 24 hours.
fn clock24(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let hour = number(said.first()?)?;
    let minute = said.get(1).map_or(Some(0), |said| number(said))?;
    made(hour % 24 * 3_600 + minute * 60, Grain::Minute, false)
}

/// "1030", "815".
fn digits(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let number = number(said.first()?)?;
    made(number / 100 * 3_600 + number % 100 * 60, Grain::Minute, number < 1_300)
}

/// A clock in the half of the day that is named.
fn half(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let (clock, afternoon) = match said {
        [Said::Time(Time::Clock(clock)) | Said::Latent(Time::Clock(clock)), Said::Afternoon(afternoon)] => {
            (clock, *afternoon)
        }
        _ => return None,
    };
    if !clock.open {
        // "15:20 pm" says it twice.
        return (afternoon == (clock.second >= NOON)).then_some(Said::Time(Time::Clock(*clock)));
    }
    let second = clock.second % NOON + if afternoon { NOON } else { 0 };
    Some(Said::Time(Time::Clock(Clock { second, open: false, ..*clock })))
}

fn with_half(clock: Option<Said>, said: &[&Said], context: &Context) -> Option<Said> {
    half(&[&clock?, *said.last()?], &[], context)
}

/// "8.30 pm".
fn clock_half(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    with_half(clock(&said[..2], numbers, context), said, context)
}

/// "8 pm".
fn hour_half(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    with_half(hour(said, numbers, context), said, context)
}

/// "830 pm".
fn digits_half(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    with_half(digits(said, numbers, context), said, context)
}

fn latent_digits(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    doubtful(digits(said, numbers, context)?)
}

/// "0730-0930".
fn digits_span(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    match (digits(said, numbers, context)?, digits(&said[1..], numbers, context)?) {
        (Said::Time(from), Said::Time(to)) if from != to => {
            Some(Said::Time(Time::Span { from: Box::new(from), to: Box::new(to) }))
        }
        _ => None,
    }
}

/// "tonight 815".
fn part_digits(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    let [Said::Time(day), number] = said else { return None };
    match digits(&[*number], numbers, context)? {
        Said::Time(clock) => super::times::both(day, &clock).map(Said::Time),
        _ => None,
    }
}

/// "halb neun": half an hour before.
fn half_to(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    made((number(said.first()?)? + 11) % 12 * 3_600 + 1_800, Grain::Minute, true)
}

/// "las tres y media".
fn half_past(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    made(number(said.first()?)? * 3_600 + 1_800, Grain::Minute, true)
}

/// "9 bis 11 Uhr": of 24 hours.
fn hours_span(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    match (clock24(&said[..1], numbers, context)?, clock24(said.get(1..2)?, numbers, context)?) {
        (Said::Time(from), Said::Time(to)) if from != to => {
            Some(Said::Time(Time::Span { from: Box::new(from), to: Box::new(to) }))
        }
        _ => None,
    }
}

/// So many minutes past an hour.
fn past(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    moved(said, numbers, 60)
}

/// So many minutes to an hour.
fn to(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    moved(said, numbers, -60)
}

fn moved(said: &[&Said], numbers: &[i64], by: i64) -> Option<Said> {
    let (minutes, clock) = match (said, numbers) {
        ([minutes, clock], _) => (number(minutes)?, clock),
        ([clock], [minutes]) => (*minutes, clock),
        _ => return None,
    };
    let clock = match clock {
        Said::Time(Time::Clock(clock)) | Said::Latent(Time::Clock(clock)) => *clock,
        _ => return None,
    };
    let second = (clock.second + minutes * by).rem_euclid(86_400);
    (clock.second % 3_600 == 0 && minutes < 60).then_some(Said::Time(Time::Clock(Clock {
        second,
        grain: Grain::Minute,
        open: clock.open,
    })))
}

/// A time of day that has a name, in hours.
fn noon(_: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    made(numbers.first()? * 3_600, Grain::Hour, false)
}
