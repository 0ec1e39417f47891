//! The protocol's side: which tools there are for whom, and calling one.

use crate::call::Call;
use crate::caller::Caller;
use crate::explain::explain;
use crate::settings::Settings;
use crate::{step_up, tools};
use axum::http::request::Parts;
use crm_core::{Crm, Surface};
use kb_index::Search;
use rmcp::model::*;
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use std::sync::Arc;

/// Where a request's API key is.
#[derive(Debug, Clone)]
pub(crate) enum Key {
    /// It came with the request, and was checked.
    OfRequest,
    /// This one, for all requests; checked each time, so that a revoked key ends at once.
    Fixed(Arc<str>),
}

/// Answers requests of the protocol. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Handler {
    crm: Crm,
    search: Search,
    settings: Arc<Settings>,
    key: Key,
}

const INSTRUCTIONS: &str = "Parley is a CRM: accounts, contacts, leads, deals, tickets, tasks and whatever else the \
company keeps in it. Use `search` to find records by words, names, e-mail addresses, phone numbers or numbers such as \
T-1042; `crm_describe` to learn which objects and fields there are; `crm_query` to list records by conditions. You act \
for one person and see what they may see. Before you change something, tell the person exactly what will change.";

/// How long a client may keep the list of tools: it depends on rights, which change.
const TOOLS_FRESH_MS: u64 = 60_000;

impl Handler {
    pub(crate) fn new(crm: Crm, search: Search, settings: Settings, key: Key) -> Self {
        Self { crm, search, settings: Arc::new(settings), key }
    }

    /// Whoever sent the request.
    async fn caller(&self, context: &RequestContext<RoleServer>) -> Result<Caller, ErrorData> {
        match &self.key {
            Key::OfRequest => {
                let parts = context.extensions.get::<Parts>();
                let caller = parts.and_then(|parts| parts.extensions.get::<Caller>()).cloned();
                caller.ok_or_else(|| ErrorData::internal_error("The request has no caller.", None))
            }
            Key::Fixed(key) => {
                let actor = self.crm.key(key, Surface::Mcp).await;
                let actor = actor.map_err(|error| ErrorData::invalid_request(explain(&error), None))?;
                Ok(Caller::with_key(&self.crm, actor))
            }
        }
    }

    fn begin<'a>(&'a self, caller: &'a Caller) -> Call<'a> {
        Call {
            crm: &self.crm,
            search: &self.search,
            settings: &self.settings,
            schema: self.crm.schema(&caller.actor),
            actor: &caller.actor,
            caller,
        }
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let mut this = Implementation::new("parley", env!("CARGO_PKG_VERSION"));
        this.title = Some("Parley".into());
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(this)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let caller = self.caller(&context).await?;
        let call = self.begin(&caller);
        let tools = tools::ALL.iter().filter(|tool| tools::is_offered(**tool, &call)).map(|tool| tool.define(&call));
        let list = ListToolsResult::with_all_items(tools.collect());
        Ok(list.with_ttl_ms(TOOLS_FRESH_MS).with_cache_scope(CacheScope::Private))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let caller = self.caller(&context).await?;
        let call = self.begin(&caller);
        let tool = tools::named(&request.name).filter(|tool| tool.is_permitted(&call));
        let tool = tool.ok_or_else(|| ErrorData::invalid_params(format!("Unknown tool: {}", request.name), None))?;
        let lacking = caller.scopes.lacks(tool.scopes());
        if !lacking.is_empty() {
            return Err(ErrorData::invalid_request(step_up::explain(lacking), None));
        }
        let answer = tool.call(&call, request.arguments.unwrap_or_default()).await;
        tracing::debug!(tool = tool.name(), failed = answer.is_err(), "tool called");
        // A failure is an answer that the assistant can act on, not one of the protocol.
        let result = match answer {
            Ok(answer) => CallToolResult::structured(answer),
            Err(error) => CallToolResult::error(vec![ContentBlock::text(explain(&error))]),
        };
        Ok(result.into())
    }

    // What is not declared is not there: the library would answer empty lists.

    async fn list_prompts(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Err(ErrorData::method_not_found::<ListPromptsRequestMethod>())
    }

    async fn list_resources(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Err(ErrorData::method_not_found::<ListResourcesRequestMethod>())
    }

    async fn list_resource_templates(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Err(ErrorData::method_not_found::<ListResourceTemplatesRequestMethod>())
    }

    async fn complete(
        &self,
        _request: CompleteRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        Err(ErrorData::method_not_found::<CompleteRequestMethod>())
    }
}
