//! The definitions of objects and fields: shown to everybody as far as they may see, changed by those who configure.

pub(super) mod archive_field;
pub(super) mod archive_object;
pub(super) mod change_field;
pub(super) mod change_object;
pub(super) mod define_field;
pub(super) mod define_object;
pub(super) mod set_rules;
pub(super) mod show;

use super::caller::Caller;
use super::problem::Problem;
use super::schema_json;
use super::state::AppState;
use serde_json::Value;

/// An object as it is now, after its definition was changed.
async fn object_now(state: &AppState, caller: &Caller, name: &str) -> Result<Value, Problem> {
    let now = caller.again(state).await?;
    let schema = state.crm.schema(&now.actor);
    let object = schema.object(name).ok_or_else(|| Problem::not_found(format!("The object `{name}`")))?;
    Ok(schema_json::object(object, &schema, &now.actor))
}

/// A field as it is now.
async fn field_now(state: &AppState, caller: &Caller, object: &str, name: &str) -> Result<Value, Problem> {
    let now = caller.again(state).await?;
    let schema = state.crm.schema(&now.actor);
    let found = schema.object(object).and_then(|object| Some((object, object.field(name)?)));
    let (object, field) = found.ok_or_else(|| Problem::not_found(format!("The field `{name}`")))?;
    Ok(schema_json::field(field, object, &now.actor))
}
