//! Listening, with or without TLS, until told to stop.

use super::{AppState, app};
use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::RustlsConfig;
use futures_util::future::try_join_all;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

/// Where to listen.
#[derive(Debug, Clone)]
pub(crate) struct Listen {
    /// Addresses and ports; port 0 takes any free one.
    pub(crate) addresses: Vec<SocketAddr>,
    /// The certificate, unless a proxy in front ends TLS.
    pub(crate) tls: Option<Tls>,
}

/// A certificate chain and its private key, both PEM.
#[derive(Debug, Clone)]
pub(crate) struct Tls {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

/// How long running requests may go on after the end was announced.
const GRACE: Duration = Duration::from_secs(10);
/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(15);

/// Serves the whole program until `shutdown` is done, then lets running requests finish.
///
/// # Errors
/// As of [`serve_app`].
pub(crate) async fn serve(state: AppState, listen: Listen, shutdown: impl Future<Output = ()>) -> io::Result<()> {
    let housekeeping = tokio::spawn(housekeep(state.clone()));
    let conversing = [state.live.follow(), state.dialogue.watch(), state.staff.watch()];
    let ending = async {
        shutdown.await;
        state.closing.send_replace(true);
    };
    let served = serve_app(app(state.clone()), listen, ending).await;
    housekeeping.abort();
    conversing.into_iter().for_each(|task| task.abort());
    served
}

/// Serves until `shutdown` is done, then lets running requests finish. Prints `listening on …` for each address.
///
/// # Errors
/// When an address cannot be listened on or the certificate cannot be read.
pub(crate) async fn serve_app(app: Router, listen: Listen, shutdown: impl Future<Output = ()>) -> io::Result<()> {
    let tls = match &listen.tls {
        Some(tls) => Some(RustlsConfig::from_pem_file(&tls.certificate, &tls.key).await?),
        None => None,
    };
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    let mut handles = Vec::new();
    let mut servers = Vec::new();
    for address in &listen.addresses {
        let handle = Handle::new();
        servers.push(serve_one(bind(*address, tls.is_some())?, tls.clone(), handle.clone(), service.clone()));
        handles.push(handle);
    }
    let ended = async {
        shutdown.await;
        tracing::info!("stopping");
        for handle in &handles {
            handle.graceful_shutdown(Some(GRACE));
        }
    };
    let (served, ()) = tokio::join!(try_join_all(servers), ended);
    served.map(drop)
}

fn bind(address: SocketAddr, tls: bool) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)
        .map_err(|error| io::Error::new(error.kind(), format!("Cannot listen on {address}: {error}.")))?;
    listener.set_nonblocking(true)?;
    let scheme = if tls { "https" } else { "http" };
    println!("listening on {scheme}://{}", listener.local_addr()?);
    Ok(listener)
}

type Service = IntoMakeServiceWithConnectInfo<Router, SocketAddr>;

async fn serve_one(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
    service: Service,
) -> io::Result<()> {
    match tls {
        Some(tls) => {
            let server = axum_server::from_tcp_rustls(listener, tls)?;
            let mut server = server.map(|acceptor| acceptor.acceptor(NoDelayAcceptor::new())).handle(handle);
            harden(server.http_builder());
            server.serve(service).await
        }
        None => {
            let mut server = axum_server::from_tcp(listener)?.acceptor(NoDelayAcceptor::new()).handle(handle);
            harden(server.http_builder());
            server.serve(service).await
        }
    }
}

/// A client that says nothing does not hold a connection for ever.
fn harden(http: &mut Builder<TokioExecutor>) {
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
    http.http2().timer(TokioTimer::new()).keep_alive_interval(Some(HEAD));
}

/// Forgets callers that have not called for long, and folds the samples of histograms; from time to time forgets what is
/// stored for longer than it is needed.
async fn housekeep(state: AppState) {
    const TIDY_EVERY: u32 = 360;
    let mut every = tokio::time::interval(Duration::from_secs(10));
    for count in 1_u32.. {
        every.tick().await;
        if count.is_multiple_of(TIDY_EVERY)
            && let Err(error) = tidy(&state).await
        {
            tracing::warn!(%error, "what is over could not be forgotten");
        }
        state.limits.forget_idle();
        state.oauth.forget_idle();
        state.chat.forget_idle();
        state.metrics.run_upkeep();
    }
}

async fn tidy(state: &AppState) -> crm_core::Result<()> {
    state.crm.tidy().await?;
    state.crm.tidy_clients().await
}
