//! API keys: programs that act for a user, within scopes.

use super::token;
use crate::TenantId;
use crate::access::{KeyScope, Verb};
use crate::actor::{Actor, Principal, Surface};
use crate::crm::Crm;
use crate::db::{Row, Scope, Sql};
use crate::error::{Error, FieldError, Result};
use crate::event::{NewEvent, Together, append};
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

const USED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// An API key without its secret.
#[derive(Debug, Clone, Serialize)]
pub struct KeyInfo {
    /// Its id.
    pub id: Uuid,
    /// For whom its program acts.
    pub user_id: Uuid,
    /// What it is for.
    pub name: String,
    /// What it may do at most.
    pub scopes: Vec<String>,
    /// Since when.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to five minutes.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

const COLUMNS: &str = "select id, user_id, name, scopes, created_at, expires_at, last_used_at, revoked_at, tenant_id, \
     (select revision from tenant where tenant.id = api_key.tenant_id) from api_key";

fn decode(row: &Row) -> Result<KeyInfo> {
    let scopes = row.json(3)?.and_then(|json| serde_json::from_value(json).ok()).unwrap_or_default();
    Ok(KeyInfo {
        id: row.id(0)?,
        user_id: row.id(1)?,
        name: row.string(2)?,
        scopes,
        created_at: row.instant(4)?.unwrap_or_default(),
        expires_at: row.instant(5)?,
        last_used_at: row.instant(6)?,
        revoked_at: row.instant(7)?,
    })
}

impl Crm {
    /// Makes a key for the actor, and answers its secret, which is shown this once.
    ///
    /// # Errors
    /// Errors of the fields; keys can only be made by signed-in users, not by keys.
    pub async fn create_key(
        &self,
        actor: &Actor,
        name: &str,
        scopes: &[String],
        expires_at: Option<Timestamp>,
    ) -> Result<(KeyInfo, String)> {
        let Principal::User { id: user } = *actor.who() else {
            return Err(Error::Forbidden {
                verb: "make".into(),
                what: "a key unless you are signed in yourself".into(),
            });
        };
        let mut errors = Vec::new();
        if name.trim().is_empty() || name.chars().count() > 100 {
            errors.push(
                FieldError::new("name", "required", "A key needs a name of 1 to 100 characters.").value(&json!(name)),
            );
        }
        if scopes.is_empty() {
            errors.push(
                FieldError::new("scopes", "required", "A key needs at least one scope.")
                    .hint("Give `read`, or `read` and `write`."),
            );
        }
        for scope in scopes {
            if let Err(Error::Invalid(wrong)) = KeyScope::parse(scope) {
                errors.extend(wrong);
            }
        }
        let now = self.now();
        if expires_at.is_some_and(|at| at <= now) {
            errors.push(FieldError::new("expires_at", "out_of_range", "The key would have expired already."));
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let secret = token::new("pk_");
        let key = KeyInfo {
            id: Uuid::now_v7(),
            user_id: user,
            name: name.trim().to_owned(),
            scopes: scopes.to_vec(),
            created_at: now,
            expires_at,
            last_used_at: None,
            revoked_at: None,
        };
        self.store_key(actor, &key, token::hash(&secret)).await?;
        Ok((key, secret))
    }

    async fn store_key(&self, actor: &Actor, key: &KeyInfo, hash: String) -> Result<()> {
        let (author, key, now) = (actor.clone(), key.clone(), self.now());
        self.db()
            .transact(actor.tenant(), move |tx| {
                let row = Sql::fixed(
                    "insert into api_key (tenant_id, id, user_id, name, token_hash, scopes, created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        author.tenant().into(),
                        key.id.into(),
                        key.user_id.into(),
                        key.name.as_str().into(),
                        hash.as_str().into(),
                        json!(key.scopes).into(),
                        now.into(),
                        key.expires_at.into(),
                    ],
                );
                let (author, event) = (author.clone(), key_event("key_created", &key));
                async move {
                    tx.execute(row).await?;
                    append(tx, &author, now, Together::default(), vec![event]).await.map(drop)
                }
                .boxed()
            })
            .await?;
        self.hint(actor.tenant());
        Ok(())
    }

    /// The actor's keys; for those who may configure users, everybody's.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keys(&self, actor: &Actor) -> Result<Vec<KeyInfo>> {
        let mut sql = Sql::new(format!("{COLUMNS} where tenant_id = "));
        sql.bind(actor.tenant());
        if !actor.rights().may(Verb::Configure, "user") {
            sql.text(" and user_id = ").bind(actor.who().user());
        }
        sql.text(" order by created_at desc limit 500");
        self.db().rows(actor.tenant(), sql).await?.iter().map(decode).collect()
    }

    /// Revokes a key at once.
    ///
    /// # Errors
    /// [`Error::NotFound`] unless it is among [`Crm::keys`].
    pub async fn revoke_key(&self, actor: &Actor, id: Uuid) -> Result<()> {
        let key =
            self.keys(actor).await?.into_iter().find(|key| key.id == id).ok_or_else(|| Error::not_found("The key"))?;
        let (author, now) = (actor.clone(), self.now());
        self.db()
            .transact(actor.tenant(), move |tx| {
                let sql = Sql::fixed(
                    "update api_key set revoked_at = ? where tenant_id = ? and id = ? and revoked_at is null",
                    [now.into(), author.tenant().into(), id.into()],
                );
                let (author, event) = (author.clone(), key_event("key_revoked", &key));
                async move {
                    if tx.execute(sql).await? > 0 {
                        append(tx, &author, now, Together::default(), vec![event]).await?;
                    }
                    Ok(())
                }
                .boxed()
            })
            .await?;
        self.hint(actor.tenant());
        Ok(())
    }

    /// The program that a key belongs to, acting for its user.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] when the key is unknown, revoked or expired.
    pub async fn key(&self, secret: &str, via: Surface) -> Result<Actor> {
        let refused = || Error::Unauthenticated("The API key is unknown, revoked or expired.".into());
        let mut sql = Sql::new(format!("{COLUMNS} where token_hash = "));
        sql.bind(token::hash(secret));
        let row = self.db().row(Scope::System, sql).await?.ok_or_else(refused)?;
        let (key, tenant, now) = (decode(&row)?, TenantId(row.id(8)?), self.now());
        if key.revoked_at.is_some() || key.expires_at.is_some_and(|at| at <= now) {
            return Err(refused());
        }
        if key.last_used_at.is_none_or(|at| now.duration_since(at) > USED_EVERY) {
            self.touch_key(tenant, key.id, now).await?;
        }
        let scopes: Vec<KeyScope> = key.scopes.iter().filter_map(|scope| KeyScope::parse(scope).ok()).collect();
        Ok(self.delegate(tenant, row.int(9)?, key.user_id, key.id, via).await?.limited_to(&scopes))
    }

    async fn touch_key(&self, tenant: TenantId, id: Uuid, now: Timestamp) -> Result<()> {
        self.db()
            .transact(tenant, move |tx| {
                let sql = Sql::fixed(
                    "update api_key set last_used_at = ? where tenant_id = ? and id = ?",
                    [now.into(), tenant.into(), id.into()],
                );
                async move { tx.execute(sql).await.map(drop) }.boxed()
            })
            .await
    }
}

fn key_event(kind: &'static str, key: &KeyInfo) -> NewEvent {
    let changes = Map::from_iter([("scopes".to_owned(), json!([Json::Null, key.scopes]))]);
    NewEvent { kind, object: "user".into(), record_id: key.user_id, record_name: key.name.clone(), version: 0, changes }
}
