//! `parley serve`: everything that runs for as long as the installation is up.

use super::failure::{Failure, Outcome};
use super::installation::Installation;
use super::{
    demo,
    index::{self, Following},
};
use crate::config::Config;
use crate::http::{self, AppState, Listen, Settings, Tls};
use object_store::ObjectStore;
use std::sync::Arc;
use url::Url;

#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    /// Make the demo company if it is not there, and tell how to sign in
    #[arg(long)]
    demo: bool,
    /// Address and port; may be given several times [env: PARLEY_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Vec<String>,
    /// Port on this machine only, for short
    #[arg(long, conflicts_with = "listen")]
    port: Option<u16>,
    /// Certificate chain (PEM), if no proxy in front ends TLS [env: PARLEY_TLS_CERTIFICATE]
    #[arg(long, value_name = "FILE")]
    tls_certificate: Option<String>,
    /// Its private key (PEM) [env: PARLEY_TLS_KEY]
    #[arg(long, value_name = "FILE")]
    tls_key: Option<String>,
    /// Serve the fixtures of the Model Context Protocol's conformance tool instead, to this machine only
    #[arg(long, conflicts_with = "demo")]
    conformance: bool,
}

impl Serve {
    /// The settings that these arguments give.
    pub(super) fn flags(&self) -> [(&'static str, Option<String>); 3] {
        let listen = match self.port {
            Some(port) => Some(format!("127.0.0.1:{port}")),
            None => (!self.listen.is_empty()).then(|| self.listen.join(",")),
        };
        [
            ("server.listen", listen),
            ("server.tls_certificate", self.tls_certificate.clone()),
            ("server.tls_key", self.tls_key.clone()),
        ]
    }
}

pub(super) async fn run(installation: &Installation, serve: Serve) -> Outcome {
    let config = &installation.config;
    if serve.conformance {
        return conformance(config).await;
    }
    let _claim = installation.claim(false)?.ok_or_else(|| {
        Failure::new(format!(
            "The data folder {} is being remade by another program. Try again in a moment.",
            config.data.display()
        ))
    })?;
    let crm = installation.open().await?;
    if serve.demo {
        demo::make(&crm).await?;
        demo::tell_sign_ins()?;
    }
    let files = files(config).await?;
    let search = index::open(installation)?;
    let following = Following::start(search.clone(), crm.clone());
    let llm = installation.llm()?;
    let state = AppState::new(crm.clone(), search, llm, files, settings(installation), config.mcp_settings());
    if serve.demo {
        crate::demo::teach(&crm, &state.intents).await;
    }
    let tls = config.tls.clone().map(|(certificate, key)| Tls { certificate, key });
    let listen = Listen { addresses: config.listen.clone(), tls };
    let served = http::serve(state, listen, told_to_stop()).await;
    following.end().await;
    crm.db().close().await;
    Ok(served?)
}

/// Serves the fixtures alone. They answer anybody, so no data is opened beside them and nobody else is let in.
async fn conformance(config: &Config) -> Outcome {
    if let Some(address) = config.listen.iter().find(|address| !address.ip().is_loopback()) {
        return Err(Failure::new(format!(
            "--conformance asks nobody who they are, so it cannot listen on {address}. Let it listen on this machine \
             only, such as --listen 127.0.0.1:8080."
        )));
    }
    let app = http::conformance(&config.mcp_settings(), config.json_limit)?;
    let listen = Listen { addresses: config.listen.clone(), tls: None };
    Ok(http::serve_app(app, listen, told_to_stop()).await?)
}

/// The place of attachments' contents.
async fn files(config: &Config) -> Result<Arc<dyn ObjectStore>, Failure> {
    match &config.bucket {
        Some(bucket) => http::place::bucket(bucket)
            .await
            .map_err(|error| Failure::new(format!("The bucket {} cannot be used: {error}.", bucket.name))),
        None => http::place::folder(&config.files_folder()).map_err(|error| {
            Failure::new(format!("The folder {} cannot be used: {error}.", config.files_folder().display()))
        }),
    }
}

fn settings(installation: &Installation) -> Settings {
    let config = &installation.config;
    Settings {
        json_limit: config.json_limit,
        file_limit: config.file_limit,
        time_limit: config.time_limit,
        requests_per_second: config.requests_per_second,
        trusted_proxies: config.trusted_proxies,
        client_hosts: config.client_hosts.clone(),
        oidc: config.oidc.clone(),
        https: config.https || config.tls.is_some() || is_https(config.public_url.as_ref()),
    }
}

fn is_https(url: Option<&Url>) -> bool {
    url.is_some_and(|url| url.scheme() == "https")
}

/// Waits for Ctrl-C or SIGTERM.
async fn told_to_stop() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "Ctrl-C cannot be heard");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::warn!(%error, "SIGTERM cannot be heard");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
