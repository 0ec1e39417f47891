//! `GET` and `PUT /me/quiet-hours`: when the bot tells one nothing by itself.

use crate::http::caller::Caller;
use crate::http::input::Input;
use crate::http::openapi::{Operation, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::FieldError;
use crm_core::desk::QuietHours;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// From when to when, such as 20:00 and 07:00; both or none.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Hours {
    // Who leaves one out has not said that there shall be none.
    #[serde(deserialize_with = "Option::deserialize")]
    begins: Option<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    ends: Option<String>,
}

fn schema() -> Value {
    let time =
        || json!({"type": ["string", "null"], "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "examples": ["20:00"]});
    object([("begins", time()), ("ends", time())])
}

pub(in crate::http) fn show_doc() -> Operation {
    Operation::new("show_quiet_hours", "Session", "One's own quiet hours")
        .about("In these hours of one's own time zone the bot tells nothing by itself but reminders; both null: at no hours.")
        .answer(200, "The hours.", schema())
        .problem(403)
}

/// The caller's hours.
pub(in crate::http) async fn show(State(state): State<AppState>, caller: Caller) -> Result<Json<Hours>, Problem> {
    let hours = state.crm.quiet_hours(&caller.actor).await?;
    let told = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
    Ok(Json(Hours { begins: hours.map(|hours| told(hours.begins)), ends: hours.map(|hours| told(hours.ends)) }))
}

pub(in crate::http) fn set_doc() -> Operation {
    Operation::new("set_quiet_hours", "Session", "Set one's own quiet hours")
        .body(schema())
        .answer(200, "The hours.", schema())
        .problem(403)
}

/// Sets them.
pub(in crate::http) async fn set(
    State(state): State<AppState>,
    caller: Caller,
    Input(hours): Input<Hours>,
) -> Result<Json<Hours>, Problem> {
    let (begins, ends) = (time("begins", hours.begins)?, time("ends", hours.ends)?);
    let hours = match (begins, ends) {
        (Some(begins), Some(ends)) => Some(QuietHours { begins, ends }),
        (None, None) => None,
        (None, _) => return Err(missing("begins").into()),
        (_, None) => return Err(missing("ends").into()),
    };
    state.crm.set_quiet_hours(&caller.actor, hours).await?;
    show(State(state), caller).await
}

fn time(field: &str, text: Option<String>) -> Result<Option<Time>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let read = Time::strptime("%H:%M", &text).ok().filter(|_| text.len() == 5);
    let wrong = || {
        let error = FieldError::new(field, "invalid", "This is no time of day.").value(&Value::from(text.clone()));
        error.hint("Write it as 20:00.")
    };
    Ok(Some(read.ok_or_else(wrong)?))
}

fn missing(field: &str) -> FieldError {
    FieldError::new(field, "required", "Quiet hours have a beginning and an end.").hint("Send both, or neither.")
}
