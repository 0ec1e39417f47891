//! `PUT /records/{object}/{id}/shares`.

use super::{Shares, schema, shown};
use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::records::operation;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::access::Verb;
use crm_core::record::Share;
use crm_core::{Error, FieldError};
use uuid::Uuid;

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    (described.object.owned() && described.may(Verb::Update)).then(|| {
        operation("share", described, &format!("Share a {}", described.object.name))
            .about("With exactly these users and teams.")
            .body(schema())
            .answer(200, "The shares.", schema())
    })
}

/// Shares the record with exactly these users and teams.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((object, id)): Segments<(String, Uuid)>,
    Input(input): Input<Shares>,
) -> Result<Json<Shares>, Problem> {
    let mut shares: Vec<Share> = Vec::with_capacity(input.shares.len());
    for (i, shared) in input.shares.iter().enumerate() {
        let wrong = |code, text| Error::from(FieldError::new(format!("shares[{i}]"), code, text));
        let share = shared.share().ok_or_else(|| wrong("required", "Give either `user_id` or `team_id`."))?;
        if shares.iter().any(|other| other.grantee_id == share.grantee_id) {
            return Err(wrong("not_unique", "Name each user and each team once.").into());
        }
        shares.push(share);
    }
    state.crm.share(&caller.actor, &object, id, shares).await?;
    let shares = state.crm.shares(&caller.actor, &object, id).await?;
    Ok(Json(shown(&state.crm, &caller.actor, shares).await?))
}
