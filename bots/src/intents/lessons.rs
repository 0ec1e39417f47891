//! Learning: from all sentences, and again from parts of them, to see what becomes of those that were kept aside.

use super::model::Taught;
use crm_core::desk::Material;
use crm_core::{Error, Result};
use nlu::intent::{Classifier, Curve, Example, Name, OUT_OF_SCOPE, TrainError, Vectors, names};
use std::collections::HashMap;

/// What no company is asked: it teaches which words say nothing, and when to leave a sentence alone.
const OUTSIDE: &str = include_str!("outside.txt");
/// In so many parts the sentences are cut; each in turn is kept aside, until so many have been asked.
const PARTS: usize = 5;
const ENOUGH: usize = 1_000;

/// Sentences with what they mean.
#[derive(Debug)]
pub(super) struct Lessons {
    texts: Vec<String>,
    labels: Vec<String>,
    /// The part that each is in, such that each intent is in all of them.
    parts: Vec<usize>,
    /// What the intents are called, as far as that says something.
    names: Vec<Name>,
}

/// Meanings of texts, and the encoder that told them.
pub(super) type Meanings = (String, Vec<Vec<f32>>);

/// A sentence that was kept aside, and what was made of it.
#[derive(Debug, Clone)]
pub(super) struct KeptAside {
    /// Its place among the lessons, of which the first are the examples.
    pub(super) example: usize,
    /// For which intent it was taken.
    pub(super) intent: String,
    /// How far it lay on that intent's side.
    pub(super) score: f32,
}

impl Lessons {
    /// The examples, in their order, and then what is outside of all intents.
    pub(super) fn of(material: &Material) -> Self {
        let left_alone = |intent| material.left_alone.contains(&intent);
        let label = |intent| if left_alone(intent) { OUT_OF_SCOPE.to_owned() } else { intent.to_string() };
        let examples = material.examples.iter().map(|example| (example.text.clone(), label(example.intent)));
        let outside = OUTSIDE.lines().map(|text| (text.to_owned(), OUT_OF_SCOPE.to_owned()));
        let (texts, labels): (Vec<String>, Vec<String>) = examples.chain(outside).unzip();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut parts = Vec::new();
        for label in &labels {
            let count = counts.entry(label).or_default();
            *count += 1;
            parts.push(*count % PARTS);
        }
        let told = material.intents.iter().filter(|(intent, _)| !left_alone(**intent));
        let told: Vec<(String, &String)> = told.map(|(intent, name)| (intent.to_string(), name)).collect();
        let names = names(told.iter().map(|(intent, name)| (intent.as_str(), name.as_str())));
        Self { parts, texts, labels, names }
    }

    /// What is learnt from: the sentences, and then the names.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().chain(self.names.iter().map(|name| &name.words)).map(String::as_str)
    }

    /// Learns, by meaning too where that is known; and what became of the sentences that were kept aside.
    pub(super) fn learn(&self, meanings: Option<&Meanings>) -> Result<(Taught, Vec<KeptAside>)> {
        let untold = |error: TrainError| Error::Conflict(format!("Nothing can be learnt: {error}."));
        let tried = self.tried(meanings).map_err(untold)?;
        let all: Vec<usize> = (0..self.texts.len()).collect();
        let classifier = self.taught(&all, meanings).map_err(untold)?;
        Ok((Taught { classifier, curve: self.curve(&tried) }, tried))
    }

    fn taught(&self, of: &[usize], meanings: Option<&Meanings>) -> Result<Classifier, TrainError> {
        let examples: Vec<Example<'_>> =
            of.iter().map(|i| Example { text: &self.texts[*i], intent: &self.labels[*i] }).collect();
        let Some((encoder, vectors)) = meanings else { return Classifier::train(&examples, &self.names, None) };
        let of = of.iter().copied().chain(self.texts.len()..vectors.len());
        let vectors: Vec<Vec<f32>> = of.filter_map(|i| vectors.get(i).cloned()).collect();
        Classifier::train(&examples, &self.names, Some(Vectors { vectors: &vectors, encoder }))
    }

    fn tried(&self, meanings: Option<&Meanings>) -> Result<Vec<KeptAside>, TrainError> {
        let mut tried = Vec::new();
        for aside in 0..PARTS {
            let (asked, of): (Vec<usize>, Vec<usize>) =
                (0..self.texts.len()).partition(|i| self.parts.get(*i) == Some(&aside));
            let model = self.taught(&of, meanings)?;
            for i in asked {
                let vector = meanings.and_then(|(_, vectors)| vectors.get(i)).map(Vec::as_slice);
                // Vectors of one encoder have one length.
                let Ok(said) = model.predict(&self.texts[i], vector) else { continue };
                tried.push(KeptAside { example: i, intent: said.intent.to_owned(), score: said.score });
            }
            if tried.len() >= ENOUGH {
                break;
            }
        }
        Ok(tried)
    }

    /// How often answers are right. What means an intent counts as much as what means none, however many there are.
    fn curve(&self, tried: &[KeptAside]) -> Curve {
        let is_outside = |one: &KeptAside| self.labels[one.example] == OUT_OF_SCOPE;
        let outside = tried.iter().filter(|one| is_outside(one)).count();
        let often = (outside / (tried.len() - outside).max(1)).max(1);
        let judged = tried.iter().flat_map(|one| {
            let times = if is_outside(one) { 1 } else { often };
            std::iter::repeat_n((one.score, one.intent == self.labels[one.example]), times)
        });
        Curve::fit(&judged.collect::<Vec<_>>())
    }
}
