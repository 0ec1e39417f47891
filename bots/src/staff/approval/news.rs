//! What either side of a request is told without asking: that it waits for their yes, and what became of it.

use super::change_of;
use crate::staff::answer::{Answer, Listed};
use crate::staff::dialogue::Pending;
use crate::staff::promise::{Saying, linked, told_moment};
use crate::staff::{Staff, language, texts};
use crate::texts::fill;
use crm_core::desk::{Approval, ApprovalState};
use crm_core::{Actor, Error, Result};
use uuid::Uuid;

impl Staff {
    /// What there is to tell somebody of a request now, if anything is.
    pub(in crate::staff) async fn news(&self, actor: &Actor, id: Uuid) -> Result<Option<Saying>> {
        let mut approval = match self.crm.approval(actor, id).await {
            Ok(approval) => approval,
            Err(Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        if Some(approval.approver) == actor.who().user() {
            // What was withdrawn, or decided from the list, need not be asked any more.
            let waits = approval.state == ApprovalState::Pending;
            return if waits { self.asking(actor, &approval).await.map(Some) } else { Ok(None) };
        }
        if approval.state == ApprovalState::Expired {
            self.crm.expire_approval(actor.tenant(), id).await?;
            approval = self.crm.approval(actor, id).await?;
        }
        self.outcome(actor, &approval).await
    }

    async fn asking(&self, actor: &Actor, approval: &Approval) -> Result<Saying> {
        let answer = self.card(actor, approval).await?;
        let pending = Some(Pending::Approve { id: approval.id, seen: None });
        Ok(Saying { answer, message: self.asks(actor, approval), pending })
    }

    /// Who asks, and until when it can be decided.
    pub(super) fn asks(&self, actor: &Actor, approval: &Approval) -> String {
        let language = language(actor);
        let until = told_moment(approval.expires_at, actor, language);
        fill(&texts::of(language).asks_approval, &[("who", &approval.asker_name), ("until", &until)])
    }

    /// What became of what somebody asked for.
    async fn outcome(&self, actor: &Actor, approval: &Approval) -> Result<Option<Saying>> {
        let texts = texts::of(language(actor));
        let shown = self.shown_approval(actor, approval);
        let reason = approval.reason.as_deref();
        let told = match (approval.state, reason) {
            (ApprovalState::Approved, _) => &texts.told_approved,
            (ApprovalState::Declined, None) => &texts.told_declined,
            (ApprovalState::Declined, Some(_)) => &texts.told_declined_because,
            (ApprovalState::Expired, _) => &texts.told_expired,
            (ApprovalState::Pending | ApprovalState::Withdrawn, _) => return Ok(None),
        };
        let words = [
            ("who", approval.approver_name.as_str()),
            ("what", shown.title.as_str()),
            ("why", reason.unwrap_or_default()),
        ];
        let message = fill(told, &words);
        let target = change_of(approval).and_then(|change| change.target).map(Listed::from);
        let seen = match &target {
            Some(record) => self.crm.get(actor, &record.object, record.id).await.is_ok(),
            None => false,
        };
        let about = target.filter(|_| seen);
        let answer = Answer {
            object: about.as_ref().map(|about| about.object.clone()),
            records: about.as_ref().map(|about| vec![linked(about)]),
            ..Answer::talk()
        };
        Ok(Some(Saying::of(answer, message)))
    }
}
