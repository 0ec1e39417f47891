//! What a customer says.

use super::message::{self, Author, Message, NewMessage};
use super::state::State;
use super::story::{self, Conversation};
use crate::crm::Crm;
use crate::db::Sql;
use crate::desk::visitor::Held;
use crate::desk::{Visitor, code};
use crate::error::{Error, FieldError, Result};
use crate::record::{Record, Writing, new_id};
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
    /// The message; none if it had been heard before.
    pub message: Option<Message>,
    /// Who said it, as they are known from now on.
    pub visitor: Visitor,
}

/// How much of the first message the conversation is about.
const SUBJECT: usize = 120;

impl Crm {
    /// Stores what a visitor says, in their conversation or a new one, and answers when it is durable.
    ///
    /// # Errors
    /// A field error when it is empty, too long, or names files that are not the visitor's; [`Error::Conflict`] when the
    /// newcomer's token is somebody's by now.
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
        if heard.message.is_some() {
            self.hint(tenant);
        }
        Ok(heard)
    }
}

/// Nothing is held unless it must be: of two who write at the same moment, one finds that out when it changes the
/// conversation, and reads again.
async fn store(writing: &mut Writing<'_>, visitor: Visitor, inbound: &Inbound) -> Result<Heard> {
    // A try of a code counts once.
    if !code::may_be_in(inbound.text.trim())
        && let Some((conversation, record)) = story::see_last(writing, visitor.id).await?
    {
        match add(writing, visitor.clone(), conversation, record, inbound).await {
            Err(Error::Stale { .. }) => {}
            heard => return heard,
        }
    }
    let last = match visitor.lock(writing).await? {
        Held::Newcomer => None,
        Held::Known => story::lock_last(writing, visitor.id).await?,
    };
    match last {
        Some((conversation, record)) => add(writing, visitor, conversation, record, inbound).await,
        None => begin(writing, visitor, inbound).await,
    }
}

/// Adds a message to a conversation. The change of the conversation comes first: if it is stale, nothing was done.
async fn add(
    writing: &mut Writing<'_>,
    mut visitor: Visitor,
    mut conversation: Conversation,
    record: Record,
    inbound: &Inbound,
) -> Result<Heard> {
    if let Some(sequence) = message::sent_before(writing, conversation.id, &inbound.client_id).await? {
        return Ok(Heard { conversation, sequence, message: None, visitor: visitor.settled() });
    }
    let message = words(writing, &mut visitor, inbound).await?;
    let became = visitor.contact.filter(|_| conversation.contact.is_none() && message.content.get("code").is_some());
    if let Some(contact) = became {
        conversation.contact = Some(contact);
        story::ticket_of(writing, &conversation, contact).await?;
    }
    let mut values = json!({
        "last_sequence": conversation.last_sequence + 1, "last_message_at": writing.now, "page": visitor.page,
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
    said(writing, visitor, conversation, &message).await
}

/// Begins a conversation with its first message.
async fn begin(writing: &mut Writing<'_>, mut visitor: Visitor, inbound: &Inbound) -> Result<Heard> {
    let message = words(writing, &mut visitor, inbound).await?;
    let sql = Sql::fixed(
        "select team_id from chat_widget where tenant_id = ? and id = ?",
        [visitor.tenant.into(), visitor.widget.into()],
    );
    let team = writing.tx.row(sql).await?.map(|row| row.uuid(0)).transpose()?.flatten();
    let conversation = Conversation::begun(new_id(writing.now), &visitor, team);
    story::enter(writing, &conversation);
    let values = json!({
        "name": visitor.called(), "subject": super::line(&inbound.text, SUBJECT), "channel": conversation.channel,
        "state": conversation.state.word(), "team_id": team, "visitor_id": visitor.id, "contact_id": visitor.contact,
        "language": visitor.language, "page": visitor.page, "last_sequence": 1, "last_message_at": writing.now,
        "bot_due_at": writing.now,
    });
    let object = writing.object("conversation")?;
    writing.create_as(&object, conversation.id, &super::map(values), true).await?;
    said(writing, visitor, conversation, &message).await
}

/// Stores the message in its conversation, which was written.
async fn said(
    writing: &mut Writing<'_>,
    visitor: Visitor,
    mut conversation: Conversation,
    message: &NewMessage,
) -> Result<Heard> {
    let id = message::append(writing, &mut conversation, message).await?;
    let (sequence, message) = (conversation.last_sequence, Message::new(id, &conversation, writing.now, message));
    Ok(Heard { conversation, sequence, message: Some(message), visitor: visitor.settled() })
}

/// The message as it is stored. A right code in it makes the visitor a contact.
async fn words(writing: &mut Writing<'_>, visitor: &mut Visitor, inbound: &Inbound) -> Result<NewMessage> {
    let files = files_of(writing, visitor, &inbound.attachments).await?;
    writing.vouch(inbound.attachments.iter().copied());
    let mut text = inbound.text.trim().to_owned();
    let mut content = json!({});
    if !files.is_empty() {
        content["attachments"] = Json::Array(files);
    }
    if let Some((message, value)) = &inbound.choice {
        content["choice"] = json!({"message": message, "value": value});
    }
    if let Some((hidden, shown)) = code::look(writing, visitor, &text).await? {
        content["code"] = json!(shown);
        text = hidden;
    }
    Ok(NewMessage {
        content: if content == json!({}) { Json::Null } else { content },
        client_id: Some(inbound.client_id.clone()),
        attachments: inbound.attachments.clone(),
        ..NewMessage::text(Author::Customer, text)
    })
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
