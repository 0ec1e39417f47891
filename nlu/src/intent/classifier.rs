//! Training and asking.

use super::confidence::{Confidence, Trial, likeliest};
use super::error::{ModelError, TrainError};
use super::features::Pieces;
use super::machine::{Machine, Point, Random};
use super::meaning::{Meanings, Share};
use super::vocabulary::Vocabulary;
use super::{Example, Name, OUT_OF_SCOPE};

/// What was learnt from examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Classifier {
    pub(super) intents: Vec<String>,
    pub(super) encoder: Option<String>,
    pub(super) vocabulary: Vocabulary,
    pub(super) machine: Machine,
    pub(super) meanings: Meanings,
    pub(super) share: Share,
    pub(super) confidence: Confidence,
}

/// What a text means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction<'a> {
    /// The likeliest intent.
    pub intent: &'a str,
    /// How probably it is the right one.
    pub confidence: f32,
    /// On which side of the line between this intent and everything else the text lies, and how far: by words alone about
    /// 1 for a plain example and about -1 for what is plainly something else; by meaning too, more for both.
    pub score: f32,
    /// Whether that is too little to act on.
    pub declined: bool,
}

impl Prediction<'_> {
    /// The intent, or [`OUT_OF_SCOPE`] if it is declined.
    pub fn answer(&self) -> &str {
        if self.declined { OUT_OF_SCOPE } else { self.intent }
    }
}

/// A word and how much it speaks for an intent; below 0 against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The word, without case and accents.
    pub word: String,
    /// What it adds to the intent's score.
    pub weight: f32,
}

/// Sentence vectors of what is learnt from.
#[derive(Debug, Clone, Copy)]
pub struct Vectors<'a> {
    /// A vector for each example, and then for the words of each name, in their order.
    pub vectors: &'a [Vec<f32>],
    /// The fingerprint of the encoder that made them: the model is to be asked with vectors of the same.
    pub encoder: &'a str,
}

/// In so many parts the examples are cut; each in turn is kept aside, until there is enough to measure.
const PARTS: usize = 5;
const ENOUGH: usize = 2_000;
/// An intent with so many examples needs no name: it would only make certain of what nobody says.
const MANY: usize = 20;
/// No intent has this number.
const OUTSIDE: usize = usize::MAX;

impl Classifier {
    /// Learns from examples, and from what their intents are called ([`super::names`]), with the sentence vectors of both
    /// where there is an encoder.
    ///
    /// # Errors
    /// When there are not two intents to tell apart, or an example is incomplete.
    pub fn train(examples: &[Example<'_>], names: &[Name], vectors: Option<Vectors<'_>>) -> Result<Self, TrainError> {
        let material = Material::of(examples, names, vectors)?;
        let confidence = Confidence::fit(&material.trials());
        let all: Vec<usize> = (0..material.said).chain(material.names()).collect();
        let Learnt { vocabulary, machine, meanings } = material.learn(&all);
        let encoder = vectors.map(|vectors| vectors.encoder.to_owned());
        let (intents, share) = (material.intents, material.share);
        Ok(Self { intents, encoder, vocabulary, machine, meanings, share, confidence })
    }

    /// What a text means. A model that was trained with sentence vectors wants the text's.
    ///
    /// # Errors
    /// When there is no vector and one is wanted, or the other way round, or it is not of the right length.
    pub fn predict(&self, text: &str, vector: Option<&[f32]>) -> Result<Prediction<'_>, ModelError> {
        let (expected, found) = (self.meanings.length, vector.map_or(0, <[f32]>::len));
        if expected != found {
            return Err(ModelError::Vector { expected, found });
        }
        let meaning = vector.map(|vector| self.share.scaled(vector)).unwrap_or_default();
        let point = Point { row: self.vocabulary.row(&Pieces::of(text)), meaning };
        let mut scores = self.machine.scores(&point);
        let nearness = self.meanings.lean_on_nearest(&mut scores, &point.meaning, self.share.nearest);
        let confidence = self.confidence.of(&scores, nearness);
        let best = likeliest(&scores);
        let intent = best.and_then(|best| self.intents.get(best)).map_or(OUT_OF_SCOPE, String::as_str);
        let score = best.and_then(|best| scores.get(best)).copied().unwrap_or(-1.0);
        let unheard = point.row.is_empty() && point.meaning.is_empty();
        Ok(Prediction { intent, confidence, score, declined: unheard || self.confidence.declines(confidence) })
    }

    /// The words of a text and how much each speaks for an intent, in their order; nothing for an unknown intent. What
    /// the sentence vector says belongs to no word and is left out.
    pub fn explain(&self, text: &str, intent: &str) -> Vec<Reason> {
        let Some(intent) = self.intents.iter().position(|known| known == intent) else { return Vec::new() };
        let pieces = Pieces::of(text);
        let row = self.vocabulary.row(&pieces);
        let mut reasons: Vec<Reason> =
            pieces.words.iter().map(|word| Reason { word: word.clone(), weight: 0.0 }).collect();
        for (place, value) in row {
            let said = pieces.features.iter().filter(|feature| self.vocabulary.place_of(feature) == Some(place));
            let said: Vec<usize> = said.flat_map(|feature| feature.words.clone()).collect();
            let share = value * self.machine.weight(place, intent) / said.len().max(1) as f32;
            for word in said {
                reasons[word].weight += share;
            }
        }
        reasons
    }

    /// The intents that it knows.
    pub fn intents(&self) -> impl Iterator<Item = &str> {
        self.intents.iter().map(String::as_str)
    }

    /// The fingerprint of the encoder whose vectors it was trained with.
    pub fn encoder(&self) -> Option<&str> {
        self.encoder.as_deref()
    }
}

/// Examples, taken apart.
struct Material {
    intents: Vec<String>,
    pieces: Vec<Pieces>,
    meanings: Vec<Vec<f32>>,
    /// The number of each example's intent; none out of scope.
    truth: Vec<Option<usize>>,
    /// So many of the examples were said; the rest are names.
    said: usize,
    share: Share,
}

/// What some of the examples teach.
struct Learnt {
    vocabulary: Vocabulary,
    machine: Machine,
    meanings: Meanings,
}

impl Material {
    fn of(examples: &[Example<'_>], names: &[Name], vectors: Option<Vectors<'_>>) -> Result<Self, TrainError> {
        for (i, example) in (1..).zip(examples) {
            if example.text.trim().is_empty() {
                return Err(TrainError::NoText(i));
            }
            if example.intent.trim().is_empty() {
                return Err(TrainError::NoIntent(i));
            }
        }
        let mut intents: Vec<String> =
            examples.iter().filter(|one| one.intent != OUT_OF_SCOPE).map(|one| one.intent.to_owned()).collect();
        intents.sort();
        intents.dedup();
        match intents.as_slice() {
            [] => return Err(TrainError::NoExamples),
            [one] => return Err(TrainError::OneIntent(one.clone())),
            _ => {}
        }
        let number = |intent: &str| intents.binary_search_by(|known| known.as_str().cmp(intent)).ok();
        let said = examples.iter().map(|one| (one.text, number(one.intent)));
        let share = Share::of(said.clone().filter(|(_, truth)| truth.is_some()).count(), intents.len());
        let called = names.iter().map(|name| (name.words.as_str(), number(&name.intent)));
        let (texts, truth): (Vec<&str>, Vec<Option<usize>>) = said.chain(called).unzip();
        let meanings = vectors.map(|vectors| meanings(vectors.vectors, texts.len(), share)).transpose()?;
        let pieces = texts.into_iter().map(Pieces::of).collect();
        Ok(Self { intents, pieces, meanings: meanings.unwrap_or_default(), truth, said: examples.len(), share })
    }

    /// The names of intents that have examples, but not enough of them to do without.
    fn names(&self) -> impl Iterator<Item = usize> {
        let (said, called) = self.truth.split_at(self.said);
        let examples = move |name: &Option<usize>| said.iter().filter(|truth| *truth == name).count();
        let is_needed = move |name: &Option<usize>| name.is_some() && (1..MANY).contains(&examples(name));
        (self.said..).zip(called).filter(move |(_, name)| is_needed(name)).map(|(i, _)| i)
    }

    /// What is out of scope is an example against every intent.
    fn learn(&self, of: &[usize]) -> Learnt {
        let vocabulary = Vocabulary::of(of.iter().map(|i| &self.pieces[*i]));
        let points: Vec<Point> = of.iter().map(|i| self.point(*i, &vocabulary)).collect();
        let truth: Vec<usize> = of.iter().map(|i| self.truth[*i].unwrap_or(OUTSIDE)).collect();
        let machine = Machine::train(&points, &truth, self.intents.len(), vocabulary.ids.len(), self.share);
        let meanings = Meanings::of(&points, &truth, self.intents.len());
        Learnt { vocabulary, machine, meanings }
    }

    fn point(&self, example: usize, vocabulary: &Vocabulary) -> Point {
        let meaning = self.meanings.get(example).cloned().unwrap_or_default();
        Point { row: vocabulary.row(&self.pieces[example]), meaning }
    }

    /// Answers to examples that were kept aside, each part by a machine that has not seen it; what is out of scope is
    /// asked of the first of them. Nobody says a name: it is learnt from each time, and never asked.
    fn trials(&self) -> Vec<Trial> {
        let part = self.parts();
        let mut trials = Vec::new();
        for aside in 0..PARTS {
            let of = (0..self.said).filter(|i| part[*i].is_some_and(|part| part != aside)).chain(self.names());
            let learnt = self.learn(&of.collect::<Vec<_>>());
            let asked = (0..self.said).filter(|i| part[*i].map_or(aside == 0, |part| part == aside));
            trials.extend(asked.map(|i| {
                let point = self.point(i, &learnt.vocabulary);
                let mut scores = learnt.machine.scores(&point);
                let nearness = learnt.meanings.lean_on_nearest(&mut scores, &point.meaning, self.share.nearest);
                Trial { scores, nearness, truth: self.truth[i] }
            }));
            if trials.len() >= ENOUGH {
                break;
            }
        }
        trials
    }

    /// The part that each example is in that was said, such that each intent is in all of them; none out of scope.
    fn parts(&self) -> Vec<Option<usize>> {
        let mut order: Vec<usize> = (0..self.said).collect();
        Random(54_321).shuffle(&mut order);
        let mut next: Vec<usize> = (0..self.intents.len()).collect();
        let mut parts = vec![None; order.len()];
        for i in order {
            if let Some(next) = self.truth[i].and_then(|truth| next.get_mut(truth)) {
                parts[i] = Some(*next % PARTS);
                *next += 1;
            }
        }
        parts
    }
}

fn meanings(vectors: &[Vec<f32>], examples: usize, share: Share) -> Result<Vec<Vec<f32>>, TrainError> {
    let length = vectors.first().map_or(0, Vec::len);
    let fits = |vector: &Vec<f32>| vector.len() == length && vector.iter().all(|number| number.is_finite());
    if length == 0 || vectors.len() != examples || !vectors.iter().all(fits) {
        return Err(TrainError::Vectors);
    }
    Ok(vectors.iter().map(|vector| share.scaled(vector)).collect())
}
