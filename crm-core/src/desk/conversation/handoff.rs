//! Handing a conversation to people: ticket, packet, queue, deadline and words, in one transaction.

use super::message::{self, NewMessage};
use super::state::{Reason, State};
use super::story::{self, Conversation};
use super::wait::{self, Wait};
use super::{deadline, map};
use crate::access::Verb;
use crate::db::Sql;
use crate::error::Result;
use crate::record::{Record, Writing};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

/// What the customer is told when it is known where the conversation goes.
pub type Words = Arc<dyn Fn(&Routed) -> NewMessage + Send + Sync>;

/// Where a conversation went.
#[derive(Debug, Clone)]
pub struct Routed {
    /// The ticket's number: `T-1042`.
    pub ticket: String,
    /// What wait to expect.
    pub wait: Wait,
    /// Whether the company knows the customer's name and address.
    pub knows_customer: bool,
}

/// Hands the held conversation over. `values` are further changes of it.
pub(super) async fn hand_over(
    writing: &mut Writing<'_>,
    conversation: &mut Conversation,
    record: Record,
    mut values: Json,
    reason: Reason,
    packet: Json,
    words: &Words,
) -> Result<()> {
    let team = wait::team(writing, conversation.team).await?;
    let wait = wait::expect(writing, &team).await?;
    conversation.state = if matches!(wait, Wait::Closed { .. }) { State::Offline } else { State::Queued };
    conversation.reason = Some(reason);
    let (ticket, number) = ticket_for(writing, conversation, &record, &packet).await?;
    conversation.ticket = Some(ticket);
    let knows_customer = knows_customer(writing, conversation).await?;
    message::append(writing, conversation, &words(&Routed { ticket: number, wait, knows_customer })).await?;
    for (field, value) in [
        ("state", json!(conversation.state.word())),
        ("reason", json!(reason.word())),
        ("ticket_id", json!(ticket)),
        ("packet", packet),
        ("owner_id", Json::Null),
        ("queued_at", json!(writing.now)),
        ("taken_at", Json::Null),
        ("last_sequence", json!(conversation.last_sequence)),
        ("bot_due_at", Json::Null),
    ] {
        values[field] = value;
    }
    conversation.version = story::change(writing, record, values).await?;
    match conversation.state {
        State::Queued => deadline::set(writing, conversation.id, team.answer_within).await,
        _ => Ok(()),
    }
}

/// The conversation's ticket: the one that it has, opened again, or a new one.
pub(super) async fn ticket_for(
    writing: &mut Writing<'_>,
    conversation: &Conversation,
    record: &Record,
    packet: &Json,
) -> Result<(Uuid, String)> {
    let object = writing.object("ticket")?;
    let urgent = conversation.reason == Some(Reason::Upset) || packet["urgent"] == json!(true);
    if let Some(id) = conversation.ticket {
        let found = writing.find(&object, id, Verb::Update).await?;
        if !found.deleted && story::text_of(&found.record, "status") != "closed" {
            let number = story::number_of(&found.record).unwrap_or_default();
            writing.update_unchecked(found, &map(json!({"status": "open"})), true).await?;
            return Ok((id, number));
        }
    }
    let description = transcript(writing, conversation.id).await?;
    let subject = packet["question"].as_str().filter(|text| !text.trim().is_empty()).map_or_else(
        || story::text_of(record, "subject").to_owned(),
        |question| question.lines().next().unwrap_or_default().chars().take(120).collect(),
    );
    let values = json!({
        "subject": if subject.is_empty() { record.name() } else { &subject }, "description": description, "status": "new",
        "priority": if urgent { "high" } else { "normal" },
        "type": if conversation.reason == Some(Reason::Upset) { "complaint" } else { "question" },
        "origin": if conversation.channel == "web_chat" { "web_chat" } else { "other" },
        "contact_id": conversation.contact, "account_id": account_of(writing, conversation.contact).await?,
        "team_id": conversation.team, "owner_id": conversation.owner,
    });
    let made = writing.create_unchecked(&object, &map(values), true).await?;
    let found = writing.find(&object, made.id, Verb::Read).await?;
    Ok((made.id, story::number_of(&found.record).unwrap_or_default()))
}

/// What was said so far, for who reads the ticket alone.
async fn transcript(writing: &mut Writing<'_>, conversation: Uuid) -> Result<String> {
    const LINES: i64 = 100;
    let mut sql = Sql::fixed(
        "select author, body from message where tenant_id = ? and conversation_id = ? and direction <> 'internal' \
         order by sequence desc limit ",
        [writing.actor.tenant().into(), conversation.into()],
    );
    sql.text(&LINES.to_string());
    let mut lines = Vec::new();
    for row in writing.tx.rows(sql).await? {
        let who = match row.string(0)?.as_str() {
            "customer" => "Customer",
            "bot" => "Bot",
            "agent" => "Agent",
            _ => "System",
        };
        lines.push(format!("{who}: {}", row.string(1)?));
    }
    lines.reverse();
    Ok(lines.join("\n"))
}

async fn account_of(writing: &mut Writing<'_>, contact: Option<Uuid>) -> Result<Option<Uuid>> {
    let Some(contact) = contact else { return Ok(None) };
    let sql = Sql::fixed(
        "select account_id from contact where tenant_id = ? and id = ?",
        [writing.actor.tenant().into(), contact.into()],
    );
    writing.tx.row(sql).await?.map_or(Ok(None), |row| row.uuid(0))
}

/// Whether a name and an address are known, proven or given.
async fn knows_customer(writing: &mut Writing<'_>, conversation: &Conversation) -> Result<bool> {
    if conversation.contact.is_some() {
        return Ok(true);
    }
    let sql = Sql::fixed(
        "select given_email from visitor where tenant_id = ? and id = ?",
        [writing.actor.tenant().into(), conversation.visitor.into()],
    );
    Ok(writing.tx.row(sql).await?.map(|row| row.text(0)).transpose()?.flatten().is_some())
}
