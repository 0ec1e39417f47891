//! Clients that watch records: told of what changes, as their person may see it at that moment, and of nothing else.

#![expect(deprecated, reason = "the older form is served as long as clients speak it")]

use crate::ways::{Form, over_a_line, over_http, served};
use crate::world::{Assistant, World, change, create, on_both, set};
use crm_core::Surface;
use rmcp::model::*;
use rmcp::service::{NotificationContext, Subscription, SubscriptionEnd};
use rmcp::{ClientHandler, RoleClient};
use serde_json::json;
use tokio::sync::mpsc;
use uuid::Uuid;

/// A client that passes on what it is told.
struct Told(mpsc::UnboundedSender<String>);

impl ClientHandler for Told {
    async fn on_resource_updated(&self, news: ResourceUpdatedNotificationParam, _: NotificationContext<RoleClient>) {
        self.0.send(news.uri).unwrap();
    }
}

async fn listen(assistant: &Assistant<()>, uris: &[String]) -> Subscription {
    let wanted = SubscriptionFilter::builder().resource_subscriptions(uris).build();
    assistant.listen(wanted).await.unwrap()
}

/// Which address is told next; none when there is nothing to come.
async fn told(subscription: &mut Subscription) -> Option<String> {
    match subscription.next().await.unwrap()? {
        ServerNotification::ResourceUpdatedNotification(news) => Some(news.params.uri),
        other => panic!("{other:?}"),
    }
}

/// What is told up to this address.
async fn told_until(subscription: &mut Subscription, last: &str) -> Vec<String> {
    let mut all = Vec::new();
    loop {
        let uri = told(subscription).await.expect("it ended early");
        if uri == last {
            return all;
        }
        all.push(uri);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_listens_is_told_of_changes_over_either_transport() {
    on_both(async |world| {
        let account = create(&world, "account", json!({"name": "Acme"})).await;
        let article = create(&world, "article", json!({"title": "Refunds", "body": "x"})).await;
        let uris = [format!("crm://account/{account}"), format!("kb://article/{article}")];
        let (served, key) = (served(&world).await, world.key(&["read"]).await);
        let near = over_a_line(&world, key.clone(), (), Form::Present).await;
        for (assistant, news) in [(over_http(&served, &key, Form::Present).await, "first"), (near, "second")] {
            let mut subscription = listen(&assistant, &uris).await;
            change(&world, "account", account, json!({"industry": news})).await;
            change(&world, "article", article, json!({"body": news})).await;
            assert_eq!([told(&mut subscription).await, told(&mut subscription).await], uris.clone().map(Some));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_watched_is_not_promised() {
    on_both(async |world| {
        let account = format!("crm://account/{}", create(&world, "account", json!({"name": "Acme"})).await);
        let assistant = over_a_line(&world, world.key(&["read"]).await, (), Form::Present).await;
        let wanted = SubscriptionFilter::builder()
            .resource_subscriptions([account.as_str(), "crm://schema/deal", "file:///etc/passwd"])
            .build();
        let subscription = assistant.listen(wanted).await.unwrap();
        let promised = SubscriptionFilter::builder().resource_subscriptions([account]).build();
        assert_eq!(*subscription.acknowledged(), promised);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_of_what_they_may_not_see_or_no_longer_see() {
    on_both(async |world| {
        let key = world.key_of("Mara", &["marketer"], &["read"]).await;
        let mara = world.crm.key(&key, Surface::Mcp).await.unwrap().who().user().unwrap();
        let hers = create(&world, "task", json!({"subject": "Hers", "owner_id": mara})).await;
        let hidden = create(&world, "task", json!({"subject": "Hidden"})).await;
        let shown = create(&world, "account", json!({"name": "Shown"})).await;
        let uris = [format!("crm://task/{hers}"), format!("crm://task/{hidden}"), format!("crm://account/{shown}")];
        let served = served(&world).await;
        let assistant = over_http(&served, &key, Form::Present).await;
        let mut subscription = listen(&assistant, &uris).await;

        change(&world, "task", hidden, json!({"subject": "Hidden 2"})).await;
        change(&world, "task", hers, json!({"subject": "Hers 2"})).await;
        assert!(!told_until(&mut subscription, &uris[0]).await.contains(&uris[1]));
        // What she saw a moment ago is given to somebody else: of that itself she is not told.
        change(&world, "task", hers, json!({"owner_id": world.admin.who().user().unwrap()})).await;
        change(&world, "task", hers, json!({"subject": "Not hers"})).await;
        change(&world, "account", shown, json!({"industry": "retail"})).await;
        told_until(&mut subscription, &uris[2]).await;
        change(&world, "task", hers, json!({"subject": "Still not hers"})).await;
        change(&world, "account", shown, json!({"industry": "mining"})).await;
        let since = told_until(&mut subscription, &uris[2]).await;
        assert_eq!(since, Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_let_in_no_more_is_told_no_more() {
    on_both(async |world| {
        let account = create(&world, "account", json!({"name": "Acme"})).await;
        let uris = [format!("crm://account/{account}")];
        let served = served(&world).await;
        let revoked = world.key(&["read"]).await;
        let key = world.crm.keys(&world.admin).await.unwrap().remove(0).id;
        let demoted = world.key_of("Vera", &["viewer"], &["read"]).await;
        let vera = world.crm.key(&demoted, Surface::Mcp).await.unwrap().who().user().unwrap();
        for (key, end) in [(&revoked, Some(key)), (&demoted, None)] {
            let assistant = over_http(&served, key, Form::Present).await;
            let mut subscription = listen(&assistant, &uris).await;
            change(&world, "account", account, json!({"industry": "retail"})).await;
            told_until(&mut subscription, &uris[0]).await;
            match end {
                Some(key) => world.crm.revoke_key(&world.admin, key).await.unwrap(),
                None => change(&world, "user", vera, json!({"role_ids": []})).await,
            }
            change(&world, "account", account, json!({"industry": "mining"})).await;
            assert_eq!(told(&mut subscription).await, None);
            assert!(matches!(subscription.end(), Some(SubscriptionEnd::Graceful(_))), "{:?}", subscription.end());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn long_answers_end_when_the_server_is_about_to_stop() {
    let world = World::new(false).await;
    let served = served(&world).await;
    let assistant = over_http(&served, &world.key(&["read"]).await, Form::Present).await;
    let mut subscription = listen(&assistant, &[format!("crm://account/{}", Uuid::now_v7())]).await;
    served.closing.send_replace(true);
    assert_eq!(told(&mut subscription).await, None);
    assert!(matches!(subscription.end(), Some(SubscriptionEnd::Graceful(_))), "{:?}", subscription.end());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_listens_eight_times_at_once_and_again_when_it_has_ended_one() {
    let world = World::new(false).await;
    let (served, key) = (served(&world).await, world.key(&["read"]).await);
    let assistant = over_http(&served, &key, Form::Present).await;
    let account = create(&world, "account", json!({"name": "Acme"})).await;
    let uris = [format!("crm://account/{account}")];
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(listen(&assistant, &uris).await);
    }
    let refusal = listen(&assistant, &uris).await.next().await.unwrap_err();
    assert!(refusal.to_string().contains("listens 8 times already"), "{refusal}");
    open.remove(0).cancel().await.unwrap();
    // The place is free once the server has noticed.
    loop {
        let mut again = listen(&assistant, &uris).await;
        change(&world, "account", account, json!({"industry": "retail"})).await;
        change(&world, "account", account, json!({"industry": "mining"})).await;
        if again.next().await.is_ok() {
            break;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_client_subscribes_to_one_address_after_the_other() {
    on_both(async |world| {
        let [first, second] = [
            create(&world, "account", json!({"name": "First"})).await,
            create(&world, "account", json!({"name": "Second"})).await,
        ];
        let [first_uri, second_uri] = [first, second].map(|id| format!("crm://account/{id}"));
        let (tell, mut heard) = mpsc::unbounded_channel();
        let assistant = over_a_line(&world, world.key(&["read"]).await, Told(tell), Form::Older).await;
        assert_eq!(assistant.peer_info().unwrap().capabilities.resources.as_ref().unwrap().subscribe, Some(true));
        for uri in [&first_uri, &second_uri] {
            assistant.subscribe(SubscribeRequestParams::new(uri)).await.unwrap();
        }
        // What changes several times at once is told once.
        let often = (0..3).map(|i| set("account", first, json!({"name": format!("First {i}")}))).collect();
        world.crm.bulk(&world.admin, often, true).await.unwrap();
        assert_eq!(heard.recv().await.unwrap(), first_uri);
        change(&world, "account", second, json!({"industry": "retail"})).await;
        assert_eq!(heard.recv().await.unwrap(), second_uri);

        assistant.unsubscribe(UnsubscribeRequestParams::new(&first_uri)).await.unwrap();
        change(&world, "account", first, json!({"industry": "retail"})).await;
        change(&world, "account", second, json!({"industry": "mining"})).await;
        assert_eq!(heard.recv().await.unwrap(), second_uri);
        assert!(assistant.subscribe(SubscribeRequestParams::new("crm://schema/deal")).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_client_over_http_is_promised_nothing_that_it_cannot_be_told() {
    let world = World::new(false).await;
    let (served, key) = (served(&world).await, world.key(&["read"]).await);
    let older = over_http(&served, &key, Form::Older).await;
    assert_eq!(older.peer_info().unwrap().capabilities.resources.as_ref().unwrap().subscribe, None);
    let uri = format!("crm://account/{}", Uuid::now_v7());
    assert!(older.subscribe(SubscribeRequestParams::new(&uri)).await.is_err());
    let present = over_http(&served, &key, Form::Present).await;
    assert_eq!(present.peer_info().unwrap().capabilities.resources.as_ref().unwrap().subscribe, Some(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_may_not_read_is_told_what_it_lacks_when_it_listens() {
    let world = World::new(false).await;
    let key = format!("Bearer {}", world.key(&["create"]).await);
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen", "params": {"notifications": {}}});
    let (status, headers, _) = world.post(&[("authorization", key.as_str())], body).await;
    assert_eq!(status.as_u16(), 403);
    assert!(headers["www-authenticate"].to_str().unwrap().contains("scope=\"crm:read"), "{headers:?}");
}
