//! The ways to the server, for clients of either of the protocol's forms.

use crate::world::{Assistant, World};
use rmcp::model::ProtocolVersion;
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::{ClientHandler, ClientLifecycleMode, ClientServiceExt};
use tokio::sync::watch;

/// A server that listens on this machine, for as long as this is kept.
pub(crate) struct Served {
    pub(crate) url: String,
    pub(crate) closing: watch::Sender<bool>,
}

pub(crate) async fn served(world: &World) -> Served {
    let (closing, closes) = watch::channel(false);
    let app = axum::Router::new().nest("/mcp", mcp_server::http(world.services(), closes));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    Served { url, closing }
}

/// Which of the protocol's forms a client speaks.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Older,
    Present,
}

impl Form {
    fn mode(self) -> ClientLifecycleMode {
        match self {
            Self::Older => ClientLifecycleMode::Initialize,
            Self::Present => ClientLifecycleMode::Discover { preferred_versions: vec![ProtocolVersion::V_2026_07_28] },
        }
    }
}

pub(crate) async fn over_http(served: &Served, key: &str, form: Form) -> Assistant<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = StreamableHttpClientTransportConfig::with_uri(served.url.clone()).auth_header(key);
    ().serve_with_lifecycle(StreamableHttpClientTransport::from_config(config), form.mode()).await.unwrap()
}

pub(crate) async fn over_a_line<C: ClientHandler>(world: &World, key: String, client: C, form: Form) -> Assistant<C> {
    let (here, there) = tokio::io::duplex(1 << 16);
    let services = world.services();
    tokio::spawn(async move { mcp_server::over(services, &key, there).await });
    client.serve_with_lifecycle(here, form.mode()).await.unwrap()
}
