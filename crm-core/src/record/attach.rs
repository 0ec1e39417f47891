//! Attachments: the record of a file whose content is stored elsewhere already.

use super::{Writing, Written};
use crate::access::Verb;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::error::{Error, Result};
use futures_util::FutureExt;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// A file that was stored.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    /// The id under which its content was stored.
    pub id: Uuid,
    /// The file's name.
    pub name: String,
    /// Its media type, as found in its content.
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// The record it belongs to, `{"object": …, "id": …}`.
    pub related: Option<Json>,
}

impl Crm {
    /// Refuses somebody who may not attach files, before they send one.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Forbidden`].
    pub fn may_attach(&self, actor: &Actor) -> Result<()> {
        let object = actor.schema().object("attachment").ok_or_else(|| Error::not_found("The object `attachment`"))?;
        actor.rights().check(Verb::Create, object)
    }

    /// Makes the record of a stored file.
    ///
    /// # Errors
    /// As for creating any record.
    pub async fn attach(&self, actor: &Actor, file: NewAttachment) -> Result<Written> {
        self.may_attach(actor)?;
        let (author, now) = (actor.clone(), self.now());
        let written = self.db().transact(actor.tenant(), move |tx| {
            let (author, file) = (author.clone(), file.clone());
            async move {
                let mut writing = Writing::new(tx, &author, now);
                let values = json!({
                    "name": file.name, "media_type": file.media_type, "bytes": file.bytes, "sha256": file.sha256,
                    "related_id": file.related,
                });
                let Json::Object(values) = values else { return Err(Error::internal("not an object")) };
                let object = writing.object("attachment")?;
                let mut written = writing.create_as(&object, file.id, &values, true).await?;
                written.sequence = writing.finish().await?;
                Ok(written)
            }
            .boxed()
        });
        let mut written = written.await?;
        self.followed(actor, &written);
        written.record = self.get(actor, "attachment", written.id).await.ok();
        Ok(written)
    }
}
