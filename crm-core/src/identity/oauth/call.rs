//! What assistants call: every call with its client and person, what it was about and what came of it; reading ones
//! too. What was said and answered is not kept.

use super::client::administrator;
use crate::actor::{Actor, Principal};
use crate::crm::Crm;
use crate::db::{Row, Scope, Sql};
use crate::error::Result;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long calls are remembered.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How many calls a page may have, and how many it has if nothing else is said.
const MOST: usize = 200;
const USUAL: usize = 50;

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// It was answered, or done.
    Done,
    /// The person was to be asked first.
    Asked,
    /// It could not be done.
    Failed,
    /// The client or its person may not do it.
    Refused,
}

impl CallOutcome {
    const ALL: [(Self, &'static str); 4] =
        [(Self::Done, "done"), (Self::Asked, "asked"), (Self::Failed, "failed"), (Self::Refused, "refused")];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(outcome, _)| *outcome == self).map_or("failed", |(_, name)| name)
    }

    fn named(name: &str) -> Self {
        Self::ALL.iter().find(|(_, other)| *other == name).map_or(Self::Failed, |(outcome, _)| *outcome)
    }
}

/// A call, about to be remembered.
#[derive(Debug, Clone)]
pub struct NewCall {
    /// The tool, or the request of the protocol.
    pub called: String,
    /// The record that it named, as `deal:UUID`, or an object.
    pub about: Option<String>,
    /// What came of it.
    pub outcome: CallOutcome,
}

/// Asks for calls.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallQuery {
    /// Only by this client, or API key.
    pub client: Option<Uuid>,
    /// Only those before this one.
    pub before: Option<Uuid>,
    /// How many at most.
    pub limit: Option<usize>,
}

/// A call, as administrators see it.
#[derive(Debug, Clone, Serialize)]
pub struct CallInfo {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// By which client, or API key.
    pub client: Uuid,
    /// What that is called.
    pub client_name: Option<String>,
    /// For whom.
    pub user_id: Uuid,
    /// Their name.
    pub user_name: Option<String>,
    /// What was called.
    pub called: String,
    /// Which record it named, or which object.
    pub about: Option<String>,
    /// What came of it.
    pub outcome: CallOutcome,
}

fn decode(row: &Row) -> Result<CallInfo> {
    Ok(CallInfo {
        id: row.id(0)?,
        at: row.instant(1)?.unwrap_or_default(),
        client: row.id(2)?,
        client_name: row.text(3)?,
        user_id: row.id(4)?,
        user_name: row.text(5)?,
        called: row.string(6)?,
        about: row.text(7)?,
        outcome: CallOutcome::named(&row.string(8)?),
    })
}

impl Crm {
    /// Remembers a call by an assistant. One by anybody else is none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn remember_call(&self, actor: &Actor, call: &NewCall) -> Result<()> {
        let Principal::Delegate { id: user, client } = actor.who() else { return Ok(()) };
        let insert = Sql::fixed(
            "insert into assistant_call (tenant_id, id, at, client, user_id, called, about, outcome) \
             values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                actor.tenant().into(),
                Uuid::now_v7().into(),
                self.now().into(),
                (*client).into(),
                (*user).into(),
                call.called.as_str().into(),
                call.about.clone().into(),
                call.outcome.name().into(),
            ],
        );
        self.alone(actor.tenant(), insert).await
    }

    /// Calls by assistants, newest first, and the last of them if there are more to go on to.
    ///
    /// # Errors
    /// [`Error::Forbidden`](crate::Error::Forbidden) unless the actor may configure users.
    pub async fn calls(&self, actor: &Actor, query: &CallQuery) -> Result<(Vec<CallInfo>, Option<Uuid>)> {
        administrator(actor)?;
        let limit = query.limit.unwrap_or(USUAL).clamp(1, MOST);
        let mut sql = Sql::new(
            "select a.id, a.at, a.client, coalesce(c.name, k.name), a.user_id, u.name, a.called, a.about, a.outcome \
             from assistant_call a \
             left join oauth_client c on c.tenant_id = a.tenant_id and c.id = a.client \
             left join api_key k on k.tenant_id = a.tenant_id and k.id = a.client \
             left join users u on u.tenant_id = a.tenant_id and u.id = a.user_id where a.tenant_id = ",
        );
        sql.bind(actor.tenant());
        if let Some(client) = query.client {
            sql.text(" and a.client = ").bind(client);
        }
        if let Some(before) = query.before {
            sql.text(" and a.id < ").bind(before);
        }
        let one_more = i64::try_from(limit + 1).unwrap_or(i64::MAX);
        sql.text(" order by a.id desc limit ").bind(one_more);
        let mut calls: Vec<CallInfo> =
            self.db().rows(actor.tenant(), sql).await?.iter().map(decode).collect::<Result<_>>()?;
        let more = calls.len() > limit;
        calls.truncate(limit);
        let next = calls.last().filter(|_| more).map(|call| call.id);
        Ok((calls, next))
    }

    /// Forgets calls of long ago.
    pub(super) async fn forget_calls(&self) -> Result<()> {
        let now = self.now();
        let before = now.checked_sub(KEPT).unwrap_or(now);
        self.alone(Scope::System, Sql::fixed("delete from assistant_call where at < ?", [before.into()])).await
    }
}
