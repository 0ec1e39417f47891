//! The words that somebody may use: names of records and values of fields, as far as they may see them.

use super::Staff;
use crm_core::access::Verb;
use crm_core::query::{Filter, Operator, Query};
use crm_core::schema::{FieldDef, FieldType, ObjectDef, Schema};
use crm_core::value::Value;
use crm_core::{Actor, Record, Result};
use nlu::Language;
use nlu::staff::{KnownValue, KnownWords, Me, Name, Vocabulary, names_in};
use serde_json::json;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// How many values of a field are known.
const VALUES: usize = 200;
/// How many records are looked up for each name that a text may hold.
const HITS: usize = 12;
/// How many such names are looked up.
const MOST_LOOKED_UP: usize = 12;
/// Objects that nobody speaks about by name.
const NAMELESS: [&str; 13] = [
    "attachment",
    "bot_turn",
    "chat_widget",
    "conversation",
    "email_message",
    "intent",
    "intent_example",
    "intent_model",
    "message",
    "permission_set",
    "role",
    "saved_view",
    "visitor",
];

impl Staff {
    pub(super) async fn vocabulary(&self, actor: &Actor, text: &str, language: Language) -> Result<Vocabulary> {
        let me = self.me(actor).await?;
        let (definitions, known) = self.memory.words(&self.crm, actor).await?;
        let mut vocabulary = Vocabulary::new(definitions, known, me);
        let wanted = names_in(text, &vocabulary, language);
        self.add_found(actor, &mut vocabulary, &wanted).await?;
        Ok(vocabulary)
    }

    pub(super) async fn me(&self, actor: &Actor) -> Result<Option<Me>> {
        let Some(user) = actor.who().user() else { return Ok(None) };
        let query =
            Query { fields: Some(vec!["team_id".into()]), ..Query::of("user").filter(Filter::eq("id", json!(user))) };
        // Who may not read users has no team to speak of.
        let team = self
            .crm
            .query(actor, &query)
            .await
            .ok()
            .and_then(|page| page.records.first().and_then(|me| me.get("team_id").as_id()));
        Ok(Some(Me { user, team }))
    }

    /// Adds the words of the records that the index finds for these words.
    async fn add_found(&self, actor: &Actor, vocabulary: &mut Vocabulary, wanted: &[String]) -> Result<()> {
        let schema = vocabulary.schema.clone();
        let known: HashSet<Uuid> = vocabulary.names().map(|name| name.id).collect();
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for (object, ids) in self.found(actor, &schema, wanted).await? {
            let Some(object) = schema.object(&object) else { continue };
            for (name, record) in self.named_by_id(actor, object, &ids).await? {
                if !known.contains(&name.id) {
                    names.push(name);
                }
                for value in values_of(object, std::slice::from_ref(&record)) {
                    if !values.contains(&value) && vocabulary.values().all(|known| known != &value) {
                        values.push(value);
                    }
                }
            }
        }
        if !(names.is_empty() && values.is_empty()) {
            vocabulary.add(KnownWords::new(names, values));
        }
        Ok(())
    }

    /// The records of these ids that there are, with what they are called.
    pub(super) async fn named_by_id(
        &self,
        actor: &Actor,
        object: &ObjectDef,
        ids: &[Uuid],
    ) -> Result<Vec<(Name, Record)>> {
        let query = Query {
            limit: Some(Query::MAX_LIMIT),
            fields: Some(fields_of_words(object)),
            ..Query::of(&object.name).filter(Filter::compare("id", Operator::In, json!(ids)))
        };
        let records = self.crm.query(actor, &query).await?.records;
        Ok(records.into_iter().map(|record| (named(object, &record), record)).collect())
    }

    /// The records that the index finds for these words, by object.
    async fn found(&self, actor: &Actor, schema: &Schema, wanted: &[String]) -> Result<BTreeMap<String, Vec<Uuid>>> {
        let objects: Vec<String> = spoken_of(actor, schema).map(|object| object.name.clone()).collect();
        let mut ids: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
        for words in wanted.iter().take(MOST_LOOKED_UP) {
            let hits = self.search.search(&self.crm, actor, words, Some(&objects), HITS).await;
            let hits = hits.map_err(|error| crm_core::Error::Internal(error.to_string()))?;
            for hit in hits {
                ids.entry(hit.object).or_default().push(hit.id);
            }
        }
        Ok(ids)
    }
}

/// The objects whose records somebody may speak about.
pub(super) fn spoken_of<'a>(actor: &'a Actor, schema: &'a Schema) -> impl Iterator<Item = &'a Arc<ObjectDef>> {
    schema
        .objects()
        .filter(|object| !NAMELESS.contains(&object.name.as_str()) && actor.rights().may(Verb::Read, &object.name))
}

/// Whether a field's values are words that many records share: an industry, or what colleagues are ("sales managers").
pub(super) fn has_common_values(object: &ObjectDef, field: &FieldDef) -> bool {
    field.kind == FieldType::Text
        && (field.filterable || !object.in_navigation && field.name == "title")
        && !field.unique
        && !field.system
        && !field.sensitive
        && field.name != "name"
}

/// The fields that the words of a record are made of.
pub(super) fn fields_of_words(object: &ObjectDef) -> Vec<String> {
    let is_read = |field: &&Arc<FieldDef>| is_code(field) || is_within(field) || has_common_values(object, field);
    let fields = object.fields.iter().filter(is_read).map(|field| field.name.clone());
    fields.chain(["name".to_owned()]).collect()
}

fn is_code(field: &FieldDef) -> bool {
    field.name == "external_id" || matches!(field.kind, FieldType::AutoNumber { .. } | FieldType::Email)
}

/// Whether a field says what a record is a part of.
fn is_within(field: &FieldDef) -> bool {
    !field.system && matches!(field.kind, FieldType::Reference { .. })
}

pub(super) fn named(object: &ObjectDef, record: &Record) -> Name {
    let codes = record
        .cells()
        .filter(|(field, _)| is_code(field))
        .filter_map(|(field, value)| field.show(value).as_str().map(str::to_owned));
    let within = record.cells().filter(|(field, _)| is_within(field)).filter_map(|(_, value)| value.as_id());
    Name {
        object: object.name.clone(),
        id: record.id,
        name: record.name().to_owned(),
        codes: codes.collect(),
        within: within.collect(),
    }
}

/// The values of records' fields, the most frequent ones of each.
pub(super) fn values_of(object: &ObjectDef, records: &[Record]) -> Vec<KnownValue> {
    let valued = object.fields.iter().filter(|field| has_common_values(object, field));
    valued.flat_map(|field| most_frequent(object, field, records)).collect()
}

fn most_frequent(object: &ObjectDef, field: &FieldDef, records: &[Record]) -> Vec<KnownValue> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for record in records {
        if let Value::Text(text) = record.get(&field.name) {
            *counts.entry(text).or_default() += 1;
        }
    }
    let mut values: Vec<(&str, usize)> = counts.into_iter().collect();
    values.sort_by(|(one, times), (other, more)| more.cmp(times).then(one.cmp(other)));
    let known = |(value, _): (&str, usize)| KnownValue {
        object: object.name.clone(),
        field: field.name.clone(),
        value: value.to_owned(),
    };
    values.into_iter().take(VALUES).map(known).collect()
}
