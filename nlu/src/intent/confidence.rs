//! How sure an answer is, and below which certainty it is declined: learnt from examples that were kept aside.

/// An answer to a text that the machine has not seen.
#[derive(Debug, Clone)]
pub(super) struct Trial {
    pub(super) scores: Vec<f32>,
    /// How near the nearest example is by its meaning, where meanings are known.
    pub(super) nearness: f32,
    /// The intent that would have been right; none out of scope.
    pub(super) truth: Option<usize>,
}

/// From scores to confidence.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Confidence {
    /// What scores are multiplied with before they are compared.
    sharpness: f32,
    /// Confidence is a logistic curve over certainty: how steep, and where.
    slope: f32,
    offset: f32,
    /// Below this confidence an answer is declined.
    least: f32,
}

/// How much being near to an example counts beside being far from other intents.
const NEARNESS: f32 = 4.0;
/// An answer that is right less often than this is declined where no examples say what is out of scope.
const DOUBTFUL: f32 = 0.06;
/// Declining a text of an intent costs as much as answering so many that are out of scope.
const DECLINED: f32 = 4.0;
/// Scores are compared as sharply as suits the texts kept aside, within these bounds.
const SHARPNESS: [f32; 9] = [1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.0, 16.0];

/// How often answers were right, by their scores: learnt from answers to texts that the model had not seen, among them
/// some that mean none of its intents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// How steeply it rises.
    pub slope: f32,
    /// Where it does.
    pub offset: f32,
}

/// Scores are close together: this much further apart they are compared.
const APART: f32 = 8.0;

impl Curve {
    /// Learns from scores ([`super::Prediction::score`]), and whether the answer was right.
    pub fn fit(judged: &[(f32, bool)]) -> Self {
        let judged: Vec<(f32, bool)> = judged.iter().map(|(score, right)| (APART * score, *right)).collect();
        let (slope, offset) = logistic(&judged);
        Self { slope, offset }
    }

    /// How probably an answer with this score is right.
    pub fn of(&self, score: f32) -> f32 {
        sigmoid(self.slope * APART * score + self.offset)
    }
}

impl Confidence {
    pub(super) fn fit(trials: &[Trial]) -> Self {
        let surprise = |sharpness: &f32| trials.iter().map(|trial| surprise(trial, *sharpness)).sum::<f32>();
        let sharpness = SHARPNESS.into_iter().min_by(|a, b| surprise(a).total_cmp(&surprise(b))).unwrap_or(4.0);
        let mut fitted = Self { sharpness, slope: 1.0, offset: 0.0, least: DOUBTFUL };
        let judged: Vec<(f32, bool)> = trials.iter().map(|trial| fitted.judge(trial)).collect();
        (fitted.slope, fitted.offset) = logistic(&judged);
        if trials.iter().any(|trial| trial.truth.is_none()) {
            fitted.least = fitted.least_by(trials);
        }
        fitted
    }

    /// Certainty of the likeliest intent, and whether that is the right one.
    fn judge(&self, trial: &Trial) -> (f32, bool) {
        let best = likeliest(&trial.scores);
        (self.certainty(&trial.scores, trial.nearness), best.is_some() && best == trial.truth)
    }

    fn certainty(&self, scores: &[f32], nearness: f32) -> f32 {
        let best = likeliest(scores).and_then(|best| scores.get(best)).copied().unwrap_or(0.0);
        let all: f32 = scores.iter().map(|score| (self.sharpness * (score - best)).exp()).sum();
        NEARNESS * nearness - all.ln()
    }

    /// How probably the likeliest intent is the right one.
    pub(super) fn of(&self, scores: &[f32], nearness: f32) -> f32 {
        sigmoid(self.slope * self.certainty(scores, nearness) + self.offset)
    }

    pub(super) fn declines(&self, confidence: f32) -> bool {
        confidence < self.least
    }

    /// The bound at which what is lost on either side weighs the same.
    fn least_by(&self, trials: &[Trial]) -> f32 {
        let confidence = |trial: &Trial| self.of(&trial.scores, trial.nearness);
        let outside: Vec<f32> = trials.iter().filter(|trial| trial.truth.is_none()).map(confidence).collect();
        let inside: Vec<&Trial> = trials.iter().filter(|trial| trial.truth.is_some()).collect();
        let right: Vec<f32> =
            inside.iter().filter(|trial| self.judge(trial).1).map(|trial| confidence(trial)).collect();
        let share = |count: usize, of: usize| count as f32 / of.max(1) as f32;
        let mut bounds = outside.clone();
        bounds.sort_by(f32::total_cmp);
        let balanced = bounds.into_iter().find(|bound| {
            let missed = share(outside.iter().filter(|one| *one > bound).count(), outside.len());
            let lost = share(right.iter().filter(|one| *one <= bound).count(), inside.len());
            missed <= DECLINED * lost
        });
        balanced.map_or(DOUBTFUL, f32::next_up)
    }
}

/// The intent with the highest score; the first of equals.
pub(super) fn likeliest(scores: &[f32]) -> Option<usize> {
    (0..scores.len()).rev().max_by(|a, b| scores[*a].total_cmp(&scores[*b]))
}

/// How unlikely what was right looked, in scope.
fn surprise(trial: &Trial, sharpness: f32) -> f32 {
    let Some(right) = trial.truth.and_then(|truth| trial.scores.get(truth)) else { return 0.0 };
    trial.scores.iter().map(|score| (sharpness * (score - right)).exp()).sum::<f32>().ln()
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// Slope and offset of the logistic curve through what was right and wrong, by Newton's method; a weak belief in the
/// curve `sigmoid(certainty)` holds it where there is little to learn from.
fn logistic(judged: &[(f32, bool)]) -> (f32, f32) {
    const BELIEF: f64 = 1.0;
    let (mut slope, mut offset) = (1.0_f64, 0.0_f64);
    for _ in 0..30 {
        let (mut gs, mut go) = (BELIEF * (slope - 1.0), BELIEF * offset);
        let (mut hss, mut hso, mut hoo) = (BELIEF, 0.0, BELIEF);
        for (certainty, right) in judged {
            let x = f64::from(*certainty);
            let p = 1.0 / (1.0 + (-(slope * x + offset)).exp());
            let (error, spread) = (p - f64::from(u8::from(*right)), p * (1.0 - p));
            gs += error * x;
            go += error;
            hss += spread * x * x;
            hso += spread * x;
            hoo += spread;
        }
        let determinant = hss * hoo - hso * hso;
        let (ds, d_o) = ((gs * hoo - go * hso) / determinant, (go * hss - gs * hso) / determinant);
        // Far from the goal Newton's step can be too long.
        let short = 1.0 / (1.0_f64).max(ds.abs().max(d_o.abs()) / 2.0);
        slope -= short * ds;
        offset -= short * d_o;
        if ds.abs().max(d_o.abs()) < 1e-6 {
            break;
        }
    }
    // More certainty is never less confidence.
    (slope.max(0.05) as f32, offset as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(margin: f32, truth: Option<usize>) -> Trial {
        Trial { scores: vec![margin, 0.0, -0.1], nearness: 0.0, truth }
    }

    /// Texts in scope with wide margins, of which the narrowest are wrong.
    fn inside() -> Vec<Trial> {
        (0..200).map(|i| trial(i as f32 / 100.0, Some(usize::from(i < 20)))).collect()
    }

    #[test]
    fn confidence_is_how_often_such_answers_were_right() {
        let fitted = Confidence::fit(&inside());
        let told: f32 = inside().iter().map(|trial| fitted.of(&trial.scores, 0.0)).sum();
        assert!((told / 200.0 - 0.9).abs() < 0.03, "{told}");
    }

    #[test]
    fn what_is_known_to_be_out_of_scope_moves_the_bound() {
        let outside = (0..50).map(|i| trial(0.2 + i as f32 / 100.0, None));
        let [without, with] =
            [inside(), inside().into_iter().chain(outside).collect()].map(|all| Confidence::fit(&all));
        let answered = |fitted: &Confidence, margin: f32| !fitted.declines(fitted.of(&trial(margin, None).scores, 0.0));
        assert!(answered(&without, 0.4) && !answered(&with, 0.4));
        assert!(answered(&with, 1.5));
    }

    #[test]
    fn what_was_seldom_right_is_not_held_for_sure() {
        let inside = (0..20).map(|i| (-0.3 + i as f32 / 20.0, true));
        let outside = (0..20).map(|i| (-1.0 + i as f32 / 30.0, false));
        let curve = Curve::fit(&inside.chain(outside).collect::<Vec<_>>());
        assert!(curve.of(0.3) > 0.8 && curve.of(-0.9) < 0.2, "{} {}", curve.of(0.3), curve.of(-0.9));
    }

    #[test]
    fn nothing_to_learn_from_leaves_a_usable_curve() {
        let fitted = Confidence::fit(&[]);
        assert!(fitted.of(&[2.0, -1.0], 0.0) > fitted.of(&[0.1, 0.0], 0.0));
    }
}
