//! Changes of many records that a program begins, and asks about later.
//!
//! A job is a row that holds what is to be done. The changes and the mark that they are done are one transaction: so a
//! job is done once or not at all, whichever node dies meanwhile, and one that was called off in time does nothing. It
//! is carried out as whoever began it, with the rights of that moment; whoever else asks is told that it is not there.

use super::{Command, writing::Writing};
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::{Row, Sql};
use crate::error::{Error, Result};
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

/// How long a job can be asked about.
pub const JOBS_KEPT: SignedDuration = SignedDuration::from_hours(1);

/// How many jobs a program may have for its person at a time, done or not.
const MOST: i64 = 50;

/// How long whoever carries a job out may take before they count as lost.
const LOST_AFTER: SignedDuration = SignedDuration::from_secs(120);

/// How a job stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is not done yet.
    Working,
    /// It is done; all of it can be reverted by this number.
    Done {
        /// The number that its changes share.
        batch: Uuid,
    },
    /// Nothing was done, for this reason.
    Failed {
        /// Why.
        why: String,
    },
    /// It was called off before anything was done.
    Cancelled,
}

/// A change of many records that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: Uuid,
    /// How it stands.
    pub standing: Standing,
    /// How many records it changes.
    pub records: u64,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

const COLUMNS: &str = "select id, status, records, batch, failure, created_at, updated_at from job";

const OF: &str = "tenant_id = ? and id = ? and principal = ?";

impl Crm {
    /// Keeps what is to be done as a job of the actor's. Somebody then has to [`run`](Self::run_job) it.
    ///
    /// # Errors
    /// When there are too many commands, or the actor has too many jobs.
    pub async fn begin_job(&self, actor: &Actor, commands: &[Command]) -> Result<Job> {
        if commands.len() > Self::MOST_IN_BULK {
            return Err(Error::TooLarge(format!("A job takes at most {} changes.", Self::MOST_IN_BULK)));
        }
        let now = self.now();
        let until = now.checked_add(JOBS_KEPT).map_err(|_| Error::internal("a time out of range"))?;
        let records = i64::try_from(commands.len()).unwrap_or(i64::MAX);
        let (tenant, who, id, commands) = (actor.tenant(), principal(actor), Uuid::now_v7(), json!(commands));
        let begun = self.db().transact(tenant, move |tx| {
            let (who, commands) = (who.clone(), commands.clone());
            async move {
                let count = "select count(*) from job where tenant_id = ? and principal = ? and expires_at > ?";
                let open = tx.row(Sql::fixed(count, [tenant.into(), who.as_str().into(), now.into()])).await?;
                if open.map(|row| row.int(0)).transpose()?.unwrap_or(0) >= MOST {
                    let text = "Too many changes of many records were begun. Wait for those, or begin it later.";
                    return Err(Error::Conflict(text.into()));
                }
                let sql = Sql::fixed(
                    "insert into job (tenant_id, id, principal, status, commands, records, created_at, updated_at, \
                     expires_at, claimed_until) values (?, ?, ?, 'working', ?, ?, ?, ?, ?, 0)",
                    [
                        tenant.into(),
                        id.into(),
                        who.into(),
                        commands.into(),
                        records.into(),
                        now.into(),
                        now.into(),
                        until.into(),
                    ],
                );
                tx.execute(sql).await.map(drop)
            }
            .boxed()
        });
        begun.await?;
        self.job(actor, id).await
    }

    /// One of the actor's jobs.
    ///
    /// # Errors
    /// [`Error::NotFound`] unless the actor began it, as the same program, not long ago.
    pub async fn job(&self, actor: &Actor, id: Uuid) -> Result<Job> {
        let mut sql = Sql::fixed(COLUMNS, []);
        sql.text(" where ").append(of(actor, id)).text(" and expires_at > ").bind(self.now());
        let row = self.db().row(actor.tenant(), sql).await?;
        decode(&row.ok_or_else(|| Error::not_found("The job"))?)
    }

    /// Carries the job out, unless it has ended or somebody is at it.
    ///
    /// # Errors
    /// What went wrong with one of its changes: nothing was done then, and the job is left as it was.
    pub async fn run_job(&self, actor: &Actor, id: Uuid) -> Result<()> {
        let Some(commands) = self.claim_job(actor, id).await? else { return Ok(()) };
        let (author, now, commands, batch) = (actor.clone(), self.now(), Arc::new(commands), Uuid::now_v7());
        let done = self.db().transact(actor.tenant(), move |tx| {
            let (author, commands) = (author.clone(), commands.clone());
            async move {
                let mut mark = Sql::fixed(
                    "update job set status = 'done', commands = null, batch = ?, updated_at = ? where ",
                    [batch.into(), now.into()],
                );
                mark.append(of(&author, id)).text(" and status = 'working'");
                if tx.execute(mark).await? == 0 {
                    return Ok(());
                }
                let mut writing = Writing::new(tx, &author, now);
                writing.together.batch = Some(batch);
                for command in commands.iter() {
                    writing.command(command).await?;
                }
                writing.finish().await.map(drop)
            }
            .boxed()
        });
        done.await?;
        self.hint(actor.tenant());
        Ok(())
    }

    /// What is to be done, if it is still to be done and nobody is at it.
    async fn claim_job(&self, actor: &Actor, id: Uuid) -> Result<Option<Vec<Command>>> {
        let now = self.now();
        let lost = now.checked_add(LOST_AFTER).map_err(|_| Error::internal("a time out of range"))?;
        let mut sql = Sql::fixed("update job set claimed_until = ? where ", [lost.into()]);
        sql.append(of(actor, id)).text(" and status = 'working' and claimed_until <= ").bind(now);
        sql.text(" and expires_at > ").bind(now).text(" returning commands");
        let row = self.db().transact(actor.tenant(), move |tx| {
            let sql = sql.clone();
            async move { tx.row(sql).await }.boxed()
        });
        let commands = row.await?.map(|row| row.json(0)).transpose()?.flatten();
        let unreadable = |_| Error::internal("a job that cannot be read");
        commands.map(serde_json::from_value).transpose().map_err(unreadable)
    }

    /// Marks a job as one that could not be done.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn fail_job(&self, actor: &Actor, id: Uuid, why: &str) -> Result<()> {
        self.end_job(actor, id, "failed", Some(why)).await
    }

    /// Calls a job off, unless it is done.
    ///
    /// # Errors
    /// [`Error::NotFound`] as [`Self::job`].
    pub async fn cancel_job(&self, actor: &Actor, id: Uuid) -> Result<()> {
        self.job(actor, id).await?;
        self.end_job(actor, id, "cancelled", None).await
    }

    async fn end_job(&self, actor: &Actor, id: Uuid, status: &'static str, why: Option<&str>) -> Result<()> {
        let mut sql = Sql::fixed(
            "update job set status = ?, commands = null, failure = ?, updated_at = ? where ",
            [status.into(), why.map(str::to_owned).into(), self.now().into()],
        );
        sql.append(of(actor, id)).text(" and status = 'working'");
        let ended = self.db().transact(actor.tenant(), move |tx| {
            let sql = sql.clone();
            async move { tx.execute(sql).await.map(drop) }.boxed()
        });
        ended.await
    }
}

/// The condition that it is this job, and the actor's.
fn of(actor: &Actor, id: Uuid) -> Sql {
    Sql::fixed(OF, [actor.tenant().into(), id.into(), principal(actor).into()])
}

/// Whose it is: two programs of one person do not know each other's.
fn principal(actor: &Actor) -> String {
    serde_json::to_string(actor.who()).unwrap_or_default()
}

fn decode(row: &Row) -> Result<Job> {
    let unknown = || Error::internal("a job of no known standing");
    let standing = match (row.string(1)?.as_str(), row.uuid(3)?) {
        ("working", _) => Standing::Working,
        ("done", Some(batch)) => Standing::Done { batch },
        ("failed", _) => Standing::Failed { why: row.text(4)?.unwrap_or_default() },
        ("cancelled", _) => Standing::Cancelled,
        _ => return Err(unknown()),
    };
    Ok(Job {
        id: row.id(0)?,
        standing,
        records: u64::try_from(row.int(2)?).unwrap_or(0),
        created_at: row.instant(5)?.unwrap_or_default(),
        updated_at: row.instant(6)?.unwrap_or_default(),
    })
}
