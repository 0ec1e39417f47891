//! Files that go between a visitor and the company.

use super::visitor::Visitor;
use crate::crm::Crm;
use crate::db::Sql;
use crate::error::{Error, Result};
use crate::record::{NewAttachment, Record};
use crate::{Surface, Written};
use serde_json::json;
use uuid::Uuid;

impl Crm {
    /// Makes the record of a file that a visitor has sent; it goes with one of their next messages.
    ///
    /// # Errors
    /// As for creating any record.
    pub async fn attach_from_visitor(&self, visitor: &Visitor, file: NewAttachment) -> Result<Written> {
        let actor = self.visitor_actor(visitor).await?.with_every_right();
        let related = Some(json!({"object": "visitor", "id": visitor.id()}));
        self.attach(&actor, NewAttachment { related, ..file }).await
    }

    /// A file that the visitor has sent, or was sent in their conversation.
    ///
    /// # Errors
    /// [`Error::NotFound`] for every other.
    pub async fn attachment_for(&self, visitor: &Visitor, id: Uuid) -> Result<Record> {
        let tenant = visitor.tenant();
        let sql = Sql::fixed(
            "select a.id from attachment a where a.tenant_id = ? and a.id = ? and a.related_id = ? and a.deleted_at is null \
             union all select l.target_id from link l \
             join message m on m.tenant_id = l.tenant_id and m.id = l.source_id and m.direction <> 'internal' and m.deleted_at is null \
             join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id and c.visitor_id = ? \
             where l.tenant_id = ? and l.field_id = 'message.attachment_ids' and l.target_id = ? limit 1",
            [tenant.into(), id.into(), visitor.id().into(), visitor.id().into(), tenant.into(), id.into()],
        );
        if self.db().row(tenant, sql).await?.is_none() {
            return Err(Error::not_found("The file"));
        }
        let product = self.product(tenant, "web_chat", Surface::WebChat).await?;
        self.get(&product, "attachment", id).await
    }
}
