//! Carries out what was understood, as the person who asked.

use super::dialogue::Offered;
use super::meeting::lacks_its_time;
use super::shown::Shown;
use super::{AskedModel, Promised, ShownApproval, Source, Staff, obstacle, texts};
use crate::chart::Chart;
use crm_core::query::{Groups, Query};
use crm_core::schema::{FieldType, ObjectDef, Schema};
use crm_core::{Actor, Command, Error, Record, Result};
use jiff::civil::DateTime;
use nlu::Language;
use nlu::staff::{Action, Assigned, Change, Meaning, Name, Request, Shape, Understanding};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

/// What kind of answer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Records.
    Records,
    /// The one record that was named.
    Record,
    /// A figure.
    Value,
    /// A figure for each group.
    Groups,
    /// Groups in the order of their figures.
    Ranked,
    /// What an article says.
    Article,
    /// A change that would be made, and has not been.
    Proposal,
    /// A question back.
    Clarify,
    /// A change that was carried out.
    Done,
    /// Only words.
    Talk,
    /// It was not understood.
    Unknown,
}

/// An answer.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    /// How the text was understood, in one line.
    pub understood: String,
    /// 0 to 1.
    pub confidence: f64,
    /// What kind of answer it is.
    pub kind: Kind,
    /// What was asked, as a query or an aggregate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<Json>,
    /// The conditions of what was asked, as they are shown; each can be taken away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// The object that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub records: Option<Vec<Json>>,
    /// How many records there are, if not all are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// The figure; null if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Json>,
    /// The figure of each group, by its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Map<String, Json>>,
    /// The labels of the groups, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<String>>,
    /// The figures of the groups as a chart, if there is something to draw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chart: Option<Chart>,
    /// Whether the groups are wanted as a table, not drawn.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub as_table: bool,
    /// The sentences of an article that answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Where they stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What would be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// The values that the record would get, as people read them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Map<String, Json>>,
    /// The change itself, to be carried out once somebody agrees.
    #[serde(skip)]
    pub proposed: Option<Proposed>,
    /// The record that was changed, once it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<Uuid>,
    /// What may have been meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choices: Option<Vec<Listed>>,
    /// What can be said to it by one press or by its place: readings of the text, names instead of one in it, or times.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<String>,
    /// What these are.
    #[serde(skip)]
    pub(super) offered: Option<Offered>,
    /// The fields that must be known before, by their labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The words that lead to the first of them.
    #[serde(skip)]
    pub(super) asks: Option<String>,
    /// What the bot does by itself, if that was spoken about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promises: Option<Vec<Promised>>,
    /// Whether a colleague may be asked for their yes, as the person may not do it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ask_approval: bool,
    /// The request of a colleague that this proposes to agree to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<ShownApproval>,
    /// Requests for approval, if those were spoken about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approvals: Option<Vec<ShownApproval>>,
    /// The words that mean nothing here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown_words: Vec<String>,
    /// What came of asking a language model, if one was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub llm: Option<AskedModel>,
    /// The request that a later text may go on from.
    #[serde(skip)]
    pub request: Option<Request>,
}

/// A change that waits for somebody's yes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposed {
    /// The change as the engine takes it.
    pub command: Command,
    /// The change as it was understood.
    pub change: Change,
    /// The change in a line.
    pub what: String,
}

/// A record that may have been meant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// Its object.
    pub object: String,
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// What an answer may go on from, and what it may hold.
pub(super) struct Scope<'a> {
    /// The request before.
    pub(super) earlier: Option<&'a Request>,
    /// The question before that an article answered.
    pub(super) question: Option<&'a str>,
    /// The records that were shown before.
    pub(super) shown: &'a Shown,
    /// Records that are not meant.
    pub(super) not: &'a [Uuid],
    /// How many records are listed at most.
    pub(super) limit: usize,
    /// Whether an article may answer.
    pub(super) articles: bool,
    /// Whether the words alone count, whatever articles and model there are.
    pub(super) alone: bool,
}

impl Staff {
    pub(super) async fn answer(
        &self,
        actor: &Actor,
        understood: Understanding,
        schema: &Schema,
        language: Language,
        limit: usize,
    ) -> Result<Answer> {
        let bare = Answer::bare(understood.confidence);
        match understood.meaning {
            Meaning::Unknown { words } => {
                let understood = texts::of(language).unknown.clone();
                Ok(Answer { understood, unknown_words: words, ..bare })
            }
            Meaning::WhichOne { request, choices } => {
                let request =
                    request.map_or_else(String::new, |request| format!("{} · ", request.shown(schema, language)));
                let understood = format!("{request}{}", texts::of(language).which_one);
                Ok(Answer {
                    understood,
                    kind: Kind::Clarify,
                    choices: Some(choices.into_iter().map(Listed::from).collect()),
                    request: None,
                    ..bare
                })
            }
            Meaning::Obstacle(obstacle) => Ok(obstacle::told(obstacle, schema, language)),
            Meaning::Change(change) => self.proposal(actor, change, schema, language, bare).await,
            Meaning::Question(request) => {
                match self.carry_out(actor, &request, language, limit).await {
                    Ok(answer) => Ok(Answer { confidence: bare.confidence, ..answer }),
                    // What the query language cannot say was not understood well enough.
                    Err(Error::Invalid(_)) => {
                        Ok(Answer { understood: texts::of(language).unknown.clone(), confidence: 0.0, ..bare })
                    }
                    Err(error) => Err(error),
                }
            }
        }
    }

    /// What a request asks for.
    pub(super) async fn carry_out(
        &self,
        actor: &Actor,
        request: &Request,
        language: Language,
        limit: usize,
    ) -> Result<Answer> {
        let bare = Answer {
            understood: request.shown(&self.crm.schema(actor), language),
            conditions: request.conditions.iter().map(|condition| condition.shown.clone()).collect(),
            object: Some(request.object.clone()),
            request: Some(request.clone()),
            ..Answer::bare(1.0)
        };
        if request.is_figures() {
            self.figures(actor, request, bare, language).await
        } else {
            self.records(actor, request, bare, limit).await
        }
    }

    /// What would be changed, or what must be known before.
    pub(super) async fn proposal(
        &self,
        actor: &Actor,
        change: Change,
        schema: &Schema,
        language: Language,
        bare: Answer,
    ) -> Result<Answer> {
        let change = self.with_members(actor, change).await?;
        let bare = Answer { object: Some(change.object.clone()), action: Some(change.action), ..bare };
        if lacks_its_time(&change) {
            return self.ask_when(actor, change, schema, language, bare).await;
        }
        let shown = change.shown(schema, language);
        let object = schema.object(&change.object);
        if !change.missing.is_empty() {
            let label = |name: &String| {
                object
                    .and_then(|object| object.field(name))
                    .map_or(name.clone(), |field| field.label.text(language.code()).to_owned())
            };
            let missing: Vec<String> = change.missing.iter().map(label).collect();
            let asks = object.zip(change.missing.first()).map(|(object, name)| asks_for(object, name, &missing));
            let understood = format!("{shown} · {}?", missing.join(", "));
            return Ok(Answer { understood, kind: Kind::Clarify, missing, asks, ..bare });
        }
        let target = match &change.target {
            Some(target) => Some(self.crm.get(actor, &target.object, target.id).await?),
            None => None,
        };
        let mut values: Map<String, Json> =
            change.values.iter().map(|assigned| (short(&assigned.field), readable(assigned, object, actor))).collect();
        if let Some(object) = object.filter(|object| target.is_none() && !object.name_from.is_empty()) {
            let parts = object.name_from.iter().filter_map(|part| values.get(part).and_then(Json::as_str));
            values.insert("name".into(), json!(parts.collect::<Vec<_>>().join(" ")));
        }
        let records = target.as_ref().map(|record| vec![self::shown(record)]);
        let command = command(change.clone(), target.as_ref());
        let proposed = command.map(|command| Proposed { command, change, what: shown.clone() });
        Ok(Answer { understood: shown, kind: Kind::Proposal, values: Some(values), records, proposed, ..bare })
    }

    async fn figures(&self, actor: &Actor, request: &Request, bare: Answer, language: Language) -> Result<Answer> {
        let aggregate = request.aggregate();
        let answered = self.crm.aggregate(actor, &aggregate).await?;
        let query = serde_json::to_value(&aggregate).ok();
        if request.group.is_empty() {
            let value = answered.groups.first().and_then(|group| group.values.first()).map_or(json!(0), number);
            return Ok(Answer { kind: Kind::Value, value: Some(value), query, ..bare });
        }
        let (labels, groups) = labelled(&answered);
        let kind = if request.ranked.is_some() { Kind::Ranked } else { Kind::Groups };
        let chart = self.charted(actor, request, &answered, language);
        let as_table = request.shape == Some(Shape::Table);
        Ok(Answer { kind, labels: Some(labels), groups: Some(groups), chart, as_table, query, ..bare })
    }

    async fn records(&self, actor: &Actor, request: &Request, bare: Answer, limit: usize) -> Result<Answer> {
        let query = request.query();
        let wanted = query.limit.unwrap_or(limit).min(limit);
        let (mut records, mut after, mut total) = (Vec::new(), None, None);
        while records.len() < wanted {
            let page = Query {
                limit: Some((wanted - records.len()).min(Query::MAX_LIMIT)),
                after: after.take(),
                total: total.is_none(),
                ..query.clone()
            };
            let page = self.crm.query(actor, &page).await?;
            total = total.or(page.total);
            records.extend(page.records.iter().map(shown));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let one = request.conditions.iter().any(|condition| condition.about == "id");
        let kind = if one { Kind::Record } else { Kind::Records };
        let query = serde_json::to_value(&query).ok();
        Ok(Answer { kind, records: Some(records), total, query, ..bare })
    }
}

impl Answer {
    /// Whether it proposes a change that may be carried out with it: what a model proposes is confirmed in any case, and
    /// nobody agrees to what a colleague asks for before they have seen it.
    #[must_use]
    pub fn may_be_done_at_once(&self) -> bool {
        self.kind == Kind::Proposal && self.approval.is_none() && self.llm.as_ref().is_none_or(|asked| !asked.used)
    }

    /// Only words.
    pub(super) fn talk() -> Self {
        Self { kind: Kind::Talk, ..Self::bare(1.0) }
    }

    pub(super) fn bare(confidence: f64) -> Self {
        Self {
            understood: String::new(),
            confidence: (confidence * 100.0).round() / 100.0,
            kind: Kind::Unknown,
            query: None,
            object: None,
            records: None,
            total: None,
            value: None,
            groups: None,
            labels: None,
            chart: None,
            as_table: false,
            answer: None,
            source: None,
            action: None,
            values: None,
            proposed: None,
            done: None,
            choices: None,
            offers: Vec::new(),
            offered: None,
            conditions: Vec::new(),
            missing: Vec::new(),
            asks: None,
            promises: None,
            ask_approval: false,
            approval: None,
            approvals: None,
            unknown_words: Vec::new(),
            llm: None,
            request: None,
        }
    }
}

impl From<Name> for Listed {
    fn from(name: Name) -> Self {
        Self { object: name.object, id: name.id, name: name.name }
    }
}

/// A change as the engine takes it; it is refused if somebody else has changed the record meanwhile.
fn command(change: Change, target: Option<&Record>) -> Option<Command> {
    let values = change.values.into_iter().map(|assigned| (assigned.field, assigned.value)).collect();
    Some(match (change.action, target) {
        (Action::Create, _) => Command::Create { object: change.object, values },
        (Action::Update, Some(record)) => {
            Command::Update { object: change.object, id: record.id, version: Some(record.version), values }
        }
        (Action::Delete, Some(record)) => {
            Command::Delete { object: change.object, id: record.id, version: Some(record.version) }
        }
        (Action::Update | Action::Delete, None) => return None,
    })
}

/// The words after which a value is read as that of a field: what a record is called needs no label.
fn asks_for(object: &ObjectDef, field: &str, labels: &[String]) -> String {
    let named = field == "name" || object.name_from.iter().any(|part| part == field);
    // A title may be any words: all that follows the colon. Of a person it is first and last name.
    if named && object.name_from.len() < 2 {
        ":".to_owned()
    } else if named {
        " called".to_owned()
    } else {
        format!(" {}", labels.first().cloned().unwrap_or_default().to_lowercase())
    }
}

/// A field's name as queries write it.
fn short(field: &str) -> String {
    field.strip_suffix("_id").unwrap_or(field).to_owned()
}

/// A value as people read it: records by name, instants in UTC, amounts as numbers.
fn readable(assigned: &Assigned, object: Option<&Arc<ObjectDef>>, actor: &Actor) -> Json {
    let kind = object.and_then(|object| object.field(&assigned.field)).map(|field| &field.kind);
    match kind {
        Some(FieldType::DateTime) => {
            let local = assigned.shown.parse::<DateTime>().ok();
            let instant = local.and_then(|local| local.to_zoned(actor.zone().clone()).ok());
            instant.map_or_else(|| json!(assigned.shown), |zoned| json!(zoned.timestamp().to_string()))
        }
        Some(FieldType::Money) => number(&assigned.value),
        Some(kind) if kind.is_reference() || !kind.options().is_empty() => json!(assigned.shown),
        _ => assigned.value.clone(),
    }
}

pub(super) fn shown(record: &Record) -> Json {
    Json::Object(record.to_json())
}

/// A figure as a plain number; money without its currency.
fn number(value: &Json) -> Json {
    match value.get("amount") {
        Some(amount) => amount
            .as_str()
            .and_then(|text| text.parse::<f64>().ok())
            .map_or_else(|| amount.clone(), |number| json!(number)),
        None => value.clone(),
    }
}

fn labelled(answered: &Groups) -> (Vec<String>, Map<String, Json>) {
    let mut labels = Vec::new();
    let mut groups = Map::new();
    for group in &answered.groups {
        let label: Vec<&str> = group.labels.iter().map(|label| label.as_deref().unwrap_or("(none)")).collect();
        let label = label.join(" · ");
        groups.insert(label.clone(), group.values.first().map_or(Json::Null, number));
        labels.push(label);
    }
    (labels, groups)
}
