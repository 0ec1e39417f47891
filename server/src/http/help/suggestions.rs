//! `/help/suggestions`: what the search field proposes while somebody types.

use super::centre::Centre;
use super::failure::Failure;
use super::search::{Found, Sought, answer, hits, passages};
use axum::Json;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

const MOST: usize = 6;

/// The articles that begin to match, then those that say something to it.
pub(super) async fn show(centre: Centre, Query(sought): Query<Sought>) -> Result<Response, Failure> {
    let words = sought.words();
    let mut found = Vec::new();
    if !words.is_empty() {
        found = hits(&centre, &words, &[], MOST).await?;
        if found.len() < MOST {
            let answer = answer(&centre, &words).await?;
            let others = passages(&centre, &answer).into_iter().filter(|other| found.iter().all(|one| !one.is(other)));
            found.extend(others.collect::<Vec<_>>());
            found.truncate(MOST);
        }
    }
    let shown: Vec<Value> = found.iter().map(shown).collect();
    let headers = [(header::CACHE_CONTROL, "no-cache"), (header::VARY, "accept-language")];
    Ok((headers, Json(json!({"suggestions": shown}))).into_response())
}

fn shown(found: &Found) -> Value {
    json!({"title": found.title, "detail": found.headings.join(" › "), "url": found.place, "language": found.language})
}
