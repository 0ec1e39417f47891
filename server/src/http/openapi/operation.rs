//! One operation of the description. What all operations have in common (parameters of the path, problems that may
//! happen anywhere) is added here, so that an endpoint writes down only what is its own.

use crate::http::route::{Route, Who};
use axum::http::Method;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What an operation takes and answers.
#[derive(Debug, Clone)]
pub(in crate::http) struct Operation {
    pub(in crate::http) id: String,
    tag: String,
    summary: String,
    about: Option<&'static str>,
    parameters: Vec<Value>,
    body: Option<Value>,
    answers: BTreeMap<u16, Value>,
    problems: BTreeSet<u16>,
}

impl Operation {
    /// An operation, the group it is shown in, and what it does in a few words.
    pub(in crate::http) fn new(id: &str, tag: &str, summary: &str) -> Self {
        Self {
            id: id.to_owned(),
            tag: tag.to_owned(),
            summary: summary.to_owned(),
            about: None,
            parameters: Vec::new(),
            body: None,
            answers: BTreeMap::new(),
            problems: BTreeSet::new(),
        }
    }

    /// What else is to be known.
    pub(in crate::http) fn about(mut self, text: &'static str) -> Self {
        self.about = Some(text);
        self
    }

    /// A parameter of the address that may be left out.
    pub(in crate::http) fn query(mut self, name: &str, schema: Value, text: &str) -> Self {
        self.parameters.push(json!({"name": name, "in": "query", "description": text, "schema": schema}));
        self
    }

    /// A parameter of the address that must be there.
    pub(in crate::http) fn required_query(mut self, name: &str, schema: Value, text: &str) -> Self {
        let parameter = json!({"name": name, "in": "query", "required": true, "description": text, "schema": schema});
        self.parameters.push(parameter);
        self
    }

    /// A header that may be sent.
    pub(in crate::http) fn header(mut self, name: &str, schema: Value, text: &str) -> Self {
        self.parameters.push(json!({"name": name, "in": "header", "description": text, "schema": schema}));
        self
    }

    /// The version that the writer has seen.
    pub(in crate::http) fn if_match(self) -> Self {
        let schema = json!({"type": "string", "pattern": "^\"v[0-9]{1,9}\"$"});
        self.header("If-Match", schema, "The ETag that the writer has seen, such as `\"v3\"`.")
    }

    /// A JSON body.
    pub(in crate::http) fn body(mut self, schema: Value) -> Self {
        self.body = Some(json!({"required": true, "content": {"application/json": {"schema": schema}}}));
        self.problem(413).problem(415).problem(422)
    }

    /// A body of any bytes.
    pub(in crate::http) fn raw_body(mut self, schema: Value) -> Self {
        self.body = Some(json!({"required": true, "content": {"application/octet-stream": {"schema": schema}}}));
        self
    }

    /// A file in the part `file` of a multipart body.
    pub(in crate::http) fn multipart_body(mut self) -> Self {
        let schema = json!({"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}});
        self.body = Some(json!({"required": true, "content": {"multipart/form-data": {"schema": schema}}}));
        self
    }

    /// A successful answer with a content.
    pub(in crate::http) fn answer(mut self, status: u16, text: &str, schema: Value) -> Self {
        let media_type = schema["contentMediaType"].as_str().unwrap_or("application/json").to_owned();
        let content = json!({media_type: {"schema": schema}});
        self.answers.insert(status, json!({"description": text, "content": content}));
        self
    }

    /// A successful answer without a content.
    pub(in crate::http) fn empty(mut self, status: u16, text: &str) -> Self {
        self.answers.insert(status, json!({"description": text}));
        self
    }

    /// A problem that may happen beyond those that may happen anywhere.
    pub(in crate::http) fn problem(mut self, status: u16) -> Self {
        self.problems.insert(status);
        self
    }

    /// The operation as part of the document.
    pub(super) fn to_json(&self, route: &Route, path: &str) -> Value {
        let mut parameters = path_parameters(path);
        let in_path = !parameters.is_empty();
        parameters.extend(self.parameters.iter().cloned());
        if route.idempotent {
            let schema = json!({"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"});
            parameters.push(json!({"name": "Idempotency-Key", "in": "header", "schema": schema,
                "description": "A request sent again with the same key is not carried out again."}));
        }
        let mut responses: Map<String, Value> =
            self.answers.iter().map(|(status, answer)| (status.to_string(), answer.clone())).collect();
        for status in self.all_problems(route, in_path) {
            responses.insert(status.to_string(), json!({"$ref": format!("#/components/responses/Problem{status}")}));
        }
        let mut json = json!({
            "operationId": self.id, "tags": [self.tag], "summary": self.summary, "parameters": parameters,
            "responses": responses,
        });
        if let Some(about) = self.about {
            json["description"] = json!(about);
        }
        if let Some(body) = &self.body {
            json["requestBody"] = body.clone();
        }
        if matches!(route.who, Who::Public | Who::AnySite) {
            json["security"] = json!([]);
        }
        json
    }

    fn all_problems(&self, route: &Route, in_path: bool) -> BTreeSet<u16> {
        let mut problems = self.problems.clone();
        problems.extend([400, 429, 500, 503]);
        if !matches!(route.who, Who::Public | Who::AnySite) {
            problems.extend([401, 403]);
        }
        if in_path || route.path.contains("{object}") {
            problems.insert(404);
        }
        if !self.parameters.is_empty() || route.idempotent || route.method != Method::GET {
            problems.insert(422);
        }
        if route.idempotent {
            problems.extend([409, 413]);
        }
        problems
    }
}

/// The variable segments of a path, by what their names say.
fn path_parameters(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameter = |name: &str| {
        let schema = match name {
            "id" => json!({"type": "string", "format": "uuid"}),
            "sequence" => json!({"type": "integer", "format": "int64"}),
            _ => json!({"type": "string", "minLength": 1}),
        };
        json!({"name": name, "in": "path", "required": true, "schema": schema})
    };
    names.map(parameter).collect()
}
