//! Every tool × role × scope, and another company's eyes.

use crate::world::{World, call, on_both};
use rmcp::model::CallToolRequestParams;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

const ROLES: [&str; 7] = ["admin", "manager", "agent", "seller", "marketer", "editor", "viewer"];
const SCOPES: [&[&str]; 4] =
    [&["read"], &["read", "create", "update"], &["read", "delete"], &["read", "write", "configure"]];

/// Something of the first company that nobody else may ever see.
const SECRET: &str = "Quokka Heavy Industries";

/// One input for each tool, about these records.
fn inputs(account: &str, conversation: &str, event: i64) -> Vec<(&'static str, Json)> {
    vec![
        ("search", json!({"query": "quokka"})),
        ("fetch", json!({"id": account})),
        ("crm_describe", json!({"object": "account"})),
        ("crm_query", json!({"object": "account"})),
        ("crm_get", json!({"id": account})),
        ("crm_aggregate", json!({"object": "account", "group": [{"field": "name"}]})),
        ("crm_timeline", json!({"id": account})),
        ("conversation_get", json!({"id": conversation})),
        ("kb_search", json!({"query": "quokka"})),
        ("report_pipeline", json!({})),
        ("ask", json!({"question": "accounts"})),
        ("audit_list", json!({})),
        ("crm_create", json!({"object": "account", "values": {"name": "New"}, "dry_run": true})),
        ("crm_update", json!({"id": account, "values": {"name": "Changed"}, "dry_run": true})),
        ("activity_log", json!({"kind": "note", "subject": "Hm", "about": account, "dry_run": true})),
        ("conversation_note", json!({"id": conversation, "text": "Hm", "dry_run": true})),
        ("conversation_reply", json!({"id": conversation, "text": "Hello", "dry_run": true})),
        ("crm_merge", json!({"id": account, "from": [account], "dry_run": true})),
        ("crm_delete", json!({"id": account, "dry_run": true})),
        (
            "bulk_apply",
            json!({"object": "account", "values": {"industry": "x"}, "filter": {"field": "name", "op": "eq", "value": SECRET}, "dry_run": true}),
        ),
        ("change_revert", json!({"event": event, "dry_run": true})),
    ]
}

struct Prepared {
    account: String,
    conversation: String,
    event: i64,
}

async fn prepare(world: &World) -> Prepared {
    let values = |json: Json| json.as_object().unwrap().clone();
    let create = |object: &str, json: Json| crm_core::Command::Create { object: object.into(), values: values(json) };
    let account = world.crm.write(&world.admin, create("account", json!({"name": SECRET}))).await.unwrap();
    let conversation = create("conversation", json!({"name": SECRET, "subject": SECRET, "channel": "web_chat"}));
    let conversation = world.crm.write(&world.admin, conversation).await.unwrap();
    world.search.rebuild(&world.crm, |_| {}).await.unwrap();
    Prepared {
        account: format!("account:{}", account.id),
        conversation: conversation.id.to_string(),
        event: account.sequence.unwrap(),
    }
}

/// What is offered is what the scopes and the role allow, and nothing else can be called.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_offered_cannot_be_called() {
    on_both(async |world| {
        let prepared = prepare(&world).await;
        for role in ROLES {
            let mut offered_before = BTreeSet::new();
            for scopes in SCOPES {
                let key = world.key_of(&format!("{role}{}", scopes.len()), &[role], scopes).await;
                let assistant = world.line(key, ()).await;
                let tools = assistant.list_all_tools().await.unwrap();
                let offered: BTreeSet<String> = tools.iter().map(|tool| tool.name.to_string()).collect();
                if scopes == ["read"] {
                    let writes =
                        tools.iter().filter(|tool| tool.annotations.as_ref().unwrap().read_only_hint != Some(true));
                    assert_eq!(writes.count(), 0, "{role}");
                    offered_before = offered.clone();
                }
                assert!(offered.is_superset(&offered_before), "{role}: more scopes offer no less");
                let admin = role == "admin" && scopes.contains(&"configure");
                assert_eq!(offered.contains("audit_list"), admin, "{role} {scopes:?}");
                for (tool, input) in inputs(&prepared.account, &prepared.conversation, prepared.event) {
                    let request = CallToolRequestParams::new(tool).with_arguments(input.as_object().unwrap().clone());
                    let called = assistant.call_tool(request).await;
                    assert_eq!(called.is_ok(), offered.contains(tool), "{role} {scopes:?} {tool}: {called:?}");
                }
            }
        }
        let seen = world.crm.get(&world.admin, "account", prepared.account[8..].parse().unwrap()).await.unwrap();
        assert_eq!((seen.name(), seen.version), (SECRET, 1), "a rehearsal changes nothing");
    })
    .await;
}

/// The same calls from another company, as its administrator: nothing of the first appears in any answer.
#[tokio::test(flavor = "multi_thread")]
async fn another_company_learns_nothing_from_any_tool() {
    on_both(async |world| {
        let prepared = prepare(&world).await;
        let other = world.other().await;
        let assistant = other.assistant(&["read", "write", "sensitive", "export", "configure"]).await;
        for (tool, input) in inputs(&prepared.account, &prepared.conversation, prepared.event) {
            // What was asked for may be said again.
            let asked_for = input.to_string().contains(SECRET);
            let result = call(&assistant, tool, input).await;
            let text = json!(result).to_string();
            assert!(asked_for || !text.contains("Quokka"), "{tool}: {text}");
            let by_id = ["fetch", "crm_get", "crm_timeline", "conversation_get", "crm_update", "crm_delete"];
            assert!(!by_id.contains(&tool) || result.is_error == Some(true), "{tool}: {text}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_http_a_missing_scope_is_named_in_a_challenge() {
    on_both(async |world| {
        let key = format!("Bearer {}", world.key(&["read"]).await);
        let params = json!({"name": "crm_create", "arguments": {"object": "account", "values": {"name": "X"}}});
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
        let headers = [("authorization", key.as_str()), ("mcp-protocol-version", "2025-11-25")];
        let (status, headers, answer) = world.post(&headers, body).await;
        assert_eq!((status.as_u16(), &answer["code"]), (403, &json!("insufficient_scope")), "{answer}");
        let challenge = headers["www-authenticate"].to_str().unwrap();
        assert!(challenge.contains("error=\"insufficient_scope\""), "{challenge}");
        assert!(challenge.contains("scope=\"crm:read crm:write\""), "{challenge}");
    })
    .await;
}
