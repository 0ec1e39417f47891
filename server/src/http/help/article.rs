//! `/help/{article}`: an article, by its slug or id.

use super::articles::{self, Article};
use super::body::Body;
use super::categories::Categories;
use super::category::trail;
use super::centre::{Centre, in_language, segment};
use super::failure::Failure;
use super::language::{direction, spoken};
use super::missing;
use super::page::Page;
use super::texts;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

/// The part of the path, beside that of the company.
#[derive(Debug, Deserialize)]
pub(super) struct At {
    article: String,
}

/// An article has a table of contents from so many headings on.
const CONTENTS: usize = 3;

/// The article's page.
pub(super) async fn show(mut centre: Centre, Path(At { article }): Path<At>) -> Result<Response, Failure> {
    let mut found = articles::at(&centre, &article).await?;
    let Some(best) =
        found.iter().position(|article| article.speaks(centre.language)).or((!found.is_empty()).then_some(0))
    else {
        return Ok(missing::page(&centre));
    };
    let article = found.swap_remove(best);
    centre.speak(&article.language);
    let categories = Categories::of(&centre).await?;
    let files = centre.link_without_language(&format!("{}/files/", article.path()));
    let body = Body::of(&article.title, &article.body, &files, centre.texts);
    let place = place(&article, &found);
    let others = match found.is_empty() {
        true => Vec::new(),
        false => found.iter().chain([&article]).map(|one| (one.language.clone(), in_own_language(one))).collect(),
    };
    let page = Page {
        description: body.lead.clone(),
        place: Some(place),
        others,
        trail: trail(&centre, &categories, article.category, true),
        article: true,
        changed: article.updated,
        data: vec![article.data(&centre, &body.lead)],
        content: content(&centre, &article, &body, &found),
        ..Page::new(article.title.clone(), article.path())
    };
    Ok(page.answer(&centre))
}

/// Where it lies: by its slug alone, unless that has other languages too.
fn place(article: &Article, others: &[Article]) -> String {
    if others.is_empty() { article.path() } else { in_own_language(article) }
}

fn in_own_language(article: &Article) -> String {
    in_language(&article.path(), &article.language)
}

fn content(centre: &Centre, article: &Article, body: &Body, others: &[Article]) -> Markup {
    let texts = centre.texts;
    let contents = body.contents.len() >= CONTENTS;
    html! {
        article.article.with-contents[contents] {
            header {
                h1 id=[body.title_anchor.as_ref()] lang=(article.language) dir=(direction(&article.language)) {
                    (article.title)
                }
                @if let Some(updated) = article.updated {
                    p.quiet { (stamped(centre, updated)) }
                }
                @if !others.is_empty() { (languages(centre, others)) }
            }
            @if contents {
                nav.contents aria-labelledby="help_contents" {
                    h2 #help_contents { (texts.on_this_page) }
                    ol lang=(article.language) dir=(direction(&article.language)) {
                        @for heading in body.contents.iter().filter(|heading| heading.level <= 3) {
                            li class=[(heading.level == 3).then_some("deeper")] {
                                a href=(format!("#{}", segment(&heading.anchor))) { (heading.text) }
                            }
                        }
                    }
                }
            }
            div.text lang=(article.language) dir=(direction(&article.language)) { (body.html) }
        }
    }
}

/// When it was changed, with the moment for programs.
fn stamped(centre: &Centre, at: jiff::Timestamp) -> Markup {
    let (before, after) = centre.texts.updated.split_once("{date}").unwrap_or((&centre.texts.updated, ""));
    html! { (before) time datetime=(at) { (centre.day(at)) } (after) }
}

fn languages(centre: &Centre, others: &[Article]) -> Markup {
    html! {
        p {
            (centre.texts.also_in)
            @for other in others {
                @let code = spoken(&other.language);
                " " a href=(centre.link_in(&other.path(), &other.language)) hreflang=(other.language) lang=(other.language) {
                    (code.map_or(other.language.as_str(), |code| &texts::of(code).language))
                }
            }
        }
    }
}
