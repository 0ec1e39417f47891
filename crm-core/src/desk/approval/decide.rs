//! What becomes of a request: a yes with which it is done, a no, taken back, or too late.

use super::{Approval, ApprovalState};
use crate::TenantId;
use crate::actor::{Actor, Principal};
use crate::crm::Crm;
use crate::db::{Sql, Tx};
use crate::error::{Error, FieldError, Result};
use crate::record::{Writing, Written};
use futures_util::FutureExt;
use jiff::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

impl Crm {
    /// How long a reason may be, in characters.
    pub const LONGEST_REASON: usize = 500;

    /// Says yes to a request, and makes the change; `seen` is the version of the record that was looked at, if it is not
    /// the one of the request.
    ///
    /// # Errors
    /// What the change itself would meet, [`Error::Stale`] among it: the request waits as before then.
    /// [`Error::Conflict`] if it was decided already, [`Error::Forbidden`] for programs.
    pub async fn approve(&self, actor: &Actor, id: Uuid, seen: Option<i64>) -> Result<(Approval, Written)> {
        let approver = self.in_person(actor).await?;
        let approval = Arc::new(self.to_decide(&approver, id).await?);
        let command = approval.command.clone();
        let command = Arc::new(seen.map_or(command.clone(), |seen| command.seen_at(seen)));
        let (author, asked, now) = (approver.clone(), approval.clone(), self.now());
        let written = self.db().transact(approver.tenant(), move |tx| {
            let (author, asked, command) = (author.clone(), asked.clone(), command.clone());
            async move {
                decide(tx, author.tenant(), &asked, ApprovalState::Approved, None, now).await?;
                let mut writing = Writing::new(tx, &author, now);
                writing.together.asked_by = Some(asked.asker);
                let mut written = writing.command(&command).await?;
                written.batch = writing.together.batch;
                written.sequence = writing.finish().await?;
                Ok(written)
            }
            .boxed()
        });
        let mut written = written.await?;
        self.followed(&approver, &written);
        written.record = self.get(&approver, &written.object, written.id).await.ok();
        Ok((self.approval(actor, id).await?, written))
    }

    /// Says no to a request.
    ///
    /// # Errors
    /// [`Error::Conflict`] if it was decided already, [`Error::Forbidden`] for programs, a field error on a `reason`
    /// that is too long.
    pub async fn decline(&self, actor: &Actor, id: Uuid, reason: Option<String>) -> Result<Approval> {
        let approver = self.in_person(actor).await?;
        let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        if reason.as_ref().is_some_and(|reason| reason.chars().count() > Self::LONGEST_REASON) {
            let message = format!("A reason has {} characters at most.", Self::LONGEST_REASON);
            return Err(FieldError::new("reason", "too_long", message).hint("Say it shorter.").into());
        }
        let approval = self.to_decide(&approver, id).await?;
        self.end(actor, approval, ApprovalState::Declined, reason).await
    }

    /// Takes a request back; nobody need decide it any more.
    ///
    /// # Errors
    /// [`Error::NotFound`] unless the actor made it, [`Error::Conflict`] if it was decided already.
    pub async fn withdraw_approval(&self, actor: &Actor, id: Uuid) -> Result<Approval> {
        let approval = self.approval(actor, id).await?;
        if Some(approval.asker) != actor.who().user() {
            return Err(Error::not_found(format!("Approval {id}")));
        }
        self.end(actor, still_open(approval)?, ApprovalState::Withdrawn, None).await
    }

    /// Marks a request that nobody decided in time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn expire_approval(&self, tenant: TenantId, id: Uuid) -> Result<()> {
        let now = self.now();
        let expired = self.db().transact(tenant, move |tx| {
            let values = [now.into(), tenant.into(), id.into(), now.into()];
            async move {
                let expire = "update approval set state = 'expired', decided_at = ? where tenant_id = ? and id = ? \
                     and state = 'pending' and expires_at <= ?";
                tx.execute(Sql::fixed(expire, values)).await.map(drop)
            }
            .boxed()
        });
        expired.await
    }

    async fn end(
        &self,
        actor: &Actor,
        approval: Approval,
        state: ApprovalState,
        reason: Option<String>,
    ) -> Result<Approval> {
        let (tenant, id, now, approval) = (actor.tenant(), approval.id, self.now(), Arc::new(approval));
        let ended = self.db().transact(tenant, move |tx| {
            let (approval, reason) = (approval.clone(), reason.clone());
            async move { decide(tx, tenant, &approval, state, reason, now).await }.boxed()
        });
        ended.await?;
        self.approval(actor, id).await
    }

    /// The same person with the rights of now: who signed in, not a program that acts for them.
    async fn in_person(&self, actor: &Actor) -> Result<Actor> {
        let Principal::User { id } = actor.who() else {
            return Err(Error::Forbidden { verb: "decide".into(), what: "for a person as a program".into() });
        };
        let person = self.actor_for_user(actor.tenant(), *id, actor.via()).await?;
        Ok(person.speaking(actor.language()).in_zone(actor.zone().clone()))
    }

    async fn to_decide(&self, actor: &Actor, id: Uuid) -> Result<Approval> {
        let approval = self.approval(actor, id).await?;
        if Some(approval.approver) != actor.who().user() {
            return Err(Error::Forbidden { verb: "decide".into(), what: "what you have asked for yourself".into() });
        }
        still_open(approval)
    }
}

fn still_open(approval: Approval) -> Result<Approval> {
    match approval.state {
        ApprovalState::Pending => Ok(approval),
        state => Err(Error::Conflict(format!("It is {} already. Nothing was changed.", state.name()))),
    }
}

/// Takes the request, for exactly one of all who try; what it has said so far is settled, and its asker is told.
async fn decide(
    tx: &mut Tx,
    tenant: TenantId,
    approval: &Approval,
    state: ApprovalState,
    reason: Option<String>,
    now: Timestamp,
) -> Result<()> {
    let take = "update approval set state = ?, reason = ?, decided_at = ? where tenant_id = ? and id = ? \
         and state = 'pending' and expires_at > ?";
    let values = [state.name().into(), reason.into(), now.into(), tenant.into(), approval.id.into(), now.into()];
    if tx.execute(Sql::fixed(take, values)).await? != 1 {
        return Err(Error::Conflict("Somebody has decided it already. Nothing was changed.".into()));
    }
    let settle = "update staff_turn set settled_at = ? where tenant_id = ? and user_id = ? and conversation_id = ? \
         and promise_id = ? and settled_at is null";
    let (id, approver) = (approval.id, approval.approver);
    tx.execute(Sql::fixed(settle, [now.into(), tenant.into(), approver.into(), id.into(), id.into()])).await?;
    let untold = "delete from promise where tenant_id = ? and user_id = ? and id = ?";
    tx.execute(Sql::fixed(untold, [tenant.into(), approver.into(), id.into()])).await?;
    let asker = Sql::fixed(
        " where tenant_id = ? and user_id = ? and id = ?",
        [tenant.into(), approval.asker.into(), id.into()],
    );
    let mut news = match state {
        ApprovalState::Withdrawn => Sql::new("delete from promise"),
        _ => Sql::fixed("update promise set due_at = ?", [now.into()]),
    };
    news.append(asker);
    tx.execute(news).await.map(drop)
}
