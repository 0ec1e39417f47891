//! What every handler can reach.

use super::limits::Limits;
use super::{metrics, oauth, oidc};
use crate::config::oidc::Oidc;
use bots::staff::Staff;
use bots::web_chat::Chat;
use bots::{Dialogue, Intents, Live};
use crm_core::Crm;
use kb_index::Search;
use metrics_exporter_prometheus::PrometheusHandle;
use nlu::llm::Llm;
use object_store::ObjectStore;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The parts behind the HTTP edge. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct AppState {
    /// The CRM.
    pub(crate) crm: Crm,
    /// Where words are looked up.
    pub(crate) search: Search,
    /// Where the contents of attachments lie.
    pub(crate) files: Arc<dyn ObjectStore>,
    /// What an operator can set.
    pub(crate) settings: Arc<Settings>,
    /// What happens in conversations right now.
    pub(crate) live: Live,
    /// The bot.
    pub(crate) dialogue: Dialogue,
    /// What companies have taught it.
    pub(crate) intents: Intents,
    /// What staff ask in their own words.
    pub(crate) staff: Staff,
    /// The website's chat.
    pub(crate) chat: Chat,
    /// Whom the assistants' way in answers.
    pub(crate) mcp: Arc<mcp_server::Settings>,
    pub(super) limits: Arc<Limits>,
    pub(super) oauth: Arc<oauth::Limits>,
    /// By whom people may sign in, beside passwords.
    pub(super) oidc: Option<oidc::Provider>,
    pub(super) metrics: PrometheusHandle,
    /// Turns true when the server is about to stop: endless answers end then.
    pub(super) closing: watch::Sender<bool>,
}

/// What an operator can set about the HTTP edge.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The most bytes of a JSON body.
    pub(crate) json_limit: usize,
    /// The most bytes of an uploaded file.
    pub(crate) file_limit: u64,
    /// How long a request may take.
    pub(crate) time_limit: Duration,
    /// Requests per second of one caller, lasting; five times as many in a burst. None: no limit.
    pub(crate) requests_per_second: Option<NonZeroU32>,
    /// How many proxies stand in front, whose `X-Forwarded-For` is believed.
    pub(crate) trusted_proxies: usize,
    /// Whether browsers reach this server through HTTPS only: then the session's cookie is marked as secure.
    pub(crate) https: bool,
    /// Hosts in one's own network that may introduce assistants' programs.
    pub(crate) client_hosts: Vec<String>,
    /// The OpenID provider by which people may sign in.
    pub(crate) oidc: Option<Oidc>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            json_limit: 2 * 1024 * 1024,
            file_limit: 50 * 1024 * 1024,
            time_limit: Duration::from_secs(30),
            requests_per_second: NonZeroU32::new(200),
            trusted_proxies: 0,
            https: false,
            client_hosts: Vec::new(),
            oidc: None,
        }
    }
}

impl AppState {
    /// The parts of one running server.
    pub(crate) fn new(
        crm: Crm,
        search: Search,
        llm: Option<Llm>,
        files: Arc<dyn ObjectStore>,
        settings: Settings,
        mcp: mcp_server::Settings,
    ) -> Self {
        let live = Live::new(crm.clone());
        let intents = Intents::new(crm.clone(), search.clone());
        let dialogue = Dialogue::new(crm.clone(), search.clone(), intents.clone(), live.clone());
        Self {
            chat: Chat::new(crm.clone(), dialogue.clone(), live.clone()),
            staff: Staff::new(crm.clone(), search.clone()).with_llm(llm),
            dialogue,
            intents,
            live,
            crm,
            search,
            files,
            mcp: Arc::new(mcp),
            limits: Arc::new(Limits::new(settings.requests_per_second)),
            oauth: Arc::default(),
            oidc: settings.oidc.clone().and_then(oidc::Provider::new),
            settings: Arc::new(settings),
            metrics: metrics::install(),
            closing: watch::Sender::new(false),
        }
    }
}
