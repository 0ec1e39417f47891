//! Values in a text: times, durations, numbers, money, percentages, ordinals, and how people are reached.
//!
//! [`find`] is pure and deterministic: what time it is and in which language the text is written are arguments. A text
//! becomes tokens; what words and digits say comes from the language's file (`words/*.toml`), as do the rules that put
//! it together ([`grammar`]); all that can be said is collected ([`chart`]), and the longest expressions are read
//! ([`time`] says when something is).

mod actions;
mod calendar;
mod chart;
mod contact;
mod cover;
mod grammar;
mod literal;
mod said;
mod time;
mod token;
mod value;

pub use value::{Currency, Decimal, Duration, Found, Grain, Money, Number, Reading, Recurrence, Sense, Value, When};

use crate::Language;
use actions::Context;
use chart::Chart;
use grammar::Grammar;
use jiff::Zoned;
use time::Speaker;

/// The values of a text, in its order, without overlaps: the longest expressions win.
///
/// Each has the meaning that an office worker most likely has in mind, and the others that the same words may have.
/// Times are local to the zone of `now`; weeks begin on Monday; the end of a range is the first moment behind it.
#[must_use]
pub fn find(text: &str, now: &Zoned, language: Language) -> Vec<Found> {
    let grammar = Grammar::of(language);
    let speaker = Speaker {
        now: calendar::second(now.datetime()),
        offset: i64::from(now.offset().seconds()),
        past: false,
        other_end: false,
        other_half: false,
        aligned: false,
        extent: false,
        order: false,
    };
    let context = Context { now: speaker.now, month_first: grammar.month_first };
    let contacts = contact::contacts(text);
    let mut tokens = token::tokens(text);
    tokens.retain(|token| {
        contacts.iter().all(|(range, _)| token.span.end <= range.start || range.end <= token.span.start)
    });
    let chart = Chart::of(&tokens, grammar, &context);
    let mut found: Vec<Found> =
        contacts.into_iter().map(|(span, value)| Found { span, value, others: Vec::new() }).collect();
    found.extend(cover::cover(&chart, &tokens, &speaker));
    found.sort_by_key(|found| found.span.start);
    found
}
