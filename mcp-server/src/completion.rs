//! Completing what a person types into the arguments of prompts and of addresses.

use crate::call::Call;
use crate::prompts;
use crate::resources::address::object_of_template;
use crm_core::access::Verb;
use crm_core::query::{Query, Sort};
use crm_core::{Error, Result};
use rmcp::model::{CompleteRequestParams, CompletionInfo, Reference};
use uuid::Uuid;

/// How many records are proposed.
const PROPOSED: usize = 20;

/// Values that match what is typed, of what the caller may see: names of objects, names of records, ids of records.
pub(crate) async fn complete(call: &Call<'_>, request: &CompleteRequestParams) -> Result<CompletionInfo> {
    let typed = request.argument.value.trim();
    let argument = request.argument.name.as_str();
    let values = match &request.r#ref {
        Reference::Prompt(prompt) => match prompts::object_of(&prompt.name, argument) {
            // A conversation is named by its id: many have the same subject.
            Some(object @ "conversation") => ids(found(call, object, typed).await?),
            Some(object) => names(found(call, object, typed).await?),
            None => Vec::new(),
        },
        Reference::Resource(_) if argument == "object" => objects(call, typed),
        Reference::Resource(resource) if argument == "id" => match object_of_template(&resource.uri) {
            Some(object) => ids(found(call, object, typed).await?),
            None => Vec::new(),
        },
        _ => Vec::new(),
    };
    CompletionInfo::new(values).map_err(Error::Internal)
}

/// The objects whose name begins so.
fn objects(call: &Call<'_>, typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    let names = call.objects(Verb::Read).map(|object| object.name.clone());
    names.filter(|name| name.starts_with(&typed)).take(CompletionInfo::MAX_VALUES).collect()
}

/// The records that are meant: those that match, or, where nothing is typed yet, the last changed.
async fn found(call: &Call<'_>, object: &str, typed: &str) -> Result<Vec<(Uuid, String)>> {
    let known = call.schema.object(object).filter(|object| call.actor.rights().may(Verb::Read, &object.name));
    let Some(object) = known else { return Ok(Vec::new()) };
    if typed.is_empty() {
        let sort = vec![Sort { field: "updated_at".into(), descending: true }];
        let query = Query { sort, limit: Some(PROPOSED), ..Query::of(object.name.clone()) };
        let page = call.crm.query(call.actor, &query).await?;
        return Ok(page.records.iter().map(|record| (record.id, record.name().to_owned())).collect());
    }
    let only = [object.name.clone()];
    let hits = call.search.search(call.crm, call.actor, typed, Some(&only), PROPOSED).await?;
    Ok(hits.into_iter().map(|hit| (hit.id, hit.name)).collect())
}

fn ids(found: Vec<(Uuid, String)>) -> Vec<String> {
    found.into_iter().map(|(id, _)| id.to_string()).collect()
}

fn names(found: Vec<(Uuid, String)>) -> Vec<String> {
    let mut names: Vec<String> = found.into_iter().map(|(_, name)| name).collect();
    names.dedup();
    names
}
