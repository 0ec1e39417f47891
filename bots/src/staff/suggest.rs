//! What can be asked here: questions made of the definitions and the data that somebody may see.

use super::{Staff, language};
use crm_core::query::Filter;
use crm_core::schema::{FieldType, ObjectDef};
use crm_core::{Actor, Result};
use nlu::staff::{Condition, Meaning, Vocabulary, approval, understand, wish};
use serde::Serialize;
use uuid::Uuid;

/// How many questions are offered.
const OFFERED: usize = 8;
/// Who is less sure offers nothing.
const CERTAIN: f64 = 0.95;

/// How a text would be understood.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preview {
    /// In one line; nothing if it means nothing yet.
    pub understood: Option<String>,
    /// 0 to 1.
    pub confidence: f64,
    /// Whether it would propose a change.
    pub change: bool,
    /// The record that is named, if one is.
    pub record: Option<NamedRecord>,
}

/// A record by its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedRecord {
    /// Its object.
    pub object: String,
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

impl Staff {
    /// How a text would be understood; nothing is read but names, and nothing is done.
    ///
    /// # Errors
    /// When the names cannot be read.
    pub async fn preview(&self, actor: &Actor, text: &str) -> Result<Preview> {
        let language = language(actor);
        let now = self.now_of(actor);
        if wish(text, &now, language).is_some() || approval(text, language).is_some() {
            let understood = Some(text.trim().to_owned());
            return Ok(Preview { understood, confidence: 1.0, change: true, record: None });
        }
        let vocabulary = self.vocabulary(actor, text, language).await?;
        let understood = understand(text, &vocabulary, None, &now, language);
        let nothing = Preview { understood: None, confidence: understood.confidence, change: false, record: None };
        Ok(match understood.meaning {
            Meaning::Question(request) => Preview {
                understood: Some(request.shown(&vocabulary.schema, language)),
                record: named_alone(&request, &vocabulary),
                ..nothing
            },
            Meaning::Change(change) => {
                Preview { understood: Some(change.shown(&vocabulary.schema, language)), change: true, ..nothing }
            }
            Meaning::WhichOne { .. } | Meaning::Obstacle(_) | Meaning::Unknown { .. } => nothing,
        })
    }

    /// Questions that somebody could ask, about what they may see; each of them is understood.
    ///
    /// # Errors
    /// When the names cannot be read.
    pub async fn suggestions(&self, actor: &Actor) -> Result<Vec<String>> {
        let language = language(actor);
        let now = self.now_of(actor);
        let vocabulary = self.vocabulary(actor, "", language).await?;
        let understood = |text: &String| {
            let heard = understand(text, &vocabulary, None, &now, language);
            heard.confidence >= CERTAIN && matches!(heard.meaning, Meaning::Question(_) | Meaning::Change(_))
        };
        let mut objects: Vec<_> = vocabulary.schema.objects().filter(|object| object.in_navigation).collect();
        // What has words of its own is what people work with most.
        objects.sort_by_key(|object| std::cmp::Reverse(object.phrases.len()));
        let mut of_each: Vec<Vec<String>> = objects
            .iter()
            .map(|object| questions(object, &vocabulary).into_iter().filter(&understood).collect())
            .collect();
        // In turn, so that no object crowds the others out.
        let mut offered = Vec::new();
        for place in 0..OFFERED {
            offered.extend(of_each.iter_mut().filter_map(|questions| questions.get_mut(place)).map(std::mem::take));
        }
        offered.truncate(OFFERED);
        Ok(offered)
    }
}

/// The record that a request is about, if it is about nothing else.
fn named_alone(request: &nlu::staff::Request, vocabulary: &Vocabulary) -> Option<NamedRecord> {
    let [Condition { filter: Filter::Compare { field, value, .. }, .. }] = request.conditions.as_slice() else {
        return None;
    };
    let id = value.as_str().filter(|_| field == "id").and_then(|id| id.parse::<Uuid>().ok())?;
    let name = vocabulary.names().find(|name| name.id == id && name.object == request.object)?;
    Some(NamedRecord { object: name.object.clone(), id: name.id, name: name.name.clone() })
}

/// Questions about an object, the most telling first.
fn questions(object: &ObjectDef, vocabulary: &Vocabulary) -> Vec<String> {
    let many = object.plural_label.text("en").to_lowercase();
    let phrases = |measures: bool| object.phrases.iter().filter(move |phrase| phrase.measure.is_some() == measures);
    let field = |fits: &dyn Fn(&FieldType) -> bool| {
        object
            .fields
            .iter()
            .find(|field| !field.system && fits(&field.kind))
            .map(|field| field.label.text("en").to_lowercase())
    };
    let mut all = Vec::new();
    if let Some(phrase) = phrases(false).find(|phrase| phrase.on.is_none()) {
        all.push(format!("my {} {many}", phrase.name("en")));
    }
    if let Some(phrase) = phrases(true).next() {
        all.push(format!("{} by month this year", phrase.name("en")));
    }
    if let Some(amount) = field(&|kind| matches!(kind, FieldType::Money)) {
        all.push(format!("top 5 {many} by {amount}"));
    }
    if let Some(phrase) = phrases(false).find(|phrase| phrase.on.is_some()) {
        all.push(format!("{} {many} this month", phrase.name("en")));
    }
    let referred = object.fields.iter().filter(|field| !field.system).find_map(|field| match &field.kind {
        FieldType::Reference { references } if references != "user" => {
            vocabulary.names().find(|name| name.object == *references)
        }
        _ => None,
    });
    all.extend(referred.map(|name| format!("{many} of {}", name.name)));
    if let Some(option) = field(&|kind| !kind.options().is_empty()) {
        all.push(format!("{many} by {option}"));
    }
    all.push(format!("how many {many} were created this month"));
    all
}
