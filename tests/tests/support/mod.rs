//! What every test needs: the built program serving on each engine, and in it a company of the test's own.

mod client;
pub(crate) mod company;
pub(crate) mod installation;
pub(crate) mod office;
mod program;

pub(crate) use client::{Answer, Client, send};
pub(crate) use program::{Engine, Program, binary, serving};

use crm_core::clock::SystemClock;
use crm_core::identity::{NewTenant, Tenant};
use crm_core::{Actor, Crm, Db, Surface, TenantId};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

/// A password that passes.
pub(crate) const PASSWORD: &str = "correct horse battery staple 7";

/// A company of its own in a running installation, with its administrator at work.
pub(crate) struct World {
    pub(crate) program: &'static Program,
    /// The same database, for what is prepared past the HTTP interface.
    pub(crate) crm: Crm,
    pub(crate) tenant: Tenant,
    pub(crate) admin_actor: Actor,
    /// The administrator's key with every scope.
    pub(crate) admin: Client,
}

/// Runs a test on both engines, each with a company of its own.
pub(crate) async fn on_both<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        test(World::new(Program::shared(engine)).await).await;
    }
}

/// The same where the test waits for the index of what it has written: nothing else is in the database.
pub(crate) async fn on_both_alone<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        test(World::new(Program::alone(engine)).await).await;
    }
}

const EVERYTHING: [&str; 5] = ["read", "write", "export", "configure", "sensitive"];

impl World {
    /// A company in any database, with its administrator's key with every scope; no program need run yet.
    pub(crate) async fn company(database_url: &str) -> (Crm, TenantId, String) {
        let crm = Crm::new(Db::open(database_url).await.unwrap(), Arc::new(SystemClock));
        let slug = format!("t{}", Uuid::new_v4().simple());
        let tenant = crm.create_tenant(NewTenant::named(&slug, "Test Company")).await.unwrap().id;
        let product = crm.product(tenant, "test", Surface::System).await.unwrap();
        let admin = crm.create_user(&product, "Ada Admin", &format!("ada@{slug}.example"), &["admin"]).await.unwrap();
        let admin = crm.actor_for_user(tenant, admin, Surface::Console).await.unwrap();
        let key = key(&crm, &admin, &EVERYTHING).await;
        (crm, tenant, key)
    }

    pub(crate) async fn new(program: &'static Program) -> Self {
        let db = Db::open(&program.database_url).await.unwrap();
        Self::in_database(program, Crm::new(db, Arc::new(SystemClock)), None).await
    }

    /// One with this short name.
    pub(crate) async fn called(program: &'static Program, slug: &str) -> Self {
        let db = Db::open(&program.database_url).await.unwrap();
        Self::in_database(program, Crm::new(db, Arc::new(SystemClock)), Some(slug)).await
    }

    async fn in_database(program: &'static Program, crm: Crm, slug: Option<&str>) -> Self {
        let slug = slug.map_or_else(|| format!("t{}", Uuid::new_v4().simple()), str::to_owned);
        let tenant = crm.create_tenant(NewTenant::named(&slug, "Test Company")).await.unwrap();
        let product = crm.product(tenant.id, "test", Surface::System).await.unwrap();
        let admin = crm.create_user(&product, "Ada Admin", &format!("ada@{slug}.example"), &["admin"]).await.unwrap();
        let admin_actor = crm.actor_for_user(tenant.id, admin, Surface::Console).await.unwrap();
        let key = key(&crm, &admin_actor, &EVERYTHING).await;
        Self { program, crm, tenant, admin_actor, admin: Client::new(program).key(&key) }
    }

    /// Another company in the same database.
    pub(crate) async fn other(&self) -> Self {
        Self::in_database(self.program, self.crm.clone(), None).await
    }

    /// A user with these built-in roles.
    pub(crate) async fn user(&self, name: &str, roles: &[&str]) -> Uuid {
        self.crm.create_user(&self.admin_actor, name, &self.email(name), roles).await.unwrap()
    }

    /// The address of the user of this name.
    pub(crate) fn email(&self, name: &str) -> String {
        format!("{}@{}.example", name.to_lowercase().replace(' ', "."), self.tenant.slug)
    }

    /// A program acting for a user within scopes.
    pub(crate) async fn key_of(&self, user: Uuid, scopes: &[&str]) -> Client {
        let actor = self.crm.actor_for_user(self.tenant.id, user, Surface::Console).await.unwrap();
        Client::new(self.program).key(&key(&self.crm, &actor, scopes).await)
    }

    /// A new user with these roles, through a key with every scope.
    pub(crate) async fn someone(&self, name: &str, roles: &[&str]) -> Client {
        let user = self.user(name, roles).await;
        self.key_of(user, &EVERYTHING).await
    }

    /// A browser in which a new user with these roles has signed in.
    pub(crate) async fn browser(&self, name: &str, roles: &[&str]) -> Client {
        let user = self.user(name, roles).await;
        self.crm.set_password(&self.admin_actor, user, PASSWORD).await.unwrap();
        let mut browser = Client::new(self.program).csrf();
        let input = json!({"email": self.email(name), "password": PASSWORD, "tenant": self.tenant.slug});
        let answer = browser.post("/session", &input).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        browser.cookie = answer.cookie();
        browser
    }

    /// A record made by the administrator.
    pub(crate) async fn create(&self, object: &str, values: Json) -> Json {
        self.admin.post(&format!("/records/{object}"), &values).await.expect(201)
    }
}

async fn key(crm: &Crm, actor: &Actor, scopes: &[&str]) -> String {
    let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    crm.create_key(actor, "test", &scopes, None).await.unwrap().1
}
