//! One request: whose it is, what it may use, and how it names objects and records.

use crate::caller::Caller;
use crate::line::Line;
use crate::services::Services;
use crate::settings::Settings;
use crm_core::access::Verb;
use crm_core::schema::{ObjectDef, Schema};
use crm_core::text::fold;
use crm_core::{Actor, Crm, Error, Result};
use kb_index::Search;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use std::sync::Arc;
use uuid::Uuid;

/// A request, with what its caller may see.
pub(crate) struct Call<'a> {
    pub(crate) crm: &'a Crm,
    pub(crate) search: &'a Search,
    pub(crate) settings: &'a Settings,
    pub(crate) services: &'a Services,
    pub(crate) caller: &'a Caller,
    pub(crate) actor: &'a Actor,
    pub(crate) schema: &'a Schema,
    /// The line to the client, where a tool is called.
    pub(crate) line: Option<&'a Line>,
}

impl<'a> Call<'a> {
    pub(crate) fn new(services: &'a Services, caller: &'a Caller, line: Option<&'a Line>) -> Self {
        Self {
            crm: &services.crm,
            search: &services.search,
            settings: &services.settings,
            services,
            schema: &caller.schema,
            actor: &caller.actor,
            caller,
            line,
        }
    }

    /// The objects with which the caller may do this.
    pub(crate) fn objects(&self, verb: Verb) -> impl Iterator<Item = &Arc<ObjectDef>> {
        self.schema.objects().filter(move |object| self.actor.rights().may(verb, &object.name))
    }

    /// The object of this name; also by its plural, label or another word for it, as assistants guess.
    pub(crate) fn object(&self, name: &str) -> Result<&Arc<ObjectDef>> {
        if let Some(object) = self.schema.object(name) {
            return Ok(object);
        }
        let word = fold(name);
        let language = self.actor.language();
        let called = |object: &&Arc<ObjectDef>| {
            let names = [&object.plural, object.label.text(language), object.plural_label.text(language)];
            names.iter().any(|name| fold(name) == word) || object.also_called.iter().any(|name| fold(name) == word)
        };
        self.schema.objects().find(called).ok_or_else(|| {
            let known: Vec<&str> = self.objects(Verb::Read).map(|object| object.name.as_str()).collect();
            Error::field(
                "object",
                "unknown_object",
                format!("There is no object `{name}`. There are: {}.", known.join(", ")),
            )
        })
    }

    /// The record that an id means: `deal:UUID` as [`record_id`] writes it, or a UUID beside its object.
    pub(crate) fn record(&self, object: Option<&str>, id: &str) -> Result<(&Arc<ObjectDef>, Uuid)> {
        let (prefix, uuid) = id.rsplit_once(':').map_or((None, id), |(object, uuid)| (Some(object), uuid));
        let Some(object) = prefix.or(object) else {
            return Err(Error::field(
                "id",
                "wrong_type",
                format!("`{id}` does not say of which object. Write it as `deal:UUID`."),
            ));
        };
        let object = self.object(object)?;
        let uuid = uuid.trim().parse().map_err(|_| {
            let text = format!("`{id}` is not the id of a record. Use `search` or `crm_query` to find it.");
            Error::field("id", "wrong_type", text)
        })?;
        Ok((object, uuid))
    }
}

/// A record's id as assistants see it where the object is not said.
pub(crate) fn record_id(object: &str, id: Uuid) -> String {
    format!("{object}:{id}")
}

/// Reads the input of a tool.
pub(crate) fn input<T: DeserializeOwned>(input: Map<String, Json>) -> Result<T> {
    serde_json::from_value(Json::Object(input))
        .map_err(|error| Error::Malformed(format!("The input cannot be read: {error}.")))
}
