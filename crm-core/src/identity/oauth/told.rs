//! What is told of clients in the log: events of the person for whom the client acts.

use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::Tx;
use crate::error::Result;
use crate::event::{NewEvent, Together, append};
use futures_util::FutureExt;
use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

/// Something that happened with a client.
pub(super) fn event(kind: &'static str, user: Uuid, client: &str, scopes: &[String]) -> NewEvent {
    let told = if scopes.is_empty() {
        Map::new()
    } else {
        Map::from_iter([("scopes".to_owned(), json!([Json::Null, scopes]))])
    };
    NewEvent { kind, object: "user".into(), record_id: user, record_name: client.to_owned(), version: 0, changes: told }
}

/// Tells it, last in its transaction.
pub(super) async fn tell(tx: &mut Tx, author: &Actor, now: Timestamp, event: NewEvent) -> Result<()> {
    append(tx, author, now, Together::default(), vec![event]).await.map(drop)
}

impl Crm {
    /// Tells something that changed nothing.
    pub(super) async fn tell_alone(&self, author: &Actor, event: NewEvent) -> Result<()> {
        let (by, now) = (author.clone(), self.now());
        self.db()
            .transact(author.tenant(), move |tx| {
                let (by, event) = (by.clone(), event.clone());
                async move { tell(tx, &by, now, event).await }.boxed()
            })
            .await?;
        self.hint(author.tenant());
        Ok(())
    }
}
