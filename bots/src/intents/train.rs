//! Learning: from the examples as they are, off the runtime's threads, one training of a company at a time.

use super::Intents;
use super::figures::Figures;
use super::lessons::{Lessons, Meanings};
use super::model::Model;
use crm_core::desk::{Material, NewVersion};
use crm_core::{Actor, Error, Record, Result};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// An intent needs so many examples to be told from others.
const LEAST_EXAMPLES: usize = 3;
/// A training that has taken so long is lost with its node, and the next may begin.
const LONGEST: Duration = Duration::from_secs(300);
/// How many texts the encoder is given at once.
const AT_ONCE: usize = 64;

impl Intents {
    /// Learns from the examples, measures, and keeps the result as a version. It is put into use unless a test sentence
    /// fails that passed before.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for who may not train, [`Error::Conflict`] when there are too few examples or a training is
    /// under way, [`Error::TooLarge`] when there are too many.
    pub async fn train(&self, actor: &Actor) -> Result<Record> {
        let (intents, actor, turn) = (self.clone(), actor.clone(), Uuid::now_v7());
        let name = format!("intents {}", actor.tenant());
        if !self.crm.lease(&name, turn, LONGEST).await? {
            return Err(Error::Conflict("A training is under way. Wait for its result.".into()));
        }
        // Who goes away while it learns gets the version all the same, and others may train after it.
        let trained = tokio::spawn(async move {
            let kept = intents.learn(&actor).await;
            let ended = intents.crm.lease(&name, turn, Duration::ZERO).await;
            ended.and(kept)
        });
        trained.await.map_err(|error| Error::Internal(format!("a training ended early: {error}")))?
    }

    async fn learn(&self, actor: &Actor) -> Result<Record> {
        let (began, material) = (self.crm.now(), self.crm.intent_material(actor).await?);
        check(&material)?;
        let material = Arc::new(material);
        let lessons = Lessons::of(&material);
        let meanings = self.meanings(lessons.texts()).await;
        let of_tests = self.meanings(material.tests.iter().map(|test| test.text.as_str())).await;
        let before = self.in_use(actor).await?;
        let learning = tokio::task::spawn_blocking(move || {
            let (words, mut tried) = lessons.learn(None)?;
            let mut model = Model::new(words);
            if meanings.is_some() {
                let (taught, better) = lessons.learn(meanings.as_ref())?;
                (tried, model) = (better, model.with_meanings(taught));
            }
            let figures = Figures::of(&material, &tried, of_tests.as_ref(), &model, before.as_deref());
            Ok::<_, Error>((material.intents.len(), material.examples.len(), model.to_bytes(), figures))
        });
        let failed = |error| Error::Internal(format!("a training ended early: {error}"));
        let (intents, examples, model, figures) = learning.await.map_err(failed)??;
        let took = self.crm.now().duration_since(began).as_millis();
        let version = NewVersion {
            model,
            intents,
            examples,
            tests: figures.tests,
            tests_passed: figures.tests - figures.failed(),
            accuracy: figures.accuracy(),
            put_into_use: figures.newly_failed() == 0,
            figures: serde_json::to_value(&figures).unwrap_or_default(),
            took_ms: i64::try_from(took).unwrap_or(i64::MAX),
        };
        self.crm.keep_intent_version(actor, version).await
    }

    /// What texts mean; none without an encoder, or where it does not answer for all of them.
    async fn meanings(&self, texts: impl Iterator<Item = &str>) -> Option<Meanings> {
        let texts: Vec<String> = texts.map(str::to_owned).collect();
        let mut all: Option<Meanings> = None;
        for some in texts.chunks(AT_ONCE) {
            let (encoder, meanings) = self.search.meanings(some.to_vec()).await?;
            all.get_or_insert_with(|| (encoder, Vec::new())).1.extend(meanings);
        }
        all
    }
}

fn check(material: &Material) -> Result<()> {
    let mut counts: HashMap<Uuid, usize> = material.intents.keys().map(|intent| (*intent, 0)).collect();
    for example in &material.examples {
        *counts.entry(example.intent).or_default() += 1;
    }
    let told: Vec<(&Uuid, &String)> =
        material.intents.iter().filter(|(intent, _)| !material.left_alone.contains(intent)).collect();
    if told.len() < 2 {
        return Err(Error::Conflict(format!(
            "At least two active intents with {LEAST_EXAMPLES} examples each are needed, so that there is something to \
             tell apart; there {}.",
            if told.len() == 1 { "is one" } else { "is none" }
        )));
    }
    let few = told.into_iter().find(|(intent, _)| counts.get(intent).is_none_or(|count| *count < LEAST_EXAMPLES));
    match few {
        Some((intent, name)) => Err(Error::Conflict(format!(
            "“{name}” has too few examples: {}, and {LEAST_EXAMPLES} are needed, beside those that test. Add some, or \
             switch the intent off.",
            counts.get(intent).copied().unwrap_or(0)
        ))),
        None => Ok(()),
    }
}
