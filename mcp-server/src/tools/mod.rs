//! The tools, one file each.
//!
//! To add one: write its file (what it is called, who is offered it, its definition, what it does) and list it in
//! [`ALL`]. Inputs and outputs have typed schemas; what a tool does goes through [`crm_core::Crm`] as its caller.

mod create;
mod describe;
mod fetch;
mod get;
mod query;
mod search;
mod update;

use crate::caller::Caller;
use crm_core::Result;
use crm_core::access::Verb;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition, ToolAnnotations};
use serde_json::Value as Json;

/// A tool that assistants can call.
pub(crate) trait Tool: Sync {
    /// Its name, for programs.
    fn name(&self) -> &'static str;

    /// Whether the caller is offered it.
    fn is_offered(&self, caller: &Caller<'_>) -> bool {
        may(caller, Verb::Read)
    }

    /// Its definition for the caller: the objects that exist for them are named in it.
    fn define(&self, caller: &Caller<'_>) -> Definition;

    /// Does it.
    fn call<'a>(&'a self, caller: &'a Caller<'a>, input: JsonObject) -> BoxFuture<'a, Result<Json>>;
}

/// Every tool, in the order of the list that assistants read.
pub(crate) const ALL: [&dyn Tool; 7] =
    [&search::Search, &fetch::Fetch, &describe::Describe, &query::Query, &get::Get, &create::Create, &update::Update];

/// Whether the caller may do this with any object.
fn may(caller: &Caller<'_>, verb: Verb) -> bool {
    caller.objects(verb).next().is_some()
}

/// The names of the objects with which the caller may do this.
fn object_names(caller: &Caller<'_>, verb: Verb) -> Vec<String> {
    caller.objects(verb).map(|object| object.name.clone()).collect()
}

/// What a tool that only reads promises.
fn reading() -> ToolAnnotations {
    ToolAnnotations::new().read_only(true).destructive(false).idempotent(true).open_world(false)
}
