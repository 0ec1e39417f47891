//! Pages that a client shows its person beside an answer: the protocol's Apps, `io.modelcontextprotocol/ui`.
//!
//! A view is one page with everything in it: its script, the [line](BRIDGE) to the client, the style. It reaches nothing
//! outside, by what it tells its client and by a policy of its own, and shows what it is told as text.
//!
//! Its words are the person's, from `texts/`; how numbers and times are written, colours and fonts are the client's.
//!
//! To add one: write its script beside this file, its words in each language, and list it in [`ALL`] with the tool whose
//! answers it shows.

mod labels;

pub(crate) use labels::with_labels;

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

/// The words of all views in each language, the first one where no other fits.
const TEXTS: [(&str, &str); 5] = [
    ("en", include_str!("texts/en.json")),
    ("de", include_str!("texts/de.json")),
    ("fr", include_str!("texts/fr.json")),
    ("es", include_str!("texts/es.json")),
    ("pt", include_str!("texts/pt.json")),
];

struct View {
    uri: &'static str,
    /// The tool whose answers it shows.
    tool: &'static str,
    /// The word that names it in `texts/`.
    title: &'static str,
    script: &'static str,
    /// Whether the person is asked here what the tool would ask them.
    asks: bool,
}

const ALL: [View; 3] = [
    View {
        uri: "ui://parley/record",
        tool: "crm_get",
        title: "record",
        script: include_str!("record.js"),
        asks: false,
    },
    View {
        uri: "ui://parley/pipeline",
        tool: "report_pipeline",
        title: "pipeline",
        script: include_str!("pipeline.js"),
        asks: false,
    },
    View {
        uri: "ui://parley/reply",
        tool: "conversation_reply",
        title: "reply",
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

/// The view at an address, in a language such as `de-CH`, or in the first one.
pub(crate) fn read(uri: &str, language: &str) -> Option<ResourceContents> {
    let view = ALL.iter().find(|view| view.uri == uri)?;
    // Nothing outside may be reached, and that is said rather than left out.
    let nothing = json!({"connectDomains": [], "resourceDomains": [], "frameDomains": [], "baseUriDomains": []});
    let meta = meta("ui", json!({"csp": nothing, "prefersBorder": true}));
    Some(ResourceContents::text(page(view, language), uri).with_mime_type(KIND).with_meta(meta))
}

fn meta(name: &str, value: Json) -> MetaObject {
    let mut meta = MetaObject::default();
    meta.0.insert(name.to_owned(), value);
    meta
}

fn page(view: &View, language: &str) -> String {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    let [first, ..] = TEXTS;
    let (language, texts) = TEXTS.into_iter().find(|(known, _)| *known == primary).unwrap_or(first);
    let title = serde_json::from_str::<Json>(texts).unwrap_or_default()[view.title].take();
    let title = title.as_str().unwrap_or(view.title);
    let script = format!("const TEXTS = {texts};\n{BRIDGE}\n{}", view.script);
    let mark = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    let policy = format!(
        "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
        mark(&script),
        mark(STYLE)
    );
    format!(
        "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
         <title>{title}</title><style>{STYLE}</style></head><body><main id=\"view\"></main><script>{script}</script>\
         </body></html>"
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
            assert!(read(view.uri, "en").is_some());
        }
        assert!(read("ui://parley/nothing", "en").is_none() && of_tool("crm_delete").is_none());
    }

    #[test]
    fn a_view_writes_no_page_and_reaches_nothing_outside() {
        for (view, (language, _)) in ALL.iter().flat_map(|view| TEXTS.map(|texts| (view, texts))) {
            let page = page(view, language);
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

    #[test]
    fn every_language_says_everything() -> Result<(), serde_json::Error> {
        let keys = |text: &str| -> Result<Vec<String>, serde_json::Error> {
            let words: JsonObject = serde_json::from_str(text)?;
            Ok(words.keys().cloned().collect())
        };
        let [(_, first), others @ ..] = TEXTS;
        for (language, texts) in others {
            assert_eq!(keys(texts)?, keys(first)?, "{language}");
            assert!(!texts.contains("\"\"") && !texts.contains('<'), "{language}");
        }
        Ok(())
    }

    #[test]
    fn a_view_speaks_the_persons_language_or_english() {
        for (asked, spoken) in [("de", "de"), ("pt-BR", "pt"), ("nl", "en"), ("", "en")] {
            assert!(page(&ALL[0], asked).contains(&format!("<html lang=\"{spoken}\">")), "{asked}");
        }
    }
}
