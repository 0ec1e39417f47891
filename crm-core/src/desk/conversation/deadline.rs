//! What happens when nobody does anything: customers who wait too long are told so, and a bot's turn that was lost
//! with a node is found again.

use super::handoff::{Routed, Words};
use super::message;
use super::state::State;
use super::{story, wait};
use crate::access::Verb;
use crate::crm::Crm;
use crate::db::{Scope, Sql};
use crate::error::Result;
use crate::event::timer::{self, Timer};
use crate::record::Writing;
use crate::{Surface, TenantId};
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};
use std::time::Duration;
use uuid::Uuid;

/// The timer of a customer who waits for a person.
const KIND: &str = "conversation.unanswered";

/// A conversation that has waited too long for a person.
#[derive(Debug, Clone)]
pub struct Overdue {
    /// Whose.
    pub tenant: TenantId,
    /// Which.
    pub conversation: Uuid,
    /// The language it is in.
    pub language: Option<String>,
}

/// Sets the deadline of the conversation, or moves it.
pub(super) async fn set(writing: &mut Writing<'_>, conversation: Uuid, seconds: i64) -> Result<()> {
    let due_at = writing.now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX);
    let (tenant, payload) = (writing.actor.tenant(), Json::Null);
    timer::set(writing.tx, &Timer { tenant, id: conversation, kind: KIND.into(), due_at, payload }).await
}

pub(super) async fn clear(writing: &mut Writing<'_>, conversation: Uuid) -> Result<()> {
    let sql = Sql::fixed(
        "delete from timer where tenant_id = ? and id = ?",
        [writing.actor.tenant().into(), conversation.into()],
    );
    writing.tx.execute(sql).await.map(drop)
}

impl Crm {
    /// Conversations that have waited too long for a person. Each is given to one caller, who tells the customer by
    /// [`Crm::nobody_answered`]; who does not is asked again after a minute.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn overdue_conversations(&self, limit: usize) -> Result<Vec<Overdue>> {
        let mut overdue = Vec::new();
        for timer in self.claim_timers(limit, Duration::from_secs(60)).await? {
            if timer.kind != KIND {
                continue;
            }
            let sql = Sql::fixed(
                "select language from conversation where tenant_id = ? and id = ?",
                [timer.tenant.into(), timer.id.into()],
            );
            let language = self.db().row(timer.tenant, sql).await?.map(|row| row.text(0)).transpose()?.flatten();
            overdue.push(Overdue { tenant: timer.tenant, conversation: timer.id, language });
        }
        Ok(overdue)
    }

    /// Tells the customer that the answer comes later, if the conversation still waits.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn nobody_answered(&self, overdue: &Overdue, words: Words) -> Result<()> {
        let product = self.product(overdue.tenant, "bot", Surface::WebChat).await?;
        let (now, id, tenant) = (self.now(), overdue.conversation, overdue.tenant);
        self.db()
            .transact(tenant, move |tx| {
                let (product, words) = (product.clone(), words.clone());
                async move {
                    let mut writing = Writing::new(tx, &product, now);
                    clear(&mut writing, id).await?;
                    let (mut conversation, record) = story::lock(&mut writing, id).await?;
                    if conversation.state == State::Queued {
                        let team = wait::team(&mut writing, conversation.team).await?;
                        let wait = wait::expect(&mut writing, &team).await?;
                        let ticket = ticket_number(&mut writing, conversation.ticket).await?;
                        let routed = Routed { ticket, wait, knows_customer: conversation.contact.is_some() };
                        message::append(&mut writing, &mut conversation, &words(&routed)).await?;
                        let values = json!({"state": "offline", "last_sequence": conversation.last_sequence, "last_message_at": now});
                        story::change(&mut writing, record, values).await?;
                    }
                    writing.finish().await
                }
                .boxed()
            })
            .await?;
        self.hint(tenant);
        Ok(())
    }

    /// Conversations in which it has been the bot's turn for longer than `span`: its node was lost.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn conversations_awaiting_bot(&self, span: Duration, limit: usize) -> Result<Vec<(TenantId, Uuid)>> {
        let span = SignedDuration::try_from(span).unwrap_or(SignedDuration::MAX);
        let before = self.now().checked_sub(span).unwrap_or(Timestamp::MIN);
        let mut sql = Sql::fixed(
            "select tenant_id, id from conversation where bot_due_at is not null and bot_due_at <= ? and deleted_at is null \
             order by bot_due_at limit ",
            [before.into()],
        );
        sql.text(&limit.to_string());
        self.db().rows(Scope::System, sql).await?.iter().map(|row| Ok((TenantId(row.id(0)?), row.id(1)?))).collect()
    }
}

async fn ticket_number(writing: &mut Writing<'_>, ticket: Option<Uuid>) -> Result<String> {
    let Some(ticket) = ticket else { return Ok(String::new()) };
    let object = writing.object("ticket")?;
    let found = writing.find(&object, ticket, Verb::Read).await?;
    Ok(story::number_of(&found.record).unwrap_or_default())
}
