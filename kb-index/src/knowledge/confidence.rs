//! How sure it is that the best passage answers the question.

use super::ranking::Ranked;
use super::reading::{Candidate, covered};
use std::collections::HashSet;

/// From here on an answer may be given without a person. Of the answers above it, 93 to 97 in a hundred were right
/// where every question had its article, 68 to 85 where half of the articles were missing; of off-topic questions, 98
/// in a hundred stay below it. `parley kb eval` measures it.
pub const CONFIDENT: f32 = 0.428;

/// The weights of a logistic regression over [`signs`], fitted on one half of the articles of two public collections
/// of questions (frequently asked ones, and ones on paragraphs of an encyclopaedia): once with every other article
/// taken away, once on sixty small shelves of eight to twenty-five articles, with off-topic questions added. So the
/// answer is often not there, and small shelves count as much as large ones. A little flatter than fitted, because of
/// the other half of the articles it was too sure.
const WEIGHTS: [f32; 12] = [1.01, 3.79, 1.25, 1.62, 0.84, 0.68, -2.03, 2.49, -1.21, -0.43, -2.11, -0.97];
const BIAS: f32 = -3.41;

/// The same where there is an encoder, with those of [`meaning_signs`]: fitted on one half of the articles of the same
/// collections with all articles there, with half of them taken away, and on thirty small shelves of the first. Of the
/// other half, with half of the articles missing, a right answer is more confident than a wrong one in 94 and 91 of a
/// hundred cases.
const ENCODED_WEIGHTS: [f32; 12] = [6.35, 7.57, 1.67, -5.72, 0.95, 1.31, -0.72, 1.96, 2.76, 0.20, -2.04, -0.49];
const MEANING_WEIGHTS: [f32; 6] = [13.96, 8.15, 1.85, -11.91, 0.04, -0.05];
const ENCODED_BIAS: f32 = -13.93;

/// An article that matches this well beside the best is a rival.
const RIVAL: f32 = 0.7;

/// Between 0 and 1: how probable it is that the best passage answers the question, among all that were found.
/// `goes_on` if the question says that it goes on from the one before.
pub(crate) fn confidence(best: &Candidate, found: &[Ranked], goes_on: bool) -> f32 {
    let signs = signs(best, found);
    let weighed =
        |signs: &[f32], weights: &[f32]| signs.iter().zip(weights).map(|(sign, weight)| sign * weight).sum::<f32>();
    let sum = match meaning_signs(best, found) {
        None => BIAS + weighed(&signs, &WEIGHTS),
        Some(meaning) => ENCODED_BIAS + weighed(&signs, &ENCODED_WEIGHTS) + weighed(&meaning, &MEANING_WEIGHTS),
    };
    1.0 / (1.0 + (-sum - follow_up(best, goes_on)).exp())
}

/// What it counts that a follow-up names nothing itself ("how long does it take?"): it is about what was spoken of.
const NAMES_NOTHING: f32 = 2.0;
/// What it counts that all it names is said, or that nothing of it is: the weights above are those of whole questions,
/// and the earlier one's words are nearly always said where that was answered.
const NAMES_WHAT_IS_SAID: f32 = 2.0;

/// What the words of a follow-up tell beside those of the question before it; nothing of any other question. Where the
/// question may be about something else as well, that it is a follow-up is no reason to be surer.
fn follow_up(best: &Candidate, goes_on: bool) -> f32 {
    if !best.ranked.wanted.iter().any(|wanted| wanted.earlier) {
        return 0.0;
    }
    let surer = match best.says_of_what_is_named() {
        None => NAMES_NOTHING,
        Some(share) => NAMES_WHAT_IS_SAID * (2.0 * share - 1.0),
    };
    if goes_on { surer } else { surer.min(0.0) }
}

/// What the meaning of the passages tells; nothing if that of the best one is not known.
fn meaning_signs(best: &Candidate, found: &[Ranked]) -> Option<[f32; 6]> {
    best.ranked.nearness?;
    let most = |of_best: bool, sign: &dyn Fn(&Ranked) -> f32| {
        let some = found.iter().filter(|one| best.ranked.is_beside(one) == of_best);
        some.map(sign).fold(0.0, f32::max)
    };
    let nearness = |one: &Ranked| one.nearness.unwrap_or_default();
    let strength = |one: &Ranked| one.strength;
    let (near, next) = (most(true, &nearness), most(false, &nearness));
    let all: f32 = found.iter().map(nearness).sum();
    let first = |is: bool| f32::from(u8::from(is));
    Some([
        near,
        near - next,
        near - all / found.len().max(1) as f32,
        near * best.says(covered),
        first(most(true, &strength) >= most(false, &strength)),
        first(near >= next),
    ])
}

/// What tells an answer from a mere likeness. All are shares of what the question and the shelf make possible, so that
/// they mean the same on a shelf of ten articles and of ten thousand.
fn signs(best: &Candidate, found: &[Ranked]) -> [f32; 12] {
    let of_best = |one: &&Ranked| best.ranked.is_beside(one);
    let strength = found.iter().filter(of_best).map(|one| one.strength).fold(0.0, f32::max);
    let mut others = found.iter().filter(|one| !of_best(one)).peekable();
    let next = others.peek().map_or(0.0, |next| next.strength);
    let next_covers = others.map(|one| one.covers).fold(0.0, f32::max);
    let rivals = found.iter().filter(|one| one.strength >= strength * RIVAL);
    let rivals: HashSet<_> = rivals.map(|one| one.place.article).collect();
    // Of a single word nobody knows what it asks.
    let words: f32 = best.ranked.wanted.iter().map(|wanted| wanted.weight).sum();
    let covers = best.says(covered);
    [
        covers,
        best.says_in_a_sentence(),
        best.says_in_headings(),
        strength,
        (1.0 - next / strength.max(f32::EPSILON)).clamp(0.0, 1.0),
        covers - next_covers,
        best.ranked.unknown,
        words.ln_1p(),
        covers - best.says_exactly(),
        (best.ranked.passages as f32).max(1.0).ln(),
        best.says_of_the_key(),
        (rivals.len() as f32).max(1.0).ln(),
    ]
}
