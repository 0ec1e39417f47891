//! Pages that a client shows its person beside an answer: the protocol's Apps, `io.modelcontextprotocol/ui`.
//!
//! A view is one page with everything in it: its script, the [line](BRIDGE) to the client, the style. It reaches nothing
//! outside, by what it tells its client and by a policy of its own, and shows what it is told as text.
//!
//! To add one: write its script beside this file, and list it in [`ALL`] with the tool whose answers it shows.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rmcp::model::{CallToolResult, ClientCapabilities, JsonObject, MetaObject, ResourceContents, ServerCapabilities};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

const EXTENSION: &str = "io.modelcontextprotocol/ui";
const KIND: &str = "text/html;profile=mcp-app";

/// Where a view finds the token that its person's click hands back.
const TOKEN: &str = "parley/confirmation_token";

const BRIDGE: &str = include_str!("bridge.js");
const STYLE: &str = include_str!("style.css");

struct View {
    uri: &'static str,
    /// The tool whose answers it shows.
    tool: &'static str,
    title: &'static str,
    script: &'static str,
    /// Whether the person is asked here what the tool would ask them.
    asks: bool,
}

const ALL: [View; 3] = [
    View {
        uri: "ui://parley/record",
        tool: "crm_get",
        title: "Record",
        script: include_str!("record.js"),
        asks: false,
    },
    View {
        uri: "ui://parley/pipeline",
        tool: "report_pipeline",
        title: "Pipeline",
        script: include_str!("pipeline.js"),
        asks: false,
    },
    View {
        uri: "ui://parley/reply",
        tool: "conversation_reply",
        title: "Reply",
        script: include_str!("reply.js"),
        asks: true,
    },
];

/// Whether a client shows views.
pub(crate) fn are_shown_by(client: &ClientCapabilities) -> bool {
    let kinds =
        client.extensions.as_ref().and_then(|extensions| extensions.get(EXTENSION)?.get("mimeTypes")?.as_array());
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == KIND))
}

/// What a server can do, with views.
pub(crate) fn announced(mut able: ServerCapabilities) -> ServerCapabilities {
    let kinds = JsonObject::from_iter([("mimeTypes".to_owned(), json!([KIND]))]);
    able.extensions.get_or_insert_default().insert(EXTENSION.to_owned(), kinds);
    able
}

/// Whether a tool's view asks the person.
pub(crate) fn asks_the_person(tool: &str) -> bool {
    ALL.iter().any(|view| view.tool == tool && view.asks)
}

/// What the definition of a tool says of its view.
pub(crate) fn of_tool(tool: &str) -> Option<MetaObject> {
    let view = ALL.iter().find(|view| view.tool == tool)?;
    Some(meta("ui", json!({"resourceUri": view.uri})))
}

/// An answer with the token for its view, out of the assistant's sight.
pub(crate) fn with_token(mut result: CallToolResult, token: String) -> CallToolResult {
    result.meta = Some(meta(TOKEN, json!(token)));
    result
}

/// The view at an address.
pub(crate) fn read(uri: &str) -> Option<ResourceContents> {
    let view = ALL.iter().find(|view| view.uri == uri)?;
    // Nothing outside may be reached, and that is said rather than left out.
    let nothing = json!({"connectDomains": [], "resourceDomains": [], "frameDomains": [], "baseUriDomains": []});
    let meta = meta("ui", json!({"csp": nothing, "prefersBorder": true}));
    Some(ResourceContents::text(page(view), uri).with_mime_type(KIND).with_meta(meta))
}

fn meta(name: &str, value: Json) -> MetaObject {
    let mut meta = MetaObject::default();
    meta.0.insert(name.to_owned(), value);
    meta
}

fn page(view: &View) -> String {
    let script = format!("{BRIDGE}\n{}", view.script);
    let mark = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    let policy = format!(
        "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
        mark(&script),
        mark(STYLE)
    );
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" \
         content=\"{policy}\"><title>{}</title><style>{STYLE}</style></head><body><main id=\"view\"></main>\
         <script>{script}</script></body></html>",
        view.title
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools;

    #[test]
    fn every_view_shows_a_tools_answers_and_is_found_by_what_the_tool_says() {
        for view in &ALL {
            assert!(tools::named(view.tool).is_some(), "{}", view.tool);
            let told = of_tool(view.tool).and_then(|meta| Some(meta.0["ui"]["resourceUri"].as_str()?.to_owned()));
            assert_eq!(told.as_deref(), Some(view.uri));
            assert!(read(view.uri).is_some());
        }
        assert!(read("ui://parley/nothing").is_none() && of_tool("crm_delete").is_none());
    }

    #[test]
    fn a_view_writes_no_page_and_reaches_nothing_outside() {
        for view in &ALL {
            let page = page(view);
            for forbidden in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "fetch(",
                "://",
                "src=",
                "url(",
            ] {
                assert!(!page.contains(forbidden), "{}: {forbidden}", view.uri);
            }
            assert!(page.len() < 16_000, "{}: {} bytes", view.uri, page.len());
        }
    }
}
