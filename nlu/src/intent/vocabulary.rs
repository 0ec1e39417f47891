//! The features that examples have, and how much each tells.

use super::features::{Feature, Kind, Pieces};
use std::collections::BTreeMap;

/// What a text has of the known features: their places in the vocabulary, ascending, and how strongly.
pub(super) type Row = Vec<(usize, f32)>;

/// Known features by their numbers, ascending, and the weight of each.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Vocabulary {
    pub(super) ids: Vec<u32>,
    pub(super) weights: Vec<f32>,
    /// The largest weight.
    rarest: f32,
}

/// Rare features tell more, but not as much more as their rarity says: they are often accidents.
const RARITY: f32 = 0.6;
/// What is new in a text counts as the rarest that is known, and more: it takes certainty from the rest.
const NOVELTY: f32 = 1.3;
/// How much letters count beside words.
const LETTERS: f32 = 1.3;

impl Vocabulary {
    pub(super) fn of<'a>(texts: impl ExactSizeIterator<Item = &'a Pieces>) -> Self {
        let all = 1.0 + texts.len() as f32;
        let mut texts_with: BTreeMap<u32, u32> = BTreeMap::new();
        for text in texts {
            for (_, id, _) in &text.counts {
                *texts_with.entry(*id).or_default() += 1;
            }
        }
        let weight = |with: &u32| ((all / (1.0 + *with as f32)).ln() + 1.0).powf(RARITY);
        let weights = texts_with.values().map(weight).collect();
        Self::new(texts_with.into_keys().collect(), weights)
    }

    pub(super) fn new(ids: Vec<u32>, weights: Vec<f32>) -> Self {
        let rarest = weights.iter().copied().fold(0.0, f32::max);
        Self { ids, weights, rarest }
    }

    /// Words and letters each of length one, less what is new in them, then both together.
    pub(super) fn row(&self, text: &Pieces) -> Row {
        let mut sides = [(Row::new(), 0.0_f32), (Row::new(), 0.0)];
        for (kind, id, count) in &text.counts {
            let [words, letters] = &mut sides;
            let (row, square) = if *kind == Kind::Words { words } else { letters };
            match self.place(*id) {
                Some((place, weight)) => {
                    let value = (1.0 + (*count as f32).ln()) * weight;
                    row.push((place, value));
                    *square += value * value;
                }
                None => *square += (NOVELTY * self.rarest).powi(2),
            }
        }
        let both = (1.0 + LETTERS * LETTERS).sqrt();
        let mut joined = Row::new();
        for ((row, square), share) in sides.into_iter().zip([1.0 / both, LETTERS / both]) {
            let scale = share / square.sqrt().max(f32::MIN_POSITIVE);
            joined.extend(row.into_iter().map(|(place, value)| (place, value * scale)));
        }
        joined.sort_unstable_by_key(|(place, _)| *place);
        joined
    }

    fn place(&self, id: u32) -> Option<(usize, f32)> {
        let place = self.ids.binary_search(&id).ok()?;
        Some((place, *self.weights.get(place)?))
    }

    /// Where a feature stands, if it is known.
    pub(super) fn place_of(&self, feature: &Feature) -> Option<usize> {
        self.place(feature.id).map(|(place, _)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(row: &Row) -> f32 {
        row.iter().map(|(_, value)| value * value).sum()
    }

    #[test]
    fn the_more_of_a_text_is_new_the_shorter_is_what_is_known() {
        let vocabulary = Vocabulary::of(["where is my card", "cancel my order"].map(Pieces::of).iter());
        let [known, half, new] =
            ["where is my card", "where is my parrot", "zzz"].map(|text| square(&vocabulary.row(&Pieces::of(text))));
        assert!((known - 1.0).abs() < 1e-4 && half < known && new < half, "{known} {half} {new}");
    }
}
