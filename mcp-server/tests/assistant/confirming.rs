//! What must be agreed to before it is done, in each of the ways in which a person can be asked.

use crate::world::{World, account, answer, create, on_both, refusal};
use axum::http::StatusCode;
use rmcp::model::*;
use rmcp::service::RequestContext;
use rmcp::{ClientHandler, ErrorData, RoleClient};
use serde_json::{Value as Json, json};
use std::sync::{Arc, Mutex};

/// A client whose person answers every question so, and remembers what was asked.
#[derive(Clone)]
struct Person {
    says: ElicitationAction,
    ticks: bool,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Person {
    fn who(says: ElicitationAction, ticks: bool) -> Self {
        Self { says, ticks, asked: Arc::default() }
    }
}

impl ClientHandler for Person {
    fn get_info(&self) -> ClientConfig {
        let mut info = ClientConfig::default();
        info.capabilities = ClientCapabilities::builder().enable_elicitation().build();
        info
    }

    async fn create_elicitation(
        &self,
        request: ElicitRequestParams,
        _context: RequestContext<RoleClient>,
    ) -> Result<ElicitResult, ErrorData> {
        if let ElicitRequestParams::FormElicitationParams { message, .. } = request {
            self.asked.lock().unwrap().push(message);
        }
        Ok(ElicitResult::new(self.says.clone()).with_content(json!({"confirm": self.ticks})))
    }
}

async fn exists(world: &World, id: &str) -> bool {
    let id = id.rsplit(':').next().unwrap().parse().unwrap();
    world.crm.get(&world.admin, "account", id).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_can_be_asked_is_asked_and_their_yes_counts() {
    on_both(async |world| {
        let id = account(&world, "Doomed Ltd").await;
        let person = Person::who(ElicitationAction::Accept, true);
        let assistant = world.line(world.key(&["read", "write"]).await, person.clone()).await;
        let done = answer(&assistant, "crm_delete", json!({"id": id})).await;
        assert_eq!(done["status"], "done");
        assert!(!exists(&world, &id).await);
        let asked = person.asked.lock().unwrap().clone();
        assert!(asked.len() == 1 && asked[0].contains("Doomed Ltd"), "{asked:?}");

        let back = answer(&assistant, "change_revert", json!({"event": done["event"]})).await;
        assert_eq!(back["record"]["name"], "Doomed Ltd", "{back}");
        assert!(exists(&world, &id).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn anything_but_a_ticked_yes_is_a_no() {
    on_both(async |world| {
        let id = account(&world, "Spared Ltd").await;
        for (says, ticks) in
            [(ElicitationAction::Accept, false), (ElicitationAction::Decline, true), (ElicitationAction::Cancel, true)]
        {
            let assistant = world.line(world.key(&["read", "write"]).await, Person::who(says, ticks)).await;
            let told = refusal(&assistant, "crm_delete", json!({"id": id})).await;
            assert!(told.contains("said no"), "{told}");
        }
        assert!(exists(&world, &id).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_cannot_ask_gets_a_token_that_is_good_once_and_for_this_alone() {
    on_both(async |world| {
        let (one, other) = (account(&world, "One").await, account(&world, "Other").await);
        let assistant = world.assistant(&["read", "write"]).await;
        let asked = answer(&assistant, "crm_delete", json!({"id": one})).await;
        assert_eq!(asked["status"], "needs_confirmation", "{asked}");
        assert!(asked["question"].as_str().unwrap().contains("«One»"), "{asked}");
        let token = asked["confirmation_token"].as_str().unwrap().to_owned();

        let elsewhere = json!({"id": other, "confirmation_token": token});
        assert!(refusal(&assistant, "crm_delete", elsewhere).await.contains("not valid"));
        let stranger = world.assistant(&["read", "write"]).await;
        let stolen = json!({"id": one, "confirmation_token": token});
        assert!(refusal(&stranger, "crm_delete", stolen.clone()).await.contains("not valid"));
        let forged = json!({"id": one, "confirmation_token": format!("{token}0")});
        assert!(refusal(&assistant, "crm_delete", forged).await.contains("not valid"));
        assert!(exists(&world, &one).await && exists(&world, &other).await);

        assert_eq!(answer(&assistant, "crm_delete", stolen.clone()).await["status"], "done");
        assert!(!exists(&world, &one).await);
        let event = answer(&assistant, "crm_timeline", json!({"id": one})).await["events"][0]["event"].clone();
        answer(&assistant, "change_revert", json!({"event": event})).await;
        assert!(refusal(&assistant, "crm_delete", stolen).await.contains("not valid"), "a token is good once");
        assert!(exists(&world, &one).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_good_for_the_record_as_it_was_when_the_person_was_asked() {
    on_both(async |world| {
        let id = account(&world, "Before").await;
        let assistant = world.assistant(&["read", "write"]).await;
        let asked = answer(&assistant, "crm_delete", json!({"id": id})).await;
        answer(&assistant, "crm_update", json!({"id": id, "values": {"name": "After"}})).await;
        let late = json!({"id": id, "confirmation_token": asked["confirmation_token"]});
        assert!(refusal(&assistant, "crm_delete", late).await.contains("changed since"));
        assert!(exists(&world, &id).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_hand_in_one_token_at_once_one_is_served() {
    on_both(async |world| {
        let conversation = json!({"name": "Hello", "subject": "Hello", "channel": "web_chat"});
        let id = create(&world, "conversation", conversation).await;
        let assistant = world.assistant(&["read", "write"]).await;
        let reply = json!({"id": id, "text": "We are on it."});
        let asked = answer(&assistant, "conversation_reply", reply.clone()).await;
        let mut agreed = reply;
        agreed["confirmation_token"] = asked["confirmation_token"].clone();
        let send = || crate::world::call(&assistant, "conversation_reply", agreed.clone());
        let results = futures_util::future::join_all((0..6).map(|_| send())).await;
        let sent = results.iter().filter(|result| result.is_error == Some(false)).count();
        assert_eq!(sent, 1, "{results:?}");
        let told = answer(&assistant, "conversation_get", json!({"id": id})).await;
        let sent = told["messages"].as_array().unwrap().iter().filter(|message| message["author"] == "agent").count();
        assert_eq!(sent, 1, "{told}");
    })
    .await;
}

/// A request of the stateless era through HTTP, by a client that can ask its person.
async fn modern(world: &World, key: &str, params: Json) -> (StatusCode, Json) {
    let mut params = params;
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {"elicitation": {"form": {}}},
    });
    let name = params["name"].as_str().unwrap().to_owned();
    let key = format!("Bearer {key}");
    let headers = [
        ("authorization", key.as_str()),
        ("mcp-protocol-version", "2026-07-28"),
        ("mcp-method", "tools/call"),
        ("mcp-name", name.as_str()),
    ];
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
    let (status, _, answer) = world.post(&headers, body).await;
    (status, answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stateless_client_gets_the_question_as_a_result_and_comes_again_with_the_answer() {
    on_both(async |world| {
        let id = account(&world, "Stateless Ltd").await;
        let key = world.key(&["read", "write"]).await;
        let call = json!({"name": "crm_delete", "arguments": {"id": id}});
        let (status, asked) = modern(&world, &key, call.clone()).await;
        assert_eq!(status, StatusCode::OK, "{asked}");
        let asked = &asked["result"];
        assert_eq!(asked["resultType"], "input_required", "{asked}");
        let question = &asked["inputRequests"]["confirm"]["params"]["message"];
        assert!(question.as_str().unwrap().contains("Stateless Ltd"), "{asked}");

        let with = |yes: bool, state: Json| {
            let mut again = call.clone();
            let answer = json!({"action": "accept", "content": {"confirm": yes}});
            again["inputResponses"] = json!({"confirm": answer});
            again["requestState"] = state;
            again
        };
        let (_, tampered) = modern(&world, &key, with(true, json!("ct_0123456789abcdef"))).await;
        assert_eq!(tampered["result"]["isError"], json!(true), "{tampered}");
        assert!(exists(&world, &id).await);

        let (_, done) = modern(&world, &key, with(true, asked["requestState"].clone())).await;
        assert_eq!(done["result"]["structuredContent"]["status"], "done", "{done}");
        assert!(!exists(&world, &id).await);
        let (_, replayed) = modern(&world, &key, with(true, asked["requestState"].clone())).await;
        assert_eq!(replayed["result"]["isError"], json!(true), "{replayed}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rehearsal_shows_the_change_and_makes_none() {
    on_both(async |world| {
        let id = account(&world, "Old Name").await;
        let assistant = world.assistant(&["read", "write"]).await;
        let shown =
            answer(&assistant, "crm_update", json!({"id": id, "values": {"name": "New Name"}, "dry_run": true})).await;
        assert_eq!(shown["status"], "dry_run");
        assert_eq!(shown["changes"][0]["fields"]["name"], json!(["Old Name", "New Name"]), "{shown}");
        let now = answer(&assistant, "crm_get", json!({"id": id})).await;
        assert_eq!((&now["record"]["name"], &now["record"]["version"]), (&json!("Old Name"), &json!(1)));
        let wrong =
            refusal(&assistant, "crm_update", json!({"id": id, "values": {"name": null}, "dry_run": true})).await;
        assert!(wrong.contains("name"), "{wrong}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_records_are_changed_after_a_yes_all_or_none_and_reverted_together() {
    on_both(async |world| {
        for i in 0..12 {
            account(&world, &format!("Row {i}")).await;
        }
        let assistant = world.assistant(&["read", "write"]).await;
        let filter = json!({"field": "name", "op": "starts_with", "value": "Row"});
        let mut input = json!({"object": "account", "filter": filter, "values": {"industry": "retail"}});
        let asked = answer(&assistant, "bulk_apply", input.clone()).await;
        assert_eq!(asked["status"], "needs_confirmation", "{asked}");
        assert!(asked["question"].as_str().unwrap().contains("12 account"), "{asked}");
        let industry = json!({"and": [filter, {"field": "industry", "op": "eq", "value": "retail"}]});
        let count = json!({"object": "account", "filter": industry, "total": true, "limit": 1});
        assert_eq!(answer(&assistant, "crm_query", count.clone()).await["total"], 0);
        input["confirmation_token"] = asked["confirmation_token"].clone();
        let done = answer(&assistant, "bulk_apply", input).await;
        assert_eq!(done["records"], 12, "{done}");
        assert_eq!(answer(&assistant, "crm_query", count.clone()).await["total"], 12);

        let mut revert = json!({"batch": done["batch"]});
        let asked = answer(&assistant, "change_revert", revert.clone()).await;
        revert["confirmation_token"] = asked["confirmation_token"].clone();
        answer(&assistant, "change_revert", revert).await;
        assert_eq!(answer(&assistant, "crm_query", count).await["total"], 0);
    })
    .await;
}
