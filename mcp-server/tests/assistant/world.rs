//! A company with an administrator, and assistants of theirs.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use crm_core::clock::SystemClock;
use crm_core::identity::NewTenant;
use crm_core::{Actor, Command, Crm, Db, Surface};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kb_index::Search;
use mcp_server::{Asked, Asks, Services, Settings};
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::RunningService;
use rmcp::{RoleClient, ServiceExt};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

/// Runs a test on both databases.
pub(crate) async fn on_both(test: impl AsyncFn(World)) {
    for postgres in [false, true] {
        test(World::new(postgres).await).await;
    }
}

/// A company and its administrator.
pub(crate) struct World {
    pub(crate) crm: Crm,
    pub(crate) admin: Actor,
    pub(crate) search: Search,
    pub(crate) slug: String,
    _folder: TempDir,
}

/// Understands every question as one for accounts.
struct Echo;

impl Asks for Echo {
    fn ask<'a>(
        &'a self,
        _actor: &'a Actor,
        text: &'a str,
        earlier: Option<Json>,
        _limit: usize,
    ) -> BoxFuture<'a, crm_core::Result<Asked>> {
        let answer = json!({"understood": text, "confidence": 1.0, "kind": "records", "records": []});
        let context = Some(json!({"question": text, "earlier": earlier}));
        async move { Ok(Asked { answer, context }) }.boxed()
    }
}

/// An assistant with a key.
pub(crate) type Assistant<C> = RunningService<RoleClient, C>;

impl World {
    pub(crate) async fn new(postgres: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = if postgres {
            std::env::var("PARLEY_TEST_POSTGRES").expect(
                "PARLEY_TEST_POSTGRES names no database: run the tests by `make test`, or within `scripts/with-postgres`",
            )
        } else {
            format!("sqlite:{}", folder.path().join("parley.db").display())
        };
        let crm = Crm::new(Db::open(&url).await.unwrap(), Arc::new(SystemClock));
        let search = Search::open(&folder.path().join("index")).unwrap();
        Self::company(crm, search, folder).await
    }

    async fn company(crm: Crm, search: Search, folder: TempDir) -> Self {
        let slug = format!("t{}", uuid::Uuid::new_v4().simple());
        let tenant = crm.create_tenant(NewTenant::named(&slug, "Test Company")).await.unwrap();
        let product = crm.product(tenant.id, "test", Surface::System).await.unwrap();
        let address = format!("ada@{slug}.example");
        let admin = crm.create_user(&product, "Ada Admin", &address, &["admin"]).await.unwrap();
        let admin = crm.actor_for_user(tenant.id, admin, Surface::Console).await.unwrap();
        Self { crm, admin, search, slug, _folder: folder }
    }

    /// Another company in the same installation.
    pub(crate) async fn other(&self) -> Self {
        Self::company(self.crm.clone(), self.search.clone(), tempfile::tempdir().unwrap()).await
    }

    pub(crate) async fn key(&self, scopes: &[&str]) -> String {
        let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        self.crm.create_key(&self.admin, "assistant", &scopes, None).await.unwrap().1
    }

    pub(crate) fn settings() -> Settings {
        Settings { public_url: Some("https://crm.example.com".parse().unwrap()), ..Settings::default() }
    }

    pub(crate) fn services(&self) -> Services {
        let settings = Arc::new(Self::settings());
        Services { crm: self.crm.clone(), search: self.search.clone(), asks: Some(Arc::new(Echo)), settings }
    }

    pub(crate) async fn assistant(&self, scopes: &[&str]) -> Assistant<()> {
        let key = self.key(scopes).await;
        self.line(key, ()).await
    }

    /// An assistant of the person with this key, whose client is this.
    pub(crate) async fn line<C: rmcp::ClientHandler>(&self, key: String, client: C) -> Assistant<C> {
        let (here, there) = tokio::io::duplex(1 << 16);
        let services = self.services();
        tokio::spawn(async move { mcp_server::over(services, &key, there).await });
        client.serve(here).await.unwrap()
    }

    /// The key with these scopes of a new user with these built-in roles.
    pub(crate) async fn key_of(&self, name: &str, roles: &[&str], scopes: &[&str]) -> String {
        let address = format!("{}@{}.example", name.to_lowercase(), uuid::Uuid::new_v4().simple());
        let user = self.crm.create_user(&self.admin, name, &address, roles).await.unwrap();
        let user = self.crm.actor_for_user(self.admin.tenant(), user, Surface::Console).await.unwrap();
        let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        self.crm.create_key(&user, "assistant", &scopes, None).await.unwrap().1
    }

    pub(crate) async fn post(&self, headers: &[(&str, &str)], body: Json) -> (StatusCode, axum::http::HeaderMap, Json) {
        let (_open, closing) = tokio::sync::watch::channel(false);
        let app = axum::Router::new().nest("/mcp", mcp_server::http(self.services(), closing));
        let mut request = Request::post("/mcp")
            .header("host", "localhost")
            .header("content-type", "application/json")
            .header("accept", "application/json, text/event-stream");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = app.oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, headers, serde_json::from_slice(&bytes).unwrap_or_default())
    }
}

pub(crate) async fn call<C: rmcp::ClientHandler>(
    assistant: &Assistant<C>,
    tool: &'static str,
    input: Json,
) -> CallToolResult {
    let request = CallToolRequestParams::new(tool).with_arguments(input.as_object().unwrap().clone());
    assistant.call_tool(request).await.unwrap()
}

pub(crate) async fn answer<C: rmcp::ClientHandler>(assistant: &Assistant<C>, tool: &'static str, input: Json) -> Json {
    let result = call(assistant, tool, input).await;
    assert_eq!(result.is_error, Some(false), "{result:?}");
    result.structured_content.unwrap()
}

pub(crate) async fn refusal<C: rmcp::ClientHandler>(
    assistant: &Assistant<C>,
    tool: &'static str,
    input: Json,
) -> String {
    let result = call(assistant, tool, input).await;
    assert_eq!(result.is_error, Some(true), "{result:?}");
    result.content[0].as_text().unwrap().text.clone()
}

pub(crate) fn tokens(json: &Json) -> usize {
    tiktoken_rs::o200k_base().unwrap().encode_ordinary(&json.to_string()).len()
}

/// Makes a record as the administrator.
pub(crate) async fn create(world: &World, object: &str, values: Json) -> Uuid {
    let values = values.as_object().unwrap().clone();
    world.crm.write(&world.admin, Command::Create { object: object.into(), values }).await.unwrap().id
}

/// Makes an account of this name; its id as assistants say it.
pub(crate) async fn account(world: &World, name: &str) -> String {
    format!("account:{}", create(world, "account", json!({"name": name})).await)
}

pub(crate) fn set(object: &str, id: Uuid, values: Json) -> Command {
    Command::Update { object: object.into(), id, version: None, values: values.as_object().unwrap().clone() }
}

pub(crate) async fn change(world: &World, object: &str, id: Uuid, values: Json) {
    world.crm.write(&world.admin, set(object, id, values)).await.unwrap();
}
