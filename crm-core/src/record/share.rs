//! Opening single records to people and teams beyond what their scopes reach.

use super::Writing;
use crate::Crm;
use crate::access::Verb;
use crate::actor::Actor;
use crate::db::Sql;
use crate::error::{Error, Result};
use crate::event::NewEvent;
use futures_util::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use uuid::Uuid;

/// What somebody may do with a record shared with them. Their role must allow the verb on some records at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// See it.
    Read,
    /// See and change it.
    Update,
}

/// A record opened to one user or team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The user or team.
    pub grantee_id: Uuid,
    /// What they may do.
    pub access: Access,
}

impl Crm {
    /// With whom a record is shared.
    ///
    /// # Errors
    /// When the actor may not see the record.
    pub async fn shares(&self, actor: &Actor, object: &str, id: Uuid) -> Result<Vec<Share>> {
        let record = self.get(actor, object, id).await?;
        let sql = Sql::fixed(
            "select grantee_id, access from share where tenant_id = ? and object = ? and record_id = ? order by grantee_id",
            [actor.tenant().into(), record.object.id.as_str().into(), id.into()],
        );
        let rows = self.db().rows(actor.tenant(), sql).await?;
        rows.iter()
            .map(|row| {
                Ok(Share {
                    grantee_id: row.id(0)?,
                    access: if row.string(1)? == "update" { Access::Update } else { Access::Read },
                })
            })
            .collect()
    }

    /// Shares a record with exactly these users and teams.
    ///
    /// # Errors
    /// When the actor may not change the record, or a grantee does not exist.
    pub async fn share(&self, actor: &Actor, object: &str, id: Uuid, shares: Vec<Share>) -> Result<()> {
        if shares.len() > 100 {
            return Err(Error::TooLarge("A record can be shared with at most 100 people and teams.".into()));
        }
        let (author, now, object) = (actor.clone(), self.now(), object.to_owned());
        self.db()
            .transact(actor.tenant(), move |tx| {
                let (author, object, shares) = (author.clone(), object.clone(), shares.clone());
                async move {
                    let mut writing = Writing::new(tx, &author, now);
                    writing.set_shares(&object, id, &shares).await?;
                    writing.finish().await.map(drop)
                }
                .boxed()
            })
            .await
    }
}

impl Writing<'_> {
    async fn set_shares(&mut self, object: &str, id: Uuid, shares: &[Share]) -> Result<()> {
        let object = self.object(object)?;
        let found = self.find(&object, id, Verb::Update).await?;
        let tenant = self.actor.tenant();
        self.tx
            .execute(Sql::fixed(
                "delete from share where tenant_id = ? and object = ? and record_id = ?",
                [tenant.into(), object.id.as_str().into(), id.into()],
            ))
            .await?;
        for share in shares {
            let known = Sql::fixed(
                "select 1 as n from users where tenant_id = ? and id = ? union all select 1 from team where tenant_id = ? and id = ?",
                [tenant.into(), share.grantee_id.into(), tenant.into(), share.grantee_id.into()],
            );
            if self.tx.row(known).await?.is_none() {
                return Err(Error::field(
                    "grantee_id",
                    "dangling_reference",
                    "A record can only be shared with a user or team that exists.",
                ));
            }
            let access = if share.access == Access::Update { "update" } else { "read" };
            self.tx
                .execute(Sql::fixed(
                    "insert into share (tenant_id, object, record_id, grantee_id, access) values (?, ?, ?, ?, ?)",
                    [tenant.into(), object.id.as_str().into(), id.into(), share.grantee_id.into(), access.into()],
                ))
                .await?;
        }
        self.events.push(NewEvent {
            kind: "shared",
            object: object.name.clone(),
            record_id: id,
            record_name: found.record.name().to_owned(),
            version: found.record.version,
            changes: Map::from_iter([("shares".into(), json!([null, shares]))]),
        });
        Ok(())
    }
}
