//! What passages mean, following the index: a passage is found by its words at once, and by its meaning when the encoder
//! has come to it.

use crate::encoder::Embedder;
use crate::entry::Key;
use crate::error::Result;
use crate::follow::Product;
use crate::generation::Generation;
use crate::knowledge::{self, MEANING};
use crate::search::Search;
use crate::vectors::{Vectors, text_key};
use crm_core::query::{Filter, Operator, Query};
use crm_core::{Crm, TenantId};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::time::Duration;
use tantivy::TantivyDocument;
use tantivy::schema::Value;
use tokio::sync::Notify;
use tokio::time::sleep;
use uuid::Uuid;

/// An encoder at work.
#[derive(Debug)]
pub(crate) struct Encoding {
    embedder: Embedder,
    vectors: Vectors,
    /// The index has changed, and this process writes it.
    changed: Notify,
}

/// How many texts the encoder is given at once, and how many articles are read at once.
const TEXTS: usize = 16;
const ARTICLES: usize = 50;
/// How long an encoder that failed is left alone, at first and at most.
const PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

impl Encoding {
    pub(crate) fn open(folder: &Path, embedder: Embedder) -> Result<Self> {
        let vectors = Vectors::open(folder, &embedder.fingerprint())?;
        Ok(Self { embedder, vectors, changed: Notify::new() })
    }

    pub(crate) fn embedder(&self) -> &Embedder {
        &self.embedder
    }

    pub(crate) fn vectors(&self) -> &Vectors {
        &self.vectors
    }

    /// Tells that this process has changed the index.
    pub(crate) fn wake(&self) {
        self.changed.notify_one();
    }

    /// Encodes what is new in the index, whenever it has changed.
    pub(crate) async fn follow(&self, search: &Search, crm: &Crm) {
        let mut pause = PAUSE;
        loop {
            self.changed.notified().await;
            while let Err(error) = self.catch_up(search, crm).await {
                tracing::warn!(%error, "articles could not be encoded; trying again");
                sleep(pause).await;
                pause = LONGEST_PAUSE.min(pause * 2);
            }
            pause = PAUSE;
        }
    }

    /// Encodes what is in the index and has no vector.
    pub(crate) async fn catch_up(&self, search: &Search, crm: &Crm) -> Result<()> {
        let generation = search.generation();
        let known: HashSet<u64> = self.vectors.known().keys().copied().collect();
        let indexed = tokio::task::spawn_blocking(move || Indexed::read(&generation, &known)).await??;
        self.vectors.keep_only(&indexed.keys)?;
        self.vectors.remove_others()?;
        for (tenant, articles) in indexed.unknown {
            let articles: Vec<Uuid> = articles.into_iter().collect();
            for articles in articles.chunks(ARTICLES) {
                self.encode(crm, tenant, articles).await?;
            }
        }
        Ok(())
    }

    async fn encode(&self, crm: &Crm, tenant: TenantId, articles: &[Uuid]) -> Result<()> {
        let Some(product) = Product::of(crm, tenant).await? else { return Ok(()) };
        let Some(object) = product.schema.object(knowledge::ARTICLE) else { return Ok(()) };
        let filter = Filter::compare("id", Operator::In, json!(articles));
        let query = Query { limit: Some(articles.len()), ..product.query(object).filter(filter) };
        let records = crm.query(&product.actor, &query).await?.records;
        let texts: BTreeMap<u64, String> =
            records.iter().flat_map(knowledge::meanings).map(|text| (text_key(&text), text)).collect();
        let texts: Vec<(u64, String)> = {
            let known = self.vectors.known();
            texts.into_iter().filter(|(key, _)| !known.contains_key(key)).collect()
        };
        for some in texts.chunks(TEXTS) {
            let vectors = self.embedder.embed(some.iter().map(|(_, text)| text.clone()).collect()).await?;
            self.vectors.add(some.iter().map(|(key, _)| *key).zip(vectors).collect())?;
        }
        Ok(())
    }
}

/// What stands in the index.
#[derive(Default)]
struct Indexed {
    keys: HashSet<u64>,
    /// Articles with passages that have no vector yet.
    unknown: BTreeMap<TenantId, BTreeSet<Uuid>>,
}

impl Indexed {
    fn read(generation: &Generation, known: &HashSet<u64>) -> Result<Self> {
        let mut indexed = Self::default();
        let searcher = generation.reader.searcher();
        for segment in searcher.segment_readers() {
            let column = segment.fast_fields().u64(MEANING)?;
            let store = segment.get_store_reader(STORE_CACHE)?;
            for document in segment.doc_ids_alive() {
                let Some(key) = column.first(document) else { continue };
                indexed.keys.insert(key);
                if known.contains(&key) {
                    continue;
                }
                let stored: TantivyDocument = store.get(document)?;
                let record = stored.get_first(generation.fields.key).and_then(|key| Key::read(key.as_str()?));
                if let Some(record) = record {
                    indexed.unknown.entry(record.tenant).or_default().insert(record.id);
                }
            }
        }
        Ok(indexed)
    }
}

/// How many blocks of stored documents are held while all are read.
const STORE_CACHE: usize = 8;
