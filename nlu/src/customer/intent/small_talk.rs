//! Greetings, thanks, farewells and questions after the bot itself, if a message is nothing more than that.

use crate::customer::Intent;
use crate::customer::concept::{Concept, Concepts};
use crate::customer::reading::{Reading, padding};
use Concept::{
    Address, Announce, Asks, Bad, Bot, But, Filler, Function, Give, Goodbye, Greeting, Happy, Help, HowAreYou, HowTo,
    Human, Identity, Insult, Its, No, Not, Own, Polite, Praise, Present, Real, Solved, Someone, Staff, Talk, Target,
    Thanks, ThanksFor, Want, WhoAreYou, Yes,
};

pub(super) fn of(reading: &Reading<'_>) -> Option<(Intent, f32)> {
    let only = |allowed: &[Concept]| reading.others(Concepts::of(allowed)) == 0;
    let says = |concept: Concept| reading.has(concept);
    let polite = [Greeting, Filler, Polite, Address, Praise, Happy, Target, Bot];
    let with = |more: &[Concept]| -> Vec<Concept> { polite.iter().chain(more).copied().collect() };
    if asks_who_speaks(reading) || says(WhoAreYou) && only(&with(&[WhoAreYou, Own, HowAreYou, Function])) {
        return Some((Intent::WhoAreYou, 0.95));
    }
    if says(HowAreYou) && only(&with(&[HowAreYou, Thanks, Yes])) {
        return Some((Intent::HowAreYou, 0.95));
    }
    let around = with(&[Thanks, ThanksFor, Yes, Function, Talk, Solved, Help, Its]);
    let light = reading.others(Concepts::of(&around) | Goodbye.into()) == 0 && !turns(reading);
    if says(Goodbye) && (light || only(&with(&[Goodbye, Thanks, ThanksFor, Yes, No]))) {
        return Some((Intent::Goodbye, 0.9));
    }
    // "Yes, thanks" answers.
    if says(Thanks) && (only(&with(&[Thanks, ThanksFor])) || light && !says(Yes) && !says(Solved)) {
        return Some((Intent::Thanks, 0.95));
    }
    if says(Greeting) && only(&[Greeting, Filler, Polite, Address, Announce, HowAreYou]) {
        return Some((Intent::Greeting, 0.95));
    }
    (says(Announce) && !says(Not) && only(&[Announce, Filler, Polite, Address, Function]))
        .then_some((Intent::Greeting, 0.7))
}

/// Whether more follows: "thanks, but", "thanks, is it free".
fn turns(reading: &Reading<'_>) -> bool {
    let small = Concepts::of(&[Thanks, ThanksFor, Goodbye, Greeting, Filler, Polite, Address, Praise, Yes, No]);
    let asks = reading.all(Asks).any(|mark| reading.opens(mark, small));
    asks || reading.text.asks || reading.has(Concepts::of(&[But, HowTo, Not]))
}

/// "Am I talking to a bot or a human?"
fn asks_who_speaks(reading: &Reading<'_>) -> bool {
    let named = Concepts::of(&[Human, Staff, Bot, Real, Someone]);
    let asked = reading.followed(Identity, named, 4).is_some();
    let around = padding() | named | Concepts::of(&[Identity, Talk, Greeting, Own, Not, Present, Target]);
    asked && reading.others(around) == 0 && !is_told(reading)
}

/// "You are a bot." tells it.
fn is_told(reading: &Reading<'_>) -> bool {
    reading.has(Concepts::of(&[Want, Give, Insult, Bad]))
}
