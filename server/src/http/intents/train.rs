//! `POST /intents/train`.

use super::TAG;
use crate::http::caller::Caller;
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use crm_core::Record;
use crm_core::value::Value as Stored;
use serde_json::{Value, json};

pub(in crate::http) fn doc() -> Operation {
    Operation::new("train_intents", TAG, "Learn from the examples of the active intents")
        .about(
            "Makes a version of the intents and measures it. It is put into use at once, unless a test sentence fails that \
             passed before: then the action `use` of the version puts it into use all the same, as it puts an older one \
             into use again. Refused with 409 while there are too few examples, or a training is under way.",
        )
        .answer(201, "The version, with what was measured.", component("TrainedIntents"))
        .problem(409)
        .problem(413)
}

/// Learns, measures and keeps the result.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let version = state.intents.train(&caller.actor).await?;
    Ok((StatusCode::CREATED, Json(shown(&version))))
}

fn shown(version: &Record) -> Value {
    let whole = |field: &str| version.get(field).as_number().unwrap_or_default() as i64;
    json!({
        "id": version.id, "number": whole("number"), "in_use": version.get("in_use") == &Stored::Bool(true),
        "intents": whole("intents"), "examples": whole("examples"), "tests": whole("tests"),
        "tests_passed": whole("tests_passed"), "accuracy": version.get("accuracy").as_number(),
        "took_ms": whole("took_ms"), "figures": version.to_json().remove("figures"),
    })
}
