//! Who may do what through which tool: every tool, for everybody (each built-in role and a narrow one), with every set
//! of scopes, about a record of their own company, one that is out of some roles' reach, and another company's.
//!
//! What comes of it stands in a snapshot to be read by people. Beside it three things hold for every single call: a
//! scope that is lacking is named in the challenge, more scopes change nothing but that, and no answer shows a text
//! that its reader may not see.

use super::rights_of::{Person, everybody};
use crate::support::{Answer, Engine, Program, World};
use futures_util::{StreamExt, stream};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Each scope by its bit.
pub(super) const SCOPES: [&str; 5] = ["crm:read", "crm:write", "crm:delete", "crm:send", "crm:admin"];
const EVERY_SCOPE: usize = 0b1_1111;

/// What each tool needs, in the words of the consent page.
const TOOLS: [(&str, usize); 21] = [
    ("search", 0b1),
    ("fetch", 0b1),
    ("crm_describe", 0b1),
    ("crm_query", 0b1),
    ("crm_get", 0b1),
    ("crm_aggregate", 0b1),
    ("crm_timeline", 0b1),
    ("conversation_get", 0b1),
    ("kb_search", 0b1),
    ("report_pipeline", 0b1),
    ("ask", 0b1),
    ("audit_list", 0b1_0001),
    ("crm_create", 0b11),
    ("crm_update", 0b11),
    ("activity_log", 0b11),
    ("conversation_note", 0b11),
    ("conversation_reply", 0b1001),
    ("crm_merge", 0b111),
    ("crm_delete", 0b101),
    ("bulk_apply", 0b11),
    ("change_revert", 0b11),
];

/// Words of texts that tell whose they are.
const OWN: &str = "quokka";
const TICKETS: &str = "wombat";
const FOREIGN: &str = "numbat";

/// What a call is about.
#[derive(Debug, Clone)]
struct Target {
    /// In the snapshot.
    name: &'static str,
    object: &'static str,
    id: String,
    /// Another one of the object.
    twin: String,
    conversation: String,
    /// The change of its name.
    event: i64,
    /// In its name.
    word: &'static str,
}

impl Target {
    async fn of(
        world: &World,
        name: &'static str,
        object: &'static str,
        word: &'static str,
        hidden: &'static str,
    ) -> Self {
        let named = |name: &str| json!({if object == "ticket" { "subject" } else { "name" }: format!("{word} {name}")});
        let create = async |values: Json| world.create(object, values).await["id"].as_str().unwrap().to_owned();
        let (id, twin) = (create(named("start")).await, create(named("twin")).await);
        let path = format!("/records/{object}/{id}");
        world.admin.patch(&path, &json!({"description": hidden})).await.expect(200);
        world.admin.patch(&path, &named("works")).await.expect(200);
        let log = format!("/events?object={object}&newest_first=true&limit=1");
        let event = world.admin.get(&log).await.expect(200)["events"][0]["sequence"].as_i64().unwrap();
        let talk = json!({"name": format!("{word} works"), "subject": word, "channel": "web_chat"});
        let conversation = world.create("conversation", talk).await["id"].as_str().unwrap().to_owned();
        Self { name, object, id, twin, conversation, event, word }
    }

    /// One call of each tool about it. What would change something at once is rehearsed; what is asked about first is
    /// called in earnest, and never confirmed.
    fn input(&self, tool: &str) -> Json {
        let Self { object, id, twin, conversation, event, word, .. } = self;
        let (of_it, this) = (json!({"field": "id", "op": "eq", "value": id}), format!("{object}:{id}"));
        match tool {
            "search" => json!({"query": word}),
            "fetch" | "crm_get" | "crm_timeline" => json!({"id": this}),
            "crm_describe" => json!({"object": object}),
            "crm_query" => json!({"object": object, "filter": of_it}),
            "crm_aggregate" => json!({"object": object, "filter": of_it, "group": [{"field": "name"}]}),
            "conversation_get" => json!({"id": conversation}),
            "kb_search" => json!({"query": word}),
            "report_pipeline" => json!({}),
            "audit_list" => json!({"object": object, "limit": 50, "detail": "full"}),
            "ask" => json!({"question": format!("{object} called {word}")}),
            "crm_create" => {
                json!({"object": "task", "values": {"subject": "Call", "related_id": {"object": object, "id": id}}, "dry_run": true})
            }
            "crm_update" => json!({"id": this, "values": {"description": "Changed"}, "dry_run": true}),
            "activity_log" => json!({"kind": "note", "subject": "Hm", "about": this, "dry_run": true}),
            "conversation_note" => json!({"id": conversation, "text": "Hm", "dry_run": true}),
            "conversation_reply" => json!({"id": conversation, "text": "Hello"}),
            "crm_merge" => json!({"id": this, "from": [twin]}),
            "crm_delete" => json!({"id": this}),
            "bulk_apply" => {
                json!({"object": object, "filter": of_it, "values": {"description": "Hm"}, "dry_run": true})
            }
            "change_revert" => json!({"event": event, "dry_run": true}),
            other => panic!("{other} is a new tool: say how it is called, and what it needs"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_every_tool_does_for_everybody_what_their_role_and_scopes_allow() {
    the_matrix_stays_as_it_is(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgresql_every_tool_does_for_everybody_what_their_role_and_scopes_allow() {
    the_matrix_stays_as_it_is(Engine::Postgres).await;
}

async fn the_matrix_stays_as_it_is(engine: Engine) {
    let world = World::new(Program::shared(engine)).await;
    let targets = targets(&world).await;
    let mut lines = vec![format!("{:<10} {:<19} {}", "person", "tool", targets.each_ref().map(|t| t.name).join(" | "))];
    for person in everybody(&world).await {
        person.sees_the_tools_that_can_be_called(&TOOLS).await;
        let calls = (0..TOOLS.len()).flat_map(|tool| (0..=EVERY_SCOPE).map(move |scopes| (tool, scopes)));
        let calls = calls.flat_map(|(tool, scopes)| (0..targets.len()).map(move |target| (tool, scopes, target)));
        // What scopes do is the same whatever a call is about.
        let calls =
            calls.filter(|(tool, scopes, target)| *target == 0 || [TOOLS[*tool].1, EVERY_SCOPE].contains(scopes));
        let outcomes: BTreeMap<(usize, usize, usize), String> = stream::iter(calls)
            .map(|(tool, scopes, target)| {
                let (person, target_of) = (&person, &targets[target]);
                async move { ((tool, scopes, target), outcome(person, TOOLS[tool], scopes, target_of).await) }
            })
            .buffer_unordered(16)
            .collect()
            .await;
        for (at, (tool, needed)) in TOOLS.iter().enumerate() {
            let with_all = |target| &outcomes[&(at, EVERY_SCOPE, target)];
            for ((_, scopes, target), outcome) in outcomes.iter().filter(|((tool, ..), _)| *tool == at) {
                let of = format!("{} {tool} {} {scopes:#b}", person.name, targets[*target].name);
                if scopes & needed == *needed {
                    assert_eq!(outcome, with_all(*target), "{of}");
                } else {
                    assert_eq!(outcome, &format!("needs {}", named(scopes | needed)), "{of}");
                }
            }
            let told: Vec<&str> = (0..targets.len()).map(|target| with_all(target).as_str()).collect();
            lines.push(format!("{:<10} {tool:<19} {}", person.name, told.join(" | ")));
        }
    }
    insta::assert_snapshot!("rights", lines.join("\n"));
    for target in targets.iter().filter(|target| target.word != FOREIGN) {
        let now = world.admin.get(&format!("/records/{}/{}", target.object, target.id)).await.expect(200);
        assert_eq!(now["version"], 3, "nothing was changed without a yes");
    }
}

async fn targets(world: &World) -> [Target; 3] {
    let other = world.other().await;
    let foreign = Target::of(&other, "another company's account", "account", FOREIGN, "dunnart").await;
    let targets = [
        Target::of(world, "an account", "account", OWN, "bandicoot").await,
        Target::of(world, "a ticket", "ticket", TICKETS, "bilby").await,
        // Each company counts its own events: this one has none of that number.
        Target { event: 999_999, ..foreign },
    ];
    for (world, word) in [(world, OWN), (world, TICKETS), (&other, FOREIGN)] {
        // The index follows in its own time, and others of the tests write too.
        let mut tries = 0..3_000;
        while world.admin.get(&format!("/search?q={word}&limit=50")).await.expect(200).to_string().matches(word).count()
            < 3
        {
            tries.next().expect("the index does not follow");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
    targets
}

fn named(scopes: usize) -> String {
    SCOPES
        .iter()
        .enumerate()
        .filter(|(bit, _)| scopes >> bit & 1 == 1)
        .map(|(_, name)| *name)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What comes of a call, in a few words.
async fn outcome(person: &Person, (tool, _): (&str, usize), scopes: usize, target: &Target) -> String {
    let given = target.input(tool);
    let answer = person.calls(scopes, "tools/call", json!({"name": tool, "arguments": given})).await;
    shows_nothing_secret(person, tool, target, &answer);
    if answer.status == 403 {
        let challenge = answer.header("www-authenticate");
        let scope = challenge.split_once("scope=\"").unwrap_or_else(|| panic!("{challenge}")).1;
        return format!("needs {}", scope.split('"').next().unwrap());
    }
    assert_eq!(answer.status, 200, "{tool}: {}", String::from_utf8_lossy(&answer.bytes));
    if let Some(error) = answer.json["error"]["message"].as_str() {
        return if error == format!("Unknown tool: {tool}") { "no such tool".into() } else { error.to_owned() };
    }
    let result = &answer.json["result"];
    if result["isError"] == true {
        let text = result["content"][0]["text"].as_str().unwrap();
        return text
            .split_inclusive('.')
            .next()
            .unwrap()
            .replace(&target.id, "ID")
            .replace(&target.conversation, "ID")
            .replace(&target.twin, "ID");
    }
    match result["structuredContent"]["status"].as_str() {
        Some("needs_confirmation") => "asks first".into(),
        Some("dry_run") if result["structuredContent"]["records"] == 0 => "would do nothing".into(),
        Some("dry_run") => "would do it".into(),
        _ if given.to_string().contains(target.word) && tool == "ask" => "answers".into(),
        _ if result["structuredContent"].to_string().contains(target.word) => "shows it".into(),
        _ => "shows nothing of it".into(),
    }
}

/// Another company's words never, and those of a hidden field only to who may read it.
fn shows_nothing_secret(person: &Person, tool: &str, target: &Target, answer: &Answer) {
    let text = String::from_utf8_lossy(&answer.bytes);
    let secret = |word: &str| assert!(!text.contains(word), "{} {tool} {}: {text}", person.name, target.name);
    for words in ["numbat works", "numbat start", "numbat twin", "dunnart"] {
        secret(words);
    }
    if person.is_kept_from("account") {
        secret("bandicoot");
    }
    if person.is_kept_from("ticket") {
        secret("bilby");
    }
}
