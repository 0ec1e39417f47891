//! Views that clients show beside answers, and the one in which a person sends a reply.

use crate::world::{Assistant, World, account, answer, call, change, create, on_both, refusal};
use rmcp::ClientHandler;
use rmcp::model::*;
use serde_json::{Value as Json, json};

const UI: &str = "io.modelcontextprotocol/ui";
const KIND: &str = "text/html;profile=mcp-app";

/// A client that shows views.
#[derive(Clone)]
struct Shows;

impl ClientHandler for Shows {
    fn get_info(&self) -> ClientConfig {
        let kinds = JsonObject::from_iter([("mimeTypes".to_owned(), json!([KIND]))]);
        let mut info = ClientConfig::default();
        info.capabilities = ClientCapabilities::builder()
            .enable_extensions_with([(UI.to_owned(), kinds)].into())
            .enable_elicitation()
            .build();
        info
    }
}

async fn conversation(world: &World) -> Json {
    let values = json!({"name": "Hat", "subject": "Hat too small", "channel": "web_chat"});
    json!(create(world, "conversation", values).await)
}

async fn said<C: ClientHandler>(assistant: &Assistant<C>, conversation: &Json) -> String {
    answer(assistant, "conversation_get", json!({"id": conversation})).await["messages"].to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_sent_by_the_persons_click_and_never_by_the_assistant() {
    on_both(async |world| {
        let id = conversation(&world).await;
        let assistant = world.line(world.key(&["read", "write"]).await, Shows).await;
        let draft = json!({"id": id, "text": "We send you a bigger one."});
        let drafted = call(&assistant, "conversation_reply", draft.clone()).await;
        let token = drafted.meta.as_ref().unwrap().0["parley/confirmation_token"].clone();
        // The assistant reads the content; what is beside it is the view's.
        let read = json!([drafted.content, drafted.structured_content]).to_string();
        assert!(!read.contains(token.as_str().unwrap()) && !read.contains("confirmation_token"), "{read}");
        let structured = drafted.structured_content.unwrap();
        assert_eq!(structured["status"], "needs_confirmation");
        assert!(structured["question"].as_str().unwrap().contains("We send you a bigger one."), "{structured}");
        assert_eq!(structured["to"], json!({"name": null, "conversation": "Hat"}));

        // However often the assistant calls, it is only a draft; and the click is good for these words alone.
        assert_eq!(answer(&assistant, "conversation_reply", draft.clone()).await["status"], "needs_confirmation");
        let other = json!({"id": id, "text": "We send you two.", "confirmation_token": token});
        assert!(refusal(&assistant, "conversation_reply", other).await.contains("not valid"));
        assert!(!said(&assistant, &id).await.contains("We send"));
        let mut clicked = draft;
        clicked["confirmation_token"] = token;
        assert_eq!(answer(&assistant, "conversation_reply", clicked.clone()).await["status"], "done");
        assert!(refusal(&assistant, "conversation_reply", clicked).await.contains("not valid"));
        assert_eq!(said(&assistant, &id).await.matches("We send you a bigger one.").count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_shows_no_views_is_asked_as_before() {
    let world = World::new(false).await;
    let id = conversation(&world).await;
    let assistant = world.assistant(&["read", "write"]).await;
    let drafted = call(&assistant, "conversation_reply", json!({"id": id, "text": "Hello"})).await;
    assert!(drafted.meta.is_none());
    assert!(drafted.structured_content.unwrap()["confirmation_token"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tool_names_its_view_which_is_a_page_that_reaches_nothing_outside() {
    let world = World::new(false).await;
    let assistant = world.line(world.key(&["read", "write"]).await, Shows).await;
    let announced = assistant.peer_info().unwrap().capabilities.extensions.clone().unwrap();
    assert_eq!(announced[UI]["mimeTypes"], json!([KIND]));
    let tools = assistant.list_all_tools().await.unwrap();
    let named =
        tools.iter().filter_map(|tool| Some((&tool.name, tool.meta.as_ref()?.0["ui"]["resourceUri"].as_str()?)));
    let named: Vec<_> = named.collect();
    let views = ["ui://parley/record", "ui://parley/pipeline", "ui://parley/reply"];
    assert_eq!(named.iter().map(|(_, uri)| *uri).collect::<Vec<_>>(), views);
    for uri in views {
        let read = assistant.read_resource(ReadResourceRequestParams::new(uri)).await.unwrap();
        let ResourceContents::TextResourceContents { text, mime_type, meta, .. } = &read.contents[0] else {
            panic!("a text");
        };
        assert_eq!(mime_type.as_deref(), Some(KIND));
        assert!(text.starts_with("<!doctype html>") && text.contains("default-src 'none'"), "{text}");
        let csp = &meta.as_ref().unwrap().0["ui"]["csp"];
        assert!(csp.as_object().unwrap().values().all(|domains| *domains == json!([])), "{csp}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_comes_with_what_its_fields_are_called_beside_what_the_assistant_reads() {
    on_both(async |world| {
        let id = account(&world, "Hutwerke").await;
        let ada = world.admin.who().user().unwrap();
        change(&world, "user", ada, json!({"language": "de"})).await;
        let assistant = world.line(world.key(&["read", "write"]).await, Shows).await;
        answer(&assistant, "crm_update", json!({"id": id, "values": {"industry": "retail"}})).await;
        let told = call(&assistant, "crm_get", json!({"id": id})).await;
        let labels = told.meta.unwrap().0["parley/labels"].clone();
        assert_eq!(labels["object"], "Firma");
        let record = told.structured_content.unwrap()["record"].clone();
        for (name, label) in labels["fields"].as_object().unwrap() {
            assert!(record.get(name).is_some() && label["kind"].is_string(), "{name}: {label}");
        }
        assert_eq!(labels["fields"]["name"]["label"], "Name");
        // A client that shows no views has no use for them.
        let plain = world.assistant(&["read"]).await;
        assert!(call(&plain, "crm_get", json!({"id": id})).await.meta.is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_read_in_its_persons_language() {
    let world = World::new(false).await;
    change(&world, "user", world.admin.who().user().unwrap(), json!({"language": "es"})).await;
    let assistant = world.line(world.key(&["read"]).await, Shows).await;
    let read = assistant.read_resource(ReadResourceRequestParams::new("ui://parley/pipeline")).await.unwrap();
    let ResourceContents::TextResourceContents { text, .. } = &read.contents[0] else { panic!("a text") };
    assert!(text.contains("<html lang=\"es\">") && text.contains("<title>Embudo de ventas</title>"), "{text}");
}
