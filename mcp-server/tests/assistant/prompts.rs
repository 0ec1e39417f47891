//! Usual work as prompts, and what is completed as a person types.

use crate::world::{World, on_both};
use rmcp::model::*;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn prompts_name_what_they_are_about() {
    on_both(async |world| {
        let assistant = world.assistant(&["read"]).await;
        let prompts = assistant.list_prompts(None).await.unwrap();
        assert_eq!(prompts.cache_scope, Some(CacheScope::Private));
        let names: Vec<&str> = prompts.prompts.iter().map(|prompt| prompt.name.as_str()).collect();
        assert_eq!(
            names,
            ["prepare_meeting", "summarise_account", "triage_queue", "draft_reply", "weekly_pipeline_review"]
        );
        for prompt in &prompts.prompts {
            let argument = prompt.arguments.as_ref().map(|arguments| arguments[0].name.clone());
            let mut request = GetPromptRequestParams::new(prompt.name.clone());
            if let Some(argument) = &argument {
                let nothing = assistant.get_prompt(request.clone()).await.unwrap_err().to_string();
                assert!(nothing.contains(argument), "{}: its argument is needed: {nothing}", prompt.name);
                let given = json!({argument.as_str(): "Acme Rockets"});
                request = request.with_arguments(given.as_object().unwrap().clone());
            }
            let got = json!(assistant.get_prompt(request).await.unwrap()).to_string();
            assert!(argument.is_none() || got.contains("«Acme Rockets»"), "{got}");
            assert!(!got.contains("{account}") && !got.contains("{conversation}"), "{got}");
        }
        assert!(assistant.get_prompt(GetPromptRequestParams::new("make_coffee")).await.is_err());
    })
    .await;
}

/// A prompt whose tools its person cannot use would lead nowhere; and the tools that prompts name exist.
#[tokio::test(flavor = "multi_thread")]
async fn prompts_are_offered_for_what_one_may_read_and_name_tools_that_are_there() {
    on_both(async |world| {
        let marketer = world.line(world.key_of("Mark", &["marketer"], &["read"]).await, ()).await;
        let objects = marketer.list_all_resource_templates().await.unwrap();
        let reads = |object: &str| objects.iter().any(|template| template.name == object);
        let names: Vec<String> =
            marketer.list_all_prompts().await.unwrap().into_iter().map(|prompt| prompt.name).collect();
        assert_eq!(names.contains(&"weekly_pipeline_review".to_owned()), reads("deal"));
        assert_eq!(names.contains(&"draft_reply".to_owned()), reads("conversation"));

        let admin = world.assistant(&["read", "write"]).await;
        let tools: Vec<String> =
            admin.list_all_tools().await.unwrap().into_iter().map(|tool| tool.name.to_string()).collect();
        for prompt in admin.list_all_prompts().await.unwrap() {
            let given = json!({"account": "x", "conversation": "x"}).as_object().unwrap().clone();
            let got = admin.get_prompt(GetPromptRequestParams::new(prompt.name).with_arguments(given)).await.unwrap();
            let text = json!(got).to_string();
            let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let prefixes = ["crm_", "kb_", "conversation_", "report_"];
            for word in words.filter(|word| prefixes.iter().any(|prefix| word.starts_with(prefix))) {
                assert!(tools.iter().any(|tool| tool == word), "{word} is no tool");
            }
        }
    })
    .await;
}

async fn create(world: &World, object: &str, values: serde_json::Value) -> String {
    let values = values.as_object().unwrap().clone();
    let create = crm_core::Command::Create { object: object.into(), values };
    world.crm.write(&world.admin, create).await.unwrap().id.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_completed_with_what_the_person_may_see() {
    on_both(async |world| {
        let acme = create(&world, "account", json!({"name": "Acme Rockets"})).await;
        let values = json!({"name": "Late parcel", "subject": "Late parcel", "channel": "web_chat"});
        let conversation = create(&world, "conversation", values).await;
        world.search.rebuild(&world.crm, |_| {}).await.unwrap();
        let assistant = world.assistant(&["read"]).await;
        let typed =
            |of: Reference, name: &str, value: &str| CompleteRequestParams::new(of, ArgumentInfo::new(name, value));
        let account = |value| typed(Reference::for_prompt("summarise_account"), "account", value);
        let cases = [
            (account("acme"), acme_name()),
            (account(""), acme_name()),
            (typed(Reference::for_prompt("draft_reply"), "conversation", "parcel"), vec![conversation]),
            (typed(Reference::for_resource("crm://schema/{object}"), "object", "dea"), vec!["deal".to_owned()]),
            (typed(Reference::for_resource("crm://account/{id}"), "id", "rockets"), vec![acme]),
            (typed(Reference::for_prompt("triage_queue"), "account", "acme"), vec![]),
        ];
        for (request, expected) in cases {
            let completed = assistant.complete(request.clone()).await.unwrap().completion.values;
            assert_eq!(completed, expected, "{request:?}");
        }
        let stranger = world.other().await.assistant(&["read"]).await;
        for value in ["acme", ""] {
            assert!(stranger.complete(account(value)).await.unwrap().completion.values.is_empty(), "{value}");
        }
    })
    .await;
}

fn acme_name() -> Vec<String> {
    vec!["Acme Rockets".to_owned()]
}
