//! Nothing leaks: generated requests of everybody to everything, and no answer shows what its reader may not see.
//!
//! Three companies hold records whose texts carry a marker of their company and kind. Everybody (each built-in role, a
//! role with a hidden field, keys with fewer scopes, a browser, nobody) sends requests to every operation of the
//! OpenAPI document and to the assistants' tools, with ids, cursors, filters, references, batches and keys of their own
//! company and of the others. Every answer is searched for markers: one that its reader may not see fails the test, and
//! so does a server error. In the end every record is as it was, except those that were made to be changed.
//!
//! `LEAK_REQUESTS` says how many requests there are on each engine, and `LEAK_SEED` makes other ones. A million:
//!
//! ```sh
//! cargo build --release -p server
//! PARLEY_BIN=target/release/parley LEAK_REQUESTS=500000 scripts/with-postgres \
//!     cargo test --release -p parley-tests --test main -- leaks:: --nocapture
//! ```

mod ask;
mod companies;
mod judge;
mod people;

use crate::support::{Client, Engine, Program, send};
use companies::Companies;
use futures_util::{StreamExt, stream};
use judge::Judge;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use reqwest::Method;
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// How many requests are under way at once.
const AT_ONCE: usize = 48;
/// How long an answer, or a stream that tells the whole log, may take.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(120);

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_nobody_is_shown_what_they_may_not_see() {
    nobody_is_shown_what_they_may_not_see(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgresql_nobody_is_shown_what_they_may_not_see() {
    nobody_is_shown_what_they_may_not_see(Engine::Postgres).await;
}

async fn nobody_is_shown_what_they_may_not_see(engine: Engine) {
    let seed = setting("LEAK_SEED", 1);
    let companies = Arc::new(Companies::new(Program::shared(engine), seed).await);
    let judge = Arc::new(Judge::default());
    everybody_reads_everything(&companies, &judge).await;
    judge.every_marker_was_seen_by_who_may_see_it(&companies);
    everybody_asks_anything(&companies, &judge, seed).await;
    everybody_listens(&companies, &judge).await;
    judge.acquit();
    companies.are_as_they_were().await;
    println!("{engine:?}: {}", judge.summary());
}

/// Each list, log, schema and search once, as each person.
async fn everybody_reads_everything(companies: &Companies, judge: &Judge) {
    let all = (0..companies.people.len()).flat_map(|person| {
        let lists = companies.objects.iter().map(|object| format!("/records/{object}?limit=500&total=true"));
        let rest = ["/events?limit=500", "/events?limit=500&after=0", "/schema", "/me", "/search?q=mk&limit=100"];
        lists.chain(rest.map(str::to_owned)).map(move |path| (person, path))
    });
    let each = stream::iter(all).for_each_concurrent(AT_ONCE, async |(person, path)| {
        let person = &companies.people[person];
        let answer = send(person.client.request(Method::GET, &path)).await;
        judge.hear(person, &format!("GET {path}"), &answer);
    });
    each.await;
}

/// Generated requests. Each is made from its own number, so that a failure can be asked again.
async fn everybody_asks_anything(companies: &Arc<Companies>, judge: &Arc<Judge>, seed: u64) {
    let count = setting("LEAK_REQUESTS", 2_000);
    let each = stream::iter(0..count).for_each_concurrent(AT_ONCE, |number| {
        let (companies, judge) = (companies.clone(), judge.clone());
        // Spawned, so that the requests are made on every core.
        let asked = tokio::spawn(async move {
            let mut rng = StdRng::seed_from_u64(seed.rotate_left(32) ^ number);
            let person = &companies.people[rng.random_range(0..companies.people.len())];
            let ask = std::iter::repeat_with(|| ask::any(&mut rng, &companies, person)).find_map(|ask| ask).unwrap();
            let Ok(answer) = tokio::time::timeout(PATIENCE, send(ask.request(&person.client))).await else {
                panic!("{} has got no answer to {number}: {ask}", person.name)
            };
            judge.hear(person, &format!("{number}: {ask}"), &answer);
            companies.found.keep(person, &answer.json);
        });
        async move { asked.await.unwrap() }
    });
    each.await;
}

/// The whole log of each company as a stream, until the last event, which everybody may see.
async fn everybody_listens(companies: &Companies, judge: &Judge) {
    let mut last = Vec::new();
    for world in &companies.worlds {
        let (account, ticket) = (json!({"name": "The last"}), json!({"subject": "The last"}));
        last.push([world.create("account", account).await, world.create("ticket", ticket).await]);
    }
    let mut listeners = 0;
    for person in companies.people.iter().filter(|person| person.sees("account") || person.sees("ticket")) {
        let (object, place) = if person.sees("account") { ("account", 0) } else { ("ticket", 1) };
        let own = &last[person.company][place];
        let path = format!("/records/{object}/{}", own["id"].as_str().unwrap());
        // What was asked before may have taken somebody's rights.
        if send(person.client.request(Method::GET, &path)).await.status != 200 {
            continue;
        }
        let Ok(text) = tokio::time::timeout(PATIENCE, heard(&person.client, own)).await else {
            panic!("{} may read the last {object}, and has not heard of it", person.name)
        };
        judge.read(person, "GET /events/stream", &text);
        listeners += 1;
    }
    assert!(listeners > companies.people.len() / 3, "only {listeners} people could listen");
}

/// What a stream says up to the event of this record.
async fn heard(client: &Client, last: &Json) -> String {
    let answer = client.request(Method::GET, "/events/stream?after=0").send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let (mut text, mut chunks) = (Vec::new(), answer.bytes_stream());
    let sought = last["id"].as_str().unwrap().as_bytes();
    while let Some(chunk) = chunks.next().await {
        let from = text.len().saturating_sub(sought.len());
        text.extend_from_slice(&chunk.unwrap());
        if text[from..].windows(sought.len()).any(|window| window == sought) {
            return String::from_utf8(text).unwrap();
        }
    }
    panic!("the stream ended before its last event");
}
