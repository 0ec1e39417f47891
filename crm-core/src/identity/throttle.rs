//! Slowing down those who guess: failures are counted by address of the network and by account, and each further one
//! blocks for longer.

use crate::TenantId;
use crate::crm::Crm;
use crate::db::{Scope, Sql};
use crate::error::{Error, Result};
use futures_util::FutureExt;
use uuid::Uuid;

/// Failures that cost nothing: people mistype.
const FREE: i64 = 5;
const LONGEST_BLOCK_SECONDS: i64 = 900;
/// After so long without a failure the count starts anew.
const FORGOTTEN_AFTER_SECONDS: i64 = 3_600;

pub(super) fn account(tenant: TenantId, user: Uuid) -> String {
    format!("user:{tenant}:{user}")
}

pub(super) fn address(address: &str) -> String {
    format!("address:{}", address.chars().take(60).collect::<String>())
}

pub(super) async fn refuse_blocked(crm: &Crm, keys: &[&str]) -> Result<()> {
    let now = crm.now();
    for key in keys {
        let sql = Sql::fixed("select blocked_until from sign_in_attempt where key = ?", [(*key).into()]);
        let Some(row) = crm.db().row(Scope::System, sql).await? else { continue };
        let left = row.int(0)? - now.as_microsecond();
        if left > 0 {
            return Err(Error::Throttled { retry_after_seconds: left / 1_000_000 + 1 });
        }
    }
    Ok(())
}

pub(super) async fn failed(crm: &Crm, keys: &[&str]) -> Result<()> {
    let now = crm.now().as_microsecond();
    let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    crm.db()
        .transact(Scope::System, move |tx| {
            let keys = keys.clone();
            async move {
                for key in &keys {
                    count(tx, key, now).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}

async fn count(tx: &mut crate::db::Tx, key: &str, now: i64) -> Result<()> {
    let forgotten = now - FORGOTTEN_AFTER_SECONDS * 1_000_000;
    let counted = Sql::fixed(
        "insert into sign_in_attempt (key, failures, blocked_until, last_at) values (?, 1, 0, ?) on conflict (key) do update \
         set failures = case when sign_in_attempt.last_at < ? then 1 else sign_in_attempt.failures + 1 end, \
         last_at = excluded.last_at returning failures",
        [key.into(), now.into(), forgotten.into()],
    );
    let failures = tx.row(counted).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
    if failures > FREE {
        let seconds = (1_i64 << (failures - FREE).min(20)).min(LONGEST_BLOCK_SECONDS);
        let until = now + seconds * 1_000_000;
        tx.execute(Sql::fixed(
            "update sign_in_attempt set blocked_until = ? where key = ?",
            [until.into(), key.into()],
        ))
        .await?;
    }
    Ok(())
}

pub(super) async fn succeeded(crm: &Crm, key: &str) -> Result<()> {
    let key = key.to_owned();
    crm.db()
        .transact(Scope::System, move |tx| {
            let sql = Sql::fixed("delete from sign_in_attempt where key = ?", [key.as_str().into()]);
            async move { tx.execute(sql).await.map(drop) }.boxed()
        })
        .await
}
