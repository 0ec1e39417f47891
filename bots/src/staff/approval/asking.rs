//! Asking a colleague for their yes to what was proposed.

use crate::staff::answer::{Answer, Kind, Listed, Proposed};
use crate::staff::dialogue::{Outcome, Pending, Standing, Turn};
use crate::staff::promise::told_moment;
use crate::texts::fill;
use crm_core::desk::{Approval, ApprovalState, NewApproval};
use crm_core::{Error, Result};
use nlu::staff::{Approval as Said, Approver, approver, choice};
use serde_json::json;
use uuid::Uuid;

/// Nobody's name has more words.
const NAME: usize = 4;

impl Turn<'_> {
    /// What comes of what somebody says about approvals.
    pub(in crate::staff) async fn approval(&self, said: Said, standing: Standing) -> Result<Outcome> {
        let (of, what) = match said {
            Said::List => return self.approvals(standing).await,
            Said::Withdraw => return self.withdraw_last(standing).await,
            Said::Ask { of, what } => (of, what),
        };
        let Some(text) = what else {
            let Some(proposed) = proposed(&standing) else {
                return Ok(Outcome::says(&self.texts().nothing_to_approve, standing));
            };
            if !self.settle(self.place()).await? {
                return Ok(Outcome::says(&self.texts().already, Standing { pending: None, ..standing }));
            }
            return self.whom(of, proposed, standing).await;
        };
        let outcome = self.ask(&text, &standing, None).await?;
        // What a model has understood is seen by whoever asks before anybody else is.
        match &outcome.standing.pending {
            Some(Pending::Confirm(proposed)) if outcome.answer.may_be_done_at_once() => {
                self.whom(of, *proposed.clone(), standing).await
            }
            _ => Ok(outcome),
        }
    }

    /// Who shall be asked for their yes to what a turn has proposed.
    pub(in crate::staff) async fn who_approves(&self, place: i64, standing: Standing) -> Result<Outcome> {
        let Some(proposed) = proposed(&standing) else {
            return Ok(Outcome::says(&self.texts().nothing_to_approve, standing));
        };
        if !self.settle(place).await? {
            return Ok(Outcome::says(&self.texts().already, Standing { pending: None, ..standing }));
        }
        self.whom(Approver::Anybody, proposed, standing).await
    }

    /// Asks the one colleague who is meant, or which one is.
    async fn whom(&self, of: Approver, proposed: Proposed, standing: Standing) -> Result<Outcome> {
        let texts = self.texts();
        let (people, nobody) = match of {
            Approver::Anybody => return self.offer(proposed, texts.who_approves.clone(), standing).await,
            Approver::Manager => {
                (self.staff.manager(self.actor).await?.into_iter().collect(), texts.no_manager.clone())
            }
            Approver::Named(name) => {
                let nobody = fill(&texts.unknown_colleague, &[("name", &name)]);
                (self.staff.colleagues(self.actor, &name).await?, nobody)
            }
        };
        match people.as_slice() {
            [] => self.offer(proposed, nobody, standing).await,
            [one] => self.request(one, proposed, standing).await,
            _ => Ok(asks_who(proposed, people, texts.which_one.clone(), standing)),
        }
    }

    /// Says why nobody has been asked yet, and who could be.
    async fn offer(&self, proposed: Proposed, message: String, standing: Standing) -> Result<Outcome> {
        let people = self.staff.who_may(self.actor, &proposed.command).await?;
        let found = if people.is_empty() { &self.texts().nobody_may } else { &self.texts().may_approve };
        Ok(asks_who(proposed, people, format!("{message} {found}"), standing))
    }

    /// Asks a colleague.
    async fn request(&self, colleague: &Listed, proposed: Proposed, standing: Standing) -> Result<Outcome> {
        let (texts, who) = (self.texts(), [("who", colleague.name.as_str())]);
        let new = NewApproval {
            approver: colleague.id,
            title: proposed.what.clone(),
            command: proposed.command.clone(),
            change: json!(proposed.change),
            conversation: self.conversation,
        };
        match self.staff.crm.ask_approval(self.actor, new).await {
            Ok(approval) => Ok(self.asked_for(&approval, standing)),
            Err(Error::Invalid(fields)) if fields.iter().any(|field| field.code == "same_person") => {
                self.offer(proposed, texts.not_yourself.clone(), standing).await
            }
            Err(Error::Invalid(fields)) if fields.iter().any(|field| field.code == "not_permitted") => {
                self.offer(proposed, fill(&texts.may_not_either, &who), standing).await
            }
            Err(error) => {
                let standing = Standing { pending: None, ..standing };
                Ok(Outcome::says(fill(&texts.refused, &[("why", &self.why(error)?)]), standing))
            }
        }
    }

    fn asked_for(&self, approval: &Approval, standing: Standing) -> Outcome {
        let until = told_moment(approval.expires_at, self.actor, self.language);
        let message = fill(&self.texts().approval_asked, &[("who", &approval.approver_name), ("until", &until)]);
        let answer = Answer {
            understood: approval.title.clone(),
            approvals: Some(vec![self.staff.shown_approval(self.actor, approval)]),
            ..Answer::talk()
        };
        let standing = Standing { pending: None, approval: Some(approval.id), ..standing };
        Outcome { answer, message: Some(message), standing }
    }

    /// Asks the colleague whom a text names, if it names one: one of the choices, or anybody by a mere name.
    pub(in crate::staff) async fn approver_named(
        &self,
        text: &str,
        choices: &[Listed],
        standing: &Standing,
    ) -> Result<Option<Outcome>> {
        let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
        let mut chosen = choice(text, &names, self.language).and_then(|place| choices.get(place)).cloned();
        if chosen.is_none() && text.split_whitespace().count() <= NAME {
            chosen = match approver(text, self.language) {
                Approver::Manager => self.staff.manager(self.actor).await?,
                Approver::Named(name) => match self.staff.colleagues(self.actor, &name).await?.as_slice() {
                    [one] => Some(one.clone()),
                    _ => None,
                },
                Approver::Anybody => None,
            };
        }
        let (Some(chosen), Some(proposed)) = (chosen, proposed(standing)) else { return Ok(None) };
        if !self.settle(self.place()).await? {
            return Ok(Some(Outcome::says(&self.texts().already, standing.clone())));
        }
        self.request(&chosen, proposed, standing.clone()).await.map(Some)
    }

    /// Asks the colleague who was chosen by a press.
    pub(in crate::staff) async fn approver_chosen(&self, place: i64, id: Uuid, standing: Standing) -> Result<Outcome> {
        let Some(Pending::Approver { proposed, choices }) = standing.pending.clone() else {
            return Ok(Outcome::says(&self.texts().nothing_to_approve, standing));
        };
        let Some(chosen) = choices.iter().find(|choice| choice.id == id) else {
            return Ok(Outcome::says(&self.texts().nothing_to_approve, standing));
        };
        if !self.settle(place).await? {
            return Ok(Outcome::says(&self.texts().already, Standing { pending: None, ..standing }));
        }
        self.request(chosen, *proposed, standing).await
    }

    /// Takes back the request that was spoken about, or the only one that waits.
    async fn withdraw_last(&self, standing: Standing) -> Result<Outcome> {
        let asked = self.staff.crm.approvals_asked(self.actor).await?;
        let waits = |approval: &&Approval| approval.state == ApprovalState::Pending;
        let open: Vec<&Approval> = asked.iter().filter(waits).collect();
        let spoken_of = open.iter().find(|approval| Some(approval.id) == standing.approval);
        match (spoken_of, open.as_slice()) {
            (Some(one), _) | (None, [one]) => self.withdraw(one.id, standing).await,
            (None, []) => Ok(Outcome::says(&self.texts().nothing_to_withdraw, standing)),
            (None, many) => {
                let shown = many.iter().map(|approval| self.staff.shown_approval(self.actor, approval)).collect();
                let answer = Answer { approvals: Some(shown), ..Answer::talk() };
                Ok(Outcome { answer, message: Some(self.texts().withdraw_which.clone()), standing })
            }
        }
    }

    /// Takes a request back.
    pub(in crate::staff) async fn withdraw(&self, id: Uuid, standing: Standing) -> Result<Outcome> {
        let standing = Standing { approval: None, ..standing };
        match self.staff.crm.withdraw_approval(self.actor, id).await {
            Ok(approval) => {
                let told = [("who", approval.approver_name.as_str()), ("what", approval.title.as_str())];
                Ok(Outcome::says(fill(&self.texts().withdrawn, &told), standing))
            }
            Err(error) => Ok(Outcome::says(fill(&self.texts().refused, &[("why", &self.why(error)?)]), standing)),
        }
    }
}

/// The change that waits for a yes.
fn proposed(standing: &Standing) -> Option<Proposed> {
    match &standing.pending {
        Some(Pending::Confirm(proposed) | Pending::Approver { proposed, .. }) => Some(*proposed.clone()),
        _ => None,
    }
}

fn asks_who(proposed: Proposed, choices: Vec<Listed>, message: String, standing: Standing) -> Outcome {
    let shown = Some(choices.clone()).filter(|choices| !choices.is_empty());
    let answer = Answer { kind: Kind::Clarify, understood: proposed.what.clone(), choices: shown, ..Answer::talk() };
    let pending = Some(Pending::Approver { proposed: Box::new(proposed), choices });
    Outcome { answer, message: Some(message), standing: Standing { pending, ..standing } }
}
