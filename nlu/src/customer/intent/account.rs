//! Questions about what is the asker's own.

use crate::customer::Intent;
use crate::customer::concept::{Concept, Concepts};
use crate::customer::lexicon::Mark;
use crate::customer::reading::{Reading, padding};
use Concept::{
    Act, Address, Angry, Announce, Asks, Event, Filler, Greeting, HowTo, Mine, No, Own, Polite, State, Thanks, Thing,
    Ticket, Want, Yes,
};

pub(super) fn of(reading: &Reading<'_>) -> Option<(Intent, f32)> {
    // "How do I cancel my order" is answered for everybody.
    let around = padding() | Concepts::of(&[Greeting, Thanks, No, Yes, Announce]);
    let stands = |how: &Mark| {
        let own = how.start > 0 && reading.clause_has(reading.clause(how), Mine);
        own || reading.all(State).any(|state| state.start == how.start && state.end >= how.end)
    };
    if reading.all(HowTo).any(|how| reading.opens(how, around) && !stands(how)) {
        return None;
    }
    let certainty = [
        (reading.has(Mine) && about(reading)).then_some(0.85),
        asks_how_it_stands(reading).then_some(0.8),
        tells_what_happened(reading).then_some(0.75),
        orders(reading).then_some(0.8),
        names_ticket(reading).then_some(0.85),
        names_number(reading).then_some(0.8),
    ];
    certainty.into_iter().flatten().next().map(|certainty| (Intent::Account, certainty))
}

/// What happened to oneself happened to something, or with money.
fn about(reading: &Reading<'_>) -> bool {
    reading.has(Concepts::of(&[Thing, Own, Mine]))
}

/// "Where is my order?", "has my refund been processed?"
fn asks_how_it_stands(reading: &Reading<'_>) -> bool {
    let owned = |from: usize, gap: usize| {
        let own = reading.all(Own).find(|own| own.start >= from && own.start - from <= 5)?;
        reading.all(Thing).find(|thing| thing.start >= own.end && thing.start - own.end <= gap)
    };
    reading.all(State).any(|state| {
        let Some(thing) = owned(state.end, 4) else { return false };
        let asks = reading.text.asks || reading.has(Asks) || state.end - state.start > 1;
        let same = reading.clause(state) == reading.clause(thing);
        let verb = state.end - state.start > 1 || reading.has(Event) || reading.has(Concept::Present);
        same && asks && verb && reading.content() <= 3
    })
}

/// "My parcel has not arrived."
fn tells_what_happened(reading: &Reading<'_>) -> bool {
    let owned = reading.followed(Own, Thing, 2).is_some_and(|(own, thing)| {
        reading.all(Event).any(|event| {
            let after = event.start >= thing.end && event.start - thing.end <= 5;
            let before = event.end <= own.start && own.start - event.end <= 2;
            reading.clause(event) == reading.clause(thing) && (after || before)
        })
    });
    let asks = reading.all(Asks).any(|asks| asks.start == 0) && !reading.has(State);
    owned && !asks && reading.content() <= 3
}

/// "Please cancel my order."
fn orders(reading: &Reading<'_>) -> bool {
    let polite = Concepts::of(&[Filler, Polite, Address, Greeting, Want, No, Yes, Thanks, Announce, Angry, Own]);
    reading.all(Act).any(|act| {
        let thing = reading.all(Thing).find(|thing| thing.start >= act.end && thing.start - act.end <= 4);
        let Some(thing) = thing else { return false };
        // "Change the address on my order."
        let own = (act.start..thing.end + 3).any(|word| reading.meaning(word).meets(Own)) || reading.has_number();
        own && reading.clause(act) == reading.clause(thing) && reading.opens(act, polite) && reading.content() <= 5
    })
}

/// "Order 4711", with a question or by itself: what is theirs, and right behind it the number that it has. A number
/// elsewhere says how much ("orders above 500 euros") or is part of a name ("error E42").
fn names_number(reading: &Reading<'_>) -> bool {
    let asks = Concepts::of(&[State, Event, Act, Mine]);
    let numbered = numbered_things(reading).next().is_some();
    numbered && (reading.has(asks) || reading.content() <= 1)
}

/// "T-1042", with a question or by itself.
fn names_ticket(reading: &Reading<'_>) -> bool {
    !reading.text.tickets.is_empty() && reading.content() <= 4
}

/// The customer's own requests: their numbers, and whether any are spoken of.
pub(in crate::customer) fn tickets(reading: &Reading<'_>) -> Option<Vec<i64>> {
    let mut numbers = reading.text.tickets.clone();
    let named = numbered_things(reading).filter(|(thing, _)| reading.meaning(*thing).meets(Ticket));
    numbers.extend(named.map(|(_, number)| number));
    numbers.dedup();
    (!numbers.is_empty() || reading.has(Ticket)).then_some(numbers)
}

/// The last word of each thing that a number follows, with the number.
fn numbered_things<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = (usize, i64)> + 'r {
    let named = Concepts::of(&[Concept::Numbered, Ticket]);
    reading.all(named).filter_map(|thing| {
        let mut behind =
            reading.words.iter().skip(thing.end).filter(|word| !NUMBER_WORDS.contains(&word.text.as_str()));
        let number = behind.next().filter(|word| word.clause == reading.clause(thing))?;
        let digits = number.text.bytes().all(|byte| byte.is_ascii_digit()) && number.text.len() >= 3;
        number.text.parse().ok().filter(|_| digits).map(|number| (thing.end - 1, number))
    })
}

/// What people put between a thing and its number, in any language.
const NUMBER_WORDS: [&str; 14] =
    ["number", "no", "nr", "num", "id", "is", "nummer", "ist", "numero", "n", "est", "es", "e", "no."];
