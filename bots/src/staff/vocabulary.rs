//! The words that somebody may use: names of records and values of fields, as far as they may see them.

use super::Staff;
use crm_core::access::Verb;
use crm_core::query::{Aggregate, Filter, GroupBy, Operator, Query};
use crm_core::schema::{FieldDef, FieldType, ObjectDef, Schema};
use crm_core::{Actor, Record, Result};
use nlu::Language;
use nlu::staff::{KnownValue, Me, Name, Vocabulary, names_in};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// The names of objects with so many records at most are all known; those of others are looked up in the index.
const FEW: usize = 200;
/// How many values of a field are known.
const VALUES: usize = 200;
/// How many records are looked up for each name that a text may hold.
const HITS: usize = 12;
/// How many such names are looked up.
const MOST_LOOKED_UP: usize = 12;
/// Objects that nobody speaks about by name.
const NAMELESS: [&str; 10] = [
    "attachment",
    "bot_turn",
    "chat_widget",
    "conversation",
    "email_message",
    "message",
    "permission_set",
    "role",
    "saved_view",
    "visitor",
];

impl Staff {
    pub(super) async fn vocabulary(&self, actor: &Actor, text: &str, language: Language) -> Result<Vocabulary> {
        let schema = Arc::new(self.crm.schema(actor));
        let me = self.me(actor).await?;
        let mut vocabulary = Vocabulary { schema, names: Vec::new(), values: Vec::new(), me };
        let schema = vocabulary.schema.clone();
        for object in spoken_of(actor, &schema) {
            vocabulary.names.extend(self.few(actor, object).await?);
            for field in object.fields.iter().filter(|field| has_common_values(field)) {
                vocabulary.values.extend(self.values(actor, object, field).await?);
            }
        }
        let wanted = names_in(text, &vocabulary, language);
        let known: HashSet<Uuid> = vocabulary.names.iter().map(|name| name.id).collect();
        let found = self.found(actor, &schema, &wanted).await?;
        vocabulary.names.extend(found.into_iter().filter(|name| !known.contains(&name.id)));
        Ok(vocabulary)
    }

    async fn me(&self, actor: &Actor) -> Result<Option<Me>> {
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

    /// The names of an object's records, if there are but few.
    async fn few(&self, actor: &Actor, object: &ObjectDef) -> Result<Vec<Name>> {
        let query = Query { limit: Some(FEW + 1), fields: Some(fields_of_name(object)), ..Query::of(&object.name) };
        let records = self.crm.query(actor, &query).await?.records;
        Ok(if records.len() > FEW { Vec::new() } else { records.iter().map(|record| named(object, record)).collect() })
    }

    /// The values that a field has, the most frequent ones.
    async fn values(&self, actor: &Actor, object: &ObjectDef, field: &FieldDef) -> Result<Vec<KnownValue>> {
        let aggregate = Aggregate {
            object: object.name.clone(),
            group: vec![GroupBy { field: field.name.clone(), by: None }],
            top: Some(VALUES),
            sort: Some(crm_core::query::MeasureSort { measure: 0, descending: true }),
            measures: vec![crm_core::query::Measure::Count],
            ..Aggregate::default()
        };
        let groups = self.crm.aggregate(actor, &aggregate).await?.groups;
        let labels = groups.into_iter().filter_map(|group| group.labels.into_iter().next().flatten());
        Ok(labels.map(|value| KnownValue { object: object.name.clone(), field: field.name.clone(), value }).collect())
    }

    /// The records that the index finds for these words.
    async fn found(&self, actor: &Actor, schema: &Schema, wanted: &[String]) -> Result<Vec<Name>> {
        let objects: Vec<String> = spoken_of(actor, schema).map(|object| object.name.clone()).collect();
        let mut ids: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
        for words in wanted.iter().take(MOST_LOOKED_UP) {
            let hits = self.search.search(&self.crm, actor, words, Some(&objects), HITS).await;
            let hits = hits.map_err(|error| crm_core::Error::Internal(error.to_string()))?;
            for hit in hits {
                ids.entry(hit.object).or_default().push(hit.id);
            }
        }
        let mut names = Vec::new();
        for (name, ids) in ids {
            let Some(object) = schema.object(&name) else { continue };
            let query = Query {
                limit: Some(Query::MAX_LIMIT),
                fields: Some(fields_of_name(object)),
                ..Query::of(&name).filter(Filter::compare("id", Operator::In, json!(ids)))
            };
            let records = self.crm.query(actor, &query).await?.records;
            names.extend(records.iter().map(|record| named(object, record)));
        }
        Ok(names)
    }
}

fn spoken_of<'a>(actor: &'a Actor, schema: &'a Schema) -> impl Iterator<Item = &'a Arc<ObjectDef>> {
    schema
        .objects()
        .filter(|object| !NAMELESS.contains(&object.name.as_str()) && actor.rights().may(Verb::Read, &object.name))
}

/// Whether a field's values are words that many records share, such as an industry.
fn has_common_values(field: &FieldDef) -> bool {
    field.kind == FieldType::Text
        && field.filterable
        && !field.unique
        && !field.system
        && !field.sensitive
        && field.name != "name"
}

fn fields_of_name(object: &ObjectDef) -> Vec<String> {
    let codes = object.fields.iter().filter(|field| is_code(field) || is_within(field)).map(|field| field.name.clone());
    codes.chain(["name".to_owned()]).collect()
}

fn is_code(field: &FieldDef) -> bool {
    field.name == "external_id" || matches!(field.kind, FieldType::AutoNumber { .. } | FieldType::Email)
}

/// Whether a field says what a record is a part of.
fn is_within(field: &FieldDef) -> bool {
    !field.system && matches!(field.kind, FieldType::Reference { .. })
}

fn named(object: &ObjectDef, record: &Record) -> Name {
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
