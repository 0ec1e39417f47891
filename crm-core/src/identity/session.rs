//! Signing in with a password, and the sessions that follow.

use super::{password, throttle, token};
use crate::TenantId;
use crate::access::Verb;
use crate::actor::{Actor, Principal, Surface};
use crate::crm::Crm;
use crate::db::{Row, Scope, Sql};
use crate::error::{Error, Result};
use crate::event::{NewEvent, Together, append};
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::Map;
use uuid::Uuid;

const LASTS: SignedDuration = SignedDuration::from_hours(24 * 14);
/// How exact "last seen" is: a write at every request would be too much.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// From where somebody signs in.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// What their program calls itself.
    pub user_agent: String,
    /// Their address of the network.
    pub address: String,
}

/// Somebody who has just signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The secret of the session, for its cookie; it is not kept here.
    pub token: String,
    /// Who.
    pub actor: Actor,
    /// The session's id.
    pub session: Uuid,
}

/// A session, as its owner sees it.
#[derive(Debug, Clone, Serialize)]
pub struct SessionInfo {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub user_id: Uuid,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used, to five minutes.
    pub last_seen_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// What the program calls itself.
    pub user_agent: String,
    /// From which address of the network.
    pub address: String,
}

impl Crm {
    /// Signs a user in.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`], the same for an unknown address and a wrong password; [`Error::Throttled`].
    pub async fn sign_in(&self, tenant: Option<&str>, email: &str, password: &str, from: &Origin) -> Result<SignedIn> {
        let address = throttle::address(&from.address);
        throttle::refuse_blocked(self, &[&address]).await?;
        let found = self.credential(tenant, email).await?;
        let account = found.as_ref().map(|(tenant, user, _)| throttle::account(*tenant, *user));
        if let Some(account) = &account {
            throttle::refuse_blocked(self, &[account]).await?;
        }
        let stored = found.as_ref().map(|(_, _, hash)| hash.clone());
        let right = password::verify(password, stored).await?;
        let Some((tenant, user, _)) = found.filter(|_| right) else {
            let keys: Vec<&str> = std::iter::once(address.as_str()).chain(account.as_deref()).collect();
            throttle::failed(self, &keys).await?;
            return Err(Error::Unauthenticated("The e-mail address or the password is wrong.".into()));
        };
        throttle::succeeded(self, &throttle::account(tenant, user)).await?;
        let actor = self.actor_for_user(tenant, user, Surface::Console).await?;
        self.open_session(actor, user, from).await
    }

    async fn credential(&self, tenant: Option<&str>, email: &str) -> Result<Option<(TenantId, Uuid, String)>> {
        let mut sql = Sql::fixed(
            "select u.tenant_id, u.id, c.password_hash from users u \
             join credential c on c.tenant_id = u.tenant_id and c.user_id = u.id join tenant t on t.id = u.tenant_id \
             where u.email_folded = ? and u.deleted_at is null and u.is_active",
            [crate::text::fold(email).into()],
        );
        if let Some(slug) = tenant {
            sql.text(" and t.slug = ").bind(slug);
        }
        sql.text(" order by t.created_at limit 2");
        match self.db().rows(Scope::System, sql).await?.as_slice() {
            [] => Ok(None),
            [row] => Ok(Some((TenantId(row.id(0)?), row.id(1)?, row.string(2)?))),
            _ => Err(Error::field("tenant", "required", "This address belongs to several companies. Say which one.")),
        }
    }

    pub(super) async fn open_session(&self, actor: Actor, user: Uuid, from: &Origin) -> Result<SignedIn> {
        let (now, session, secret) = (self.now(), Uuid::now_v7(), token::new("ps_"));
        let expires = now.checked_add(LASTS).map_err(|error| Error::internal(error.to_string()))?;
        let (hash, author, from) = (token::hash(&secret), actor.clone(), from.clone());
        let cut = |text: &str| text.chars().take(300).collect::<String>();
        self.db()
            .transact(actor.tenant(), move |tx| {
                let author = author.clone();
                let row = Sql::fixed(
                    "insert into session (tenant_id, id, user_id, token_hash, created_at, last_seen_at, expires_at, user_agent, address) \
                     values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        author.tenant().into(),
                        session.into(),
                        user.into(),
                        hash.as_str().into(),
                        now.into(),
                        now.into(),
                        expires.into(),
                        cut(&from.user_agent).into(),
                        cut(&from.address).into(),
                    ],
                );
                async move {
                    tx.execute(row).await?;
                    let event = NewEvent { kind: "signed_in", object: "user".into(), record_id: user, record_name: String::new(), version: 0, changes: Map::new() };
                    append(tx, &author, now, Together::default(), vec![event]).await.map(drop)
                }
                .boxed()
            })
            .await?;
        self.hint(actor.tenant());
        Ok(SignedIn { token: secret, actor, session })
    }

    /// Who the secret of a session belongs to.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] when the session is unknown, ended or expired.
    pub async fn session(&self, secret: &str, via: Surface) -> Result<(Actor, Uuid)> {
        let ended = || Error::Unauthenticated("You are not signed in, or your session has ended. Sign in.".into());
        let sql = Sql::fixed(
            "select tenant_id, id, user_id, last_seen_at, expires_at, \
             (select revision from tenant where tenant.id = session.tenant_id) from session where token_hash = ?",
            [token::hash(secret).into()],
        );
        let row = self.db().row(Scope::System, sql).await?.ok_or_else(ended)?;
        let (tenant, session, user) = (TenantId(row.id(0)?), row.id(1)?, row.id(2)?);
        let now = self.now();
        if row.instant(4)?.is_none_or(|expires| expires <= now) {
            return Err(ended());
        }
        if row.instant(3)?.is_none_or(|seen| now.duration_since(seen) > SEEN_EVERY) {
            self.touch_session(tenant, session, now).await?;
        }
        Ok((self.user_at_work(tenant, row.int(5)?, user, via).await?, session))
    }

    async fn touch_session(&self, tenant: TenantId, session: Uuid, now: Timestamp) -> Result<()> {
        let expires = now.checked_add(LASTS).map_err(|error| Error::internal(error.to_string()))?;
        self.db()
            .transact(tenant, move |tx| {
                let sql = Sql::fixed(
                    "update session set last_seen_at = ?, expires_at = ? where tenant_id = ? and id = ?",
                    [now.into(), expires.into(), tenant.into(), session.into()],
                );
                async move { tx.execute(sql).await.map(drop) }.boxed()
            })
            .await
    }

    /// Ends the session that the actor came with.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_out(&self, actor: &Actor, session: Uuid) -> Result<()> {
        self.end_session(actor.tenant(), session, actor.who().user()).await.map(drop)
    }

    /// Sessions of the actor; of another user for those who may configure users.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for other users' sessions.
    pub async fn sessions(&self, actor: &Actor, user: Option<Uuid>) -> Result<Vec<SessionInfo>> {
        let own = actor.who().user();
        let of = user.or(own).ok_or_else(|| Error::not_found("A session"))?;
        if Some(of) != own && !actor.rights().may(Verb::Configure, "user") {
            return Err(Error::Forbidden { verb: "see".into(), what: "sessions of other users".into() });
        }
        let sql = Sql::fixed(
            "select id, user_id, created_at, last_seen_at, expires_at, user_agent, address from session \
             where tenant_id = ? and user_id = ? and expires_at > ? order by last_seen_at desc limit 200",
            [actor.tenant().into(), of.into(), self.now().into()],
        );
        self.db().rows(actor.tenant(), sql).await?.iter().map(info).collect()
    }

    /// Ends one's own session, or for those who may configure users anybody's.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the actor has no such session.
    pub async fn revoke_session(&self, actor: &Actor, session: Uuid) -> Result<()> {
        if !matches!(actor.who(), Principal::User { .. }) {
            return Err(Error::Forbidden { verb: "end".into(), what: "sessions through a key".into() });
        }
        let everybody = actor.rights().may(Verb::Configure, "user");
        let only = if everybody { None } else { actor.who().user() };
        match self.end_session(actor.tenant(), session, only).await? {
            0 => Err(Error::not_found("The session")),
            _ => Ok(()),
        }
    }

    async fn end_session(&self, tenant: TenantId, session: Uuid, only: Option<Uuid>) -> Result<u64> {
        self.db()
            .transact(tenant, move |tx| {
                let mut sql =
                    Sql::fixed("delete from session where tenant_id = ? and id = ?", [tenant.into(), session.into()]);
                if let Some(user) = only {
                    sql.text(" and user_id = ").bind(user);
                }
                async move { tx.execute(sql).await }.boxed()
            })
            .await
    }
}

fn info(row: &Row) -> Result<SessionInfo> {
    Ok(SessionInfo {
        id: row.id(0)?,
        user_id: row.id(1)?,
        created_at: row.instant(2)?.unwrap_or_default(),
        last_seen_at: row.instant(3)?.unwrap_or_default(),
        expires_at: row.instant(4)?.unwrap_or_default(),
        user_agent: row.string(5)?,
        address: row.string(6)?,
    })
}
