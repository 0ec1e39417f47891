//! Insults without a question.

use crate::customer::Intent;
use crate::customer::concept::{Concept, Concepts};
use crate::customer::reading::{Reading, padding};
use Concept::{Angry, Asks, Bad, Bot, Filler, Function, HowTo, Insult, Its, No, Not, Own, Target, Unhappy, Yes};

pub(super) fn of(reading: &Reading<'_>) -> Option<(Intent, f32)> {
    let around = padding() | Concepts::of(&[Bad, Insult, Angry, Target, Own, Unhappy, Bot, Not, No, Yes, Its, Asks]);
    let others = reading.others(around);
    let asks = reading.all(Asks).any(|mark| mark.start == 0) && others > 0;
    if asks || reading.has(HowTo) {
        return None;
    }
    if reading.has(Insult) && others <= 2 {
        return Some((Intent::Abuse, if others == 0 { 0.9 } else { 0.75 }));
    }
    let denied = reading.followed(Not, Bad, 1).is_some();
    let of_us = reading.followed(Target, Bad, 3).is_some() || reading.followed(Bad, Target, 0).is_some();
    let alone = reading.has(Bad) && reading.others(Concepts::of(&[Bad, Angry, Function, Filler, Its])) == 0;
    (!denied && (alone || of_us && others == 0)).then_some((Intent::Abuse, 0.75))
}
