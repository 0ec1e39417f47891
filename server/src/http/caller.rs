//! Who calls. A handler that acts for somebody takes a [`Caller`]; only [`admit`] makes one.

use super::limits::Counted;
use super::problem::Problem;
use super::route::Who;
use super::state::AppState;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum_extra::extract::cookie::CookieJar;
use crm_core::{Actor, Principal, Surface};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use uuid::Uuid;

/// The name of the browser's cookie.
pub(super) const COOKIE: &str = "parley_session";
/// The header that no other site's form can send.
const CSRF: &str = "x-parley-csrf";

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// In whose name everything is done.
    pub(crate) actor: Actor,
    /// The browser's session; none for programs.
    pub(crate) session: Option<Uuid>,
    credential: Credential,
}

/// With what somebody signed in.
#[derive(Clone)]
enum Credential {
    Session(String),
    Key(String),
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Session(_) => "Session(…)",
            Self::Key(_) => "Key(…)",
        })
    }
}

impl Caller {
    async fn sign_in(state: &AppState, credential: Credential) -> Result<Self, Problem> {
        let (actor, session) = match &credential {
            Credential::Session(token) => {
                let (actor, session) = state.crm.session(token, Surface::Console).await?;
                (actor, Some(session))
            }
            Credential::Key(key) => (state.crm.key(key, Surface::Rest).await?, None),
        };
        Ok(Self { actor, session, credential })
    }

    /// The same caller as of now: with the definitions and rights of this moment, or no longer signed in.
    pub(super) async fn again(&self, state: &AppState) -> Result<Self, Problem> {
        Self::sign_in(state, self.credential.clone()).await
    }

    fn counted(&self) -> Counted {
        match (self.session, self.actor.who()) {
            (Some(session), _) => Counted::Session(session),
            (None, Principal::Delegate { client, .. }) => Counted::Key(*client),
            (None, other) => Counted::Key(other.user().unwrap_or_default()),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // Absent only on a public route, whose handler then asks for more than its route has.
        parts.extensions.get::<Self>().cloned().ok_or_else(Problem::unauthenticated)
    }
}

/// Lets a request in that may call a route of `who`, and leaves its [`Caller`] for the handler.
pub(super) async fn admit(state: &AppState, who: Who, parts: &mut Parts) -> Result<(), Problem> {
    let address = Address::of(state, parts);
    parts.extensions.insert(address);
    if matches!(who, Who::Public | Who::AnySite) {
        state.limits.count(Counted::Address(address.0))?;
        return if who == Who::Public { same_origin(parts) } else { Ok(()) };
    }
    let caller = match credential(&parts.headers)? {
        Some(credential) => Caller::sign_in(state, credential).await,
        None => Err(Problem::unauthenticated()),
    };
    let caller = match caller {
        Ok(caller) => caller,
        Err(problem) => {
            // Guessing is counted by address, whatever was guessed.
            state.limits.count(Counted::Address(address.0))?;
            return Err(problem);
        }
    };
    state.limits.count(caller.counted())?;
    if caller.session.is_some() {
        no_forgery(parts)?;
    }
    who.check(&caller)?;
    parts.extensions.insert(caller);
    Ok(())
}

/// A key in the header counts before the cookie.
fn credential(headers: &HeaderMap) -> Result<Option<Credential>, Problem> {
    if let Some(authorization) = headers.get(header::AUTHORIZATION) {
        let text = authorization.to_str().unwrap_or_default();
        let (scheme, key) = text.split_once(' ').unwrap_or_default();
        return match scheme.eq_ignore_ascii_case("bearer") {
            true => Ok(Some(Credential::Key(key.trim().to_owned()))),
            false => Err(Problem::unauthenticated()),
        };
    }
    Ok(session_cookie(headers).map(Credential::Session))
}

/// The secret of the browser's session.
pub(super) fn session_cookie(headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(COOKIE).map(|cookie| cookie.value().to_owned())
}

/// A browser sends the cookie whoever made the request: what changes something must come from our own pages.
fn no_forgery(parts: &Parts) -> Result<(), Problem> {
    if parts.method.is_safe() {
        return Ok(());
    }
    if parts.headers.get(CSRF).is_none_or(|value| value != "1") {
        return Err(Problem::forbidden("The request does not show that it comes from Parley's own pages.")
            .hint("Send the header `X-Parley-Csrf: 1`, or use an API key instead of the cookie."));
    }
    same_origin(parts)
}

/// Refuses what a browser says another site has sent.
fn same_origin(parts: &Parts) -> Result<(), Problem> {
    let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let host = text("host").or_else(|| parts.uri.authority().map(|authority| authority.as_str()));
    let origin = text("origin").is_none_or(|origin| {
        let named = origin.split_once("://").map(|(_, host)| host);
        named.is_some() && named == host
    });
    if parts.method == Method::GET || parts.method == Method::HEAD || (site && origin) {
        return Ok(());
    }
    Err(Problem::forbidden("The request comes from another site."))
}

/// The network address of the one who called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Address(pub(super) IpAddr);

impl Address {
    pub(super) fn of(state: &AppState, parts: &Parts) -> Self {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let behind = state.settings.trusted_proxies;
        if behind == 0 {
            return Self(peer);
        }
        // Each proxy appends whom it heard it from: what our own proxies wrote stands at the end.
        let lines = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        let claimed = hops.len().checked_sub(behind).and_then(|i| hops.get(i)).and_then(|hop| hop.parse().ok());
        Self(claimed.unwrap_or(peer))
    }
}

impl<S: Sync> FromRequestParts<S> for Address {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().copied().ok_or_else(|| Problem::internal("a route without a gate"))
    }
}
