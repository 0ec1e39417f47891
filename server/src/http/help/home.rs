//! `/help`: the search field, the topics, and what was changed last.

use super::articles::{self, Article};
use super::categories::{Categories, Category, UNFILED};
use super::centre::Centre;
use super::failure::Failure;
use super::language::direction;
use super::page::{Page, search_field};
use super::texts::{counted, fill};
use axum::response::Response;
use maud::{Markup, html};
use serde_json::json;

/// The home page.
pub(super) async fn show(centre: Centre) -> Result<Response, Failure> {
    let (categories, recent) = tokio::try_join!(Categories::of(&centre), articles::recent(&centre))?;
    let texts = centre.texts;
    let content = html! {
        section.hero {
            h1 { (texts.welcome) }
            (search_field(&centre, ""))
        }
        (topics(&centre, &categories))
        @if !recent.is_empty() {
            section {
                h2 { (texts.recent) }
                (list(&centre, &recent))
            }
        } @else {
            p.quiet { (texts.empty) }
        }
    };
    let page = Page {
        description: fill(&texts.about, &[("company", &centre.company.name)]),
        words: None,
        data: vec![json!({
            "@context": "https://schema.org", "@type": "WebSite", "url": centre.best_link(""),
            "name": fill(&texts.title, &[("company", &centre.company.name)]),
        })],
        content,
        ..Page::new("", "").in_all_languages(&centre, "")
    };
    Ok(page.answer(&centre))
}

fn topics(centre: &Centre, categories: &Categories) -> Markup {
    let top = categories.below(None);
    html! {
        @if !top.is_empty() {
            section {
                h2 { (centre.texts.topics) }
                ul.topics {
                    @for category in top { (topic(centre, category)) }
                    @if categories.unfiled > 0 {
                        (tile(centre, &format!("/category/{UNFILED}"), &centre.texts.other, "", categories.unfiled))
                    }
                }
            }
        }
    }
}

/// A category as a tile.
pub(super) fn topic(centre: &Centre, category: &Category) -> Markup {
    tile(centre, &category.path(), &category.name, &category.description, category.articles)
}

fn tile(centre: &Centre, path: &str, name: &str, description: &str, articles: u64) -> Markup {
    html! {
        li {
            a href=(centre.link(path)) {
                strong { (name) }
                @if !description.is_empty() { span { (description) } }
                span.quiet { (counted(&centre.texts.articles, articles)) }
            }
        }
    }
}

/// Articles one below the other. Those in another language than the page say so.
pub(super) fn list(centre: &Centre, articles: &[Article]) -> Markup {
    html! {
        ul.articles {
            @for article in articles {
                li {
                    a href=(centre.link(&article.path())) lang=(article.language) dir=(direction(&article.language)) {
                        (article.title)
                    }
                    @if !article.speaks(centre.language) { " " (tag(&article.language)) }
                }
            }
        }
    }
}

/// The language of an article that is not the page's.
pub(super) fn tag(language: &str) -> Markup {
    let name = super::language::spoken(language).map_or(language, |code| &super::texts::of(code).language);
    html! { span.tag { (name) } }
}
