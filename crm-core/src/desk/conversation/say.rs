//! What the bot says: stored only if nothing has happened since the bot looked.

use super::handoff::{self, Words};
use super::message::{self, NewMessage};
use super::state::{Reason, State};
use super::story::{self, Conversation};
use crate::access::Verb;
use crate::crm::Crm;
use crate::db::Sql;
use crate::desk::code::{self, CodeMail, CodeSent};
use crate::error::{Error, Result};
use crate::record::{Record, Writing};
use crate::{Surface, TenantId};
use futures_util::FutureExt;
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use uuid::Uuid;

/// An answer of the bot.
#[derive(Debug, Clone)]
pub struct BotSays {
    /// In which conversation.
    pub conversation: Uuid,
    /// The version of it that the bot has seen.
    pub version: i64,
    /// What it says.
    pub messages: Vec<NewMessage>,
    /// How it came to say so.
    pub turn: Turn,
    /// How many answers in a row did not help, now.
    pub misses: i64,
    /// What the customer thinks of an answer given before: the number of its message, and whether it helped.
    pub judged: Option<(i64, bool)>,
    /// What comes next.
    pub then: Then,
}

/// How the bot came to say something.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    /// What it heard, as one text.
    pub heard: String,
    /// What it took that for: `question`, `greeting`…
    pub intent: &'static str,
    /// The company's own intent that it means, and the version of the intents that says so.
    pub own_intent: Option<(Uuid, i64)>,
    /// The language it answers in.
    pub language: String,
    /// How the customer seems to feel: `neutral`…
    pub sentiment: &'static str,
    /// What it decided: `answered`, `small_talk`, `asked_back`, `unanswered`, `handed_over`.
    pub decided: &'static str,
    /// How sure it was of the answer, 0 to 1.
    pub confidence: Option<f32>,
    /// The article that it cites.
    pub article: Option<Uuid>,
    /// The passages that it looked at.
    pub passages: Json,
    /// What groups this question with others that lack an answer.
    pub gap: Option<String>,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
}

/// What the visitor is told when it is known whether a code was sent.
pub type CodeWords = Arc<dyn Fn(CodeSent) -> NewMessage + Send + Sync>;

/// What comes after the bot's words.
#[derive(Clone)]
pub enum Then {
    /// It listens.
    Listen,
    /// It sends a code to the address that the visitor says is theirs, and listens.
    SendCode {
        /// The address.
        address: String,
        /// The mail.
        mail: CodeMail,
        /// What the visitor is told.
        words: CodeWords,
    },
    /// A person shall answer.
    HandOver {
        /// Why.
        reason: Reason,
        /// Which team's; the conversation's own if none.
        team: Option<Uuid>,
        /// What that person should know, beside the transcript.
        packet: Json,
        /// What the customer is told.
        words: Words,
    },
}

impl fmt::Debug for Then {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen => f.write_str("Listen"),
            Self::SendCode { .. } => f.write_str("SendCode"),
            Self::HandOver { reason, .. } => write!(f, "HandOver({})", reason.word()),
        }
    }
}

impl Crm {
    /// Stores what the bot says, with all that follows from it, in one transaction.
    ///
    /// # Errors
    /// [`Error::Stale`] when the conversation is not as the bot has seen it, or not the bot's any more.
    pub async fn bot_says(&self, tenant: TenantId, says: BotSays) -> Result<Conversation> {
        let product = self.product(tenant, "bot", Surface::WebChat).await?;
        let now = self.now();
        let said = self.db().transact(tenant, move |tx| {
            let (product, says) = (product.clone(), says.clone());
            async move {
                let mut writing = Writing::new(tx, &product, now);
                let conversation = store(&mut writing, &says).await?;
                writing.finish().await?;
                Ok(conversation)
            }
            .boxed()
        });
        let said = said.await?;
        self.hint(tenant);
        Ok(said)
    }
}

impl Crm {
    /// How confident the bot was of the last answers that customers judged, and whether they helped: at most `most`,
    /// of the last few thousand answers, and few of one conversation, so that no customer alone teaches the bot.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn judged_answers(&self, tenant: TenantId, most: usize) -> Result<Vec<(f32, bool)>> {
        const LOOKED_AT: usize = 5_000;
        const OF_ONE: usize = 3;
        let mut sql = Sql::fixed(
            "select a.conversation_id, a.confidence, a.helpful from (select conversation_id, confidence, helpful, id \
             from bot_turn where tenant_id = ? and decided = 'answered' and own_intent_id is null and deleted_at is null \
             order by id desc limit ",
            [tenant.into()],
        );
        sql.text(&format!(
            "{LOOKED_AT}) a where a.helpful is not null and a.confidence is not null order by a.id desc"
        ));
        let mut of_each: HashMap<Option<Uuid>, usize> = HashMap::new();
        let mut answers = Vec::new();
        for row in self.db().rows(tenant, sql).await? {
            let counted = of_each.entry(row.uuid(0)?).or_default();
            *counted += 1;
            if let (true, Some(confidence), Some(helped)) = (*counted <= OF_ONE, row.real(1)?, row.boolean(2)?) {
                answers.push((confidence as f32, helped));
            }
        }
        answers.truncate(most);
        Ok(answers)
    }
}

async fn store(writing: &mut Writing<'_>, says: &BotSays) -> Result<Conversation> {
    // What comes after words alone is one change, and need hold nothing before it.
    let (mut conversation, record) = match says.then {
        Then::Listen => story::see(writing, says.conversation).await?,
        Then::SendCode { .. } | Then::HandOver { .. } => story::lock(writing, says.conversation).await?,
    };
    if conversation.version != says.version || conversation.state != State::Bot {
        return Err(Error::Stale { current_version: conversation.version, changed: Vec::new() });
    }
    let first = conversation.last_sequence + 1;
    let mut messages = says.messages.clone();
    if let (Then::SendCode { address, mail, words }, Some(visitor)) = (&says.then, conversation.visitor) {
        messages.push(words(code::send(writing, visitor, address, mail).await?));
    }
    let mood = if matches!(says.then, Then::HandOver { .. }) {
        worse(&record, says.turn.sentiment)
    } else {
        says.turn.sentiment
    };
    let last = conversation.last_sequence + messages.len() as i64;
    let values = json!({
        "misses": says.misses, "bot_due_at": null, "language": says.turn.language, "sentiment": mood,
        "last_sequence": last, "last_message_at": writing.now,
    });
    match &says.then {
        Then::Listen | Then::SendCode { .. } => {
            conversation.version = story::change(writing, record, values).await?;
            append_all(writing, &mut conversation, &messages).await?;
        }
        Then::HandOver { reason, team, packet, words } => {
            append_all(writing, &mut conversation, &messages).await?;
            let (mut packet, mut values) = (packet.clone(), values);
            if team.is_some() {
                conversation.team = *team;
                values["team_id"] = json!(team);
            }
            packet["language"] = json!(says.turn.language);
            packet["sentiment"] = json!(mood);
            handoff::hand_over(writing, &mut conversation, record, values, *reason, packet, words).await?;
        }
    }
    if let Some((sequence, helped)) = says.judged {
        judge(writing, conversation.id, sequence, helped).await?;
    }
    trace(writing, &conversation, says, first).await?;
    Ok(conversation)
}

async fn append_all(writing: &mut Writing<'_>, conversation: &mut Conversation, messages: &[NewMessage]) -> Result<()> {
    for message in messages {
        message::append(writing, conversation, message).await?;
    }
    Ok(())
}

/// The worse of the mood before and now: who was angry and then asks for a person calmly, is still to be handled so.
fn worse(record: &Record, now: &'static str) -> &'static str {
    let moods = ["happy", "neutral", "unhappy", "angry"];
    let place = |mood: &str| moods.iter().position(|one| *one == mood).unwrap_or(1);
    moods[place(story::text_of(record, "sentiment")).max(place(now))]
}

async fn trace(writing: &mut Writing<'_>, conversation: &Conversation, says: &BotSays, sequence: i64) -> Result<()> {
    const NAME: usize = 120;
    let turn = &says.turn;
    let reason = match &says.then {
        Then::HandOver { reason, .. } => Some(reason.word()),
        Then::Listen | Then::SendCode { .. } => None,
    };
    let values = json!({
        "name": super::line(&turn.heard, NAME), "conversation_id": conversation.id, "sequence": sequence,
        "heard": turn.heard, "intent": turn.intent, "language": turn.language, "sentiment": turn.sentiment,
        "own_intent_id": turn.own_intent.map(|(intent, _)| intent),
        "intent_version": turn.own_intent.map(|(_, version)| version), "decided": turn.decided, "reason": reason, "confidence": turn.confidence, "article_id": turn.article,
        "passages": turn.passages, "gap": turn.gap, "took_ms": turn.took_ms,
    });
    // They were read when they were cited and recognised.
    writing.vouch(turn.article);
    writing.vouch(turn.own_intent.map(|(intent, _)| intent));
    let object = writing.object("bot_turn")?;
    writing.create_unchecked(&object, &super::map(values), true).await.map(drop)
}

/// Keeps whether an answer helped, with the turn that gave it.
async fn judge(writing: &mut Writing<'_>, conversation: Uuid, sequence: i64, helped: bool) -> Result<()> {
    let sql = Sql::fixed(
        "select id from bot_turn where tenant_id = ? and conversation_id = ? and sequence = ? and deleted_at is null limit 1",
        [writing.actor.tenant().into(), conversation.into(), (sequence as f64).into()],
    );
    let Some(row) = writing.tx.row(sql).await? else { return Ok(()) };
    let object = writing.object("bot_turn")?;
    let found = writing.find(&object, row.id(0)?, Verb::Update).await?;
    writing.update_unchecked(found, &super::map(json!({"helpful": helped})), true).await.map(drop)
}
