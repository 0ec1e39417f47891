//! Assistants that watch records, with the protocol's own client: whoever changes them, and on whichever node.

use crate::support::{Client, Engine, Program, World, on_both};
use rmcp::model::{ProtocolVersion, ServerNotification, SubscriptionFilter};
use rmcp::service::{RunningService, Subscription};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::{ClientLifecycleMode, ClientServiceExt, RoleClient};
use serde_json::{Value as Json, json};

pub(super) fn present() -> ClientLifecycleMode {
    ClientLifecycleMode::Discover { preferred_versions: vec![ProtocolVersion::V_2026_07_28] }
}

pub(super) async fn over_http(program: &Program, key: &str) -> RunningService<RoleClient, ()> {
    let config = StreamableHttpClientTransportConfig::with_uri(format!("{}/mcp", program.url)).auth_header(key);
    ().serve_with_lifecycle(StreamableHttpClientTransport::from_config(config), present()).await.unwrap()
}

async fn listen(assistant: &RunningService<RoleClient, ()>, record: &Json) -> Subscription {
    let uri = format!("crm://account/{}", record["id"].as_str().unwrap());
    assistant.listen(SubscriptionFilter::builder().resource_subscription(uri).build()).await.unwrap()
}

/// Waits until something is told; whether it was.
async fn told(subscription: &mut Subscription) -> bool {
    match subscription.next().await.unwrap() {
        Some(ServerNotification::ResourceUpdatedNotification(_)) => true,
        None => false,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_assistant_at_one_node_is_told_of_what_another_node_changes() {
    let (one, other) = (Program::start(Engine::Postgres, &[]), Program::start(Engine::Postgres, &[]));
    let (_, _, key) = World::company(&one.database_url).await;
    let there = Client::new(&other).key(&key);
    let account = there.post("/records/account", &json!({"name": "Acme"})).await.expect(201);
    let assistant = over_http(&one, &key).await;
    let mut subscription = listen(&assistant, &account).await;
    let path = format!("/records/account/{}", account["id"].as_str().unwrap());
    for industry in ["retail", "mining"] {
        there.patch(&path, &json!({"industry": industry})).await.expect(200);
        assert!(told(&mut subscription).await);
    }
    there.delete(&path).await.expect(204);
    assert!(told(&mut subscription).await, "that it is gone is a change");
}

#[tokio::test]
async fn an_assistant_on_this_machine_is_told_of_what_people_change_in_the_console() {
    on_both(|world| async move {
        let account = world.create("account", json!({"name": "Stdio Works"})).await;
        let (mut child, _folder) = super::on_this_machine(&world).await;
        let line = (child.stdout.take().unwrap(), child.stdin.take().unwrap());
        let assistant = ().serve_with_lifecycle(line, present()).await.unwrap();
        let mut subscription = listen(&assistant, &account).await;
        let path = format!("/records/account/{}", account["id"].as_str().unwrap());
        for industry in ["retail", "mining"] {
            world.admin.patch(&path, &json!({"industry": industry})).await.expect(200);
            assert!(told(&mut subscription).await);
        }
        assistant.cancel().await.unwrap();
        assert!(child.wait().await.unwrap().success(), "it ends in peace when its client has gone");
    })
    .await;
}
