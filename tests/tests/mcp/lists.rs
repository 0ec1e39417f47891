//! Assistants that are told when what they are offered has changed: on whichever node, and by whatever step.

use super::watching::{over_http, present};
use crate::oauth::program;
use crate::support::{Client, Engine, Program, World, on_both};
use rmcp::model::{ServerNotification, SubscriptionFilter};
use rmcp::service::{RunningService, Subscription};
use rmcp::{ClientServiceExt, RoleClient};
use serde_json::{Value as Json, json};

type Assistant = RunningService<RoleClient, ()>;

async fn listen(assistant: &Assistant) -> Subscription {
    assistant.listen(SubscriptionFilter::builder().tools_list_changed().build()).await.unwrap()
}

async fn told(subscription: &mut Subscription) {
    let news = subscription.next().await.unwrap();
    assert!(matches!(news, Some(ServerNotification::ToolListChangedNotification(_))), "{news:?}");
}

async fn offers(assistant: &Assistant, tool: &str) -> bool {
    assistant.list_all_tools().await.unwrap().iter().any(|offered| offered.name == tool)
}

/// Gives somebody these roles instead of theirs.
async fn give(admin: &Client, user: &Json, roles: &[&str]) {
    let roles: Vec<Json> = roles.iter().map(|role| json!({"name": role})).collect();
    let path = format!("/records/user/{}", user["id"].as_str().unwrap());
    admin.patch(&path, &json!({"role_ids": roles})).await.expect(200);
}

#[tokio::test]
async fn an_assistant_at_one_node_is_told_when_another_node_changes_what_its_person_may() {
    let (one, other) = (Program::start(Engine::Postgres, &[]), Program::start(Engine::Postgres, &[]));
    let (crm, tenant, key) = World::company(&one.database_url).await;
    let admin = Client::new(&other).key(&key);
    let values = json!({"name": "Vic", "email": format!("vic@{}.example", uuid::Uuid::new_v4()), "role_ids": [{"name": "viewer"}]});
    let vic = admin.post("/records/user", &values).await.expect(201);
    let actor = crm.actor_for_user(tenant, vic["id"].as_str().unwrap().parse().unwrap(), crm_core::Surface::Console);
    let scopes = ["read".to_owned(), "write".to_owned()];
    let (_, key) = crm.create_key(&actor.await.unwrap(), "assistant", &scopes, None).await.unwrap();

    let assistant = over_http(&one, &key).await;
    assert!(!offers(&assistant, "conversation_reply").await);
    let mut subscription = listen(&assistant).await;
    give(&admin, &vic, &["viewer", "agent"]).await;
    told(&mut subscription).await;
    assert!(offers(&assistant, "conversation_reply").await);
}

#[tokio::test]
async fn an_assistant_on_this_machine_is_told_of_a_new_kind_of_record() {
    on_both(|world| async move {
        let (mut child, _folder) = super::on_this_machine(&world).await;
        let line = (child.stdout.take().unwrap(), child.stdin.take().unwrap());
        let assistant = ().serve_with_lifecycle(line, present()).await.unwrap();
        let mut subscription = listen(&assistant).await;
        let vessel = json!({"name": "vessel", "label": "Vessel", "plural_label": "Vessels"});
        world.admin.post("/schema/objects", &vessel).await.expect(201);
        told(&mut subscription).await;
        assistant.cancel().await.unwrap();
        assert!(child.wait().await.unwrap().success());
    })
    .await;
}

#[tokio::test]
async fn a_program_is_told_when_its_person_has_allowed_it_more_of_what_they_may() {
    on_both(|world| async move {
        let browser = world.browser("Bea Browser", &["seller"]).await;
        let program = program::Program::elsewhere(&world).await;
        let before = over_http(world.program, &program.let_in(&browser, "crm:read").await.access).await;
        let mut subscription = listen(&before).await;
        let more = program.let_in(&browser, "crm:read crm:write").await.access;
        told(&mut subscription).await;
        assert!(offers(&over_http(world.program, &more).await, "crm_update").await);
        // Another program of hers is another matter.
        let other = program::Program::elsewhere(&world).await;
        other.let_in(&browser, "crm:read crm:write crm:delete").await;
        program.let_in(&browser, "crm:read crm:write crm:send").await;
        told(&mut subscription).await;
    })
    .await;
}
