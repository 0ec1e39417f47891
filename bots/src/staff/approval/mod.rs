//! A colleague's yes to a change: asked for in a conversation (`asking`), found (`people`), shown to whoever shall
//! decide and decided there (`deciding`), and told to whoever asked (`news`). What waits is a row
//! ([`crm_core::desk::Approval`]); nothing that is understood by a model or comes from a program says yes.

mod asking;
mod deciding;
mod news;
mod people;

use super::{Staff, language};
use crm_core::desk::{Approval, ApprovalState};
use crm_core::{Actor, Result};
use jiff::Timestamp;
use nlu::staff::Change;
use serde::Serialize;
use uuid::Uuid;

/// Somebody by their name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Person {
    /// The user's id.
    pub id: Uuid,
    /// What they are called.
    pub name: String,
}

/// A request for approval, as it is shown to whoever asked or decides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownApproval {
    /// Its id.
    pub id: Uuid,
    /// How it stands.
    pub state: ApprovalState,
    /// The change in a line, in the reader's language.
    pub title: String,
    /// The object of the record that is changed or made.
    pub object: String,
    /// The record, by its name; none if one is made.
    pub record: Option<Person>,
    /// Who asked.
    pub asker: Person,
    /// Who shall decide, or did.
    pub approver: Person,
    /// Why it was declined.
    pub reason: Option<String>,
    /// When it was asked.
    pub created_at: Timestamp,
    /// Until when it can be decided.
    pub expires_at: Timestamp,
    /// When it was decided or withdrawn.
    pub decided_at: Option<Timestamp>,
}

/// The requests that somebody has to do with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Approvals {
    /// What waits for their yes or no, the oldest first.
    pub to_decide: Vec<ShownApproval>,
    /// What they asked for, the last first.
    pub asked: Vec<ShownApproval>,
}

impl Staff {
    /// The requests that the actor is to decide, and those that they made.
    ///
    /// # Errors
    /// When the database does not answer, and for actors who are no users.
    pub async fn approvals(&self, actor: &Actor) -> Result<Approvals> {
        let shown = |approvals: Vec<Approval>| {
            approvals.iter().map(|approval| self.shown_approval(actor, approval)).collect::<Vec<_>>()
        };
        let to_decide = shown(self.crm.approvals_to_decide(actor).await?);
        Ok(Approvals { to_decide, asked: shown(self.crm.approvals_asked(actor).await?) })
    }

    /// A request as the actor reads it.
    pub fn shown_approval(&self, actor: &Actor, approval: &Approval) -> ShownApproval {
        let change = change_of(approval);
        // Whoever may not see the object any more is not told what was to become of it.
        let title = change.as_ref().filter(|change| actor.rights().may_see(&change.object));
        let title = title.map(|change| change.shown(&self.crm.schema(actor), language(actor)));
        let record = change.and_then(|change| change.target);
        let Approval { id, state, created_at, expires_at, decided_at, .. } = *approval;
        ShownApproval {
            id,
            state,
            object: approval.command.object().to_owned(),
            record: record.filter(|_| title.is_some()).map(|record| Person { id: record.id, name: record.name }),
            title: title.unwrap_or_else(|| "–".to_owned()),
            asker: Person { id: approval.asker, name: approval.asker_name.clone() },
            approver: Person { id: approval.approver, name: approval.approver_name.clone() },
            reason: approval.reason.clone(),
            created_at,
            expires_at,
            decided_at,
        }
    }
}

/// The change as it was understood; none if an older version wrote it otherwise.
fn change_of(approval: &Approval) -> Option<Change> {
    serde_json::from_value(approval.change.clone()).ok()
}
