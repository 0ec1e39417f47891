//! Changes for which somebody's yes was asked: a row each, so that no restart forgets it.
//!
//! What shall be changed is kept as the command that it is, with the version of the record that was shown. Only a
//! person says yes or no, no program for them; that it was said, the change itself, done as that person with their
//! rights of that moment, and the news for whoever asked are one transaction. So it is done once, however often and on
//! however many nodes somebody presses.
//!
//! Either side is told by a promise of its own ([`super::promise`]) under the request's id: whoever shall decide at
//! once, whoever asked when it was decided or has expired.

mod decide;

use super::promise::{self, APPROVAL, NewPromise};
use super::staff_turn::whose;
use crate::TenantId;
use crate::actor::{Actor, Surface};
use crate::crm::Crm;
use crate::db::{Bind, Row, Sql, Tx};
use crate::error::{Error, FieldError, Result};
use crate::record::{Command, Proposal, takes_owner};
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

/// For how long somebody may decide.
const OPEN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// For how long it can be seen what became of a request.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// Nobody has said anything yet.
    Pending,
    /// It was agreed to and done.
    Approved,
    /// It was refused.
    Declined,
    /// Whoever asked has taken it back.
    Withdrawn,
    /// Nobody said anything in time.
    Expired,
}

impl ApprovalState {
    fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }
}

/// A change for which somebody's yes was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    /// Its id.
    pub id: Uuid,
    /// How it stands.
    pub state: ApprovalState,
    /// Who asked.
    pub asker: Uuid,
    /// Who that is, by name.
    pub asker_name: String,
    /// Who shall decide, or did.
    pub approver: Uuid,
    /// Who that is, by name.
    pub approver_name: String,
    /// What it is, as the asker was told.
    pub title: String,
    /// The change.
    pub command: Command,
    /// The change as it was understood, for whoever shows it.
    pub change: Json,
    /// The asker's conversation.
    pub conversation: Uuid,
    /// Why it was refused.
    pub reason: Option<String>,
    /// When it was asked.
    pub created_at: Timestamp,
    /// Until when it can be decided.
    pub expires_at: Timestamp,
    /// When it was decided or withdrawn.
    pub decided_at: Option<Timestamp>,
}

/// A yes to be asked for.
#[derive(Debug, Clone)]
pub struct NewApproval {
    /// Of whom.
    pub approver: Uuid,
    /// What it is, in a line.
    pub title: String,
    /// The change.
    pub command: Command,
    /// The change as it was understood.
    pub change: Json,
    /// The conversation in which it is asked, and in which the answer is told.
    pub conversation: Uuid,
}

const COLUMNS: &str = "a.id, a.state, a.asker_id, \
     (select u.name from users u where u.tenant_id = a.tenant_id and u.id = a.asker_id), a.approver_id, \
     (select u.name from users u where u.tenant_id = a.tenant_id and u.id = a.approver_id), a.title, a.command, \
     a.change, a.conversation_id, a.reason, a.created_at, a.expires_at, a.decided_at";

impl Crm {
    /// How many requests of one person may wait.
    pub const MOST_APPROVALS: usize = 50;
    /// Whether a colleague may make a change; of one who is gone, no.
    ///
    /// # Errors
    /// What is wrong with the change whoever makes it.
    pub async fn may_carry_out(&self, tenant: TenantId, user: Uuid, command: &Command) -> Result<bool> {
        let person = match self.actor_for_user(tenant, user, Surface::Automation).await {
            Ok(person) => person,
            Err(Error::Unauthenticated(_)) => return Ok(false),
            Err(error) => return Err(error),
        };
        match self.rehearse(&person, &Proposal::Commands(vec![command.clone()])).await {
            // A newer version is told when it is decided.
            Ok(_) | Err(Error::Stale { .. }) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) if error.lacks_right() => Ok(false),
            Err(Error::Invalid(fields)) if fields.iter().any(|field| field.code == "unknown_field") => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Asks a colleague for their yes to a change; it waits for seven days.
    ///
    /// # Errors
    /// A field error on `approver` if it is the asker themselves or somebody who may not do it either,
    /// [`Error::Conflict`] if too many wait already, [`Error::Forbidden`] for actors who are no users.
    pub async fn ask_approval(&self, actor: &Actor, new: NewApproval) -> Result<Approval> {
        let ([tenant, asker], now, id) = (whose(actor)?, self.now(), Uuid::now_v7());
        let new = Arc::new(NewApproval { command: owned_by_asker(actor, new.command), ..new });
        if actor.who().user() == Some(new.approver) {
            return Err(FieldError::new("approver", "same_person", "Nobody approves what they ask for.").into());
        }
        if !self.may_carry_out(actor.tenant(), new.approver, &new.command).await? {
            return Err(FieldError::new("approver", "not_permitted", "They may not do this either.").into());
        }
        let asked = self.db().transact(actor.tenant(), move |tx| {
            let (whose, new) = ([tenant.clone(), asker.clone()], new.clone());
            async move { insert(tx, whose, id, &new, now).await }.boxed()
        });
        asked.await?;
        self.approval(actor, id).await
    }

    /// A request that the actor made or is to decide.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none, or it is others'.
    pub async fn approval(&self, actor: &Actor, id: Uuid) -> Result<Approval> {
        let [tenant, user] = whose(actor)?;
        let mut sql = select(tenant);
        sql.text(" and a.id = ").bind(id).text(" and (a.asker_id = ").bind(user.clone());
        sql.text(" or a.approver_id = ").bind(user).text(")");
        let row = self.db().row(actor.tenant(), sql).await?;
        read(&row.ok_or_else(|| Error::not_found(format!("Approval {id}")))?, self.now())
    }

    /// What waits for the actor's yes or no, the oldest first: at most 100.
    ///
    /// # Errors
    /// When the database does not answer, and for actors who are no users.
    pub async fn approvals_to_decide(&self, actor: &Actor) -> Result<Vec<Approval>> {
        let ([tenant, user], now) = (whose(actor)?, self.now());
        let mut sql = select(tenant);
        sql.text(" and a.approver_id = ").bind(user).text(" and a.state = 'pending' and a.expires_at > ").bind(now);
        sql.text(" order by a.created_at, a.id limit 100");
        self.db().rows(actor.tenant(), sql).await?.iter().map(|row| read(row, now)).collect()
    }

    /// What the actor has asked a yes for, the last first: at most 50.
    ///
    /// # Errors
    /// As for [`Crm::approvals_to_decide`].
    pub async fn approvals_asked(&self, actor: &Actor) -> Result<Vec<Approval>> {
        let ([tenant, user], now) = (whose(actor)?, self.now());
        let mut sql = select(tenant);
        sql.text(" and a.asker_id = ").bind(user).text(" order by a.created_at desc, a.id limit 50");
        self.db().rows(actor.tenant(), sql).await?.iter().map(|row| read(row, now)).collect()
    }
}

/// What is made belongs to whoever asked for it, not to whoever agreed.
fn owned_by_asker(actor: &Actor, command: Command) -> Command {
    let Command::Create { object, mut values } = command else { return command };
    let takes_owner = actor.schema().object(&object).is_some_and(|object| takes_owner(object));
    if let Some(asker) = actor.who().user().filter(|_| takes_owner && !values.contains_key("owner")) {
        values.entry("owner_id").or_insert_with(|| json!(asker));
    }
    Command::Create { object, values }
}

async fn insert(tx: &mut Tx, [tenant, asker]: [Bind; 2], id: Uuid, new: &NewApproval, now: Timestamp) -> Result<()> {
    let old = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN);
    let forget = "delete from approval where tenant_id = ? and asker_id = ? and created_at < ?";
    tx.execute(Sql::fixed(forget, [tenant.clone(), asker.clone(), old.into()])).await?;
    let count = "select count(*) from approval where tenant_id = ? and asker_id = ? and state = 'pending' \
         and expires_at > ?";
    let waiting = tx.row(Sql::fixed(count, [tenant.clone(), asker.clone(), now.into()])).await?;
    let waiting = waiting.map_or(Ok(0), |row| row.int(0))?;
    if usize::try_from(waiting).unwrap_or(usize::MAX) >= Crm::MOST_APPROVALS {
        let most = Crm::MOST_APPROVALS;
        return Err(Error::Conflict(format!("{most} requests for approval wait already. Withdraw one of them first.")));
    }
    let expires_at = now.checked_add(OPEN).map_err(|_| Error::internal("a time out of range"))?;
    let sql = "insert into approval (tenant_id, id, asker_id, approver_id, state, title, command, change, \
         conversation_id, created_at, expires_at) values (?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?)";
    let values = [
        tenant.clone(),
        id.into(),
        asker.clone(),
        new.approver.into(),
        new.title.as_str().into(),
        json!(new.command).into(),
        new.change.clone().into(),
        new.conversation.into(),
        now.into(),
        expires_at.into(),
    ];
    tx.execute(Sql::fixed(sql, values)).await?;
    let news = |conversation: Uuid, due_at: Timestamp| NewPromise {
        kind: APPROVAL,
        title: new.title.clone(),
        what: json!({"does": APPROVAL, "id": id}),
        rhythm: None,
        conversation,
        due_at: Some(due_at),
    };
    // Whoever shall decide is told in a conversation of its own.
    promise::insert(tx, [tenant.clone(), new.approver.into()], id, "UTC", &news(id, now), now).await?;
    promise::insert(tx, [tenant, asker], id, "UTC", &news(new.conversation, expires_at), now).await.map(drop)
}

fn select(tenant: Bind) -> Sql {
    let mut sql = Sql::new(format!("select {COLUMNS} from approval a where a.tenant_id = "));
    sql.bind(tenant);
    sql
}

fn read(row: &Row, now: Timestamp) -> Result<Approval> {
    let unreadable = |_| Error::internal("an approval that cannot be read");
    let expires_at = row.instant(12)?.unwrap_or_default();
    let state = match serde_json::from_value(Json::String(row.string(1)?)).map_err(unreadable)? {
        ApprovalState::Pending if expires_at <= now => ApprovalState::Expired,
        state => state,
    };
    Ok(Approval {
        id: row.id(0)?,
        state,
        asker: row.id(2)?,
        asker_name: row.text(3)?.unwrap_or_default(),
        approver: row.id(4)?,
        approver_name: row.text(5)?.unwrap_or_default(),
        title: row.string(6)?,
        command: serde_json::from_value(row.json(7)?.unwrap_or_default()).map_err(unreadable)?,
        change: row.json(8)?.unwrap_or_default(),
        conversation: row.id(9)?,
        reason: row.text(10)?,
        created_at: row.instant(11)?.unwrap_or_default(),
        expires_at,
        decided_at: row.instant(13)?,
    })
}
