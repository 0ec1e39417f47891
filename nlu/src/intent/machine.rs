//! A line between each intent and all others: linear support vector machines, by dual coordinate descent.
//!
//! After Hsieh et al., "A dual coordinate descent method for large-scale linear SVM" (2008), with squared hinge loss. All
//! intents are trained side by side: a feature's weights for all of them lie together, so that a text is read once a
//! round.

use super::meaning::Share;
use super::vocabulary::Row;

/// A text as numbers: what it has of the vocabulary, and its place among meanings where there is an encoder.
#[derive(Debug, Clone, Default)]
pub(super) struct Point {
    pub(super) row: Row,
    pub(super) meaning: Vec<f32>,
}

/// How much each intent gains by each feature.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Machine {
    pub(super) intents: usize,
    /// The weights of a feature in small numbers, feature by feature.
    pub(super) small: Vec<i8>,
    /// What the small numbers of a feature are multiplied with.
    pub(super) scales: Vec<f32>,
    /// The weights of the numbers of a meaning, then those of the intents themselves.
    pub(super) dense: Vec<f32>,
}

/// What a mistake costs against a wide margin.
const COST: f32 = 1.5;
/// An intent's own examples are few among all others: they cost more.
const OWN: f32 = 3.0;
const MOST_ROUNDS: usize = 8;
/// When no example's part changes by more, the machine is ready.
const STILL: f32 = 0.02;
/// So small a move is not worth its time.
const UNMOVED: f32 = 0.01;

impl Machine {
    /// Learns from points and the numbers of their intents; their meanings count by `share`.
    pub(super) fn train(points: &[Point], of: &[usize], intents: usize, features: usize, share: Share) -> Self {
        let meaning = points.first().map_or(0, |point| point.meaning.len());
        let mut training = Training {
            intents,
            sparse: vec![0.0; features * intents],
            dense: vec![0.0; (meaning + 1) * intents],
            parts: vec![0.0; points.len() * intents],
        };
        let mut order: Vec<usize> = (0..points.len()).collect();
        let mut random = Random(12_345);
        for _ in 0..MOST_ROUNDS {
            random.shuffle(&mut order);
            let moved = order.iter().filter_map(|i| Some(training.learn(*i, points.get(*i)?, *of.get(*i)?)));
            if moved.fold(0.0, f32::max) < STILL {
                break;
            }
        }
        training.lean_on_means(points, of, share);
        training.finish()
    }

    /// How much a text looks like each intent: above 0 it lies on the intent's side.
    pub(super) fn scores(&self, point: &Point) -> Vec<f32> {
        let (numbers, own) = self.dense.split_at(self.dense.len() - self.intents);
        let mut scores = own.to_vec();
        for (place, value) in &point.row {
            let (Some(weights), Some(scale)) = (row(&self.small, *place, self.intents), self.scales.get(*place)) else {
                continue;
            };
            let value = value * scale;
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += value * f32::from(*weight));
        }
        for (value, weights) in point.meaning.iter().zip(numbers.chunks(self.intents)) {
            add(&mut scores, *value, weights);
        }
        scores
    }

    /// What a feature at full strength adds to an intent.
    pub(super) fn weight(&self, feature: usize, intent: usize) -> f32 {
        let small = row(&self.small, feature, self.intents).and_then(|weights| weights.get(intent));
        small.map_or(0.0, |small| f32::from(*small)) * self.scales.get(feature).copied().unwrap_or(0.0)
    }
}

fn row<T>(weights: &[T], place: usize, intents: usize) -> Option<&[T]> {
    weights.get(place * intents..(place + 1) * intents)
}

/// How often each of the intents occurs.
pub(super) fn counts(of: &[usize], intents: usize) -> Vec<usize> {
    (0..intents).map(|intent| of.iter().filter(|one| **one == intent).count()).collect()
}

fn add(to: &mut [f32], value: f32, weights: &[f32]) {
    to.iter_mut().zip(weights).for_each(|(to, weight)| *to += value * weight);
}

struct Training {
    intents: usize,
    sparse: Vec<f32>,
    dense: Vec<f32>,
    /// The part that each example has in each line.
    parts: Vec<f32>,
}

impl Training {
    /// Moves all lines for one example, and tells the farthest that its part moved.
    fn learn(&mut self, example: usize, point: &Point, intent: usize) -> f32 {
        let mut lines = self.scores(point);
        let square = 1.0
            + point.row.iter().map(|(_, value)| value * value).sum::<f32>()
            + point.meaning.iter().map(|value| value * value).sum::<f32>();
        let Some(parts) = self.parts.get_mut(example * self.intents..(example + 1) * self.intents) else { return 0.0 };
        let mut farthest = 0.0_f32;
        for (i, (line, part)) in lines.iter_mut().zip(&*parts).enumerate() {
            let (side, softness) = if i == intent { (1.0, 0.5 / (COST * OWN)) } else { (-1.0, 0.5 / COST) };
            let slope = side * *line - 1.0 + *part * softness;
            let moved = (*part - slope / (square + softness)).max(0.0) - *part;
            *line = moved * side;
            farthest = farthest.max(moved.abs());
        }
        if farthest < UNMOVED {
            return farthest;
        }
        for (i, (line, part)) in lines.iter().zip(parts).enumerate() {
            *part += if i == intent { *line } else { -line };
        }
        self.shift(point, &lines);
        farthest
    }

    fn scores(&self, point: &Point) -> Vec<f32> {
        let (numbers, own) = self.dense.split_at(self.dense.len() - self.intents);
        let mut scores = own.to_vec();
        for (place, value) in &point.row {
            if let Some(weights) = row(&self.sparse, *place, self.intents) {
                add(&mut scores, *value, weights);
            }
        }
        for (value, weights) in point.meaning.iter().zip(numbers.chunks(self.intents)) {
            add(&mut scores, *value, weights);
        }
        scores
    }

    fn shift(&mut self, point: &Point, by: &[f32]) {
        let intents = self.intents;
        for (place, value) in &point.row {
            if let Some(weights) = self.sparse.get_mut(place * intents..(place + 1) * intents) {
                add(weights, *value, by);
            }
        }
        let (numbers, own) = self.dense.split_at_mut(point.meaning.len() * intents);
        for (value, weights) in point.meaning.iter().zip(numbers.chunks_mut(intents)) {
            add(weights, *value, by);
        }
        add(own, 1.0, by);
    }

    /// Adds to each intent's score how close a meaning x, at length one, is to the mean m of its examples' meanings:
    /// −½‖x − m‖² but for what is the same for all intents, x·m − ½‖m‖².
    fn lean_on_means(&mut self, points: &[Point], of: &[usize], share: Share) {
        let (intents, counts) = (self.intents, counts(of, self.intents));
        let numbers = self.dense.len() - intents;
        let (numbers, own) = self.dense.split_at_mut(numbers);
        let mut means = vec![0.0; numbers.len()];
        for (point, intent) in points.iter().zip(of) {
            let Some(count) = counts.get(*intent) else { continue };
            let part = 1.0 / (*count as f32 * share.length);
            for (value, means) in point.meaning.iter().zip(means.chunks_mut(intents)) {
                if let Some(mean) = means.get_mut(*intent) {
                    *mean += part * value;
                }
            }
        }
        add(numbers, share.mean / share.length, &means);
        for means in means.chunks(intents) {
            own.iter_mut().zip(means).for_each(|(own, mean)| *own -= share.mean / 2.0 * mean * mean);
        }
    }

    fn finish(self) -> Machine {
        let most = |weights: &[f32]| weights.iter().map(|weight| weight.abs()).fold(0.0, f32::max);
        let scales: Vec<f32> =
            self.sparse.chunks(self.intents).map(|weights| most(weights) / f32::from(i8::MAX)).collect();
        let rows = self.sparse.chunks(self.intents).zip(&scales);
        let small = rows.flat_map(|(weights, scale)| {
            weights.iter().map(move |weight| if *scale > 0.0 { (weight / scale).round() as i8 } else { 0 })
        });
        Machine { intents: self.intents, small: small.collect(), scales, dense: self.dense }
    }
}

/// Numbers that are the same each time, so that a model is.
pub(super) struct Random(pub(super) u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % most.max(1) as u64) as usize
    }

    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for i in (1..things.len()).rev() {
            things.swap(i, self.below(i + 1));
        }
    }
}
