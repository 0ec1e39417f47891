//! A route: what it answers to, who may call it, how it is described.

use super::caller::{self, Caller};
use super::idempotency;
use super::oauth::open;
use super::openapi::Operation;
use super::problem::Problem;
use super::state::AppState;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{self, MethodRouter};
use crm_core::access::Verb;
use crm_core::schema::ObjectDef;

/// Who may call a route. What they may do there with which record, the core decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Everybody.
    Public,
    /// Everybody, from pages of any site too: no cookie counts for anything here.
    AnySite,
    /// Whoever is signed in, or a program with a key.
    SignedIn,
    /// Who has this right on this object.
    May(Verb, &'static str),
}

impl Who {
    /// Refuses a caller without the right.
    pub(super) fn check(self, caller: &Caller) -> Result<(), Problem> {
        match self {
            Self::May(verb, object) if !caller.actor.rights().may(verb, object) => {
                Err(Problem::forbidden(format!("You may not {} {object}s.", verb.name())))
            }
            _ => Ok(()),
        }
    }
}

/// How a route appears in the OpenAPI document.
#[derive(Clone, Copy)]
pub(super) enum Doc {
    /// Once.
    Once(fn() -> Operation),
    /// Once for each object that the reader may see, if it has it.
    EachObject(fn(&Described<'_>) -> Option<Operation>),
    /// Not at all: a standard describes it.
    ByStandard,
    /// Once for each action of each object.
    EachAction(fn(&Described<'_>, &crm_core::record::ActionDef) -> Operation),
}

/// An object, for the description of a route about its records.
#[derive(Clone, Copy)]
pub(super) struct Described<'a> {
    /// The definition, with what the reader may see.
    pub(super) object: &'a ObjectDef,
    /// Who reads the description.
    pub(super) actor: &'a crm_core::Actor,
}

impl Described<'_> {
    /// Whether the reader may do this with some records of the object.
    pub(super) fn may(&self, verb: Verb) -> bool {
        self.actor.rights().may(verb, &self.object.name)
    }
}

/// One method on one path.
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) who: Who,
    pub(super) doc: Doc,
    pub(super) idempotent: bool,
    handler: MethodRouter<AppState>,
    /// Whether it may take as long as it needs.
    unhurried: bool,
}

macro_rules! methods {
    ($($name:ident $method:ident)*) => {
        $(pub(super) fn $name<H, T>(path: &'static str, who: Who, doc: Doc, handler: H) -> Route
        where
            H: Handler<T, AppState>,
            T: 'static,
        {
            let handler = routing::$name(handler);
            Route { method: Method::$method, path, who, doc, handler, idempotent: false, unhurried: false }
        })*
    };
}

methods! { get GET post POST put PUT patch PATCH delete DELETE }

impl Route {
    /// A repeated request with the same `Idempotency-Key` gets the first answer again.
    pub(super) fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// The route moves more bytes than the time limit of other requests allows for.
    pub(super) fn unhurried(mut self) -> Self {
        self.unhurried = true;
        self
    }

    /// The handler behind its gate.
    pub(super) fn guarded(self, state: &AppState) -> MethodRouter<AppState> {
        let gate = Gate { state: state.clone(), who: self.who, unhurried: self.unhurried };
        let handler = match self.idempotent {
            true => self.handler.route_layer(from_fn_with_state(state.clone(), idempotency::once)),
            false => self.handler,
        };
        let handler = match self.who {
            Who::AnySite => handler.options(open::preflight).route_layer(from_fn(open::headers)),
            _ => handler,
        };
        handler.route_layer(from_fn_with_state(gate, pass))
    }
}

#[derive(Clone)]
struct Gate {
    state: AppState,
    who: Who,
    unhurried: bool,
}

async fn pass(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    if let Err(problem) = caller::admit(&gate.state, gate.who, &mut parts).await {
        return problem.into_response();
    }
    let answer = next.run(Request::from_parts(parts, body));
    if gate.unhurried {
        return answer.await;
    }
    let limit = gate.state.settings.time_limit;
    tokio::time::timeout(limit, answer).await.unwrap_or_else(|_| Problem::timed_out().into_response())
}
