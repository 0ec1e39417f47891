//! What people allow programs: remembered, shown to them, taken back.

use super::code::person;
use super::scopes;
use super::told::{event, tell};
use crate::TenantId;
use crate::access::Verb;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::{Row, Sql, Tx};
use crate::error::{Error, Result};
use futures_util::FutureExt;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

/// What somebody allows a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsentInfo {
    /// Its id.
    pub id: Uuid,
    /// The program, as the company knows it.
    pub client: Uuid,
    /// What the program is called.
    pub client_name: String,
    /// Where it is answered.
    pub client_host: String,
    /// Who.
    pub user_id: Uuid,
    /// Who, by name.
    pub user_name: String,
    /// What the program may do.
    pub scopes: Vec<String>,
    /// When this was last allowed.
    pub given_at: Timestamp,
    /// When the program was last at work for them, to a minute.
    pub last_used_at: Option<Timestamp>,
}

const COLUMNS: &str = "select k.id, k.client, c.name, c.host, k.user_id, u.name, k.scopes, k.given_at, \
    (select max(g.last_used_at) from oauth_grant g where g.tenant_id = k.tenant_id and g.client = k.client and g.user_id = k.user_id) \
    from oauth_consent k join oauth_client c on c.tenant_id = k.tenant_id and c.id = k.client \
    join users u on u.tenant_id = k.tenant_id and u.id = k.user_id where k.tenant_id = ";

fn decode(row: &Row) -> Result<ConsentInfo> {
    Ok(ConsentInfo {
        id: row.id(0)?,
        client: row.id(1)?,
        client_name: row.string(2)?,
        client_host: row.string(3)?,
        user_id: row.id(4)?,
        user_name: row.string(5)?,
        scopes: scopes(row.json(6)?),
        given_at: row.instant(7)?.unwrap_or_default(),
        last_used_at: row.instant(8)?,
    })
}

impl Crm {
    /// What the person has allowed a program before.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn consented(&self, actor: &Actor, client_id: &str) -> Result<Vec<String>> {
        let mut sql = Sql::new(
            "select k.scopes from oauth_consent k join oauth_client c on c.tenant_id = k.tenant_id and c.id = k.client where k.tenant_id = ",
        );
        sql.bind(actor.tenant())
            .text(" and k.user_id = ")
            .bind(person(actor)?)
            .text(" and c.client_id = ")
            .bind(client_id);
        let row = self.db().row(actor.tenant(), sql).await?;
        Ok(row.map(|row| row.json(0)).transpose()?.map(scopes).unwrap_or_default())
    }

    /// What the actor has allowed programs.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn consents(&self, actor: &Actor) -> Result<Vec<ConsentInfo>> {
        let mut sql = Sql::new(COLUMNS);
        sql.bind(actor.tenant()).text(" and k.user_id = ").bind(actor.who().user());
        sql.text(" order by k.given_at desc limit 200");
        self.db().rows(actor.tenant(), sql).await?.iter().map(decode).collect()
    }

    /// What everybody of the company has allowed programs.
    pub(super) async fn all_consents(&self, tenant: TenantId) -> Result<Vec<ConsentInfo>> {
        let mut sql = Sql::new(COLUMNS);
        sql.bind(tenant).text(" order by u.name_folded, k.id limit 5000");
        self.db().rows(tenant, sql).await?.iter().map(decode).collect()
    }

    /// Takes back what a person allows a program: its tokens end at once. One's own, or for those who may configure
    /// users anybody's.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none such for the actor.
    pub async fn withdraw_consent(&self, actor: &Actor, id: Uuid) -> Result<()> {
        person(actor)?;
        let all = match actor.rights().may(Verb::Configure, "user") {
            true => self.all_consents(actor.tenant()).await?,
            false => self.consents(actor).await?,
        };
        let consent =
            all.into_iter().find(|consent| consent.id == id).ok_or_else(|| Error::not_found("The consent"))?;
        let (author, now) = (actor.clone(), self.now());
        self.db()
            .transact(actor.tenant(), move |tx| {
                let (author, consent) = (author.clone(), consent.clone());
                async move {
                    end(tx, author.tenant(), consent.client, Some(consent.user_id), now).await?;
                    let told = event("client_withdrawn", consent.user_id, &consent.client_name, &consent.scopes);
                    tell(tx, &author, now, told).await
                }
                .boxed()
            })
            .await?;
        self.hint(actor.tenant());
        Ok(())
    }
}

/// Remembers what a person allows a program, beside what they allowed it before.
pub(super) async fn remember(
    tx: &mut Tx,
    tenant: TenantId,
    client: Uuid,
    user: Uuid,
    allowed: &[String],
    now: Timestamp,
) -> Result<()> {
    let before = Sql::fixed(
        "select scopes from oauth_consent where tenant_id = ? and client = ? and user_id = ?",
        [tenant.into(), client.into(), user.into()],
    );
    let mut all = tx.row(before).await?.map(|row| row.json(0)).transpose()?.map(scopes).unwrap_or_default();
    all.extend(allowed.iter().filter(|scope| !all.contains(scope)).cloned().collect::<Vec<_>>());
    let sql = Sql::fixed(
        "insert into oauth_consent (tenant_id, id, client, user_id, scopes, given_at) values (?, ?, ?, ?, ?, ?) \
         on conflict (tenant_id, client, user_id) do update set scopes = excluded.scopes, given_at = excluded.given_at",
        [tenant.into(), Uuid::now_v7().into(), client.into(), user.into(), json!(all).into(), now.into()],
    );
    tx.execute(sql).await.map(drop)
}

/// Ends what a program may do for one person, or for everybody: consents, codes and tokens.
pub(super) async fn end(tx: &mut Tx, tenant: TenantId, client: Uuid, user: Option<Uuid>, now: Timestamp) -> Result<()> {
    let mut forget =
        Sql::fixed("delete from oauth_consent where tenant_id = ? and client = ?", [tenant.into(), client.into()]);
    let mut revoke = Sql::fixed(
        "update oauth_grant set revoked_at = ? where tenant_id = ? and client = ? and revoked_at is null",
        [now.into(), tenant.into(), client.into()],
    );
    if let Some(user) = user {
        forget.text(" and user_id = ").bind(user);
        revoke.text(" and user_id = ").bind(user);
    }
    tx.execute(forget).await?;
    tx.execute(revoke).await.map(drop)
}
