//! What is learnt from, and what the bot does about an intent.

use crate::access::Verb;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::{Row, Sql};
use crate::error::{Error, Result};
use crate::{TenantId, access};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a company's intents are learnt from.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// The names of the active intents that have sentences, by their ids.
    pub intents: BTreeMap<Uuid, String>,
    /// Of these, what the bot leaves to the knowledge base.
    pub left_alone: Vec<Uuid>,
    /// The sentences to learn from.
    pub examples: Vec<Sentence>,
    /// The sentences that test what was learnt.
    pub tests: Vec<Sentence>,
}

/// A sentence of a customer, and what they want.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its record.
    pub id: Uuid,
    /// Its intent.
    pub intent: Uuid,
    /// What was said.
    pub text: String,
}

/// What the bot does about an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It says a text.
    Answer,
    /// It shows an article.
    Article,
    /// It hands over.
    HandOver,
    /// It asks something.
    Ask,
    /// It looks into the knowledge base, as if there were no intent.
    LookUp,
}

/// An intent, as the bot needs it.
#[derive(Debug, Clone)]
pub struct Doing {
    /// The intent.
    pub intent: Uuid,
    /// What it is called.
    pub name: String,
    /// What is done.
    pub action: Action,
    /// The article to show.
    pub article: Option<Uuid>,
    /// The team to hand over to, if it is still there.
    pub team: Option<Uuid>,
    /// What is said, by language; never empty texts.
    pub texts: Vec<(&'static str, String)>,
}

impl Action {
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "answer" => Self::Answer,
            "article" => Self::Article,
            "hand_over" => Self::HandOver,
            "ask" => Self::Ask,
            "look_up" => Self::LookUp,
            _ => return None,
        })
    }
}

/// The languages that an intent has a text for, with the field of each.
pub(super) const TEXTS: [(&str, &str); 5] =
    [("en", "answer_en"), ("de", "answer_de"), ("fr", "answer_fr"), ("es", "answer_es"), ("pt", "answer_pt")];

impl Crm {
    /// The most intents that can be told apart.
    pub const MOST_INTENTS: usize = 200;
    /// The most sentences that are learnt from.
    pub const MOST_EXAMPLES: usize = 10_000;
    /// The most sentences that are tested.
    pub const MOST_TESTS: usize = 1_000;

    /// The sentences of the active intents, for somebody who may train.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the right, [`Error::TooLarge`] when there is more than can be learnt.
    pub async fn intent_material(&self, actor: &Actor) -> Result<Material> {
        let object = actor.schema().object("intent_model").ok_or_else(|| access::unknown_object("intent_model"))?;
        actor.rights().check(Verb::Create, object)?;
        let most = Self::MOST_EXAMPLES + Self::MOST_TESTS;
        let mut sql = Sql::fixed(
            "select e.id, e.sentence, e.is_test, i.id, i.name, i.action from intent_example e \
             join intent i on i.tenant_id = e.tenant_id and i.id = e.intent_id and i.deleted_at is null and i.is_active \
             where e.tenant_id = ? and e.deleted_at is null order by e.id",
            [actor.tenant().into()],
        );
        sql.text(&format!(" limit {}", most + 1));
        let mut material = Material::default();
        for row in self.db().rows(actor.tenant(), sql).await? {
            material.add(&row)?;
        }
        material.check()?;
        Ok(material)
    }

    /// What the bot does about an intent; none if it is not active any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn what_to_do(&self, tenant: TenantId, intent: Uuid) -> Result<Option<Doing>> {
        let sql = Sql::fixed(
            "select i.name, i.action, i.article_id, t.id, i.answer_en, i.answer_de, i.answer_fr, i.answer_es, i.answer_pt \
             from intent i left join team t on t.tenant_id = i.tenant_id and t.id = i.team_id and t.deleted_at is null \
             where i.tenant_id = ? and i.id = ? and i.deleted_at is null and i.is_active",
            [tenant.into(), intent.into()],
        );
        let Some(row) = self.db().row(tenant, sql).await? else { return Ok(None) };
        let mut texts = Vec::new();
        for (column, (language, _)) in (4..).zip(TEXTS) {
            let text = row.string(column)?;
            if !text.trim().is_empty() {
                texts.push((language, text));
            }
        }
        let action = Action::of(&row.string(1)?).unwrap_or(Action::LookUp);
        let (name, article, team) = (row.string(0)?, row.uuid(2)?, row.uuid(3)?);
        Ok(Some(Doing { intent, name, action, article, team, texts }))
    }
}

impl Material {
    fn add(&mut self, row: &Row) -> Result<()> {
        let intent = row.id(3)?;
        let sentence = Sentence { id: row.id(0)?, intent, text: row.string(1)? };
        if self.intents.insert(intent, row.string(4)?).is_none() && Action::of(&row.string(5)?) == Some(Action::LookUp)
        {
            self.left_alone.push(intent);
        }
        let into = if row.boolean(2)? == Some(true) { &mut self.tests } else { &mut self.examples };
        into.push(sentence);
        Ok(())
    }

    fn check(&self) -> Result<()> {
        for (count, most, what) in [
            (self.intents.len(), Crm::MOST_INTENTS, "active intents"),
            (self.examples.len(), Crm::MOST_EXAMPLES, "examples of active intents"),
            (self.tests.len(), Crm::MOST_TESTS, "test sentences of active intents"),
        ] {
            if count > most {
                return Err(Error::TooLarge(format!(
                    "There are more than {most} {what}. Switch intents off, or delete what says the same."
                )));
            }
        }
        Ok(())
    }
}
