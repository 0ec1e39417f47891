//! What a member of staff said to the bot, turn by turn: their history, the trace of how they were understood, and
//! where the conversation stands. Everybody has their own; nobody reads another's.

use crate::TenantId;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::{Bind, Row, Scope, Sql, Tx};
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
    /// The promise by which the bot said it, if nobody asked just then.
    pub promise: Option<Uuid>,
    /// Whether it was said by itself and was not read yet.
    pub unread: bool,
}

/// A turn that the bot said by itself lately, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ToldOf {
    /// Whose company.
    pub tenant: TenantId,
    /// To whom.
    pub user: Uuid,
    /// In which conversation.
    pub conversation: Uuid,
    /// The place there.
    pub sequence: i64,
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

const COLUMNS: &str = "conversation_id, sequence, heard, answer, state, created_at, settled_at, promise_id, read_at";

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
            let (whose, turn) = ([tenant.clone(), user.clone()], turn.clone());
            async move { insert(tx, whose, &turn, None, now).await }.boxed()
        });
        kept.await
    }

    /// What the bot said to the actor by itself and was not read yet, the last first.
    ///
    /// # Errors
    /// As for [`Crm::staff_turns`].
    pub async fn unread_staff_turns(&self, actor: &Actor, limit: usize) -> Result<Vec<StaffTurn>> {
        let [tenant, user] = whose(actor)?;
        let mut sql = Sql::new(format!("select {COLUMNS} from staff_turn where tenant_id = "));
        sql.bind(tenant).text(" and user_id = ").bind(user).text(" and promise_id is not null and read_at is null");
        sql.text(" order by created_at desc, sequence desc limit ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
        self.db().rows(actor.tenant(), sql).await?.iter().map(read).collect()
    }

    /// Marks what the bot said by itself in one of the actor's conversations as read, up to a place in it.
    ///
    /// # Errors
    /// As for [`Crm::staff_turns`].
    pub async fn read_staff_turns(&self, actor: &Actor, conversation: Uuid, up_to: i64) -> Result<()> {
        let ([tenant, user], now) = (whose(actor)?, self.now());
        let marked = self.db().transact(actor.tenant(), move |tx| {
            let values = [now.into(), tenant.clone(), user.clone(), conversation.into(), up_to.into()];
            async move {
                let mark = "update staff_turn set read_at = ? where tenant_id = ? and user_id = ? and conversation_id = ? \
                     and sequence <= ? and promise_id is not null and read_at is null";
                tx.execute(Sql::fixed(mark, values)).await.map(drop)
            }
            .boxed()
        });
        marked.await
    }

    /// What was said by itself since an instant, to anybody: at most 1,000 of them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn told_since(&self, since: Timestamp) -> Result<Vec<ToldOf>> {
        let sql = Sql::fixed(
            "select tenant_id, user_id, conversation_id, sequence from staff_turn \
             where promise_id is not null and created_at >= ? order by created_at desc limit 1000",
            [since.into()],
        );
        let rows = self.db().rows(Scope::System, sql).await?;
        let told = |row: &Row| {
            let (tenant, user) = (TenantId(row.id(0)?), row.id(1)?);
            Ok(ToldOf { tenant, user, conversation: row.id(2)?, sequence: row.int(3)? })
        };
        rows.iter().map(told).collect()
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

/// Keeps a turn within an open transaction; answers its place in the conversation.
pub(super) async fn insert(
    tx: &mut Tx,
    [tenant, user]: [Bind; 2],
    turn: &NewStaffTurn,
    promise: Option<Uuid>,
    now: Timestamp,
) -> Result<i64> {
    let forget = "delete from staff_turn where tenant_id = ? and user_id = ? and created_at < ?";
    let old = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN);
    tx.execute(Sql::fixed(forget, [tenant.clone(), user.clone(), old.into()])).await?;
    let took = i64::try_from(turn.took.as_micros()).unwrap_or(i64::MAX);
    let (answer, state) = (turn.answer.to_string(), turn.state.to_string());
    // Two questions at the same time are two turns: the one that finds its place taken, on another node perhaps, takes
    // the next.
    loop {
        let place = "select coalesce(max(sequence), 0) + 1 from staff_turn \
             where tenant_id = ? and user_id = ? and conversation_id = ?";
        let place = Sql::fixed(place, [tenant.clone(), user.clone(), turn.conversation.into()]);
        let sequence = tx.row(place).await?.map_or(Ok(1), |row| row.int(0))?;
        let keep = "insert into staff_turn (tenant_id, user_id, conversation_id, sequence, heard, answer, state, \
             took, created_at, promise_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
        let values: [Bind; 10] = [
            tenant.clone(),
            user.clone(),
            turn.conversation.into(),
            sequence.into(),
            turn.heard.as_str().into(),
            answer.as_str().into(),
            state.as_str().into(),
            took.into(),
            now.into(),
            promise.into(),
        ];
        if tx.execute(Sql::fixed(keep, values)).await? > 0 {
            return Ok(sequence);
        }
    }
}

/// The tenant and the user whose conversations they are.
pub(super) fn whose(actor: &Actor) -> Result<[Bind; 2]> {
    let user =
        actor.who().user().ok_or_else(|| Error::Forbidden { verb: "use".into(), what: "the bot for staff".into() })?;
    Ok([actor.tenant().into(), user.into()])
}

fn read(row: &Row) -> Result<StaffTurn> {
    let promise = row.uuid(7)?;
    Ok(StaffTurn {
        conversation: row.id(0)?,
        sequence: row.int(1)?,
        heard: row.string(2)?,
        answer: json(row.string(3)?)?,
        state: json(row.string(4)?)?,
        at: row.instant(5)?.unwrap_or(Timestamp::MIN),
        settled: row.instant(6)?.is_some(),
        promise,
        unread: promise.is_some() && row.instant(8)?.is_none(),
    })
}

fn json(text: String) -> Result<Json> {
    serde_json::from_str(&text).map_err(|error| Error::Internal(format!("a turn is not JSON: {error}")))
}
