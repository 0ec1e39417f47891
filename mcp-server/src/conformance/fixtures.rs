//! The fixtures as they stand in the file, and words put into them.

use super::asking::Asking;
use rmcp::model::*;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Words by name, to be put where `{name}` stands.
pub(super) type Words = BTreeMap<String, String>;

#[derive(Debug, Deserialize)]
pub(super) struct Fixtures {
    pub(super) tools: Vec<FixedTool>,
    pub(super) prompts: Vec<FixedPrompt>,
    pub(super) resources: Vec<FixedResource>,
    pub(super) templates: Vec<ResourceTemplate>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FixedTool {
    #[serde(flatten)]
    pub(super) definition: Tool,
    pub(super) does: Does,
}

/// What a tool does.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Does {
    /// Says this.
    Say {
        content: Vec<ContentBlock>,
        #[serde(default)]
        error: bool,
    },
    /// Asks the client, and says what it answered.
    Ask(Asking),
    /// Sends three entries of a log.
    Log,
    /// Tells three times how far it is.
    Progress,
    /// Announces that the list of tools has changed.
    AnnounceTools,
    /// Announces that the list of prompts has changed.
    AnnouncePrompts,
}

#[derive(Debug, Deserialize)]
pub(super) struct FixedPrompt {
    #[serde(flatten)]
    pub(super) definition: Prompt,
    /// Its messages, with the arguments' and the answers' places.
    pub(super) messages: Json,
    /// What the client is asked before.
    #[serde(flatten)]
    pub(super) asking: Asking,
}

#[derive(Debug, Deserialize)]
pub(super) struct FixedResource {
    #[serde(flatten)]
    pub(super) definition: Resource,
    pub(super) contents: Contents,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Contents {
    Text(String),
    Blob(String),
}

impl Fixtures {
    pub(super) fn read() -> serde_json::Result<Self> {
        serde_json::from_str(include_str!("fixtures.json"))
    }

    /// What is at an address.
    pub(super) fn resource(&self, uri: &str) -> Option<ResourceContents> {
        if let Some(resource) = self.resources.iter().find(|resource| resource.definition.uri == uri) {
            let contents = match &resource.contents {
                Contents::Text(text) => ResourceContents::text(text.clone(), uri),
                Contents::Blob(blob) => ResourceContents::blob(blob.clone(), uri),
            };
            return Some(match &resource.definition.mime_type {
                Some(kind) => contents.with_mime_type(kind.clone()),
                None => contents,
            });
        }
        let id = uri.strip_prefix("test://template/")?.strip_suffix("/data")?;
        let data = serde_json::json!({"id": id, "templateTest": true, "data": format!("Data for ID: {id}")});
        Some(ResourceContents::text(data.to_string(), uri).with_mime_type("application/json"))
    }
}

/// The arguments that are texts.
pub(super) fn words(arguments: Option<&JsonObject>) -> Words {
    let texts = arguments.into_iter().flatten();
    texts.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
}

/// A text with the words in their places.
pub(super) fn filled_text(text: &str, words: &Words) -> String {
    words.iter().fold(text.to_owned(), |text, (name, word)| text.replace(&format!("{{{name}}}"), word))
}

/// The same for every text in a document.
pub(super) fn filled(json: &Json, words: &Words) -> Json {
    match json {
        Json::String(text) => Json::String(filled_text(text, words)),
        Json::Array(items) => items.iter().map(|item| filled(item, words)).collect(),
        Json::Object(members) => {
            Json::Object(members.iter().map(|(name, member)| (name.clone(), filled(member, words))).collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read_and_has_what_is_looked_for() -> Result<(), serde_json::Error> {
        let fixtures = Fixtures::read()?;
        assert!(fixtures.tools.iter().any(|tool| tool.definition.name == "test_simple_text"));
        assert!(fixtures.resource("test://static-binary").is_some());
        assert!(fixtures.resource("test://template/7/data").is_some());
        assert!(fixtures.resource("test://nothing").is_none());
        Ok(())
    }

    #[test]
    fn words_are_put_where_their_names_stand() {
        let words = Words::from([("who".to_owned(), "Ada".to_owned())]);
        let json = serde_json::json!({"a": ["Hello, {who}!", 1], "b": "{whom}"});
        assert_eq!(filled(&json, &words), serde_json::json!({"a": ["Hello, Ada!", 1], "b": "{whom}"}));
    }
}
