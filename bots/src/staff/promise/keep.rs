//! Keeping a promise that is due, as the person and with their rights of that moment.

use super::dialogue::linked;
use super::{Doing, doing_of, rhythm_of, when};
use crate::staff::answer::{Answer, Kind};
use crate::staff::dialogue::{Pending, Standing};
use crate::staff::shown::Shown;
use crate::staff::{Staff, language, texts};
use crate::texts::fill;
use crm_core::desk::{Afterwards, NewStaffTurn, Promise};
use crm_core::{Actor, Error, Result, Surface};
use jiff::tz::TimeZone;
use nlu::staff::Request;
use serde_json::Value as Json;
use std::time::Instant;

/// How many records are listed in what is sent.
const LISTED: usize = 20;

/// What is said when a promise is kept.
pub(in crate::staff) struct Saying {
    pub(in crate::staff) answer: Answer,
    pub(in crate::staff) message: String,
    /// What is asked with it.
    pub(in crate::staff) pending: Option<Pending>,
}

impl Saying {
    pub(in crate::staff) fn of(answer: Answer, message: impl Into<String>) -> Self {
        Self { answer, message: message.into(), pending: None }
    }
}

impl Staff {
    /// Keeps a promise that this node has claimed.
    pub(super) async fn fulfil(&self, promise: &Promise) -> Result<()> {
        let begun = Instant::now();
        let actor = match self.crm.actor_for_user(promise.tenant, promise.user, Surface::Automation).await {
            Ok(actor) => actor,
            // Whoever is not there any more is told nothing.
            Err(Error::Unauthenticated(_)) => {
                let zone = TimeZone::get(&promise.zone).unwrap_or(TimeZone::UTC);
                return self.go_on(promise, None, self.afterwards(promise, &zone).await?, &promise.zone).await;
            }
            Err(error) => return Err(error),
        };
        let zone = actor.zone().iana_name().unwrap_or("UTC").to_owned();
        let Some(doing) = doing_of(promise) else {
            return self.go_on(promise, None, Afterwards::Over, &zone).await;
        };
        if let Some(later) = self.rather_later(promise, &doing, &actor).await? {
            return self.go_on(promise, None, later, &zone).await;
        }
        let (saying, then) = match &doing {
            Doing::Tell { request, fields } => {
                let (happened, seen) = self.happened(&actor, promise, request, fields).await?;
                (happened, Afterwards::Seen(seen))
            }
            Doing::Approval { id } => (Box::pin(self.news(&actor, *id)).await?, Afterwards::Over),
            _ => (Some(self.saying(&actor, promise, &doing).await?), self.afterwards(promise, actor.zone()).await?),
        };
        let turn = saying.map(|saying| self.turn_of(promise, saying, &doing, begun)).transpose()?;
        self.go_on(promise, turn, then, &zone).await
    }

    async fn go_on(&self, promise: &Promise, say: Option<NewStaffTurn>, then: Afterwards, zone: &str) -> Result<()> {
        if !self.crm.fulfil(promise, say, then, zone).await? {
            tracing::info!(promise = %promise.id, "a promise was ended, or kept elsewhere, meanwhile");
        }
        Ok(())
    }

    /// When it is due after now.
    async fn afterwards(&self, promise: &Promise, zone: &TimeZone) -> Result<Afterwards> {
        let next = rhythm_of(promise).and_then(|rhythm| when::next(&rhythm, self.crm.now(), zone));
        Ok(match next {
            Some(at) => Afterwards::DueAt(at),
            None if promise.kind == super::TELL => Afterwards::Seen(self.crm.last_sequence(promise.tenant).await?),
            None => Afterwards::Over,
        })
    }

    /// Whether it is too early where the person is now, or quiet there: when it is due then.
    async fn rather_later(&self, promise: &Promise, doing: &Doing, actor: &Actor) -> Result<Option<Afterwards>> {
        let now = self.crm.now();
        if let Some(due_at) = promise.due_at.filter(|_| promise.rhythm.is_some())
            && let Some(at) = when::moved(due_at, &promise.zone, actor.zone()).filter(|at| *at > now)
        {
            return Ok(Some(Afterwards::DueAt(at)));
        }
        let quiet = if doing.waits() { self.crm.quiet_hours(actor).await? } else { None };
        let at = when::not_quiet(now, actor.zone(), quiet);
        Ok((at > now).then_some(Afterwards::DueAt(at)))
    }

    async fn saying(&self, actor: &Actor, promise: &Promise, doing: &Doing) -> Result<Saying> {
        let texts = texts::of(language(actor));
        match doing {
            Doing::Answer { request, texts } => self.sent(actor, promise, request, texts).await,
            Doing::Digest => self.digest(actor).await,
            Doing::Remind { of, about } => {
                let seen = match about {
                    Some(about) => self.crm.get(actor, &about.object, about.id).await.is_ok(),
                    None => false,
                };
                let about = about.as_ref().filter(|_| seen);
                let answer = Answer {
                    object: about.map(|about| about.object.clone()),
                    records: about.map(|about| vec![linked(about)]),
                    ..Answer::talk()
                };
                Ok(Saying::of(answer, fill(&texts.reminder, &[("what", of)])))
            }
            Doing::Tell { .. } | Doing::Approval { .. } => {
                Err(Error::Internal("what happened is told otherwise".into()))
            }
        }
    }

    async fn sent(&self, actor: &Actor, promise: &Promise, request: &Request, said: &[String]) -> Result<Saying> {
        let language = language(actor);
        let texts = texts::of(language);
        let request = self.as_of_now(actor, request, said).await?;
        match self.carry_out(actor, &request, language, LISTED).await {
            Ok(answer) => {
                let when = rhythm_of(promise).map_or_else(String::new, |rhythm| rhythm.told(language));
                Ok(Saying::of(answer, fill(&texts.sent, &[("when", &when)])))
            }
            // What it asks for is not there any more, or not for this person.
            Err(error @ (Error::Invalid(_) | Error::NotFound { .. } | Error::Forbidden { .. })) => {
                let why = error.to_string();
                let message = fill(&texts.cannot_send, &[("what", &promise.title), ("why", &why)]);
                Ok(Saying::of(Answer::talk(), message))
            }
            Err(error) => Err(error),
        }
    }

    fn turn_of(&self, promise: &Promise, saying: Saying, doing: &Doing, begun: Instant) -> Result<NewStaffTurn> {
        let Saying { answer, message, pending } = saying;
        let request = answer.request.clone().filter(|_| answer.kind != Kind::Talk);
        // "stop it" is about what was promised, not about somebody's request.
        let said_by = Some(promise.id).filter(|_| !matches!(doing, Doing::Approval { .. }));
        let shown = Shown::default().after(&answer);
        let standing = Standing { request, shown, pending, promise: said_by, ..Standing::default() };
        let mut shown = json(serde_json::to_value(&answer))?;
        if let Some(shown) = shown.as_object_mut() {
            shown.insert("conversation".into(), json(serde_json::to_value(promise.conversation))?);
            shown.insert("message".into(), message.into());
            shown.insert("said_by_itself".into(), doing.kind().into());
        }
        Ok(NewStaffTurn {
            conversation: promise.conversation,
            heard: promise.title.clone(),
            answer: shown,
            state: json(serde_json::to_value(&standing))?,
            took: begun.elapsed(),
        })
    }
}

fn json(value: serde_json::Result<Json>) -> Result<Json> {
    value.map_err(|error| Error::Internal(error.to_string()))
}
