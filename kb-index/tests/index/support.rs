//! A company on each engine, whose index follows.

use crm_core::clock::SystemClock;
use crm_core::identity::{NewTenant, Tenant};
use crm_core::{Actor, Command, Crm, Db, Record, Surface};
use kb_index::{Embedder, Hit, Search};
use serde_json::{Map, Value as Json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A company, its administrator, and an index that follows.
pub(crate) struct World {
    pub(crate) crm: Crm,
    pub(crate) tenant: Tenant,
    pub(crate) admin: Actor,
    pub(crate) search: Search,
    pub(crate) folder: TempDir,
    pub(crate) following: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

pub(crate) async fn on_both<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    let folder = tempfile::tempdir().unwrap();
    test(World::new(&format!("sqlite:{}", folder.path().join("parley.db").display())).await).await;
    let postgres = std::env::var("PARLEY_TEST_POSTGRES").expect(
        "PARLEY_TEST_POSTGRES names no database: run the tests by `make test`, or within `scripts/with-postgres`",
    );
    test(World::new(&postgres).await).await;
}

pub(crate) fn map(json: Json) -> Map<String, Json> {
    json.as_object().unwrap().clone()
}

impl World {
    pub(crate) async fn new(url: &str) -> Self {
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

    pub(crate) fn follow(&mut self) {
        let (stop, stopped) = oneshot::channel::<()>();
        let (search, crm) = (self.search.clone(), self.crm.clone());
        let task = tokio::spawn(async move {
            search.follow(crm, async { drop(stopped.await) }).await;
        });
        self.following = Some((stop, task));
    }

    /// The same, with an encoder.
    pub(crate) async fn encoded(mut self, embedder: Embedder) -> Self {
        self.stop().await;
        self.search = Search::open_with(self.folder.path(), embedder).unwrap();
        self.follow();
        self
    }

    pub(crate) async fn stop(&mut self) {
        let (stop, task) = self.following.take().unwrap();
        stop.send(()).unwrap();
        task.await.unwrap();
    }

    pub(crate) async fn user(&self, name: &str, role: &str) -> Actor {
        let email = format!("{}@{}.example", name.to_lowercase(), self.tenant.slug);
        let id = self.crm.create_user(&self.admin, name, &email, &[role]).await.unwrap();
        self.crm.actor_for_user(self.tenant.id, id, Surface::Rest).await.unwrap()
    }

    pub(crate) async fn create(&self, actor: &Actor, object: &str, values: Json) -> Record {
        let create = Command::Create { object: object.into(), values: map(values) };
        self.crm.write(actor, create).await.unwrap().record.unwrap()
    }

    pub(crate) async fn update(&self, record: &Record, values: Json) {
        let object = record.object.name.clone();
        let update = Command::Update { object, id: record.id, version: None, values: map(values) };
        self.crm.write(&self.admin, update).await.unwrap();
    }

    pub(crate) async fn find(&self, actor: &Actor, text: &str) -> Vec<Hit> {
        self.search.search(&self.crm, actor, text, None, 20).await.unwrap()
    }

    /// Waits until a search finds these names, in this order.
    pub(crate) async fn finds(&self, actor: &Actor, text: &str, names: &[&str]) {
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
