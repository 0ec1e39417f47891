//! The tools, one file each.
//!
//! To add one: write its file (what it is called, who is offered it, its definition, what it does) and list it in
//! [`ALL`]. Inputs and outputs have typed schemas; what a tool does goes through [`crm_core::Crm`] as its caller, and
//! what it changes goes through [`change`].

mod activity_log;
mod aggregate;
mod ask;
mod audit_list;
mod bulk_apply;
mod change;
mod change_revert;
mod conversation_get;
mod conversation_say;
mod create;
mod delete;
pub(crate) mod describe;
mod events;
mod fetch;
mod get;
mod kb_search;
mod merge;
mod query;
mod report_pipeline;
mod search;
mod timeline;
mod update;

use crate::call::Call;
use crate::scopes::Scopes;
use crate::{icons, views};
use crm_core::access::Verb;
use crm_core::record::Job;
use crm_core::{Error, Result};
use futures_util::future::BoxFuture;
use rmcp::model::{InputRequiredResult, JsonObject, Tool as Definition, ToolAnnotations};
use serde_json::Value as Json;
use std::sync::Arc;

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

    /// Its definition.
    fn define(&self, call: &Call<'_>) -> Definition;

    /// Does it.
    fn call<'a>(&'a self, call: &'a Call<'a>, input: JsonObject) -> BoxFuture<'a, Outcome>;
}

/// What a tool answers.
pub(crate) type Outcome = Result<Json, Stop>;

/// Why a tool did not do what it is there for.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It failed.
    Failed(Error),
    /// The client is to ask its person, and come again.
    Ask(InputRequiredResult),
    /// There is something else to answer first: what would happen, a question.
    Answer(Json),
    /// The same, for a view that asks the person itself: with a token that the assistant does not see.
    Show { answer: Json, token: String },
    /// It was begun, and is asked about later.
    Later(Job),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<kb_index::Error> for Stop {
    fn from(error: kb_index::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Every tool, in the order of the list that assistants read: first those that read.
pub(crate) const ALL: [&dyn Tool; 21] = [
    &search::Search,
    &fetch::Fetch,
    &describe::Describe,
    &query::Query,
    &get::Get,
    &aggregate::Aggregate,
    &timeline::Timeline,
    &conversation_get::ConversationGet,
    &kb_search::KbSearch,
    &report_pipeline::ReportPipeline,
    &ask::Ask,
    &audit_list::AuditList,
    &create::Create,
    &update::Update,
    &activity_log::ActivityLog,
    &conversation_say::NOTE,
    &conversation_say::REPLY,
    &merge::Merge,
    &delete::Delete,
    &bulk_apply::BulkApply,
    &change_revert::ChangeRevert,
];

/// Whether the caller is offered a tool: by the scopes of the client and the permissions of the person.
pub(crate) fn is_offered(tool: &dyn Tool, call: &Call<'_>) -> bool {
    call.caller.scopes.contains(tool.scopes()) && tool.is_permitted(call)
}

/// The tools that the caller is offered.
pub(crate) fn list(call: &Call<'_>) -> Vec<Definition> {
    ALL.iter().filter(|tool| is_offered(**tool, call)).map(|tool| shown(*tool, call)).collect()
}

/// The tool of this name.
pub(crate) fn named(name: &str) -> Option<&'static dyn Tool> {
    ALL.into_iter().find(|tool| tool.name() == name)
}

/// A tool as clients show it: with its picture and its view.
pub(crate) fn shown(tool: &dyn Tool, call: &Call<'_>) -> Definition {
    let mut definition = tool.define(call);
    definition.icons = icons::of_tool(call.settings, tool.name());
    definition.meta = views::of_tool(tool.name());
    definition
}

/// What is wrong with an argument that the tool does not know: a misspelt `expected_version` must not go unnoticed.
pub(crate) fn unknown(tool: &Definition, arguments: &JsonObject) -> Option<Error> {
    let known = tool.input_schema.get("properties")?.as_object()?;
    let name = arguments.keys().find(|name| !known.contains_key(*name))?;
    let all: Vec<&str> = known.keys().map(String::as_str).collect();
    let text = format!("{} has no `{name}`. It takes {}.", tool.name, all.join(", "));
    Some(Error::field(name.clone(), "unknown_field", text))
}

/// Whether the caller may do this with any object.
fn may(call: &Call<'_>, verb: Verb) -> bool {
    call.objects(verb).next().is_some()
}

/// A tool that only reads.
fn reading(
    name: &'static str,
    title: &str,
    about: &str,
    input: Arc<JsonObject>,
    output: Arc<JsonObject>,
) -> Definition {
    let promises = ToolAnnotations::new().read_only(true).destructive(false).idempotent(true).open_world(false);
    Definition::new(name, about.to_owned(), input)
        .with_title(title)
        .with_raw_output_schema(output)
        .with_annotations(promises)
}

/// What a tool that changes something promises.
#[derive(Debug, Clone, Copy)]
struct Promises {
    /// It may take away or write over what is there.
    destructive: bool,
    /// It may reach people outside.
    open_world: bool,
}

/// A tool that changes something.
fn writing(name: &'static str, title: &str, about: &str, input: Arc<JsonObject>, promises: Promises) -> Definition {
    let promises = ToolAnnotations::new()
        .read_only(false)
        .destructive(promises.destructive)
        .idempotent(false)
        .open_world(promises.open_world);
    Definition::new(name, about.to_owned(), input)
        .with_title(title)
        .with_raw_output_schema(change::output())
        .with_annotations(promises)
}
