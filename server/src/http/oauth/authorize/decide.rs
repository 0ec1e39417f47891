//! `POST /oauth/authorize`: the answer.

use super::page;
use super::question::{Question, Wrong, names};
use super::refusal::Refusal;
use super::visitor::{Visitor, sign_in};
use crate::http::oauth::form::Form;
use crate::http::oauth::place::Place;
use crate::http::oauth::texts;
use crate::http::state::AppState;
use axum::extract::{FromRequest, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use mcp_server::Scopes;
use url::form_urlencoded;

/// Lets the program in, or not.
pub(in crate::http) async fn handle(State(state): State<AppState>, headers: HeaderMap, request: Request) -> Response {
    match decided(&state, &headers, request).await {
        Ok(response) => response,
        Err(Wrong::Told(refusal)) => refusal.page(&headers),
        Err(Wrong::Answered(reply, code, text)) => reply.error(code, text),
    }
}

async fn decided(state: &AppState, headers: &HeaderMap, request: Request) -> Result<Response, Wrong> {
    let form = Form::from_request(request, state).await?;
    let Some(visitor) = Visitor::of(state, headers).await? else { return Ok(sign_in(&again(&form))) };
    if !visitor.sealed(form.get("seal").unwrap_or_default()) {
        return Err(Refusal::OldForm.into());
    }
    let question = Question::read(state, &Place::of(state, headers), &visitor, &form).await?;
    if form.get("answer") != Some("allow") {
        state.crm.refuse_client(&visitor.actor, &question.client, &names(question.scopes)).await?;
        return Ok(question.reply.error("access_denied", "The person does not allow it."));
    }
    let ticked = form.all("allow").filter_map(|word| Scopes::parse(word).ok()).fold(Scopes::NONE, Scopes::with);
    let allowed = ticked.within(question.scopes);
    if allowed.is_empty() {
        let me = state.crm.me(&visitor.actor).await?;
        let mistake = &texts::of(visitor.actor.language()).tick_one;
        return Ok(page::question(&question, &visitor, &me, &[], &again(&form), Some(mistake)));
    }
    let code = state.crm.allow_client(&visitor.actor, &question.allowance(allowed)).await?;
    Ok(question.reply.code(&code.ok_or(Refusal::Blocked)?))
}

/// The question as the query of an address, to come back to.
fn again(form: &Form) -> String {
    const PARTS: [&str; 8] = [
        "response_type",
        "client_id",
        "redirect_uri",
        "code_challenge",
        "code_challenge_method",
        "resource",
        "scope",
        "state",
    ];
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(PARTS.iter().filter_map(|name| Some((*name, form.get(name)?))));
    query.finish()
}
