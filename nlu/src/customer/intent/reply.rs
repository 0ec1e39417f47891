//! Yes and no, and the many ways to say that something helped or did not.

use crate::customer::Intent;
use crate::customer::concept::{Concept, Concepts};
use crate::customer::reading::{Reading, padding};
use Concept::{
    Address, Angry, Asks, But, Filler, Function, Greeting, HowTo, Its, No, Not, Own, Polite, Praise, Solved, Thanks,
    ThanksFor, Unhappy, Yes,
};

pub(super) fn of(reading: &Reading<'_>) -> Option<(Intent, f32)> {
    if reading.has(But) || reading.text.asks && !is_single(reading) {
        return None;
    }
    refuses(reading).or_else(|| agrees(reading)).or_else(|| praises(reading))
}

/// Praise alone is thanks.
fn praises(reading: &Reading<'_>) -> Option<(Intent, f32)> {
    let only = reading.others(Concepts::of(&[Praise, Filler, Address])) == 0;
    (reading.has(Praise) && only).then_some((Intent::Thanks, 0.7))
}

fn is_single(reading: &Reading<'_>) -> bool {
    reading.words.len() <= 2
}

fn refuses(reading: &Reading<'_>) -> Option<(Intent, f32)> {
    let allowed = Concepts::of(&[
        Function, Yes, Own, No, Not, Filler, Polite, Address, Thanks, ThanksFor, Its, Solved, Unhappy, Praise, Angry,
    ]);
    // "Hilft nicht" says it the other way round.
    let failed = reading.followed(Not, Solved, 4).is_some()
        || reading.followed(Solved, Not, if reading.lexicon.verbs_last { 4 } else { 1 }).is_some();
    if !reading.has(No) && !failed || asks(reading) {
        return None;
    }
    match reading.others(allowed) {
        0 => Some((Intent::No, if reading.has(No) { 0.95 } else { 0.9 })),
        // What is added to it is no question yet: "no, that did not help with the printer".
        1 if failed && reading.has(No) => Some((Intent::No, 0.6)),
        _ => None,
    }
}

fn agrees(reading: &Reading<'_>) -> Option<(Intent, f32)> {
    let allowed = padding() | Concepts::of(&[Yes, Its, Solved, Thanks, ThanksFor, Praise, Greeting]);
    if !reading.has(Concepts::of(&[Yes, Solved])) || reading.has(Not) || asks(reading) || reading.others(allowed) > 0 {
        return None;
    }
    // A word of one's own for the matter is a topic: "fix", "help".
    let named = reading.has(Yes) || reading.words.len() > 1 || reading.marks.len() <= 2;
    named.then_some((Intent::Yes, if reading.has(Yes) { 0.9 } else { 0.85 }))
}

/// Whether it opens like a question that is not denied: "does it work", but not "does not work".
fn asks(reading: &Reading<'_>) -> bool {
    let opening = reading.all(Concepts::of(&[Asks, HowTo])).find(|mark| mark.start == 0);
    let denied = |end: usize| reading.meaning(end).meets(Not) || reading.meaning(0).meets(Concepts::of(&[No, Yes]));
    let turns = !reading.has(Solved) && reading.all(Asks).any(|mark| mark.start > 0 && reading.opens(mark, small()));
    (opening.is_some_and(|mark| !denied(mark.end)) || turns) && reading.words.len() > 1
}

/// What may stand before a question: "no, where is it".
fn small() -> Concepts {
    Concepts::of(&[Yes, No, Thanks, Filler, Polite, Address, Greeting])
}
