//! Pipelines: one of them is the default, which deals enter that name none.

use crate::db::Sql;
use crate::error::Result;
use crate::record::{Behaviour, Draft, Writing};
use crate::value::Value;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, json};
use uuid::Uuid;

#[derive(Debug)]
pub(crate) struct PipelineRules;

impl Behaviour for PipelineRules {
    /// A new default takes the place of the old one.
    fn after_write<'a>(&'a self, writing: &'a mut Writing<'_>, draft: &'a Draft) -> BoxFuture<'a, Result<()>> {
        async move {
            if draft.get("is_default") != &Value::Bool(true) || !draft.changes("is_default") {
                return Ok(());
            }
            let sql = Sql::fixed(
                "select id from pipeline where tenant_id = ? and id <> ? and is_default and deleted_at is null",
                [writing.actor.tenant().into(), draft.id.into()],
            );
            let others: Vec<Uuid> = writing.tx.rows(sql).await?.iter().map(|row| row.id(0)).collect::<Result<_>>()?;
            for id in others {
                if let Some(other) = writing.lock_for_rule(&draft.object, id).await? {
                    let values = Map::from_iter([("is_default".to_owned(), json!(false))]);
                    writing.update_unchecked(other, &values, true).await?;
                }
            }
            Ok(())
        }
        .boxed()
    }
}
