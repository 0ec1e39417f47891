//! From figures to places in a picture.

/// The least and the greatest figure that an axis shows, and its marks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    pub(super) least: f64,
    pub(super) greatest: f64,
    pub(super) marks: Vec<f64>,
}

/// About how many marks an axis has.
const MARKS: f64 = 5.0;

impl Scale {
    /// A scale that holds these figures and nought, with marks at round numbers.
    pub(super) fn of(values: impl Iterator<Item = f64>) -> Self {
        let (least, greatest) = values.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let greatest = if least == greatest { 1.0 } else { greatest };
        let step = round_step((greatest - least) / MARKS);
        let (first, last) = ((least / step).floor(), (greatest / step).ceil());
        let count = (last - first).clamp(1.0, 2.0 * MARKS) as usize;
        let marks: Vec<f64> = (0..=count).map(|at| (first + at as f64) * step).collect();
        Self { least: first * step, greatest: last * step, marks }
    }

    /// Where a figure lies between the ends of the scale: 0 to 1.
    pub(super) fn place(&self, value: f64) -> f64 {
        ((value - self.least) / (self.greatest - self.least)).clamp(0.0, 1.0)
    }
}

/// The round number next above a step: 1, 2 or 5 of a power of ten.
fn round_step(rough: f64) -> f64 {
    if !(rough.is_finite() && rough > 0.0) {
        return 1.0;
    }
    let power = 10.0_f64.powf(rough.log10().floor());
    let times = rough / power;
    let round = [1.0, 2.0, 5.0].into_iter().find(|round| times <= *round).unwrap_or(10.0);
    round * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_holds_nought_and_all_figures_at_round_marks() {
        let scale = Scale::of([12.0, 87.0].into_iter());
        assert_eq!((scale.least, scale.greatest), (0.0, 100.0));
        assert_eq!(scale.marks, [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        let both = Scale::of([-30.0, 70.0].into_iter());
        assert_eq!((both.least, both.greatest), (-40.0, 80.0));
        assert_eq!(both.place(-40.0), 0.0);
    }

    #[test]
    fn figures_that_are_all_the_same_or_none_have_a_scale() {
        assert_eq!(Scale::of([0.0].into_iter()).greatest, 1.0);
        assert_eq!(Scale::of(std::iter::empty()).least, 0.0);
        assert!(Scale::of([-5.0].into_iter()).place(-5.0) < 0.01);
    }
}
