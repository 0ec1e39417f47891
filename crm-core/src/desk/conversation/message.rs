//! Messages: appending one to a held conversation, reading them.

use super::story::Conversation;
use crate::TenantId;
use crate::crm::Crm;
use crate::db::Sql;
use crate::error::{Error, Result};
use crate::record::Writing;
use jiff::Timestamp;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The customer.
    Customer,
    /// The bot.
    Bot,
    /// A person of the company.
    Agent,
    /// The product itself: what happened, not what somebody said.
    System,
}

impl Author {
    fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Bot => "bot",
            Self::Agent => "agent",
            Self::System => "system",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "customer" => Self::Customer,
            "bot" => Self::Bot,
            "agent" => Self::Agent,
            _ => Self::System,
        }
    }
}

/// A message as it stands in its conversation.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its id.
    pub id: Uuid,
    /// Counts the conversation's messages.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub author: Author,
    /// The agent, by name.
    pub name: Option<String>,
    /// The agent's picture.
    pub picture: Option<String>,
    /// The text, plain.
    pub text: String,
    /// What is more than text, as whoever wrote it laid it down.
    pub content: Json,
    /// The sender's own id of it.
    pub client_id: Option<String>,
    /// Whether only staff may read it.
    pub internal: bool,
}

impl Message {
    /// A customer's message that was just appended.
    pub(super) fn new(id: Uuid, conversation: &Conversation, at: Timestamp, message: &NewMessage) -> Self {
        Self {
            id,
            sequence: conversation.last_sequence,
            at,
            author: message.author,
            name: None,
            picture: None,
            text: message.text.clone(),
            content: message.content.clone(),
            client_id: message.client_id.clone(),
            internal: message.internal,
        }
    }
}

/// A message to be appended.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Who.
    pub author: Author,
    /// The text, plain.
    pub text: String,
    /// What is more than text; null if nothing is.
    pub content: Json,
    /// The sender's own id of it.
    pub client_id: Option<String>,
    /// Whether only staff may read it.
    pub internal: bool,
    /// Files, stored before.
    pub attachments: Vec<Uuid>,
}

impl NewMessage {
    /// A message with no more than text.
    pub fn text(author: Author, text: impl Into<String>) -> Self {
        let (text, content) = (text.into(), Json::Null);
        Self { author, text, content, client_id: None, internal: false, attachments: Vec::new() }
    }
}

/// The longest message, in characters.
pub(super) const LONGEST: usize = 4_000;
/// How much of a message its record is called.
const NAME: usize = 80;

/// Appends a message to the held conversation and answers its id. The caller stores `last_sequence`.
pub(super) async fn append(
    writing: &mut Writing<'_>,
    conversation: &mut Conversation,
    message: &NewMessage,
) -> Result<Uuid> {
    conversation.last_sequence += 1;
    let direction = match (message.internal, message.author) {
        (true, _) => "internal",
        (false, Author::Customer) => "inbound",
        (false, _) => "outbound",
    };
    let from_customer = message.author == Author::Customer;
    let body = if message.text.is_empty() { super::FILES } else { &message.text };
    let values = json!({
        "name": super::line(body, NAME), "conversation_id": conversation.id,
        "sequence": conversation.last_sequence, "ticket_id": conversation.ticket, "direction": direction,
        "author": message.author.word(), "contact_id": conversation.contact.filter(|_| from_customer),
        "user_id": writing.actor.who().user().filter(|_| message.author == Author::Agent), "body": body,
        "content": message.content, "client_id": message.client_id, "attachment_ids": message.attachments,
    });
    let object = writing.object("message")?;
    writing.vouch(writing.actor.who().user());
    Ok(writing.create_unchecked(&object, &super::map(values), true).await?.id)
}

/// The number of the message that the sender has sent before under this id of theirs.
pub(super) async fn sent_before(writing: &mut Writing<'_>, conversation: Uuid, client_id: &str) -> Result<Option<i64>> {
    let sql = Sql::fixed(
        "select sequence from message where tenant_id = ? and conversation_id = ? and client_id = ?",
        [writing.actor.tenant().into(), conversation.into(), client_id.into()],
    );
    writing.tx.row(sql).await?.map(|row| row.real(0)).transpose().map(|n| n.flatten().map(|n| n as i64))
}

/// Refuses a text that is empty or too long.
pub(super) fn check(text: &str, attachments: &[Uuid]) -> Result<()> {
    const MOST_FILES: usize = 10;
    if text.trim().is_empty() && attachments.is_empty() {
        return Err(Error::field("text", "required", "The message is empty."));
    }
    let length = text.chars().count();
    if length > LONGEST {
        let message = format!("The message has {length} characters; {LONGEST} are allowed. Send it in parts.");
        return Err(Error::field("text", "too_long", message));
    }
    if attachments.len() > MOST_FILES {
        return Err(Error::field("attachments", "too_long", format!("At most {MOST_FILES} files go with a message.")));
    }
    Ok(())
}

pub(super) async fn fetch(
    crm: &Crm,
    tenant: TenantId,
    conversation: Uuid,
    after: i64,
    limit: usize,
    internal: bool,
) -> Result<Vec<Message>> {
    let mut sql = Sql::fixed(
        "select m.id, m.sequence, m.created_at, m.author, u.name, u.picture, m.body, m.content, m.client_id, m.direction \
         from message m left join users u on u.tenant_id = m.tenant_id and u.id = m.user_id \
         where m.tenant_id = ? and m.conversation_id = ? and m.sequence > ? and m.deleted_at is null",
        [tenant.into(), conversation.into(), (after as f64).into()],
    );
    if !internal {
        sql.text(" and m.direction <> 'internal'");
    }
    sql.text(&format!(" order by m.sequence limit {}", limit.clamp(1, 500)));
    let rows = crm.db().rows(tenant, sql).await?;
    rows.iter()
        .map(|row| {
            let author = Author::of(&row.text(3)?.unwrap_or_default());
            let agent = author == Author::Agent;
            Ok(Message {
                id: row.id(0)?,
                sequence: row.real(1)?.unwrap_or_default() as i64,
                at: row.instant(2)?.unwrap_or_default(),
                author,
                name: row.text(4)?.filter(|_| agent),
                picture: row.text(5)?.filter(|_| agent),
                text: row.string(6)?,
                content: row.json(7)?.unwrap_or_default(),
                client_id: row.text(8)?,
                internal: row.string(9)? == "internal",
            })
        })
        .collect()
}
