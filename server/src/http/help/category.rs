//! `/help/category/{category}`: the articles of a topic.

use super::articles;
use super::categories::{Categories, Category, UNFILED};
use super::centre::{Centre, query_value};
use super::failure::Failure;
use super::home::{list, topic};
use super::missing;
use super::page::Page;
use super::texts::fill;
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::html;
use serde::Deserialize;

/// The part of the path, beside that of the company.
#[derive(Debug, Deserialize)]
pub(super) struct At {
    category: String,
}

/// Where the list goes on.
#[derive(Debug, Deserialize)]
pub(super) struct Part {
    after: Option<String>,
}

/// A topic's page.
pub(super) async fn show(
    centre: Centre,
    Path(At { category }): Path<At>,
    Query(part): Query<Part>,
) -> Result<Response, Failure> {
    let categories = Categories::of(&centre).await?;
    let found = categories.at(&category);
    if found.is_none() && (category != UNFILED || categories.unfiled == 0) {
        return Ok(missing::page(&centre));
    }
    let is_first = part.after.is_none();
    let (articles, next) = articles::in_category(&centre, found.map(|found| found.id), part.after).await?;
    let name = found.map_or(centre.texts.other.as_str(), |found| &found.name);
    let path = found.map_or(format!("/category/{UNFILED}"), Category::path);
    let below = found.map(|found| categories.below(Some(found.id))).unwrap_or_default();
    let content = html! {
        h1 { (name) }
        @if let Some(text) = found.map(|found| &found.description).filter(|text| !text.is_empty()) { p { (text) } }
        @if !below.is_empty() { ul.topics { @for category in below { (topic(&centre, category)) } } }
        (list(&centre, &articles))
        @if let Some(next) = next {
            p { a href=(centre.link(&format!("{path}?after={}", query_value(&next)))) { (centre.texts.more) } }
        }
    };
    let page = Page::new(name, path.clone());
    // Only the beginning of a list is worth finding: its later parts move.
    let page = if is_first { page.in_all_languages(&centre, &path) } else { page };
    let description = found.map(|found| found.description.clone()).filter(|text| !text.is_empty());
    let about = || format!("{name}: {}", fill(&centre.texts.about, &[("company", &centre.company.name)]));
    let trail = trail(&centre, &categories, found.map(|found| found.id), false);
    Ok(Page { description: description.unwrap_or_else(about), trail, content, ..page }.answer(&centre))
}

/// The way to a category, or with it to what is in it.
pub(super) fn trail(
    centre: &Centre,
    categories: &Categories,
    category: Option<uuid::Uuid>,
    within: bool,
) -> Vec<(String, String)> {
    let home = (centre.texts.help.clone(), String::new());
    let steps = categories.trail(category);
    let shown = if within { steps.len() } else { steps.len().saturating_sub(1) };
    let steps = steps.into_iter().take(shown).map(|category| (category.name.clone(), category.path()));
    std::iter::once(home).chain(steps).collect()
}
