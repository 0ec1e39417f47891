//! `POST /records/{object}/aggregate`: groups and measures.

use super::operation;
use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::access::Verb;
use crm_core::query::{Aggregate, Groups};

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    described.may(Verb::Read).then(|| {
        operation("aggregate", described, &format!("Group and measure {}", described.object.plural))
            .body(component("Aggregate"))
            .answer(200, "The groups.", component("Groups"))
    })
}

/// The groups.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(object): Segments<String>,
    Input(aggregate): Input<Aggregate>,
) -> Result<Json<Groups>, Problem> {
    let aggregate = Aggregate { object, ..aggregate };
    Ok(Json(state.crm.aggregate(&caller.actor, &aggregate).await?))
}
