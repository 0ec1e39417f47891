//! Creating, updating, deleting and restoring one record.

use super::references::References;
use super::stored::{self, Found};
use super::{Draft, Writing, Written, duplicates, links};
use crate::access::Verb;
use crate::db::Sql;
use crate::error::{Error, FieldError, MeanwhileChange, Result};
use crate::event::{self, NewEvent};
use crate::expression::Expression;
use crate::query::compile::Columns;
use crate::schema::{FieldType, ObjectDef, ParseContext};
use crate::value::Value;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

impl Writing<'_> {
    /// Makes a record.
    pub(crate) async fn create(&mut self, object: &str, values: &Map<String, Json>) -> Result<Written> {
        let object = self.object(object)?;
        self.actor.rights().check(Verb::Create, &object)?;
        self.create_unchecked(&object, values, false).await
    }

    /// Makes a record for a rule of the product itself, which may also write read-only fields.
    pub(crate) async fn create_unchecked(
        &mut self,
        object: &Arc<ObjectDef>,
        values: &Map<String, Json>,
        by_rule: bool,
    ) -> Result<Written> {
        // The id names the instant of the injected clock, so that ids sort as created_at does.
        self.create_as(object, new_id(self.now), values, by_rule).await
    }

    /// The same, under an id that was given out before.
    pub(crate) async fn create_as(
        &mut self,
        object: &Arc<ObjectDef>,
        id: Uuid,
        values: &Map<String, Json>,
        by_rule: bool,
    ) -> Result<Written> {
        let mut draft =
            Draft { object: object.clone(), id, old: None, values: BTreeMap::new(), named: BTreeSet::new() };
        self.fill_defaults(&mut draft)?;
        self.take_input(&mut draft, values, by_rule).await?;
        self.complete(&mut draft).await?;
        let written = self.store_new(&draft).await?;
        self.follow(&draft).await?;
        Ok(written)
    }

    async fn store_new(&mut self, draft: &Draft) -> Result<Written> {
        stored::insert(self, draft).await?;
        stored::set_unique_values(self, draft, true).await?;
        links::replace(self, draft).await?;
        duplicates::replace_keys(self.tx, self.actor, draft).await?;
        self.log("created", draft, 1, draft.changed());
        Ok(Written::new(&draft.object.name, draft.id, 1))
    }

    /// Changes fields of a record.
    pub(crate) async fn update(
        &mut self,
        object: &str,
        id: Uuid,
        version: Option<i64>,
        values: &Map<String, Json>,
    ) -> Result<Written> {
        let object = self.object(object)?;
        let found = self.find(&object, id, Verb::Update).await?;
        if found.deleted {
            return Err(Error::Conflict("The record is deleted. Restore it before changing it.".into()));
        }
        self.check_version(&object, &found, version).await?;
        self.update_unchecked(found, values, false).await
    }

    /// Changes a record that was found and locked, for a person or for a rule of the product itself.
    pub(crate) async fn update_unchecked(
        &mut self,
        found: Found,
        values: &Map<String, Json>,
        by_rule: bool,
    ) -> Result<Written> {
        let record = found.record;
        let mut draft = Draft {
            object: record.object.clone(),
            id: record.id,
            values: record.values(),
            old: Some(record),
            named: BTreeSet::new(),
        };
        self.take_input(&mut draft, values, by_rule).await?;
        self.complete(&mut draft).await?;
        self.store_changed(draft, "updated").await
    }

    pub(crate) async fn store_changed(&mut self, draft: Draft, kind: &'static str) -> Result<Written> {
        let changes = draft.changed();
        let version = draft.old.as_ref().map_or(0, |old| old.version);
        if changes.is_empty() {
            return Ok(Written::new(&draft.object.name, draft.id, version));
        }
        let version = version + 1;
        stored::update(self, &draft, version).await?;
        stored::set_unique_values(self, &draft, true).await?;
        links::replace(self, &draft).await?;
        duplicates::replace_keys(self.tx, self.actor, &draft).await?;
        self.log(kind, &draft, version, changes);
        self.follow(&draft).await?;
        Ok(Written::new(&draft.object.name, draft.id, version))
    }

    /// Deletes a record so that it can be restored.
    pub(crate) async fn delete(&mut self, object: &str, id: Uuid, version: Option<i64>) -> Result<Written> {
        let object = self.object(object)?;
        let found = self.find(&object, id, Verb::Delete).await?;
        if found.deleted {
            return Ok(Written::new(&object.name, id, found.record.version));
        }
        self.check_version(&object, &found, version).await?;
        self.set_deleted(found, true, "deleted").await
    }

    /// Brings a deleted record back.
    pub(crate) async fn restore(&mut self, object: &str, id: Uuid) -> Result<Written> {
        let object = self.object(object)?;
        let found = self.find(&object, id, Verb::Delete).await?;
        if !found.deleted {
            return Ok(Written::new(&object.name, id, found.record.version));
        }
        self.set_deleted(found, false, "restored").await
    }

    pub(crate) async fn set_deleted(&mut self, found: Found, deleted: bool, kind: &'static str) -> Result<Written> {
        let record = found.record;
        let version = record.version + 1;
        let draft = Draft {
            object: record.object.clone(),
            id: record.id,
            values: record.values(),
            old: Some(record),
            named: BTreeSet::new(),
        };
        stored::set_deleted(self, &draft, version, deleted).await?;
        if deleted {
            duplicates::forget_keys(self.tx, self.actor, &draft).await?;
        } else {
            duplicates::replace_keys(self.tx, self.actor, &draft).await?;
        }
        let at = |there: bool| if there { Json::String(self.now.to_string()) } else { Json::Null };
        let changes = Map::from_iter([("deleted_at".to_owned(), Json::Array(vec![at(!deleted), at(deleted)]))]);
        self.log(kind, &draft, version, changes);
        self.follow(&draft).await?;
        Ok(Written::new(&draft.object.name, draft.id, version))
    }

    /// Carries out an action of the object.
    pub(crate) async fn act(
        &mut self,
        object: &str,
        id: Uuid,
        action: &str,
        input: &Map<String, Json>,
    ) -> Result<Written> {
        let object = self.object(object)?;
        self.actor.rights().check(Verb::Update, &object)?;
        let Some(behaviour) = object.behaviour.clone() else {
            return Err(Error::not_found(format!("The action `{action}`")));
        };
        behaviour.act(self, id, action, input).await
    }

    /// The definition of an object that exists for the actor.
    pub(crate) fn object(&self, name: &str) -> Result<Arc<ObjectDef>> {
        let object = self.actor.schema().object(name).filter(|object| self.actor.rights().may_see(&object.name));
        object.cloned().ok_or_else(|| crate::access::unknown_object(name))
    }

    /// A stored record that the verb reaches, locked until the end of the transaction.
    pub(crate) async fn find(&mut self, object: &Arc<ObjectDef>, id: Uuid, verb: Verb) -> Result<Found> {
        self.actor.rights().check(verb, object)?;
        if let Some(found) = stored::lock(self.tx, self.actor, object, id, verb).await? {
            return Ok(found);
        }
        // One may see it, but not do this with it.
        if stored::lock(self.tx, self.actor, object, id, Verb::Read).await?.is_some() {
            let what = format!("this {}", object.label.text("en").to_lowercase());
            return Err(Error::Forbidden { verb: verb.name().into(), what });
        }
        Err(Error::not_found(format!("The {} {id}", object.label.text("en").to_lowercase())))
    }

    /// The first stored record of those that the verb reaches and that `which` says, the rest of the statement about the
    /// row `r`, without many-to-many values. It need not be held: what the transaction writes of it is refused as [`Error::Stale`] if anybody else has
    /// written it meanwhile.
    pub(crate) async fn see(&mut self, object: &Arc<ObjectDef>, verb: Verb, which: Sql) -> Result<Option<Found>> {
        self.actor.rights().check(verb, object)?;
        let columns = Columns::of_row(self.actor, object);
        let found = stored::read(self.tx, self.actor, columns, object, verb, which).await?;
        self.seen.extend(found.as_ref().map(|found| found.record.id));
        Ok(found)
    }

    async fn check_version(&mut self, object: &ObjectDef, found: &Found, version: Option<i64>) -> Result<()> {
        let current_version = found.record.version;
        let Some(version) = version.filter(|version| *version != current_version) else { return Ok(()) };
        let events = event::since_version(self.tx, self.actor, object, found.record.id, version).await?;
        let changed = events
            .iter()
            .flat_map(|event| event.changes.iter().map(move |(field, change)| (event, field, change)))
            .map(|(event, field, change)| MeanwhileChange {
                field: field.clone(),
                from: change.get(0).cloned().unwrap_or_default(),
                to: change.get(1).cloned().unwrap_or_default(),
                by: event.by_name.clone().unwrap_or_else(|| "somebody".into()),
                at: event.at,
            })
            .collect();
        Err(Error::Stale { current_version, changed })
    }

    fn fill_defaults(&self, draft: &mut Draft) -> Result<()> {
        let context = self.parse_context();
        let object = draft.object.clone();
        for field in &object.fields {
            if let Some(default) = &field.default {
                draft.set(&field.name, field.parse(default, &context)?);
            }
        }
        if takes_owner(&object)
            && let Some(user) = self.actor.who().user()
        {
            draft.set("owner_id", Value::Id(user));
        }
        Ok(())
    }

    fn parse_context(&self) -> ParseContext<'_> {
        ParseContext::of(self.actor)
    }

    /// Puts the writer's values into the draft; all errors of all fields are told at once.
    async fn take_input(&mut self, draft: &mut Draft, values: &Map<String, Json>, by_rule: bool) -> Result<()> {
        let object = draft.object.clone();
        let mut errors = Vec::new();
        let mut references = References::default();
        for (name, json) in values {
            let field = object.field(name).filter(|field| self.actor.rights().may_read_field(&object.name, field));
            let Some(field) = field else {
                errors.push(crate::query::unknown_field(self.actor, &object, name, name).value(json));
                continue;
            };
            if !by_rule && !self.actor.rights().may_write_field(&object.name, field) {
                let message = format!("{} cannot be written.", field.label.text(self.actor.language()));
                let hint = if field.read_only {
                    "It is set by the system. Leave it out."
                } else {
                    "Ask an administrator for the right to write it, or leave it out."
                };
                errors.push(FieldError::new(&field.name, "read_only", message).value(json).hint(hint));
                continue;
            }
            draft.named.insert(field.name.clone());
            let taken = if field.kind.is_reference() {
                references.take(field, json)
            } else {
                field.parse(json, &self.parse_context()).map(|value| draft.set(&field.name, value))
            };
            errors.extend(taken.err());
        }
        references.resolve(self, draft, by_rule, &mut errors).await?;
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }

    /// Derives, applies the object's own rules and checks the whole record.
    async fn complete(&mut self, draft: &mut Draft) -> Result<()> {
        let object = draft.object.clone();
        if let Some(behaviour) = &object.behaviour {
            behaviour.before_write(self, draft).await?;
        }
        derive_name(draft);
        if draft.old.is_none() {
            self.count_up(draft).await?;
        }
        let mut errors = missing(draft, self.actor.language());
        errors.extend(broken_rules(draft));
        if errors.is_empty() {
            errors = stored::not_unique(self, draft).await?;
        }
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }

    async fn follow(&mut self, draft: &Draft) -> Result<()> {
        match draft.object.behaviour.clone() {
            Some(behaviour) => behaviour.after_write(self, draft).await,
            None => Ok(()),
        }
    }

    /// Gives auto-numbers their next number.
    async fn count_up(&mut self, draft: &mut Draft) -> Result<()> {
        let object = draft.object.clone();
        for field in &object.fields {
            if !matches!(field.kind, FieldType::AutoNumber { .. }) || !draft.get(&field.name).is_null() {
                continue;
            }
            let name = format!("{}.{}", object.id, field.id);
            let next = stored::next_number(self, &name).await?;
            draft.set(&field.name, Value::Integer(next));
        }
        Ok(())
    }

    pub(crate) fn log(&mut self, kind: &'static str, draft: &Draft, version: i64, changes: Map<String, Json>) {
        self.events.push(NewEvent {
            kind,
            object: draft.object.name.clone(),
            record_id: draft.id,
            record_name: draft.get("name").as_text().unwrap_or_default().to_owned(),
            version,
            changes,
        });
    }
}

/// Whether a record belongs to whoever makes it, unless they say otherwise.
pub(crate) fn takes_owner(object: &ObjectDef) -> bool {
    object.owned() && !matches!(object.name.as_str(), "ticket" | "conversation")
}

/// A new, time-ordered id.
pub(crate) fn new_id(now: jiff::Timestamp) -> Uuid {
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos))
}

fn derive_name(draft: &mut Draft) {
    if draft.object.name_from.is_empty() {
        return;
    }
    let parts: Vec<&str> = draft.object.name_from.iter().filter_map(|field| draft.get(field).as_text()).collect();
    let name = parts.join(" ");
    draft.set("name", name.as_str().into());
}

fn missing(draft: &Draft, language: &str) -> Vec<FieldError> {
    let lacking = |field: &&Arc<crate::schema::FieldDef>| {
        // A derived name lacks only when the fields that make it do, and those are told themselves.
        field.required && !field.read_only && draft.get(&field.name).is_null()
    };
    let tell = |field: &Arc<crate::schema::FieldDef>| {
        let label = field.label.text(language);
        FieldError::new(&field.name, "required", format!("{label} must not be empty."))
            .hint(format!("Give `{}` a value.", field.name))
    };
    draft.object.fields.iter().filter(lacking).map(tell).collect()
}

fn broken_rules(draft: &Draft) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for rule in &draft.object.rules {
        let Ok(expression) = Expression::of(&draft.object, &rule.expression) else { continue };
        if expression.evaluate(&|field| draft.get(field).clone()) == Value::Bool(false) {
            let field = expression.fields().into_iter().next().unwrap_or_default();
            errors.push(
                FieldError::new(field, "rule", rule.message.clone())
                    .hint(format!("The rule `{}` says: {}", rule.name, rule.expression)),
            );
        }
    }
    errors
}
