//! `GET /records/{object}`: a page of records, asked for in the address.

use super::operation;
use crate::http::answer;
use crate::http::caller::Caller;
use crate::http::found_by;
use crate::http::input::{Params, Segments, limit, shaped};
use crate::http::openapi::{Operation, page_of};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::extract::State;
use axum::response::Response;
use crm_core::access::Verb;
use crm_core::query::{Filter, Query, Sort};
use crm_core::{Actor, FieldError};
use serde::Deserialize;
use serde_json::{Value, json};

/// A query in the address.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ListParams {
    q: Option<String>,
    filter: Option<String>,
    sort: Option<String>,
    fields: Option<String>,
    limit: Option<usize>,
    after: Option<String>,
    total: Option<bool>,
    deleted: Option<bool>,
}

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    let text = || json!({"type": "string"});
    described.may(Verb::Read).then(|| {
        operation("list", described, &format!("List {}", described.object.plural))
            .query("q", text(), "Words that the record's name, number, e-mail address or phone must contain.")
            .query("filter", text(), "A filter as JSON, as in the query endpoint.")
            .query(
                "sort",
                json!({"type": "string", "examples": ["-created_at,name"]}),
                "Fields; `-` for the greatest first.",
            )
            .query("fields", text(), "Which fields, separated by commas; all if absent.")
            .query(
                "limit",
                json!({"type": "integer", "minimum": 1, "maximum": Query::MAX_LIMIT, "default": Query::DEFAULT_LIMIT}),
                "How many at most.",
            )
            .query("after", text(), "The `next` of the page before.")
            .query("total", json!({"type": "boolean", "default": false}), "Whether to count all matching records.")
            .query("deleted", json!({"type": "boolean", "default": false}), "Deleted records instead of living ones.")
            .answer(200, "A page.", page_of(described.object))
    })
}

/// A page of records with the names of what they refer to.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(object): Segments<String>,
    Params(params): Params<ListParams>,
) -> Result<Response, Problem> {
    let query = query(&state, &caller.actor, object, params)?;
    answer::page(&state, &caller, state.crm.query(&caller.actor, &query).await?).await
}

fn query(state: &AppState, actor: &Actor, object: String, params: ListParams) -> Result<Query, Problem> {
    let given = params.filter.as_deref().filter(|text| !text.trim().is_empty()).map(filter).transpose()?;
    let words = match params.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        // An object that does not exist for the caller is refused by the query itself.
        Some(text) => state.crm.schema(actor).object(&object).map(|object| found_by::words(object, text)),
        None => None,
    };
    let names =
        |list: &str| list.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    Ok(Query {
        filter: match (given, words) {
            (Some(given), Some(words)) => Some(Filter::all([given, words])),
            (given, words) => given.or(words),
        },
        sort: params.sort.as_deref().map(sort).unwrap_or_default(),
        limit: limit(params.limit, Query::MAX_LIMIT)?,
        after: params.after.filter(|cursor| !cursor.is_empty()),
        total: params.total.unwrap_or_default(),
        fields: params.fields.as_deref().map(names),
        deleted: params.deleted.unwrap_or_default(),
        object,
    })
}

fn filter(text: &str) -> Result<Filter, Problem> {
    let json: Value = serde_json::from_str(text)
        .map_err(|error| FieldError::new("filter", "malformed", format!("The filter is not JSON: {error}.")))?;
    /// Gives the filter's faults their path.
    #[derive(Deserialize)]
    struct Wrapped {
        filter: Filter,
    }
    shaped::<Wrapped>(json!({"filter": json})).map(|wrapped| wrapped.filter)
}

fn sort(text: &str) -> Vec<Sort> {
    let keys = text.split(',').map(str::trim).filter(|key| !key.is_empty());
    keys.map(|key| Sort { field: key.trim_start_matches(['-', '+']).to_owned(), descending: key.starts_with('-') })
        .collect()
}
