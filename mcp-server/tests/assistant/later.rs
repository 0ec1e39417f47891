//! Changes of many records that a client begins and asks about later.

use crate::world::{Assistant, World, answer, on_both};
use crm_core::record::Job;
use crm_core::{Actor, Command, Surface};
use rmcp::model::*;
use rmcp::{ClientHandler, ClientLifecycleMode, ClientServiceExt, ServiceError};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// A client that knows tasks.
#[derive(Clone)]
struct Later;

impl ClientHandler for Later {
    fn get_info(&self) -> ClientConfig {
        let mut info = ClientConfig::default();
        info.capabilities = ClientCapabilities::builder().enable_tasks().build();
        info
    }
}

async fn client(world: &World, key: &str) -> Assistant<Later> {
    let (here, there) = tokio::io::duplex(1 << 16);
    let (services, key) = (world.services(), key.to_owned());
    tokio::spawn(async move { mcp_server::over(services, &key, there).await });
    let present = ClientLifecycleMode::Discover { preferred_versions: vec![ProtocolVersion::V_2026_07_28] };
    Later.serve_with_lifecycle(here, present).await.unwrap()
}

/// A dozen accounts, which is many.
async fn dozen(world: &World) -> Vec<Uuid> {
    let create = |i: usize| Command::Create {
        object: "account".into(),
        values: json!({"name": format!("Row {i:02}"), "industry": "mining"}).as_object().unwrap().clone(),
    };
    let (_, made) = world.crm.bulk(&world.admin, (0..12).map(create).collect(), true).await.unwrap();
    made.into_iter().map(|written| written.unwrap().id).collect()
}

fn retail(ids: &[Uuid]) -> Vec<Command> {
    let values = json!({"industry": "retail"}).as_object().unwrap().clone();
    let update =
        |id: &Uuid| Command::Update { object: "account".into(), id: *id, version: Some(1), values: values.clone() };
    ids.iter().map(update).collect()
}

async fn in_retail(world: &World) -> usize {
    let filter = crm_core::query::Filter::eq("industry", "retail");
    let query = crm_core::query::Query::of("account").filter(filter);
    world.crm.query(&world.admin, &query).await.unwrap().records.len()
}

/// Begins the change of all of them, as the person agrees to it.
async fn begun(assistant: &Assistant<Later>) -> CallToolResponse {
    let filter = json!({"field": "industry", "op": "eq", "value": "mining"});
    let mut input = json!({"object": "account", "filter": filter, "values": {"industry": "retail"}});
    let asked = answer(assistant, "bulk_apply", input.clone()).await;
    assert_eq!(asked["status"], "needs_confirmation");
    input["confirmation_token"] = asked["confirmation_token"].clone();
    let call = CallToolRequestParams::new("bulk_apply").with_arguments(input.as_object().unwrap().clone());
    assistant.call_tool_once(call).await.unwrap()
}

/// What came of a task, once it has ended.
async fn ended(assistant: &Assistant<Later>, id: &str) -> TaskPayload {
    loop {
        let task = assistant.get_task(GetTaskParams::new(id)).await.unwrap().task;
        if task.status().is_terminal() {
            return task.payload;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

fn result(payload: TaskPayload) -> Json {
    match payload {
        TaskPayload::Completed { result } => Json::Object(result),
        other => panic!("{other:?}"),
    }
}

async fn left_by_a_node_that_died(world: &World, key: &str, commands: &[Command]) -> (Actor, Job) {
    let actor = world.crm.key(key, Surface::Mcp).await.unwrap();
    let job = world.crm.begin_job(&actor, commands).await.unwrap();
    (actor, job)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_many_is_begun_and_its_result_fetched_later() {
    on_both(async |world| {
        dozen(&world).await;
        let key = world.key(&["read", "write"]).await;
        let CallToolResponse::Task(created) = begun(&client(&world, &key).await).await else { panic!("a task") };
        assert_eq!((created.task.status, created.task.ttl_ms), (TaskStatus::Working, Some(3_600_000)));
        // The client comes back on another line.
        let assistant = client(&world, &key).await;
        let result = result(ended(&assistant, &created.task.task_id).await);
        assert_eq!(result["structuredContent"]["status"], "done", "{result}");
        assert_eq!((&result["structuredContent"]["records"], in_retail(&world).await), (&json!(12), 12));
        assert_eq!(
            answer(&assistant, "change_revert", json!({"batch": result["structuredContent"]["batch"]})).await["status"],
            "needs_confirmation"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_knows_no_tasks_gets_its_answer_at_once() {
    on_both(async |world| {
        dozen(&world).await;
        let assistant = world.assistant(&["read", "write"]).await;
        let filter = json!({"field": "industry", "op": "eq", "value": "mining"});
        let mut input = json!({"object": "account", "filter": filter, "values": {"industry": "retail"}});
        input["confirmation_token"] =
            answer(&assistant, "bulk_apply", input.clone()).await["confirmation_token"].clone();
        assert_eq!(answer(&assistant, "bulk_apply", input).await["records"], 12);
        assert!(assistant.get_task(GetTaskParams::new(Uuid::now_v7().to_string())).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_called_off_before_it_was_done_is_not_done() {
    on_both(async |world| {
        let ids = dozen(&world).await;
        let key = world.key(&["read", "write"]).await;
        let (actor, job) = left_by_a_node_that_died(&world, &key, &retail(&ids)).await;
        let assistant = client(&world, &key).await;
        assistant.cancel_task(CancelTaskParams::new(job.id.to_string())).await.unwrap();
        assert_eq!(ended(&assistant, &job.id.to_string()).await, TaskPayload::Cancelled);
        world.crm.run_job(&actor, job.id).await.unwrap();
        assert_eq!(in_retail(&world).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_node_left_when_it_died_is_done_when_its_client_asks_for_it() {
    on_both(async |world| {
        let ids = dozen(&world).await;
        let key = world.key(&["read", "write"]).await;
        let (_, job) = left_by_a_node_that_died(&world, &key, &retail(&ids)).await;
        let result = result(ended(&client(&world, &key).await, &job.id.to_string()).await);
        assert_eq!((&result["structuredContent"]["records"], in_retail(&world).await), (&json!(12), 12));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_comes_too_late_changes_nothing_and_says_why() {
    on_both(async |world| {
        let ids = dozen(&world).await;
        let key = world.key(&["read", "write"]).await;
        let (_, job) = left_by_a_node_that_died(&world, &key, &retail(&ids)).await;
        let values = json!({"name": "Changed meanwhile"}).as_object().unwrap().clone();
        let meanwhile = Command::Update { object: "account".into(), id: ids[11], version: None, values };
        world.crm.write(&world.admin, meanwhile).await.unwrap();
        let result = result(ended(&client(&world, &key).await, &job.id.to_string()).await);
        assert_eq!(result["isError"], true);
        assert!(result["content"][0]["text"].as_str().unwrap().contains("Changed meanwhile"), "{result}");
        assert_eq!(in_retail(&world).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_its_clients_own_and_for_others_it_is_not_there() {
    on_both(async |world| {
        let ids = dozen(&world).await;
        let key = world.key(&["read", "write"]).await;
        let (_, job) = left_by_a_node_that_died(&world, &key, &retail(&ids)).await;
        let others = [world.key(&["read", "write"]).await, world.other().await.key(&["read", "write"]).await];
        for key in others {
            let stranger = client(&world, &key).await;
            let told = |answer: Result<(), ServiceError>| answer.unwrap_err().to_string();
            let nothing = told(stranger.get_task(GetTaskParams::new(Uuid::now_v7().to_string())).await.map(drop));
            assert!(nothing.contains("was not found"), "{nothing}");
            assert_eq!(told(stranger.get_task(GetTaskParams::new(job.id.to_string())).await.map(drop)), nothing);
            assert_eq!(told(stranger.cancel_task(CancelTaskParams::new(job.id.to_string())).await), nothing);
        }
        let result = result(ended(&client(&world, &key).await, &job.id.to_string()).await);
        assert_eq!(result["structuredContent"]["records"], 12);
    })
    .await;
}
