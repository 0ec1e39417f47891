//! What every test of the door needs: a fresh tenant on each engine.

pub(crate) mod chat;

use crm_core::clock::FixedClock;
use crm_core::identity::{NewTenant, Tenant};
use crm_core::{Actor, Command, Crm, Db, Record, Surface, Written};
use jiff::SignedDuration;
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

/// The instant at which tests happen: a Sunday, as in the questions people ask.
pub(crate) const NOW: &str = "2017-12-31T12:00:00Z";

/// A tenant of its own in a shared database, with its administrator at work.
pub(crate) struct World {
    pub(crate) crm: Crm,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) tenant: Tenant,
    pub(crate) admin: Actor,
    _folder: Option<tempfile::TempDir>,
}

/// Runs a test on both engines, each with a tenant of its own.
pub(crate) async fn on_both<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    test(sqlite().await).await;
    test(postgres().await).await;
}

pub(crate) async fn sqlite() -> World {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("parley.db").display());
    let db = Db::open(&url).await.unwrap();
    world(db, Some(folder)).await
}

pub(crate) async fn postgres() -> World {
    world(Db::open(&postgres_url()).await.unwrap(), None).await
}

/// The address of the private cluster that `make test` starts.
pub(crate) fn postgres_url() -> String {
    std::env::var("PARLEY_TEST_POSTGRES").expect(
        "PARLEY_TEST_POSTGRES names no database: run the tests by `make test`, or within `scripts/with-postgres`",
    )
}

async fn world(db: Db, folder: Option<tempfile::TempDir>) -> World {
    let clock = Arc::new(FixedClock::new(NOW.parse().unwrap()));
    let crm = Crm::new(db, clock.clone());
    let (tenant, admin) = tenant(&crm).await;
    World { crm, clock, tenant, admin, _folder: folder }
}

/// Another tenant of the same database, with its administrator.
pub(crate) async fn tenant(crm: &Crm) -> (Tenant, Actor) {
    let slug = format!("t{}", Uuid::new_v4().simple());
    let tenant = crm.create_tenant(NewTenant::named(&slug, "Test Company")).await.unwrap();
    let product = crm.product(tenant.id, "test", Surface::System).await.unwrap();
    let admin = crm.create_user(&product, "Ada Admin", &format!("ada@{slug}.example"), &["admin"]).await.unwrap();
    let admin = crm.actor_for_user(tenant.id, admin, Surface::Rest).await.unwrap();
    (tenant, admin)
}

pub(crate) fn map(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        other => panic!("{other} is no object"),
    }
}

impl World {
    /// Lets time pass.
    pub(crate) fn later(&self, span: SignedDuration) {
        self.clock.set(self.crm.now().checked_add(span).unwrap());
    }

    /// A user with built-in roles, at work.
    pub(crate) async fn user(&self, name: &str, roles: &[&str]) -> Actor {
        let email = format!("{}@{}.example", name.to_lowercase().replace(' ', "."), self.tenant.slug);
        let id = self.crm.create_user(&self.admin, name, &email, roles).await.unwrap();
        self.actor(id).await
    }

    pub(crate) async fn actor(&self, user: Uuid) -> Actor {
        self.crm.actor_for_user(self.tenant.id, user, Surface::Rest).await.unwrap()
    }

    pub(crate) async fn try_create(&self, actor: &Actor, object: &str, values: Json) -> crm_core::Result<Written> {
        self.crm.write(actor, Command::Create { object: object.into(), values: map(values) }).await
    }

    pub(crate) async fn create(&self, actor: &Actor, object: &str, values: Json) -> Record {
        self.try_create(actor, object, values).await.unwrap().record.unwrap()
    }

    pub(crate) async fn try_update(&self, actor: &Actor, record: &Record, values: Json) -> crm_core::Result<Written> {
        let update = Command::Update {
            object: record.object.name.clone(),
            id: record.id,
            version: Some(record.version),
            values: map(values),
        };
        self.crm.write(actor, update).await
    }

    pub(crate) async fn update(&self, actor: &Actor, record: &Record, values: Json) -> Record {
        self.try_update(actor, record, values).await.unwrap().record.unwrap()
    }

    pub(crate) async fn stage(&self, name: &str) -> Uuid {
        let query = crm_core::query::Query::of("stage").filter(crm_core::query::Filter::eq("name", json!(name)));
        self.crm.query(&self.admin, &query).await.unwrap().records[0].id
    }
}
