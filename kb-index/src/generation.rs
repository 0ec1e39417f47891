//! One generation of the index: a folder, the fields of its documents, and how they are written.
//!
//! Terms begin with a mark of their tenant, so that each tenant has its own stretch of the dictionary: what one
//! tenant wrote neither completes nor corrects the words of another.

use crate::entry::{Entry, Key, scope};
use crate::error::Result;
use crate::knowledge::{Fields as PassageFields, Sizes};
use crm_core::TenantId;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::query::{ConstScoreQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{
    Index, IndexReader, IndexSettings, IndexSortByField, IndexWriter, Order, ReloadPolicy, TantivyDocument, Term,
};
use uuid::Uuid;

/// Grows whenever documents are made differently; an index of another format is made anew.
const FORMAT: &str = "v5";

/// The fields of a document. All texts are whole terms: records are taken apart by this crate, not by Tantivy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// Which record: to replace it, and to know it when found.
    pub(crate) key: Field,
    /// Tenant and object.
    pub(crate) scope: Field,
    /// Tenant and owner.
    pub(crate) owner: Field,
    /// The whole name.
    pub(crate) whole: Field,
    pub(crate) name: Field,
    pub(crate) word: Field,
    pub(crate) code: Field,
    pub(crate) phone: Field,
    /// Keeps a tenant's documents together.
    tenant: Field,
    updated: Field,
    length: Field,
    /// Those of the passages of articles.
    pub(crate) passage: PassageFields,
}

/// When the record was changed: breaks ties.
pub(crate) const UPDATED: &str = "updated";
/// How many words its name has: a word says more of a short name.
pub(crate) const LENGTH: &str = "length";
const TENANT: &str = "tenant";

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default();
    let indexing = indexing.set_tokenizer("raw").set_index_option(IndexRecordOption::Basic).set_fieldnorms(false);
    let term = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        key: schema.add_text_field("key", term.clone().set_stored()),
        scope: schema.add_text_field("scope", term.clone()),
        owner: schema.add_text_field("owner", term.clone()),
        whole: schema.add_text_field("whole", term.clone()),
        name: schema.add_text_field("name", term.clone()),
        word: schema.add_text_field("word", term.clone()),
        code: schema.add_text_field("code", term.clone()),
        phone: schema.add_text_field("phone", term),
        tenant: schema.add_u64_field(TENANT, FAST),
        updated: schema.add_u64_field(UPDATED, FAST),
        length: schema.add_u64_field(LENGTH, FAST),
        passage: PassageFields::add_to(&mut schema),
    };
    (schema.build(), fields)
}

/// An open generation.
pub(crate) struct Generation {
    /// Its folder's name; none of a placeholder that holds nothing.
    pub(crate) name: Option<String>,
    pub(crate) index: Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    /// The sizes of the shelves of passages.
    pub(crate) sizes: Sizes,
}

impl std::fmt::Debug for Generation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Generation").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Generation {
    /// A new, empty generation in its own folder within `folder`.
    pub(crate) fn create(folder: &Path) -> Result<Self> {
        let name = format!("{FORMAT}-{}", Uuid::now_v7().simple());
        let path = folder.join(&name);
        std::fs::create_dir_all(&path)?;
        let (schema, fields) = schema();
        let sorted = IndexSortByField { field: TENANT.into(), order: Order::Asc };
        let settings = IndexSettings { sort_by_field: Some(sorted), ..IndexSettings::default() };
        let index = Index::builder().schema(schema).settings(settings).create_in_dir(path)?;
        Self::new(Some(name), index, fields)
    }

    /// A generation that is there; none if its format is another.
    pub(crate) fn open(folder: &Path, name: &str) -> Result<Option<Self>> {
        if name.split('-').next() != Some(FORMAT) {
            return Ok(None);
        }
        let (schema, fields) = schema();
        let index = Index::open_in_dir(folder.join(name))?;
        if index.schema() != schema {
            return Ok(None);
        }
        Self::new(Some(name.to_owned()), index, fields).map(Some)
    }

    /// Stands in until there is one.
    pub(crate) fn nothing() -> Result<Self> {
        let (schema, fields) = schema();
        Self::new(None, Index::create_in_ram(schema), fields)
    }

    fn new(name: Option<String>, index: Index, fields: Fields) -> Result<Self> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { name, index, reader, fields, sizes: Sizes::default() })
    }

    /// Its folder.
    pub(crate) fn path(&self, folder: &Path) -> Option<PathBuf> {
        self.name.as_ref().map(|name| folder.join(name))
    }

    /// The name under which it reads the log.
    pub(crate) fn consumer(&self) -> String {
        consumer(self.name.as_deref().unwrap_or_default())
    }

    /// Takes the right to write, which one process has at a time.
    pub(crate) fn writer(&self) -> Result<Writer> {
        const HEAP: usize = 20_000_000;
        let options = IndexWriterOptions::builder().memory_budget_per_thread(HEAP).num_worker_threads(1);
        let writer: IndexWriter = self.index.writer_with_options(options.num_merge_threads(1).build())?;
        let mut merging = LogMergePolicy::default();
        merging.set_min_layer_size(1_000);
        merging.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(merging));
        Ok(Writer { writer: Mutex::new(writer), fields: self.fields })
    }

    /// The term of a text in the tenant's stretch of a field.
    pub(crate) fn term(field: Field, tenant: TenantId, text: &str) -> Term {
        Term::from_field_text(field, &marked(tenant, text))
    }

    /// Documents with exactly this term, for this score.
    pub(crate) fn exactly(field: Field, tenant: TenantId, text: &str, score: f32) -> Box<dyn Query> {
        let query = TermQuery::new(Self::term(field, tenant, text), IndexRecordOption::Basic);
        Box::new(ConstScoreQuery::new(Box::new(query), score))
    }

    /// Documents with a term that begins so, for this score.
    pub(crate) fn beginning(field: Field, tenant: TenantId, text: &str, score: f32) -> Box<dyn Query> {
        let end = Bound::Excluded(Self::term(field, tenant, &format!("{text}{}", char::MAX)));
        let query = RangeQuery::new(Bound::Included(Self::term(field, tenant, text)), end);
        Box::new(ConstScoreQuery::new(Box::new(query), score))
    }
}

/// The name under which a generation reads the log.
pub(crate) fn consumer(generation: &str) -> String {
    format!("search:{generation}")
}

/// A text in the tenant's stretch of the dictionary.
pub(crate) fn marked(tenant: TenantId, text: &str) -> String {
    const LENGTH: usize = 10;
    let tenant = tenant.0.simple().to_string();
    // Random digits: an id begins with the time.
    format!("{}{text}", tenant.get(tenant.len() - LENGTH..).unwrap_or_default())
}

/// Writes a generation.
pub(crate) struct Writer {
    writer: Mutex<IndexWriter>,
    fields: Fields,
}

impl Writer {
    /// Puts an entry in, in place of an older one of the record.
    pub(crate) fn replace(&self, entry: &Entry) -> Result<()> {
        self.remove(&entry.key);
        self.add(entry)
    }

    /// Puts the entry of a record in that has none, and the passages of an article.
    pub(crate) fn add(&self, entry: &Entry) -> Result<()> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.add_document(self.document(entry))?;
        for passage in &entry.passages {
            let mut document = self.keyed(&entry.key);
            passage.document(&self.fields.passage, &entry.key, &mut document);
            writer.add_document(document)?;
        }
        Ok(())
    }

    /// Takes the record's entry out.
    pub(crate) fn remove(&self, key: &Key) {
        let term = Term::from_field_text(self.fields.key, &key.text());
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).delete_term(term);
    }

    /// Makes everything durable.
    pub(crate) fn commit(&self) -> Result<()> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).commit()?;
        Ok(())
    }

    /// Ends writing when the folder is tidy.
    pub(crate) fn close(self) -> Result<()> {
        self.writer.into_inner().unwrap_or_else(PoisonError::into_inner).wait_merging_threads()?;
        Ok(())
    }

    /// A document that leaves with its record, and stands with the others of its tenant.
    fn keyed(&self, key: &Key) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.key, key.text());
        document.add_u64(self.fields.tenant, key.tenant.0.as_u64_pair().0);
        document
    }

    fn document(&self, entry: &Entry) -> TantivyDocument {
        let (fields, tenant) = (&self.fields, entry.key.tenant);
        let mut document = self.keyed(&entry.key);
        document.add_text(fields.scope, scope(tenant, &entry.key.object));
        document.add_u64(fields.updated, entry.updated);
        document.add_u64(fields.length, entry.name_words.len() as u64);
        let mut add = |field, text: &str| document.add_text(field, marked(tenant, text));
        if let Some(owner) = entry.owner {
            add(fields.owner, &owner.simple().to_string());
        }
        add(fields.whole, &entry.name);
        for (field, texts) in [
            (fields.name, &entry.name_words),
            (fields.word, &entry.words),
            (fields.code, &entry.codes),
            (fields.phone, &entry.phones),
        ] {
            texts.iter().for_each(|text| add(field, text));
        }
        document
    }
}
