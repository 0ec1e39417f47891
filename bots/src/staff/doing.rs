//! Doing what was agreed to in a conversation, and taking it back.

use super::answer::{Answer, Kind, Proposed, shown};
use super::dialogue::{Outcome, Pending, Standing, Turn};
use crate::texts::fill;
use crm_core::{Error, MeanwhileChange, Result, Written};

impl Turn<'_> {
    /// Makes a change that was agreed to.
    pub(super) async fn carry_out(&self, proposed: Proposed, standing: Standing) -> Result<Outcome> {
        let texts = self.texts();
        match self.staff.crm.write(self.actor, proposed.command.clone()).await {
            Ok(written) => Ok(self.done(written, proposed.what, standing)),
            Err(Error::Stale { current_version, changed }) => {
                let answer = Answer { kind: Kind::Proposal, understood: proposed.what.clone(), ..Answer::talk() };
                let newer = Proposed { command: proposed.command.seen_at(current_version), ..proposed };
                let standing = Standing { pending: Some(Pending::Confirm(Box::new(newer))), ..standing };
                Ok(Outcome { answer, message: Some(self.told_meanwhile(&changed)), standing })
            }
            Err(error) if error.lacks_right() => {
                let why = fill(&texts.refused, &[("why", &self.why(error)?)]);
                let answer = Answer { ask_approval: true, ..Answer::talk() };
                let pending = Some(Pending::Approver { proposed: Box::new(proposed), choices: Vec::new() });
                let message = Some(format!("{why} {}", texts.may_ask));
                Ok(Outcome { answer, message, standing: Standing { pending, ..standing } })
            }
            Err(error) => Ok(Outcome::says(fill(&texts.refused, &[("why", &self.why(error)?)]), standing)),
        }
    }

    /// What is said once a change was made.
    pub(super) fn done(&self, written: Written, what: String, standing: Standing) -> Outcome {
        let message = fill(&self.texts().done, &[("what", &what)]);
        let answer = Answer {
            kind: Kind::Done,
            understood: what.clone(),
            object: Some(written.object),
            done: Some(written.id),
            records: written.record.as_ref().map(|record| vec![shown(record)]),
            ..Answer::talk()
        };
        let undo = written.sequence.map(|sequence| (sequence, what));
        let shown = standing.shown.after(&answer);
        Outcome { answer, message: Some(message), standing: Standing { undo, shown, ..standing } }
    }

    /// What changed since it was proposed.
    pub(super) fn told_meanwhile(&self, changed: &[MeanwhileChange]) -> String {
        let texts = self.texts();
        let change = |change: &MeanwhileChange| {
            let after = change.to.as_str().map_or_else(|| change.to.to_string(), str::to_owned);
            fill(&texts.change, &[("field", &change.field), ("after", &after)])
        };
        let changes: Vec<String> = changed.iter().map(change).collect();
        fill(&texts.stale, &[("changes", &changes.join(", "))])
    }

    /// What is wrong with a change, for its maker; failures of ours stay errors.
    pub(super) fn why(&self, error: Error) -> Result<String> {
        match error {
            Error::Invalid(fields) => {
                let told = fields.iter().map(|field| match &field.hint {
                    Some(hint) => format!("{} {hint}", field.message),
                    None => field.message.clone(),
                });
                Ok(told.collect::<Vec<_>>().join(" "))
            }
            Error::NotFound { .. } | Error::Forbidden { .. } | Error::Conflict(_) | Error::TooLarge(_) => {
                Ok(error.to_string())
            }
            error => Err(error),
        }
    }

    /// Takes back the last change of the conversation, unless somebody has changed the same again.
    pub(super) async fn undo(&self, standing: Standing) -> Result<Outcome> {
        let texts = self.texts();
        let Some((sequence, what)) = standing.undo.clone() else {
            if let Some(promise) = standing.promise {
                return self.end(promise, standing).await;
            }
            return Ok(Outcome::says(&texts.nothing_to_undo, standing));
        };
        match self.staff.crm.revert(self.actor, sequence).await {
            Ok(_) => Ok(Outcome::says(fill(&texts.undone, &[("what", &what)]), Standing { undo: None, ..standing })),
            Err(error) => Ok(Outcome::says(fill(&texts.changed_again, &[("why", &self.why(error)?)]), standing)),
        }
    }
}
