//! The description is complete and agrees with itself.

use crate::support::on_both;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

fn references(json: &Json, found: &mut BTreeSet<String>) {
    match json {
        Json::Object(map) => map.iter().for_each(|(key, value)| match (key.as_str(), value.as_str()) {
            ("$ref", Some(target)) => {
                found.insert(target.to_owned());
            }
            _ => references(value, found),
        }),
        Json::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn everything_that_the_description_refers_to_is_in_it() {
    on_both(async |world| {
        let document = world.admin.get("/openapi.json").await.expect(200);
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        for target in found {
            assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target}");
        }
        let operations: Vec<&Json> = document["paths"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|path| path.as_object().unwrap().values())
            .collect();
        let ids: BTreeSet<&str> =
            operations.iter().map(|operation| operation["operationId"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), operations.len());
        for operation in operations {
            let responses = operation["responses"].as_object().unwrap();
            // A socket is answered by becoming one.
            assert!(responses.keys().any(|status| status.starts_with('2') || status == "101"), "{operation}");
            assert!(responses.contains_key("500") && responses.contains_key("429"), "{operation}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_description_of_the_standard_objects_stays_as_it_is() {
    on_both(async |world| {
        let document = world.admin.get("/openapi.json").await.expect(200);
        let mut operations = Vec::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let statuses: Vec<&str> =
                    operation["responses"].as_object().unwrap().keys().map(String::as_str).collect();
                operations.push(format!("{} {path} {}", method.to_uppercase(), statuses.join(" ")));
            }
        }
        operations.sort();
        let (own, shared): (Vec<_>, Vec<_>) = operations.into_iter().partition(|line| line.contains("/records/"));
        let deals: Vec<String> = own
            .into_iter()
            .filter(|line| line.contains("/records/deal") || line.contains("/records/lead/{id}/actions"))
            .collect();
        insta::assert_snapshot!("operations", [shared, deals].concat().join("\n"));
        let mut deal = document["components"]["schemas"]["DealRecordCreate"].clone();
        deal["properties"]["tags"] = json!("…");
        insta::assert_json_snapshot!("deal_create", deal);
    })
    .await;
}

#[tokio::test]
async fn a_reader_is_told_only_what_they_may_do() {
    on_both(async |world| {
        let user = world.user("Rita Reader", &["admin"]).await;
        let document = world.key_of(user, &["read:account"]).await.get("/openapi.json").await.expect(200);
        let paths = document["paths"].as_object().unwrap();
        assert!(paths["/api/v1/records/account"]["get"].is_object());
        assert!(paths["/api/v1/records/account"]["post"].is_null());
        assert!(!paths.contains_key("/api/v1/records/deal"));
    })
    .await;
}
