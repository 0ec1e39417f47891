//! `conversation_note` and `conversation_reply`: what is said among colleagues, and what a customer reads.

use super::change::{self, Change, Manner, Weight};
use super::{Outcome, Promises, Stop, Tool, writing};
use crate::call::{Call, input};
use crate::provenance;
use crate::schema;
use crate::scopes::Scopes;
use crm_core::access::Verb;
use crm_core::record::Proposal;
use crm_core::{Command, Error, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use uuid::Uuid;

/// Says something in a conversation.
pub(crate) struct Say {
    customer_reads_it: bool,
}

/// `conversation_note`.
pub(crate) const NOTE: Say = Say { customer_reads_it: false };
/// `conversation_reply`.
pub(crate) const REPLY: Say = Say { customer_reads_it: true };

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
    #[serde(flatten)]
    manner: Manner,
}

impl Tool for Say {
    fn name(&self) -> &'static str {
        if self.customer_reads_it { "conversation_reply" } else { "conversation_note" }
    }

    fn scopes(&self) -> Scopes {
        Scopes::READ.with(if self.customer_reads_it { Scopes::SEND } else { Scopes::WRITE })
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        call.actor.rights().may(Verb::Update, "conversation")
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let (title, about) = if self.customer_reads_it {
            ("Reply to a customer", "Sends the text to the customer, after your person has agreed to these very words.")
        } else {
            ("Note in a conversation", "Adds an internal note; the customer does not see it.")
        };
        let promises = Promises { destructive: false, open_world: self.customer_reads_it };
        let properties = [("id", schema::plain()), ("text", schema::plain())];
        writing(self.name(), title, about, change::input(properties, &["id", "text"]), promises)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { id, text, manner } = input(given)?;
            let (object, id) = call.record(Some("conversation"), &id)?;
            if object.name != "conversation" {
                return Err(Error::field("id", "wrong_type", "This is not the id of a conversation.").into());
            }
            let reader = if self.customer_reads_it { Some(reader(call, id).await?) } else { None };
            let weight = match &reader {
                Some(Reader { name, conversation }) => {
                    let name = name.as_deref().unwrap_or("the customer");
                    Weight::Heavy(format!("Send this to {name} (conversation «{conversation}»)?\n«{text}»"))
                }
                None => Weight::Agreed,
            };
            let action = if self.customer_reads_it { "reply" } else { "note" };
            let input = Map::from_iter([("text".to_owned(), json!(text))]);
            let command = Command::Act { object: "conversation".into(), id, action: action.into(), input };
            let proposal = Proposal::Commands(vec![command]);
            let made = Change { tool: self.name(), proposal, manner: &manner, weight }.make(call).await;
            made.map_err(|stop| addressed(stop, reader.as_ref()))
        }
        .boxed()
    }
}

/// Who reads what is said in a conversation.
#[derive(Serialize)]
struct Reader {
    name: Option<String>,
    conversation: String,
}

/// A question with who will read what is to be sent, for the view that asks.
fn addressed(mut stop: Stop, reader: Option<&Reader>) -> Stop {
    if let (Stop::Answer(answer) | Stop::Show { answer, .. }, Some(reader)) = (&mut stop, reader) {
        answer["to"] = json!(reader);
    }
    stop
}

async fn reader(call: &Call<'_>, id: Uuid) -> Result<Reader> {
    let conversation = call.crm.get(call.actor, "conversation", id).await?;
    let names = call.crm.reference_names(call.actor, std::slice::from_ref(&conversation)).await?.of(&conversation);
    let name = ["contact_id", "visitor_id"].into_iter().find_map(|field| names.get(field)?.as_str());
    Ok(Reader { name: name.map(provenance::visible), conversation: provenance::visible(conversation.name()) })
}
