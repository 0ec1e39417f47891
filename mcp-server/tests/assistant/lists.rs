//! Clients are told when the tools, prompts or resources that they are shown have changed, and only then.

use crate::ways::{Form, over_a_line, over_http, served};
use crate::world::{Assistant, World, change, create, on_both};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use crm_core::Surface;
use futures_util::StreamExt;
use rmcp::model::*;
use rmcp::service::{NotificationContext, Subscription};
use rmcp::transport::streamable_http_client::StreamableHttpClient;
use rmcp::{ClientHandler, RoleClient};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use tokio::sync::mpsc;
use uuid::Uuid;

const TOOLS: &str = "notifications/tools/list_changed";
const PROMPTS: &str = "notifications/prompts/list_changed";
const RESOURCES: &str = "notifications/resources/list_changed";

/// Somebody who may read all and change nothing, and their key that would allow to.
async fn viewer(world: &World) -> (Uuid, String) {
    let key = world.key_of("Vera", &["viewer"], &["read", "write"]).await;
    (world.crm.key(&key, Surface::Mcp).await.unwrap().who().user().unwrap(), key)
}

/// Gives somebody these roles instead of theirs.
async fn give(world: &World, user: Uuid, roles: &[&str]) {
    let roles: Vec<Json> = roles.iter().map(|role| json!({"name": role})).collect();
    change(world, "user", user, json!({"role_ids": roles})).await;
}

/// Defines an object of the company's own.
async fn define(world: &World, name: &str) {
    let definition = json!({"name": name, "label": name, "plural_label": format!("{name}s")});
    let admin = world.crm.actor_for_user(world.admin.tenant(), world.admin.who().user().unwrap(), Surface::Console);
    world.crm.define_object(&admin.await.unwrap(), serde_json::from_value(definition).unwrap()).await.unwrap();
}

/// Changes definitions and records, but nothing of which lists tell.
async fn change_what_no_list_shows(world: &World) {
    let field = json!({"name": "colour", "label": "Colour", "type": "text"});
    world.crm.define_field(&world.admin, "account", &field).await.unwrap();
    create(world, "account", json!({"name": "Acme"})).await;
    create(world, "article", json!({"title": "A draft", "body": "x"})).await;
}

async fn listen(assistant: &Assistant<()>) -> Subscription {
    let wanted = SubscriptionFilter::builder().tools_list_changed().prompts_list_changed().resources_list_changed();
    let subscription = assistant.listen(wanted.build()).await.unwrap();
    assert_eq!(subscription.acknowledged().tools_list_changed, Some(true));
    subscription
}

/// What is told next.
async fn told(subscription: &mut Subscription) -> &'static str {
    match subscription.next().await.unwrap().expect("it ended early") {
        ServerNotification::ToolListChangedNotification(_) => TOOLS,
        ServerNotification::PromptListChangedNotification(_) => PROMPTS,
        ServerNotification::ResourceListChangedNotification(_) => RESOURCES,
        other => panic!("{other:?}"),
    }
}

async fn tools<C: ClientHandler>(assistant: &Assistant<C>) -> usize {
    assistant.list_all_tools().await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_listens_is_told_of_each_list_that_has_changed_for_it() {
    on_both(async |world| {
        let served = served(&world).await;
        for (i, near) in [true, false].into_iter().enumerate() {
            let (vera, key) = viewer(&world).await;
            let assistant = match near {
                true => over_a_line(&world, key, (), Form::Present).await,
                false => over_http(&served, &key, Form::Present).await,
            };
            let before = tools(&assistant).await;
            let mut subscription = listen(&assistant).await;

            give(&world, vera, &["viewer", "agent"]).await;
            assert_eq!(told(&mut subscription).await, TOOLS);
            assert!(tools(&assistant).await > before, "who is told finds something new");
            define(&world, &format!("vessel{i}")).await;
            assert_eq!([told(&mut subscription).await, told(&mut subscription).await], [TOOLS, RESOURCES]);
            give(&world, vera, &[]).await;
            let all = [told(&mut subscription).await, told(&mut subscription).await, told(&mut subscription).await];
            assert_eq!(all, [TOOLS, PROMPTS, RESOURCES]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_of_a_change_that_their_lists_do_not_show() {
    on_both(async |world| {
        let (_, key) = viewer(&world).await;
        let assistant = over_a_line(&world, key, (), Form::Present).await;
        let mut subscription = listen(&assistant).await;
        change_what_no_list_shows(&world).await;
        define(&world, "vessel").await;
        assert_eq!([told(&mut subscription).await, told(&mut subscription).await], [TOOLS, RESOURCES]);

        // Nor of a view that is somebody else's.
        let view = json!({"name": "Mine", "object": "account", "definition": {"columns": ["name"]}});
        create(&world, "saved_view", view).await;
        define(&world, "berth").await;
        assert_eq!([told(&mut subscription).await, told(&mut subscription).await], [TOOLS, RESOURCES]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_article_changes_the_resources_alone() {
    on_both(async |world| {
        let (_, key) = viewer(&world).await;
        let assistant = over_a_line(&world, key, (), Form::Present).await;
        let mut subscription = listen(&assistant).await;
        let article = create(&world, "article", json!({"title": "Refunds", "body": "x"})).await;
        for action in ["submit", "publish"] {
            let command = crm_core::Command::Act {
                object: "article".into(),
                id: article,
                action: action.into(),
                input: serde_json::Map::new(),
            };
            world.crm.write(&world.admin, command).await.unwrap();
        }
        assert_eq!(told(&mut subscription).await, RESOURCES);
        define(&world, "vessel").await;
        assert_eq!(told(&mut subscription).await, TOOLS, "each is told once");
    })
    .await;
}

/// A client of the older form that passes on what it is told.
struct Told(mpsc::UnboundedSender<&'static str>);

impl ClientHandler for Told {
    async fn on_tool_list_changed(&self, _: NotificationContext<RoleClient>) {
        self.0.send(TOOLS).unwrap();
    }

    async fn on_prompt_list_changed(&self, _: NotificationContext<RoleClient>) {
        self.0.send(PROMPTS).unwrap();
    }

    async fn on_resource_list_changed(&self, _: NotificationContext<RoleClient>) {
        self.0.send(RESOURCES).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_client_on_a_line_is_told_without_asking() {
    on_both(async |world| {
        let (vera, key) = viewer(&world).await;
        let (tell, mut heard) = mpsc::unbounded_channel();
        let assistant = over_a_line(&world, key, Told(tell), Form::Older).await;
        let able = assistant.peer_info().unwrap().capabilities.clone();
        assert_eq!(able.tools.unwrap().list_changed, Some(true));
        assert_eq!(able.prompts.unwrap().list_changed, Some(true));
        assert_eq!(able.resources.unwrap().list_changed, Some(true));
        change_what_no_list_shows(&world).await;
        give(&world, vera, &["viewer", "agent"]).await;
        assert_eq!(heard.recv().await.unwrap(), TOOLS);
        define(&world, "vessel").await;
        let mut both = [heard.recv().await.unwrap(), heard.recv().await.unwrap()];
        both.sort_unstable();
        assert_eq!(both, [RESOURCES, TOOLS]);
    })
    .await;
}

/// The stream that a client of the older form opens over HTTP, by the protocol's own client: of each event its id, and
/// what it tells.
struct Stream(mpsc::UnboundedReceiver<(Option<String>, String)>);

impl Stream {
    async fn open(url: &str, key: &str, version: &'static str, last: Option<&str>) -> Result<Self, String> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let version = (HeaderName::from_static("mcp-protocol-version"), HeaderValue::from_static(version));
        let (key, last) = (Some(key.to_owned()), last.map(str::to_owned));
        let opened = reqwest::Client::new().get_stream(url.into(), None, last, key, HashMap::from([version])).await;
        let mut events = opened.map_err(|error| error.to_string())?;
        let (tell, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Some(Ok(event)) = tokio::select! { () = tell.closed() => None, event = events.next() => event } {
                let data = event.data.unwrap_or_default();
                let method = serde_json::from_str::<Json>(&data).unwrap_or_default()["method"].take();
                if event.id.is_some() || !data.is_empty() {
                    tell.send((event.id, method.as_str().unwrap_or_default().to_owned())).unwrap();
                }
            }
        });
        Ok(Self(heard))
    }

    async fn next(&mut self) -> Option<(Option<String>, String)> {
        self.0.recv().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_client_over_http_is_told_by_the_stream_that_it_opens_and_of_what_it_missed() {
    on_both(async |world| {
        let (vera, key) = viewer(&world).await;
        let served = served(&world).await;
        let older = over_http(&served, &key, Form::Older).await;
        assert_eq!(older.peer_info().unwrap().capabilities.tools.as_ref().unwrap().list_changed, Some(true));

        let mut stream = Stream::open(&served.url, &key, "2025-11-25", None).await.unwrap();
        let (place, nothing) = stream.next().await.unwrap();
        assert_eq!(nothing, "", "it begins with a place to come back to");
        change_what_no_list_shows(&world).await;
        give(&world, vera, &["viewer", "agent"]).await;
        assert_eq!(stream.next().await.unwrap().1, TOOLS);
        drop(stream);

        define(&world, "vessel").await;
        let mut back = Stream::open(&served.url, &key, "2025-11-25", place.as_deref()).await.unwrap();
        let now = back.next().await.unwrap().0;
        assert_eq!([back.next().await.unwrap().1, back.next().await.unwrap().1], [TOOLS, RESOURCES]);
        drop(back);

        // Who missed nothing is told nothing.
        let mut back = Stream::open(&served.url, &key, "2025-11-25", now.as_deref()).await.unwrap();
        back.next().await.unwrap();
        give(&world, vera, &[]).await;
        assert_eq!(back.next().await.unwrap().1, TOOLS);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_the_key_and_with_the_server() {
    let world = World::new(false).await;
    let served = served(&world).await;
    let (revoked, other) = (world.key(&["read"]).await, viewer(&world).await.1);
    let id = world
        .crm
        .keys(&world.admin)
        .await
        .unwrap()
        .into_iter()
        .find(|key| key.user_id == world.admin.who().user().unwrap());
    let mut stream = Stream::open(&served.url, &revoked, "2025-06-18", None).await.unwrap();
    world.crm.revoke_key(&world.admin, id.unwrap().id).await.unwrap();
    assert_eq!(stream.next().await, None);
    assert!(Stream::open(&served.url, &revoked, "2025-06-18", None).await.is_err());

    let mut stream = Stream::open(&served.url, &other, "2025-06-18", None).await.unwrap();
    served.closing.send_replace(true);
    assert_eq!(stream.next().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_is_opened_by_those_who_are_let_in_and_know_what_it_is() {
    let world = World::new(false).await;
    let served = served(&world).await;
    let key = world.key(&["read"]).await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let status = async |headers: &[(&'static str, &str)]| {
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            all.insert(*name, value.parse().unwrap());
        }
        reqwest::Client::new().get(&served.url).headers(all).send().await.unwrap().status().as_u16()
    };
    let bearer = format!("Bearer {key}");
    let (let_in, events) = (("authorization", bearer.as_str()), ("accept", "text/event-stream"));
    assert_eq!(status(&[let_in, events]).await, 200);
    assert_eq!(status(&[events]).await, 401);
    assert_eq!(status(&[let_in, ("accept", "text/html")]).await, 406);
    assert_eq!(status(&[let_in, events, ("origin", "https://elsewhere.example")]).await, 403);
    assert_eq!(status(&[let_in, events, ("host", "elsewhere.example")]).await, 403);
    // Since that version, there is `subscriptions/listen`.
    assert_eq!(status(&[let_in, events, ("mcp-protocol-version", "2026-07-28")]).await, 405);
}
