//! What was measured of a version: with the examples that were kept aside, and with the sentences that test it.

use super::lessons::{KeptAside, Meanings};
use super::model::{Model, Understood, is_sure};
use crm_core::desk::{Material, Sentence};
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many sentences of each kind are kept with a version.
const SHOWN: usize = 100;

/// What was measured.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Figures {
    /// How well each intent was understood.
    pub intents: Vec<OfIntent>,
    /// Examples that were taken for another intent than theirs, at most a hundred.
    pub confusions: Vec<Confusion>,
    /// How many sentences tested it.
    pub tests: usize,
    /// Those that it does not understand as it should, the newly failed first, at most a hundred.
    pub failures: Vec<Failure>,
    #[serde(skip)]
    failed: usize,
    #[serde(skip)]
    newly_failed: usize,
}

/// How well an intent was understood by models that had not seen the sentence in question.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OfIntent {
    /// The intent.
    pub intent: Uuid,
    /// What it is called.
    pub name: String,
    /// Of so many of its examples.
    pub asked: usize,
    /// So many were understood, and surely enough to act on.
    pub right: usize,
    /// So many sentences, of whatever intent, were taken for it.
    pub taken: usize,
}

/// An example that was taken for another intent.
#[derive(Debug, Clone, Serialize)]
pub struct Confusion {
    /// What was said.
    pub sentence: String,
    /// What it means.
    pub intent: String,
    /// For what it was taken.
    pub taken_for: String,
}

/// A test that failed.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    /// The test's record.
    pub id: Uuid,
    /// What was said.
    pub sentence: String,
    /// What it means.
    pub intent: String,
    /// For what it was taken; none if it was left to the knowledge base.
    pub taken_for: Option<String>,
    /// How sure that was, 0 to 1.
    pub confidence: f32,
    /// Whether the version that was in use before understands it.
    pub is_new: bool,
}

impl Figures {
    pub(super) fn of(
        material: &Material,
        tried: &[KeptAside],
        of_tests: Option<&Meanings>,
        model: &Model,
        before: Option<&Model>,
    ) -> Self {
        let mut figures = Self { tests: material.tests.len(), ..Self::default() };
        figures.count(material, tried, model);
        for (i, test) in material.tests.iter().enumerate() {
            // Of another encoder than its own a model understands words alone.
            let ask = |model: &Model| {
                let meaning = of_tests.filter(|(encoder, _)| model.encoder() == Some(encoder));
                model.understand(&test.text, meaning.and_then(|(_, meanings)| meanings.get(i)).map(Vec::as_slice))
            };
            let understood = ask(model);
            if !passes(material, test, &understood) {
                let is_new = before.is_some_and(|before| passes(material, test, &ask(before)));
                figures.fail(material, test, &understood, is_new);
            }
        }
        figures.failures.sort_by_key(|failure| !failure.is_new);
        figures.failures.truncate(SHOWN);
        figures
    }

    /// How many of the examples that were kept aside were understood, 0 to 1.
    pub(super) fn accuracy(&self) -> f64 {
        let [right, asked] = self.intents.iter().fold([0, 0], |[a, b], one| [a + one.right, b + one.asked]);
        right as f64 / asked.max(1) as f64
    }

    /// How many tests failed.
    pub(super) fn failed(&self) -> usize {
        self.failed
    }

    /// How many of these passed with the version before.
    pub(super) fn newly_failed(&self) -> usize {
        self.newly_failed
    }

    fn count(&mut self, material: &Material, tried: &[KeptAside], model: &Model) {
        let mut counts: BTreeMap<Uuid, OfIntent> = BTreeMap::new();
        for (intent, name) in material.intents.iter().filter(|(intent, _)| !material.left_alone.contains(intent)) {
            counts.insert(*intent, OfIntent { intent: *intent, name: name.clone(), ..OfIntent::default() });
        }
        for tried in tried {
            let Some(example) = material.examples.get(tried.example) else { continue };
            let sure = is_sure(model.calibrated(tried.score));
            let taken = Uuid::parse_str(&tried.intent).ok().filter(|_| sure);
            if let Some(count) = counts.get_mut(&example.intent) {
                count.asked += 1;
                count.right += usize::from(taken == Some(example.intent));
            }
            if let Some(count) = taken.and_then(|taken| counts.get_mut(&taken)) {
                count.taken += 1;
                if count.intent != example.intent && self.confusions.len() < SHOWN {
                    let (sentence, taken_for) = (example.text.clone(), count.name.clone());
                    self.confusions.push(Confusion { sentence, intent: name(material, example.intent), taken_for });
                }
            }
        }
        self.intents = counts.into_values().collect();
    }

    fn fail(&mut self, material: &Material, test: &Sentence, understood: &Understood, is_new: bool) {
        self.failed += 1;
        self.newly_failed += usize::from(is_new);
        self.failures.push(Failure {
            id: test.id,
            sentence: test.text.clone(),
            intent: name(material, test.intent),
            taken_for: understood.sure.then(|| name(material, understood.intent)),
            confidence: understood.confidence,
            is_new,
        });
    }
}

/// Whether the bot does with a test sentence what it should: what is left to the knowledge base, it leaves alone.
fn passes(material: &Material, test: &Sentence, understood: &Understood) -> bool {
    if material.left_alone.contains(&test.intent) {
        return !understood.sure;
    }
    understood.sure && understood.intent == test.intent
}

fn name(material: &Material, intent: Uuid) -> String {
    material.intents.get(&intent).cloned().unwrap_or_default()
}
