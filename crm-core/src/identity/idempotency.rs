//! Idempotency keys: a request that is sent again gets the answer it got before, and does nothing again.

use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::{Scope, Sql};
use crate::error::{Error, Result};
use futures_util::FutureExt;
use jiff::SignedDuration;
use serde_json::Value as Json;

/// How long an answer is remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
/// How long a request may take before it counts as lost, and its key may be tried again.
const LOST_AFTER: SignedDuration = SignedDuration::from_secs(120);

/// What is known of a request by its key.
#[derive(Debug, Clone, PartialEq)]
pub enum Answered {
    /// Nothing: the key is now taken by this request, which must [`Crm::keep_answer`] or [`Crm::forget_key`].
    No,
    /// It was answered so.
    Before {
        /// The HTTP status.
        status: u16,
        /// The body.
        answer: Json,
    },
}

impl Crm {
    /// Takes an idempotency key of the actor, or tells the answer it got before. `request` is a hash of the request.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the key was used for another request, or its request is still under way.
    pub async fn take_key(&self, actor: &Actor, key: &str, request: &str) -> Result<Answered> {
        if key.is_empty() || key.len() > 200 || key.contains('\0') {
            return Err(Error::Malformed("An idempotency key has 1 to 200 characters.".into()));
        }
        let (tenant, who, now) = (actor.tenant(), principal(actor), self.now());
        let (key, request) = (key.to_owned(), request.to_owned());
        let lost = now.checked_sub(LOST_AFTER).unwrap_or(now).as_microsecond();
        let row = self.db().transact(tenant, move |tx| {
            let (who, key, request) = (who.clone(), key.clone(), request.clone());
            async move {
                let take = Sql::fixed(
                    "insert into idempotency (tenant_id, principal, key, request_hash, status, created_at) values (?, ?, ?, ?, 0, ?) \
                     on conflict (tenant_id, principal, key) do update set created_at = excluded.created_at \
                     where idempotency.status = 0 and idempotency.request_hash = excluded.request_hash and idempotency.created_at < ? \
                     returning status",
                    [tenant.into(), who.as_str().into(), key.as_str().into(), request.as_str().into(), now.into(), lost.into()],
                );
                if tx.row(take).await?.is_some() {
                    return Ok(None);
                }
                let known = Sql::fixed(
                    "select request_hash, status, answer from idempotency where tenant_id = ? and principal = ? and key = ?",
                    [tenant.into(), who.into(), key.into()],
                );
                let Some(row) = tx.row(known).await? else { return Ok(None) };
                Ok(Some((row.string(0)? == request, row.int(1)?, row.json(2)?)))
            }
            .boxed()
        });
        match row.await? {
            None => Ok(Answered::No),
            Some((false, ..)) => {
                Err(Error::Conflict("This idempotency key was used for another request. Use a new one.".into()))
            }
            Some((true, 0, _)) => Err(Error::Conflict(
                "The request with this idempotency key is still under way. Try again in a moment.".into(),
            )),
            Some((true, status, answer)) => {
                let status = u16::try_from(status).map_err(|_| Error::internal("a status out of range"))?;
                Ok(Answered::Before { status, answer: answer.unwrap_or_default() })
            }
        }
    }

    /// Remembers the answer of the request that took the key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep_answer(&self, actor: &Actor, key: &str, status: u16, answer: &Json) -> Result<()> {
        let sql = Sql::fixed(
            "update idempotency set status = ?, answer = ? where tenant_id = ? and principal = ? and key = ?",
            [
                i64::from(status).into(),
                answer.clone().into(),
                actor.tenant().into(),
                principal(actor).into(),
                key.into(),
            ],
        );
        self.db()
            .transact(actor.tenant(), move |tx| {
                let sql = sql.clone();
                async move { tx.execute(sql).await.map(drop) }.boxed()
            })
            .await
    }

    /// Frees the key of a request that did nothing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget_key(&self, actor: &Actor, key: &str) -> Result<()> {
        let sql = Sql::fixed(
            "delete from idempotency where tenant_id = ? and principal = ? and key = ? and status = 0",
            [actor.tenant().into(), principal(actor).into(), key.into()],
        );
        self.db()
            .transact(actor.tenant(), move |tx| {
                let sql = sql.clone();
                async move { tx.execute(sql).await.map(drop) }.boxed()
            })
            .await
    }

    /// Forgets what is older than it needs to be: answers, ended sessions, jobs, counted failures. For a daily timer.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tidy(&self) -> Result<()> {
        let now = self.now();
        let old = now.checked_sub(REMEMBERED).unwrap_or(now);
        self.db()
            .transact(Scope::System, move |tx| {
                async move {
                    tx.execute(Sql::fixed("delete from idempotency where created_at < ?", [old.into()])).await?;
                    tx.execute(Sql::fixed("delete from session where expires_at < ?", [now.into()])).await?;
                    tx.execute(Sql::fixed("delete from job where expires_at < ?", [now.into()])).await?;
                    tx.execute(Sql::fixed("delete from sign_in_attempt where last_at < ?", [old.into()]))
                        .await
                        .map(drop)
                }
                .boxed()
            })
            .await
    }
}

/// Whose keys they are: two clients of one person do not share keys.
fn principal(actor: &Actor) -> String {
    serde_json::to_string(actor.who()).unwrap_or_default()
}
