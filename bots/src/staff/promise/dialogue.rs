//! What is said about promises in a conversation: making, listing and ending them.

use super::{Doing, Plan, Promised, shown, told_moment, when};
use crate::staff::answer::{Answer, Kind, Listed};
use crate::staff::dialogue::{Outcome, Pending, Standing, Turn};
use crate::texts::fill;
use crm_core::desk::{NewPromise, Promise};
use crm_core::schema::FieldType;
use crm_core::text::fold;
use crm_core::{Crm, Error, Result};
use jiff::Timestamp;
use nlu::staff::{Again, Change, Changing, Due, Meaning, Request, Rhythm, Sent, Stopped, Wish};
use serde_json::{Value as Json, json};
use uuid::Uuid;

impl Turn<'_> {
    /// What comes of a wish.
    pub(in crate::staff) async fn wish(&self, text: &str, wish: Wish, standing: Standing) -> Result<Outcome> {
        let standing = Standing { pending: None, ..standing };
        match wish {
            Wish::List => self.list(standing).await,
            Wish::Stop(stopped) => self.stop(&stopped, standing).await,
            Wish::Send { again: Again::TooOften, .. } | Wish::Remind { at: Due::Again(Again::TooOften), .. } => {
                Ok(Outcome::says(&self.texts().too_often, standing))
            }
            Wish::Send { what, again: Again::In(rhythm) } => self.send(what, rhythm, standing).await,
            Wish::Remind { of, at } => self.remind(text, of, at, standing).await,
            Wish::Tell { what, change } => self.tell(&what, change, standing).await,
        }
    }

    async fn send(&self, what: Sent, rhythm: Rhythm, standing: Standing) -> Result<Outcome> {
        let (doing, title) = match what {
            Sent::Digest => (Doing::Digest, self.texts().digest.clone()),
            Sent::It => {
                let Some(request) = standing.request.clone() else {
                    return Ok(Outcome::says(&self.texts().nothing_to_send, standing));
                };
                let turns = self.staff.crm.staff_turns(self.actor, self.conversation, None, 20).await?;
                let texts = self.staff.texts_behind(self.actor, &turns, &request).await?;
                self.sending(request, texts)
            }
            Sent::Said(text) => match self.staff.question(self.actor, &text).await? {
                Some(request) => self.sending(request, vec![text]),
                // What is asked back, or why it was not understood, is said of the question itself.
                None => return self.ask(&text, &standing, None).await,
            },
        };
        self.propose(Plan { doing, title, rhythm: Some(rhythm), at: None }, standing).await
    }

    fn sending(&self, request: Request, texts: Vec<String>) -> (Doing, String) {
        let title = request.shown(&self.staff.crm.schema(self.actor), self.language);
        (Doing::Answer { request, texts }, title)
    }

    async fn remind(&self, text: &str, of: String, at: Due, standing: Standing) -> Result<Outcome> {
        let about = self.named(text).await?;
        let title = match (&about, of.is_empty()) {
            (_, false) => of.clone(),
            (Some(about), true) => about.name.clone(),
            (None, true) => standing.request.as_ref().map_or_else(
                || self.texts().reminder_of_nothing.clone(),
                |request| request.shown(&self.staff.crm.schema(self.actor), self.language),
            ),
        };
        let doing = Doing::Remind { of: title.clone(), about };
        let (rhythm, at) = match at {
            Due::At(at) => (None, Some(at)),
            Due::Again(Again::In(rhythm)) => (Some(rhythm), None),
            Due::Again(Again::TooOften) => return Ok(Outcome::says(&self.texts().too_often, standing)),
        };
        self.propose(Plan { doing, title, rhythm, at }, standing).await
    }

    /// The record that a reminder names, as a task of these words would refer to it.
    async fn named(&self, text: &str) -> Result<Option<Listed>> {
        let Meaning::Change(change) = self.staff.understood(self.actor, text, None).await?.meaning else {
            return Ok(None);
        };
        let schema = self.staff.crm.schema(self.actor);
        Ok(schema.object(&change.object).and_then(|object| {
            let refers = |field: &str| object.field(field).map(|field| &field.kind);
            referred(&change, &refers)
        }))
    }

    async fn tell(&self, what: &str, change: Option<Changing>, standing: Standing) -> Result<Outcome> {
        let Some(request) = self.staff.question(self.actor, &what.to_owned()).await? else {
            let outcome = self.ask(what, &standing, None).await?;
            // A change that was read into it was not asked for.
            let sound = matches!(outcome.answer.kind, Kind::Unknown | Kind::Clarify);
            return Ok(if sound { outcome } else { Outcome::says(&self.texts().unknown, standing) });
        };
        if request.is_figures() {
            return Ok(Outcome::says(&self.texts().no_figures, standing));
        }
        let schema = self.staff.crm.schema(self.actor);
        let fields = super::happened::fields(&request, change, schema.object(&request.object).map(AsRef::as_ref));
        let title = request.shown(&schema, self.language);
        let plan = Plan { doing: Doing::Tell { request, fields }, title, rhythm: None, at: None };
        self.propose(plan, standing).await
    }

    /// Says what would be promised, and waits for a yes.
    async fn propose(&self, plan: Plan, standing: Standing) -> Result<Outcome> {
        let have = self.staff.crm.promises(self.actor).await?.len();
        if have >= Crm::MOST_PROMISES {
            let most = Crm::MOST_PROMISES.to_string();
            return Ok(Outcome::says(fill(&self.texts().too_many, &[("most", &most)]), standing));
        }
        let understood = self.planned(&plan).await?;
        let answer = Answer { kind: Kind::Proposal, understood, ..Answer::talk() };
        let message = Some(self.texts().confirm.clone());
        Ok(Outcome {
            answer,
            message,
            standing: Standing { pending: Some(Pending::Promise(Box::new(plan))), ..standing },
        })
    }

    /// What is promised and when, in one line.
    async fn planned(&self, plan: &Plan) -> Result<String> {
        let texts = self.texts();
        let what = match plan.doing {
            Doing::Answer { .. } | Doing::Digest => &texts.would_send,
            Doing::Remind { .. } => &texts.would_remind,
            Doing::Tell { .. } | Doing::Approval { .. } => &texts.would_tell,
        };
        let mut parts = vec![fill(what, &[("what", &plan.title)])];
        parts.extend(plan.rhythm.as_ref().map(|rhythm| rhythm.told(self.language)));
        if let Some(at) = self.first(plan).await? {
            let told = told_moment(at, self.actor, self.language);
            let zone = self.actor.zone().iana_name().unwrap_or("UTC");
            let next = if plan.rhythm.is_some() { &texts.first_on } else { &texts.on };
            parts.push(fill(next, &[("when", &told), ("zone", zone)]));
        }
        Ok(parts.join(" · "))
    }

    /// When it comes first; none if it waits for something to happen.
    async fn first(&self, plan: &Plan) -> Result<Option<Timestamp>> {
        let (zone, now) = (self.actor.zone(), self.staff.crm.now());
        let at = match (&plan.rhythm, plan.at) {
            (Some(rhythm), _) => when::next(rhythm, now, zone),
            (None, Some(at)) => zone.to_timestamp(at).ok(),
            (None, None) => None,
        };
        let quiet = if plan.doing.waits() { self.staff.crm.quiet_hours(self.actor).await? } else { None };
        Ok(at.map(|at| when::not_quiet(at, zone, quiet)))
    }

    /// Promises what was agreed to.
    pub(in crate::staff) async fn promise(&self, plan: &Plan, standing: Standing) -> Result<Outcome> {
        let texts = self.texts();
        let json = |value: serde_json::Result<Json>| value.map_err(|error| Error::Internal(error.to_string()));
        let new = NewPromise {
            kind: plan.doing.kind(),
            title: plan.title.clone(),
            what: json(serde_json::to_value(&plan.doing))?,
            rhythm: plan.rhythm.as_ref().map(|rhythm| json(serde_json::to_value(rhythm))).transpose()?,
            conversation: self.conversation,
            due_at: self.first(plan).await?,
        };
        match self.staff.crm.promise(self.actor, new).await {
            Ok(promise) => {
                let understood = self.planned(plan).await?;
                let message = fill(&texts.promised, &[("what", &understood)]);
                let promises = Some(vec![self.shown(&promise).await?]);
                let answer =
                    Answer { kind: Kind::Done, understood, done: Some(promise.id), promises, ..Answer::talk() };
                let standing = Standing { undo: None, promise: Some(promise.id), ..standing };
                Ok(Outcome { answer, message: Some(message), standing })
            }
            Err(Error::Conflict(_)) => {
                let most = Crm::MOST_PROMISES.to_string();
                Ok(Outcome::says(fill(&texts.too_many, &[("most", &most)]), standing))
            }
            Err(error) => Err(error),
        }
    }

    async fn shown(&self, promise: &Promise) -> Result<Promised> {
        Ok(shown(promise, self.actor, self.staff.crm.quiet_hours(self.actor).await?))
    }

    async fn list(&self, standing: Standing) -> Result<Outcome> {
        let promises = self.staff.promised(self.actor).await?;
        let message = if promises.is_empty() { &self.texts().no_promises } else { &self.texts().promises };
        Ok(self.listed(message, promises, standing))
    }

    fn listed(&self, message: &str, promises: Vec<Promised>, standing: Standing) -> Outcome {
        let answer = Answer { promises: Some(promises), ..Answer::talk() };
        Outcome { answer, message: Some(message.to_owned()), standing }
    }

    async fn stop(&self, stopped: &Stopped, standing: Standing) -> Result<Outcome> {
        let all = self.staff.crm.promises(self.actor).await?;
        if all.is_empty() {
            return Ok(Outcome::says(&self.texts().no_promises, standing));
        }
        let spoken_of = all.iter().find(|promise| Some(promise.id) == standing.promise);
        let meant: Vec<&Promise> = match (stopped.is_it(), spoken_of) {
            (true, Some(promise)) => vec![promise],
            _ => fitting(&all, stopped),
        };
        match meant.as_slice() {
            [one] => self.end(one.id, standing).await,
            many => {
                let many = if many.is_empty() { all.iter().collect() } else { many.to_vec() };
                let quiet = self.staff.crm.quiet_hours(self.actor).await?;
                let promises = many.into_iter().map(|promise| shown(promise, self.actor, quiet)).collect();
                Ok(self.listed(&self.texts().stop_which, promises, standing))
            }
        }
    }

    /// Ends a promise.
    pub(in crate::staff) async fn end(&self, id: Uuid, standing: Standing) -> Result<Outcome> {
        let texts = self.texts();
        let found = self.staff.crm.promises(self.actor).await?.into_iter().find(|promise| promise.id == id);
        let Some(promise) = found else { return Ok(Outcome::says(&texts.already_ended, standing)) };
        self.staff.crm.end_promise(self.actor, id).await?;
        let Promised { title, when, .. } = self.shown(&promise).await?;
        let message = fill(&texts.ended, &[("what", &format!("{title} · {when}"))]);
        Ok(Outcome::says(message, Standing { promise: None, ..standing }))
    }
}

/// The promises that what was said may mean.
fn fitting<'a>(all: &'a [Promise], stopped: &Stopped) -> Vec<&'a Promise> {
    let comes = |promise: &&Promise| {
        let rhythm = super::rhythm_of(promise);
        stopped.weekdays.iter().all(|day| rhythm.as_ref().is_some_and(|rhythm| rhythm.comes_on(*day)))
    };
    let says = |promise: &&Promise| {
        let title = fold(&promise.title);
        stopped.words.iter().filter(|word| title.contains(word.as_str())).count()
    };
    let on_the_day: Vec<&Promise> = all.iter().filter(comes).collect();
    if stopped.words.is_empty() {
        return on_the_day;
    }
    let most = on_the_day.iter().map(says).max().unwrap_or_default();
    on_the_day.into_iter().filter(|promise| most > 0 && says(promise) == most).collect()
}

/// The first record but a colleague that a change refers to.
fn referred<'a>(change: &Change, kind: &impl Fn(&str) -> Option<&'a FieldType>) -> Option<Listed> {
    change.values.iter().find_map(|assigned| {
        let kind = kind(&assigned.field)?;
        let (object, id) = match kind.target() {
            Some(target) => (target.to_owned(), assigned.value.as_str()?),
            None => (assigned.value.get("object")?.as_str()?.to_owned(), assigned.value.get("id")?.as_str()?),
        };
        let id = id.parse().ok().filter(|_| object != "user")?;
        Some(Listed { object, id, name: assigned.shown.clone() })
    })
}

/// A record by its name alone, for answers that link to it.
pub(in crate::staff) fn linked(about: &Listed) -> Json {
    json!({"id": about.id, "name": about.name})
}
