//! The protocol's side of the fixtures.

#![expect(deprecated, reason = "logging ends with the protocol's next revision; the present one tests it")]

use super::asking::{Asked, Request, is_modern};
use super::fixtures::{Does, Fixtures, filled, filled_text, words};
use rmcp::model::*;
use rmcp::service::{RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use uuid::Uuid;

/// What all sessions share.
#[derive(Debug)]
pub(super) struct Fixed {
    fixtures: Fixtures,
    seal: RequestStateCodec,
    tools: watch::Sender<()>,
    prompts: watch::Sender<()>,
}

impl Fixed {
    pub(super) fn new() -> Result<Self, String> {
        let secret = [Uuid::new_v4().into_bytes(), Uuid::new_v4().into_bytes()].concat();
        Ok(Self {
            fixtures: Fixtures::read().map_err(|error| error.to_string())?,
            seal: RequestStateCodec::try_new(secret).map_err(|error| error.to_string())?,
            tools: watch::channel(()).0,
            prompts: watch::channel(()).0,
        })
    }
}

/// One session, or one request where there are none.
#[derive(Debug)]
pub(super) struct Handler {
    fixed: Arc<Fixed>,
    level: Mutex<LoggingLevel>,
    /// What has changed since this began.
    tools: watch::Receiver<()>,
    prompts: watch::Receiver<()>,
}

/// The fixtures are the same for everybody for as long as the program runs.
const FRESH_MS: u64 = 60_000;

impl Handler {
    pub(super) fn new(fixed: Arc<Fixed>) -> Self {
        let (tools, prompts) = (fixed.tools.subscribe(), fixed.prompts.subscribe());
        Self { fixed, level: Mutex::new(LoggingLevel::Debug), tools, prompts }
    }

    async fn does(&self, does: &Does, request: Request<'_>) -> Result<CallToolResponse, ErrorData> {
        let context = request.context;
        match does {
            Does::Say { content, error: true } => return Ok(CallToolResult::error(content.clone()).into()),
            Does::Say { content, error: false } => return Ok(CallToolResult::success(content.clone()).into()),
            Does::Ask(asking) => {
                return Ok(match asking.go_on(request, &self.fixed.seal).await? {
                    Asked::Again(questions) => questions.into(),
                    Asked::All(words) => said(filled_text(&asking.answer, &words)).into(),
                });
            }
            Does::Log => self.log(context).await,
            Does::Progress => progress(context).await,
            Does::AnnounceTools => self.fixed.tools.send_replace(()),
            Does::AnnouncePrompts => self.fixed.prompts.send_replace(()),
        }
        Ok(said("Done.").into())
    }

    /// Sends three entries, if the client wants any so unimportant.
    async fn log(&self, context: &RequestContext<RoleServer>) {
        let of_session = || *self.level.lock().unwrap_or_else(PoisonError::into_inner);
        let least = if is_modern(context) { context.meta.log_level() } else { Some(of_session()) };
        if least.is_none_or(|least| least as u8 > LoggingLevel::Info as u8) {
            return;
        }
        for entry in ["Tool execution started", "Tool processing data", "Tool execution completed"] {
            let entry = LoggingMessageNotificationParam::new(LoggingLevel::Info, json!(entry));
            // A client that has gone needs no news.
            let _ = context.peer.notify_logging_message(entry).await;
        }
    }

    fn tool(&self, name: &str) -> Option<&Does> {
        let tool = self.fixed.fixtures.tools.iter().find(|tool| tool.definition.name == name);
        tool.map(|tool| &tool.does)
    }

    fn resource(&self, uri: &str) -> Result<ResourceContents, ErrorData> {
        let nothing = || ErrorData::resource_not_found("There is no such resource.", Some(json!({"uri": uri})));
        self.fixed.fixtures.resource(uri).ok_or_else(nothing)
    }
}

fn said(text: impl Into<String>) -> CallToolResult {
    CallToolResult::success(vec![ContentBlock::text(text)])
}

async fn progress(context: &RequestContext<RoleServer>) {
    let Some(token) = context.meta.get_progress_token() else { return };
    for done in [0.0, 50.0, 100.0] {
        let news = ProgressNotificationParam::new(token.clone(), done).with_total(100.0);
        let _ = context.peer.notify_progress(news).await;
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let able = ServerCapabilities::builder()
            .enable_tools()
            .enable_tool_list_changed()
            .enable_prompts()
            .enable_prompts_list_changed()
            .enable_resources()
            .enable_resources_subscribe()
            .enable_completions()
            .enable_logging();
        let this = Implementation::new("parley-conformance", env!("CARGO_PKG_VERSION"));
        ServerConfig::new(able.build()).with_server_info(this)
    }

    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = self.fixed.fixtures.tools.iter().map(|tool| tool.definition.clone()).collect();
        Ok(ListToolsResult::with_all_items(tools).with_ttl_ms(FRESH_MS).with_cache_scope(CacheScope::Public))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let CallToolRequestParams { name, arguments, input_responses: responses, request_state: state, .. } = request;
        let unknown = || ErrorData::invalid_params(format!("Unknown tool: {name}"), None);
        let does = self.tool(&name).ok_or_else(unknown)?;
        let arguments = words(arguments.as_ref());
        self.does(does, Request { name: &name, arguments, responses, state, context: &context }).await
    }

    async fn list_prompts(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        let prompts = self.fixed.fixtures.prompts.iter().map(|prompt| prompt.definition.clone()).collect();
        Ok(ListPromptsResult::with_all_items(prompts).with_ttl_ms(FRESH_MS).with_cache_scope(CacheScope::Public))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let GetPromptRequestParams { name, arguments, input_responses: responses, request_state: state, .. } = request;
        let prompt = self.fixed.fixtures.prompts.iter().find(|prompt| prompt.definition.name == name);
        let unknown = || ErrorData::invalid_params(format!("Unknown prompt: {name}"), None);
        let prompt = prompt.ok_or_else(unknown)?;
        let arguments = words(arguments.as_ref());
        let request = Request { name: &name, arguments, responses, state, context: &context };
        match prompt.asking.go_on(request, &self.fixed.seal).await? {
            Asked::Again(questions) => Ok(questions.into()),
            Asked::All(words) => {
                let messages = serde_json::from_value(filled(&prompt.messages, &words));
                let messages = messages.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
                Ok(GetPromptResult::new(messages).into())
            }
        }
    }

    async fn list_resources(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let resources = self.fixed.fixtures.resources.iter().map(|resource| resource.definition.clone()).collect();
        Ok(ListResourcesResult::with_all_items(resources).with_ttl_ms(FRESH_MS).with_cache_scope(CacheScope::Public))
    }

    async fn list_resource_templates(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let list = ListResourceTemplatesResult::with_all_items(self.fixed.fixtures.templates.clone());
        Ok(list.with_ttl_ms(FRESH_MS).with_cache_scope(CacheScope::Public))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let read = ReadResourceResult::new(vec![self.resource(&request.uri)?]);
        Ok(read.with_ttl_ms(FRESH_MS).with_cache_scope(CacheScope::Public).into())
    }

    /// Accepts what is there. None of it ever changes, so nobody is told anything.
    async fn subscribe(
        &self,
        request: SubscribeRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.resource(&request.uri).map(drop)
    }

    async fn unsubscribe(
        &self,
        request: UnsubscribeRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.resource(&request.uri).map(drop)
    }

    fn accepted_subscription_filter(&self, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        Some(requested.clone())
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        // Receivers that remember what they have seen: nothing is missed between the request and here.
        let (mut tools, mut prompts) = (self.tools.clone(), self.prompts.clone());
        let wants = context.accepted().clone();
        loop {
            let told = tokio::select! {
                () = context.cancelled() => return Ok(()),
                Ok(()) = tools.changed(), if wants.tools_list_changed == Some(true) => {
                    context.sink().notify_tool_list_changed().await
                }
                Ok(()) = prompts.changed(), if wants.prompts_list_changed == Some(true) => {
                    context.sink().notify_prompt_list_changed().await
                }
            };
            if told.is_err() {
                return Ok(());
            }
        }
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        let words = ["paris", "park", "party", "test"].into_iter();
        let begun = words.filter(|word| word.starts_with(&request.argument.value)).map(str::to_owned).collect();
        let values = CompletionInfo::new(begun).map_err(|error| ErrorData::internal_error(error, None))?;
        Ok(CompleteResult::new(values))
    }

    async fn set_level(
        &self,
        request: SetLevelRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        *self.level.lock().unwrap_or_else(PoisonError::into_inner) = request.level;
        Ok(())
    }
}
