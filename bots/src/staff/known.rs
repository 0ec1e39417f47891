//! The words that each person knows, kept between their questions: names of records and values of fields.
//!
//! They follow the event log: before a question, what was written since the last one is looked at, and only the words
//! of objects that it may have changed are read again. So they are never older than the question, on every node.

use super::vocabulary::{fields_of_words, has_common_values, named, spoken_of, values_of};
use crm_core::access::Rights;
use crm_core::event::Event;
use crm_core::query::Query;
use crm_core::schema::{ObjectDef, Schema};
use crm_core::{Actor, Crm, Principal, Record, Result, TenantId};
use lru::LruCache;
use nlu::staff::{Definitions, KnownWords};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

/// The names of objects with so many records at most are all known; those of others are looked up in the index.
const FEW: usize = 200;
/// The values of an object's fields are those of so many of its newest records: of a large table, reading all values
/// for a question would take longer than any answer. Others are looked up in the index.
const SAMPLE: usize = 2_000;
/// After so many events, all words are read again.
const EVENTS: usize = 500;
/// How many people's words are kept.
const PEOPLE: NonZeroUsize = NonZeroUsize::new(256).unwrap();

/// The words of one person at a place of the log.
#[derive(Debug, Clone)]
struct Known {
    /// With other rights or definitions they would be other words.
    rights: Rights,
    schema: Arc<Schema>,
    definitions: Arc<Definitions>,
    sequence: i64,
    objects: BTreeMap<String, Arc<KnownWords>>,
}

/// The words of the people who asked last.
#[derive(Debug, Clone)]
pub(super) struct Memory(Arc<Mutex<LruCache<(TenantId, Principal), Known>>>);

impl Default for Memory {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(LruCache::new(PEOPLE))))
    }
}

impl Memory {
    /// The words of the definitions, and those of all objects that somebody may speak of.
    pub(super) async fn words(&self, crm: &Crm, actor: &Actor) -> Result<(Arc<Definitions>, Vec<Arc<KnownWords>>)> {
        let key = (actor.tenant(), actor.who().clone());
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let kept = kept.filter(|known| known.schema.revision == actor.revision() && &known.rights == actor.rights());
        let followed = match kept {
            Some(known) => known.followed(crm, actor.tenant()).await?,
            None => None,
        };
        let mut known = match followed {
            Some(known) => known,
            None => Known::nothing(crm, actor).await?,
        };
        let schema = known.schema.clone();
        for object in spoken_of(actor, &schema) {
            if !known.objects.contains_key(&object.name) {
                known.objects.insert(object.name.clone(), Arc::new(words_of(crm, actor, object).await?));
            }
        }
        let words = (known.definitions.clone(), known.objects.values().cloned().collect());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).put(key, known);
        Ok(words)
    }
}

impl Known {
    /// The definitions that somebody may see, and no words of the data yet.
    async fn nothing(crm: &Crm, actor: &Actor) -> Result<Self> {
        // Before anything is read: what is written meanwhile is looked at the next time.
        let sequence = crm.last_sequence(actor.tenant()).await?;
        let schema = Arc::new(crm.schema(actor));
        let definitions = Arc::new(Definitions::new(schema.clone()));
        Ok(Self { rights: actor.rights().clone(), schema, definitions, sequence, objects: BTreeMap::new() })
    }

    /// Forgets the words that may have changed since; none if too much has happened.
    async fn followed(mut self, crm: &Crm, tenant: TenantId) -> Result<Option<Self>> {
        let events = crm.log_after(tenant, self.sequence, EVENTS).await?;
        if events.len() >= EVENTS {
            return Ok(None);
        }
        for event in &events {
            self.sequence = event.sequence;
            if moves_between_teams(event) {
                return Ok(None);
            }
            if self.schema.object(&event.object).is_none_or(|object| changes_words(event, object)) {
                self.objects.remove(&event.object);
            }
        }
        Ok(Some(self))
    }
}

/// Whether somebody's records may now be seen by another team.
fn moves_between_teams(event: &Event) -> bool {
    event.object == "user" && (event.changes.contains_key("team_id") || event.kind == "merged")
}

/// Whether other names or values may be there after an event: also those that now somebody else may see.
fn changes_words(event: &Event, object: &ObjectDef) -> bool {
    let matters = |field: &String| field == "owner_id" || fields_of_words(object).contains(field);
    event.kind != "updated" || event.changes.keys().any(matters)
}

/// What somebody may say of one object's records.
async fn words_of(crm: &Crm, actor: &Actor, object: &ObjectDef) -> Result<KnownWords> {
    let is_sampled = object.fields.iter().any(|field| has_common_values(object, field));
    let most = if is_sampled { SAMPLE } else { FEW + 1 };
    let records = newest(crm, actor, object, most).await?;
    let names = if records.len() > FEW { &[] } else { records.as_slice() };
    let names = names.iter().map(|record| named(object, record)).collect();
    Ok(KnownWords::new(names, values_of(object, &records)))
}

/// The newest records of an object that somebody may see, with what words are made of.
async fn newest(crm: &Crm, actor: &Actor, object: &ObjectDef, most: usize) -> Result<Vec<Record>> {
    let mut records = Vec::new();
    let mut query = Query { fields: Some(fields_of_words(object)), ..Query::of(&object.name) };
    while records.len() < most {
        query.limit = Some((most - records.len()).min(Query::MAX_LIMIT));
        let page = crm.query(actor, &query).await?;
        records.extend(page.records);
        let Some(next) = page.next else { break };
        query.after = Some(next);
    }
    Ok(records)
}
