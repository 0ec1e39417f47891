//! Search over the records of a database, on both engines: what follows the log is found, and only by whom it may be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "a test stops at once"
)]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop at once")]

use crm_core::clock::SystemClock;
use crm_core::identity::{NewTenant, Tenant};
use crm_core::{Actor, Command, Crm, Db, Record, Surface};
use kb_index::{Hit, Search};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A company, its administrator, and an index that follows.
struct World {
    crm: Crm,
    tenant: Tenant,
    admin: Actor,
    search: Search,
    folder: TempDir,
    following: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

async fn on_both<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    let folder = tempfile::tempdir().unwrap();
    test(World::new(&format!("sqlite:{}", folder.path().join("parley.db").display())).await).await;
    let postgres = std::env::var("PARLEY_TEST_POSTGRES").expect(
        "PARLEY_TEST_POSTGRES names no database: run the tests by `make test`, or within `scripts/with-postgres`",
    );
    test(World::new(&postgres).await).await;
}

fn map(json: Json) -> Map<String, Json> {
    json.as_object().unwrap().clone()
}

impl World {
    async fn new(url: &str) -> Self {
        let crm = Crm::new(Db::open(url).await.unwrap(), Arc::new(SystemClock));
        let slug = format!("t{}", uuid::Uuid::now_v7().simple());
        let tenant = crm.create_tenant(NewTenant::named(&slug, "Test Company")).await.unwrap();
        let product = crm.product(tenant.id, "test", Surface::System).await.unwrap();
        let admin = crm.create_user(&product, "Ada Admin", &format!("ada@{slug}.example"), &["admin"]).await.unwrap();
        let admin = crm.actor_for_user(tenant.id, admin, Surface::Rest).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let search = Search::open(folder.path()).unwrap();
        let mut world = Self { crm, tenant, admin, search, folder, following: None };
        world.follow();
        world
    }

    fn follow(&mut self) {
        let (stop, stopped) = oneshot::channel::<()>();
        let (search, crm) = (self.search.clone(), self.crm.clone());
        let task = tokio::spawn(async move {
            search.follow(crm, async { drop(stopped.await) }).await;
        });
        self.following = Some((stop, task));
    }

    async fn stop(&mut self) {
        let (stop, task) = self.following.take().unwrap();
        stop.send(()).unwrap();
        task.await.unwrap();
    }

    async fn user(&self, name: &str, role: &str) -> Actor {
        let email = format!("{}@{}.example", name.to_lowercase(), self.tenant.slug);
        let id = self.crm.create_user(&self.admin, name, &email, &[role]).await.unwrap();
        self.crm.actor_for_user(self.tenant.id, id, Surface::Rest).await.unwrap()
    }

    async fn create(&self, actor: &Actor, object: &str, values: Json) -> Record {
        let create = Command::Create { object: object.into(), values: map(values) };
        self.crm.write(actor, create).await.unwrap().record.unwrap()
    }

    async fn update(&self, record: &Record, values: Json) {
        let object = record.object.name.clone();
        let update = Command::Update { object, id: record.id, version: None, values: map(values) };
        self.crm.write(&self.admin, update).await.unwrap();
    }

    async fn find(&self, actor: &Actor, text: &str) -> Vec<Hit> {
        self.search.search(&self.crm, actor, text, None, 20).await.unwrap()
    }

    /// Waits until a search finds these names, in this order.
    async fn finds(&self, actor: &Actor, text: &str, names: &[&str]) {
        let began = Instant::now();
        loop {
            let found = self.find(actor, text).await;
            if found.iter().map(|hit| hit.name.as_str()).eq(names.iter().copied()) {
                return;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{text}: {found:?} instead of {names:?}");
            // The index follows in its own time; there is no event of that.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_found_when_written_changed_and_restored_and_not_when_deleted() {
    on_both(|world| async move {
        let admin = &world.admin;
        let jane = world
            .create(admin, "contact", json!({"first_name": "Jane", "last_name": "Quill", "phone": "+1 202 555 0143", "email": "jane@quill.example"}))
            .await;
        world.finds(admin, "quil", &["Jane Quill"]).await;
        for text in ["555 0143", "(202) 555-01", "jane@quill", "qiull jane"] {
            world.finds(admin, text, &["Jane Quill"]).await;
        }
        let hit = world.find(admin, "5550143").await.remove(0);
        assert_eq!((hit.object.as_str(), hit.id), ("contact", jane.id));
        assert_eq!(hit.snippet, "Phone: +12025550143");
        assert!(hit.subtitle.contains("jane@quill.example"), "{hit:?}");

        world.update(&jane, json!({"last_name": "Feather"})).await;
        world.finds(admin, "feather", &["Jane Feather"]).await;
        let delete = Command::Delete { object: "contact".into(), id: jane.id, version: None };
        world.crm.write(admin, delete).await.unwrap();
        assert!(world.find(admin, "feather").await.is_empty(), "at once, whatever the index says");
        let restore = Command::Restore { object: "contact".into(), id: jane.id };
        world.crm.write(admin, restore).await.unwrap();
        world.finds(admin, "feather", &["Jane Feather"]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_external_ids_and_long_texts_are_found() {
    on_both(|world| async move {
        let admin = &world.admin;
        let account = world.create(admin, "account", json!({"name": "Zephyr Works", "external_id": "SAP-77/A"})).await;
        let ticket = json!({"subject": "Printer on fire", "description": "The zeppelin landed on it.", "account_id": account.id});
        let ticket = world.create(admin, "ticket", ticket).await;
        let number = ticket.to_json()["number"].as_str().unwrap().to_owned();
        world.finds(admin, &number, &["Printer on fire"]).await;
        world.finds(admin, &number.replace('-', ""), &["Printer on fire"]).await;
        world.finds(admin, "sap-77", &["Zephyr Works"]).await;
        world.finds(admin, "printer zeppelin", &["Printer on fire"]).await;
        let hit = world.find(admin, "zeppelin").await.remove(0);
        assert_eq!(hit.snippet, "Description: The zeppelin landed on it.");
        assert!(hit.subtitle.contains(&number) && hit.subtitle.contains("Zephyr Works"), "{hit:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_finds_what_they_may_not_see() {
    on_both(|world| async move {
        let admin = &world.admin;
        let grants =
            json!({"account": {"read": "own", "create": true, "update": "own", "fields": {"description": "none"}}});
        world.create(admin, "role", json!({"name": "Zookeeper", "grants": grants})).await;
        let rep = world.user("Rep", "Zookeeper").await;
        let rep_id = rep.who().user().unwrap();

        world.create(admin, "account", json!({"name": "Wombat Theirs"})).await;
        let own = json!({"name": "Wombat Own", "owner_id": rep_id, "description": "secretive platypus"});
        world.create(admin, "account", own).await;
        world.finds(admin, "wombat", &["Wombat Own", "Wombat Theirs"]).await;
        world.finds(admin, "platypus", &["Wombat Own"]).await;
        assert_eq!(world.find(&rep, "wombat").await.len(), 1);
        assert!(world.find(&rep, "platypus").await.is_empty(), "a field they may not read");
        assert!(world.find(&rep, "zookeeper").await.is_empty(), "an object they may not see");

        let other = NewTenant::named(&format!("o{}", uuid::Uuid::now_v7().simple()), "Other");
        let other = world.crm.create_tenant(other).await.unwrap();
        let other = world.crm.product(other.id, "test", Surface::System).await.unwrap();
        assert!(world.find(&other, "wombat").await.is_empty(), "another company");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn merged_records_leave_and_the_one_that_stays_is_found_by_what_it_took_over() {
    on_both(|world| async move {
        let admin = &world.admin;
        let stays = world.create(admin, "contact", json!({"last_name": "Kestrel"})).await;
        let goes = world.create(admin, "contact", json!({"last_name": "Kestrell", "phone": "+442079460018"})).await;
        world.finds(admin, "kestrell", &["Kestrell"]).await;
        let merge = Command::Merge { object: "contact".into(), id: stays.id, from: vec![goes.id], values: Map::new() };
        world.crm.write(admin, merge).await.unwrap();
        world.finds(admin, "020 7946 0018", &["Kestrel"]).await;
        assert_eq!(world.find(admin, "kestrel").await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_was_away_catches_up_and_one_that_is_gone_or_broken_is_made_anew() {
    on_both(|mut world| async move {
        let admin = world.admin.clone();
        world.create(&admin, "account", json!({"name": "Alpha Narwhal"})).await;
        world.finds(&admin, "narwhal", &["Alpha Narwhal"]).await;
        world.stop().await;
        world.create(&admin, "account", json!({"name": "Beta Narwhal"})).await;
        assert_eq!(world.find(&admin, "narwhal").await.len(), 1);
        world.search = Search::open(world.folder.path()).unwrap();
        assert!(world.search.is_ready());
        world.follow();
        world.finds(&admin, "narwhal", &["Beta Narwhal", "Alpha Narwhal"]).await;

        // Anew, while it is in use.
        let mut told = 0;
        world.search.rebuild(&world.crm, |progress| told = progress.records).await.unwrap();
        assert!(told > 0);
        assert_eq!(world.find(&admin, "narwhal").await.len(), 2);
        world.create(&admin, "account", json!({"name": "Gamma Narwhal"})).await;
        world.finds(&admin, "narwhal", &["Gamma Narwhal", "Beta Narwhal", "Alpha Narwhal"]).await;

        // Broken.
        world.stop().await;
        let generation = std::fs::read_to_string(world.folder.path().join("current")).unwrap();
        std::fs::write(world.folder.path().join(generation).join("meta.json"), "{").unwrap();
        world.search = Search::open(world.folder.path()).unwrap();
        assert!(!world.search.is_ready());
        world.follow();
        world.finds(&admin, "narwhal", &["Gamma Narwhal", "Beta Narwhal", "Alpha Narwhal"]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_one_writes_and_the_other_takes_up_what_it_wrote() {
    on_both(|mut world| async move {
        let admin = world.admin.clone();
        world.create(&admin, "account", json!({"name": "First Okapi"})).await;
        world.finds(&admin, "okapi", &["First Okapi"]).await;
        let writer = world.following.take().unwrap();
        world.search = Search::open(world.folder.path()).unwrap();
        world.follow();
        world.create(&admin, "account", json!({"name": "Second Okapi"})).await;
        world.finds(&admin, "okapi", &["Second Okapi", "First Okapi"]).await;
        writer.0.send(()).unwrap();
        writer.1.await.unwrap();
        world.create(&admin, "account", json!({"name": "Third Okapi"})).await;
        world.finds(&admin, "okapi", &["Third Okapi", "Second Okapi", "First Okapi"]).await;
    })
    .await;
}
