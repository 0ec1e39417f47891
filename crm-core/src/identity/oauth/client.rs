//! The programs that a company knows, as its administrators see them.

use super::code::person;
use super::consent::{ConsentInfo, end};
use super::scopes;
use super::told::{event, tell};
use crate::access::Verb;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::{Row, Sql};
use crate::error::{Error, Result};
use futures_util::FutureExt;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// How a program became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientKind {
    /// It introduced itself.
    Dynamic,
    /// A document at the address that is its id introduces it.
    Document,
    /// An administrator made it; it has a secret and acts for one person.
    Program,
}

/// A program that the company knows.
#[derive(Debug, Clone, Serialize)]
pub struct ClientInfo {
    /// Its id in the company; the log names it by this.
    pub id: Uuid,
    /// By which it is known to itself.
    pub client_id: String,
    /// How it became known.
    pub kind: ClientKind,
    /// What it is called.
    pub name: String,
    /// Where it is answered.
    pub host: String,
    /// For whom a program that an administrator made acts.
    pub user_id: Option<Uuid>,
    /// Their name.
    pub user_name: Option<String>,
    /// What such a program may do at most.
    pub scopes: Vec<String>,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last at work, to a minute.
    pub last_used_at: Option<Timestamp>,
    /// Since when it is cut off.
    pub blocked_at: Option<Timestamp>,
    /// Who allows it what.
    pub consents: Vec<ConsentInfo>,
}

fn decode(row: &Row) -> Result<ClientInfo> {
    Ok(ClientInfo {
        id: row.id(0)?,
        client_id: row.string(1)?,
        kind: match row.string(2)?.as_str() {
            "document" => ClientKind::Document,
            "program" => ClientKind::Program,
            _ => ClientKind::Dynamic,
        },
        name: row.string(3)?,
        host: row.string(4)?,
        user_id: row.uuid(5)?,
        user_name: row.text(6)?,
        scopes: scopes(row.json(7)?),
        created_at: row.instant(8)?.unwrap_or_default(),
        last_used_at: row.instant(9)?,
        blocked_at: row.instant(10)?,
        consents: Vec::new(),
    })
}

impl Crm {
    /// The programs that the company knows, with who allows them what.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the actor may configure users.
    pub async fn clients(&self, actor: &Actor) -> Result<Vec<ClientInfo>> {
        administrator(actor)?;
        let sql = Sql::fixed(
            "select c.id, c.client_id, c.kind, c.name, c.host, c.user_id, u.name, c.scopes, c.created_at, c.last_used_at, c.blocked_at \
             from oauth_client c left join users u on u.tenant_id = c.tenant_id and u.id = c.user_id \
             where c.tenant_id = ? order by c.created_at desc, c.id limit 1000",
            [actor.tenant().into()],
        );
        let mut clients: Vec<ClientInfo> =
            self.db().rows(actor.tenant(), sql).await?.iter().map(decode).collect::<Result<_>>()?;
        let mut consents: HashMap<Uuid, Vec<ConsentInfo>> = HashMap::new();
        for consent in self.all_consents(actor.tenant()).await? {
            consents.entry(consent.client).or_default().push(consent);
        }
        for client in &mut clients {
            client.consents = consents.remove(&client.id).unwrap_or_default();
        }
        Ok(clients)
    }

    /// Whether the actor's company has cut a program off.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_blocked(&self, actor: &Actor, client_id: &str) -> Result<bool> {
        let sql = Sql::fixed(
            "select 1 as one from oauth_client where tenant_id = ? and client_id = ? and blocked_at is not null",
            [actor.tenant().into(), client_id.into()],
        );
        Ok(self.db().row(actor.tenant(), sql).await?.is_some())
    }

    /// Cuts a program off, at once and until it is let in again: it loses what everybody has allowed it.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`].
    pub async fn block_client(&self, actor: &Actor, id: Uuid) -> Result<()> {
        self.set_blocked(actor, id, true).await
    }

    /// Lets a program ask people again. One that an administrator made works again at once.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`].
    pub async fn unblock_client(&self, actor: &Actor, id: Uuid) -> Result<()> {
        self.set_blocked(actor, id, false).await
    }

    async fn set_blocked(&self, actor: &Actor, id: Uuid, blocked: bool) -> Result<()> {
        let by = person(actor)?;
        let client = self.clients(actor).await?.into_iter().find(|client| client.id == id);
        let client = client.ok_or_else(|| Error::not_found("The client"))?;
        if client.blocked_at.is_some() == blocked {
            return Ok(());
        }
        let (author, now) = (actor.clone(), self.now());
        let (kind, since) = if blocked { ("client_blocked", Some(now)) } else { ("client_unblocked", None) };
        self.db()
            .transact(actor.tenant(), move |tx| {
                let (author, told) = (author.clone(), event(kind, client.user_id.unwrap_or(by), &client.name, &[]));
                let set = Sql::fixed(
                    "update oauth_client set blocked_at = ? where tenant_id = ? and id = ?",
                    [since.into(), author.tenant().into(), id.into()],
                );
                async move {
                    tx.execute(set).await?;
                    end(tx, author.tenant(), id, None, now).await?;
                    tell(tx, &author, now, told).await
                }
                .boxed()
            })
            .await?;
        self.hint(actor.tenant());
        Ok(())
    }
}

/// Refuses everybody but those who may say what others may do.
pub(super) fn administrator(actor: &Actor) -> Result<()> {
    match actor.rights().may(Verb::Configure, "user") {
        true => Ok(()),
        false => Err(Error::Forbidden { verb: "manage".into(), what: "the programs of others".into() }),
    }
}
