//! Looking up what rows refer to: many at once, remembered within bounds.

use super::error::similar;
use super::mapping::By;
use crm_core::query::{Filter, Operator, Query};
use crm_core::text::fold;
use crm_core::{Actor, Crm, Record, Result};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// A record that a row refers to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Target {
    pub(super) object: String,
    pub(super) by: By,
    pub(super) value: String,
}

impl Target {
    pub(super) fn new(object: &str, by: By, value: &str) -> Self {
        Self { object: object.to_owned(), by, value: value.to_owned() }
    }

    /// How its record is remembered: external ids to the letter, names and addresses as people compare them.
    fn key(&self) -> String {
        if self.by == By::ExternalId { self.value.clone() } else { fold(&self.value) }
    }
}

/// What a target led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    One(Uuid),
    Several,
}

/// A record that exists already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Existing {
    pub(super) id: Uuid,
    pub(super) version: i64,
}

/// What was looked up so far.
#[derive(Debug, Default)]
pub(super) struct Lookups(HashMap<(String, By), HashMap<String, Found>>);

/// How many records of an object are remembered; then it is begun anew.
const REMEMBERED: usize = 100_000;
/// How many records one query asks for.
const AT_ONCE: usize = 500;

impl Lookups {
    /// Looks up what is not known yet. Afterwards [`Lookups::get`] tells.
    pub(super) async fn fill(
        &mut self,
        crm: &Crm,
        actor: &Actor,
        targets: impl Iterator<Item = &Target>,
    ) -> Result<()> {
        let mut missing: BTreeMap<(String, By), BTreeSet<&str>> = BTreeMap::new();
        for target in targets.filter(|target| self.get(target).is_none()) {
            missing.entry((target.object.clone(), target.by)).or_default().insert(&target.value);
        }
        for ((object, by), values) in missing {
            let values: Vec<&str> = values.into_iter().collect();
            for some in values.chunks(AT_ONCE) {
                self.ask(crm, actor, &object, by, some).await?;
            }
        }
        Ok(())
    }

    async fn ask(&mut self, crm: &Crm, actor: &Actor, object: &str, by: By, values: &[&str]) -> Result<()> {
        let records = with_values(crm, actor, object, by.field(), values).await?;
        let known = self.0.entry((object.to_owned(), by)).or_default();
        if known.len() + records.len() > REMEMBERED {
            known.clear();
        }
        for record in records {
            let Some(value) = record.get(by.field()).as_text() else { continue };
            let key = Target::new(object, by, value).key();
            let found = match known.get(&key) {
                Some(Found::One(id)) if *id == record.id => Found::One(record.id),
                Some(_) => Found::Several,
                None => Found::One(record.id),
            };
            known.insert(key, found);
        }
        Ok(())
    }

    /// Where a target leads, if it was looked up and there is such a record.
    pub(super) fn get(&self, target: &Target) -> Option<Found> {
        self.0.get(&(target.object.clone(), target.by))?.get(&target.key()).copied()
    }

    /// Remembers a record that was just written.
    pub(super) fn remember(&mut self, object: &str, external_id: &str, id: Uuid) {
        let known = self.0.entry((object.to_owned(), By::ExternalId)).or_default();
        if known.len() < REMEMBERED {
            known.insert(external_id.to_owned(), Found::One(id));
        }
    }

    /// A remembered record that was perhaps meant.
    pub(super) fn similar(&self, target: &Target) -> Option<&str> {
        similar(&target.value, self.0.get(&(target.object.clone(), target.by))?.keys().map(String::as_str))
    }
}

/// The records that already have one of these external ids.
pub(super) async fn existing(
    crm: &Crm,
    actor: &Actor,
    object: &str,
    keys: &[&str],
) -> Result<HashMap<String, Existing>> {
    let mut found = HashMap::new();
    for some in keys.chunks(AT_ONCE) {
        for record in with_values(crm, actor, object, "external_id", some).await? {
            if let Some(key) = record.get("external_id").as_text() {
                found.insert(key.to_owned(), Existing { id: record.id, version: record.version });
            }
        }
    }
    Ok(found)
}

async fn with_values(crm: &Crm, actor: &Actor, object: &str, field: &str, values: &[&str]) -> Result<Vec<Record>> {
    let filter = Filter::compare(field, Operator::In, json!(values));
    let mut query = Query {
        limit: Some(Query::MAX_LIMIT),
        fields: Some(vec![field.to_owned()]),
        ..Query::of(object).filter(filter)
    };
    let mut records = Vec::new();
    loop {
        let page = crm.query(actor, &query).await?;
        records.extend(page.records);
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(records),
        }
    }
}
