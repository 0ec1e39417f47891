//! What is the customer's own: told when they have proven who they are, by the website or by a one-time code.
//!
//! Until then nothing is told, not even whether an address is a customer's. Whatever does not work ends in the offer of
//! a person, who finds the proven customer in the conversation.
//!
//! To tell of another kind of record: grant it to customers in the core's built-in rights, and read it in `own_matter`
//! as the contact.

use super::Dialogue;
use super::decide::{message, person};
use super::situation::Situation;
use crate::reply::{self, Choice, Parts, Said};
use crate::texts::{self, Own, Texts, fill};
use crm_core::desk::{BotSays, CodeMail, CodeSent, CodeShown, CodeWords, OwnTicket, Reason, Then, address_in};
use crm_core::{Result, Surface};
use nlu::Language;
use nlu::customer::Intent;
use serde_json::Value as Json;
use std::sync::Arc;

/// How many tickets are told at once.
const TICKETS: usize = 5;
/// How much of an answer is told, in characters.
const EXCERPT: usize = 300;

impl Dialogue {
    /// What the bot says to a matter of the customer's own. `looked_at`: the passages that did not answer.
    pub(super) async fn own_matter(&self, situation: &Situation, asked: &str, looked_at: Vec<Json>) -> Result<BotSays> {
        let texts = texts::of(situation.language);
        let Some(contact) = situation.conversation.contact else {
            return Ok(situation.asks_address(&texts.proof.which_address, asked));
        };
        let Some(named) = nlu::customer::own_tickets(asked, situation.language) else {
            return Ok(self.hand_over(situation, Reason::Account, looked_at));
        };
        let customer = self.crm.contact(situation.tenant, contact, Surface::WebChat).await?;
        let tickets = self.crm.own_tickets(&customer, &named.numbers, TICKETS).await?;
        let unknown = named.numbers.iter().map(|number| format!("T-{number}"));
        let unknown = unknown.filter(|number| !tickets.iter().any(|ticket| ticket.number == *number));
        let told = match (tickets.as_slice(), unknown.reduce(|all, one| format!("{all}, {one}"))) {
            ([], None) => return Ok(situation.offers_person(&texts.own.none_open, asked)),
            ([], Some(unknown)) => {
                let text = fill(&texts.own.not_yours, &[("ticket", &unknown)]);
                return Ok(situation.offers_person(&text, asked));
            }
            (tickets, _) => self.told(&texts.own, tickets, named.numbers.is_empty()),
        };
        let parts = Parts { said: Some(Said::Own), choices: vec![person(texts)], ..Parts::default() };
        Ok(situation.says(vec![message(told, &parts)], "answered"))
    }

    fn told(&self, texts: &Own, tickets: &[OwnTicket], all: bool) -> String {
        let tickets = tickets.iter().map(|ticket| one(texts, ticket));
        let heading = all.then(|| texts.tickets.clone());
        let parts: Vec<String> = heading.into_iter().chain(tickets).chain([texts.more.clone()]).collect();
        parts.join("\n\n")
    }

    /// What the bot says while the customer proves who they are; none if they speak of something else.
    pub(super) async fn proving(&self, situation: &Situation) -> Result<Option<BotSays>> {
        let texts = texts::of(situation.language);
        let asked = situation.earlier.clone().unwrap_or_default();
        match situation.code {
            Some(CodeShown::Right) => return self.own_matter(situation, &asked, Vec::new()).await.map(Some),
            Some(CodeShown::Wrong { left }) => {
                let text = fill(&texts.proof.wrong, &[("left", &left.to_string())]);
                return Ok(Some(situation.asks_code(texts, &text)));
            }
            Some(CodeShown::Ended) => return Ok(Some(situation.asks_code(texts, &texts.proof.ended))),
            None => {}
        }
        let again = situation.chosen.as_ref().is_some_and(|chosen| chosen.value == reply::NEW_CODE);
        let other = situation.chosen.as_ref().is_some_and(|chosen| chosen.value == reply::OTHER_ADDRESS);
        if !situation.is_proving() {
            return Ok(None);
        }
        let said = &situation.text;
        Ok(match situation.address() {
            Some(address) if again => Some(self.sends_code(situation, address, &asked)),
            None if again => Some(situation.asks_address(&texts.proof.without, &asked)),
            _ if other => Some(situation.asks_address(&texts.proof.which_address, &asked)),
            known => match address_in(said) {
                Some(address) => Some(self.sends_code(situation, address, &asked)),
                None if said.contains('@') => Some(situation.asks_address(&texts.proof.no_address, &asked)),
                None if known.is_some() && situation.waits() => Some(situation.asks_code(texts, &texts.proof.no_code)),
                None if situation.waits() => Some(situation.offers_person(&texts.proof.not_here, &asked)),
                None => None,
            },
        })
    }

    fn sends_code(&self, situation: &Situation, address: String, asked: &str) -> BotSays {
        let texts = texts::of(situation.language);
        let company = [("company", situation.reader.company())];
        let mail = CodeMail {
            subject: fill(&texts.proof.mail_subject, &company),
            body: fill(&texts.proof.mail_body, &company),
        };
        let words = code_words(situation.language, address.clone(), asked.to_owned());
        BotSays { then: Then::SendCode { address, mail, words }, ..situation.says(Vec::new(), "asked_back") }
    }
}

/// What the customer is told when it is known whether a code was sent.
fn code_words(language: Language, address: String, asked: String) -> CodeWords {
    let texts = texts::of(language);
    Arc::new(move |sent| {
        let (question, address) = (Some(asked.clone()), address.clone());
        match sent {
            CodeSent::Sent => {
                let text = fill(&texts.proof.sent, &[("address", &address)]);
                message(text, &code_parts(texts, question, Some(address)))
            }
            CodeSent::TooMany => {
                let said = Some(Said::OfferedPerson);
                let parts = Parts { said, question, choices: vec![person(texts)], ..Parts::default() };
                message(texts.proof.too_many.clone(), &parts)
            }
        }
    })
}

fn code_parts(texts: &Texts, question: Option<String>, address: Option<String>) -> Parts {
    let choice = |label: &str, value: &str| Choice { label: label.into(), value: value.into() };
    Parts {
        said: Some(Said::AskedCode),
        question,
        address,
        choices: vec![
            choice(&texts.proof.new_code, reply::NEW_CODE),
            choice(&texts.proof.other_address, reply::OTHER_ADDRESS),
            person(texts),
        ],
        ..Parts::default()
    }
}

fn one(texts: &Own, ticket: &OwnTicket) -> String {
    let status = match ticket.status.as_str() {
        "new" => &texts.status.new,
        "waiting" => &texts.status.waiting,
        "on_hold" => &texts.status.on_hold,
        "solved" => &texts.status.solved,
        "closed" => &texts.status.closed,
        _ => &texts.status.open,
    };
    let names = [("ticket", ticket.number.as_str()), ("subject", &ticket.subject), ("status", status)];
    let state = fill(&texts.ticket, &names);
    let answer = match &ticket.answer {
        Some((at, text)) => {
            let day = at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
            fill(&texts.answer, &[("day", &day), ("text", &excerpt(text))])
        }
        None => texts.no_answer.clone(),
    };
    format!("{state} {answer}")
}

fn excerpt(text: &str) -> String {
    let begins: String = text.chars().take(EXCERPT).collect();
    if begins.len() < text.len() { format!("{}…", begins.trim_end()) } else { begins }
}

impl Situation {
    /// Whether the bot waits for an address or a code.
    pub(super) fn is_proving(&self) -> bool {
        let waits = |said: Option<Said>| matches!(said, Some(Said::AskedAddress | Said::AskedCode));
        self.code.is_some() || self.last.as_ref().is_some_and(|(_, parts)| waits(parts.said))
    }

    /// The address that a code was sent to last.
    fn address(&self) -> Option<String> {
        self.last.as_ref().and_then(|(_, parts)| parts.address.clone())
    }

    /// Whether the customer is still at it, and has not asked something else meanwhile.
    fn waits(&self) -> bool {
        let number = self.text.chars().all(|c| !c.is_alphabetic());
        number || matches!(self.heard.intent, Intent::Account | Intent::No | Intent::Nonsense | Intent::Yes)
    }

    fn asks_address(&self, text: &str, asked: &str) -> BotSays {
        let texts = texts::of(self.language);
        let (said, question) = (Some(Said::AskedAddress), Some(asked.to_owned()));
        let parts = Parts { said, question, choices: vec![person(texts)], ..Parts::default() };
        self.says(vec![message(text.to_owned(), &parts)], "asked_back")
    }

    fn asks_code(&self, texts: &Texts, text: &str) -> BotSays {
        let parts = code_parts(texts, self.earlier.clone(), self.address());
        self.says(vec![message(text.to_owned(), &parts)], "asked_back")
    }

    fn offers_person(&self, text: &str, asked: &str) -> BotSays {
        let texts = texts::of(self.language);
        let (said, question) = (Some(Said::OfferedPerson), Some(asked.to_owned()));
        let parts = Parts { said, question, choices: vec![person(texts)], ..Parts::default() };
        self.says(vec![message(text.to_owned(), &parts)], "unanswered")
    }
}
