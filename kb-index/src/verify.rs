//! Candidates read as the asking person may see them, and matched again: only what passes here is shown.

use crate::asked::Asked;
use crate::candidates::Candidate;
use crate::error::Result;
use crate::rank::{Match, matching, snippet};
use crate::search::Hit;
use crate::texts::{self, Role, Text};
use crm_core::query::{Filter, Operator, Query};
use crm_core::schema::{FieldType, ObjectDef, Schema};
use crm_core::value::Value;
use crm_core::{Actor, Crm, Error, Record};
use futures_util::future::try_join_all;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Whoever asks, and what they may see.
pub(crate) struct Reader<'a> {
    pub(crate) crm: &'a Crm,
    pub(crate) actor: &'a Actor,
    pub(crate) schema: &'a Schema,
}

/// A record that the reader may see and that matches.
pub(crate) struct Verified {
    record: Record,
    texts: Vec<Text>,
    matched: Match,
    updated: u64,
}

impl Verified {
    pub(crate) fn id(&self) -> Uuid {
        self.record.id
    }

    /// Best first; of equals, the latest change first.
    pub(crate) fn order(a: &Self, b: &Self) -> std::cmp::Ordering {
        b.matched.score.total_cmp(&a.matched.score).then(b.updated.cmp(&a.updated)).then(b.record.id.cmp(&a.record.id))
    }
}

/// The fields that tell a record apart in a list of hits, besides its name.
fn tells_apart(object: &ObjectDef) -> impl Iterator<Item = &str> {
    let telling = object.fields.iter().filter(|field| !field.system && !field.sensitive).filter(|field| {
        matches!(field.kind, FieldType::AutoNumber { .. } | FieldType::Email | FieldType::Url)
            || matches!(field.name.as_str(), "account_id" | "title" | "status" | "phone")
    });
    telling.map(|field| field.name.as_str())
}

impl Reader<'_> {
    /// Those of the candidates that the reader may see and that match with what they may read.
    pub(crate) async fn verify(&self, asked: &Asked, candidates: Vec<Candidate>) -> Result<Vec<Verified>> {
        let mut by_object: BTreeMap<String, HashMap<Uuid, u64>> = BTreeMap::new();
        for candidate in candidates {
            by_object.entry(candidate.key.object).or_default().insert(candidate.key.id, candidate.updated);
        }
        let objects = by_object.iter().filter_map(|(name, ids)| self.schema.object(name).map(|object| (object, ids)));
        let verified = try_join_all(objects.map(|(object, ids)| self.verify_of(asked, object, ids))).await?;
        Ok(verified.into_iter().flatten().collect())
    }

    async fn verify_of(&self, asked: &Asked, object: &ObjectDef, ids: &HashMap<Uuid, u64>) -> Result<Vec<Verified>> {
        let mut short = texts::fields(object, |role| role != Role::Long);
        short.extend(tells_apart(object).map(str::to_owned));
        short.sort_unstable();
        short.dedup();
        let mut verified = Vec::new();
        let mut unsure = HashMap::new();
        for record in self.read(object, ids.keys().copied().collect(), short).await? {
            let texts = texts::of(&record);
            let matched = matching(asked, &texts);
            let updated = ids.get(&record.id).copied().unwrap_or_default();
            let one = Verified { record, texts, matched, updated };
            if one.matched.parts >= asked.need {
                verified.push(one);
            } else {
                unsure.insert(one.id(), one);
            }
        }
        let long = texts::fields(object, |role| role == Role::Long);
        if unsure.is_empty() || long.is_empty() {
            return Ok(verified);
        }
        for record in self.read(object, unsure.keys().copied().collect(), long).await? {
            let Some(mut one) = unsure.remove(&record.id) else { continue };
            one.texts.extend(texts::of(&record));
            one.matched = matching(asked, &one.texts);
            if one.matched.parts >= asked.need {
                verified.push(one);
            }
        }
        Ok(verified)
    }

    async fn read(&self, object: &ObjectDef, ids: Vec<Uuid>, fields: Vec<String>) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        for ids in ids.chunks(Query::MAX_LIMIT) {
            let filter = Filter::compare("id", Operator::In, json!(ids));
            let fields = Some(fields.clone());
            let query = Query { limit: Some(ids.len()), fields, ..Query::of(&object.name).filter(filter) };
            match self.crm.query(self.actor, &query).await {
                Ok(page) => records.extend(page.records),
                // The object was archived, or the right to it taken, since the actor came in.
                Err(Error::NotFound { .. } | Error::Forbidden { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(records)
    }

    /// The hits to show for verified records.
    pub(crate) async fn show(&self, verified: Vec<Verified>) -> Result<Vec<Hit>> {
        let accounts = verified.iter().filter_map(|one| one.record.get("account_id").as_id()).collect();
        let names = self.account_names(accounts).await?;
        Ok(verified.into_iter().map(|one| self.hit(one, &names)).collect())
    }

    async fn account_names(&self, mut ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
        ids.sort_unstable();
        ids.dedup();
        match self.schema.object("account") {
            Some(account) if !ids.is_empty() => {
                let records = self.read(account, ids, vec!["name".into()]).await?;
                Ok(records.iter().map(|record| (record.id, record.name().to_owned())).collect())
            }
            _ => Ok(HashMap::new()),
        }
    }

    fn hit(&self, one: Verified, accounts: &HashMap<Uuid, String>) -> Hit {
        const MOST: usize = 3;
        let (record, language) = (&one.record, self.actor.language());
        let told = tells_apart(&record.object).filter_map(|name| {
            let field = record.object.field(name)?;
            match (&field.kind, record.get(name)) {
                (_, Value::Null) => None,
                (FieldType::Select { options }, Value::Text(key)) => {
                    let label =
                        options.iter().find(|option| &option.key == key).map(|option| option.label.text(language));
                    Some(label.unwrap_or(key).to_owned())
                }
                (_, Value::Id(id)) => accounts.get(id).cloned(),
                (_, value) => field.show(value).as_str().map(str::to_owned),
            }
        });
        let subtitle = told.take(MOST).collect::<Vec<_>>().join(" · ");
        let snippet = one.matched.shown.as_ref().and_then(|(text, at)| {
            let text = one.texts.get(*text)?;
            Some(format!("{}: {}", text.field.label.text(language), snippet(&text.text, at)))
        });
        Hit {
            object: record.object.name.clone(),
            id: record.id,
            name: record.name().to_owned(),
            subtitle,
            snippet: snippet.unwrap_or_default(),
            score: one.matched.score,
        }
    }
}
