//! What the bot does for members of staff by itself: it sends an answer again and again, reminds them, and tells them
//! what happened.
//!
//! A text that wants it is proposed like a change and, once agreed to, kept as a row (`dialogue`). Every node looks for
//! what is due (`watch`), and one of them keeps each promise (`keep`): as the person, with their rights of that moment,
//! in the conversation in which it was promised. What waits for something to happen is woken by the log (`happened`).

mod dialogue;
mod digest;
mod happened;
mod keep;
mod replay;
mod watch;
mod when;

pub(super) use dialogue::linked;
pub(super) use keep::Saying;
pub use watch::Told as ToldTo;

use super::Staff;
use super::answer::Listed;
use crm_core::desk::{Promise, QuietHours};
use crm_core::{Actor, Result};
use jiff::Timestamp;
use jiff::civil::DateTime;
use nlu::Language;
use nlu::staff::{Request, Rhythm, moment_told};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The kind of promises that wait for something to happen.
const TELL: &str = "tell";

/// What is done when it is due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "does", rename_all = "snake_case")]
pub(in crate::staff) enum Doing {
    /// An answer is sent.
    Answer {
        /// What was asked for.
        request: Request,
        /// The texts that asked for it, one after the other: by them "this month" moves with the present.
        texts: Vec<String>,
    },
    /// What is on somebody's plate is told.
    Digest,
    /// They are reminded.
    Remind {
        /// Of what, in their words.
        of: String,
        /// The record that it is about.
        about: Option<Listed>,
    },
    /// They are told what happened.
    Tell {
        /// To which records; what holds of them then.
        request: Request,
        /// Which fields have changed then; any, if none is named.
        fields: Vec<String>,
    },
    /// They are told how a request for approval stands.
    Approval {
        /// Which.
        id: Uuid,
    },
}

impl Doing {
    fn kind(&self) -> &'static str {
        match self {
            Self::Answer { .. } => "answer",
            Self::Digest => "digest",
            Self::Remind { .. } => "remind",
            Self::Tell { .. } => TELL,
            Self::Approval { .. } => "approval",
        }
    }

    /// Whether it waits for the end of quiet hours. A reminder comes when it was asked for.
    fn waits(&self) -> bool {
        !matches!(self, Self::Remind { .. })
    }
}

/// Something that waits for the person's yes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::staff) struct Plan {
    doing: Doing,
    title: String,
    rhythm: Option<Rhythm>,
    /// When it comes if it comes once, by the clock on the person's wall.
    at: Option<DateTime>,
}

/// A promise, as it is shown to the person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Promised {
    /// Its id.
    pub id: Uuid,
    /// `answer`, `digest`, `remind` or `tell`.
    pub kind: String,
    /// What it is about.
    pub title: String,
    /// When it comes, in words of the person's language.
    pub when: String,
    /// When it comes next; none if it waits for something to happen.
    pub next_at: Option<Timestamp>,
    /// The conversation in which it is told.
    pub conversation: Uuid,
}

impl Staff {
    /// What the bot does for the actor by itself, the next first.
    ///
    /// # Errors
    /// When the database does not answer, and for actors who are no users.
    pub async fn promised(&self, actor: &Actor) -> Result<Vec<Promised>> {
        let quiet = self.crm.quiet_hours(actor).await?;
        Ok(self.crm.promises(actor).await?.iter().map(|promise| shown(promise, actor, quiet)).collect())
    }
}

fn shown(promise: &Promise, actor: &Actor, quiet: Option<QuietHours>) -> Promised {
    let language = super::language(actor);
    let next_at = if promise.kind == TELL { None } else { promise.due_at };
    let when = match (rhythm_of(promise), next_at) {
        (Some(rhythm), _) => rhythm.told(language),
        (None, Some(at)) => moment_told(at.to_zoned(actor.zone().clone()).datetime(), language),
        (None, None) => super::texts::of(language).when_it_happens.clone(),
    };
    let next_at = next_at.map(|at| match doing_of(promise).filter(Doing::waits).and(quiet) {
        Some(quiet) => when::not_quiet(at, actor.zone(), Some(quiet)),
        None => at,
    });
    Promised {
        id: promise.id,
        kind: promise.kind.clone(),
        title: promise.title.clone(),
        when,
        next_at,
        conversation: promise.conversation,
    }
}

/// What a promise does; none if an older version wrote it otherwise.
fn doing_of(promise: &Promise) -> Option<Doing> {
    serde_json::from_value(promise.what.clone()).ok()
}

fn rhythm_of(promise: &Promise) -> Option<Rhythm> {
    promise.rhythm.clone().and_then(|rhythm| serde_json::from_value(rhythm).ok())
}

/// "Monday, 2018-01-01 08:00", in the actor's zone.
pub(super) fn told_moment(at: Timestamp, actor: &Actor, language: Language) -> String {
    moment_told(at.to_zoned(actor.zone().clone()).datetime(), language)
}
