//! `GET /oauth/authorize`: the question.

use super::page;
use super::question::{Question, Wrong, names};
use super::refusal::Refusal;
use super::visitor::{Visitor, sign_in};
use crate::http::oauth::form::Form;
use crate::http::oauth::place::Place;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

/// Asks the person, unless they have answered before.
pub(in crate::http) async fn handle(State(state): State<AppState>, headers: HeaderMap, uri: Uri) -> Response {
    let query = uri.query().unwrap_or_default();
    match shown(&state, &headers, query).await {
        Ok(response) => response,
        Err(Wrong::Told(refusal)) => refusal.page(&headers),
        Err(Wrong::Answered(reply, code, text)) => reply.error(code, text),
    }
}

async fn shown(state: &AppState, headers: &HeaderMap, query: &str) -> Result<Response, Wrong> {
    let form = Form::read(query.as_bytes())?;
    // Nothing is looked up, and no address fetched, for who is not signed in.
    let Some(visitor) = Visitor::of(state, headers).await? else { return Ok(sign_in(query)) };
    let question = Question::read(state, &Place::of(state, headers), &visitor, &form).await?;
    let before = state.crm.consented(&visitor.actor, &question.client.client_id).await?;
    let known = names(question.scopes).iter().all(|scope| before.contains(scope));
    if known && question.may_be_remembered() {
        let code = state.crm.allow_client(&visitor.actor, &question.allowance(question.scopes)).await?;
        return Ok(question.reply.code(&code.ok_or(Refusal::Blocked)?));
    }
    let me = state.crm.me(&visitor.actor).await?;
    Ok(page::question(&question, &visitor, &me, &before, query, None))
}
