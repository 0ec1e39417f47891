//! Which articles answer questions, and what is read of them.

use super::cut::{self, Passage};
use super::language::Language;
use super::shelf::{Audience, Place, Shelved, meaning};
use crm_core::schema::ObjectDef;
use crm_core::{Names, Record};

/// The object whose records answer questions.
pub(crate) const ARTICLE: &str = "article";

const FIELDS: [&str; 7] = ["title", "slug", "body", "language", "status", "visibility", "tags"];

/// The fields that are read of an object's records to shelve their passages: none unless they are articles.
pub(crate) fn fields(object: &ObjectDef) -> Vec<String> {
    let fields = FIELDS.iter().filter(|field| object.name == ARTICLE && object.field(field).is_some());
    fields.map(|field| (*field).to_owned()).collect()
}

/// The passages of a record, if it is a published article, found by the names of its tags too.
pub(crate) fn shelved(record: &Record, names: &Names) -> Vec<Shelved> {
    if record.object.name != ARTICLE {
        return Vec::new();
    }
    let article = Article::of(record);
    if !article.is_published() {
        return Vec::new();
    }
    let tags = tags(record, names);
    let shelve = |passage: &Passage| {
        let place = Place {
            article: record.id,
            version: record.version,
            anchor: passage.anchor.clone(),
            span: passage.span.clone(),
            tags: tags.clone(),
        };
        Shelved::new(place, article.language(), article.is_for(Audience::Customers), article.title, passage)
    };
    article.passages().iter().map(shelve).collect()
}

/// What a sentence encoder is given of a record: a text for each passage of a published article.
pub(crate) fn meanings(record: &Record) -> Vec<String> {
    let article = Article::of(record);
    if record.object.name != ARTICLE || !article.is_published() {
        return Vec::new();
    }
    article.passages().iter().map(|passage| meaning(article.title, passage)).collect()
}

fn tags(record: &Record, names: &Names) -> Vec<String> {
    let mut names = names.of(record);
    names.remove("tags").and_then(|names| serde_json::from_value(names).ok()).unwrap_or_default()
}

/// An article as somebody may read it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Article<'a> {
    pub(crate) title: &'a str,
    pub(crate) slug: &'a str,
    pub(crate) language: &'a str,
    pub(crate) visibility: &'a str,
    body: &'a str,
    status: &'a str,
}

impl<'a> Article<'a> {
    pub(crate) fn of(record: &'a Record) -> Self {
        let text = |field| record.get(field).as_text().unwrap_or_default();
        Self {
            title: text("title"),
            slug: text("slug"),
            language: text("language"),
            visibility: text("visibility"),
            body: text("body"),
            status: text("status"),
        }
    }

    pub(crate) fn is_published(&self) -> bool {
        self.status == "published"
    }

    pub(crate) fn is_for(&self, audience: Audience) -> bool {
        audience == Audience::Staff || self.visibility == "public"
    }

    pub(crate) fn language(&self) -> Language {
        Language::named(self.language)
    }

    pub(crate) fn passages(&self) -> Vec<Passage> {
        cut::passages(self.title, self.body)
    }
}
