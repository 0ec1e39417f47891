//! What a sentence encoder says of texts: vectors beside their words.

/// How much meanings count, where so many examples teach an intent: the fewer there are, the more is not in their words.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Share {
    /// How long a meaning is beside words, whose length is at most one.
    pub(super) length: f32,
    /// How much the mean of an intent's examples counts beside the line that parts them from others.
    pub(super) mean: f32,
}

/// The length of a meaning among very many examples.
const LENGTH: f32 = 0.8;
/// Of so many examples of an intent, words say as much as meaning.
const FEW: f32 = 7.0;
/// What the mean counts where there are no examples, as it were.
const MEAN: f32 = 4.0;

impl Share {
    pub(super) fn of(examples: usize, intents: usize) -> Self {
        let each = examples as f32 / intents.max(1) as f32;
        Self { length: LENGTH * (1.0 + FEW / each.max(1.0)), mean: MEAN * FEW / (FEW + each) }
    }

    /// A vector as the machine takes it: its direction, at one length. Nothing for a vector without direction.
    pub(super) fn scaled(self, vector: &[f32]) -> Vec<f32> {
        let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        vector.iter().map(|number| number / length * self.length).collect()
    }
}

/// The meanings of the examples, in small numbers: only directions count.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Meanings {
    pub(super) numbers: Vec<i8>,
    pub(super) length: usize,
    /// How long each of them is, in small numbers.
    lengths: Vec<f32>,
}

impl Meanings {
    pub(super) fn of<'a>(meanings: impl Iterator<Item = &'a [f32]>, length: usize) -> Self {
        Self::new(meanings.flat_map(small).collect(), length)
    }

    pub(super) fn new(numbers: Vec<i8>, length: usize) -> Self {
        let long = |meaning: &[i8]| product(meaning, meaning).sqrt().max(1.0);
        Self { lengths: numbers.chunks(length.max(1)).map(long).collect(), numbers, length }
    }

    /// The cosine to the nearest example; 0 where there are no meanings.
    pub(super) fn nearness(&self, meaning: &[f32]) -> f32 {
        let small = small(meaning);
        let examples = self.numbers.chunks(self.length.max(1)).zip(&self.lengths);
        let nearest = examples.map(|(example, length)| product(example, &small) / length).reduce(f32::max);
        nearest.map_or(0.0, |nearest| nearest / product(&small, &small).sqrt().max(1.0))
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

    #[test]
    fn the_nearest_example_is_found_by_direction() {
        let point = |angle: f32| {
            let mut vector = vec![0.1; 60];
            vector.extend([angle.cos() / 2.0, angle.sin() / 2.0]);
            Share { length: 0.8, mean: 0.0 }.scaled(&vector)
        };
        let examples = [point(0.0), point(1.0)];
        let meanings = Meanings::of(examples.iter().map(Vec::as_slice), 62);
        assert!(meanings.nearness(&point(0.0)) > 0.98);
        assert!(meanings.nearness(&point(0.5)) < meanings.nearness(&point(0.9)));
        assert_eq!(Meanings::default().nearness(&[]), 0.0);
    }
}
