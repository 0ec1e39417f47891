//! Versions of what was learnt: kept, put into use, read.

use crate::TenantId;
use crate::access::Verb;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::Sql;
use crate::error::{Error, Result};
use crate::record::{Record, Writing, Written};
use crate::schema::ObjectDef;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt;
use serde_json::{Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

/// Of so many versions what was learnt is kept; older ones are numbers in a list.
const KEPT: i64 = 20;

/// What was learnt, to be kept as a version.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// What was learnt, as bytes.
    pub model: Vec<u8>,
    /// How many intents it tells apart.
    pub intents: usize,
    /// From how many sentences.
    pub examples: usize,
    /// How many sentences it was tested with.
    pub tests: usize,
    /// How many of these it understood.
    pub tests_passed: usize,
    /// How many of the examples kept aside were understood, 0 to 1.
    pub accuracy: f64,
    /// All that was measured.
    pub figures: Json,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// Whether it is put into use at once.
    pub put_into_use: bool,
}

impl Crm {
    /// The most bytes that a version may have.
    pub const MOST_MODEL_BYTES: usize = 24 * 1024 * 1024;

    /// Keeps what was learnt as the next version.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for who may not train, [`Error::TooLarge`] when it is more than is kept.
    pub async fn keep_intent_version(&self, actor: &Actor, version: NewVersion) -> Result<Record> {
        if version.model.len() > Self::MOST_MODEL_BYTES {
            let text =
                "What was learnt is too large to be kept. Learn from fewer or shorter examples, or of fewer intents.";
            return Err(Error::TooLarge(text.into()));
        }
        let (author, now, version) = (actor.clone(), self.now(), Arc::new(version));
        let kept = self.db().transact(actor.tenant(), move |tx| {
            let (author, version) = (author.clone(), version.clone());
            async move {
                let object = Writing::new(tx, &author, now).object("intent_model")?;
                author.rights().check(Verb::Create, &object)?;
                let product = author.with_every_right();
                let mut writing = Writing::new(tx, &product, now);
                let id = keep(&mut writing, &object, &version).await?;
                writing.finish().await?;
                Ok(id)
            }
            .boxed()
        });
        let id = kept.await?;
        self.hint(actor.tenant());
        self.get(actor, "intent_model", id).await
    }

    /// The number of the version in use, and what was learnt; none if there is none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn intents_in_use(&self, tenant: TenantId) -> Result<Option<(i64, Vec<u8>)>> {
        let sql = Sql::fixed(
            "select m.number, w.bytes from intent_model m \
             join intent_weights w on w.tenant_id = m.tenant_id and w.model_id = m.id \
             where m.tenant_id = ? and m.in_use and m.deleted_at is null order by m.number desc limit 1",
            [tenant.into()],
        );
        let Some(row) = self.db().row(tenant, sql).await? else { return Ok(None) };
        let bytes = STANDARD.decode(row.string(1)?).map_err(|_| Error::internal("a version that cannot be read"))?;
        Ok(Some((row.real(0)?.unwrap_or(0.0) as i64, bytes)))
    }
}

async fn keep(writing: &mut Writing<'_>, object: &Arc<ObjectDef>, version: &NewVersion) -> Result<Uuid> {
    one_at_a_time(writing).await?;
    let tenant = writing.actor.tenant();
    // Deleted versions keep their numbers.
    let last = Sql::fixed("select max(number) from intent_model where tenant_id = ?", [tenant.into()]);
    let last = writing.tx.row(last).await?.map_or(Ok(None), |row| row.real(0))?;
    let number = last.unwrap_or(0.0) as i64 + 1;
    let values = json!({
        "name": format!("Version {number}"), "number": number, "in_use": false, "intents": version.intents,
        "examples": version.examples, "tests": version.tests, "tests_passed": version.tests_passed,
        "accuracy": version.accuracy * 100.0, "took_ms": version.took_ms, "figures": version.figures,
    });
    let Json::Object(values) = values else { return Err(Error::internal("not an object")) };
    let id = writing.create_unchecked(object, &values, true).await?.id;
    let bytes = STANDARD.encode(&version.model);
    let weights = Sql::fixed(
        "insert into intent_weights (tenant_id, model_id, number, bytes) values (?, ?, ?, ?)",
        [tenant.into(), id.into(), number.into(), bytes.into()],
    );
    writing.tx.execute(weights).await?;
    if version.put_into_use {
        put_into_use(writing, id).await?;
    }
    let old = Sql::fixed(
        "delete from intent_weights where tenant_id = ? and number <= ? and model_id not in \
         (select id from intent_model where tenant_id = ? and in_use and deleted_at is null)",
        [tenant.into(), (number - KEPT).into(), tenant.into()],
    );
    writing.tx.execute(old).await?;
    Ok(id)
}

/// Puts a version into use instead of the one that is; the caller may do so.
pub(super) async fn put_into_use(writing: &mut Writing<'_>, id: Uuid) -> Result<Written> {
    one_at_a_time(writing).await?;
    let tenant = writing.actor.tenant();
    let object = writing.object("intent_model")?;
    let weights = "select 1 as one from intent_weights where tenant_id = ? and model_id = ?";
    if writing.tx.row(Sql::fixed(weights, [tenant.into(), id.into()])).await?.is_none() {
        let text = format!("What this version had learnt is not kept any more: only the last {KEPT} can be used.");
        return Err(Error::Conflict(text));
    }
    let used = Sql::fixed(
        "select id from intent_model where tenant_id = ? and in_use and deleted_at is null and id <> ?",
        [tenant.into(), id.into()],
    );
    for row in writing.tx.rows(used).await? {
        set(writing, &object, row.id(0)?, false).await?;
    }
    set(writing, &object, id, true).await
}

async fn set(writing: &mut Writing<'_>, object: &Arc<ObjectDef>, id: Uuid, in_use: bool) -> Result<Written> {
    let found = writing.find(object, id, Verb::Update).await?;
    if found.deleted {
        return Err(Error::Conflict("This version is deleted. Restore it first.".into()));
    }
    let Json::Object(values) = json!({"in_use": in_use}) else { return Err(Error::internal("not an object")) };
    writing.update_unchecked(found, &values, true).await
}

/// Those who train or choose at the same moment wait for one another.
async fn one_at_a_time(writing: &mut Writing<'_>) -> Result<()> {
    let mut sql = Sql::fixed("select id from tenant where id = ?", [writing.actor.tenant().into()]);
    sql.text(writing.tx.engine().for_update());
    writing.tx.row(sql).await.map(drop)
}
