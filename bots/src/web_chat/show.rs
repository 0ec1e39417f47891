//! What a visitor sees of a conversation and its messages.

use super::frame::{By, Fields, File, Person, Shown, Source, Story};
use crate::reply::{Citation, Form, Parts};
use crm_core::desk::{Author, Conversation, Message, State};
use crm_core::{Crm, Error, Result, Surface, TenantId};
use std::collections::HashMap;
use uuid::Uuid;

/// The conversation as the visitor was told that it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    pub(super) shown: Story,
    /// Of whom and what the names are.
    agent: Option<Uuid>,
    ticket: Option<Uuid>,
}

/// The conversation as the visitor sees it. Who answers and the ticket's number are looked up when they are others than
/// were told before.
pub(super) async fn story(
    crm: &Crm,
    tenant: TenantId,
    conversation: &Conversation,
    before: Option<&Told>,
) -> Result<Told> {
    let agent = conversation.owner.filter(|_| conversation.state == State::Human);
    let known = before.filter(|before| before.agent == agent);
    let shown = match (known, agent) {
        (Some(before), _) => before.shown.agent.clone(),
        (None, Some(agent)) => person(crm, tenant, agent).await?,
        (None, None) => None,
    };
    let known = before.filter(|before| before.ticket == conversation.ticket);
    let ticket = match (known, conversation.ticket) {
        (Some(before), _) => before.shown.ticket.clone(),
        (None, Some(ticket)) => crm.ticket_number(tenant, ticket).await?,
        (None, None) => None,
    };
    let state = conversation.state.word();
    let shown = Story { id: conversation.id, state, agent: shown, ticket, rated: conversation.rating };
    Ok(Told { shown, agent, ticket: conversation.ticket })
}

/// A user as customers see them.
pub(super) async fn person(crm: &Crm, tenant: TenantId, user: Uuid) -> Result<Option<Person>> {
    let product = crm.product(tenant, "web_chat", Surface::WebChat).await?;
    match crm.get(&product, "user", user).await {
        Ok(user) => {
            let picture = user.get("picture").as_text().map(str::to_owned);
            Ok(Some(Person { name: user.name().to_owned(), picture }))
        }
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Messages as the visitor of a company's website sees them.
pub(super) fn messages(company: &str, messages: &[Message]) -> Vec<Shown> {
    let parts: Vec<Parts> = messages.iter().map(|message| Parts::of(&message.content)).collect();
    let chosen: HashMap<i64, &str> = parts
        .iter()
        .filter_map(|parts| parts.choice.as_ref())
        .map(|choice| (choice.message, choice.value.as_str()))
        .collect();
    let one = |(message, parts): (&Message, &Parts)| {
        let chosen = chosen.get(&message.sequence).map(|value| (*value).to_owned());
        shown(company, message, parts, chosen)
    };
    messages.iter().zip(&parts).map(one).collect()
}

fn shown(company: &str, message: &Message, parts: &Parts, chosen: Option<String>) -> Shown {
    let kind = match message.author {
        Author::Customer => "visitor",
        Author::Bot => "bot",
        Author::Agent => "agent",
        Author::System => "system",
    };
    let file = |file: &crate::reply::File| File {
        id: file.id,
        name: file.name.clone(),
        media_type: file.media_type.clone().unwrap_or_else(|| "application/octet-stream".into()),
        bytes: file.bytes as u64,
        url: format!("/api/v1/chat/files/{}", file.id),
    };
    Shown {
        sequence: message.sequence,
        id: message.id,
        client_id: message.client_id.clone().filter(|_| message.author == Author::Customer),
        at: message.at,
        author: By { kind, name: message.name.clone(), picture: message.picture.clone() },
        text: message.text.clone(),
        attachments: parts.attachments.iter().map(file).collect(),
        citation: parts.citation.as_ref().map(|citation| source(company, citation)),
        choices: parts.choices.clone(),
        form: parts.form.map(|Form::Details| Fields { kind: Form::Details, fields: ["name", "email"] }),
        chosen,
    }
}

/// The place in the help centre of the company, which other companies' pages may stand beside.
fn source(company: &str, citation: &Citation) -> Source {
    let page = if citation.slug.is_empty() { citation.article.to_string() } else { citation.slug.clone() };
    let anchor = if citation.anchor.is_empty() { String::new() } else { format!("#{}", citation.anchor) };
    Source {
        title: citation.title.clone(),
        heading: citation.heading.clone(),
        url: format!("/help/c/{company}/{page}{anchor}"),
    }
}
