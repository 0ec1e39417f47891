//! What intents and versions must be.

use super::material::{Action, TEXTS};
use super::version;
use crate::access::Verb;
use crate::error::{Error, FieldError, Result};
use crate::record::{ActionDef, Behaviour, Draft, Writing, Written};
use crate::schema::Label;
use crate::value::Value;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

/// Intents: what the bot does must be complete.
#[derive(Debug)]
pub(crate) struct IntentRules;

impl Behaviour for IntentRules {
    fn before_write<'a>(&'a self, _writing: &'a mut Writing<'_>, draft: &'a mut Draft) -> BoxFuture<'a, Result<()>> {
        async move { check(draft) }.boxed()
    }
}

fn check(draft: &Draft) -> Result<()> {
    let speaks = |field: &str| draft.get(field).as_text().is_some_and(|text| !text.trim().is_empty());
    let refuse =
        |field: &str, message: &str, hint: &str| Err(FieldError::new(field, "required", message).hint(hint).into());
    match draft.get("action").as_text().and_then(Action::of) {
        Some(Action::Answer | Action::Ask) if !TEXTS.iter().any(|(_, field)| speaks(field)) => refuse(
            "answer_en",
            "The bot needs a text to say.",
            "Write it in one language at least; customers who speak another get that one.",
        ),
        Some(Action::Article) if draft.get("article_id").is_null() => {
            refuse("article_id", "The bot needs an article to show.", "Choose a published article.")
        }
        _ => Ok(()),
    }
}

/// Versions: training makes them, and which one is in use is at once in force.
#[derive(Debug)]
pub(crate) struct IntentModelRules;

impl Behaviour for IntentModelRules {
    fn before_write<'a>(&'a self, _writing: &'a mut Writing<'_>, draft: &'a mut Draft) -> BoxFuture<'a, Result<()>> {
        async move {
            if draft.get("number").is_null() {
                return Err(Error::Conflict("Versions of the intents are made by training.".into()));
            }
            Ok(())
        }
        .boxed()
    }

    fn after_write<'a>(&'a self, writing: &'a mut Writing<'_>, draft: &'a Draft) -> BoxFuture<'a, Result<()>> {
        async move {
            let yes = &Value::Bool(true);
            if draft.get("in_use") == yes || draft.before("in_use") == yes {
                crate::identity::revise(writing).await?;
            }
            Ok(())
        }
        .boxed()
    }

    fn actions(&self) -> Vec<ActionDef> {
        let label = Label::from("Put into use").or("de", "In Gebrauch nehmen");
        vec![ActionDef { name: "use", label, input: Vec::new() }]
    }

    fn act<'a>(
        &'a self,
        writing: &'a mut Writing<'_>,
        id: Uuid,
        action: &'a str,
        _input: &'a Map<String, Json>,
    ) -> BoxFuture<'a, Result<Written>> {
        async move {
            if action != "use" {
                return Err(Error::not_found(format!("The action `{action}`")));
            }
            let object = writing.object("intent_model")?;
            writing.find(&object, id, Verb::Update).await?;
            version::put_into_use(writing, id).await
        }
        .boxed()
    }
}
