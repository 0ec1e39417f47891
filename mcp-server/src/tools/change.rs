//! Changing something: rehearsed, agreed to where it matters, done once, and told with the number by which it can be
//! reverted.

use super::{Outcome, Stop};
use crate::answer::{self, short};
use crate::budget::{Detail, fitting};
use crate::call::{Call, record_id};
use crate::consent::{Question, mark};
use crate::schema;
use crate::views;
use crm_core::identity::Answered;
use crm_core::record::{Effect, Proposal};
use crm_core::{Command, Error, Result, Written};
use rmcp::model::JsonObject;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What every tool that changes something takes.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Manner {
    idempotency_key: Option<String>,
    #[serde(default)]
    dry_run: bool,
    confirmation_token: Option<String>,
}

impl Manner {
    /// Whether only to tell what would be.
    pub(super) fn is_rehearsal(&self) -> bool {
        self.dry_run
    }

    /// Whether the answer is kept for when the same is asked again.
    pub(super) fn is_kept(&self) -> bool {
        self.idempotency_key.is_some()
    }

    /// The token of the question that the person answered.
    pub(super) fn token(&self) -> Option<&str> {
        self.confirmation_token.as_deref()
    }

    /// Does it once for each idempotency key, which belongs to what is `marked`.
    pub(super) async fn once(&self, call: &Call<'_>, marked: &str, act: impl AsyncFnOnce() -> Outcome) -> Outcome {
        let Some(key) = &self.idempotency_key else { return act().await };
        let mark = hex::encode(Sha256::digest(format!("mcp {marked}")));
        if let Answered::Before { answer, .. } = call.crm.take_key(call.actor, key, &mark).await? {
            return Ok(answer);
        }
        const DONE: u16 = 200;
        match act().await {
            Ok(answer) => {
                call.crm.keep_answer(call.actor, key, DONE, &answer).await?;
                Ok(answer)
            }
            Err(stop) => {
                call.crm.forget_key(call.actor, key).await?;
                Err(stop)
            }
        }
    }
}

/// The parameters of [`Manner`].
pub(super) fn manner() -> [(&'static str, Json); 3] {
    [("idempotency_key", schema::plain()), ("dry_run", schema::flag()), ("confirmation_token", schema::plain())]
}

/// An input with these properties and those of [`Manner`].
pub(super) fn input<const N: usize>(properties: [(&str, Json); N], required: &[&str]) -> Arc<JsonObject> {
    let mut schema = (*schema::input(properties, required)).clone();
    if let Some(Json::Object(properties)) = schema.get_mut("properties") {
        properties.extend(manner().map(|(name, schema)| (name.to_owned(), schema)));
    }
    Arc::new(schema)
}

/// What a change answers.
pub(super) fn output() -> Arc<JsonObject> {
    schema::output(
        [
            ("status", json!({"enum": ["done", "dry_run", "needs_confirmation"]})),
            ("record", schema::any()),
            ("changes", schema::list()),
            ("event", schema::maybe_number()),
            ("batch", schema::maybe()),
        ],
        &["status"],
    )
}

/// Why a change needs the person's yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Weight {
    /// It can be undone and stays in the house, unless its object or its size says otherwise.
    Light,
    /// It is known to stay in the house, whatever its object.
    Agreed,
    /// The person must agree; they are asked this.
    Heavy(String),
}

/// Objects whose records speak to customers, or decide who may do what.
const WEIGHTY: [&str; 10] = [
    "message",
    "email_message",
    "article",
    "chat_widget",
    "conversation",
    "intent",
    "intent_model",
    "user",
    "role",
    "permission_set",
];
/// How many records may change at once without asking.
pub(super) const MANY: usize = 10;

/// Whether the records of an object speak to customers, or decide who may do what.
pub(super) fn is_weighty(object: &str) -> bool {
    WEIGHTY.contains(&object)
}

/// A change that a tool wants to make.
pub(super) struct Change<'a> {
    pub(super) tool: &'static str,
    pub(super) proposal: Proposal,
    pub(super) manner: &'a Manner,
    pub(super) weight: Weight,
}

impl Change<'_> {
    /// Makes the change, or tells what it would be, or asks.
    pub(super) async fn make(self, call: &Call<'_>) -> Outcome {
        if self.manner.is_rehearsal() {
            let effects = call.crm.rehearse(call.actor, &self.proposal).await?;
            return Ok(json!({"status": "dry_run", "changes": shown(call, &effects).await?}));
        }
        let marked = format!("{} {:?}", self.tool, self.proposal);
        self.manner.once(call, &marked, async || self.agreed(call).await).await
    }

    async fn agreed(&self, call: &Call<'_>) -> Outcome {
        let mut proposal = self.proposal.clone();
        let effects = if self.weight == Weight::Agreed || (self.weight == Weight::Light && is_plain(&proposal)) {
            Vec::new()
        } else {
            call.crm.rehearse(call.actor, &proposal).await?
        };
        if let Some(text) = self.question(&effects) {
            let changes = shown(call, &effects).await?;
            let mut question = text;
            for change in changes.iter().take(MANY) {
                question.push_str(&format!("\n{}", line(change)));
            }
            if changes.len() > MANY {
                question.push_str(&format!("\n… and {} more.", changes.len() - MANY));
            }
            let changes = json!(changes);
            let token = self.manner.token();
            let mark = mark(self.tool, &self.proposal, &effects);
            let composed = views::asks_the_person(self.tool);
            Question { text: question, changes: &changes, mark, token, composed }.ask(call).await?;
            hold_to(&mut proposal, &effects);
        }
        carry_out(call, proposal).await
    }

    /// What the person is asked, if anything.
    fn question(&self, effects: &[Effect]) -> Option<String> {
        match &self.weight {
            Weight::Heavy(text) => return Some(text.clone()),
            Weight::Agreed => return None,
            Weight::Light => {}
        }
        let weighty = match &self.proposal {
            Proposal::Commands(commands) => commands.iter().any(|command| is_weighty(command.object())),
            _ => effects.iter().any(|effect| is_weighty(&effect.object)),
        };
        if weighty {
            return Some("This may reach customers or change who may do what. Do it?".into());
        }
        (effects.len() > MANY).then(|| format!("This changes {} records. Do it?", effects.len()))
    }
}

/// Whether it is one change of one record of an object that carries no weight.
fn is_plain(proposal: &Proposal) -> bool {
    match proposal {
        Proposal::Commands(commands) => match commands.as_slice() {
            [command @ (Command::Create { .. } | Command::Update { .. })] => !is_weighty(command.object()),
            _ => false,
        },
        _ => false,
    }
}

/// What was agreed to was the change of these versions.
fn hold_to(proposal: &mut Proposal, effects: &[Effect]) {
    let Proposal::Commands(commands) = proposal else { return };
    for command in commands {
        if let Command::Update { id, version, .. } | Command::Delete { id, version, .. } = command
            && let Some(effect) = effects.iter().find(|effect| effect.id == *id)
        {
            *version = version.or(Some(effect.version - 1));
        }
    }
}

async fn carry_out(call: &Call<'_>, proposal: Proposal) -> Outcome {
    let written = match proposal {
        Proposal::Revert(sequence) => call.crm.revert(call.actor, sequence).await?,
        Proposal::RevertBatch(batch) => call.crm.revert_batch(call.actor, batch).await?,
        Proposal::Commands(mut commands) => match (commands.len(), commands.pop()) {
            (1, Some(command)) => call.crm.write(call.actor, command).await?,
            _ => return Err(Error::Internal("a change of several records at once".into()).into()),
        },
    };
    done(call, written).await.map_err(Stop::from)
}

/// What a change answers when it was made.
async fn done(call: &Call<'_>, written: Written) -> Result<Json> {
    let Written { object, id, version, sequence, batch, record, possible_duplicates } = written;
    let record = match record {
        Some(record) => answer::record(call, &record, Detail::Concise).await?,
        // It is gone, or its maker may not see it.
        None => json!({"id": id, "object": object, "version": version}),
    };
    let mut answer = json!({"status": "done", "record": record, "event": sequence});
    if let Some(batch) = batch {
        answer["batch"] = json!(batch);
    }
    if !possible_duplicates.is_empty() {
        answer["possible_duplicates"] = json!(possible_duplicates);
    }
    Ok(answer)
}

/// Changes as people read them: the record by name, each field before and after, names beside ids.
pub(super) async fn shown(call: &Call<'_>, effects: &[Effect]) -> Result<Vec<Json>> {
    const MOST: usize = 300;
    let mut shown = Vec::new();
    for effect in effects.iter().take(100) {
        let mut fields = Map::new();
        for (field, change) in effect.changes.iter().filter(|(field, _)| !is_bookkeeping(field)) {
            let named = name_of(call, effect, field, change).await;
            let mut pair: Vec<Json> = change
                .as_array()
                .map(|pair| pair.iter().map(|value| short(value.clone(), MOST)).collect())
                .unwrap_or_default();
            pair.extend(named);
            fields.insert(field.clone(), Json::Array(pair));
        }
        // A new record has no id yet that anybody could use.
        let id = (effect.kind != "created").then(|| record_id(&effect.object, effect.id));
        shown.push(json!({
            "kind": effect.kind, "object": effect.object, "id": id, "name": effect.name, "fields": fields,
        }));
    }
    shown.truncate(fitting(&shown, Detail::Concise));
    Ok(shown)
}

fn is_bookkeeping(field: &str) -> bool {
    [
        "id",
        "version",
        "created_at",
        "created_by",
        "created_via",
        "updated_at",
        "updated_by",
        "updated_via",
        "deleted_at",
    ]
    .contains(&field)
}

/// What the record is called to which a changed field will refer.
async fn name_of(call: &Call<'_>, effect: &Effect, field: &str, change: &Json) -> Option<Json> {
    let target = call.schema.object(&effect.object)?.field(field)?.kind.target()?;
    let id = change.get(1)?.as_str()?.parse().ok()?;
    let record = call.crm.get(call.actor, target, id).await.ok()?;
    Some(json!(record.name()))
}

/// A change in one line.
fn line(change: &Json) -> String {
    let word = |key: &str| change[key].as_str().unwrap_or_default().to_owned();
    let fields = change["fields"].as_object().into_iter().flatten().map(|(field, pair)| {
        let text = |value: &Json| match value {
            Json::Null => "nothing".to_owned(),
            Json::String(text) => format!("«{text}»"),
            other => other.to_string(),
        };
        let after = pair.get(2).or_else(|| pair.get(1)).map(text).unwrap_or_default();
        match pair.get(0) {
            Some(Json::Null) | None => format!("{field}: {after}"),
            Some(before) => format!("{field}: {} → {after}", text(before)),
        }
    });
    let fields: Vec<String> = fields.collect();
    format!("{} {} «{}» {}", word("kind"), word("object"), word("name"), fields.join(", "))
}
