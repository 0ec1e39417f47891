//! `/help`: the public help centre, pages for whoever comes by. They are made on the server and need no script.
//!
//! A page begins with its [`Centre`](centre::Centre): whose articles, in which language, read by whom. That is always
//! an unknown visitor of the company, so what the public may not read does not exist here.
//!
//! `/help` is the centre of the only company there is, or else of the demo; `/help/c/{company}` that of any. To add a
//! page: write its file with its function `show`, and list it in [`router`]. To add a language: a file in `texts`.

mod article;
mod articles;
mod assets;
mod body;
mod categories;
mod category;
mod centre;
mod failure;
mod file;
mod home;
mod language;
mod missing;
mod page;
mod robots;
mod search;
mod sitemap;
mod suggestions;
mod texts;

pub(super) use centre::origin;
pub(super) use language::preferred;

use super::caller;
use super::problem::Problem;
use super::route::Who;
use super::state::AppState;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use failure::Failure;

/// The help centre, and what the whole installation tells search engines.
pub(super) fn router(state: &AppState) -> Router<AppState> {
    Router::new()
        .nest("/help", pages())
        .nest("/help/c/{company}", pages())
        .route("/help/", get(async || Redirect::permanent("/help")))
        .route("/help/assets/{name}", get(assets::show))
        .route("/robots.txt", get(robots::show))
        .route_layer(from_fn_with_state(state.clone(), pass))
}

fn pages() -> Router<AppState> {
    Router::new()
        .route("/", get(home::show))
        .route("/category/{category}", get(category::show))
        .route("/search", get(search::show))
        .route("/suggestions", get(suggestions::show))
        .route("/sitemap.xml", get(sitemap::show))
        .route("/{article}", get(article::show))
        .route("/{article}/files/{file}", get(file::show))
        .route("/{article}/", get(missing::show))
        .route("/{article}/{*elsewhere}", get(missing::show))
}

/// The limits that every other public route has, told as a page.
async fn pass(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    if let Err(problem) = caller::admit(&state, Who::Public, &mut parts).await {
        return Failure::from(problem).into_response();
    }
    let answer = next.run(Request::from_parts(parts, body));
    let answer = tokio::time::timeout(state.settings.time_limit, answer).await;
    answer.unwrap_or_else(|_| Failure::from(Problem::timed_out()).into_response())
}
