//! What rules do with what they have found: small functions from pieces to one of them, by name.

mod clocks;
mod lengths;
mod numbers;
mod parts;
mod recurring;
mod times;

use super::calendar::{Second, Unit};
use super::said::Said;

/// What an action may know of the speaker.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    pub(super) now: Second,
    /// Whether the month comes first in 3/4.
    pub(super) month_first: bool,
}

/// Makes one thing of several, if they go together. The numbers stand in the rule.
pub(super) type Action = fn(&[&Said], &[i64], &Context) -> Option<Said>;

/// The action of a name in a rule.
pub(super) fn named(name: &str) -> Option<Action> {
    TABLES
        .iter()
        .chain(&times::TABLES)
        .flat_map(|table| table.iter())
        .find(|(known, _)| *known == name)
        .map(|(_, action)| *action)
}

type Table = &'static [(&'static str, Action)];

const TABLES: &[Table] = &[
    numbers::ACTIONS,
    lengths::ACTIONS,
    clocks::ACTIONS,
    parts::ACTIONS,
    recurring::ACTIONS,
    &[("same", same), ("nothing", nothing)],
];

fn same(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    said.first().map(|said| (*said).clone())
}

fn nothing(_: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    Some(Said::Nothing)
}

/// The units that rules name by number.
const UNITS: [Unit; 15] = [
    Unit::Second,
    Unit::Minute,
    Unit::Hour,
    Unit::Day,
    Unit::BusinessDay,
    Unit::Week,
    Unit::Weekend,
    Unit::Fortnight,
    Unit::Month,
    Unit::Quarter,
    Unit::Half,
    Unit::Season,
    Unit::Year,
    Unit::Decade,
    Unit::Century,
];

fn unit(number: i64) -> Option<Unit> {
    UNITS.get(usize::try_from(number).ok()?).copied()
}
