//! Articles as the public may read them.

use super::centre::{Centre, segment};
use crm_core::query::{Filter, Operator, Page, Query, Sort};
use crm_core::value::Value;
use crm_core::{Error, Record, Result};
use jiff::Timestamp;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// The object's name.
pub(super) const ARTICLE: &str = "article";

/// How many articles a page lists.
const LISTED: usize = 100;
/// How many of those that were changed last the first page lists.
const RECENT: usize = 6;
/// What the pages beside the articles are called: an article of such a slug is addressed by its id.
const TAKEN: [&str; 3] = ["search", "suggestions", "sitemap.xml"];

/// A published article that everybody may read.
#[derive(Debug, Clone)]
pub(super) struct Article {
    pub(super) id: Uuid,
    pub(super) title: String,
    slug: String,
    /// In Markdown; empty in lists.
    pub(super) body: String,
    pub(super) language: String,
    pub(super) category: Option<Uuid>,
    pub(super) published: Option<Timestamp>,
    pub(super) updated: Option<Timestamp>,
}

impl Article {
    fn of(record: &Record) -> Self {
        let text = |field| record.get(field).as_text().unwrap_or_default().to_owned();
        let instant = |field| match record.get(field) {
            Value::DateTime(at) => Some(*at),
            _ => None,
        };
        Self {
            id: record.id,
            title: text("title"),
            slug: text("slug"),
            body: text("body"),
            language: text("language"),
            category: record.get("category_id").as_id(),
            published: instant("published_at"),
            updated: instant("updated_at"),
        }
    }

    /// Its address within the centre.
    pub(super) fn path(&self) -> String {
        path(self.id, &self.slug)
    }

    /// Whether it is written in the page's language.
    pub(super) fn speaks(&self, language: &str) -> bool {
        self.language.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case(language))
    }
}

/// The address of an article within its centre.
pub(super) fn path(id: Uuid, slug: &str) -> String {
    match slug.is_empty() || TAKEN.contains(&slug) {
        true => format!("/{id}"),
        false => format!("/{}", segment(slug)),
    }
}

/// The articles at an address, a slug or an id: one for each language that it is written in.
pub(super) async fn at(centre: &Centre, address: &str) -> Result<Vec<Article>> {
    let filter = match Uuid::parse_str(address) {
        Ok(id) => Filter::eq("id", json!(id)),
        Err(_) => Filter::eq("slug", address),
    };
    let query = Query { sort: by("created_at", false), ..wanted(true) };
    match read(centre, query.filter(filter)).await {
        // What no slug can be is no article's.
        Err(Error::Invalid(_)) => Ok(Vec::new()),
        page => Ok(articles(&page?)),
    }
}

/// Those of these ids, with their texts, in no order.
pub(super) async fn of_ids(centre: &Centre, ids: &[Uuid]) -> Result<Vec<Article>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(articles(&read(centre, wanted(true).filter(Filter::compare("id", Operator::In, json!(ids)))).await?))
}

/// Those that were changed last: in the reader's language, or if there are none in any.
pub(super) async fn recent(centre: &Centre) -> Result<Vec<Article>> {
    let newest = || Query { sort: by("updated_at", true), limit: Some(RECENT), ..wanted(false) };
    let spoken = newest().filter(Filter::compare("language", Operator::StartsWith, centre.language));
    let spoken = articles(&read(centre, spoken).await?);
    if spoken.is_empty() { Ok(articles(&read(centre, newest()).await?)) } else { Ok(spoken) }
}

/// A page of the articles of a category, or of those without one, by title; and the cursor of the next page. Those in
/// the reader's language come first.
pub(super) async fn in_category(
    centre: &Centre,
    category: Option<Uuid>,
    after: Option<String>,
) -> Result<(Vec<Article>, Option<String>)> {
    let filter = match category {
        Some(id) => Filter::eq("category_id", json!(id)),
        None => Filter::compare("category_id", Operator::IsEmpty, true),
    };
    let query = Query { sort: by("title", false), limit: Some(LISTED), after, ..wanted(false) };
    let page = read(centre, query.filter(filter)).await?;
    let mut found = articles(&page);
    found.sort_by_key(|article| !article.speaks(centre.language));
    Ok((found, page.next))
}

/// A long page of all articles, and the cursor of the next one.
pub(super) async fn all(centre: &Centre, after: Option<String>) -> Result<(Vec<Article>, Option<String>)> {
    let query = Query { limit: Some(Query::MAX_LIMIT), after, ..wanted(false) };
    let page = read(centre, query).await?;
    Ok((articles(&page), page.next))
}

async fn read(centre: &Centre, query: Query) -> Result<Page> {
    centre.crm.query(&centre.reader, &query).await
}

fn wanted(with_body: bool) -> Query {
    let listed = ["title", "slug", "language", "category_id", "published_at", "updated_at"];
    let fields = listed.into_iter().chain(with_body.then_some("body"));
    Query { fields: Some(fields.map(str::to_owned).collect()), ..Query::of(ARTICLE) }
}

fn by(field: &str, descending: bool) -> Vec<Sort> {
    vec![Sort { field: field.to_owned(), descending }]
}

fn articles(page: &Page) -> Vec<Article> {
    page.records.iter().map(Article::of).collect()
}

impl Article {
    /// What search engines are told of it.
    pub(super) fn data(&self, centre: &Centre, description: &str) -> Json {
        let mut data = json!({
            "@context": "https://schema.org", "@type": "Article", "headline": self.title,
            "inLanguage": self.language, "description": description,
            "mainEntityOfPage": centre.best_link(&self.path()),
            "publisher": {"@type": "Organization", "name": centre.company.name},
        });
        for (name, at) in [("datePublished", self.published), ("dateModified", self.updated)] {
            if let Some(at) = at {
                data[name] = json!(at.to_string());
            }
        }
        data
    }
}
