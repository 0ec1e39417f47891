//! What a sentence encoder says of texts: vectors beside their words.

/// How much a meaning counts beside words, whose length is at most one.
const LENGTH: f32 = 1.5;

/// A vector as the machine takes it: its direction, at one length. Nothing for a vector without direction.
pub(super) fn scaled(vector: &[f32]) -> Vec<f32> {
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    vector.iter().map(|number| number / length * LENGTH).collect()
}

/// The meanings of the examples, in small numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Meanings {
    pub(super) numbers: Vec<i8>,
    pub(super) length: usize,
}

/// No number of a vector of length 1 is larger; most are far smaller, so larger ones are cut rather than all coarse.
const LARGEST: f32 = 0.25;

impl Meanings {
    pub(super) fn of<'a>(meanings: impl Iterator<Item = &'a [f32]>, length: usize) -> Self {
        let small = |number: &f32| (number / LENGTH / LARGEST * f32::from(i8::MAX)).round() as i8;
        Self { numbers: meanings.flatten().map(small).collect(), length }
    }

    /// The cosine to the nearest example; 0 where there are no meanings.
    pub(super) fn nearness(&self, meaning: &[f32]) -> f32 {
        let small = Self::of(std::iter::once(meaning), self.length);
        let product = |example: &[i8]| -> i32 {
            example.iter().zip(&small.numbers).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
        };
        let unit = f32::from(i8::MAX) / LARGEST;
        let nearest = self.numbers.chunks(self.length.max(1)).map(product).max();
        nearest.map_or(0.0, |nearest| nearest as f32 / (unit * unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_example_is_found_by_direction() {
        let point = |angle: f32| {
            let mut vector = vec![0.1; 60];
            vector.extend([angle.cos() / 2.0, angle.sin() / 2.0]);
            scaled(&vector)
        };
        let examples = [point(0.0), point(1.0)];
        let meanings = Meanings::of(examples.iter().map(Vec::as_slice), 62);
        assert!(meanings.nearness(&point(0.0)) > 0.98);
        assert!(meanings.nearness(&point(0.5)) < meanings.nearness(&point(0.9)));
        assert_eq!(Meanings::default().nearness(&[]), 0.0);
    }
}
