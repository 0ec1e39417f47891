//! Telling what happened: the log wakes those who wait for something, and what of it they may see is told in one turn.

use super::TELL;
use super::keep::Saying;
use crate::staff::answer::Answer;
use crate::staff::{Staff, language, texts};
use crate::texts::fill;
use crm_core::desk::Promise;
use crm_core::event::{Event, EventQuery};
use crm_core::query::{Filter, Operator, Query};
use crm_core::schema::{FieldDef, ObjectDef};
use crm_core::{Actor, Result};
use jiff::SignedDuration;
use nlu::staff::{Changing, Request};
use serde_json::{Value as Json, json};
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// By this name it is kept how far the log was followed.
const CONSUMER: &str = "promises";
/// How long is waited for more, so that much at once is told at once.
const TOGETHER: SignedDuration = SignedDuration::from_secs(2);
/// How many events are looked at in one go.
const EVENTS: usize = 500;
/// How many of them are told; of more, their number.
const TOLD: usize = 10;
/// The fields that tell where a record stands.
const PLACES: [&str; 2] = ["stage_id", "status"];

impl Staff {
    /// Wakes whoever waits for something in a company in which something happened.
    pub(super) async fn wake(&self) -> Result<()> {
        let at = self.crm.now().checked_add(TOGETHER).unwrap_or_else(|_| self.crm.now());
        for backlog in self.crm.backlogs(CONSUMER).await? {
            self.crm.wake_promises(backlog.tenant, TELL, at).await?;
            self.crm.consumed(CONSUMER, backlog.tenant, backlog.last).await?;
        }
        Ok(())
    }

    /// What happened since it was last looked, as far as the actor may see it now; and up to which event that is.
    pub(super) async fn happened(
        &self,
        actor: &Actor,
        promise: &Promise,
        request: &Request,
        fields: &[String],
    ) -> Result<(Option<Saying>, i64)> {
        let last = self.crm.last_sequence(promise.tenant).await?;
        let query = EventQuery {
            after: Some(promise.seen),
            object: Some(request.object.clone()),
            limit: Some(EVENTS),
            ..EventQuery::default()
        };
        // Whoever may not see the object any more hears nothing of it.
        if self.crm.object(actor, &request.object).is_none() {
            return Ok((None, last));
        }
        let page = self.crm.events(actor, &query).await?;
        let seen = if page.next.is_some() { page.events.last().map_or(last, |event| event.sequence) } else { last };
        let about: Vec<&Event> = page.events.iter().filter(|event| is_about(event, fields)).collect();
        let fitting = self.fitting(actor, request, &about).await?;
        let told: Vec<&Event> = about.into_iter().filter(|event| fitting.contains(&event.record_id)).collect();
        Ok((self.story(actor, request, &told).await, seen))
    }

    /// Which of the records that events are about are meant, as they are now.
    async fn fitting(&self, actor: &Actor, request: &Request, events: &[&Event]) -> Result<HashSet<Uuid>> {
        let ids: BTreeSet<Uuid> = events.iter().map(|event| event.record_id).collect();
        let mut fitting = HashSet::new();
        for ids in ids.into_iter().collect::<Vec<_>>().chunks(Query::MAX_LIMIT) {
            let among = Filter::compare("id", Operator::In, json!(ids));
            let filter = Filter::all(request.filter().into_iter().chain([among]));
            let query = Query { limit: Some(Query::MAX_LIMIT), ..Query::of(&request.object).filter(filter) };
            // What it names may be gone meanwhile: then nothing fits.
            match self.crm.query(actor, &query).await {
                Ok(page) => fitting.extend(page.records.iter().map(|record| record.id)),
                Err(crm_core::Error::Invalid(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(fitting)
    }

    async fn story(&self, actor: &Actor, request: &Request, events: &[&Event]) -> Option<Saying> {
        let (texts, last) = (texts::of(language(actor)), events.last()?);
        let object = self.crm.object(actor, &request.object);
        let mut lines = Vec::new();
        for event in events.iter().take(TOLD) {
            let who = event.by_name.as_deref().unwrap_or(&texts.somebody);
            let created = event.kind == "created";
            let told = if created { &texts.was_created } else { &texts.was_changed };
            let mut line = fill(told, &[("who", who), ("record", &event.record_name)]);
            if let Some(object) = object.as_ref().filter(|_| !created) {
                line = format!("{line} {}", self.changes(actor, event, object).await);
            }
            lines.push(line.trim_end().to_owned());
        }
        if let Some(more) = events.len().checked_sub(TOLD).filter(|more| *more > 0) {
            lines.push(fill(&texts.and_more, &[("count", &more.to_string())]));
        }
        let mut named = HashSet::new();
        let records = events.iter().rev().filter(|event| named.insert(event.record_id)).take(TOLD);
        let records = records.map(|event| json!({"id": event.record_id, "name": event.record_name})).collect();
        let answer = Answer { object: Some(last.object.clone()), records: Some(records), ..Answer::talk() };
        Some(Saying::of(answer, lines.join("\n")))
    }

    /// "Amount: 10 → 20", of the fields that people fill.
    async fn changes(&self, actor: &Actor, event: &Event, object: &ObjectDef) -> String {
        let mut told = Vec::new();
        for (name, change) in &event.changes {
            let field = object.field(name).filter(|field| !field.system && !field.read_only);
            let (Some(field), Some([before, after])) = (field, change.as_array().map(Vec::as_slice)) else { continue };
            let (before, after) = (self.readable(actor, before, field).await, self.readable(actor, after, field).await);
            if let (Some(before), Some(after)) = (before, after) {
                told.push(format!("{}: {before} → {after}", field.label.text(actor.language())));
            }
        }
        told.join(", ")
    }

    /// A value as people read it; none of what cannot be told in a line.
    async fn readable(&self, actor: &Actor, value: &Json, field: &FieldDef) -> Option<String> {
        let Some((target, id)) = field.kind.target().zip(value.as_str().and_then(|id| id.parse().ok())) else {
            return plain(value, field, actor.language());
        };
        self.crm.get(actor, target, id).await.ok().map(|record| record.name().to_owned())
    }
}

/// Which fields have to change: those that are named or, where a record "moves", the one by which it does.
pub(super) fn fields(request: &Request, change: Option<Changing>, object: Option<&ObjectDef>) -> Vec<String> {
    match change {
        Some(Changing::Anything) => Vec::new(),
        Some(Changing::Place) => {
            let fields = object.into_iter().flat_map(|object| &object.fields).map(|field| field.name.clone());
            fields.filter(|name| PLACES.contains(&name.as_str())).collect()
        }
        None => {
            let mut fields = BTreeSet::new();
            request.conditions.iter().for_each(|condition| compared(&condition.filter, &mut fields));
            fields.remove("id");
            fields.into_iter().collect()
        }
    }
}

/// The fields of a record that a condition compares.
fn compared(filter: &Filter, fields: &mut BTreeSet<String>) {
    match filter {
        Filter::And { and: parts } | Filter::Or { or: parts } => parts.iter().for_each(|part| compared(part, fields)),
        Filter::Not { not } => compared(not, fields),
        Filter::Compare { field, .. } => drop(fields.insert(field.split('.').next().unwrap_or(field).to_owned())),
        _ => {}
    }
}

/// Whether an event is a change of one of these fields, or of any if there are none.
fn is_about(event: &Event, fields: &[String]) -> bool {
    let changed = |field: &String| {
        let reference = format!("{field}_id");
        event.changes.contains_key(field) || event.changes.contains_key(&reference)
    };
    match event.kind.as_str() {
        "created" => true,
        "updated" | "restored" | "merged" => fields.is_empty() || fields.iter().any(changed),
        _ => false,
    }
}

/// A value that can be read as it stands; none of references, whose names are elsewhere.
fn plain(value: &Json, field: &FieldDef, language: &str) -> Option<String> {
    let option = |key: &str| {
        let option = field.kind.options().iter().find(|option| option.key == key)?;
        Some(option.label.text(language).to_owned())
    };
    match value {
        Json::Null => Some("–".into()),
        Json::String(text) if !field.kind.options().is_empty() => option(text).or_else(|| Some(text.clone())),
        Json::String(text) if field.kind.is_reference() => text.parse::<Uuid>().is_err().then(|| text.clone()),
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(yes) => Some(yes.to_string()),
        Json::Object(money) => {
            Some(format!("{} {}", money.get("amount")?.as_str()?, money.get("currency").and_then(Json::as_str)?))
        }
        Json::Array(_) => None,
    }
}
