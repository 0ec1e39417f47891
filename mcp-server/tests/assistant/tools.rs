//! What an assistant can do, through the protocol's own client and through HTTP.

use crate::world::{answer, on_both, refusal, tokens};
use axum::http::StatusCode;
use rmcp::model::{CacheScope, CallToolRequestParams};
use serde_json::{Value as Json, json};

/// What a client is offered that may only read.
const READING: [&str; 11] = [
    "search",
    "fetch",
    "crm_describe",
    "crm_query",
    "crm_get",
    "crm_aggregate",
    "crm_timeline",
    "conversation_get",
    "kb_search",
    "report_pipeline",
    "ask",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_tools_offered_depend_on_the_rights_of_the_key() {
    on_both(async |world| {
        let reader = world.assistant(&["read"]).await;
        let list = reader.list_tools(None).await.unwrap();
        assert_eq!(list.cache_scope, Some(CacheScope::Private));
        let names: Vec<_> = list.tools.iter().map(|tool| tool.name.as_ref()).collect();
        assert_eq!(names, READING);
        assert!(list.tools.iter().all(|tool| tool.annotations.as_ref().unwrap().read_only_hint == Some(true)));
        let create = CallToolRequestParams::new("crm_create");
        assert!(reader.call_tool(create).await.is_err(), "what is not offered is not there");

        let writer = world.assistant(&["read", "write:task"]).await;
        let tools = writer.list_all_tools().await.unwrap();
        assert!(tools.iter().any(|tool| tool.name == "crm_create"));
        for tool in &tools {
            let schemas = json!([tool.input_schema, tool.output_schema]).to_string();
            assert!(!schemas.contains("$schema") && !schemas.contains("$ref"), "{schemas}");
            assert!(tool.title.is_some() && tool.output_schema.is_some());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assistant_creates_finds_reads_and_changes_a_record() {
    on_both(async |world| {
        let assistant = world.assistant(&["read", "write"]).await;
        let account =
            answer(&assistant, "crm_create", json!({"object": "account", "values": {"name": "Acme Rockets"}})).await;
        let account_id = account["record"]["id"].as_str().unwrap();
        let values =
            json!({"first_name": "Jane", "last_name": "Doe", "email": "jane@acme.example", "account_id": account_id});
        let contact =
            answer(&assistant, "crm_create", json!({"object": "people", "values": values})).await["record"].clone();
        assert_eq!(contact["_names"]["account_id"], "Acme Rockets");

        world.search.rebuild(&world.crm, |_| {}).await.unwrap();
        let found = answer(&assistant, "search", json!({"query": "jane doe"})).await;
        let id = format!("contact:{}", contact["id"].as_str().unwrap());
        assert_eq!(found["results"][0]["id"], json!(id));
        assert_eq!(found["results"][0]["title"], "Contact: Jane Doe (Acme Rockets · jane@acme.example)");
        let url = found["results"][0]["url"].as_str().unwrap();
        assert!(url.starts_with("https://crm.example.com/records/contact/"), "{url}");

        let fetched = answer(&assistant, "fetch", json!({"id": id})).await;
        assert_eq!(fetched["title"], "Contact: Jane Doe");
        assert!(fetched["text"].as_str().unwrap().contains("Account: Acme Rockets"), "{fetched}");

        let change = json!({"id": id, "values": {"title": "Engineer"}, "expected_version": contact["version"]});
        let changed = answer(&assistant, "crm_update", change.clone()).await;
        assert_eq!(changed["record"]["title"], "Engineer");
        assert!(changed["event"].is_i64());
        let stale = json!({"id": id, "values": {"title": "Pilot"}, "expected_version": contact["version"]});
        let told = refusal(&assistant, "crm_update", stale).await;
        assert!(told.contains("expected_version 2") && told.contains("Engineer"), "{told}");

        let filter = json!({"field": "account.name", "op": "eq", "value": "acme rockets"});
        let page = answer(
            &assistant,
            "crm_query",
            json!({"object": "contact", "filter": filter, "fields": ["email"], "total": true}),
        )
        .await;
        assert_eq!((&page["total"], &page["records"][0]["name"]), (&json!(1), &json!("Jane Doe")));
        let got = answer(&assistant, "crm_get", json!({"object": "contact", "id": contact["id"]})).await;
        assert_eq!(got["record"]["email"], "jane@acme.example");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_tells_the_assistant_what_to_do() {
    on_both(async |world| {
        let assistant = world.assistant(&["read", "write"]).await;
        let told = refusal(
            &assistant,
            "crm_create",
            json!({"object": "contact", "values": {"email": "nonsense", "colour": "red"}}),
        )
        .await;
        assert!(told.contains("email:") && told.contains("colour:"), "{told}");
        let told = refusal(&assistant, "crm_query", json!({"object": "starship"})).await;
        assert!(told.contains("starship") && told.contains("contact"), "{told}");
        let told =
            refusal(&assistant, "crm_query", json!({"object": "contact", "filter": {"field": "name", "op": "like"}}))
                .await;
        assert!(told.contains("filter.op") && told.contains("starts_with"), "{told}");
        let told = refusal(&assistant, "crm_get", json!({"object": "contact", "id": "jane"})).await;
        assert!(told.contains("search"), "{told}");
        let told = refusal(&assistant, "crm_get", json!({"object": "contact", "id": uuid::Uuid::now_v7()})).await;
        assert!(told.contains("not found"), "{told}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creation_repeated_with_its_key_makes_one_record() {
    on_both(async |world| {
        let assistant = world.assistant(&["read", "write"]).await;
        let create = json!({"object": "account", "values": {"name": "Once"}, "idempotency_key": "a1"});
        let first = answer(&assistant, "crm_create", create.clone()).await;
        assert_eq!(answer(&assistant, "crm_create", create).await, first);
        let page = answer(&assistant, "crm_query", json!({"object": "account", "total": true})).await;
        assert_eq!(page["total"], 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_page_is_shortened_and_goes_on_where_it_ended() {
    on_both(async |world| {
        let assistant = world.assistant(&["read", "write"]).await;
        for i in 0..40 {
            let fields = ["description", "website", "industry"]
                .map(|name| (name.to_owned(), json!("https://e.example/".to_owned() + &"x".repeat(480))));
            let mut values: serde_json::Map<_, _> = fields.into_iter().filter(|(name, _)| name != "industry").collect();
            values.insert("name".into(), json!(format!("Account {i} {}", "n".repeat(400))));
            answer(&assistant, "crm_create", json!({"object": "account", "values": values})).await;
        }
        let (mut seen, mut after) = (0, Json::Null);
        loop {
            let mut input = json!({"object": "account", "limit": 100});
            if !after.is_null() {
                input["after"] = after;
            }
            let page = answer(&assistant, "crm_query", input).await;
            assert!(tokens(&page) <= 1_500, "{}", tokens(&page));
            seen += page["records"].as_array().unwrap().len();
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        assert_eq!(seen, 40);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_definitions_of_all_tools_have_at_most_5000_tokens_and_those_that_read_2500() {
    on_both(async |world| {
        for (scopes, number, most) in [(&["read"][..], 11, 2_500), (&["read", "write", "configure"][..], 21, 5_000)] {
            let tools = world.assistant(scopes).await.list_all_tools().await.unwrap();
            assert_eq!(tools.len(), number);
            let definitions = tokens(&json!(tools));
            println!("{number} tools: {definitions} tokens");
            for tool in &tools {
                println!("{} {}", tool.name, tokens(&json!(tool)));
            }
            assert!(definitions <= most, "{definitions} tokens for {number} tools");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_http_every_request_needs_a_key_and_a_known_origin() {
    on_both(async |world| {
        let key = format!("Bearer {}", world.key(&["read"]).await);
        let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}});
        let version = ("mcp-protocol-version", "2025-06-18");

        let (status, headers, _) = world.post(&[version], list.clone()).await;
        assert_eq!(
            (status, headers["www-authenticate"].to_str().unwrap()),
            (StatusCode::UNAUTHORIZED, "Bearer realm=\"parley\"")
        );
        let (status, headers, _) = world.post(&[version, ("authorization", "Bearer pk_wrong")], list.clone()).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert!(headers["www-authenticate"].to_str().unwrap().contains("invalid_token"));

        let (status, _, answer) = world.post(&[version, ("authorization", &key)], list.clone()).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        assert_eq!(answer["result"]["tools"][0]["name"], "search");

        let with_origin = |origin| [version, ("authorization", key.as_str()), ("origin", origin)];
        for origin in ["https://evil.example", "null", "https://crm.example.com.evil.example"] {
            let (status, ..) = world.post(&with_origin(origin), list.clone()).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{origin}");
        }
        for origin in ["https://crm.example.com", "http://localhost:6274"] {
            let (status, ..) = world.post(&with_origin(origin), list.clone()).await;
            assert_eq!(status, StatusCode::OK, "{origin}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_ends_at_once() {
    on_both(async |world| {
        let assistant = world.assistant(&["read"]).await;
        answer(&assistant, "crm_describe", json!({})).await;
        let key = world.crm.keys(&world.admin).await.unwrap().remove(0);
        world.crm.revoke_key(&world.admin, key.id).await.unwrap();
        assert!(assistant.call_tool(CallToolRequestParams::new("crm_describe")).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_told_who_answers_and_shown_their_picture() {
    on_both(async |world| {
        let assistant = world.assistant(&["read"]).await;
        let this = assistant.peer_info().unwrap().server_info.clone().unwrap();
        assert_eq!((this.name.as_str(), this.title.as_deref()), ("parley", Some("Parley")));
        assert_eq!(this.icons.unwrap()[0].src, "https://crm.example.com/assets/parley.svg");
    })
    .await;
}
