//! Articles: what they do beyond their definition.

use super::{revision, slug, step};
use crate::access::{Rights, Verb};
use crate::error::{Error, FieldError, Result};
use crate::record::{ActionDef, Behaviour, Draft, Writing, Written};
use crate::schema::{FieldBuilder, Label, number};
use crate::value::Value;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

/// Articles become public in known steps only, by those who may decide it, and then have an address.
#[derive(Debug)]
pub(crate) struct ArticleRules;

impl Behaviour for ArticleRules {
    fn before_write<'a>(&'a self, writing: &'a mut Writing<'_>, draft: &'a mut Draft) -> BoxFuture<'a, Result<()>> {
        async move {
            follow_the_steps(draft)?;
            keep_the_slug_plain(draft)?;
            if status(draft.get("status")) == "published" {
                publish(writing, draft).await
            } else {
                draft.set("published_at", Value::Null);
                Ok(())
            }
        }
        .boxed()
    }

    /// Here every change passes, undone, deleted and restored ones too.
    fn after_write<'a>(&'a self, writing: &'a mut Writing<'_>, draft: &'a Draft) -> BoxFuture<'a, Result<()>> {
        async move {
            let decided =
                [draft.before("status"), draft.get("status")].into_iter().any(|at| step::is_decided(status(at)));
            if decided && !step::may_decide(writing.actor.rights()) {
                let what = "or archive articles, nor change those that are; submit a draft for review instead".into();
                return Err(Error::Forbidden { verb: "publish".into(), what });
            }
            Ok(())
        }
        .boxed()
    }

    fn actions(&self) -> Vec<ActionDef> {
        let action = |name, english: &str, german: &str, input: Vec<FieldBuilder>| {
            let label = Label::from(english).or("de", german);
            ActionDef { name, label, input: input.into_iter().map(|field| field.0).collect() }
        };
        let revision = number("revision", "Revision")
            .required()
            .description("The version in the timeline whose title and text the article shall have again.");
        vec![
            action("submit", "Submit for review", "Zur Prüfung geben", Vec::new()),
            action("publish", "Publish", "Veröffentlichen", Vec::new()),
            action("withdraw", "Withdraw", "Zurückziehen", Vec::new()),
            action("archive", "Archive", "Archivieren", Vec::new()),
            action("restore_revision", "Restore a revision", "Fassung wiederherstellen", vec![revision]),
        ]
    }

    fn offers(&self, action: &str, rights: &Rights) -> bool {
        !step::of_action(action).is_some_and(step::is_decided) || step::may_decide(rights)
    }

    fn act<'a>(
        &'a self,
        writing: &'a mut Writing<'_>,
        id: Uuid,
        action: &'a str,
        input: &'a Map<String, Json>,
    ) -> BoxFuture<'a, Result<Written>> {
        async move {
            let object = writing.object("article")?;
            let found = writing.find(&object, id, Verb::Update).await?;
            if found.deleted {
                return Err(Error::Conflict("The article is deleted. Restore it first.".into()));
            }
            let values = match step::of_action(action) {
                Some(status) => Map::from_iter([("status".to_owned(), json!(status))]),
                None if action == "restore_revision" => {
                    revision::words_at(writing, &found.record, asked_revision(input)?).await?
                }
                None => return Err(Error::not_found(format!("The action `{action}`"))),
            };
            writing.update_unchecked(found, &values, false).await
        }
        .boxed()
    }
}

/// A new article may begin anywhere, as imported ones do; one that is there goes in steps.
fn follow_the_steps(draft: &Draft) -> Result<()> {
    let (from, to) = (status(draft.before("status")), status(draft.get("status")));
    if draft.old.is_none() || from == to || step::leads(from, to) {
        return Ok(());
    }
    let refused = FieldError::new("status", "not_allowed", format!("An article does not go from {from} to {to}."));
    Err(refused.value(&json!(to)).hint("Make it a draft first.").into())
}

/// What people write as a slug becomes one, or is refused where nothing of it can stand in an address.
fn keep_the_slug_plain(draft: &mut Draft) -> Result<()> {
    let Some(written) = draft.get("slug").as_text().filter(|_| draft.changes("slug")) else { return Ok(()) };
    let Some(plain) = slug::of(written) else {
        let refused = FieldError::new("slug", "invalid", "An address needs letters or digits.");
        return Err(refused.value(&json!(written)).hint("Leave it empty, and it is made from the title.").into());
    };
    if slug::is_reserved(written) || slug::is_reserved(&plain) {
        let refused = FieldError::new("slug", "reserved", "The help centre has a page of its own at this address.");
        return Err(refused.value(&json!(written)).hint("Choose another one.").into());
    }
    draft.set("slug", plain.as_str().into());
    Ok(())
}

/// What is published says something, has an address for good, and says since when.
async fn publish(writing: &mut Writing<'_>, draft: &mut Draft) -> Result<()> {
    let lacks = |field: &str| draft.get(field).as_text().is_none_or(|text| text.trim().is_empty());
    if lacks("body") {
        let refused = FieldError::new("body", "required", "An article without text cannot be published.");
        return Err(refused.hint("Write its text first.").into());
    }
    if draft.get("slug").is_null() {
        let slug = slug::free(writing, draft).await?;
        draft.set("slug", slug.as_str().into());
    }
    if status(draft.before("status")) != "published" || draft.get("published_at").is_null() {
        draft.set("published_at", Value::DateTime(writing.now));
    }
    Ok(())
}

fn asked_revision(input: &Map<String, Json>) -> Result<i64> {
    let unreadable = || FieldError::new("revision", "required", "Say which revision, by its number.").into();
    input.get("revision").and_then(Json::as_i64).ok_or_else(unreadable)
}

fn status(value: &Value) -> &str {
    value.as_text().unwrap_or_default()
}
