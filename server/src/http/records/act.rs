//! `POST /records/{object}/{id}/actions/{action}`: what an object can do beyond being changed.

use crate::http::answer;
use crate::http::caller::Caller;
use crate::http::input::{OptionalInput, Segments};
use crate::http::openapi::{Operation, component, input_of};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use crm_core::Command;
use crm_core::record::ActionDef;
use serde_json::{Map, Value};
use uuid::Uuid;

pub(in crate::http) fn doc(described: &Described<'_>, action: &ActionDef) -> Operation {
    let object = described.object;
    let id = format!("{}_{}", action.name, object.name);
    Operation::new(&id, object.plural_label.text("en"), action.label.text("en"))
        .body(input_of(&action.input))
        .answer(200, "The record that the action made or changed.", component("Record"))
        .problem(409)
}

/// Carries out the action and shows the record that it made or changed.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((object, id, action)): Segments<(String, Uuid, String)>,
    OptionalInput(input): OptionalInput<Map<String, Value>>,
) -> Result<Response, Problem> {
    let written = state.crm.write(&caller.actor, Command::Act { object, id, action, input }).await?;
    answer::written(&state, &caller, StatusCode::OK, &written).await
}
