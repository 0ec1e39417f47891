//! What a message has beside its text, the same for every channel. It is kept with the message as JSON.

use crm_core::desk::CodeShown;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

/// The parts of a message.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parts {
    /// What kind of thing the bot said, by which it knows later what it was answered to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
    /// The question that an answer is for, or that waits until the customer has proven who they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Where the answer stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
    /// How sure the bot is, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// Quick replies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// What the customer is asked to fill in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// The quick reply that a customer's message is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<Chosen>,
    /// What the code was worth that the customer's message brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<CodeShown>,
    /// The address that a code was sent to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<File>,
}

/// What kind of thing the bot said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// An answer from the knowledge base.
    Answer,
    /// That it did not understand, or that this is not its matter.
    Lost,
    /// Asked whether a person shall take over.
    OfferedPerson,
    /// Asked which address the customer has, to send a code there.
    AskedAddress,
    /// Asked for the code that was sent.
    AskedCode,
    /// Asked something that an intent of the company's needs to know.
    AskedBack,
    /// What it knows of the customer's own.
    Own,
    /// Anything else.
    SmallTalk,
    /// That a person takes over.
    Handoff,
}

/// Where an answer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The article.
    pub article: Uuid,
    /// Its title.
    pub title: String,
    /// The nearest heading above; empty at the top.
    pub heading: String,
    /// The last part of the article's address; may be empty.
    pub slug: String,
    /// The anchor of the heading; empty at the top.
    pub anchor: String,
}

/// A quick reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is shown.
    pub label: String,
    /// What it means: [`HELPFUL`], [`UNHELPFUL`], [`PERSON`], [`NEW_CODE`], [`OTHER_ADDRESS`].
    pub value: String,
}

/// The answer helped.
pub const HELPFUL: &str = "helpful:yes";
/// The answer did not help.
pub const UNHELPFUL: &str = "helpful:no";
/// A person shall take over.
pub const PERSON: &str = "person";
/// A new code shall be sent to the same address.
pub const NEW_CODE: &str = "code:new";
/// The customer has another address.
pub const OTHER_ADDRESS: &str = "code:address";

/// What the customer is asked to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Name and e-mail address; may be skipped.
    Details,
}

/// A quick reply that was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The number of the message that offered it.
    pub message: i64,
    /// Its value.
    pub value: String,
}

/// A file that came with a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// The attachment's id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Its media type.
    #[serde(default)]
    pub media_type: Option<String>,
    /// Its size.
    pub bytes: f64,
}

impl Parts {
    /// The parts of a stored message; none of those that cannot be read.
    pub fn of(content: &Json) -> Self {
        Self::deserialize(content).unwrap_or_default()
    }

    /// As they are stored.
    pub fn stored(&self) -> Json {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Whether this quick reply is offered.
    pub fn offers(&self, value: &str) -> bool {
        self.choices.iter().any(|choice| choice.value == value)
    }
}
