//! `GET /records/{object}/{id}/shares`.

use super::{Shares, schema, shown};
use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::records::operation;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::access::Verb;
use uuid::Uuid;

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    (described.object.owned() && described.may(Verb::Read)).then(|| {
        operation("shares_of", described, &format!("With whom a {} is shared", described.object.name)).answer(
            200,
            "The shares.",
            schema(),
        )
    })
}

/// With whom the record is shared.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((object, id)): Segments<(String, Uuid)>,
) -> Result<Json<Shares>, Problem> {
    let shares = state.crm.shares(&caller.actor, &object, id).await?;
    Ok(Json(shown(&state.crm, &caller.actor, shares).await?))
}
