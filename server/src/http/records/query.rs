//! `POST /records/{object}/query`: a page of records, asked for in the query language.

use super::operation;
use crate::http::answer;
use crate::http::caller::Caller;
use crate::http::input::{Input, Segments, limit};
use crate::http::openapi::{Operation, component, page_of};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::extract::State;
use axum::response::Response;
use crm_core::access::Verb;
use crm_core::query::Query;

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    described.may(Verb::Read).then(|| {
        operation("query", described, &format!("Query {}", described.object.plural))
            .about("Filters go along references (`account.industry`) and through relations (`any`, `none`).")
            .body(component("Query"))
            .answer(200, "A page.", page_of(described.object))
    })
}

/// A page of records with the names of what they refer to.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(object): Segments<String>,
    Input(query): Input<Query>,
) -> Result<Response, Problem> {
    limit(query.limit, Query::MAX_LIMIT)?;
    let query = Query { object, ..query };
    answer::page(&state, &caller, state.crm.query(&caller.actor, &query).await?).await
}
