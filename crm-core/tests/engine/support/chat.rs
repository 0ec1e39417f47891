//! What tests of conversations need: a website with a chat, a visitor, what the bot says.

use super::{World, map};
use crm_core::desk::{Author, BotSays, Conversation, Inbound, NewMessage, Reason, Routed, Then, Turn, Visitor, Widget};
use crm_core::query::Query;
use crm_core::{Actor, Command, Record};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

impl World {
    pub(crate) async fn widget(&self, team: Option<&Record>) -> Widget {
        let values = json!({"name": "Website", "key": "main", "team_id": team.map(|team| team.id)});
        self.create(&self.admin, "chat_widget", values).await;
        self.crm.chat_widget(&self.tenant.slug).await.unwrap()
    }

    pub(crate) async fn hears(&self, visitor: &Visitor, text: &str) -> Conversation {
        self.crm.hear(visitor, inbound(text)).await.unwrap().conversation
    }

    pub(crate) async fn hand_over(&self, conversation: &Conversation) -> Conversation {
        self.crm.bot_says(self.tenant.id, handing_over(conversation)).await.unwrap()
    }

    pub(crate) async fn act(
        &self,
        agent: &Actor,
        conversation: Uuid,
        action: &str,
        input: Json,
    ) -> crm_core::Result<()> {
        let act =
            Command::Act { object: "conversation".into(), id: conversation, action: action.into(), input: map(input) };
        self.crm.write(agent, act).await.map(drop)
    }

    pub(crate) async fn now(&self, conversation: &Conversation) -> Conversation {
        self.crm.conversation(self.tenant.id, conversation.id).await.unwrap()
    }

    pub(crate) async fn ticket(&self, conversation: &Conversation) -> Record {
        let id = self.now(conversation).await.ticket.expect("a ticket");
        self.crm.get(&self.admin, "ticket", id).await.unwrap()
    }

    pub(crate) async fn texts(&self, visitor: &Visitor, conversation: &Conversation) -> Vec<String> {
        let messages = self.crm.messages_for(visitor, conversation, 0, 100).await.unwrap();
        messages.into_iter().map(|message| message.text).collect()
    }

    pub(crate) async fn all(&self, object: &str) -> Vec<Record> {
        self.crm.query(&self.admin, &Query::of(object)).await.unwrap().records
    }
}

pub(crate) fn inbound(text: &str) -> Inbound {
    Inbound { client_id: Uuid::new_v4().to_string(), text: text.into(), attachments: Vec::new(), choice: None }
}

pub(crate) fn saying(conversation: &Conversation, text: &str) -> BotSays {
    BotSays {
        conversation: conversation.id,
        version: conversation.version,
        messages: vec![NewMessage::text(Author::Bot, text)],
        turn: Turn {
            intent: "question",
            sentiment: "neutral",
            decided: "answered",
            language: "en".into(),
            ..Turn::default()
        },
        misses: 0,
        judged: None,
        then: Then::Listen,
    }
}

pub(crate) fn handing_over(conversation: &Conversation) -> BotSays {
    let words =
        Arc::new(|routed: &Routed| NewMessage::text(Author::Bot, format!("{} {:?}", routed.ticket, routed.wait)));
    let packet = json!({"question": "Where is my parcel?"});
    let then = Then::HandOver { reason: Reason::Asked, team: None, packet, words };
    BotSays { messages: Vec::new(), then, ..saying(conversation, "") }
}

pub(crate) fn visitor(world: &World, widget: &Widget) -> Visitor {
    world.crm.new_visitor(widget, None, "en", "https://shop.example/").0
}
