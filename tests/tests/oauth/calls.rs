//! Administrators see everything that assistants call: what was read and refused, too.

use super::program::{Program, mcp};
use crate::support::{Client, World, on_both};
use serde_json::{Value as Json, json};
use std::time::Duration;

/// The calls as an administrator sees them, newest first, once there are so many: they are remembered in their own time.
async fn calls(world: &World, path: &str, number: usize) -> Vec<Json> {
    for _ in 0..3_000 {
        let calls = world.admin.get(path).await.expect(200)["calls"].as_array().unwrap().clone();
        if calls.len() >= number {
            return calls;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("there are never {number} calls");
}

fn told(calls: &[Json]) -> Vec<String> {
    let word = |call: &Json, part: &str| call[part].as_str().unwrap_or_default().to_owned();
    let mut told: Vec<String> =
        calls.iter().map(|call| format!("{} {}", word(call, "called"), word(call, "outcome"))).collect();
    told.sort();
    told
}

#[tokio::test]
async fn an_administrator_sees_each_call_its_program_its_person_what_it_was_about_and_what_came_of_it() {
    on_both(async |world| {
        let account = world.create("account", json!({"name": "Hovercraft Inc"})).await;
        let about = format!("account:{}", account["id"].as_str().unwrap());
        let conversation =
            world.create("conversation", json!({"name": "Hi", "subject": "Hi", "channel": "web_chat"})).await;
        let browser = world.browser("Bea Browser", &["agent"]).await;
        let got = Program::elsewhere(&world).await.let_in(&browser, "crm:read crm:send").await;
        let aide = Client::new(world.program).key(&got.access);
        let uses =
            async |tool: &str, input: Json| mcp(&aide, "tools/call", json!({"name": tool, "arguments": input})).await;
        uses("crm_get", json!({"id": about})).await.expect(200);
        uses(
            "crm_query",
            json!({"object": "account", "filter": {"field": "name", "op": "eq", "value": "Hovercraft Inc"}}),
        )
        .await;
        uses("crm_get", json!({"id": "account:0193f3a2-7c1e-7b3a-9f00-5be1c2d3e4f5"})).await;
        uses("conversation_reply", json!({"id": conversation["id"], "text": "Our price is secret"})).await;
        assert_eq!(uses("crm_delete", json!({"id": about})).await.status, 403);
        uses("audit_list", json!({})).await;
        mcp(&aide, "resources/read", json!({"uri": format!("crm://account/{}", account["id"].as_str().unwrap())}))
            .await;
        let seen = calls(&world, "/oauth/calls", 7).await;
        let expected = [
            "audit_list refused",
            "conversation_reply asked",
            "crm_delete refused",
            "crm_get done",
            "crm_get failed",
            "crm_query done",
            "resources/read done",
        ];
        assert_eq!(told(&seen), expected);
        for call in &seen {
            assert_eq!((&call["client_name"], &call["user_name"]), (&json!("Aide"), &json!("Bea Browser")), "{call}");
        }
        let got_it = seen.iter().find(|call| call["called"] == "crm_get" && call["outcome"] == "done").unwrap();
        assert_eq!(got_it["about"], json!(about));
        let text = json!(seen).to_string();
        for secret in ["Hovercraft", "price", got.access.as_str(), got.refresh.as_str()] {
            assert!(!text.contains(secret), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_assistants_call_is_shown_page_by_page_and_for_one_of_them_alone() {
    on_both(async |world| {
        let user = world.user("Kim Key", &["viewer"]).await;
        let key = world.key_of(user, &["read"]).await;
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let aide =
            Client::new(world.program).key(&Program::elsewhere(&world).await.let_in(&browser, "crm:read").await.access);
        for client in [&key, &key, &aide, &key, &aide] {
            mcp(client, "tools/call", json!({"name": "crm_describe", "arguments": {"object": "account"}}))
                .await
                .expect(200);
        }
        let all = calls(&world, "/oauth/calls", 5).await;
        let mut names: Vec<&str> = all.iter().map(|call| call["client_name"].as_str().unwrap()).collect();
        names.sort_unstable();
        assert_eq!(names, ["Aide", "Aide", "test", "test", "test"]);
        let (mut pages, mut path) = (Vec::new(), "/oauth/calls?limit=2".to_owned());
        loop {
            let page = world.admin.get(&path).await.expect(200);
            pages.extend(page["calls"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/oauth/calls?limit=2&before={next}");
        }
        assert_eq!(pages, all, "each once, newest first");
        let one = all.iter().find(|call| call["client_name"] == "Aide").unwrap()["client"].as_str().unwrap();
        let alone = world.admin.get(&format!("/oauth/calls?client={one}")).await.expect(200);
        assert_eq!(alone["calls"].as_array().unwrap().len(), 2);
        world.admin.get("/oauth/calls?limit=201").await.invalid();
        world.admin.get("/oauth/calls?before=yesterday").await.problem(400, "malformed");
    })
    .await;
}

#[tokio::test]
async fn what_assistants_call_is_for_administrators_of_their_own_company() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["manager"]).await;
        let aide =
            Client::new(world.program).key(&Program::elsewhere(&world).await.let_in(&browser, "crm:read").await.access);
        mcp(&aide, "tools/call", json!({"name": "crm_describe", "arguments": {}})).await.expect(200);
        let seen = calls(&world, "/oauth/calls", 1).await;
        browser.get("/oauth/calls").await.problem(403, "forbidden");
        aide.get("/oauth/calls").await.problem(401, "unauthenticated");
        let other = world.other().await;
        assert_eq!(other.admin.get("/oauth/calls").await.expect(200)["calls"], json!([]));
        let client = seen[0]["client"].as_str().unwrap();
        assert_eq!(other.admin.get(&format!("/oauth/calls?client={client}")).await.expect(200)["calls"], json!([]));
    })
    .await;
}
