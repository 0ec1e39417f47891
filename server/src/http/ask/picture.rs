//! `GET /ask/conversations/{id}/turns/{sequence}/chart.png`: the chart of an answer as a picture.

use super::TAG;
use crate::http::caller::Caller;
use crate::http::input::{Params, Segments};
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bots::chart::Theme;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

/// How it is drawn.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Drawn {
    #[serde(default)]
    theme: Theme,
}

pub(in crate::http) fn doc() -> Operation {
    let png = json!({"type": "string", "format": "binary", "contentMediaType": "image/png"});
    Operation::new("draw_ask_chart", TAG, "The chart of one of your answers as a picture")
        .about("For channels that show pictures only. It is drawn as it was told; its words are the chart's `text`.")
        .query("theme", json!({"enum": ["light", "dark"], "default": "light"}), "On what ground.")
        .answer(200, "The picture.", png)
        .problem(403)
        .problem(404)
}

/// The picture, drawn where nobody waits for the thread.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((conversation, turn)): Segments<(Uuid, i64)>,
    Params(drawn): Params<Drawn>,
) -> Result<Response, Problem> {
    let chart = state.staff.chart_then(&caller.actor, conversation, turn).await?;
    let picture = tokio::task::spawn_blocking(move || chart.picture(drawn.theme)).await;
    let picture = picture.map_err(Problem::internal)?.map_err(Problem::internal)?;
    Ok(([(header::CONTENT_TYPE, "image/png")], picture).into_response())
}
