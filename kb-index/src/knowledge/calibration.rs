//! What confidence means to one company: learnt from whether its answers helped.

use serde::{Deserialize, Serialize};

/// How a company's confidence differs from the usual one. Without labels, not at all.
///
/// The logit of the calibrated confidence is that of the given one, stretched and shifted (Platt's scaling).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    stretch: f32,
    shift: f32,
}

/// How far a company is expected to be from the usual: these are standard deviations of what is believed before any
/// label is seen. A few labels move little, a hundred decide.
const STRETCH_VARIES: f64 = 0.1;
const SHIFT_VARIES: f64 = 0.8;
/// More confidence never means less.
const LEAST_STRETCH: f64 = 0.1;
/// No label says that something is certain.
const CERTAIN: f64 = 0.997;
const STEPS: usize = 30;

impl Default for Calibration {
    fn default() -> Self {
        Self { stretch: 1.0, shift: 0.0 }
    }
}

impl Calibration {
    /// Learns from answers: how confident each was, uncalibrated, and whether it helped.
    #[must_use]
    pub fn fit(answers: &[(f32, bool)]) -> Self {
        let points: Vec<(f64, f64)> =
            answers.iter().map(|(confidence, helped)| (logit(*confidence), f64::from(u8::from(*helped)))).collect();
        let (mut stretch, mut shift) = (1.0, 0.0);
        // Newton's method; what is maximised has one peak.
        for _ in 0..STEPS {
            let (by_stretch, by_shift) = step(&points, stretch, shift);
            stretch += by_stretch.clamp(-1.0, 1.0);
            shift += by_shift.clamp(-2.0, 2.0);
        }
        Self { stretch: stretch.max(LEAST_STRETCH) as f32, shift: shift as f32 }
    }

    /// The probability that an answer helps this company's customers.
    #[must_use]
    pub fn apply(&self, confidence: f32) -> f32 {
        if *self == Self::default() {
            return confidence;
        }
        probability(f64::from(self.stretch) * logit(confidence) + f64::from(self.shift)) as f32
    }
}

/// How the two parameters should change.
fn step(points: &[(f64, f64)], stretch: f64, shift: f64) -> (f64, f64) {
    let (believed_stretch, believed_shift) = (STRETCH_VARIES.powi(-2), SHIFT_VARIES.powi(-2));
    let mut slope = [(1.0 - stretch) * believed_stretch, -shift * believed_shift];
    let mut curve = [believed_stretch, 0.0, believed_shift];
    for (logit, helped) in points {
        let expected = probability(stretch * logit + shift);
        let (error, spread) = (helped - expected, expected * (1.0 - expected));
        slope = [slope[0] + error * logit, slope[1] + error];
        curve = [curve[0] + spread * logit * logit, curve[1] + spread * logit, curve[2] + spread];
    }
    let [a, b, c] = curve;
    let determinant = a * c - b * b;
    ((c * slope[0] - b * slope[1]) / determinant, (a * slope[1] - b * slope[0]) / determinant)
}

fn logit(confidence: f32) -> f64 {
    let confidence = f64::from(confidence).clamp(1.0 - CERTAIN, CERTAIN);
    (confidence / (1.0 - confidence)).ln()
}

fn probability(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers of each confidence, of which so many in ten helped.
    fn answers(times: usize, confidences: &[(f32, usize)]) -> Vec<(f32, bool)> {
        let of = |(confidence, helped): &(f32, usize)| {
            let (confidence, helped) = (*confidence, *helped);
            (0..10).map(move |i| (confidence, i < helped))
        };
        (0..times).flat_map(|_| confidences.iter().flat_map(of).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn without_labels_confidence_stays_as_it_is() {
        let usual = Calibration::fit(&[]);
        for confidence in [0.0, 0.2, 0.45, 0.9, 1.0] {
            assert!((usual.apply(confidence) - confidence).abs() < 1e-6);
        }
    }

    #[test]
    fn a_few_labels_move_little_and_many_decide() {
        let confidences = [(0.9, 5), (0.5, 2)];
        let (few, many) =
            (Calibration::fit(&answers(1, &confidences)[..3]), Calibration::fit(&answers(20, &confidences)));
        assert!((few.apply(0.9) - 0.9).abs() < 0.1, "{}", few.apply(0.9));
        assert!((many.apply(0.9) - 0.5).abs() < 0.05, "{}", many.apply(0.9));
        assert!((many.apply(0.5) - 0.2).abs() < 0.05, "{}", many.apply(0.5));
    }

    #[test]
    fn more_confidence_never_means_less_whatever_the_labels_say() {
        let upside_down = Calibration::fit(&answers(50, &[(0.9, 0), (0.1, 10)]));
        assert!(upside_down.apply(0.9) >= upside_down.apply(0.1));
    }

    #[test]
    fn labels_that_all_say_the_same_do_not_break_it() {
        for helped in [true, false] {
            let same = Calibration::fit(&vec![(0.99, helped); 1_000]);
            assert!((0.0..=1.0).contains(&same.apply(0.5)) && same.apply(0.5).is_finite());
        }
    }
}
