//! Tokens: short ones that are shown with each request, and long ones that are good once and bring the next two.

use super::refusal::Refusal;
use super::registration::later;
use super::scopes;
use super::told::{event, tell};
use crate::TenantId;
use crate::access::KeyScope;
use crate::actor::{Actor, Surface};
use crate::crm::Crm;
use crate::db::{Row, Scope, Sql, Tx};
use crate::error::{Error, Result};
use crate::identity::token;
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::fmt;
use uuid::Uuid;

/// How long a token is good that is shown with each request.
const ACCESS_LASTS: SignedDuration = SignedDuration::from_mins(30);
/// How long a program may be away before its person is asked again.
const REFRESH_LASTS: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How exact "last used" is.
const USED_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// What a program gets.
#[derive(Clone)]
pub struct Tokens {
    /// To be shown with each request.
    pub access: String,
    /// How long that is good.
    pub lasts: SignedDuration,
    /// For the next two; programs with a secret of their own need none.
    pub refresh: Option<String>,
    /// What they allow.
    pub scopes: Vec<String>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("scopes", &self.scopes).finish_non_exhaustive()
    }
}

/// A program that comes for its next tokens.
#[derive(Clone)]
pub struct Renewal<'a> {
    /// Who it says it is.
    pub client_id: &'a str,
    /// The token that is good once.
    pub refresh_token: &'a str,
    /// What the token is to be for, if it says so.
    pub resource: Option<&'a str>,
    /// What the short token shall allow, if less than before.
    pub scopes: Option<&'a [String]>,
}

/// A program at work.
#[derive(Debug, Clone)]
pub struct Assistant {
    /// The person for whom it works, limited to its scopes.
    pub actor: Actor,
    /// What it may do.
    pub scopes: Vec<String>,
    /// The client, as its company knows it.
    pub client: Uuid,
}

/// One time that a program was let in, with all tokens that come of it.
#[derive(Debug, Clone)]
pub(super) struct Family {
    pub(super) tenant: TenantId,
    pub(super) id: Uuid,
    pub(super) client: Uuid,
    pub(super) client_name: String,
    pub(super) user: Uuid,
    pub(super) scopes: Vec<String>,
    pub(super) resource: String,
}

impl Family {
    /// What [`Family::read`] reads, of a grant `g` and its client `c`.
    pub(super) const COLUMNS: &str = "g.tenant_id, g.id, g.client, c.name, g.user_id, g.scopes, g.resource";
    pub(super) const WIDTH: usize = 7;

    pub(super) fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            tenant: TenantId(row.id(0)?),
            id: row.id(1)?,
            client: row.id(2)?,
            client_name: row.string(3)?,
            user: row.id(4)?,
            scopes: scopes(row.json(5)?),
            resource: row.string(6)?,
        })
    }
}

/// A token that is asked for.
struct Known {
    family: Family,
    client_id: String,
    id: Uuid,
    kind: String,
    scopes: Vec<String>,
    expires_at: Timestamp,
    revoked: bool,
    used: bool,
    last_used_at: Option<Timestamp>,
    /// The tenant's.
    revision: i64,
}

impl Crm {
    /// The program whose token this is, at work for its person with this resource. `limits` says what scopes allow.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] when the token is unknown, expired, revoked, or for something else.
    pub async fn assistant(
        &self,
        token: &str,
        resource: &str,
        limits: impl FnOnce(&[String]) -> Vec<KeyScope> + Send,
    ) -> Result<Assistant> {
        let known = self.good_token(token, resource).await?;
        self.at_work(known, limits).await
    }

    /// The same program with all that its person lets it do by now, also by tokens that it got after this one: what it
    /// has as soon as it comes with the newest.
    ///
    /// # Errors
    /// As of [`Crm::assistant`].
    pub async fn assistant_at_most(
        &self,
        token: &str,
        resource: &str,
        limits: impl FnOnce(&[String]) -> Vec<KeyScope> + Send,
    ) -> Result<Assistant> {
        let mut known = self.good_token(token, resource).await?;
        let family = &known.family;
        let sql = Sql::fixed(
            "select g.scopes from oauth_grant g where g.tenant_id = ? and g.client = ? and g.user_id = ? and g.resource = ? \
             and g.revoked_at is null and exists (select 1 from oauth_token t where t.tenant_id = g.tenant_id \
             and t.grant_id = g.id and t.expires_at > ? and t.used_at is null)",
            [
                family.tenant.into(),
                family.client.into(),
                family.user.into(),
                family.resource.as_str().into(),
                self.now().into(),
            ],
        );
        for row in self.db().rows(family.tenant, sql).await? {
            known.scopes.extend(super::scopes(row.json(0)?));
        }
        known.scopes.sort_unstable();
        known.scopes.dedup();
        self.at_work(known, limits).await
    }

    /// What is known of a token that is good for this resource now.
    async fn good_token(&self, token: &str, resource: &str) -> Result<Known> {
        let refused = || Error::Unauthenticated("The access token is unknown, expired or revoked.".into());
        let known = self.known_token(token).await?.filter(|known| known.kind == "access").ok_or_else(refused)?;
        if known.revoked || known.expires_at <= self.now() {
            return Err(refused());
        }
        if known.family.resource != resource {
            return Err(Error::Unauthenticated("The access token is for another resource.".into()));
        }
        if known.last_used_at.is_none_or(|at| self.now().duration_since(at) > USED_EVERY) {
            self.family_used(&known.family).await?;
        }
        Ok(known)
    }

    async fn at_work(&self, known: Known, limits: impl FnOnce(&[String]) -> Vec<KeyScope> + Send) -> Result<Assistant> {
        let Known { family, scopes, revision, .. } = known;
        let actor = self.delegate(family.tenant, revision, family.user, family.client, Surface::Mcp).await?;
        let actor = actor.limited_to(&limits(&scopes));
        Ok(Assistant { actor, scopes, client: family.client })
    }

    async fn family_used(&self, family: &Family) -> Result<()> {
        let (tenant, grant, client, now) = (family.tenant, family.id, family.client, self.now());
        self.db()
            .transact(tenant, move |tx| {
                let of = |text, id: Uuid| Sql::fixed(text, [now.into(), tenant.into(), id.into()]);
                let grant = of("update oauth_grant set last_used_at = ? where tenant_id = ? and id = ?", grant);
                let client = of("update oauth_client set last_used_at = ? where tenant_id = ? and id = ?", client);
                async move {
                    tx.execute(grant).await?;
                    tx.execute(client).await.map(drop)
                }
                .boxed()
            })
            .await
    }

    /// The next tokens of a family. A token that comes a second time was stolen, before or now: its family ends.
    ///
    /// # Errors
    /// [`Refusal::Grant`] unless the token is good; [`Refusal::Target`], [`Refusal::Scope`].
    pub async fn renew_token(&self, renewal: &Renewal<'_>) -> Result<Tokens, Refusal> {
        let known = self.known_token(renewal.refresh_token).await?.filter(|known| known.kind == "refresh");
        let known = known.filter(|known| known.client_id == renewal.client_id).ok_or(Refusal::Grant)?;
        if known.revoked || known.expires_at <= self.now() {
            return Err(Refusal::Grant);
        }
        if renewal.resource.is_some_and(|wanted| wanted != known.family.resource) {
            return Err(Refusal::Target);
        }
        let wanted = renewal.scopes.map_or_else(|| known.scopes.clone(), <[String]>::to_vec);
        if !known.used && wanted.iter().any(|scope| !known.scopes.contains(scope)) {
            return Err(Refusal::Scope);
        }
        let author = self.delegate_of(&known.family).await?;
        let (now, id, family) = (self.now(), known.id, known.family);
        let tenant = family.tenant;
        let issued = self
            .db()
            .transact(tenant, move |tx| {
                let (family, author, wanted) = (family.clone(), author.clone(), wanted.clone());
                async move {
                    let used = Sql::fixed(
                        "update oauth_token set used_at = ? where tenant_id = ? and id = ? and used_at is null",
                        [now.into(), family.tenant.into(), id.into()],
                    );
                    if tx.execute(used).await? == 0 {
                        revoke_family(tx, &author, &family, now, "client_token_reused").await?;
                        return Ok(None);
                    }
                    let tokens = issue(tx, &family, &wanted, now).await?;
                    tell(tx, &author, now, event("client_renewed", family.user, &family.client_name, &wanted)).await?;
                    Ok(Some(tokens))
                }
                .boxed()
            })
            .await?;
        self.hint(tenant);
        issued.ok_or(Refusal::Grant)
    }

    /// Ends a token of a program (RFC 7009): a long one with its whole family. What is not the program's, or no token,
    /// is passed over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn revoke_token(&self, client_id: &str, token: &str) -> Result<(), Refusal> {
        let known = self.known_token(token).await?.filter(|known| known.client_id == client_id && !known.revoked);
        let Some(known) = known else { return Ok(()) };
        let (now, family, id, alone) = (self.now(), known.family, known.id, known.kind == "access");
        let author = self.delegate_of(&family).await?;
        let tenant = family.tenant;
        self.db()
            .transact(tenant, move |tx| {
                let (family, author) = (family.clone(), author.clone());
                async move {
                    if !alone {
                        return revoke_family(tx, &author, &family, now, "client_left").await;
                    }
                    let ended = "delete from oauth_token where tenant_id = ? and id = ?";
                    tx.execute(Sql::fixed(ended, [family.tenant.into(), id.into()])).await?;
                    tell(tx, &author, now, event("client_token_ended", family.user, &family.client_name, &[])).await
                }
                .boxed()
            })
            .await?;
        self.hint(tenant);
        Ok(())
    }

    async fn known_token(&self, token: &str) -> Result<Option<Known>> {
        let mut sql = Sql::new(format!(
            "select {}, c.client_id, t.id, t.kind, t.scopes, t.expires_at, g.revoked_at, t.used_at, g.last_used_at, c.blocked_at, \
             (select revision from tenant where tenant.id = t.tenant_id) \
             from oauth_token t join oauth_grant g on g.tenant_id = t.tenant_id and g.id = t.grant_id \
             join oauth_client c on c.tenant_id = g.tenant_id and c.id = g.client where t.token_hash = ",
            Family::COLUMNS
        ));
        sql.bind(token::hash(token));
        let Some(row) = self.db().row(Scope::System, sql).await? else { return Ok(None) };
        let after = Family::WIDTH;
        Ok(Some(Known {
            family: Family::read(&row)?,
            client_id: row.string(after)?,
            id: row.id(after + 1)?,
            kind: row.string(after + 2)?,
            scopes: scopes(row.json(after + 3)?),
            expires_at: row.instant(after + 4)?.unwrap_or(Timestamp::MIN),
            revoked: row.instant(after + 5)?.is_some() || row.instant(after + 8)?.is_some(),
            used: row.instant(after + 6)?.is_some(),
            last_used_at: row.instant(after + 7)?,
            revision: row.int(after + 9)?,
        }))
    }
}

/// Two new tokens of a family: the long one allows all that the family may, the short one what is wanted now.
pub(super) async fn issue(tx: &mut Tx, family: &Family, wanted: &[String], now: Timestamp) -> Result<Tokens> {
    let refresh = one(tx, family, "refresh", &family.scopes, now, REFRESH_LASTS).await?;
    Ok(Tokens { refresh: Some(refresh), ..issue_access(tx, family, wanted, now).await? })
}

/// A new short token of a family.
pub(super) async fn issue_access(tx: &mut Tx, family: &Family, wanted: &[String], now: Timestamp) -> Result<Tokens> {
    let access = one(tx, family, "access", wanted, now, ACCESS_LASTS).await?;
    Ok(Tokens { access, lasts: ACCESS_LASTS, refresh: None, scopes: wanted.to_vec() })
}

async fn one(
    tx: &mut Tx,
    family: &Family,
    kind: &'static str,
    allows: &[String],
    now: Timestamp,
    lasts: SignedDuration,
) -> Result<String> {
    let secret = token::new(if kind == "access" { "pa_" } else { "pr_" });
    let sql = Sql::fixed(
        "insert into oauth_token (tenant_id, id, grant_id, kind, token_hash, scopes, created_at, expires_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            family.tenant.into(),
            Uuid::now_v7().into(),
            family.id.into(),
            kind.into(),
            token::hash(&secret).into(),
            json!(allows).into(),
            now.into(),
            later(now, lasts)?.into(),
        ],
    );
    tx.execute(sql).await?;
    Ok(secret)
}

/// Ends a family: its code and all its tokens.
pub(super) async fn revoke_family(
    tx: &mut Tx,
    author: &Actor,
    family: &Family,
    now: Timestamp,
    why: &'static str,
) -> Result<()> {
    let sql = Sql::fixed(
        "update oauth_grant set revoked_at = ? where tenant_id = ? and id = ? and revoked_at is null",
        [now.into(), family.tenant.into(), family.id.into()],
    );
    if tx.execute(sql).await? > 0 {
        tell(tx, author, now, event(why, family.user, &family.client_name, &[])).await?;
    }
    Ok(())
}
