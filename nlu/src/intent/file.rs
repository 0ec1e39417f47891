//! A model as bytes: a mark, the version of the form, a header (JSON) that says what it is, then the numbers,
//! little-endian, in the order of [`Numbers`].

use super::classifier::Classifier;
use super::confidence::Confidence;
use super::error::ModelError;
use super::machine::Machine;
use super::meaning::{Meanings, Share};
use super::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};

const MARK: &[u8] = b"parley intents\n";
/// Of the form and of what is learnt: a change of features or of their weights is a new version, too.
const VERSION: u32 = 2;
/// The oldest that is still read; what it does not say counts nothing.
const OLDEST: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Header {
    intents: Vec<String>,
    encoder: Option<String>,
    share: Share,
    confidence: Confidence,
    numbers: Numbers,
    /// How many examples of each intent have a meaning.
    #[serde(default)]
    counts: Vec<usize>,
}

/// How many numbers of each kind follow.
#[derive(Serialize, Deserialize)]
struct Numbers {
    features: usize,
    meaning: usize,
    examples: usize,
}

impl Classifier {
    /// The model, to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        let length = self.meanings.length;
        let examples = self.meanings.numbers.len().checked_div(length).unwrap_or(0);
        let header = Header {
            intents: self.intents.clone(),
            encoder: self.encoder.clone(),
            share: self.share,
            confidence: self.confidence,
            numbers: Numbers { features: self.vocabulary.ids.len(), meaning: length, examples },
            counts: self.meanings.counts.clone(),
        };
        let header = serde_json::to_vec(&header).unwrap_or_default();
        let mut bytes = [MARK, &VERSION.to_le_bytes(), &(header.len() as u32).to_le_bytes(), &header].concat();
        bytes.extend(self.vocabulary.ids.iter().flat_map(|id| id.to_le_bytes()));
        for numbers in [&self.vocabulary.weights, &self.machine.scales, &self.machine.dense] {
            bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        }
        for numbers in [&self.machine.small, &self.meanings.numbers] {
            bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        }
        bytes
    }

    /// Reads what [`Classifier::to_bytes`] gave.
    ///
    /// # Errors
    /// When it is something else, of another version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut rest = Rest(bytes.strip_prefix(MARK).ok_or(ModelError::NotAModel)?);
        let version = rest.whole()?;
        if !(OLDEST..=VERSION).contains(&version) {
            return Err(ModelError::Version(version, VERSION));
        }
        let length = rest.whole()? as usize;
        let header: Header = serde_json::from_slice(rest.take(length)?).map_err(|_| ModelError::Damaged)?;
        let Numbers { features, meaning, examples } = header.numbers;
        let intents = header.intents.len();
        let ids = rest.many(features, u32::from_le_bytes)?;
        let weights = rest.many(features, f32::from_le_bytes)?;
        let scales = rest.many(features, f32::from_le_bytes)?;
        let dense = rest.many(product(meaning.saturating_add(1), intents)?, f32::from_le_bytes)?;
        let small = rest.many(product(features, intents)?, i8::from_le_bytes)?;
        let numbers = rest.many(product(examples, meaning)?, i8::from_le_bytes)?;
        let sound = [&weights, &scales, &dense].into_iter().flatten().all(|number| number.is_finite());
        if !rest.0.is_empty() || !sound || !ids.is_sorted() {
            return Err(ModelError::Damaged);
        }
        Ok(Self {
            intents: header.intents,
            encoder: header.encoder,
            vocabulary: Vocabulary::new(ids, weights),
            machine: Machine { intents, small, scales, dense },
            meanings: Meanings::new(numbers, meaning, header.counts),
            share: header.share,
            confidence: header.confidence,
        })
    }
}

fn product(one: usize, other: usize) -> Result<usize, ModelError> {
    one.checked_mul(other).ok_or(ModelError::Damaged)
}

/// What is not yet read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(ModelError::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn whole(&mut self) -> Result<u32, ModelError> {
        self.many(1, u32::from_le_bytes)?.first().copied().ok_or(ModelError::Damaged)
    }

    fn many<const SIZE: usize, T>(&mut self, count: usize, read: fn([u8; SIZE]) -> T) -> Result<Vec<T>, ModelError> {
        let (numbers, _) = self.take(product(count, SIZE)?)?.as_chunks::<SIZE>();
        Ok(numbers.iter().map(|number| read(*number)).collect())
    }
}
