//! The OpenAPI description of this server as it is for one caller: with the company's own objects and fields, and only
//! what the caller may do. Made from the list of routes and the schema at every request.

mod components;
mod field;
mod operation;

pub(super) use components::{create_of, input_of, page_of, record_of, update_of};
pub(super) use operation::Operation;

use super::caller::Caller;
use super::route::{Described, Doc, Route};
use super::routes;
use super::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::Actor;
use crm_core::schema::{ObjectDef, Schema};
use serde_json::{Map, Value, json};

/// A shared schema by its name.
pub(super) fn component(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// A list of such things.
pub(super) fn list_of(items: Value) -> Value {
    json!({"type": "array", "items": items})
}

/// An object with exactly these properties, all required.
pub(super) fn object<const N: usize>(properties: [(&str, Value); N]) -> Value {
    let required: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Value> =
        properties.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

/// The content of a file. The marker is the media type in [`Operation`].
pub(super) fn any_bytes() -> Value {
    json!({"contentMediaType": "application/octet-stream"})
}

/// Lines of text.
pub(super) fn text() -> Value {
    json!({"type": "string", "contentMediaType": "text/plain"})
}

/// Server-sent events.
pub(super) fn event_stream() -> Value {
    json!({"type": "string", "contentMediaType": "text/event-stream"})
}

pub(super) fn doc() -> Operation {
    Operation::new("openapi", "Operation", "This description").answer(200, "OpenAPI 3.1.", json!({"type": "object"}))
}

/// The description for the caller.
pub(super) async fn handle(State(state): State<AppState>, caller: Caller) -> Json<Value> {
    Json(document(&state.crm.schema(&caller.actor), &caller.actor))
}

/// The description of everything that the actor may do.
pub(super) fn document(schema: &Schema, actor: &Actor) -> Value {
    let mut paths = Map::new();
    for route in routes::all() {
        for (path, operation) in operations(&route, schema, actor) {
            let methods = paths.entry(path.clone()).or_insert_with(|| json!({}));
            methods[route.method.as_str().to_ascii_lowercase()] = operation.to_json(&route, &path);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Parley", "version": env!("CARGO_PKG_VERSION"),
            "description": "Records of every object, one query language, one log of changes. Definitions are those of your company.",
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": components::all(schema, actor),
            "responses": components::problems(),
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "An API key, `pk_…`."},
                "session": {"type": "apiKey", "in": "cookie", "name": super::caller::COOKIE,
                            "description": "A browser's session. What changes something also needs `X-Parley-Csrf: 1`."},
            },
        },
    })
}

/// The operations that a route is for this reader, with their paths.
fn operations(route: &Route, schema: &Schema, actor: &Actor) -> Vec<(String, Operation)> {
    fn described<'a>(object: &'a ObjectDef, actor: &'a Actor) -> Described<'a> {
        Described { object, actor }
    }
    let path = |object: &str| route.path.replace("{object}", object);
    match route.doc {
        Doc::Once(doc) => vec![(route.path.to_owned(), doc())],
        Doc::ByStandard => Vec::new(),
        Doc::EachObject(doc) => {
            let one = |object: &ObjectDef| Some((path(&object.name), doc(&described(object, actor))?));
            schema.objects().map(AsRef::as_ref).filter_map(one).collect()
        }
        Doc::EachAction(doc) => {
            let acting = schema.objects().filter(|object| described(object, actor).may(crm_core::access::Verb::Update));
            acting
                .flat_map(|object| {
                    let actions = object.behaviour.as_ref().map(|behaviour| behaviour.offered(actor.rights()));
                    let of = |action: crm_core::record::ActionDef| {
                        (path(&object.name).replace("{action}", action.name), doc(&described(object, actor), &action))
                    };
                    actions.into_iter().flatten().map(of).collect::<Vec<_>>()
                })
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_without_objects_is_described_once() {
        let once = routes::all().into_iter().filter(|route| matches!(route.doc, Doc::Once(_)));
        let ids: Vec<String> = once
            .filter_map(|route| match route.doc {
                Doc::Once(doc) => Some(doc().id),
                _ => None,
            })
            .collect();
        assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    }
}
