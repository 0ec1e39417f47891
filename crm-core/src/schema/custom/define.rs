//! Defining, changing and archiving fields and objects.

use super::input::{FieldPatch, NewField, NewObject, ObjectPatch, check_name, definition_change, stored_field};
use super::{load, slots, usage};
use crate::access::Verb;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::{Sql, Tx};
use crate::error::{Error, FieldError, Result};
use crate::event::{NewEvent, Together, append};
use crate::expression::Purpose;
use crate::schema::{FieldDef, FieldType, ObjectDef, Rule, SelectOption, Storage};
use futures_util::FutureExt;
use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

const MOST_FIELDS: usize = 200;
const MOST_OBJECTS: usize = 100;
const MOST_RULES: usize = 50;

/// A change of the definitions, under way.
struct Defining<'t> {
    tx: &'t mut Tx,
    actor: &'t Actor,
    now: Timestamp,
}

impl Crm {
    /// Defines an object with its first fields.
    ///
    /// # Errors
    /// Errors of the definition; [`Error::Forbidden`] for those who may not configure.
    pub async fn define_object(&self, actor: &Actor, new: NewObject) -> Result<Arc<ObjectDef>> {
        let actor = &self.fresh(actor).await?;
        if !actor.rights().may(Verb::Configure, &new.name) {
            return Err(Error::Forbidden { verb: "define".into(), what: "objects".into() });
        }
        check_object(actor, &new)?;
        if new.fields.len() > MOST_FIELDS {
            return Err(Error::TooLarge(format!("An object has at most {MOST_FIELDS} fields of your own.")));
        }
        let fields: Vec<NewField> = new
            .fields
            .iter()
            .enumerate()
            .map(|(i, json)| NewField::read(json).map_err(|error| inside(error, i)))
            .collect::<Result<_>>()?;
        let name = new.name.clone();
        self.defining(actor, move |defining| {
            let (new, fields) = (new.clone(), fields.clone());
            async move { defining.add_object(new, fields).await }.boxed()
        })
        .await?;
        self.defined_object(actor, &name).await
    }

    /// Changes what an object is called and described as.
    ///
    /// # Errors
    /// As for [`Crm::define_object`]; standard objects keep their names.
    pub async fn change_object(&self, actor: &Actor, name: &str, patch: ObjectPatch) -> Result<Arc<ObjectDef>> {
        let actor = &self.fresh(actor).await?;
        let object = custom(configurable(actor, name)?)?;
        self.defining(actor, move |defining| {
            let (object, patch) = (object.clone(), patch.clone());
            async move { defining.set_object(&object, patch).await }.boxed()
        })
        .await?;
        self.defined_object(actor, name).await
    }

    /// Takes an object out of use; its records stay stored.
    ///
    /// # Errors
    /// As for [`Crm::define_object`]; standard objects stay.
    pub async fn archive_object(&self, actor: &Actor, name: &str) -> Result<()> {
        let actor = &self.fresh(actor).await?;
        let object = custom(configurable(actor, name)?)?;
        let referring = actor.schema().references_to(name).find(|(from, field)| {
            from.name != object.name
                && matches!(&field.kind, FieldType::Reference { .. } | FieldType::References { .. })
        });
        if let Some((from, field)) = referring {
            return Err(Error::Conflict(format!(
                "{} refers to it by `{}`. Archive that field first.",
                from.label.text("en"),
                field.name
            )));
        }
        self.defining(actor, move |defining| {
            let object = object.clone();
            async move { defining.archive("object_definition", &object, &object.id).await }.boxed()
        })
        .await
    }

    /// Defines a field of an object, from its JSON (see [`NewField`]).
    ///
    /// # Errors
    /// Errors of the definition; [`Error::Forbidden`] for those who may not configure the object.
    pub async fn define_field(&self, actor: &Actor, object: &str, new: &Json) -> Result<Arc<FieldDef>> {
        let (actor, new) = (&self.fresh(actor).await?, NewField::read(new)?);
        let object = configurable(actor, object)?;
        if !object.extensible {
            return Err(Error::Conflict(format!("{} take no further fields.", object.plural_label.text("en"))));
        }
        if object.fields.iter().filter(|field| field.custom).count() >= MOST_FIELDS {
            return Err(Error::Conflict(format!("An object has at most {MOST_FIELDS} fields of your own.")));
        }
        let asked = new.filterable;
        let mut field = new.define(Uuid::now_v7().simple().to_string(), &object, actor.schema(), actor)?;
        slots::allot(&object, &mut field, asked)?;
        let (id, name) = (field.id.clone(), object.name.clone());
        self.defining(actor, move |defining| {
            let (object, field) = (object.clone(), field.clone());
            async move { defining.add_field(&object, &field).await }.boxed()
        })
        .await?;
        self.defined_field(actor, &name, &id).await
    }

    /// Changes a custom field, but never its name or type.
    ///
    /// # Errors
    /// As for [`Crm::define_field`]; standard fields stay.
    pub async fn change_field(
        &self,
        actor: &Actor,
        object: &str,
        field: &str,
        patch: FieldPatch,
    ) -> Result<Arc<FieldDef>> {
        let actor = &self.fresh(actor).await?;
        let object = configurable(actor, object)?;
        let old = custom_field(&object, field)?;
        let new = patched(actor, &object, &old, patch)?;
        let (id, name) = (new.id.clone(), object.name.clone());
        self.defining(actor, move |defining| {
            let (object, old, new) = (object.clone(), old.clone(), new.clone());
            async move { defining.set_field(&object, &old, &new).await }.boxed()
        })
        .await?;
        self.defined_field(actor, &name, &id).await
    }

    /// Takes a custom field out of use; its values stay stored.
    ///
    /// # Errors
    /// As for [`Crm::change_field`]; [`Error::Conflict`] while a formula or rule uses it.
    pub async fn archive_field(&self, actor: &Actor, object: &str, field: &str) -> Result<()> {
        let actor = &self.fresh(actor).await?;
        let object = configurable(actor, object)?;
        let field = custom_field(&object, field)?;
        if let Some(user) = usage::of(actor.schema(), &object, &field) {
            return Err(Error::Conflict(format!("{user} uses the field. Change that first.")));
        }
        self.defining(actor, move |defining| {
            let (object, field) = (object.clone(), field.clone());
            async move {
                if let Storage::Custom { slot: Some(slot) } = &field.storage {
                    slots::clear(defining.tx, defining.actor, &object, slot).await?;
                }
                defining.archive("field_definition", &object, &field.id).await
            }
            .boxed()
        })
        .await
    }

    /// Sets the tenant's own rules of an object.
    ///
    /// # Errors
    /// Errors of the rules' expressions.
    pub async fn set_rules(&self, actor: &Actor, object: &str, rules: Vec<Rule>) -> Result<()> {
        let actor = &self.fresh(actor).await?;
        let object = configurable(actor, object)?;
        check_rules(&object, &rules)?;
        self.defining(actor, move |defining| {
            let (object, rules) = (object.clone(), rules.clone());
            async move { defining.set_rules(&object, &rules).await }.boxed()
        })
        .await
    }

    /// The actor with the definitions as they are now.
    async fn fresh(&self, actor: &Actor) -> Result<Actor> {
        let schema = self.present_schema(actor.tenant()).await?;
        Ok(Actor { schema, ..actor.clone() })
    }

    async fn defining<T: Send + 'static>(
        &self,
        actor: &Actor,
        work: impl for<'d> Fn(&'d mut Defining<'_>) -> futures_util::future::BoxFuture<'d, Result<T>>
        + Send
        + Sync
        + 'static,
    ) -> Result<T> {
        let (author, now, work) = (actor.clone(), self.now(), Arc::new(work));
        let done = self.db().transact(actor.tenant(), move |tx| {
            let (author, work) = (author.clone(), work.clone());
            async move {
                // Whoever defines waits for those who define, and is refused if what it looked at is out of date.
                let sql = Sql::fixed(
                    "update tenant set revision = revision + 1 where id = ? and revision = ? returning revision",
                    [author.tenant().into(), author.schema().revision.into()],
                );
                if tx.row(sql).await?.is_none() {
                    return Err(Error::Conflict("The definitions were changed at the same moment. Try again.".into()));
                }
                let mut defining = Defining { tx, actor: &author, now };
                work(&mut defining).await
            }
            .boxed()
        });
        let done = done.await?;
        self.hint(actor.tenant());
        Ok(done)
    }

    async fn defined_object(&self, actor: &Actor, name: &str) -> Result<Arc<ObjectDef>> {
        let schema = self.present_schema(actor.tenant()).await?;
        schema.object(name).cloned().ok_or_else(|| crate::access::unknown_object(name))
    }

    async fn defined_field(&self, actor: &Actor, object: &str, id: &str) -> Result<Arc<FieldDef>> {
        let object = self.defined_object(actor, object).await?;
        object.field_by_id(id).cloned().ok_or_else(|| Error::internal("a defined field is missing"))
    }
}

impl Defining<'_> {
    async fn add_object(&mut self, new: NewObject, fields: Vec<NewField>) -> Result<()> {
        let id = Uuid::now_v7();
        let definition = serde_json::to_value(&new).map_err(|error| Error::internal(error.to_string()))?;
        let mut object = load::custom_object(id.simple().to_string(), new.name.clone(), definition.clone())?;
        let row = Sql::fixed(
            "insert into object_definition (tenant_id, id, name, definition, created_at) values (?, ?, ?, ?, ?)",
            [
                self.actor.tenant().into(),
                object.id.as_str().into(),
                object.name.as_str().into(),
                definition.clone().into(),
                self.now.into(),
            ],
        );
        self.tx.execute(row).await?;
        for (i, new) in fields.into_iter().enumerate() {
            let asked = new.filterable;
            let mut field = new
                .define(Uuid::now_v7().simple().to_string(), &object, self.actor.schema(), self.actor)
                .map_err(|error| inside(error, i))?;
            slots::allot(&object, &mut field, asked)?;
            self.insert_field(&object, &field).await?;
            object.fields.push(Arc::new(field));
            object = object.index_fields();
        }
        self.log("defined", &object, &object.id, definition_change(None, Some(definition))).await
    }

    async fn set_object(&mut self, object: &ObjectDef, patch: ObjectPatch) -> Result<()> {
        let definition = json!({
            "name": object.name, "plural": object.plural,
            "label": patch.label.as_ref().unwrap_or(&object.label),
            "plural_label": patch.plural_label.as_ref().unwrap_or(&object.plural_label),
            "description": patch.description.as_ref().unwrap_or(&object.description),
            "also_called": patch.also_called.as_ref().unwrap_or(&object.also_called),
        });
        let sql = Sql::fixed(
            "update object_definition set definition = ? where tenant_id = ? and id = ?",
            [definition.clone().into(), self.actor.tenant().into(), object.id.as_str().into()],
        );
        self.tx.execute(sql).await?;
        self.log("redefined", object, &object.id, definition_change(None, Some(definition))).await
    }

    async fn add_field(&mut self, object: &ObjectDef, field: &FieldDef) -> Result<()> {
        self.insert_field(object, field).await?;
        let change = definition_change(None, Some(json!({"field": field.name, "definition": stored_field(field)})));
        self.log("defined", object, &field.id, change).await
    }

    async fn insert_field(&mut self, object: &ObjectDef, field: &FieldDef) -> Result<()> {
        let position = i64::try_from(object.fields.len()).unwrap_or(i64::MAX);
        let row = Sql::fixed(
            "insert into field_definition (tenant_id, id, object_id, name, slot, definition, position, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                self.actor.tenant().into(),
                field.id.as_str().into(),
                object.id.as_str().into(),
                field.name.as_str().into(),
                slot_of(field).map(str::to_owned).into(),
                stored_field(field).into(),
                position.into(),
                self.now.into(),
            ],
        );
        self.tx.execute(row).await.map(drop)
    }

    async fn set_field(&mut self, object: &ObjectDef, old: &FieldDef, new: &FieldDef) -> Result<()> {
        let row = Sql::fixed(
            "update field_definition set definition = ?, slot = ? where tenant_id = ? and id = ?",
            [
                stored_field(new).into(),
                slot_of(new).map(str::to_owned).into(),
                self.actor.tenant().into(),
                new.id.as_str().into(),
            ],
        );
        self.tx.execute(row).await?;
        match (slot_of(old), slot_of(new)) {
            (None, Some(slot)) => slots::fill(self.tx, self.actor, object, new, slot).await?,
            (Some(slot), None) => slots::clear(self.tx, self.actor, object, slot).await?,
            _ => {}
        }
        let shown = |field: &FieldDef| Some(json!({"field": field.name, "definition": stored_field(field)}));
        self.log("redefined", object, &new.id, definition_change(shown(old), shown(new))).await
    }

    async fn archive(&mut self, table: &'static str, object: &ObjectDef, id: &str) -> Result<()> {
        let mut sql = Sql::new(format!("update {table} set archived_at = "));
        sql.bind(self.now).text(if table == "field_definition" { ", slot = null" } else { "" });
        sql.text(" where tenant_id = ").bind(self.actor.tenant()).text(" and id = ").bind(id);
        self.tx.execute(sql).await?;
        let name = object.field_by_id(id).map_or(object.name.clone(), |field| field.name.clone());
        self.log("archived", object, id, definition_change(Some(json!(name)), None)).await
    }

    async fn set_rules(&mut self, object: &ObjectDef, rules: &[Rule]) -> Result<()> {
        let sql = Sql::fixed(
            "insert into object_rule (tenant_id, object_id, rules) values (?, ?, ?) \
             on conflict (tenant_id, object_id) do update set rules = excluded.rules",
            [self.actor.tenant().into(), object.id.as_str().into(), json!(rules).into()],
        );
        self.tx.execute(sql).await?;
        let id = Uuid::nil().simple().to_string();
        self.log("redefined", object, &id, definition_change(Some(json!(object.rules)), Some(json!(rules)))).await
    }

    async fn log(
        &mut self,
        kind: &'static str,
        object: &ObjectDef,
        id: &str,
        changes: Map<String, Json>,
    ) -> Result<()> {
        let event = NewEvent {
            kind,
            object: object.name.clone(),
            // Standard objects have no id of their own.
            record_id: Uuid::parse_str(id).unwrap_or_else(|_| Uuid::nil()),
            record_name: object.label.text("en").to_owned(),
            version: 0,
            changes,
        };
        append(self.tx, self.actor, self.now, Together::default(), vec![event]).await.map(drop)
    }
}

fn slot_of(field: &FieldDef) -> Option<&str> {
    match &field.storage {
        Storage::Custom { slot } => slot.as_deref(),
        _ => None,
    }
}

fn configurable(actor: &Actor, name: &str) -> Result<Arc<ObjectDef>> {
    let object = actor.schema().object(name).ok_or_else(|| crate::access::unknown_object(name))?;
    actor.rights().check(Verb::Configure, object)?;
    Ok(object.clone())
}

fn custom(object: Arc<ObjectDef>) -> Result<Arc<ObjectDef>> {
    if object.custom {
        Ok(object)
    } else {
        Err(Error::Conflict("A standard object cannot be renamed or archived.".into()))
    }
}

fn custom_field(object: &ObjectDef, name: &str) -> Result<Arc<FieldDef>> {
    let field = object.field(name).ok_or_else(|| Error::not_found(format!("The field `{name}`")))?;
    if field.custom {
        Ok(field.clone())
    } else {
        Err(Error::Conflict("A standard field cannot be changed or archived.".into()))
    }
}

fn check_object(actor: &Actor, new: &NewObject) -> Result<()> {
    let plural = new.plural.clone().unwrap_or_else(|| format!("{}s", new.name));
    let mut errors: Vec<FieldError> = [("name", &new.name), ("plural", &plural)]
        .into_iter()
        .filter_map(|(member, name)| check_name(member, name))
        .collect();
    let reserved = ["object", "objects", "record", "records", "custom_record", "all", "me"];
    for (member, word) in [("name", &new.name), ("plural", &plural)] {
        let taken = actor.schema().objects().any(|other| &other.name == word || &other.plural == word);
        if taken || reserved.contains(&word.as_str()) {
            errors.push(
                FieldError::new(
                    member,
                    "not_unique",
                    format!("There is already an object `{word}`, or the word is reserved."),
                )
                .value(&json!(word)),
            );
        }
    }
    if new.label.text("en").trim().is_empty() {
        errors.push(FieldError::new("label", "required", "An object needs a label."));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    if actor.schema().objects().filter(|object| object.custom).count() >= MOST_OBJECTS {
        return Err(Error::Conflict(format!("A company has at most {MOST_OBJECTS} objects of its own.")));
    }
    Ok(())
}

/// Says in which field of an object's definition an error is.
fn inside(error: Error, field: usize) -> Error {
    match error {
        Error::Invalid(errors) => Error::Invalid(
            errors
                .into_iter()
                .map(|error| FieldError { field: format!("fields[{field}].{}", error.field), ..error })
                .collect(),
        ),
        other => other,
    }
}

fn patched(actor: &Actor, object: &ObjectDef, old: &FieldDef, patch: FieldPatch) -> Result<FieldDef> {
    let mut new = old.clone();
    new.label = patch.label.unwrap_or(new.label);
    new.description = patch.description.or(new.description);
    new.also_called = patch.also_called.unwrap_or(new.also_called);
    new.required = patch.required.unwrap_or(new.required);
    new.sensitive = patch.sensitive.unwrap_or(new.sensitive);
    new.default = patch.default.or(new.default).filter(|default| !default.is_null());
    new.limits.min = patch.min.or(new.limits.min);
    new.limits.max = patch.max.or(new.limits.max);
    new.limits.max_length = patch.max_length.or(new.limits.max_length);
    new.limits.pattern = patch.pattern.or(new.limits.pattern);
    match (&mut new.kind, patch.options, patch.formula) {
        (FieldType::Select { options } | FieldType::MultiSelect { options }, Some(wanted), _) => {
            *options = keep_used(options, wanted)
        }
        (FieldType::Formula { formula, .. }, _, Some(wanted)) => *formula = wanted,
        _ => {}
    }
    // Checked as a new field of an object that does not have it yet.
    let others = object.only(|field| field.id != old.id);
    let json = stored_field(&new);
    let mut again = NewField::read(&json)?;
    again.name.clone_from(&new.name);
    again.define(new.id.clone(), &others, actor.schema(), actor)?;
    if let Some(asked) = patch.filterable.filter(|asked| *asked != slot_of(old).is_some()) {
        new.storage = Storage::Custom { slot: None };
        new.filterable = false;
        slots::allot(&others, &mut new, Some(asked))?;
    }
    Ok(new)
}

/// Options that are left out are archived: records may have them.
fn keep_used(old: &[SelectOption], wanted: Vec<SelectOption>) -> Vec<SelectOption> {
    let gone = old.iter().filter(|option| !wanted.iter().any(|wanted| wanted.key == option.key)).cloned();
    let gone: Vec<_> = gone.map(|option| SelectOption { archived: true, ..option }).collect();
    wanted.into_iter().chain(gone).collect()
}

fn check_rules(object: &ObjectDef, rules: &[Rule]) -> Result<()> {
    if rules.len() > MOST_RULES {
        return Err(Error::TooLarge(format!("An object has at most {MOST_RULES} rules of your own.")));
    }
    let mut errors = Vec::new();
    for (i, rule) in rules.iter().enumerate() {
        if let Err(error) = crate::expression::check(object, &rule.expression, Purpose::Rule) {
            errors.push(FieldError { field: format!("rules[{i}].expression"), ..error });
        }
        if rule.message.trim().is_empty() || rule.name.trim().is_empty() {
            errors.push(FieldError::new(format!("rules[{i}]"), "required", "A rule needs a name and a message."));
        }
        if rules[..i].iter().any(|other| other.name == rule.name) {
            errors.push(FieldError::new(format!("rules[{i}].name"), "not_unique", "Two rules have the same name."));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}
