//! What the bot knows before it decides: what the customer said since it last spoke, and what that answers to.

use crate::reply::{self, Chosen, Parts, Said};
use crm_core::desk::{Author, CodeShown, Conversation, Message};
use crm_core::{Actor, Crm, Result, Surface, TenantId};
use jiff::Timestamp;
use nlu::Language;
use nlu::customer::{self, Heard, Intent};
use std::time::Duration;
use unicode_segmentation::UnicodeSegmentation;
use uuid::Uuid;

/// How many of the last messages the bot looks at.
const LOOKED_AT: i64 = 30;
/// A customer who was silent for so long has said what they wanted to say.
const QUIET: Duration = Duration::from_millis(900);
/// How often is looked whether a customer still types.
const TYPING: Duration = Duration::from_millis(300);
/// A message of so few words may be the beginning of one.
const FEW_WORDS: usize = 3;

/// What the bot knows before it decides.
#[derive(Debug)]
pub(super) struct Situation {
    pub(super) tenant: TenantId,
    pub(super) conversation: Conversation,
    /// The customer, who reads the articles.
    pub(super) reader: Actor,
    /// What was said since the bot last spoke, as one text.
    pub(super) text: String,
    /// What that was taken for.
    pub(super) heard: Heard,
    /// The language to answer in.
    pub(super) language: Language,
    /// The quick reply that was chosen.
    pub(super) chosen: Option<Chosen>,
    /// What the code was worth that came with it.
    pub(super) code: Option<CodeShown>,
    /// Whether files came with it.
    pub(super) has_files: bool,
    /// The bot's last message, with its number.
    pub(super) last: Option<(i64, Parts)>,
    /// The question before this one, answered or waiting for proof.
    pub(super) earlier: Option<String>,
    /// Questions asked and articles cited in this conversation: question, citation, confidence, what was thought of it.
    pub(super) tried: Vec<Parts>,
    /// When the customer last said something.
    said_at: Timestamp,
}

impl Situation {
    /// Reads the conversation; none if the customer has said nothing since the bot last spoke.
    pub(super) async fn read(crm: &Crm, tenant: TenantId, conversation: Conversation) -> Result<Option<Self>> {
        let reader = match (conversation.contact, conversation.visitor) {
            (Some(contact), _) => crm.contact(tenant, contact, Surface::WebChat).await?,
            (None, visitor) => crm.visitor(tenant, visitor.unwrap_or(Uuid::nil()), Surface::WebChat).await?,
        };
        let messages = crm.last_messages(tenant, &conversation, LOOKED_AT).await?;
        let spoken = messages.iter().rposition(|message| message.author != Author::Customer);
        let new = messages.get(spoken.map_or(0, |at| at + 1)..).unwrap_or_default();
        let Some(newest) = new.last() else { return Ok(None) };
        let Parts { choice: chosen, code, .. } = Parts::of(&newest.content);
        let burst: Vec<&Message> = match &chosen {
            // A quick reply stands for itself, and so does a code.
            _ if code.is_some() => vec![newest],
            Some(_) => vec![newest],
            None => new.iter().collect(),
        };
        let text = burst.iter().map(|message| message.text.as_str()).collect::<Vec<_>>().join("\n").trim().to_owned();
        let usual = conversation.language.as_deref().and_then(Language::of).unwrap_or(Language::En);
        let heard = customer::hear(&text, usual);
        let bots = || messages.iter().rev().filter(|message| message.author == Author::Bot);
        let last = bots().next().map(|message| (message.sequence, Parts::of(&message.content)));
        let tried: Vec<Parts> = messages
            .iter()
            .filter(|message| message.author == Author::Bot)
            .map(|message| Parts::of(&message.content))
            .filter(|parts| parts.said == Some(Said::Answer))
            .collect();
        Ok(Some(Self {
            tenant,
            reader,
            // An address is of no language, and neither is a code.
            language: heard.language.filter(|_| code.is_none() && !text.contains('@')).unwrap_or(usual),
            heard,
            chosen,
            text,
            has_files: new.iter().any(|message| !Parts::of(&message.content).attachments.is_empty()),
            last,
            earlier: bots().find_map(|message| Parts::of(&message.content).question),
            code,
            tried,
            said_at: newest.at,
            conversation,
        }))
    }

    /// How long to wait because it looks as if the customer will say more: they type, or what they said is hardly a
    /// sentence. None if they have said what they wanted to say.
    pub(super) fn may_go_on(&self, typing: bool, now: Timestamp) -> Option<Duration> {
        let whole = self.chosen.is_some() || self.code.is_some() || self.text.contains('@');
        if whole || self.heard.intent == Intent::Human {
            return None;
        }
        if typing {
            return Some(TYPING);
        }
        let begins = matches!(self.heard.intent, Intent::Greeting | Intent::Question | Intent::Nonsense);
        if !begins || self.text.ends_with('?') || self.text.unicode_words().count() > FEW_WORDS {
            return None;
        }
        let silent = Duration::try_from(now.duration_since(self.said_at)).unwrap_or_default();
        QUIET.checked_sub(silent).filter(|left| !left.is_zero())
    }

    /// What the customer thinks of the answer that was given last, if that is what they said.
    pub(super) fn judged(&self) -> Option<(i64, bool)> {
        let offered = |sequence: i64| self.last.as_ref().is_some_and(|(last, _)| *last == sequence);
        match &self.chosen {
            Some(chosen) if chosen.value == reply::HELPFUL => return Some((chosen.message, true)),
            Some(chosen) if chosen.value == reply::UNHELPFUL => return Some((chosen.message, false)),
            Some(_) => return None,
            None => {}
        }
        let (sequence, parts) = self.last.as_ref()?;
        if !parts.offers(reply::HELPFUL) || !offered(*sequence) {
            return None;
        }
        match self.heard.intent {
            Intent::Yes | Intent::Thanks => Some((*sequence, true)),
            Intent::No => Some((*sequence, false)),
            _ => None,
        }
    }

    /// Whether the customer asks for a person: in words, by a quick reply, or by saying yes to the offer.
    pub(super) fn wants_person(&self) -> bool {
        let offered = self
            .last
            .as_ref()
            .is_some_and(|(_, parts)| parts.said == Some(Said::OfferedPerson) || parts.said == Some(Said::Lost));
        self.heard.intent == Intent::Human
            || self.chosen.as_ref().is_some_and(|chosen| chosen.value == reply::PERSON)
            || offered && self.chosen.is_none() && self.heard.intent == Intent::Yes
    }

    /// Whether the bot said last that it did not understand.
    pub(super) fn was_lost(&self) -> bool {
        self.last.as_ref().is_some_and(|(_, parts)| parts.said == Some(Said::Lost))
    }
}
