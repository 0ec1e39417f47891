//! How sure it is that the best passage answers the question.

use super::ranking::Ranked;

/// From here on an answer may be given without a person. Cautious: of the answers above it 84 to 90 in a hundred were
/// right where half of the articles that questions needed were missing.
pub const CONFIDENT: f32 = 0.6;

/// The weights of a logistic regression over [`signs`], fitted on one half of the articles of two public collections
/// of questions (frequently asked ones, and ones on paragraphs of an encyclopaedia), with every other article taken
/// away and off-topic questions added, so that the answer is often not there.
const WEIGHTS: [f32; 6] = [3.1, 6.3, 5.85, -0.75, 1.3, 3.39];
const BIAS: f32 = -12.29;

/// Between 0 and 1: how probable it is that the first of the passages, best first, answers the question.
pub(crate) fn confidence(ranked: &[&Ranked]) -> f32 {
    let Some(signs) = signs(ranked) else { return 0.0 };
    let sum: f32 = BIAS + signs.iter().zip(WEIGHTS).map(|(sign, weight)| sign * weight).sum::<f32>();
    1.0 / (1.0 + (-sum).exp())
}

/// What tells an answer from a mere likeness.
fn signs(ranked: &[&Ranked]) -> Option<[f32; 6]> {
    let best = ranked.first()?;
    let next = ranked.iter().find(|other| other.place.article != best.place.article);
    let margin = next.map_or(1.0, |next| 1.0 - next.strength / best.strength.max(f32::EPSILON));
    // Of a single word nobody knows what it asks.
    let words = (best.wanted.len() as f32).ln_1p();
    Some([best.covered, best.strength, margin.clamp(0.0, 1.0), best.unknown, best.titled, words])
}
