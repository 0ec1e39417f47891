//! Every route of the server: its method, its path, who may call it, its handler, its description. The router, the
//! check of callers and the OpenAPI document are made from this list, and from nothing else.

use super::route::Doc::{ByStandard, EachAction, EachObject, Once};
use super::route::Who::{AnySite, May, Public, SignedIn};
use super::route::{Route, delete, get, patch, post, put};
use super::{
    ask, chat, events, files, health, intents, keys, me, metrics, oauth, oidc, openapi, records, schema, search,
    session,
};
use crm_core::access::Verb::{Configure, Create, Read, Update};

const OBJECTS: &str = "/api/v1/schema/objects";
const OBJECT: &str = "/api/v1/schema/objects/{object}";
const FIELDS: &str = "/api/v1/schema/objects/{object}/fields";
const FIELD: &str = "/api/v1/schema/objects/{object}/fields/{field}";
const RECORDS: &str = "/api/v1/records/{object}";
const RECORD: &str = "/api/v1/records/{object}/{id}";

/// Every route.
#[rustfmt::skip]
pub(super) fn all() -> Vec<Route> {
    vec![
        get("/health", Public, Once(health::live_doc), health::live),
        get("/ready", Public, Once(health::ready_doc), health::ready),
        get("/metrics", Public, Once(metrics::doc), metrics::handle),

        get("/api/v1/setup", Public, Once(session::set_up_needed::doc), session::set_up_needed::handle),
        post("/api/v1/setup", Public, Once(session::set_up::doc), session::set_up::handle),
        post("/api/v1/session", Public, Once(session::sign_in::doc), session::sign_in::handle),
        delete("/api/v1/session", SignedIn, Once(session::sign_out::doc), session::sign_out::handle),
        get("/api/v1/sessions", SignedIn, Once(session::list::doc), session::list::handle),
        delete("/api/v1/sessions/{id}", SignedIn, Once(session::revoke::doc), session::revoke::handle),
        put("/api/v1/users/{id}/password", May(Configure, "user"), Once(session::set_user_password::doc), session::set_user_password::handle),
        get("/api/v1/me", SignedIn, Once(me::show::doc), me::show::handle),
        patch("/api/v1/me", SignedIn, Once(me::change::doc), me::change::handle),
        get("/api/v1/me/quiet-hours", SignedIn, Once(me::quiet_hours::show_doc), me::quiet_hours::show),
        put("/api/v1/me/quiet-hours", SignedIn, Once(me::quiet_hours::set_doc), me::quiet_hours::set),
        put("/api/v1/me/password", SignedIn, Once(me::change_password::doc), me::change_password::handle),
        get("/api/v1/api-keys", SignedIn, Once(keys::list::doc), keys::list::handle),
        post("/api/v1/api-keys", SignedIn, Once(keys::create::doc), keys::create::handle),
        delete("/api/v1/api-keys/{id}", SignedIn, Once(keys::revoke::doc), keys::revoke::handle),

        // Programs ask to be let in: a form of ours, and what needs no cookie.
        get("/oauth/authorize", Public, ByStandard, oauth::authorize::show),
        post("/oauth/authorize", Public, ByStandard, oauth::authorize::decide),
        get("/oauth/sign-in", Public, ByStandard, oidc::begin::handle),
        get("/oauth/sign-in/back", Public, ByStandard, oidc::back::handle),
        get("/oauth/assets/{name}", Public, ByStandard, oauth::asset),
        post("/oauth/token", AnySite, ByStandard, oauth::token::handle),
        post("/oauth/revoke", AnySite, ByStandard, oauth::revoke::handle),
        post("/oauth/register", AnySite, ByStandard, oauth::register::handle),
        get("/.well-known/oauth-protected-resource", AnySite, ByStandard, oauth::metadata::resource),
        get("/.well-known/oauth-protected-resource/mcp", AnySite, ByStandard, oauth::metadata::resource),
        get("/.well-known/oauth-authorization-server", AnySite, ByStandard, oauth::metadata::server),
        get("/.well-known/openid-configuration", AnySite, ByStandard, oauth::metadata::server),
        get("/api/v1/oauth/consents", SignedIn, Once(oauth::consents::list::doc), oauth::consents::list::handle),
        delete("/api/v1/oauth/consents/{id}", SignedIn, Once(oauth::consents::withdraw::doc), oauth::consents::withdraw::handle),
        get("/api/v1/oauth/clients", May(Configure, "user"), Once(oauth::clients::list::doc), oauth::clients::list::handle),
        get("/api/v1/oauth/calls", May(Configure, "user"), Once(oauth::clients::calls::doc), oauth::clients::calls::handle),
        post("/api/v1/oauth/clients", May(Configure, "user"), Once(oauth::clients::make::doc), oauth::clients::make::handle),
        post("/api/v1/oauth/clients/{id}/block", May(Configure, "user"), Once(oauth::clients::block::doc), oauth::clients::block::handle),
        post("/api/v1/oauth/clients/{id}/unblock", May(Configure, "user"), Once(oauth::clients::unblock::doc), oauth::clients::unblock::handle),
        // What is answered is what the caller may see; users only.
        post("/api/v1/ask", SignedIn, Once(ask::hear::doc), ask::hear::handle),
        get("/api/v1/ask/preview", SignedIn, Once(ask::preview::doc), ask::preview::handle),
        get("/api/v1/ask/suggestions", SignedIn, Once(ask::suggestions::doc), ask::suggestions::handle),
        get("/api/v1/ask/promises", SignedIn, Once(ask::promises::list_doc), ask::promises::list),
        delete("/api/v1/ask/promises/{id}", SignedIn, Once(ask::promises::end_doc), ask::promises::end),
        get("/api/v1/ask/approvals", SignedIn, Once(ask::approvals::list_doc), ask::approvals::list),
        post("/api/v1/ask/approvals/{id}/decide", SignedIn, Once(ask::approvals::decide_doc), ask::approvals::decide),
        post("/api/v1/ask/approvals/{id}/withdraw", SignedIn, Once(ask::approvals::withdraw_doc), ask::approvals::withdraw),
        get("/api/v1/ask/unread", SignedIn, Once(ask::unread::list_doc), ask::unread::list),
        post("/api/v1/ask/conversations/{id}/read", SignedIn, Once(ask::unread::mark_doc), ask::unread::mark),
        get("/api/v1/ask/conversations", SignedIn, Once(ask::conversations::doc), ask::conversations::handle),
        get("/api/v1/ask/conversations/{id}", SignedIn, Once(ask::turns::doc), ask::turns::handle),
        get("/api/v1/ask/conversations/{id}/turns/{sequence}/chart", SignedIn, Once(ask::chart::doc), ask::chart::handle),
        get("/api/v1/ask/conversations/{id}/turns/{sequence}/chart.png", SignedIn, Once(ask::picture::doc), ask::picture::handle),

        // A visitor is known by the token in the frames or the header.
        get("/api/v1/chat/socket", Public, Once(chat::socket::doc), chat::socket::handle),
        post("/api/v1/chat/exchange", Public, Once(chat::exchange::doc), chat::exchange::handle).unhurried(),
        post("/api/v1/chat/files", Public, Once(chat::upload::doc), chat::upload::handle).unhurried(),
        get("/api/v1/chat/files/{id}", Public, Once(chat::download::doc), chat::download::handle).unhurried(),
        get("/api/v1/conversations/signals", May(Update, "conversation"), Once(chat::signals::doc), chat::signals::handle),
        post("/api/v1/conversations/{id}/signal", May(Update, "conversation"), Once(chat::signal::doc), chat::signal::handle),

        post("/api/v1/intents/train", May(Create, "intent_model"), Once(intents::train::doc), intents::train::handle).unhurried(),
        post("/api/v1/intents/understand", May(Read, "intent_model"), Once(intents::understand::doc), intents::understand::handle),

        // Which objects one may configure, the core decides.
        get("/api/v1/schema", SignedIn, Once(schema::show::doc), schema::show::handle),
        post(OBJECTS, SignedIn, Once(schema::define_object::doc), schema::define_object::handle),
        patch(OBJECT, SignedIn, Once(schema::change_object::doc), schema::change_object::handle),
        delete(OBJECT, SignedIn, Once(schema::archive_object::doc), schema::archive_object::handle),
        post(FIELDS, SignedIn, Once(schema::define_field::doc), schema::define_field::handle),
        patch(FIELD, SignedIn, Once(schema::change_field::doc), schema::change_field::handle),
        delete(FIELD, SignedIn, Once(schema::archive_field::doc), schema::archive_field::handle),
        put("/api/v1/schema/objects/{object}/rules", SignedIn, Once(schema::set_rules::doc), schema::set_rules::handle),

        get(RECORDS, SignedIn, EachObject(records::list::doc), records::list::handle),
        post(RECORDS, SignedIn, EachObject(records::create::doc), records::create::handle).idempotent(),
        post("/api/v1/records/{object}/query", SignedIn, EachObject(records::query::doc), records::query::handle),
        post("/api/v1/records/{object}/aggregate", SignedIn, EachObject(records::aggregate::doc), records::aggregate::handle),
        post("/api/v1/records/{object}/bulk", SignedIn, EachObject(records::bulk::doc), records::bulk::handle).idempotent(),
        get("/api/v1/records/{object}/duplicates", SignedIn, EachObject(records::duplicates::doc), records::duplicates::handle),
        get(RECORD, SignedIn, EachObject(records::read::doc), records::read::handle),
        patch(RECORD, SignedIn, EachObject(records::change::doc), records::change::handle),
        delete(RECORD, SignedIn, EachObject(records::delete::doc), records::delete::handle),
        post("/api/v1/records/{object}/{id}/restore", SignedIn, EachObject(records::restore::doc), records::restore::handle).idempotent(),
        post("/api/v1/records/{object}/{id}/merge", SignedIn, EachObject(records::merge::doc), records::merge::handle).idempotent(),
        post("/api/v1/records/{object}/{id}/actions/{action}", SignedIn, EachAction(records::act::doc), records::act::handle).idempotent(),
        get("/api/v1/records/{object}/{id}/timeline", SignedIn, EachObject(records::timeline::doc), records::timeline::handle),
        get("/api/v1/records/{object}/{id}/shares", SignedIn, EachObject(records::shares::list::doc), records::shares::list::handle),
        put("/api/v1/records/{object}/{id}/shares", SignedIn, EachObject(records::shares::set::doc), records::shares::set::handle),

        get("/api/v1/events", SignedIn, Once(events::list::doc), events::list::handle),
        get("/api/v1/events/stream", SignedIn, Once(events::stream::doc), events::stream::handle),
        post("/api/v1/events/{sequence}/revert", SignedIn, Once(events::revert::doc), events::revert::handle).idempotent(),
        post("/api/v1/batches/{id}/revert", SignedIn, Once(events::revert_batch::doc), events::revert_batch::handle).idempotent(),

        get("/api/v1/search", SignedIn, Once(search::doc), search::handle),
        post("/api/v1/files", SignedIn, Once(files::upload::doc), files::upload::handle).unhurried(),
        get("/api/v1/files/{id}", SignedIn, Once(files::download::doc), files::download::handle).unhurried(),
        get("/api/v1/openapi.json", SignedIn, Once(openapi::doc), openapi::handle),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn only_these_routes_are_public() {
        let public: BTreeSet<_> = all()
            .iter()
            .filter(|route| matches!(route.who, Public | AnySite))
            .map(|route| format!("{} {}", route.method, route.path))
            .collect();
        // Visitors of the chat show a token of their own; what programs ask to be let in with, is in the requests.
        let expected = [
            "GET /.well-known/oauth-authorization-server",
            "GET /.well-known/oauth-protected-resource",
            "GET /.well-known/oauth-protected-resource/mcp",
            "GET /.well-known/openid-configuration",
            "GET /oauth/assets/{name}",
            "GET /oauth/authorize",
            "GET /oauth/sign-in",
            "GET /oauth/sign-in/back",
            "POST /oauth/authorize",
            "POST /oauth/register",
            "POST /oauth/revoke",
            "POST /oauth/token",
            "GET /api/v1/chat/files/{id}",
            "GET /api/v1/chat/socket",
            "POST /api/v1/chat/exchange",
            "POST /api/v1/chat/files",
            "GET /api/v1/setup",
            "GET /health",
            "GET /metrics",
            "GET /ready",
            "POST /api/v1/session",
            "POST /api/v1/setup",
        ];
        assert_eq!(public, expected.map(String::from).into());
    }

    #[test]
    fn no_route_is_listed_twice() {
        let all: Vec<_> = all().iter().map(|route| format!("{} {}", route.method, route.path)).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }
}
