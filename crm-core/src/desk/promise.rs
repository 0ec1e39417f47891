//! What the bot promised members of staff to do by itself: a row each, so that no restart forgets it.
//!
//! Whoever is due is claimed by one node; what it says and when it is next due are one transaction that holds only for
//! as long as the claim does. So everything is said once, whichever node dies meanwhile.

use super::staff_turn::{self, NewStaffTurn, whose};
use crate::TenantId;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::{Bind, Row, Scope, Sql, Tx};
use crate::error::{Error, Result};
use futures_util::FutureExt;
use jiff::Timestamp;
use serde_json::Value as Json;
use std::time::Duration;
use uuid::Uuid;

/// Something that the bot does by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// Whose company.
    pub tenant: TenantId,
    /// For whom.
    pub user: Uuid,
    /// Its id.
    pub id: Uuid,
    /// What kind of thing it is.
    pub kind: String,
    /// What it is, for the person.
    pub title: String,
    /// What is needed to do it.
    pub what: Json,
    /// How it comes again; none if it comes once, or when something happens.
    pub rhythm: Option<Json>,
    /// The zone in which it was reckoned when it is due.
    pub zone: String,
    /// The conversation in which it is told.
    pub conversation: Uuid,
    /// When it is due; none while it waits for something to happen.
    pub due_at: Option<Timestamp>,
    /// The last event that it has dealt with.
    pub seen: i64,
    /// When it was made.
    pub created_at: Timestamp,
    claimed_until: i64,
}

/// Something to be promised.
#[derive(Debug, Clone)]
pub struct NewPromise {
    /// What kind of thing it is.
    pub kind: &'static str,
    /// What it is, for the person.
    pub title: String,
    /// What is needed to do it.
    pub what: Json,
    /// How it comes again.
    pub rhythm: Option<Json>,
    /// The conversation in which it is told.
    pub conversation: Uuid,
    /// When it is due for the first time.
    pub due_at: Option<Timestamp>,
}

/// What becomes of a promise that was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Afterwards {
    /// It is done with.
    Over,
    /// It is due again.
    DueAt(Timestamp),
    /// It has dealt with all events up to this one, and waits for more.
    Seen(i64),
}

/// News of approvals: nobody asked for them, so nobody sees them among what was promised to them.
pub(super) const APPROVAL: &str = "approval";

const COLUMNS: &str = "tenant_id, user_id, id, kind, title, what, rhythm, zone, conversation_id, due_at, seen, created_at, \
     claimed_until";

impl Crm {
    /// How many promises a person may have.
    pub const MOST_PROMISES: usize = 50;

    /// Promises something to the actor.
    ///
    /// # Errors
    /// [`Error::Conflict`] if they have too many, [`Error::Forbidden`] for actors who are no users.
    pub async fn promise(&self, actor: &Actor, new: NewPromise) -> Result<Promise> {
        let ([tenant, user], now, id) = (whose(actor)?, self.now(), Uuid::now_v7());
        let zone = actor.zone().iana_name().unwrap_or("UTC").to_owned();
        let made = self.db().transact(actor.tenant(), move |tx| {
            let (tenant, user, zone, new) = (tenant.clone(), user.clone(), zone.clone(), new.clone());
            async move {
                let count = "select count(*) from promise where tenant_id = ? and user_id = ? and kind <> ?";
                let have = tx.row(Sql::fixed(count, [tenant.clone(), user.clone(), APPROVAL.into()])).await?;
                let have = have.map_or(Ok(0), |row| row.int(0))?;
                if usize::try_from(have).unwrap_or(usize::MAX) >= Self::MOST_PROMISES {
                    let most = Self::MOST_PROMISES;
                    return Err(Error::Conflict(format!("There are {most} of them already. Stop one of those first.")));
                }
                insert(tx, [tenant, user], id, &zone, &new, now).await
            }
            .boxed()
        });
        made.await
    }

    /// What the actor was promised, the first due first.
    ///
    /// # Errors
    /// When the database does not answer, and for actors who are no users.
    pub async fn promises(&self, actor: &Actor) -> Result<Vec<Promise>> {
        let [tenant, user] = whose(actor)?;
        let mut sql = Sql::new(format!("select {COLUMNS} from promise where tenant_id = "));
        sql.bind(tenant).text(" and user_id = ").bind(user).text(" and kind <> ").bind(APPROVAL);
        sql.text(" order by coalesce(due_at, 0), id");
        self.db().rows(actor.tenant(), sql).await?.iter().map(read).collect()
    }

    /// Ends a promise: whether there was one.
    ///
    /// # Errors
    /// As for [`Crm::promises`].
    pub async fn end_promise(&self, actor: &Actor, id: Uuid) -> Result<bool> {
        let [tenant, user] = whose(actor)?;
        let ended = self.db().transact(actor.tenant(), move |tx| {
            let end = "delete from promise where tenant_id = ? and user_id = ? and id = ? and kind <> ?";
            let sql = Sql::fixed(end, [tenant.clone(), user.clone(), id.into(), APPROVAL.into()]);
            async move { Ok(tx.execute(sql).await? == 1) }.boxed()
        });
        ended.await
    }

    /// Claims up to `limit` promises that are due. A claim ends after `span`: who dies while working leaves the promise
    /// to another.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn claim_promises(&self, limit: usize, span: Duration) -> Result<Vec<Promise>> {
        let now = self.now();
        let until = now.as_microsecond() + i64::try_from(span.as_micros()).unwrap_or(i64::MAX / 2);
        let claimed = self.db().transact(Scope::System, move |tx| {
            async move {
                let mut sql = Sql::fixed(
                    "update promise set claimed_until = ? where (tenant_id, user_id, id) in (select tenant_id, user_id, id \
                     from promise where due_at is not null and due_at <= ? and claimed_until <= ? order by due_at limit ",
                    [until.into(), now.into(), now.into()],
                );
                sql.text(&format!("{limit}{}) returning {COLUMNS}", tx.engine().skip_locked()));
                tx.rows(sql).await?.iter().map(read).collect()
            }
            .boxed()
        });
        claimed.await
    }

    /// Says what was promised, if there is something to say, and keeps what becomes of the promise; all of it or, if the
    /// claim is somebody else's by now, nothing. Tells whether it was done.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn fulfil(
        &self,
        promise: &Promise,
        say: Option<NewStaffTurn>,
        then: Afterwards,
        zone: &str,
    ) -> Result<bool> {
        let (promise, now, zone) = (promise.clone(), self.now(), zone.to_owned());
        let done = self.db().transact(promise.tenant, move |tx| {
            let (say, sql) = (say.clone(), afterwards(&promise, then, &zone));
            let (tenant, user, id) = (promise.tenant, promise.user, promise.id);
            async move {
                if tx.execute(sql).await? != 1 {
                    return Ok(false);
                }
                if let Some(turn) = say {
                    staff_turn::insert(tx, [tenant.into(), user.into()], &turn, Some(id), now).await?;
                }
                Ok(true)
            }
            .boxed()
        });
        done.await
    }

    /// Wakes the promises of a kind that wait for something to happen in a tenant: they are due at `at`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn wake_promises(&self, tenant: TenantId, kind: &'static str, at: Timestamp) -> Result<()> {
        let woken = self.db().transact(tenant, move |tx| {
            let wake = "update promise set due_at = ? where tenant_id = ? and kind = ? and due_at is null";
            let sql = Sql::fixed(wake, [at.into(), tenant.into(), kind.into()]);
            async move { tx.execute(sql).await.map(drop) }.boxed()
        });
        woken.await
    }
}

/// Keeps a promise to somebody within an open transaction.
pub(super) async fn insert(
    tx: &mut Tx,
    [tenant, user]: [Bind; 2],
    id: Uuid,
    zone: &str,
    new: &NewPromise,
    now: Timestamp,
) -> Result<Promise> {
    let mut insert = Sql::fixed(
        "insert into promise (tenant_id, user_id, id, kind, title, what, rhythm, zone, conversation_id, due_at, seen, \
         claimed_until, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
         coalesce((select last_sequence from tenant_log where tenant_id = ?), 0), 0, ?) returning ",
        [
            tenant.clone(),
            user,
            id.into(),
            new.kind.into(),
            new.title.as_str().into(),
            new.what.clone().into(),
            new.rhythm.clone().into(),
            zone.into(),
            new.conversation.into(),
            new.due_at.into(),
            tenant,
            now.into(),
        ],
    );
    insert.text(COLUMNS);
    let row = tx.row(insert).await?.ok_or_else(|| Error::internal("a promise that was not kept"))?;
    read(&row)
}

fn afterwards(promise: &Promise, then: Afterwards, zone: &str) -> Sql {
    let mut sql = match then {
        Afterwards::Over => Sql::new("delete from promise"),
        Afterwards::DueAt(at) => {
            Sql::fixed("update promise set due_at = ?, zone = ?, claimed_until = 0", [at.into(), zone.into()])
        }
        // What happened while these were looked at is looked at next.
        Afterwards::Seen(seen) => Sql::fixed(
            "update promise set seen = ?, claimed_until = 0, due_at = case when ? < coalesce((select last_sequence from \
             tenant_log where tenant_id = ?), 0) then due_at else null end",
            [seen.into(), seen.into(), promise.tenant.into()],
        ),
    };
    sql.text(" where tenant_id = ").bind(promise.tenant).text(" and user_id = ").bind(promise.user);
    sql.text(" and id = ").bind(promise.id).text(" and claimed_until = ").bind(promise.claimed_until);
    sql
}

fn read(row: &Row) -> Result<Promise> {
    Ok(Promise {
        tenant: TenantId(row.id(0)?),
        user: row.id(1)?,
        id: row.id(2)?,
        kind: row.string(3)?,
        title: row.string(4)?,
        what: row.json(5)?.unwrap_or_default(),
        rhythm: row.json(6)?,
        zone: row.string(7)?,
        conversation: row.id(8)?,
        due_at: row.instant(9)?,
        seen: row.int(10)?,
        created_at: row.instant(11)?.unwrap_or_default(),
        claimed_until: row.int(12)?,
    })
}
