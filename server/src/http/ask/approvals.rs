//! `GET /ask/approvals`, `POST /ask/approvals/{id}/decide`, `POST /ask/approvals/{id}/withdraw`: changes for which one
//! colleague asks another's yes.

use super::TAG;
use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::{Operation, component, list_of, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use bots::staff::{Approvals, ShownApproval};
use crm_core::Crm;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

pub(in crate::http) fn list_doc() -> Operation {
    let approvals = object([("to_decide", list_of(component("Approval"))), ("asked", list_of(component("Approval")))]);
    Operation::new("list_approvals", TAG, "What waits for your approval, and what you asked others to approve")
        .about(
            "Made by saying so, such as \"ask Mike to approve this\". At most 100 wait for you; of yours, the last 50.",
        )
        .answer(200, "The oldest that waits first, and the last that you asked for first.", approvals)
        .problem(403)
}

/// The caller's own.
pub(in crate::http) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Approvals>, Problem> {
    Ok(Json(state.staff.approvals(&caller.actor).await?))
}

/// What was decided.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Decision {
    approve: bool,
    reason: Option<String>,
    version: Option<i64>,
}

pub(in crate::http) fn decide_doc() -> Operation {
    let decision = json!({"type": "object", "additionalProperties": false, "required": ["approve"], "properties": {
        "approve": {"type": "boolean"},
        "reason": {"type": "string", "maxLength": Crm::LONGEST_REASON, "description": "Why not, for whoever asked."},
        "version": {"type": "integer", "minimum": 1, "description": "The version of the record that you have seen, if it is newer than the request."},
    }});
    Operation::new("decide_approval", TAG, "Approve or decline what a colleague asks for")
        .about(
            "Approving makes the change, as you and with your rights of now. People decide, not programs: API keys and assistants are refused.",
        )
        .body(decision)
        .answer(200, "The request as it stands now.", component("Approval"))
        .problem(403)
        .problem(404)
        .problem(409)
        .problem(412)
}

/// Says yes or no.
pub(in crate::http) async fn decide(
    State(state): State<AppState>,
    caller: Caller,
    Segments(id): Segments<Uuid>,
    Input(decision): Input<Decision>,
) -> Result<Json<ShownApproval>, Problem> {
    let (crm, actor) = (&state.crm, &caller.actor);
    let decided = match decision {
        Decision { approve: true, version, .. } => crm.approve(actor, id, version).await?.0,
        Decision { approve: false, reason, .. } => crm.decline(actor, id, reason).await?,
    };
    Ok(Json(state.staff.shown_approval(actor, &decided)))
}

pub(in crate::http) fn withdraw_doc() -> Operation {
    Operation::new("withdraw_approval", TAG, "Take back what you asked a colleague to approve")
        .answer(200, "The request as it stands now.", component("Approval"))
        .problem(403)
        .problem(404)
        .problem(409)
}

/// Takes one of the caller's own back.
pub(in crate::http) async fn withdraw(
    State(state): State<AppState>,
    caller: Caller,
    Segments(id): Segments<Uuid>,
) -> Result<Json<ShownApproval>, Problem> {
    let withdrawn = state.crm.withdraw_approval(&caller.actor, id).await?;
    Ok(Json(state.staff.shown_approval(&caller.actor, &withdrawn)))
}
