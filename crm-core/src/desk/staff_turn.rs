//! What a member of staff said to the bot, turn by turn: their history, the trace of how they were understood, and
//! where the conversation stands. Everybody has their own; nobody reads another's.

use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::{Bind, Row, Sql};
use crate::error::{Error, Result};
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;
use std::time::Duration;
use uuid::Uuid;

/// For how long turns are kept.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// A turn of a conversation between a member of staff and the bot.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffTurn {
    /// The conversation; whoever begins one makes its id.
    pub conversation: Uuid,
    /// Its place in the conversation, from 1.
    pub sequence: i64,
    /// What was said.
    pub heard: String,
    /// What was answered, as it is shown.
    pub answer: Json,
    /// What a later turn goes on from; for the bot alone.
    pub state: Json,
    /// When.
    pub at: Timestamp,
    /// Whether what it proposed was carried out, or dropped.
    pub settled: bool,
}

/// A turn to be kept.
#[derive(Debug, Clone)]
pub struct NewStaffTurn {
    /// The conversation.
    pub conversation: Uuid,
    /// What was said.
    pub heard: String,
    /// What was answered.
    pub answer: Json,
    /// What a later turn goes on from.
    pub state: Json,
    /// How long it took to answer.
    pub took: Duration,
}

const COLUMNS: &str = "conversation_id, sequence, heard, answer, state, created_at, settled_at";

impl Crm {
    /// The turns of one of the actor's conversations before a place in it, the last first.
    ///
    /// # Errors
    /// When the database does not answer, and for actors who are no users.
    pub async fn staff_turns(
        &self,
        actor: &Actor,
        conversation: Uuid,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<StaffTurn>> {
        let [tenant, user] = whose(actor)?;
        let mut sql = Sql::new(format!("select {COLUMNS} from staff_turn where tenant_id = "));
        sql.bind(tenant).text(" and user_id = ").bind(user).text(" and conversation_id = ").bind(conversation);
        sql.text(" and sequence < ").bind(before.unwrap_or(i64::MAX));
        sql.text(" order by sequence desc limit ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
        self.db().rows(actor.tenant(), sql).await?.iter().map(read).collect()
    }

    /// The first turns of the actor's conversations that were begun before an instant, the last begun first.
    ///
    /// # Errors
    /// As for [`Crm::staff_turns`].
    pub async fn staff_conversations(
        &self,
        actor: &Actor,
        before: Option<Timestamp>,
        limit: usize,
    ) -> Result<Vec<StaffTurn>> {
        let [tenant, user] = whose(actor)?;
        let mut sql = Sql::new(format!("select {COLUMNS} from staff_turn where tenant_id = "));
        sql.bind(tenant).text(" and user_id = ").bind(user).text(" and sequence = 1 and created_at < ");
        sql.bind(before.unwrap_or(Timestamp::MAX));
        sql.text(" order by created_at desc limit ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
        self.db().rows(actor.tenant(), sql).await?.iter().map(read).collect()
    }

    /// Keeps a turn; answers its place in the conversation.
    ///
    /// # Errors
    /// As for [`Crm::staff_turns`].
    pub async fn keep_staff_turn(&self, actor: &Actor, turn: NewStaffTurn) -> Result<i64> {
        let ([tenant, user], now) = (whose(actor)?, self.now());
        let kept = self.db().transact(actor.tenant(), move |tx| {
            let (tenant, user, turn) = (tenant.clone(), user.clone(), turn.clone());
            async move {
                let forget = "delete from staff_turn where tenant_id = ? and user_id = ? and created_at < ?";
                let old = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN);
                tx.execute(Sql::fixed(forget, [tenant.clone(), user.clone(), old.into()])).await?;
                // Two questions at the same time are two turns: their order is that of the row they both wait for.
                let place = "select coalesce(max(sequence), 0) + 1 from staff_turn \
                     where tenant_id = ? and user_id = ? and conversation_id = ?";
                let place = Sql::fixed(place, [tenant.clone(), user.clone(), turn.conversation.into()]);
                let sequence = tx.row(place).await?.map_or(Ok(1), |row| row.int(0))?;
                let keep = "insert into staff_turn (tenant_id, user_id, conversation_id, sequence, heard, answer, state, \
                     took, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
                let took = i64::try_from(turn.took.as_micros()).unwrap_or(i64::MAX);
                let values: [Bind; 9] = [
                    tenant,
                    user,
                    turn.conversation.into(),
                    sequence.into(),
                    turn.heard.as_str().into(),
                    turn.answer.to_string().as_str().into(),
                    turn.state.to_string().as_str().into(),
                    took.into(),
                    now.into(),
                ];
                tx.execute(Sql::fixed(keep, values)).await?;
                Ok(sequence)
            }
            .boxed()
        });
        kept.await
    }

    /// Takes what a turn proposed, to carry it out or to drop it: true for exactly one of all who try.
    ///
    /// # Errors
    /// As for [`Crm::staff_turns`].
    pub async fn settle_staff_turn(&self, actor: &Actor, conversation: Uuid, sequence: i64) -> Result<bool> {
        let ([tenant, user], now) = (whose(actor)?, self.now());
        let settled = self.db().transact(actor.tenant(), move |tx| {
            let values = [now.into(), tenant.clone(), user.clone(), conversation.into(), sequence.into()];
            async move {
                let settle = "update staff_turn set settled_at = ? where tenant_id = ? and user_id = ? \
                     and conversation_id = ? and sequence = ? and settled_at is null";
                Ok(tx.execute(Sql::fixed(settle, values)).await? == 1)
            }
            .boxed()
        });
        settled.await
    }
}

/// The tenant and the user whose conversations they are.
fn whose(actor: &Actor) -> Result<[Bind; 2]> {
    let user =
        actor.who().user().ok_or_else(|| Error::Forbidden { verb: "use".into(), what: "the bot for staff".into() })?;
    Ok([actor.tenant().into(), user.into()])
}

fn read(row: &Row) -> Result<StaffTurn> {
    Ok(StaffTurn {
        conversation: row.id(0)?,
        sequence: row.int(1)?,
        heard: row.string(2)?,
        answer: json(row.string(3)?)?,
        state: json(row.string(4)?)?,
        at: row.instant(5)?.unwrap_or(Timestamp::MIN),
        settled: row.instant(6)?.is_some(),
    })
}

fn json(text: String) -> Result<Json> {
    serde_json::from_str(&text).map_err(|error| Error::Internal(format!("a turn is not JSON: {error}")))
}
