//! `/help/search`: what the articles say to a question or a few words.

use super::articles::{self, ARTICLE};
use super::body::{Body, shortened};
use super::centre::{Centre, segment};
use super::failure::Failure;
use super::home::tag;
use super::language::direction;
use super::page::{Page, search_field, search_path};
use super::texts::{counted, fill};
use crate::http::problem::Problem;
use axum::extract::Query;
use axum::response::Response;
use kb_index::{Answer, Passage, Question};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What is looked for.
#[derive(Debug, Deserialize)]
pub(super) struct Sought {
    #[serde(default)]
    q: String,
}

/// What is looked for beyond this is not read.
const LONGEST: usize = 200;
/// How many articles are found at most.
const MOST: usize = 20;
/// How much of a passage is shown, in characters.
const SHOWN: usize = 240;

impl Sought {
    /// The words, as they are looked for.
    pub(super) fn words(&self) -> String {
        self.q.trim().chars().take(LONGEST).collect()
    }
}

/// An article that says something to what is looked for.
#[derive(Debug)]
pub(super) struct Found {
    article: Uuid,
    pub(super) title: String,
    pub(super) language: String,
    /// Its address within the centre, with the anchor of the best place.
    pub(super) place: String,
    /// The headings above that place.
    pub(super) headings: Vec<String>,
    text: String,
}

impl Found {
    /// Whether both are of the same article.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.article == other.article
    }
}

/// The page of what was found.
pub(super) async fn show(centre: Centre, Query(sought): Query<Sought>) -> Result<Response, Failure> {
    let words = sought.words();
    if words.is_empty() {
        let content = html! { section.hero { h1 { (centre.texts.search) } (search_field(&centre, "")) } };
        let page = Page::new(centre.texts.search.clone(), "/search");
        return Ok(Page { words: None, content, ..page }.answer(&centre));
    }
    let answer = answer(&centre, &words).await?;
    let mut found = passages(&centre, &answer);
    let named = hits(&centre, &words, &found, MOST).await?;
    found.extend(named);
    found.truncate(MOST);
    let title = fill(&centre.texts.results_for, &[("words", &words)]);
    let page = Page::new(title, search_path(&words));
    Ok(Page { content: content(&centre, &words, &answer, &found), words: Some(words), ..page }.answer(&centre))
}

/// What the knowledge base answers.
pub(super) async fn answer(centre: &Centre, words: &str) -> Result<Answer, Problem> {
    let question = Question { text: words, earlier: None };
    Ok(centre.search.answer(&centre.crm, &centre.reader, question, MOST).await?)
}

/// The best passage of each article that the answer names.
pub(super) fn passages(centre: &Centre, answer: &Answer) -> Vec<Found> {
    let mut seen = HashSet::new();
    answer
        .passages
        .iter()
        .filter(|passage| seen.insert(passage.article))
        .map(|passage| found(centre, passage))
        .collect()
}

fn found(centre: &Centre, passage: &Passage) -> Found {
    Found {
        article: passage.article,
        title: passage.title.clone(),
        language: passage.language.clone(),
        place: place(centre, passage),
        headings: passage.headings.clone(),
        text: shortened(&passage.text.replace('\n', " "), SHOWN),
    }
}

fn place(centre: &Centre, passage: &Passage) -> String {
    let page = centre.link(&articles::path(passage.article, &passage.slug));
    if passage.anchor.is_empty() { page } else { format!("{page}#{}", segment(&passage.anchor)) }
}

/// The articles that have the words, the last of which may not be typed to its end; not those known already.
pub(super) async fn hits(centre: &Centre, words: &str, known: &[Found], most: usize) -> Result<Vec<Found>, Problem> {
    let only = [ARTICLE.to_owned()];
    let hits = centre.search.search(&centre.crm, &centre.reader, words, Some(&only), most).await?;
    let new = |id: &Uuid| known.iter().all(|known| known.article != *id);
    let ids: Vec<Uuid> = hits.iter().map(|hit| hit.id).filter(new).collect();
    let articles = articles::of_ids(centre, &ids).await?;
    let mut by_id: HashMap<Uuid, _> = articles.into_iter().map(|article| (article.id, article)).collect();
    let found = ids.iter().filter_map(|id| by_id.remove(id)).map(|article| Found {
        article: article.id,
        place: centre.link(&article.path()),
        headings: Vec::new(),
        text: Body::of(&article.title, &article.body, "", centre.texts).lead,
        title: article.title,
        language: article.language,
    });
    Ok(found.collect())
}

fn content(centre: &Centre, words: &str, answer: &Answer, found: &[Found]) -> Markup {
    let texts = centre.texts;
    html! {
        h1 { (fill(&texts.results_for, &[("words", words)])) }
        @if found.is_empty() {
            p { (fill(&texts.nothing, &[("words", words)])) " " (texts.nothing_hint) }
        } @else {
            @if let (true, Some(passage)) = (answer.confident && !answer.sentences.is_empty(), answer.passages.first()) {
                (best(centre, answer, passage))
            }
            p.quiet { (counted(&texts.results, found.len() as u64)) }
            ol.results { @for one in found { (result(centre, one)) } }
        }
    }
}

/// The answer itself, where it is certain enough.
fn best(centre: &Centre, answer: &Answer, passage: &Passage) -> Markup {
    let sentences: Vec<&str> = answer.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    html! {
        section.answer aria-labelledby="help_answer" {
            h2 #help_answer { (centre.texts.best_answer) }
            p lang=(passage.language) dir=(direction(&passage.language)) { (sentences.join(" ")) }
            p { a href=(place(centre, passage)) lang=(passage.language) { (passage.title) } }
        }
    }
}

fn result(centre: &Centre, found: &Found) -> Markup {
    let own = found.language.as_str();
    html! {
        li {
            h2 {
                a href=(found.place) lang=(own) dir=(direction(own)) {
                    (found.title)
                    @if let Some(heading) = found.headings.last() { " › " (heading) }
                }
                @if super::language::spoken(own) != Some(centre.language) { " " (tag(own)) }
            }
            p lang=(own) dir=(direction(own)) { (found.text) }
        }
    }
}
