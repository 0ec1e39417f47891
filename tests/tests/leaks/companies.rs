//! Three companies with records whose texts say whose they are.

use super::judge::marker;
use super::people::{self, Person};
use crate::support::{Program, World, send};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use reqwest::Method;
use serde_json::{Value as Json, json};
use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;

const COMPANIES: usize = 3;
/// How many records of each kind stay as they are, and how many are there to be changed.
const KEPT: usize = 3;
const SCRATCH: usize = 4;

/// Everything that requests are made from.
pub(super) struct Companies {
    pub(super) worlds: Vec<World>,
    pub(super) people: Vec<Person>,
    /// The objects that exist in any of them.
    pub(super) objects: Vec<String>,
    /// What markers speak of: objects, and fields and definitions that fewer people may see.
    pub(super) kinds: BTreeSet<String>,
    /// Method and path of every operation of any of them.
    pub(super) operations: Vec<(Method, String)>,
    pub(super) found: Found,
    records: Vec<HashMap<String, Records>>,
    /// Ids of keys and sessions.
    credentials: Vec<Vec<String>>,
    /// The last event before anybody asked.
    pub(super) last: i64,
}

#[derive(Default)]
struct Records {
    kept: Vec<Json>,
    scratch: Vec<String>,
}

/// A record that may be asked for.
pub(super) struct Chosen<'a> {
    pub(super) id: &'a str,
    pub(super) company: usize,
    pub(super) object: &'a str,
    pub(super) kept: bool,
}

impl Companies {
    pub(super) async fn new(program: &'static Program, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let (mut worlds, mut people, mut records, mut credentials) = (vec![], vec![], vec![], vec![]);
        let (mut kinds, mut operations, mut last) = (BTreeSet::new(), BTreeSet::new(), 0);
        for company in 0..COMPANIES {
            let world = World::new(program).await;
            let mut maker = Maker { world: &world, company, rng: &mut rng, kinds: &mut kinds, made: HashMap::new() };
            maker.everything().await;
            records.push(maker.made);
            people.extend(people::of(&world, company).await);
            credentials.push(credentials_of(&world).await);
            operations.extend(operations_of(&world).await);
            let newest = world.admin.get("/events?newest_first=true&limit=1").await.expect(200);
            last = last.max(newest["events"][0]["sequence"].as_i64().unwrap());
            worlds.push(world);
        }
        let objects: BTreeSet<String> = records.iter().flat_map(|made: &HashMap<_, _>| made.keys().cloned()).collect();
        let operations = operations.into_iter().map(|(method, path)| (method.parse().unwrap(), path)).collect();
        let (objects, found) = (objects.into_iter().collect(), Found::default());
        Self { worlds, people, objects, kinds, operations, found, records, credentials, last }
    }

    /// Some record, mostly of another company, of this object or of any.
    pub(super) fn record(&self, rng: &mut StdRng, person: &Person, object: Option<&str>) -> Option<Chosen<'_>> {
        let company = if rng.random_bool(0.4) { person.company } else { rng.random_range(0..COMPANIES) };
        let made = &self.records[company];
        let name = object.or_else(|| self.objects.choose(rng).map(String::as_str))?;
        let (object, records) = made.get_key_value(name)?;
        let kept = rng.random_bool(0.6) || records.scratch.is_empty();
        let id = match kept {
            true => records.kept.choose(rng)?["id"].as_str()?,
            false => records.scratch.choose(rng)?,
        };
        Some(Chosen { id, company, object, kept })
    }

    /// One that the person must not be able to change, or that is there to be changed: who may see a secret and write
    /// could also pass it on, and then it would be none.
    pub(super) fn target(&self, rng: &mut StdRng, person: &Person, object: Option<&str>) -> Option<Chosen<'_>> {
        let chosen = self.record(rng, person, object)?;
        let own = chosen.company == person.company && (chosen.kept || GOVERNING.contains(&chosen.object));
        (!own || !person.writes()).then_some(chosen)
    }

    /// The id of a key or a session of another company.
    pub(super) fn credential(&self, rng: &mut StdRng, person: &Person) -> Option<&str> {
        let company = (person.company + rng.random_range(1..COMPANIES)) % COMPANIES;
        self.credentials[company].choose(rng).map(String::as_str)
    }

    /// All records that were not there to be changed have their first version and are not deleted.
    pub(super) async fn are_as_they_were(&self) {
        for (world, made) in self.worlds.iter().zip(&self.records) {
            for (object, records) in made {
                for record in &records.kept {
                    let path = format!("/records/{object}/{}", record["id"].as_str().unwrap());
                    let now = world.admin.get(&path).await.expect(200);
                    assert_eq!((&now["version"], &now["name"]), (&record["version"], &record["name"]), "{path}");
                }
            }
        }
    }
}

/// Whoever changes these changes what others may see.
pub(super) const GOVERNING: [&str; 4] = ["user", "role", "permission_set", "team"];

async fn credentials_of(world: &World) -> Vec<String> {
    let keys = world.admin.get("/api-keys").await.expect(200);
    let sessions = world.admin.get("/sessions").await.expect(200);
    let lists = [&keys["api_keys"], &sessions["sessions"]].into_iter().filter_map(Json::as_array).flatten();
    lists.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

async fn operations_of(world: &World) -> BTreeSet<(String, String)> {
    let document = world.admin.get("/openapi.json").await.expect(200);
    let paths = document["paths"].as_object().unwrap().iter();
    let each = paths.flat_map(|(path, methods)| {
        // Streams never end; they are listened to by themselves.
        let ends = |operation: &Json| operation["responses"]["200"]["content"]["text/event-stream"].is_null();
        let ending = methods.as_object().unwrap().iter().filter(move |(_, operation)| ends(operation));
        ending.map(move |(method, _)| (method.to_uppercase(), path.clone()))
    });
    each.collect()
}

/// Fills a company.
struct Maker<'a> {
    world: &'a World,
    company: usize,
    rng: &'a mut StdRng,
    kinds: &'a mut BTreeSet<String>,
    made: HashMap<String, Records>,
}

impl Maker<'_> {
    fn marker(&mut self, kind: &str) -> String {
        let kind = kind.replace('_', "");
        let text = marker(self.company, &kind, self.rng.random());
        self.kinds.insert(kind);
        text
    }

    async fn everything(&mut self) {
        self.definitions().await;
        let vault = format!("vault_{}", self.company);
        let objects = [
            "account",
            "contact",
            "lead",
            "deal",
            "product",
            "pipeline",
            "ticket",
            "task",
            "meeting",
            "call",
            "note",
            "article_category",
            "article",
            "conversation",
            "message",
            "tag",
            "saved_view",
            "team",
            "user",
            "role",
            "permission_set",
            &vault,
        ];
        for object in objects {
            self.records(object).await;
        }
        self.files().await;
    }

    async fn definitions(&mut self) {
        let field = json!({"name": "secret_code", "label": "Code", "type": "text", "sensitive": true});
        self.world.admin.post("/schema/objects/account/fields", &field).await.expect(201);
        let (name, label) = (format!("vault_{}", self.company), self.marker("label"));
        let object = json!({"name": name, "label": label, "plural_label": label});
        self.world.admin.post("/schema/objects", &object).await.expect(201);
    }

    async fn records(&mut self, object: &str) {
        for n in 0..KEPT + SCRATCH {
            let kept = n < KEPT;
            let kind = if object.starts_with("vault") { "vault" } else { object };
            let text = if kept { self.marker(kind) } else { format!("Scratch {n}") };
            let mut values = self.values(object, &text);
            if kept && object == "account" {
                values["secret_code"] = json!(self.marker("sensitive"));
            }
            if kept && object == "deal" {
                values["next_step"] = json!(self.marker("step"));
            }
            let record = self.world.create(object, values).await;
            self.keep(object, record, kept);
        }
    }

    fn keep(&mut self, object: &str, record: Json, kept: bool) {
        let records = self.made.entry(object.to_owned()).or_default();
        match kept {
            true => records.kept.push(record),
            false => records.scratch.push(record["id"].as_str().unwrap().to_owned()),
        }
    }

    /// The values of a record with this text in it.
    fn values(&self, object: &str, text: &str) -> Json {
        let account = || self.first("account");
        let mail = format!("{}@{}.example", text.to_lowercase().replace(' ', "."), self.world.tenant.slug);
        match object {
            "account" => json!({"name": text, "description": text}),
            "contact" => json!({"last_name": text, "account_id": account()}),
            "lead" => json!({"last_name": text, "company": text}),
            "deal" => json!({"name": text, "account_id": account(), "amount": "100"}),
            "task" => json!({"subject": text, "related_id": {"object": "deal", "id": self.first("deal")}}),
            "note" => {
                json!({"subject": text, "body": text, "related_id": {"object": "ticket", "id": self.first("ticket")}})
            }
            "meeting" => json!({"subject": text, "starts_at": "2017-03-01T14:00:00Z"}),
            "call" => json!({"subject": text}),
            "ticket" => json!({"subject": text, "description": text, "account_id": account()}),
            "article" => json!({"title": text, "category_id": self.first("article_category")}),
            "conversation" => {
                json!({"name": text, "subject": text, "channel": "web", "contact_id": self.first("contact")})
            }
            "message" => {
                json!({"name": text, "body": text, "direction": "internal", "conversation_id": self.first("conversation")})
            }
            "saved_view" => json!({"name": text, "object": "deal", "definition": {"about": text}}),
            "user" => json!({"name": text, "email": mail}),
            "role" | "permission_set" => json!({"name": text, "grants": {}, "description": text}),
            _ => json!({"name": text}),
        }
    }

    fn first(&self, object: &str) -> Json {
        self.made[object].kept[0]["id"].clone()
    }

    /// Attachments, whose content is marked too.
    async fn files(&mut self) {
        for _ in 0..KEPT {
            let (name, content) = (self.marker("attachment"), self.marker("attachment"));
            let deal = self.first("deal");
            let query = [("name", name.as_str()), ("related_object", "deal"), ("related_id", deal.as_str().unwrap())];
            let upload = self.world.admin.request(Method::POST, "/files").query(&query).body(content);
            let record = send(upload).await.expect(201);
            self.keep("attachment", record, true);
        }
    }
}

/// What answers have given: cursors and batches, to be used by others.
#[derive(Default)]
pub(super) struct Found(Mutex<Loot>);

#[derive(Default)]
struct Loot {
    cursors: Vec<String>,
    /// Batches, with the company that they are of.
    batches: Vec<(usize, String)>,
}

const MOST_FOUND: usize = 500;

impl Found {
    pub(super) fn keep(&self, person: &Person, answer: &Json) {
        let mut loot = self.0.lock().unwrap();
        if let Some(cursor) = answer["next"].as_str().filter(|_| loot.cursors.len() < MOST_FOUND) {
            loot.cursors.push(cursor.to_owned());
        }
        if let Some(batch) = answer["batch"].as_str().filter(|_| loot.batches.len() < MOST_FOUND) {
            loot.batches.push((person.company, batch.to_owned()));
        }
    }

    pub(super) fn cursor(&self, rng: &mut StdRng) -> Option<String> {
        self.0.lock().unwrap().cursors.choose(rng).cloned()
    }

    pub(super) fn batch(&self, rng: &mut StdRng) -> Option<String> {
        self.0.lock().unwrap().batches.choose(rng).map(|(_, batch)| batch.clone())
    }
}
