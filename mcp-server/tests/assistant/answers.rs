//! What answers look like: as their schemas say, within their budgets.

use crate::world::{World, answer, call, on_both, tokens};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// A company with enough of everything, and one input for each tool that makes it say something.
async fn inputs(world: &World) -> Vec<(&'static str, Json)> {
    let values = |json: Json| json.as_object().unwrap().clone();
    let create = |object: &str, json: Json| crm_core::Command::Create { object: object.into(), values: values(json) };
    let mut accounts = Vec::new();
    for i in 0..60 {
        let account = json!({"name": format!("Account {i}"), "website": format!("https://{i}.example/"), "description": "long words ".repeat(100)});
        accounts.push(world.crm.write(&world.admin, create("account", account)).await.unwrap());
    }
    for (i, account) in accounts.iter().take(40).enumerate() {
        let deal = json!({"name": format!("Deal {i}"), "account_id": account.id, "amount": {"amount": "1000.00", "currency": "USD"}, "close_date": "2030-01-31"});
        world.crm.write(&world.admin, create("deal", deal)).await.unwrap();
    }
    let conversation = create("conversation", json!({"name": "Hello", "subject": "Hello", "channel": "web_chat"}));
    let conversation = world.crm.write(&world.admin, conversation).await.unwrap().id;
    for i in 0..30 {
        let input = values(json!({"text": format!("{i} {}", "note ".repeat(200))}));
        let note =
            crm_core::Command::Act { object: "conversation".into(), id: conversation, action: "note".into(), input };
        world.crm.write(&world.admin, note).await.unwrap();
    }
    world.search.rebuild(&world.crm, |_| {}).await.unwrap();
    let (one, two) = (format!("account:{}", accounts[0].id), format!("account:{}", accounts[1].id));
    vec![
        ("search", json!({"query": "account", "limit": 50})),
        ("fetch", json!({"id": one})),
        ("crm_describe", json!({"object": "deal"})),
        ("crm_query", json!({"object": "account", "limit": 200, "total": true})),
        ("crm_get", json!({"id": one})),
        (
            "crm_aggregate",
            json!({"object": "account", "group": [{"field": "name"}], "measures": [{"measure": "count"}]}),
        ),
        ("crm_timeline", json!({"id": one})),
        ("conversation_get", json!({"id": conversation})),
        ("kb_search", json!({"query": "refund"})),
        ("report_pipeline", json!({})),
        ("ask", json!({"question": "accounts"})),
        ("audit_list", json!({"limit": 200})),
        ("crm_create", json!({"object": "account", "values": {"name": "New"}})),
        ("crm_update", json!({"id": one, "values": {"name": "Changed"}})),
        ("activity_log", json!({"kind": "task", "subject": "Call back", "about": one, "at": "2030-01-01T10:00:00Z"})),
        ("conversation_note", json!({"id": conversation, "text": "Seen."})),
        ("conversation_reply", json!({"id": conversation, "text": "Hello."})),
        ("crm_merge", json!({"id": one, "from": [two]})),
        ("crm_delete", json!({"id": two})),
        (
            "bulk_apply",
            json!({"object": "account", "values": {"industry": "retail"}, "filter": {"field": "name", "op": "contains", "value": "Account"}}),
        ),
        ("change_revert", json!({"event": accounts[2].sequence, "dry_run": true})),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_as_its_schema_says_and_within_its_budget() {
    on_both(async |world| {
        let inputs = inputs(&world).await;
        let assistant = world.assistant(&["read", "write", "configure"]).await;
        let tools = assistant.list_all_tools().await.unwrap();
        let schemas: BTreeMap<String, Json> =
            tools.iter().map(|tool| (tool.name.to_string(), json!(tool.output_schema.as_ref().unwrap()))).collect();
        assert_eq!(inputs.len(), schemas.len(), "every tool is tried");
        for (tool, input) in inputs {
            let takes_detail =
                tools.iter().any(|one| one.name == tool && one.input_schema["properties"].get("detail").is_some());
            for detail in ["concise", "full"] {
                let mut input = input.clone();
                if takes_detail {
                    input["detail"] = json!(detail);
                } else if detail == "full" {
                    continue;
                }
                let answered = answer(&assistant, tool, input).await;
                let faults: Vec<String> = jsonschema::validator_for(&schemas[tool])
                    .unwrap()
                    .iter_errors(&answered)
                    .map(|fault| fault.to_string())
                    .collect();
                assert!(faults.is_empty(), "{tool}: {faults:?} in {answered}");
                let most = match tool {
                    // Long by their nature: all of a record's text, all fields of an object.
                    "fetch" | "crm_describe" => 20_000,
                    _ if detail == "full" => 20_000,
                    _ => 2_000,
                };
                assert!(tokens(&answered) <= most, "{tool} {detail}: {} tokens", tokens(&answered));
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_lead_to_everything_once() {
    on_both(async |world| {
        inputs(&world).await;
        let assistant = world.assistant(&["read"]).await;
        let (mut names, mut after) = (Vec::new(), Json::Null);
        loop {
            let mut input = json!({"object": "account", "limit": 200});
            if !after.is_null() {
                input["after"] = after;
            }
            let page = answer(&assistant, "crm_query", input).await;
            names.extend(page["records"].as_array().unwrap().iter().map(|record| record["name"].to_string()));
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        let number = names.len();
        names.sort();
        names.dedup();
        assert_eq!((number, names.len()), (60, 60));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_argument_that_a_tool_does_not_know_is_refused() {
    on_both(async |world| {
        let assistant = world.assistant(&["read", "write"]).await;
        let input = json!({"object": "account", "values": {"name": "X"}, "expectedVersion": 3});
        let result = call(&assistant, "crm_create", input).await;
        assert_eq!(result.is_error, Some(true));
        assert!(result.content[0].as_text().unwrap().text.contains("expectedVersion"));
    })
    .await;
}
