//! What goes over the wire between the widget and the server, as JSON.

use crate::reply::{Choice, Form};
use crm_core::Error;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How a client begins.
#[derive(Debug, Clone, Deserialize)]
pub struct Hello {
    /// The key in the website's script tag.
    pub widget: String,
    /// What the server gave before.
    #[serde(default)]
    pub token: Option<String>,
    /// Who the website says the visitor is, signed.
    #[serde(default)]
    pub identity: Option<String>,
    /// Where the visitor is.
    #[serde(default)]
    pub page: Option<String>,
    /// The language of the page or browser.
    #[serde(default)]
    pub language: Option<String>,
    /// The number of the last message that the client has.
    #[serde(default)]
    pub after: i64,
}

/// What a client says.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromClient {
    /// The first words of a connection.
    Hello(Hello),
    /// A message.
    Say {
        /// The client's own id of it.
        id: Uuid,
        /// The text.
        #[serde(default)]
        text: String,
        /// Files sent before.
        #[serde(default)]
        attachments: Vec<Uuid>,
        /// The quick reply that it is.
        #[serde(default)]
        choice: Option<Picked>,
    },
    /// An answer to the form.
    Details {
        /// The client's own id of it.
        id: Uuid,
        /// The name.
        #[serde(default)]
        name: Option<String>,
        /// The address.
        #[serde(default)]
        email: Option<String>,
        /// Whether the visitor would rather not say.
        #[serde(default)]
        skip: bool,
    },
    /// What the visitor thinks of the conversation.
    Rate {
        /// The client's own id of it.
        id: Uuid,
        /// 1 to 5.
        stars: i64,
        /// In words.
        #[serde(default)]
        comment: Option<String>,
    },
    /// Begins or ends typing.
    Typing {
        /// Begins.
        on: bool,
    },
    /// Has read up to this message.
    Read {
        /// Its number.
        sequence: i64,
    },
    /// Is there.
    Ping,
}

/// A quick reply.
#[derive(Debug, Clone, Deserialize)]
pub struct Picked {
    /// The number of the message that offered it.
    pub message: i64,
    /// Its value.
    pub value: String,
}

/// What the server says.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToClient {
    /// The answer to a hello.
    Ready {
        /// By which the visitor is known from now on.
        token: String,
        /// How the chat looks.
        widget: Look,
        /// What is known of the visitor.
        visitor: Known,
        /// The conversation, if there is one.
        conversation: Option<Story>,
        /// What the client has not seen.
        messages: Vec<Shown>,
        /// The last message that an agent has read.
        agent_read: i64,
        /// What may be sent.
        limits: Limits,
    },
    /// A message is stored.
    Accepted {
        /// The client's own id of it.
        id: Uuid,
        /// Its number; none of what is no message.
        #[serde(skip_serializing_if = "Option::is_none")]
        sequence: Option<i64>,
    },
    /// Something could not be done.
    Refused(Refusal),
    /// A message.
    Message {
        /// It.
        message: Shown,
        /// The number of the message before it that the visitor may see: staff's own notes are numbered too.
        previous: i64,
    },
    /// Somebody types, or stops.
    Typing {
        /// Begins.
        on: bool,
        /// Who.
        author: By,
    },
    /// Who answers has changed.
    State {
        /// As it is now.
        conversation: Story,
    },
    /// The other side has read up to this message.
    Read {
        /// Its number.
        sequence: i64,
    },
    /// The answer to a ping.
    Pong,
}

/// Why something could not be done, and how to mend it.
#[derive(Debug, Clone, Serialize)]
pub struct Refusal {
    /// The client's own id of what was refused.
    pub id: Option<Uuid>,
    /// Short and stable.
    pub code: String,
    /// For people.
    pub title: String,
    /// What was wrong.
    pub detail: String,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Try again after so many seconds; none if that would not help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<i64>,
}

impl Refusal {
    /// What a failure means to the visitor.
    pub fn of(id: Option<Uuid>, error: &Error) -> Self {
        let (code, hint, retry_after) = match error {
            Error::Invalid(errors) => {
                let first = errors.first();
                (first.map_or("invalid", |error| error.code), first.and_then(|error| error.hint.clone()), None)
            }
            Error::Throttled { retry_after_seconds } => ("rate_limited", None, Some(*retry_after_seconds)),
            Error::Unavailable(_) => ("unavailable", None, Some(2)),
            Error::NotFound { .. } => ("not_found", None, None),
            Error::Conflict(_) => ("conflict", None, None),
            Error::TooLarge(_) => ("too_long", None, None),
            Error::Malformed(_) => ("malformed", None, None),
            _ => ("internal", None, None),
        };
        Self { id, code: code.into(), title: "That did not work".into(), detail: error.to_string(), hint, retry_after }
    }

    /// A frame that cannot be read.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self {
            id: None,
            code: "malformed".into(),
            title: "That cannot be read".into(),
            detail: detail.into(),
            hint: None,
            retry_after: None,
        }
    }
}

/// How the chat looks.
#[derive(Debug, Clone, Serialize)]
pub struct Look {
    /// Whose chat it is.
    pub name: String,
    /// The main colour.
    pub colour: String,
    /// The first words; empty for the widget's own.
    pub welcome: String,
}

/// What is known of the visitor.
#[derive(Debug, Clone, Serialize)]
pub struct Known {
    /// The name that they gave.
    pub name: Option<String>,
    /// The address that they gave.
    pub email: Option<String>,
    /// Whether the website has proven who they are.
    pub verified: bool,
}

/// A conversation as the visitor sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Story {
    /// Its id.
    pub id: Uuid,
    /// Who answers.
    pub state: &'static str,
    /// The person who answers.
    pub agent: Option<Person>,
    /// The ticket's number.
    pub ticket: Option<String>,
    /// The stars that the visitor gave.
    pub rated: Option<i64>,
}

/// A person of the company.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their picture.
    pub picture: Option<String>,
}

/// A message as the visitor sees it.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// Its number.
    pub sequence: i64,
    /// Its id.
    pub id: Uuid,
    /// The client's own id of it.
    pub client_id: Option<String>,
    /// When.
    pub at: jiff::Timestamp,
    /// Who.
    pub author: By,
    /// The text, plain.
    pub text: String,
    /// Files.
    pub attachments: Vec<File>,
    /// Where the answer stands.
    pub citation: Option<Source>,
    /// Quick replies.
    pub choices: Vec<Choice>,
    /// What is to be filled in.
    pub form: Option<Fields>,
    /// The quick reply that was chosen.
    pub chosen: Option<String>,
}

/// Who said something.
#[derive(Debug, Clone, Serialize)]
pub struct By {
    /// `visitor`, `bot`, `agent` or `system`.
    pub kind: &'static str,
    /// Their name.
    pub name: Option<String>,
    /// Their picture.
    pub picture: Option<String>,
}

/// A file.
#[derive(Debug, Clone, Serialize)]
pub struct File {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size.
    pub bytes: u64,
    /// Where it is fetched, with the visitor's token.
    pub url: String,
}

/// Where an answer stands.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// The article's title.
    pub title: String,
    /// The heading.
    pub heading: String,
    /// The page of the help centre, at the heading.
    pub url: String,
}

/// A form.
#[derive(Debug, Clone, Serialize)]
pub struct Fields {
    /// Which.
    pub kind: Form,
    /// What it asks for.
    pub fields: [&'static str; 2],
}

/// What may be sent.
#[derive(Debug, Clone, Serialize)]
pub struct Limits {
    /// The longest message, in characters.
    pub text: usize,
    /// The largest file.
    pub file_bytes: u64,
    /// The kinds of files.
    pub file_types: &'static [&'static str],
}
