//! Assistants: the Model Context Protocol through HTTP and through standard input and output of the built program.

mod lists;
mod rights;
mod rights_of;
mod watching;

use crate::support::{Client, World, binary, on_both, send};
use reqwest::Method;
use serde_json::{Value as Json, json};
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

/// One request through HTTP.
async fn ask(client: &Client, method: &str, params: Json) -> Json {
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    let request = client
        .request(Method::POST, "//mcp")
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-11-25")
        .json(&body);
    send(request).await.expect(200)["result"].clone()
}

async fn call(client: &Client, tool: &str, input: Json) -> Json {
    let result = ask(client, "tools/call", json!({"name": tool, "arguments": input})).await;
    assert_eq!(result["isError"], json!(false), "{result}");
    assert_eq!(result["content"][0]["text"].as_str().unwrap(), result["structuredContent"].to_string());
    result["structuredContent"].clone()
}

/// The assistants' server on standard input and output, for somebody who may read all of a company.
async fn on_this_machine(world: &World) -> (Child, TempDir) {
    let (_, key) = world.crm.create_key(&world.admin_actor, "assistant", &["read".to_owned()], None).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let child = Command::new(binary())
        .args(["mcp", "--stdio"])
        .env("PARLEY_DATA", folder.path())
        .env("PARLEY_DATABASE_URL", &world.program.database_url)
        .env("PARLEY_API_KEY", &key)
        .env("PARLEY_LOG_LEVEL", "error")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    (child, folder)
}

#[tokio::test]
async fn an_assistant_works_with_the_same_records_as_everybody() {
    on_both(|world| async move {
        let created =
            call(&world.admin, "crm_create", json!({"object": "account", "values": {"name": "Hovercraft Inc"}})).await;
        let id = created["record"]["id"].as_str().unwrap();
        let seen = world.admin.get(&format!("/records/account/{id}")).await.expect(200);
        assert_eq!((&seen["name"], &seen["created_via"]), (&json!("Hovercraft Inc"), &json!("mcp")));
        let mut found = json!([]);
        // The index follows in its own time, and others of the tests write too.
        for _ in 0..3_000 {
            found = call(&world.admin, "search", json!({"query": "hovercarft"})).await["results"].clone();
            if found != json!([]) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(found[0]["id"], json!(format!("account:{id}")));
        let fetched = call(&world.admin, "fetch", json!({"id": found[0]["id"]})).await;
        assert_eq!(fetched["title"], "Account: Hovercraft Inc");
    })
    .await;
}

#[tokio::test]
async fn a_key_that_only_reads_is_offered_no_tool_that_writes() {
    on_both(|world| async move {
        let user = world.user("Rita Reader", &["admin"]).await;
        let reader = world.key_of(user, &["read"]).await;
        let tools = ask(&reader, "tools/list", json!({})).await["tools"].clone();
        let names: Vec<&str> = tools.as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
        let reading = [
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
        assert_eq!(names, reading);
        let nobody = Client::new(world.program);
        let request = nobody.request(Method::POST, "//mcp").json(&json!({}));
        let answer = send(request).await;
        assert_eq!((answer.status, answer.headers.contains_key("www-authenticate")), (401, true));
    })
    .await;
}

#[tokio::test]
async fn an_assistant_asks_in_plain_language_and_goes_on_from_the_answer() {
    on_both(|world| async move {
        for (name, industry) in [("Hat Works", "retail"), ("Iron Works", "mining"), ("Shoe Works", "retail")] {
            world.create("account", json!({"name": name, "industry": industry})).await;
        }
        let all = call(&world.admin, "ask", json!({"question": "how many accounts are there"})).await;
        assert_eq!((&all["kind"], &all["value"]), (&json!("value"), &json!(3)), "{all}");
        assert!(!all["understood"].as_str().unwrap().is_empty() && all["context"].is_object(), "{all}");
        let follow_up = json!({"question": "only in retail", "context": all["context"]});
        let some = call(&world.admin, "ask", follow_up).await;
        assert_eq!(some["value"], json!(2), "{some}");
    })
    .await;
}

#[tokio::test]
async fn an_assistant_on_this_machine_speaks_over_standard_input_and_output() {
    on_both(|world| async move {
        world.create("account", json!({"name": "Stdio Works"})).await;
        let (mut child, _folder) = on_this_machine(&world).await;
        let mut input = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"},
        }});
        let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        let query = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {
            "name": "crm_query", "arguments": {"object": "account", "fields": ["name"]},
        }});
        for message in [hello, ready, query] {
            input.write_all(format!("{message}\n").as_bytes()).await.unwrap();
        }
        let mut answers = Vec::new();
        while answers.len() < 2 {
            let line = lines.next_line().await.unwrap().expect("the program ended early");
            answers.push(serde_json::from_str::<Json>(&line).unwrap());
        }
        assert_eq!(answers[0]["result"]["serverInfo"]["name"], "parley");
        assert_eq!(answers[1]["result"]["structuredContent"]["records"][0]["name"], "Stdio Works");
        drop(input);
        let ended = tokio::time::timeout(Duration::from_secs(30), child.wait()).await.unwrap().unwrap();
        assert!(ended.success(), "it ends in peace when its client has gone");
    })
    .await;
}

#[tokio::test]
async fn what_one_may_not_see_has_no_address() {
    on_both(|world| async move {
        let account = world.create("account", json!({"name": "Secret Works"})).await;
        let address = json!({"uri": format!("crm://account/{}", account["id"].as_str().unwrap())});
        let read = ask(&world.admin, "resources/read", address.clone()).await;
        assert!(read["contents"][0]["text"].as_str().unwrap().starts_with("Account: Secret Works\n"), "{read}");

        let editor = world.user("Eddie Editor", &["editor"]).await;
        let editor = world.key_of(editor, &["read"]).await;
        let ticket = world.create("ticket", json!({"subject": "Secret"})).await;
        let hidden = json!({"uri": format!("crm://ticket/{}", ticket["id"].as_str().unwrap())});
        let nothing = json!({"uri": "crm://ticket/0193f3a2-7c1e-7b3a-9f00-5be1c2d3e4f5"});
        let editor = &editor;
        let [hidden, nothing] = [hidden, nothing].map(|params| async move {
            let body = json!({"jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": params});
            let request = editor
                .request(Method::POST, "//mcp")
                .header("accept", "application/json, text/event-stream")
                .header("mcp-protocol-version", "2025-11-25")
                .json(&body);
            let error = send(request).await.expect(200)["error"].clone();
            let text = error["message"].as_str().unwrap().replace(params["uri"].as_str().unwrap(), "ADDRESS");
            (error["code"].clone(), text)
        });
        let nothing = nothing.await;
        assert_eq!(nothing.1, "The resource ADDRESS was not found.");
        assert_eq!(hidden.await, nothing);
    })
    .await;
}

#[tokio::test]
async fn the_fixtures_for_the_conformance_tool_are_served_to_this_machine_only() {
    for address in ["0.0.0.0:0", "[::]:0", "127.0.0.1:0,0.0.0.0:0"] {
        let folder = tempfile::tempdir().unwrap();
        let ended = Command::new(binary())
            .args(["serve", "--conformance", "--listen", address])
            .env("PARLEY_DATA", folder.path())
            .kill_on_drop(true)
            .output();
        let ended = tokio::time::timeout(Duration::from_secs(30), ended).await.expect("it listens").unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert!(!ended.status.success() && said.contains("asks nobody who they are"), "{address}: {said}");
    }
}

#[tokio::test]
async fn beside_the_fixtures_nothing_is_served_and_no_data_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(binary())
        .args(["serve", "--conformance", "--listen", "127.0.0.1:0"])
        .env("PARLEY_DATA", folder.path())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().expect("the program ended early");
    let url = line.strip_prefix("listening on ").unwrap().to_owned();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::new();
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"},
    }});
    let request = client.post(format!("{url}/mcp")).header("accept", "application/json, text/event-stream").json(&list);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    assert!(answer.text().await.unwrap().contains("parley-conformance"));
    for path in ["/", "/api/v1/records/deal", "/api/v1/openapi.json", "/health", "/help"] {
        assert_eq!(client.get(format!("{url}{path}")).send().await.unwrap().status().as_u16(), 404, "{path}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the data folder is left alone");
}
