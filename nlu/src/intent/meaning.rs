//! What a sentence encoder says of texts: vectors beside their words.

use super::machine::{Point, counts};

/// How much meanings count, where so many examples teach an intent: the fewer there are, the more is not in their words.
/// A line between few examples is drawn by accident, too: then how close a text is to the middle of an intent's examples,
/// and to the nearest of them, is a good guess beside it. The middle is right where they all say the same, the nearest
/// where an intent is said in several ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Share {
    /// How long a meaning is beside words, whose length is at most one.
    pub(super) length: f32,
    /// How much the mean of an intent's examples counts beside the line that parts them from others.
    pub(super) mean: f32,
    /// How much the nearest of them does.
    #[serde(default)]
    pub(super) nearest: f32,
}

/// The length of a meaning among very many examples.
const LENGTH: f32 = 0.8;
/// Of so many examples of an intent, words say as much as meaning.
const FEW: f32 = 7.0;
/// What the mean and the nearest example count where there are no examples, as it were, and of how many they count a
/// third of that: among very many the line alone is better, and better at telling what is out of scope.
const MANY: f32 = 11.0;
const MEAN: f32 = 6.0;
const NEAREST: f32 = 4.0;

impl Share {
    pub(super) fn of(examples: usize, intents: usize) -> Self {
        let each = examples as f32 / intents.max(1) as f32;
        let few = (-each / MANY).exp();
        Self { length: LENGTH * (1.0 + FEW / each.max(1.0)), mean: MEAN * few, nearest: NEAREST * few }
    }

    /// A vector as the machine takes it: its direction, at one length. Nothing for a vector without direction.
    pub(super) fn scaled(self, vector: &[f32]) -> Vec<f32> {
        let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        vector.iter().map(|number| number / length * self.length).collect()
    }
}

/// The meanings of the examples, intent by intent, in small numbers: only directions count.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Meanings {
    pub(super) numbers: Vec<i8>,
    pub(super) length: usize,
    /// How many examples each intent has; nothing in models that do not know.
    pub(super) counts: Vec<usize>,
    /// How long each of them is, in small numbers.
    lengths: Vec<f32>,
}

impl Meanings {
    /// Of points with the numbers of their intents; what is out of scope is left out.
    pub(super) fn of(points: &[Point], truth: &[usize], intents: usize) -> Self {
        let length = points.first().map_or(0, |point| point.meaning.len());
        let mut inside: Vec<(usize, &Point)> = truth.iter().copied().zip(points).collect();
        inside.retain(|(intent, _)| *intent < intents);
        inside.sort_by_key(|(intent, _)| *intent);
        let counts = if length == 0 { Vec::new() } else { counts(truth, intents) };
        Self::new(inside.iter().flat_map(|(_, point)| small(&point.meaning)).collect(), length, counts)
    }

    pub(super) fn new(numbers: Vec<i8>, length: usize, counts: Vec<usize>) -> Self {
        let long = |meaning: &[i8]| product(meaning, meaning).sqrt().max(1.0);
        Self { lengths: numbers.chunks(length.max(1)).map(long).collect(), numbers, length, counts }
    }

    /// Adds to each intent's score how near its nearest example is, as far as that counts; and tells how near the
    /// nearest of all is, as a cosine, or 0 where there are no meanings.
    pub(super) fn lean_on_nearest(&self, scores: &mut [f32], meaning: &[f32], weight: f32) -> f32 {
        let small = small(meaning);
        let length = product(&small, &small).sqrt().max(1.0);
        let examples = self.numbers.chunks(self.length.max(1)).zip(&self.lengths);
        let cosines: Vec<f32> = examples.map(|(example, long)| product(example, &small) / (long * length)).collect();
        let nearest = |cosines: &[f32]| cosines.iter().copied().fold(0.0, f32::max);
        let mut rest = cosines.as_slice();
        for (score, count) in scores.iter_mut().zip(&self.counts) {
            let (own, others) = rest.split_at_checked(*count).unwrap_or_default();
            *score += weight * nearest(own);
            rest = others;
        }
        nearest(&cosines)
    }
}

fn small(meaning: &[f32]) -> Vec<i8> {
    let most = meaning.iter().map(|number| number.abs()).fold(f32::MIN_POSITIVE, f32::max);
    meaning.iter().map(|number| (number / most * f32::from(i8::MAX)).round() as i8).collect()
}

fn product(one: &[i8], other: &[i8]) -> f32 {
    one.iter().zip(other).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum::<i32>() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(angle: f32) -> Point {
        let mut vector = vec![0.1; 60];
        vector.extend([angle.cos() / 2.0, angle.sin() / 2.0]);
        Point { meaning: Share::of(10, 2).scaled(&vector), ..Point::default() }
    }

    #[test]
    fn the_nearest_example_is_found_by_direction() {
        let meanings = Meanings::of(&[point(0.0), point(1.0)], &[0, 1], 2);
        let nearness = |angle| meanings.lean_on_nearest(&mut [0.0; 2], &point(angle).meaning, 1.0);
        assert!(nearness(0.0) > 0.98);
        assert!(nearness(0.5) < nearness(0.9));
        assert_eq!(Meanings::default().lean_on_nearest(&mut [0.0; 2], &[], 1.0), 0.0);
    }

    #[test]
    fn each_intent_gains_by_the_nearest_of_its_own_examples() {
        let points = [1.5, 0.0, 1.0, 0.2].map(point);
        let meanings = Meanings::of(&points, &[1, 0, 1, usize::MAX], 2);
        let mut scores = [0.0; 2];
        let nearest = meanings.lean_on_nearest(&mut scores, &point(0.9).meaning, 2.0);
        assert!(scores[1] > scores[0] && (scores[1] - 2.0 * nearest).abs() < 1e-6, "{scores:?} {nearest}");
    }
}
