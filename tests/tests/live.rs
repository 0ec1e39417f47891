//! Events as they happen.

use crate::support::{Client, World, on_both};
use futures_util::{Stream, StreamExt};
use reqwest::Method;
use serde_json::{Value as Json, json};
use std::pin::Pin;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

/// A stream under way: (id, event) one by one.
struct Live {
    bytes: Pin<Box<dyn Stream<Item = reqwest::Result<Vec<u8>>> + Send>>,
    text: String,
}

impl Live {
    /// Listens; done as soon as the server says so.
    async fn open(client: &Client, last: Option<i64>) -> Self {
        let mut request = client.request(Method::GET, "/events/stream");
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let bytes = Box::pin(response.bytes_stream().map(|chunk| chunk.map(|bytes| bytes.to_vec())));
        let mut live = Self { bytes, text: String::new() };
        assert_eq!(live.block().await.as_deref(), Some(": listening"));
        live
    }

    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            let chunk = tokio::time::timeout(PATIENCE, self.bytes.next()).await.expect("nothing came")?.ok()?;
            self.text.push_str(&String::from_utf8(chunk).unwrap());
        }
    }

    /// The next event; none when the stream has ended.
    async fn next(&mut self) -> Option<(i64, Json)> {
        loop {
            let block = self.block().await?;
            if !block.contains("event: change") {
                continue;
            }
            let line = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
            return Some((line("id:").parse().unwrap(), serde_json::from_str(&line("data:")).unwrap()));
        }
    }
}

async fn account(world: &World, name: &str) {
    world.create("account", json!({"name": name})).await;
}

#[tokio::test]
async fn a_listener_hears_what_happens_and_goes_on_where_it_left_off() {
    on_both(async |world| {
        let mut live = Live::open(&world.admin, None).await;
        account(&world, "First").await;
        let (sequence, event) = live.next().await.unwrap();
        assert_eq!(
            (&event["kind"], &event["record_name"], &event["sequence"]),
            (&json!("created"), &json!("First"), &json!(sequence))
        );
        drop(live);
        account(&world, "Second").await;
        let mut live = Live::open(&world.admin, Some(sequence)).await;
        assert_eq!(live.next().await.unwrap().1["record_name"], "Second");
    })
    .await;
}

#[tokio::test]
async fn a_listener_hears_only_what_they_may_see() {
    on_both(async |world| {
        let other = world.other().await;
        let mut live = Live::open(&world.admin, None).await;
        account(&other, "Secret").await;
        account(&world, "Own").await;
        assert_eq!(live.next().await.unwrap().1["record_name"], "Own");
    })
    .await;
}

#[tokio::test]
async fn a_listener_who_is_signed_out_hears_nothing_more() {
    on_both(async |world| {
        let browser = world.browser("Bea Browser", &["admin"]).await;
        let mut live = Live::open(&browser, None).await;
        browser.delete("/session").await.expect(204);
        account(&world, "After").await;
        while let Some((_, event)) = live.next().await {
            assert_ne!(event["record_name"], "After");
        }
    })
    .await;
}

#[tokio::test]
async fn who_is_told_something_by_the_bot_hears_of_it_and_nobody_else() {
    on_both(|world| async move {
        let me = world.browser("Sam Seller", &["seller"]).await;
        let nosy = world.browser("Nora Nosy", &["admin"]).await;
        let (mut mine, mut theirs) = (Live::open(&me, None).await, Live::open(&nosy, None).await);
        let soon = json!({"text": "remind me in 1 second to drink", "yes": true});
        assert_eq!(me.post("/ask", &soon).await.expect(200)["kind"], "done");
        while !mine.block().await.unwrap().contains("event: told") {}
        account(&world, "Acme").await;
        let next = theirs.block().await.unwrap();
        assert!(next.contains("Acme") && !next.contains("told"), "{next}");
    })
    .await;
}
