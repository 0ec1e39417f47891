//! `/help/sitemap.xml`: every article and topic, for search engines.

use super::articles;
use super::categories::Categories;
use super::centre::Centre;
use super::failure::Failure;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use std::collections::HashSet;

/// The most entries that the format allows.
const MOST: usize = 50_000;

/// The list. What was withdrawn is not in it at once, but search engines ask rarely: it need not be made often.
pub(super) async fn show(centre: Centre) -> Result<Response, Failure> {
    let categories = Categories::of(&centre).await?;
    let mut entries: Vec<(String, Option<String>)> = vec![(centre.best_link(""), None)];
    entries.extend(categories.all().iter().map(|category| (centre.best_link(&category.path()), None)));
    let (mut after, mut seen) = (None, HashSet::new());
    while entries.len() < MOST {
        let (articles, next) = articles::all(&centre, after).await?;
        let new = articles.iter().filter(|article| seen.insert(article.path()));
        entries
            .extend(new.map(|article| (centre.best_link(&article.path()), article.updated.map(|at| at.to_string()))));
        after = next;
        if after.is_none() {
            break;
        }
    }
    entries.truncate(MOST);
    let headers =
        [(header::CONTENT_TYPE, "application/xml; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=600")];
    Ok((headers, written(&entries).into_string()).into_response())
}

fn written(entries: &[(String, Option<String>)]) -> Markup {
    html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {
            @for (address, changed) in entries {
                url {
                    loc { (address) }
                    @if let Some(changed) = changed { lastmod { (changed) } }
                }
            }
        }
    }
}
