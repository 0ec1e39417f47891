//! What a customer says.

use super::message::{self, Author, NewMessage};
use super::state::State;
use super::story::{self, Conversation};
use crate::crm::Crm;
use crate::db::Sql;
use crate::desk::{Visitor, code};
use crate::error::{Error, FieldError, Result};
use crate::record::Writing;
use futures_util::FutureExt;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// A message of a customer, as it came in.
#[derive(Debug, Clone)]
pub struct Inbound {
    /// The sender's own id of it: heard twice, it is stored once.
    pub client_id: String,
    /// The text, plain.
    pub text: String,
    /// Files that the same visitor has sent before.
    pub attachments: Vec<Uuid>,
    /// The quick reply that it is: the number of the message that offered it, and its value.
    pub choice: Option<(i64, String)>,
}

/// What was done with a message of a customer.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The conversation with the message.
    pub conversation: Conversation,
    /// The message's number.
    pub sequence: i64,
    /// Whether it had been heard before.
    pub repeated: bool,
    /// Who said it, as they are known from now on.
    pub visitor: Visitor,
}

/// How much of the first message the conversation is about.
const SUBJECT: usize = 120;

impl Crm {
    /// Stores what a visitor says, in their conversation or a new one, and answers when it is durable.
    ///
    /// # Errors
    /// A field error when it is empty, too long, or names files that are not the visitor's.
    pub async fn hear(&self, visitor: &Visitor, inbound: Inbound) -> Result<Heard> {
        message::check(&inbound.text, &inbound.attachments)?;
        let actor = self.visitor_actor(visitor).await?.with_every_right();
        let (now, visitor) = (self.now(), visitor.clone());
        let tenant = visitor.tenant;
        let heard = self.db().transact(tenant, move |tx| {
            let (actor, visitor, inbound) = (actor.clone(), visitor.clone(), inbound.clone());
            async move {
                let mut writing = Writing::new(tx, &actor, now);
                let heard = store(&mut writing, visitor, &inbound).await?;
                writing.finish().await?;
                Ok(heard)
            }
            .boxed()
        });
        let heard = heard.await?;
        if !heard.repeated {
            self.hint(tenant);
        }
        Ok(heard)
    }
}

async fn store(writing: &mut Writing<'_>, mut visitor: Visitor, inbound: &Inbound) -> Result<Heard> {
    visitor.lock(writing).await?;
    let (mut conversation, record) = match story::lock_last(writing, visitor.id).await? {
        Some(found) => found,
        None => open(writing, &visitor, inbound).await?,
    };
    if let Some(sequence) = message::sent_before(writing, conversation.id, &inbound.client_id).await? {
        return Ok(Heard { conversation, sequence, repeated: true, visitor });
    }
    let files = files_of(writing, &visitor, &inbound.attachments).await?;
    let (mut text, mut became) = (inbound.text.trim().to_owned(), None);
    let mut content = json!({});
    if !files.is_empty() {
        content["attachments"] = Json::Array(files);
    }
    if let Some((message, value)) = &inbound.choice {
        content["choice"] = json!({"message": message, "value": value});
    }
    if let Some((hidden, shown)) = code::look(writing, &mut visitor, &text).await? {
        content["code"] = json!(shown);
        text = hidden;
        became = visitor.contact.filter(|_| conversation.contact.is_none());
    }
    let message = NewMessage {
        content: if content == json!({}) { Json::Null } else { content },
        client_id: Some(inbound.client_id.clone()),
        attachments: inbound.attachments.clone(),
        ..NewMessage::text(Author::Customer, text)
    };
    if let Some(contact) = became {
        conversation.contact = Some(contact);
        story::ticket_of(writing, &conversation, contact).await?;
    }
    message::append(writing, &mut conversation, &message).await?;
    let mut values = json!({
        "last_sequence": conversation.last_sequence, "last_message_at": writing.now, "page": visitor.page,
        "contact_id": conversation.contact,
    });
    if conversation.state == State::Resolved {
        // Who comes back talks to the bot first, which knows what was said.
        (conversation.state, conversation.owner, conversation.misses) = (State::Bot, None, 0);
        for (field, value) in
            [("state", json!("bot")), ("owner_id", Json::Null), ("misses", json!(0)), ("resolved_at", Json::Null)]
        {
            values[field] = value;
        }
    }
    if conversation.state == State::Bot && record.get("bot_due_at").is_null() {
        values["bot_due_at"] = json!(writing.now);
    }
    conversation.version = story::change(writing, record, values).await?;
    let sequence = conversation.last_sequence;
    Ok(Heard { conversation, sequence, repeated: false, visitor })
}

async fn open(
    writing: &mut Writing<'_>,
    visitor: &Visitor,
    inbound: &Inbound,
) -> Result<(Conversation, crate::record::Record)> {
    let sql = Sql::fixed(
        "select v.name, w.team_id from visitor v left join chat_widget w on w.tenant_id = v.tenant_id and w.id = v.chat_widget_id \
         where v.tenant_id = ? and v.id = ?",
        [visitor.tenant.into(), visitor.id.into()],
    );
    let row = writing.tx.row(sql).await?.ok_or_else(|| Error::not_found("The visitor"))?;
    let name = visitor.name.clone().unwrap_or(row.string(0)?);
    let values = json!({
        "name": name, "subject": super::line(&inbound.text, SUBJECT), "channel": "web_chat", "state": "bot", "team_id": row.uuid(1)?,
        "visitor_id": visitor.id, "contact_id": visitor.contact, "language": visitor.language, "page": visitor.page,
    });
    let object = writing.object("conversation")?;
    let made = writing.create_unchecked(&object, &super::map(values), true).await?;
    story::lock(writing, made.id).await
}

/// What is shown of the files; the visitor must have sent them.
async fn files_of(writing: &mut Writing<'_>, visitor: &Visitor, ids: &[Uuid]) -> Result<Vec<Json>> {
    let mut files = Vec::new();
    for id in ids {
        let sql = Sql::fixed(
            "select name, media_type, bytes from attachment where tenant_id = ? and id = ? and related_id = ? and deleted_at is null",
            [visitor.tenant.into(), (*id).into(), visitor.id.into()],
        );
        let Some(row) = writing.tx.row(sql).await? else {
            let error = FieldError::new("attachments", "not_found", "There is no such file. Send it again.");
            return Err(error.value(&json!(id)).into());
        };
        let bytes = row.real(2)?.unwrap_or_default();
        files.push(json!({"id": id, "name": row.string(0)?, "media_type": row.text(1)?, "bytes": bytes}));
    }
    Ok(files)
}
