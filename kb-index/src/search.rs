//! The search index as the other crates use it.

use crate::asked::Asked;
use crate::candidates::Within;
use crate::encoder::{Embedder, Vector};
use crate::encoding::Encoding;
use crate::error::Result;
use crate::generation::Generation;
use crate::knowledge::TEXT_LENGTH;
use crate::verify::{Reader, Verified};
use crm_core::access::{Scope, Verb};
use crm_core::schema::Schema;
use crm_core::{Actor, Crm};
use serde::Serialize;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use tantivy::collector::Count;
use tantivy::query::ExistsQuery;
use uuid::Uuid;

/// A record found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Its object's name.
    pub object: String,
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// What tells it apart from others of the name: number, account, e-mail address.
    pub subtitle: String,
    /// The field and the piece of its text that matched; empty if the name did.
    pub snippet: String,
    /// How well it matched, to compare hits of one search.
    pub score: f32,
}

/// The search index. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Search(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    generation: RwLock<Arc<Generation>>,
    encoding: Option<Arc<Encoding>>,
}

/// The most hits of one search.
const MOST_HITS: usize = 100;
/// How many candidates one search looks at, at most: a bound on what an actor costs who may see few of them.
const MOST_CANDIDATES: usize = 2_000;

impl Search {
    /// Opens the index in a folder. Without one there, or with one that cannot be read, nothing is found until
    /// [`Search::follow`] or [`Search::rebuild`] has made it.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: &Path) -> Result<Self> {
        Self::open_with(folder, Embedder::None)
    }

    /// The same, with articles also found by what they mean.
    ///
    /// # Errors
    /// When the folder cannot be made, or what is in it of the encoder cannot be read.
    pub fn open_with(folder: &Path, embedder: Embedder) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let encoding = if embedder.is_none() { None } else { Some(Arc::new(Encoding::open(folder, embedder)?)) };
        let search = Self(Arc::new(Inner {
            folder: folder.to_owned(),
            generation: RwLock::new(Arc::new(Generation::nothing()?)),
            encoding,
        }));
        search.refresh()?;
        Ok(search)
    }

    /// Whether the index is there; else it is still to be made.
    pub fn is_ready(&self) -> bool {
        self.generation().name.is_some()
    }

    /// How many records it holds.
    pub fn size(&self) -> u64 {
        let generation = self.generation();
        let passages = ExistsQuery::new(TEXT_LENGTH.into(), false);
        let searcher = generation.reader.searcher();
        // Passages of articles are documents of their own.
        searcher.num_docs() - searcher.search(&passages, &Count).map_or(0, |passages| passages as u64)
    }

    /// What texts mean, in their order, and the fingerprint of the encoder that says so; none without an encoder, or
    /// where it does not answer.
    pub async fn meanings(&self, texts: Vec<String>) -> Option<(String, Vec<Vec<f32>>)> {
        let embedder = self.encoding()?.embedder();
        match embedder.embed(texts).await {
            Ok(vectors) => Some((embedder.fingerprint(), vectors.iter().map(Vector::numbers).collect())),
            Err(error) => {
                tracing::warn!(%error, "texts are understood by their words alone");
                None
            }
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0.folder
    }

    pub(crate) fn generation(&self) -> Arc<Generation> {
        self.0.generation.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn encoding(&self) -> Option<&Arc<Encoding>> {
        self.0.encoding.as_ref()
    }

    pub(crate) fn set_generation(&self, generation: Generation) {
        *self.0.generation.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(generation);
    }

    fn current(&self) -> PathBuf {
        self.0.folder.join("current")
    }

    /// Takes up the generation that this or another process has made current.
    pub(crate) fn refresh(&self) -> Result<()> {
        let name = match std::fs::read_to_string(self.current()) {
            Ok(name) => name,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        if self.generation().name.as_deref() == Some(name.trim()) {
            return Ok(());
        }
        match Generation::open(&self.0.folder, name.trim()) {
            Ok(Some(generation)) => self.set_generation(generation),
            Ok(None) => tracing::info!(name, "the search index has another format and will be made anew"),
            Err(error) => tracing::warn!(%error, name, "the search index cannot be read and will be made anew"),
        }
        Ok(())
    }

    /// Makes a generation current, for this process and those to come.
    pub(crate) fn make_current(&self, generation: Generation) -> Result<()> {
        let written = self.0.folder.join("current.new");
        std::fs::write(&written, generation.name.as_deref().unwrap_or_default())?;
        std::fs::File::open(&written)?.sync_all()?;
        std::fs::rename(written, self.current())?;
        self.set_generation(generation);
        Ok(())
    }

    /// Finds records for what somebody types: of the objects named, or of all, the best first.
    ///
    /// # Errors
    /// When the index or the records cannot be read.
    pub async fn search(
        &self,
        crm: &Crm,
        actor: &Actor,
        text: &str,
        objects: Option<&[String]>,
        limit: usize,
    ) -> Result<Vec<Hit>> {
        let schema = crm.schema(actor);
        let searching = Searching {
            generation: self.generation(),
            reader: Reader { crm, actor, schema: &schema },
            objects: readable(actor, &schema, objects),
            limit: limit.clamp(1, MOST_HITS),
        };
        let asked = Asked::parse(text);
        if asked.parts.is_empty() || searching.objects.is_empty() {
            return Ok(Vec::new());
        }
        searching.run(asked).await
    }
}

fn readable(actor: &Actor, schema: &Schema, only: Option<&[String]>) -> Vec<String> {
    let names = schema.objects().map(|object| object.name.clone());
    names
        .filter(|name| actor.rights().may(Verb::Read, name))
        .filter(|name| only.is_none_or(|only| only.contains(name)))
        .collect()
}

/// A search under way.
struct Searching<'a> {
    generation: Arc<Generation>,
    reader: Reader<'a>,
    objects: Vec<String>,
    limit: usize,
}

impl Searching<'_> {
    /// As typed, with unknown words corrected; if that finds nothing, with every word corrected; if that finds
    /// nothing, with only some of the words.
    async fn run(&self, asked: Asked) -> Result<Vec<Hit>> {
        let corrected = self.correct(asked.clone(), false).await?;
        let mut verified = self.attempt(&corrected).await?;
        if verified.is_empty() {
            let guessed = self.correct(asked, true).await?;
            if guessed != corrected {
                verified = self.attempt(&guessed).await?;
            }
            if let Some(some) = guessed.with_most_parts().filter(|_| verified.is_empty()) {
                verified = self.attempt(&some).await?;
            }
        }
        self.reader.show(verified).await
    }

    async fn correct(&self, mut asked: Asked, every_word: bool) -> Result<Asked> {
        let (generation, tenant) = (self.generation.clone(), self.reader.actor.tenant());
        let corrected = tokio::task::spawn_blocking(move || {
            generation.correct(tenant, &mut asked, every_word)?;
            Ok(asked)
        });
        corrected.await?
    }

    async fn attempt(&self, asked: &Asked) -> Result<Vec<Verified>> {
        let all = Within { tenant: self.reader.actor.tenant(), objects: self.objects.clone(), owner: None };
        let mut verified = Vec::new();
        // Who sees only some records would wade through the others: their own are looked for first.
        if let Some(owner) = self.reader.actor.who().user() {
            let rights = self.reader.actor.rights();
            let narrow = self.objects.iter().filter(|object| rights.scope(Verb::Read, object) != Scope::All);
            let own = Within { objects: narrow.cloned().collect(), owner: Some(owner), ..all.clone() };
            if !own.objects.is_empty() {
                verified = self.verified(asked, own).await?;
            }
        }
        let seen: HashSet<Uuid> = verified.iter().map(Verified::id).collect();
        let others = self.verified(asked, all).await?;
        verified.extend(others.into_iter().filter(|one| !seen.contains(&one.id())));
        verified.sort_by(Verified::order);
        verified.truncate(self.limit);
        Ok(verified)
    }

    /// Goes through the candidates until there are enough that may be shown.
    async fn verified(&self, asked: &Asked, within: Within) -> Result<Vec<Verified>> {
        let mut verified = Vec::new();
        let (mut seen, mut step) = (0, (self.limit * 2).max(40));
        while verified.len() < self.limit && seen < MOST_CANDIDATES {
            let (generation, within, wanted) = (self.generation.clone(), within.clone(), asked.clone());
            let found = tokio::task::spawn_blocking(move || generation.candidates(&within, &wanted, seen, step));
            let candidates = found.await??;
            let count = candidates.len();
            verified.extend(self.reader.verify(asked, candidates).await?);
            if count < step {
                break;
            }
            seen += count;
            step *= 2;
        }
        Ok(verified)
    }
}
