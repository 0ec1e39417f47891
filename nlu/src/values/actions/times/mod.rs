//! Days, months, years, what is counted from now, and spans: one file for each way of saying when.

mod counted;
mod dates;
mod portions;
mod relative;
mod spans;
mod together;
mod years;

pub(super) use portions::{bounded, part};
pub(super) use together::both;

use super::{Action, Context};
use crate::values::said::Said;
use crate::values::time::Time;

/// What rules may name, file by file.
pub(super) const TABLES: [&[(&str, Action)]; 8] = [
    relative::ACTIONS,
    dates::ACTIONS,
    years::ACTIONS,
    together::ACTIONS,
    counted::ACTIONS,
    portions::ACTIONS,
    spans::ACTIONS,
    &[("sure", sure), ("latent", latent)],
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

fn is_open(time: &Time) -> bool {
    matches!(
        time,
        Time::Bound(..) | Time::Span { .. } | Time::Lasting { .. } | Time::Rolling { .. } | Time::Portion(..)
    )
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
