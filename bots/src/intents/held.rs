//! Versions in use, held in memory: those of the companies whose customers asked last.

use super::model::Model;
use crm_core::TenantId;
use lru::LruCache;
use std::sync::{Arc, Mutex, PoisonError};

/// How many companies are remembered.
const COMPANIES: usize = 10_000;
/// How much their versions may take together, by their size as bytes.
const BYTES: usize = 256 * 1024 * 1024;

/// Of each company the revision, and the version in use then.
#[derive(Debug)]
pub(super) struct Held(Mutex<Cache>);

#[derive(Debug)]
struct Cache {
    versions: LruCache<TenantId, (i64, Option<Arc<Model>>)>,
    bytes: usize,
}

impl Default for Held {
    fn default() -> Self {
        Self(Mutex::new(Cache { versions: LruCache::unbounded(), bytes: 0 }))
    }
}

impl Held {
    /// What is known of this revision; none if nothing is.
    pub(super) fn get(&self, tenant: TenantId, revision: i64) -> Option<Option<Arc<Model>>> {
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cache.versions.get(&tenant).filter(|known| known.0 == revision).map(|known| known.1.clone())
    }

    pub(super) fn put(&self, tenant: TenantId, revision: i64, model: Option<Arc<Model>>) {
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Who began with an older revision comes late.
        if cache.versions.peek(&tenant).is_some_and(|known| known.0 > revision) {
            return;
        }
        cache.bytes += size(&model);
        if let Some((_, old)) = cache.versions.put(tenant, (revision, model)) {
            cache.bytes -= size(&old);
        }
        while cache.versions.len() > COMPANIES || cache.bytes > BYTES {
            let Some((_, (_, old))) = cache.versions.pop_lru() else { return };
            cache.bytes -= size(&old);
        }
    }
}

fn size(model: &Option<Arc<Model>>) -> usize {
    model.as_ref().map_or(0, |model| model.bytes())
}
