//! What agents do with a conversation: the object's actions, for every surface.

use super::handoff::ticket_for;
use super::message::{self, Author, NewMessage};
use super::state::{Reason, State};
use super::story::{self, Conversation};
use super::{deadline, map};
use crate::access::Verb;
use crate::db::Sql;
use crate::error::{Error, FieldError, Result};
use crate::record::{ActionDef, Behaviour, Record, Writing, Written};
use crate::schema::{FieldBuilder, Label, long_text, references, text, user};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

#[derive(Debug)]
pub(crate) struct ConversationRules;

impl Behaviour for ConversationRules {
    fn actions(&self) -> Vec<ActionDef> {
        let action = |name, english: &str, german: &str, input: Vec<FieldBuilder>| {
            let label = Label::from(english).or("de", german);
            ActionDef { name, label, input: input.into_iter().map(|field| field.0).collect() }
        };
        let words = || {
            vec![
                long_text("text", "Text"),
                references("attachment_ids", "Attachments", "attachment"),
                text("client_id", "Your own number of it").description("Sent twice, it is stored once."),
            ]
        };
        let team = crate::schema::reference("team_id", "Team", "team");
        vec![
            action("take", "Take", "Übernehmen", Vec::new()),
            action("reply", "Reply", "Antworten", words()),
            action("note", "Note", "Notiz", words()),
            action("give_back", "Give back to the bot", "An den Bot zurückgeben", Vec::new()),
            action(
                "transfer",
                "Transfer",
                "Weitergeben",
                vec![user("user_id", "Colleague"), team, long_text("text", "Note")],
            ),
            action("solve", "Solve", "Lösen", Vec::new()),
        ]
    }

    fn act<'a>(
        &'a self,
        writing: &'a mut Writing<'_>,
        id: Uuid,
        action: &'a str,
        input: &'a Map<String, Json>,
    ) -> BoxFuture<'a, Result<Written>> {
        async move {
            // Rights are checked once, as the agent; what follows from the action is the product's own.
            let object = writing.object("conversation")?;
            writing.find(&object, id, Verb::Update).await?;
            let agent = writing.actor.with_every_right();
            let mut own = Writing::new(writing.tx, &agent, writing.now);
            let (conversation, record) = story::lock(&mut own, id).await?;
            let desk = Desk { writing: &mut own, conversation, record };
            let version = desk.act(action, input).await?;
            let (events, together) = (std::mem::take(&mut own.events), own.together);
            writing.events.extend(events);
            writing.together = together;
            Ok(Written::new("conversation", id, version))
        }
        .boxed()
    }
}

/// A held conversation before an agent.
struct Desk<'d, 't> {
    writing: &'d mut Writing<'t>,
    conversation: Conversation,
    record: Record,
}

impl Desk<'_, '_> {
    async fn act(mut self, action: &str, input: &Map<String, Json>) -> Result<i64> {
        match action {
            "take" => {
                let values = self.take(true).await?;
                self.store(values).await
            }
            "reply" => self.reply(input).await,
            "note" => self.note(input).await,
            "give_back" => self.give_back().await,
            "transfer" => self.transfer(input).await,
            "solve" => self.solve().await,
            _ => Err(Error::not_found(format!("The action `{action}`"))),
        }
    }

    fn agent(&self) -> Result<Uuid> {
        let nobody = || Error::Forbidden { verb: "answer".into(), what: "customers without being a user".into() };
        self.writing.actor.who().user().ok_or_else(nobody)
    }

    /// Refuses an agent when a colleague has the conversation.
    async fn nobody_elses(&mut self, agent: Uuid) -> Result<()> {
        match self.conversation.owner.filter(|owner| self.conversation.state == State::Human && *owner != agent) {
            None => Ok(()),
            Some(owner) => {
                let sql = Sql::fixed(
                    "select name from users where tenant_id = ? and id = ?",
                    [self.writing.actor.tenant().into(), owner.into()],
                );
                let name = self.writing.tx.row(sql).await?.map_or(Ok(String::new()), |row| row.string(0))?;
                Err(Error::Conflict(format!("{name} has taken this conversation already.")))
            }
        }
    }

    /// What changes when the agent takes the conversation; nothing if they have it.
    async fn take(&mut self, anew: bool) -> Result<Json> {
        let agent = self.agent()?;
        self.nobody_elses(agent).await?;
        let has = self.conversation.state == State::Human && self.conversation.owner == Some(agent);
        if has {
            return Ok(json!({}));
        }
        if self.conversation.state == State::Resolved && anew {
            return Err(Error::Conflict("This conversation is over. Answer, and it is open again.".into()));
        }
        let mut values = json!({"state": "human", "owner_id": agent, "bot_due_at": null, "resolved_at": null});
        if self.record.get("taken_at").is_null() {
            values["taken_at"] = json!(self.writing.now);
        }
        if self.conversation.reason.is_none() {
            values["reason"] = json!(Reason::Taken.word());
            self.conversation.reason = Some(Reason::Taken);
        }
        (self.conversation.state, self.conversation.owner) = (State::Human, Some(agent));
        let (ticket, _) = ticket_for(self.writing, &self.conversation, &self.record, &Json::Null).await?;
        self.conversation.ticket = Some(ticket);
        values["ticket_id"] = json!(ticket);
        self.change_ticket(json!({"owner_id": agent, "status": "open"})).await?;
        deadline::clear(self.writing, self.conversation.id).await?;
        Ok(values)
    }

    async fn reply(mut self, input: &Map<String, Json>) -> Result<i64> {
        let message = words(input, Author::Agent, false)?;
        if self.repeated(&message).await? {
            return Ok(self.conversation.version);
        }
        let mut values = self.take(false).await?;
        self.append(&message, &mut values).await?;
        let mut ticket = json!({"status": "waiting"});
        if self.is_first_response().await? {
            ticket["first_response_at"] = json!(self.writing.now);
        }
        self.change_ticket(ticket).await?;
        self.mail(&message).await?;
        self.store(values).await
    }

    async fn note(mut self, input: &Map<String, Json>) -> Result<i64> {
        let message = words(input, Author::Agent, true)?;
        if self.repeated(&message).await? {
            return Ok(self.conversation.version);
        }
        let mut values = json!({});
        self.append(&message, &mut values).await?;
        self.store(values).await
    }

    async fn give_back(mut self) -> Result<i64> {
        let agent = self.agent()?;
        self.nobody_elses(agent).await?;
        if self.conversation.state == State::Bot {
            return Ok(self.conversation.version);
        }
        deadline::clear(self.writing, self.conversation.id).await?;
        self.store(json!({"state": "bot", "owner_id": null, "misses": 0, "resolved_at": null})).await
    }

    async fn transfer(mut self, input: &Map<String, Json>) -> Result<i64> {
        let id = |field: &str| {
            let text = input.get(field).and_then(Json::as_str);
            text.map(|text| Uuid::parse_str(text).map_err(|_| unknown(field, text))).transpose()
        };
        let (colleague, team) = (id("user_id")?, id("team_id")?);
        if colleague.is_none() && team.is_none() {
            return Err(Error::field("user_id", "required", "Say to which colleague or team."));
        }
        let mut values =
            json!({"state": "queued", "owner_id": colleague, "queued_at": self.writing.now, "taken_at": null});
        if let Some(team) = team {
            values["team_id"] = json!(team);
        }
        if input.get("text").and_then(Json::as_str).is_some_and(|text| !text.trim().is_empty()) {
            let note = words(input, Author::Agent, true)?;
            self.append(&note, &mut values).await?;
        }
        if self.conversation.ticket.is_some() {
            let mut ticket = json!({"owner_id": colleague});
            if let Some(team) = team {
                ticket["team_id"] = json!(team);
            }
            self.change_ticket(ticket).await?;
        }
        let waits = super::wait::team(self.writing, team.or(self.conversation.team)).await?.answer_within;
        deadline::set(self.writing, self.conversation.id, waits).await?;
        self.store(values).await
    }

    async fn solve(mut self) -> Result<i64> {
        if self.conversation.state == State::Resolved {
            return Ok(self.conversation.version);
        }
        let agent = self.agent()?;
        self.nobody_elses(agent).await?;
        deadline::clear(self.writing, self.conversation.id).await?;
        self.change_ticket(json!({"status": "solved"})).await?;
        let values = json!({"state": "resolved", "resolved_at": self.writing.now, "bot_due_at": null, "rating": null});
        self.store(values).await
    }

    async fn store(self, values: Json) -> Result<i64> {
        story::change(self.writing, self.record, values).await
    }

    async fn append(&mut self, message: &NewMessage, values: &mut Json) -> Result<()> {
        let mut message = message.clone();
        let files = self.files(&message.attachments).await?;
        if !files.is_empty() {
            message.content = json!({"attachments": files});
        }
        message::append(self.writing, &mut self.conversation, &message).await?;
        values["last_sequence"] = json!(self.conversation.last_sequence);
        values["last_message_at"] = json!(self.writing.now);
        Ok(())
    }

    async fn files(&mut self, ids: &[Uuid]) -> Result<Vec<Json>> {
        let mut files = Vec::new();
        for id in ids {
            let sql = Sql::fixed(
                "select name, media_type, bytes from attachment where tenant_id = ? and id = ? and created_by = ? and deleted_at is null",
                [self.writing.actor.tenant().into(), (*id).into(), self.agent()?.into()],
            );
            let row = self.writing.tx.row(sql).await?.ok_or_else(|| unknown("attachment_ids", &id.to_string()))?;
            let bytes = row.real(2)?.unwrap_or_default();
            files.push(json!({"id": id, "name": row.string(0)?, "media_type": row.text(1)?, "bytes": bytes}));
        }
        Ok(files)
    }

    async fn repeated(&mut self, message: &NewMessage) -> Result<bool> {
        let Some(client_id) = &message.client_id else { return Ok(false) };
        Ok(message::sent_before(self.writing, self.conversation.id, client_id).await?.is_some())
    }

    async fn is_first_response(&mut self) -> Result<bool> {
        let Some(ticket) = self.conversation.ticket else { return Ok(false) };
        let object = self.writing.object("ticket")?;
        Ok(self.writing.find(&object, ticket, Verb::Read).await?.record.get("first_response_at").is_null())
    }

    async fn change_ticket(&mut self, values: Json) -> Result<()> {
        let Some(ticket) = self.conversation.ticket else { return Ok(()) };
        let object = self.writing.object("ticket")?;
        let found = self.writing.find(&object, ticket, Verb::Update).await?;
        if found.deleted {
            return Ok(());
        }
        self.writing.update_unchecked(found, &map(values), true).await.map(drop)
    }

    /// Puts the answer into the outgoing mail when its reader has left the window and can be reached.
    async fn mail(&mut self, message: &NewMessage) -> Result<()> {
        const THERE: SignedDuration = SignedDuration::from_secs(90);
        let sql = Sql::fixed(
            "select t.last_seen_at, v.given_email, c.email from visitor v \
             left join visitor_token t on t.tenant_id = v.tenant_id and t.visitor_id = v.id \
             left join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id where v.tenant_id = ? and v.id = ? \
             order by t.last_seen_at desc nulls last limit 1",
            [self.writing.actor.tenant().into(), self.conversation.visitor.into()],
        );
        let Some(row) = self.writing.tx.row(sql).await? else { return Ok(()) };
        let there = row.instant(0)?.is_some_and(|seen| self.writing.now.duration_since(seen) < THERE);
        let Some(address) = row.text(2)?.or(row.text(1)?).filter(|_| !there) else { return Ok(()) };
        let subject = story::text_of(&self.record, "subject");
        let values = json!({
            "subject": format!("Re: {subject}"), "direction": "outbound", "status": "queued", "to_address": address,
            "body": message.text, "conversation_id": self.conversation.id, "ticket_id": self.conversation.ticket,
            "contact_id": self.conversation.contact,
        });
        let object = self.writing.object("email_message")?;
        self.writing.create_unchecked(&object, &map(values), true).await.map(drop)
    }
}

fn words(input: &Map<String, Json>, author: Author, internal: bool) -> Result<NewMessage> {
    let text = |field: &str| input.get(field).and_then(Json::as_str).unwrap_or_default().trim().to_owned();
    let listed = input.get("attachment_ids").and_then(Json::as_array).into_iter().flatten();
    let attachments = listed
        .map(|id| {
            let text = id.as_str().unwrap_or_default();
            Uuid::parse_str(text).map_err(|_| unknown("attachment_ids", text))
        })
        .collect::<Result<Vec<_>>>()?;
    let body = text("text");
    message::check(&body, &attachments)?;
    let client_id = Some(text("client_id")).filter(|id| !id.is_empty());
    Ok(NewMessage { internal, client_id, attachments, ..NewMessage::text(author, body) })
}

fn unknown(field: &str, text: &str) -> Error {
    FieldError::new(field, "not_found", "There is no such record.").value(&json!(text)).into()
}
