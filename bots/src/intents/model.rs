//! A version: what was learnt by words and, where there was a sentence encoder, by words and meaning.

use crm_core::{Error, Result};
use nlu::intent::{Classifier, Curve};
use serde::Serialize;
use uuid::Uuid;

/// From this confidence on the bot acts on what it understood. Below, the knowledge base is asked as if there were no
/// intents: a text that means none of them is likelier to be there than a sentence that no example comes near to.
const SURE: f32 = 0.6;

/// What was learnt.
#[derive(Debug)]
pub(super) struct Model {
    version: i64,
    words: Taught,
    meanings: Option<Taught>,
    bytes: usize,
}

/// What a text was understood as.
#[derive(Debug, Clone, PartialEq)]
pub struct Understood {
    /// The likeliest intent.
    pub intent: Uuid,
    /// How probably it is the right one, 0 to 1.
    pub confidence: f32,
    /// Whether that is enough to act on.
    pub sure: bool,
    /// The version that says so.
    pub version: i64,
}

/// A word of a text, and how much it speaks for an intent; below 0 against it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Because {
    /// The word, without case and accents.
    pub word: String,
    /// How much.
    pub weight: f32,
}

/// A classifier, and how often it is right.
#[derive(Debug)]
pub(super) struct Taught {
    pub(super) classifier: Classifier,
    pub(super) curve: Curve,
}

impl Model {
    pub(super) fn new(words: Taught) -> Self {
        Self { version: 0, words, meanings: None, bytes: 0 }
    }

    pub(super) fn with_meanings(self, meanings: Taught) -> Self {
        Self { meanings: Some(meanings), ..self }
    }

    pub(super) fn read(version: i64, bytes: &[u8]) -> Result<Self> {
        let damaged = || Error::Internal(format!("version {version} of intents is damaged"));
        let (words, rest) = Taught::read(bytes).ok_or_else(damaged)?;
        let meanings = if rest.is_empty() { None } else { Some(Taught::read(rest).ok_or_else(damaged)?.0) };
        Ok(Self { version, words, meanings, bytes: bytes.len() })
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let both = [Some(&self.words), self.meanings.as_ref()];
        both.into_iter().flatten().flat_map(Taught::to_bytes).collect()
    }

    /// Its size as bytes.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The encoder whose meanings it was taught, if any.
    pub(super) fn encoder(&self) -> Option<&str> {
        self.meanings.as_ref().and_then(|meanings| meanings.classifier.encoder())
    }

    /// What a text means; by its words alone where its meaning is not known.
    pub(super) fn understand(&self, text: &str, meaning: Option<&[f32]>) -> Understood {
        let by_meaning = self.meanings.as_ref().zip(meaning);
        let by_meaning = by_meaning.and_then(|(taught, meaning)| taught.understand(text, Some(meaning)));
        let (intent, confidence) = by_meaning.or_else(|| self.words.understand(text, None)).unwrap_or_default();
        Understood { intent, confidence, sure: is_sure(confidence), version: self.version }
    }

    /// How probably an answer with this score is right.
    pub(super) fn calibrated(&self, score: f32) -> f32 {
        self.meanings.as_ref().unwrap_or(&self.words).curve.of(score)
    }

    pub(super) fn explain(&self, text: &str, understood: &Understood) -> Vec<Because> {
        let reasons = self.words.classifier.explain(text, &understood.intent.to_string());
        reasons.into_iter().map(|reason| Because { word: reason.word, weight: reason.weight }).collect()
    }
}

impl Taught {
    /// The likeliest intent, and how probably it is the right one.
    fn understand(&self, text: &str, meaning: Option<&[f32]>) -> Option<(Uuid, f32)> {
        let said = self.classifier.predict(text, meaning).ok()?;
        Some((Uuid::parse_str(said.intent).ok()?, self.curve.of(said.score)))
    }

    /// The curve, how long the classifier is, and the classifier.
    fn to_bytes(&self) -> Vec<u8> {
        let classifier = self.classifier.to_bytes();
        let Curve { slope, offset } = self.curve;
        let length = (classifier.len() as u32).to_le_bytes();
        [&slope.to_le_bytes()[..], &offset.to_le_bytes(), &length, &classifier].concat()
    }

    /// Reads what [`Taught::to_bytes`] gave, and what comes after it; none where it is damaged.
    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (slope, bytes) = bytes.split_first_chunk()?;
        let (offset, bytes) = bytes.split_first_chunk()?;
        let (length, bytes) = bytes.split_first_chunk()?;
        let (classifier, rest) = bytes.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let curve = Curve { slope: f32::from_le_bytes(*slope), offset: f32::from_le_bytes(*offset) };
        Some((Self { classifier: Classifier::from_bytes(classifier).ok()?, curve }, rest))
    }
}

/// Whether the bot acts on an intent that it is so sure of.
pub(super) fn is_sure(confidence: f32) -> bool {
    confidence >= SURE
}
