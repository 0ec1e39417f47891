//! Questions about what is the asker's own.

use crate::customer::Intent;
use crate::customer::concept::{Concept, Concepts};
use crate::customer::lexicon::Mark;
use crate::customer::reading::{Reading, padding};
use Concept::{
    Act, Address, Angry, Announce, Asks, Event, Filler, Greeting, HowTo, Mine, No, Own, Polite, State, Thanks, Thing,
    Want, Yes,
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

/// "Order 4711", with a question or by itself.
fn names_number(reading: &Reading<'_>) -> bool {
    let numbered = reading.all(Thing).any(|thing| {
        let near = reading.words.iter().skip(thing.start).take(5);
        near.filter(|word| word.text.chars().filter(char::is_ascii_digit).count() >= 3).count() > 0
    });
    let asks = Concepts::of(&[State, Event, Act, Mine]);
    numbered && (reading.has(asks) || reading.content() <= 1)
}
