//! A conversation as its participants need it.

use super::message::{self, Message};
use super::state::{Reason, State};
use crate::access::Verb;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::{Row, Sql};
use crate::desk::Visitor;
use crate::error::{Error, Result};
use crate::record::{Record, Writing};
use crate::value::Value;
use crate::{Surface, TenantId};
use serde_json::Value as Json;
use uuid::Uuid;

/// A conversation as it stands.
#[derive(Debug, Clone)]
pub struct Conversation {
    /// Its id.
    pub id: Uuid,
    /// How often it was written: what a bot's answer must have seen.
    pub version: i64,
    /// Who answers.
    pub state: State,
    /// Why a person was called.
    pub reason: Option<Reason>,
    /// Through what: `web_chat`.
    pub channel: String,
    /// The language it is in.
    pub language: Option<String>,
    /// The agent who has it.
    pub owner: Option<Uuid>,
    /// The team that it waits for.
    pub team: Option<Uuid>,
    /// The customer, where proven.
    pub contact: Option<Uuid>,
    /// The visitor.
    pub visitor: Option<Uuid>,
    /// The ticket that was made of it.
    pub ticket: Option<Uuid>,
    /// The number of its last message.
    pub last_sequence: i64,
    /// How many answers in a row did not help.
    pub misses: i64,
    /// The last message that an agent has read.
    pub agent_read: i64,
    /// How the customer rated it.
    pub rating: Option<i64>,
}

const COLUMNS: &str = "id, version, state, reason, channel, language, owner_id, team_id, contact_id, visitor_id, ticket_id, \
                       last_sequence, misses, agent_read, rating";

impl Conversation {
    pub(super) fn of(record: &Record) -> Self {
        let text = |field: &str| record.get(field).as_text().map(str::to_owned);
        let id = |field: &str| record.get(field).as_id();
        let number = |field: &str| record.get(field).as_number().map(|n| n as i64);
        Self {
            id: record.id,
            version: record.version,
            state: text("state").as_deref().and_then(State::of).unwrap_or(State::Bot),
            reason: text("reason").as_deref().and_then(Reason::of),
            channel: text("channel").unwrap_or_default(),
            language: text("language"),
            owner: id("owner_id"),
            team: id("team_id"),
            contact: id("contact_id"),
            visitor: id("visitor_id"),
            ticket: id("ticket_id"),
            last_sequence: number("last_sequence").unwrap_or(0),
            misses: number("misses").unwrap_or(0),
            agent_read: number("agent_read").unwrap_or(0),
            rating: number("rating"),
        }
    }

    /// From the columns that [`COLUMNS`] names.
    fn read(row: &Row) -> Result<Self> {
        let number = |column| Ok::<_, Error>(row.real(column)?.map(|n| n as i64));
        Ok(Self {
            id: row.id(0)?,
            version: row.int(1)?,
            state: row.text(2)?.as_deref().and_then(State::of).unwrap_or(State::Bot),
            reason: row.text(3)?.as_deref().and_then(Reason::of),
            channel: row.string(4)?,
            language: row.text(5)?,
            owner: row.uuid(6)?,
            team: row.uuid(7)?,
            contact: row.uuid(8)?,
            visitor: row.uuid(9)?,
            ticket: row.uuid(10)?,
            last_sequence: number(11)?.unwrap_or(0),
            misses: number(12)?.unwrap_or(0),
            agent_read: number(13)?.unwrap_or(0),
            rating: number(14)?,
        })
    }

    /// A conversation in the web chat that begins with what the visitor says.
    pub(super) fn begun(id: Uuid, visitor: &Visitor, team: Option<Uuid>) -> Self {
        Self {
            id,
            version: 1,
            state: State::Bot,
            reason: None,
            channel: "web_chat".into(),
            language: Some(visitor.language.clone()),
            owner: None,
            team,
            contact: visitor.contact,
            visitor: Some(visitor.id),
            ticket: None,
            last_sequence: 0,
            misses: 0,
            agent_read: 0,
            rating: None,
        }
    }

    /// Whom and what it refers to: they are there, as far as it is.
    fn refers_to(&self) -> impl Iterator<Item = Uuid> {
        [Some(self.id), self.contact, self.visitor, self.ticket, self.team, self.owner].into_iter().flatten()
    }

    /// Whether the visitor takes part in it.
    pub(super) fn is_of(&self, visitor: &Visitor) -> bool {
        self.visitor == Some(visitor.id)
    }
}

impl Crm {
    /// The conversation, for the product itself.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn conversation(&self, tenant: TenantId, id: Uuid) -> Result<Conversation> {
        let found = self.stands(tenant, Sql::fixed(" and id = ?", [id.into()])).await?;
        found.ok_or_else(|| Error::not_found(format!("The conversation {id}")))
    }

    /// The visitor's last conversation, if they had one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn conversation_of(&self, visitor: &Visitor) -> Result<Option<Conversation>> {
        let last = Sql::fixed(" and visitor_id = ? order by id desc limit 1", [visitor.id.into()]);
        self.stands(visitor.tenant, last).await
    }

    async fn stands(&self, tenant: TenantId, which: Sql) -> Result<Option<Conversation>> {
        let mut sql = Sql::new(format!("select {COLUMNS} from conversation where tenant_id = "));
        sql.bind(tenant).text(" and deleted_at is null").append(which);
        self.db().row(tenant, sql).await?.as_ref().map(Conversation::read).transpose()
    }

    /// The messages after number `after`, oldest first: all of them for staff who may read the conversation, those
    /// that are the customer's to read for the customer.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the conversation does not exist for the actor.
    pub async fn messages(&self, actor: &Actor, id: Uuid, after: i64, limit: usize) -> Result<Vec<Message>> {
        self.get(actor, "conversation", id).await?;
        message::fetch(self, actor.tenant(), id, after, limit, true).await
    }

    /// The messages of the visitor's conversation, without what staff say among themselves.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not the visitor's.
    pub async fn messages_for(
        &self,
        visitor: &Visitor,
        conversation: &Conversation,
        after: i64,
        limit: usize,
    ) -> Result<Vec<Message>> {
        if !conversation.is_of(visitor) {
            return Err(Error::not_found("The conversation"));
        }
        message::fetch(self, visitor.tenant, conversation.id, after, limit, false).await
    }

    /// The last messages of a conversation, oldest first, for the bot.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn last_messages(
        &self,
        tenant: TenantId,
        conversation: &Conversation,
        most: i64,
    ) -> Result<Vec<Message>> {
        let after = (conversation.last_sequence - most).max(0);
        message::fetch(self, tenant, conversation.id, after, usize::try_from(most).unwrap_or(1), false).await
    }

    /// The number by which people call a ticket: `T-1042`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ticket_number(&self, tenant: TenantId, ticket: Uuid) -> Result<Option<String>> {
        let product = self.product(tenant, "bot", Surface::System).await?;
        match self.get(&product, "ticket", ticket).await {
            Ok(record) => Ok(number_of(&record)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// A ticket's number as people say it.
pub(in crate::desk) fn number_of(ticket: &Record) -> Option<String> {
    let field = ticket.object.field("number")?;
    match field.show(ticket.get("number")) {
        Json::String(number) => Some(number),
        _ => None,
    }
}

/// The conversation with its row held until the end of the transaction; deleted ones are not found.
pub(super) async fn lock(writing: &mut Writing<'_>, id: Uuid) -> Result<(Conversation, Record)> {
    let object = writing.object("conversation")?;
    let found = writing.find(&object, id, Verb::Update).await?;
    if found.deleted { Err(Error::not_found("The conversation")) } else { Ok(entered(writing, found.record)) }
}

/// The conversation, not held: what is written of it is refused if anything has happened in it since.
pub(super) async fn see(writing: &mut Writing<'_>, id: Uuid) -> Result<(Conversation, Record)> {
    let which = Sql::fixed(" and r.id = ? and r.deleted_at is null", [id.into()]);
    first(writing, which).await?.ok_or_else(|| Error::not_found("The conversation"))
}

/// The visitor's last conversation, not held.
pub(super) async fn see_last(writing: &mut Writing<'_>, visitor: Uuid) -> Result<Option<(Conversation, Record)>> {
    first(writing, last_of(visitor)).await
}

/// The visitor's last conversation, held.
pub(super) async fn lock_last(writing: &mut Writing<'_>, visitor: Uuid) -> Result<Option<(Conversation, Record)>> {
    let mut last = last_of(visitor);
    last.text(writing.tx.engine().for_update());
    first(writing, last).await
}

fn last_of(visitor: Uuid) -> Sql {
    let last = " and r.visitor_id = ? and r.deleted_at is null order by r.id desc limit 1";
    Sql::fixed(last, [visitor.into()])
}

async fn first(writing: &mut Writing<'_>, which: Sql) -> Result<Option<(Conversation, Record)>> {
    let object = writing.object("conversation")?;
    let found = writing.see(&object, Verb::Update, which).await?;
    Ok(found.map(|found| entered(writing, found.record)))
}

fn entered(writing: &mut Writing<'_>, record: Record) -> (Conversation, Record) {
    let conversation = Conversation::of(&record);
    enter(writing, &conversation);
    (conversation, record)
}

/// What the transaction does belongs to the conversation; whom that refers to is there.
pub(super) fn enter(writing: &mut Writing<'_>, conversation: &Conversation) {
    writing.together.conversation = Some(conversation.id);
    writing.vouch(conversation.refers_to());
}

/// The visitor has proven who they are: the conversation that they are in is that contact's, and its ticket.
pub(in crate::desk) async fn now_known(writing: &mut Writing<'_>, visitor: Uuid, contact: Uuid) -> Result<()> {
    match lock_last(writing, visitor).await? {
        Some((conversation, record)) if conversation.contact.is_none() => {
            ticket_of(writing, &conversation, contact).await?;
            change(writing, record, serde_json::json!({"contact_id": contact})).await.map(drop)
        }
        _ => Ok(()),
    }
}

/// The ticket that was made before the customer was known is theirs.
pub(super) async fn ticket_of(writing: &mut Writing<'_>, conversation: &Conversation, contact: Uuid) -> Result<()> {
    let Some(ticket) = conversation.ticket else { return Ok(()) };
    let object = writing.object("ticket")?;
    let found = writing.find(&object, ticket, Verb::Update).await?;
    if found.deleted || !found.record.get("contact_id").is_null() {
        return Ok(());
    }
    writing.update_unchecked(found, &super::map(serde_json::json!({"contact_id": contact})), true).await.map(drop)
}

/// Changes the conversation's own fields, those included that people cannot write.
pub(super) async fn change(writing: &mut Writing<'_>, record: Record, values: Json) -> Result<i64> {
    let found = crate::record::Found { record, deleted: false };
    Ok(writing.update_unchecked(found, &super::map(values), true).await?.version)
}

/// The text of a record's field, for its reader.
pub(super) fn text_of<'a>(record: &'a Record, field: &str) -> &'a str {
    match record.get(field) {
        Value::Text(text) => text,
        _ => "",
    }
}
