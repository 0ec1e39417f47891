//! A direction, in small numbers.

/// A vector of which only the direction counts, each number in a byte.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Vector {
    numbers: Box<[i8]>,
    length: f32,
}

impl Vector {
    /// The direction of numbers; none if they have none.
    pub(crate) fn of(numbers: &[f32]) -> Option<Self> {
        let most = numbers.iter().map(|number| number.abs()).fold(0.0, f32::max);
        let small = |number: &f32| (number / most * f32::from(i8::MAX)).round() as i8;
        (most > 0.0 && most.is_finite()).then(|| Self::from_numbers(numbers.iter().map(small).collect()))
    }

    /// The direction between two; the first one's if they are of different encoders.
    pub(crate) fn between(&self, other: &Self) -> Self {
        let unit = |vector: &Self| {
            let length = vector.length.max(1.0);
            vector.numbers.iter().map(|number| f32::from(*number) / length).collect::<Vec<f32>>()
        };
        if self.dimensions() != other.dimensions() {
            return self.clone();
        }
        let sum: Vec<f32> = unit(self).into_iter().zip(unit(other)).map(|(a, b)| a + b).collect();
        Self::of(&sum).unwrap_or_else(|| self.clone())
    }

    /// Reads what [`Vector::bytes`] gave.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self::from_numbers(bytes.iter().map(|byte| i8::from_le_bytes([*byte])).collect())
    }

    fn from_numbers(numbers: Box<[i8]>) -> Self {
        let square: i32 = numbers.iter().map(|number| i32::from(*number).pow(2)).sum();
        Self { numbers, length: (square as f32).sqrt() }
    }

    pub(crate) fn bytes(&self) -> impl Iterator<Item = u8> {
        self.numbers.iter().map(|number| number.to_le_bytes()[0])
    }

    /// The direction, in numbers of any length.
    pub(crate) fn numbers(&self) -> Vec<f32> {
        self.numbers.iter().map(|number| f32::from(*number)).collect()
    }

    pub(crate) fn dimensions(&self) -> usize {
        self.numbers.len()
    }

    /// The cosine of the angle to another: 1 for the same direction. Nothing is near to nothing.
    pub(crate) fn cosine(&self, other: &Self) -> f32 {
        let pairs = self.numbers.iter().zip(&other.numbers);
        let product: i32 = pairs.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        product as f32 / (self.length * other.length).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_keep_the_direction() {
        let [a, b] = [[0.3_f32, -0.1, 0.7, 0.02], [0.5, 0.2, 0.1, -0.4]];
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let exact = dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt();
        let [one, other] = [a, b].map(|numbers| Vector::of(&numbers).unwrap());
        assert!((one.cosine(&other) - exact).abs() < 0.01);
        let twice = Vector::of(&a.map(|number| number * 2.0)).unwrap();
        assert!((one.cosine(&twice) - 1.0).abs() < 1e-3);
        assert_eq!(Vector::from_bytes(&one.bytes().collect::<Vec<u8>>()), one);
    }

    #[test]
    fn what_has_no_direction_is_no_vector() {
        assert_eq!(Vector::of(&[0.0, 0.0]), None);
        assert_eq!(Vector::of(&[f32::NAN, f32::INFINITY]), None);
        assert_eq!(Vector::of(&[]), None);
    }
}
