//! Making the index anew, beside the one in use, and putting it in its place.

use crate::entry::Entry;
use crate::error::{Error, Result};
use crate::follow::Product;
use crate::generation::{Generation, Writer, consumer};
use crate::search::Search;
use crm_core::query::Query;
use crm_core::schema::ObjectDef;
use crm_core::{Crm, TenantId};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// How far a rebuild has come.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The short name of the tenant whose records are read.
    pub tenant: String,
    /// The object whose records are read.
    pub object: String,
    /// How many records have been indexed in all.
    pub records: u64,
}

impl Search {
    /// Makes the index anew from the records; searches go on in the old one until it is done.
    ///
    /// # Errors
    /// When the records cannot be read or the folder cannot be written; the old index then stays.
    pub async fn rebuild(&self, crm: &Crm, mut progress: impl FnMut(Progress) + Send) -> Result<()> {
        let _lock = only_builder(self.folder())?;
        // What another process has just built is not rubbish.
        self.refresh()?;
        self.remove_others()?;
        let generation = Generation::create(self.folder())?;
        let writer = Arc::new(generation.writer()?);
        let mut reached = Vec::new();
        let mut records = 0;
        for tenant in crm.tenants().await? {
            // What is written from here on is in the log after it, and read again by the follower.
            let sequence = crm.last_sequence(tenant.id).await?;
            let Some(product) = Product::of(crm, tenant.id).await? else { continue };
            for object in product.schema.objects() {
                let mut told = |count| {
                    records += count;
                    progress(Progress { tenant: tenant.slug.clone(), object: object.name.clone(), records });
                };
                fill(crm, &product, object, &writer, &mut told).await?;
            }
            reached.push((tenant.id, sequence));
        }
        self.replace(crm, generation, writer, reached).await
    }

    async fn replace(
        &self,
        crm: &Crm,
        generation: Generation,
        writer: Arc<Writer>,
        reached: Vec<(TenantId, i64)>,
    ) -> Result<()> {
        let committed = tokio::task::spawn_blocking(move || {
            writer.commit()?;
            Arc::into_inner(writer).map_or(Ok(()), Writer::close)
        });
        committed.await??;
        generation.reader.reload()?;
        for (tenant, sequence) in reached {
            crm.consumed(&generation.consumer(), tenant, sequence).await?;
        }
        let old = self.generation();
        self.make_current(generation)?;
        if let Some(name) = &old.name {
            crm.rewind(&consumer(name)).await?;
        }
        self.remove_others()
    }

    /// Deletes generations that are not in use: the one replaced, and those whose making was cut short.
    fn remove_others(&self) -> Result<()> {
        let kept = self.generation().path(self.folder());
        for folder in std::fs::read_dir(self.folder())? {
            let path = folder?.path();
            if path.is_dir() && Some(&path) != kept.as_ref() {
                std::fs::remove_dir_all(path)?;
            }
        }
        Ok(())
    }
}

/// One process builds at a time; the lock ends with the file.
fn only_builder(folder: &Path) -> Result<File> {
    let file = File::create(folder.join("building.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::Busy),
        Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Indexes every record of an object.
async fn fill(
    crm: &Crm,
    product: &Product,
    object: &ObjectDef,
    writer: &Arc<Writer>,
    told: &mut (impl FnMut(u64) + Send),
) -> Result<()> {
    let mut query = product.query(object);
    loop {
        let page = crm.query(&product.actor, &query).await?;
        let entries: Vec<Entry> = product.entries(crm, &page.records).await?;
        told(entries.len() as u64);
        let writer = writer.clone();
        // Adding waits when the index cannot keep up.
        let added = tokio::task::spawn_blocking(move || entries.iter().try_for_each(|entry| writer.add(entry)));
        added.await??;
        let Some(next) = page.next else { return Ok(()) };
        query = Query { after: Some(next), ..query };
    }
}
