//! What is worth offering without being asked for: definitions, saved views, published articles. Records are found by
//! searching.

use super::address::Address;
use crate::call::Call;
use crm_core::access::Verb;
use crm_core::query::{Filter, Query};
use crm_core::{Error, Record, Result};
use rmcp::model::Resource;

/// How many are told at a time.
const PAGE: usize = 100;

/// The objects whose records are listed, in this order, after the definitions.
pub(crate) const LISTED: [&str; 2] = ["saved_view", "article"];

/// A page of resources, and where the next one begins.
pub(crate) async fn list(call: &Call<'_>, cursor: Option<&str>) -> Result<(Vec<Resource>, Option<String>)> {
    let (first, mut after) = match cursor {
        Some(cursor) => begin(cursor)?,
        None => (0, None),
    };
    let mut page: Vec<Resource> = if cursor.is_none() { definitions(call) } else { Vec::new() };
    for object in LISTED.into_iter().skip(first).filter(|object| call.actor.rights().may(Verb::Read, object)) {
        let room = PAGE.saturating_sub(page.len());
        if room == 0 {
            return Ok((page, Some(format!("{object}:"))));
        }
        let found = call.crm.query(call.actor, &query(object, room, after.take())).await?;
        page.extend(found.records.iter().map(|record| of_record(call, record)));
        if let Some(next) = found.next {
            return Ok((page, Some(format!("{object}:{next}"))));
        }
    }
    Ok((page, None))
}

/// Where a page begins: with which of [`LISTED`], and after which of its records.
fn begin(cursor: &str) -> Result<(usize, Option<String>)> {
    let place = cursor.split_once(':').and_then(|(object, after)| {
        let index = LISTED.iter().position(|listed| *listed == object)?;
        Some((index, (!after.is_empty()).then(|| after.to_owned())))
    });
    place.ok_or_else(|| Error::field("cursor", "wrong_cursor", "It is not the `nextCursor` of an earlier page."))
}

fn query(object: &str, limit: usize, after: Option<String>) -> Query {
    let query = Query { limit: Some(limit), after, fields: Some(vec!["name".into()]), ..Query::of(object) };
    if object == "article" { query.filter(Filter::eq("status", "published")) } else { query }
}

fn definitions(call: &Call<'_>) -> Vec<Resource> {
    let definition = |object: &std::sync::Arc<crm_core::schema::ObjectDef>| {
        let address = Address::Schema { object: object.name.clone() };
        Resource::new(address.to_string(), format!("schema-{}", object.name))
            .with_title(format!("Definition: {}", object.label.text(call.actor.language())))
            .with_mime_type("application/json")
    };
    call.objects(Verb::Read).map(definition).collect()
}

fn of_record(call: &Call<'_>, record: &Record) -> Resource {
    let (object, id) = (&record.object, record.id);
    let (address, kind) = match object.name.as_str() {
        "article" => (Address::Article { id }, "text/html"),
        "saved_view" => (Address::View { id }, "application/json"),
        name => (Address::Record { object: name.to_owned(), id }, "text/plain"),
    };
    Resource::new(address.to_string(), record.name())
        .with_title(format!("{}: {}", object.label.text(call.actor.language()), record.name()))
        .with_mime_type(kind)
}
