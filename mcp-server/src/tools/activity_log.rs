//! `activity_log`: a note, a call, a meeting or a task about a record.

use super::change::{self, Change, Manner, Weight};
use super::{Outcome, Promises, Tool, writing};
use crate::call::{Call, input};
use crate::schema;
use crate::scopes::Scopes;
use crm_core::access::Verb;
use crm_core::record::Proposal;
use crm_core::{Command, Error};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

pub(crate) struct ActivityLog;

#[derive(Deserialize)]
struct Input {
    kind: String,
    subject: String,
    about: Option<String>,
    text: Option<String>,
    at: Option<String>,
    values: Option<Map<String, Json>>,
    #[serde(flatten)]
    manner: Manner,
}

/// The kinds, with the fields that text and time are in.
const KINDS: [(&str, &str, Option<&str>); 4] = [
    ("note", "body", None),
    ("call", "notes", Some("called_at")),
    ("meeting", "agenda", Some("starts_at")),
    ("task", "description", Some("due_at")),
];

impl Tool for ActivityLog {
    fn name(&self) -> &'static str {
        "activity_log"
    }

    fn scopes(&self) -> Scopes {
        Scopes::READ.with(Scopes::WRITE)
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        KINDS.into_iter().any(|(kind, ..)| call.actor.rights().may(Verb::Create, kind))
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [
            ("kind", json!({"enum": KINDS.map(|(kind, ..)| kind)})),
            ("subject", schema::plain()),
            ("about", schema::text("`deal:UUID`")),
            ("text", schema::plain()),
            ("at", schema::text("When it was, starts or is due")),
            ("values", schema::text_of("object", "Further fields")),
        ];
        let about = "Logs a note, call, meeting or task about a record.";
        let promises = Promises { destructive: false, open_world: false };
        writing(self.name(), "Log an activity", about, change::input(properties, &["kind", "subject"]), promises)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { kind, subject, about, text, at, values, manner } = input(given)?;
            let known = KINDS.into_iter().find(|(name, ..)| *name == kind);
            let (object, text_in, at_in) = known.ok_or_else(|| {
                Error::field("kind", "unknown_option", "An activity is a note, a call, a meeting or a task.")
            })?;
            let mut values = values.unwrap_or_default();
            values.insert("subject".into(), json!(subject));
            if let Some(about) = about {
                let (object, id) = call.record(None, &about)?;
                values.insert("related_id".into(), json!({"object": object.name, "id": id}));
            }
            if let Some(text) = text {
                values.insert(text_in.into(), json!(text));
            }
            match (at, at_in) {
                (Some(at), Some(field)) => drop(values.insert(field.into(), json!(at))),
                (Some(_), None) => return Err(Error::field("at", "unknown_field", "A note has no time.").into()),
                (None, _) => {}
            }
            let proposal = Proposal::Commands(vec![Command::Create { object: object.into(), values }]);
            Change { tool: self.name(), proposal, manner: &manner, weight: Weight::Light }.make(call).await
        }
        .boxed()
    }
}
