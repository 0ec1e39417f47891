//! Deciding what a colleague asks for.

use super::{ShownApproval, change_of};
use crate::staff::answer::{Answer, Kind, Listed};
use crate::staff::dialogue::{Outcome, Pending, Standing, Turn};
use crate::staff::{Staff, language};
use crate::texts::fill;
use crm_core::desk::{Approval, ApprovalState};
use crm_core::{Actor, Error, Result};
use uuid::Uuid;

impl Staff {
    /// Exactly what a request would change, as whoever decides sees it now.
    pub(super) async fn card(&self, actor: &Actor, approval: &Approval) -> Result<Answer> {
        let shown = self.shown_approval(actor, approval);
        let bare = Answer { approval: Some(shown.clone()), ..Answer::bare(1.0) };
        let proposal = match change_of(approval) {
            Some(change) => self.proposal(actor, change, &self.crm.schema(actor), language(actor), bare.clone()).await,
            None => Err(Error::NotFound { what: "What was asked for".into() }),
        };
        match proposal {
            // Nothing but the request itself is agreed to with it.
            Ok(answer) => Ok(Answer { proposed: None, ..answer }),
            // It is gone, or out of sight: that can still be declined.
            Err(Error::NotFound { .. } | Error::Forbidden { .. }) => {
                Ok(Answer { kind: Kind::Proposal, understood: shown.title, ..bare })
            }
            Err(error) => Err(error),
        }
    }
}

impl Turn<'_> {
    /// What waits for the person's yes, and for others' to what they asked for.
    pub(in crate::staff) async fn approvals(&self, standing: Standing) -> Result<Outcome> {
        let (texts, crm) = (self.texts(), &self.staff.crm);
        let (to_decide, mut shown) = (crm.approvals_to_decide(self.actor).await?, Vec::new());
        if let [one] = to_decide.as_slice() {
            return self.to_decide(one.id, standing).await;
        }
        shown.extend(to_decide.iter().map(|approval| self.staff.shown_approval(self.actor, approval)));
        let asked = crm.approvals_asked(self.actor).await?;
        let waits = asked.iter().filter(|approval| approval.state == ApprovalState::Pending);
        shown.extend(waits.map(|approval| self.staff.shown_approval(self.actor, approval)));
        let message = match (to_decide.is_empty(), shown.is_empty()) {
            (_, true) => &texts.no_approvals,
            (true, false) => &texts.approvals_asked,
            (false, false) => &texts.approvals,
        };
        let choices: Vec<Listed> = to_decide.iter().map(listed).collect();
        let pending = Some(Pending::WhichApproval { choices }).filter(|_| !to_decide.is_empty());
        let answer = Answer { approvals: Some(shown), ..Answer::talk() };
        Ok(Outcome { answer, message: Some(message.clone()), standing: Standing { pending, ..standing } })
    }

    /// Shows one of those that wait for the person's yes.
    pub(in crate::staff) async fn to_decide(&self, id: Uuid, standing: Standing) -> Result<Outcome> {
        let approval = self.staff.crm.approval(self.actor, id).await?;
        if approval.state != ApprovalState::Pending {
            return Ok(self.stands(&approval, standing));
        }
        let answer = self.staff.card(self.actor, &approval).await?;
        let message = Some(self.staff.asks(self.actor, &approval));
        let pending = Some(Pending::Approve { id, seen: None });
        Ok(Outcome { answer, message, standing: Standing { pending, ..standing } })
    }

    /// Says yes to a request, which does it.
    pub(in crate::staff) async fn approve(
        &self,
        place: i64,
        id: Uuid,
        seen: Option<i64>,
        standing: Standing,
    ) -> Result<Outcome> {
        let (crm, standing) = (&self.staff.crm, Standing { pending: None, ..standing });
        match crm.approve(self.actor, id, seen).await {
            Ok((approval, written)) => {
                self.settle(place).await?;
                let ShownApproval { title, .. } = self.staff.shown_approval(self.actor, &approval);
                Ok(self.done(written, title, standing))
            }
            Err(Error::Stale { current_version, changed }) => {
                let answer = self.staff.card(self.actor, &crm.approval(self.actor, id).await?).await?;
                let pending = Some(Pending::Approve { id, seen: Some(current_version) });
                let message = Some(self.told_meanwhile(&changed));
                Ok(Outcome { answer, message, standing: Standing { pending, ..standing } })
            }
            Err(error) => {
                let approval = crm.approval(self.actor, id).await?;
                if approval.state != ApprovalState::Pending {
                    return Ok(self.stands(&approval, standing));
                }
                // It can still be declined.
                let standing = Standing { pending: Some(Pending::Approve { id, seen }), ..standing };
                Ok(Outcome::says(fill(&self.texts().refused, &[("why", &self.why(error)?)]), standing))
            }
        }
    }

    /// Says no to a request.
    pub(in crate::staff) async fn decline(
        &self,
        place: i64,
        id: Uuid,
        reason: Option<String>,
        standing: Standing,
    ) -> Result<Outcome> {
        let (crm, standing) = (&self.staff.crm, Standing { pending: None, ..standing });
        match crm.decline(self.actor, id, reason).await {
            Ok(approval) => {
                self.settle(place).await?;
                let message = fill(&self.texts().declined, &[("who", &approval.asker_name)]);
                Ok(Outcome::says(message, standing))
            }
            Err(Error::Conflict(_)) => Ok(self.stands(&crm.approval(self.actor, id).await?, standing)),
            Err(error @ Error::Forbidden { .. }) => {
                Ok(Outcome::says(fill(&self.texts().refused, &[("why", &self.why(error)?)]), standing))
            }
            Err(error) => Err(error),
        }
    }

    /// How a request stands that is decided no more.
    fn stands(&self, approval: &Approval, standing: Standing) -> Outcome {
        let texts = self.texts();
        let how = match approval.state {
            ApprovalState::Approved => &texts.was_approved,
            ApprovalState::Declined => &texts.was_declined,
            ApprovalState::Withdrawn => &texts.was_withdrawn,
            // What changed back meanwhile waits again, and is pressed again.
            ApprovalState::Expired | ApprovalState::Pending => &texts.was_expired,
        };
        Outcome::says(fill(how, &[("who", &approval.asker_name)]), Standing { pending: None, ..standing })
    }
}

fn listed(approval: &Approval) -> Listed {
    Listed { object: "approval".into(), id: approval.id, name: approval.title.clone() }
}
