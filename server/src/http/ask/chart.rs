//! `GET /ask/conversations/{id}/turns/{sequence}/chart`: the chart of an answer, as it would be now.

use super::TAG;
use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use bots::chart::Chart;
use uuid::Uuid;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("read_ask_chart", TAG, "The chart of one of your answers, with the figures of now")
        .about("What was asked then is asked again, as far as you may see it now.")
        .answer(200, "The chart.", component("Chart"))
        .problem(403)
        .problem(404)
}

/// The chart with the figures of now.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((conversation, turn)): Segments<(Uuid, i64)>,
) -> Result<Json<Chart>, Problem> {
    Ok(Json(state.staff.chart_now(&caller.actor, conversation, turn).await?))
}
