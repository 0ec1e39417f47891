//! `PUT /schema/objects/{object}/rules`: what must hold for every record.

use super::object_now;
use crate::http::caller::Caller;
use crate::http::input::{ListInput, Segments};
use crate::http::openapi::{Operation, component, list_of};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::schema::Rule;
use serde_json::Value;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("set_rules", "Schema", "Set an object's rules")
        .about("Rules that came with the object stay.")
        .body(list_of(component("Rule")))
        .answer(200, "The object.", component("Object"))
        .problem(409)
}

/// Sets the company's own rules of the object.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(name): Segments<String>,
    ListInput(rules): ListInput<Rule>,
) -> Result<Json<Value>, Problem> {
    state.crm.set_rules(&caller.actor, &name, rules).await?;
    Ok(Json(object_now(&state, &caller, &name).await?))
}
