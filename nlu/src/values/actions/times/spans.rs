//! From one time to another.

use super::super::{Action, Context};
use super::dates::dated;
use super::{is_open, made, time, whole};
use crate::values::said::Said;
use crate::values::time::{Clock, Time};
use crate::values::value::Grain;

pub(super) const ACTIONS: &[(&str, Action)] =
    &[("span", span), ("day_span", day_span), ("lasting", lasting), ("and_span", and_span), ("clocks_of", clocks_of)];

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
fn agreed(one: Clock, other: Clock) -> (Clock, Clock) {
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

/// A day and hours of it: "Monday" and "9 to 11".
pub(super) fn and_span(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
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
