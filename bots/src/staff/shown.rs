//! What was shown, so that a text may point at it: "delete the first one", "mark it as won".

use super::Staff;
use super::answer::{Answer, Kind, Listed};
use crm_core::{Actor, Result};
use nlu::Language;
use nlu::staff::{Vocabulary, may_point};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Nobody counts further down a list.
const COUNTED: usize = 50;

/// The records that a text may point at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Shown {
    /// Those of the list that was shown last, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    listed: Vec<Listed>,
    /// The one that was spoken of since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    one: Option<Listed>,
}

impl Shown {
    pub(super) fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// What may be pointed at once this was answered.
    pub(super) fn after(&self, answer: &Answer) -> Self {
        let object = answer.object.as_deref().unwrap_or_default();
        let records = answer.records.iter().flatten().filter_map(|record| of(object, record));
        let mut records: Vec<Listed> = records.take(COUNTED).collect();
        match answer.kind {
            Kind::Record if records.len() == 1 => Self { one: records.pop(), listed: self.listed.clone() },
            Kind::Done => Self { one: records.pop(), listed: self.listed.clone() },
            Kind::Records | Kind::Record => Self { listed: records, one: None },
            _ => self.clone(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Listed> {
        self.listed.iter().chain(&self.one)
    }
}

impl Staff {
    /// Lets a text point at what was shown, as far as it is still there.
    pub(super) async fn let_point(
        &self,
        actor: &Actor,
        text: &str,
        language: Language,
        shown: &Shown,
        vocabulary: &mut Vocabulary,
    ) -> Result<()> {
        if shown.is_empty() || !may_point(text, language) {
            return Ok(());
        }
        let mut ids: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
        for record in shown.all() {
            ids.entry(&record.object).or_default().push(record.id);
        }
        let (schema, mut names) = (vocabulary.schema.clone(), HashMap::new());
        for (object, ids) in ids {
            let Some(object) = schema.object(object) else { continue };
            names.extend(self.named_by_id(actor, object, &ids).await?.into_iter().map(|(name, _)| (name.id, name)));
        }
        let name = |record: &Listed| names.get(&record.id).cloned();
        vocabulary.show(shown.listed.iter().map(name).collect(), shown.one.as_ref().and_then(name));
        Ok(())
    }
}

/// A record as it was shown.
fn of(object: &str, record: &Json) -> Option<Listed> {
    let text = |field: &str| record.get(field).and_then(Json::as_str);
    Some(Listed { object: object.to_owned(), id: text("id")?.parse().ok()?, name: text("name")?.to_owned() })
}
