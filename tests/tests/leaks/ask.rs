//! Requests, made up at random from what there is.

use super::companies::Companies;
use super::people::Person;
use crate::support::Client;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use reqwest::{Method, RequestBuilder};
use serde_json::{Map, Value as Json, json};
use std::fmt;
use uuid::Uuid;

/// One request.
pub(super) struct Ask {
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    body: Option<Json>,
    headers: Vec<(&'static str, String)>,
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body.as_ref().map(Json::to_string).unwrap_or_default();
        write!(f, "{} {} {:?} {:?} {body}", self.method, self.path, self.query, self.headers)
    }
}

impl Ask {
    pub(super) fn request(&self, client: &Client) -> RequestBuilder {
        let path = match self.path.strip_prefix("/api/v1") {
            Some(path) => path.to_owned(),
            None => format!("/{}", self.path),
        };
        let mut request = client.request(self.method.clone(), &path).query(&self.query);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        match &self.body {
            Some(body) => request.json(body),
            None => request,
        }
    }
}

/// A request to any operation; none if this one could lock people out, or tell secrets by right.
pub(super) fn any(rng: &mut StdRng, companies: &Companies, person: &Person) -> Option<Ask> {
    Asking { rng, companies, person }.any()
}

struct Asking<'a> {
    rng: &'a mut StdRng,
    companies: &'a Companies,
    person: &'a Person,
}

/// Fields that exist somewhere, also behind references, also hidden ones.
const FIELDS: [&str; 22] = [
    "name",
    "id",
    "owner_id",
    "owner.name",
    "owner.email",
    "created_by",
    "tags",
    "description",
    "related_id",
    "subject",
    "next_step",
    "amount",
    "secret_code",
    "account_id",
    "account.name",
    "account.secret_code",
    "contact.account.name",
    "deal_count",
    "last_name",
    "email",
    "grants",
    "definition",
];
const RELATIONS: [&str; 9] =
    ["tasks", "deals", "contacts", "tickets", "notes", "messages", "attachments", "conversations", "children"];
/// Which fields refer to what; `related_id` refers to anything.
const REFERENCES: [(&str, &str); 12] = [
    ("contact", "account_id"),
    ("deal", "account_id"),
    ("account", "parent_id"),
    ("ticket", "account_id"),
    ("ticket", "contact_id"),
    ("ticket", "parent_id"),
    ("message", "conversation_id"),
    ("message", "ticket_id"),
    ("conversation", "ticket_id"),
    ("article", "category_id"),
    ("call", "contact_id"),
    ("meeting", "attendee_ids"),
];

impl Asking<'_> {
    fn any(&mut self) -> Option<Ask> {
        if self.rng.random_bool(0.05) {
            return self.tool();
        }
        let (method, path) = self.companies.operations.choose(self.rng)?.clone();
        let object = path.strip_prefix("/api/v1/records/").and_then(|rest| rest.split('/').next()).map(str::to_owned);
        match object {
            Some(object) => self.about_records(method, path, &object),
            None => self.other(method, path),
        }
    }

    fn about_records(&mut self, method: Method, path: String, object: &str) -> Option<Ask> {
        let end = path.rsplit('/').next()?.to_owned();
        let reads = method == Method::GET || matches!(end.as_str(), "query" | "aggregate");
        // Now and then the id of a record of another kind.
        let of = self.rng.random_bool(0.9).then_some(object);
        let id = match (path.contains("{id}"), reads) {
            (false, _) => String::new(),
            (true, true) => self.companies.record(self.rng, self.person, of)?.id.to_owned(),
            (true, false) => self.companies.target(self.rng, self.person, of)?.id.to_owned(),
        };
        let body = match (method.as_str(), end.as_str()) {
            ("GET" | "DELETE", _) => None,
            (_, "query") => Some(self.query()),
            (_, "aggregate") => Some(self.aggregate()),
            (_, "bulk") => Some(self.bulk(object)?),
            (_, "merge") => Some(json!({"from": [self.companies.target(self.rng, self.person, of)?.id]})),
            (_, "shares") => Some(json!({"shares": [{"user_id": self.id("user"), "access": "update"}]})),
            (_, "restore") => Some(json!({})),
            ("PATCH", _) => Some(self.values(object)),
            _ if path.contains("/actions/") => Some(self.action(object)),
            _ => Some(self.values(object)),
        };
        let query = if method == Method::GET { self.parameters(&path) } else { Vec::new() };
        Some(Ask { headers: self.headers(&method), method, path: path.replace("{id}", &id), query, body })
    }

    fn other(&mut self, method: Method, path: String) -> Option<Ask> {
        let mut query = Vec::new();
        let mut filled = path.clone();
        let body = match (method.as_str(), path.trim_start_matches("/api/v1")) {
            ("POST" | "DELETE", "/session") | ("PUT", "/me/password") if self.person.is_in_a_browser() => return None,
            // Guessing a password takes long, on purpose.
            ("POST", "/session") if self.rng.random_bool(0.95) => return None,
            ("GET", "/openapi.json") if self.rng.random_bool(0.9) => return None,
            ("POST", "/session") => Some(json!({"email": "ada@example.com", "password": "guess"})),
            ("GET", "/search") => {
                query = vec![("q", self.word()), ("limit", "50".into())];
                None
            }
            ("GET", "/events") => {
                query = self.log_parameters();
                None
            }
            ("GET", "/sessions") => {
                query = vec![("user_id", self.id("user"))];
                None
            }
            ("POST", "/events/{sequence}/revert") => {
                let first = if self.person.writes() { self.companies.last } else { 0 };
                filled = path.replace("{sequence}", &self.rng.random_range(first + 1..first + 2_000).to_string());
                Some(json!({}))
            }
            ("POST", "/batches/{id}/revert") => {
                filled = path.replace("{id}", &self.companies.found.batch(self.rng)?);
                Some(json!({}))
            }
            ("GET", "/files/{id}") => {
                filled = path.replace("{id}", &self.id("attachment"));
                None
            }
            ("POST", "/files") => {
                let object = self.companies.objects.choose(self.rng)?;
                query = vec![
                    ("name", "made.txt".into()),
                    ("related_object", object.clone()),
                    ("related_id", self.id(object)),
                ];
                Some(json!("made"))
            }
            ("DELETE", "/api-keys/{id}" | "/sessions/{id}") => {
                filled = path.replace("{id}", self.companies.credential(self.rng, self.person)?);
                None
            }
            ("POST", "/api-keys") => Some(json!({"name": "more", "scopes": ["read", "sensitive"]})),
            ("PUT", "/users/{id}/password") => {
                filled = path.replace("{id}", self.companies.target(self.rng, self.person, Some("user"))?.id);
                Some(json!({"new": "a long enough password 9"}))
            }
            ("PATCH", "/me") => Some(json!({"language": "en"})),
            (_, rest) if rest.starts_with("/schema/objects") => {
                filled = self.definition(&path);
                Some(self.defined(&method, &path)?)
            }
            ("GET" | "DELETE", _) => None,
            _ => Some(json!({})),
        };
        Some(Ask { headers: self.headers(&method), method, path: filled, query, body })
    }

    /// A call of one of the assistants' tools.
    fn tool(&mut self) -> Option<Ask> {
        let object = self.companies.objects.choose(self.rng)?.clone();
        let id = self.id(&object);
        let (name, arguments) = match self.rng.random_range(0..6) {
            0 => ("search", json!({"query": self.word()})),
            1 => ("fetch", json!({"id": format!("{object}:{id}")})),
            2 => ("crm_describe", json!({"object": object})),
            3 => ("crm_query", json!({"object": object, "filter": self.filter(1)})),
            4 => ("crm_get", json!({"object": object, "id": id})),
            _ => ("crm_create", json!({"object": object, "values": self.values(&object)})),
        };
        let params = json!({"name": name, "arguments": arguments});
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
        let headers = [("accept", "application/json, text/event-stream"), ("mcp-protocol-version", "2025-11-25")];
        let headers = headers.map(|(name, value)| (name, value.to_owned())).to_vec();
        Some(Ask { method: Method::POST, path: "/mcp".into(), query: Vec::new(), body: Some(body), headers })
    }

    /// The id of some record of the object, or of nothing.
    fn id(&mut self, object: &str) -> String {
        let nothing = Uuid::from_u64_pair(self.rng.random(), self.rng.random()).to_string();
        if self.rng.random_bool(0.1) {
            return nothing;
        }
        self.companies.record(self.rng, self.person, Some(object)).map_or(nothing, |chosen| chosen.id.to_owned())
    }

    /// The beginning of a marker: whole ones are known only to those who have seen them.
    fn word(&mut self) -> String {
        let company = self.rng.random_range(0..self.companies.worlds.len());
        match self.rng.random_range(0..3) {
            0 => "mk".to_owned(),
            1 => format!("mk{company}"),
            _ => format!("mk{company}{}", self.companies.objects.choose(self.rng).map_or("", String::as_str)),
        }
    }

    fn field(&mut self) -> String {
        FIELDS.choose(self.rng).map_or_else(String::new, |field| (*field).to_owned())
    }

    fn filter(&mut self, depth: u32) -> Json {
        match self.rng.random_range(0..if depth == 0 { 4 } else { 8 }) {
            0 => json!({"field": self.field(), "op": "contains", "value": self.word()}),
            1 => json!({"field": self.field(), "op": "starts_with", "value": self.word()}),
            2 => json!({"field": self.field(), "op": "is_empty", "value": false}),
            3 => {
                let object = self.companies.objects.choose(self.rng).cloned().unwrap_or_default();
                json!({"field": self.field(), "op": "in", "value": [self.id(&object)]})
            }
            4 => json!({"not": self.filter(depth - 1)}),
            5 => json!({"or": [self.filter(depth - 1), {"field": "id", "op": "is_empty", "value": false}]}),
            6 => json!({"any": {"through": RELATIONS.choose(self.rng), "filter": self.filter(depth - 1)}}),
            _ => json!({"none": {"through": RELATIONS.choose(self.rng), "filter": self.filter(depth - 1)}}),
        }
    }

    fn sort(&mut self) -> Json {
        json!([{"field": self.field(), "descending": self.rng.random::<bool>()}])
    }

    fn query(&mut self) -> Json {
        let mut query = json!({"limit": self.rng.random_range(1..50), "total": self.rng.random::<bool>()});
        if self.rng.random_bool(0.6) {
            query["filter"] = self.filter(2);
        }
        if self.rng.random_bool(0.4) {
            query["sort"] = self.sort();
        }
        if self.rng.random_bool(0.2) {
            query["fields"] = json!(["name", self.field()]);
        }
        if let Some(cursor) = self.companies.found.cursor(self.rng).filter(|_| self.rng.random_bool(0.2)) {
            query["after"] = json!(cursor);
        }
        query["deleted"] = json!(self.rng.random_bool(0.1));
        query
    }

    fn aggregate(&mut self) -> Json {
        let measure = *["min", "max", "count_distinct", "sum"].choose(self.rng).unwrap_or(&"min");
        let mut aggregate = json!({"measures": [{"measure": "count"}, {"measure": measure, "field": self.field()}]});
        if self.rng.random_bool(0.7) {
            aggregate["group"] = json!([{"field": self.field()}]);
        }
        if self.rng.random_bool(0.5) {
            aggregate["filter"] = self.filter(1);
        }
        aggregate
    }

    /// Values to write: a text, and references to anything.
    fn values(&mut self, object: &str) -> Json {
        let mut values = Map::new();
        let text = match object {
            "contact" | "lead" => "last_name",
            "article" => "title",
            "message" => "body",
            "task" | "meeting" | "call" | "note" | "ticket" | "conversation" => "subject",
            _ => "name",
        };
        values.insert(text.to_owned(), json!("Made"));
        match object {
            "meeting" => drop(values.insert("starts_at".into(), json!("2017-03-01T14:00:00Z"))),
            "message" => values.extend([("name".into(), json!("Made")), ("direction".into(), json!("internal"))]),
            "conversation" => values.extend([("name".into(), json!("Made")), ("channel".into(), json!("web"))]),
            "user" => {
                drop(values.insert("email".into(), json!(format!("{:x}@made.example", self.rng.random::<u64>()))))
            }
            "role" | "permission_set" => drop(values.insert("grants".into(), json!({}))),
            _ => {}
        }
        for (_, field) in REFERENCES.iter().filter(|(of, _)| *of == object) {
            let target = field.trim_end_matches("_ids").trim_end_matches("_id");
            let target = match target {
                "attendee" => "contact",
                "category" => "article_category",
                "parent" => object,
                other => other,
            };
            let id = self.id(target);
            values.insert((*field).to_owned(), if field.ends_with("_ids") { json!([id]) } else { json!(id) });
        }
        if matches!(object, "task" | "note" | "call" | "meeting") {
            let related = self.companies.objects.choose(self.rng).cloned().unwrap_or_default();
            values.insert("related_id".into(), json!({"object": related, "id": self.id(&related)}));
        }
        if self.rng.random_bool(0.2) {
            values.insert("tags".into(), json!([self.id("tag")]));
        }
        Json::Object(values)
    }

    fn bulk(&mut self, object: &str) -> Option<Json> {
        let create = json!({"create": self.values(object)});
        let id = self.companies.target(self.rng, self.person, Some(object))?.id;
        let update = json!({"update": {"id": id, "values": self.values(object)}});
        let id = self.companies.target(self.rng, self.person, Some(object))?.id;
        let mut operations = vec![create, update];
        if self.rng.random_bool(0.1) {
            operations.push(json!({"delete": {"id": id}}));
        }
        Some(json!({"operations": operations, "atomic": self.rng.random_bool(0.2)}))
    }

    fn action(&mut self, object: &str) -> Json {
        match (object, self.rng.random_range(0..3)) {
            ("lead", 0) => json!({"account_id": self.id("account")}),
            ("lead", 1) => json!({"contact_id": self.id("contact")}),
            _ => json!({}),
        }
    }

    fn parameters(&mut self, path: &str) -> Vec<(&'static str, String)> {
        let mut query = Vec::new();
        if path.ends_with("/timeline") || path.ends_with("/duplicates") {
            query.push(("limit", "50".to_owned()));
        } else if !path.contains("{id}") {
            query.push(("limit", self.rng.random_range(1..50).to_string()));
            if self.rng.random_bool(0.3) {
                query.push(("q", self.word()));
            }
            if self.rng.random_bool(0.5) {
                query.push(("filter", self.filter(2).to_string()));
            }
            if self.rng.random_bool(0.4) {
                query.push(("sort", self.field()));
            }
            if self.rng.random_bool(0.1) {
                query.push(("deleted", "true".into()));
            }
        }
        if let Some(cursor) = self.companies.found.cursor(self.rng).filter(|_| self.rng.random_bool(0.15)) {
            query.push(("after", cursor));
        }
        query
    }

    fn log_parameters(&mut self) -> Vec<(&'static str, String)> {
        let mut query = vec![("limit", "100".to_owned())];
        let object = self.companies.objects.choose(self.rng).cloned().unwrap_or_default();
        match self.rng.random_range(0..4) {
            0 => query.push(("after", self.rng.random_range(0..self.companies.last).to_string())),
            1 => query.push(("by", self.id("user"))),
            2 => query.push(("object", object)),
            _ => query.extend([("record_id", self.id(&object)), ("object", object)]),
        }
        query
    }

    /// The path to a definition: of one's own making for those who may configure, of any for others.
    fn definition(&mut self, path: &str) -> String {
        let any = self.companies.objects.choose(self.rng).cloned().unwrap_or_default();
        let object = if self.person.writes() { "gadget".to_owned() } else { any };
        path.replace("{object}", &object).replace("{field}", "extra")
    }

    fn defined(&mut self, method: &Method, path: &str) -> Option<Json> {
        let extra = json!({"name": "extra", "label": "Extra", "type": "text"});
        match (method.as_str(), path.rsplit('/').next()?) {
            ("POST", "objects") => Some(json!({"name": "gadget", "label": "Gadget", "plural_label": "Gadgets"})),
            ("POST", "fields") => Some(extra),
            ("PUT", _) => Some(json!([])),
            ("PATCH", _) => Some(json!({"label": "Extra"})),
            _ => Some(json!({})),
        }
    }

    fn headers(&mut self, method: &Method) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        if method == Method::POST && self.rng.random_bool(0.1) {
            // Few keys, so that others have used them before.
            headers.push(("idempotency-key", format!("key-{}", self.rng.random_range(0..20))));
        }
        headers
    }
}
