//! `POST /intents/understand`: one sentence, tried.

use super::TAG;
use crate::http::caller::Caller;
use crate::http::input::Input;
use crate::http::openapi::{Operation, component, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::FieldError;
use serde::Deserialize;
use serde_json::{Value, json};

/// The most characters of a sentence.
const LONGEST: usize = 500;

/// A sentence to be tried.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Tried {
    text: String,
}

pub(in crate::http) fn doc() -> Operation {
    let text = json!({"type": "string", "maxLength": LONGEST});
    Operation::new("understand_intent", TAG, "What a sentence means by the version in use")
        .about("Nothing is said or done. Without a version in use, or where no intent comes near, `intent` is null.")
        .body(object([("text", text)]))
        .answer(
            200,
            "The likeliest intent, how sure that is, and the words that speak for it.",
            component("UnderstoodIntent"),
        )
}

/// Understands a sentence, and says why.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Input(tried): Input<Tried>,
) -> Result<Json<Value>, Problem> {
    not_too_long(&tried.text)?;
    let text = tried.text.trim();
    let nothing =
        json!({"version": null, "intent": null, "name": null, "confidence": 0.0, "sure": false, "because": []});
    let Some(understood) = state.intents.understand(&caller.actor, text).await? else { return Ok(Json(nothing)) };
    // An intent that was deleted or switched off since then is not meant any more.
    let doing = state.crm.what_to_do(caller.actor.tenant(), understood.intent).await?;
    let because = state.intents.explain(&caller.actor, text, &understood).await?;
    Ok(Json(json!({
        "version": understood.version, "intent": doing.as_ref().map(|doing| doing.intent),
        "name": doing.as_ref().map(|doing| doing.name.as_str()), "confidence": understood.confidence,
        "sure": understood.sure && doing.is_some(), "because": because,
    })))
}

fn not_too_long(text: &str) -> Result<(), FieldError> {
    let count = text.chars().count();
    if count <= LONGEST {
        return Ok(());
    }
    let message = format!("A sentence has at most {LONGEST} characters; this one has {count}.");
    Err(FieldError::new("text", "too_long", message).value(&json!(text)).hint("Try a part of it."))
}
