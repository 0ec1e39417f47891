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

use crate::call::Call;
use crate::scopes::Scopes;
use crm_core::Result;
use crm_core::access::Verb;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition, ToolAnnotations};
use serde_json::Value as Json;

/// A tool that assistants can call.
pub(crate) trait Tool: Sync {
    /// Its name, for programs.
    fn name(&self) -> &'static str;

    /// What its client must be allowed.
    fn scopes(&self) -> Scopes {
        Scopes::READ
    }

    /// Whether its person's permissions leave anything to do with it.
    fn is_permitted(&self, call: &Call<'_>) -> bool {
        may(call, Verb::Read)
    }

    /// Its definition for the caller: the objects that exist for them are named in it.
    fn define(&self, call: &Call<'_>) -> Definition;

    /// Does it.
    fn call<'a>(&'a self, call: &'a Call<'a>, input: JsonObject) -> BoxFuture<'a, Result<Json>>;
}

/// Every tool, in the order of the list that assistants read.
pub(crate) const ALL: [&dyn Tool; 7] =
    [&search::Search, &fetch::Fetch, &describe::Describe, &query::Query, &get::Get, &create::Create, &update::Update];

/// Whether the caller is offered a tool: by the scopes of the client and the permissions of the person.
pub(crate) fn is_offered(tool: &dyn Tool, call: &Call<'_>) -> bool {
    call.caller.scopes.contains(tool.scopes()) && tool.is_permitted(call)
}

/// The tool of this name.
pub(crate) fn named(name: &str) -> Option<&'static dyn Tool> {
    ALL.into_iter().find(|tool| tool.name() == name)
}

/// Whether the caller may do this with any object.
fn may(call: &Call<'_>, verb: Verb) -> bool {
    call.objects(verb).next().is_some()
}

/// The names of the objects with which the caller may do this.
fn object_names(call: &Call<'_>, verb: Verb) -> Vec<String> {
    call.objects(verb).map(|object| object.name.clone()).collect()
}

/// What a tool that only reads promises.
fn reading() -> ToolAnnotations {
    ToolAnnotations::new().read_only(true).destructive(false).idempotent(true).open_world(false)
}
