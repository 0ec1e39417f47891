//! A conversation with a member of staff: what a text means after what was said before, and what is done about it.
//!
//! Where a conversation stands ([`Standing`]) is stored with its last turn, so that it goes on after a restart and on
//! another node. What a turn proposed is taken from the store before it is done: whoever confirms twice, or from two
//! windows, does it once.

use super::answer::{Answer, Kind, Listed, Proposed, Scope};
use super::meeting::Planned;
use super::promise::Plan;
use super::shown::Shown;
use super::{Staff, language, texts};
use crate::texts::fill;
use crm_core::desk::{NewStaffTurn, StaffTurn};
use crm_core::{Actor, Result};
use jiff::SignedDuration;
use kb_index::Question;
use nlu::Language;
use nlu::staff::{Decision, Form, Request, Spoken, Wish, approval, choice, correction, decision, form, spoken, wish};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::time::Duration;
use uuid::Uuid;

/// After so long, what was said before is not gone on from.
const FRESH: SignedDuration = SignedDuration::from_hours(12);
/// Nobody asks more in one text, in characters.
pub const LONGEST: usize = 2_000;
/// How many records stay with a turn in the history.
const KEPT: usize = 20;
/// How many turns that the bot said by itself do not hide what it had asked before.
const BETWEEN: usize = 20;

/// What somebody does in a conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// They write.
    Text(String),
    /// They press a button of an earlier turn.
    Press {
        /// The turn.
        turn: i64,
        /// The button.
        button: Button,
    },
}

/// What can be done with a turn's answer by one press.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Button {
    /// Do what it proposed, or approve what somebody else asks for.
    Confirm,
    /// Do not.
    Cancel,
    /// Do not approve it, for this reason; it may be empty.
    Decline(String),
    /// Ask a colleague for their yes to what was proposed.
    AskApproval,
    /// Do not ask them any more.
    Withdraw(Uuid),
    /// Take back what it did.
    Undo,
    /// This record was meant.
    Choose(Uuid),
    /// The offer at this place is taken.
    Take(usize),
    /// Ask again without the condition at this place.
    Without(usize),
    /// Do this no longer by yourself.
    Stop(Uuid),
}

/// A turn, as it is told to whoever spoke.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// The conversation.
    pub conversation: Uuid,
    /// Its place there.
    pub turn: i64,
    /// What the bot says beside the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Whether what was done can be taken back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub can_undo: bool,
    /// The answer.
    #[serde(flatten)]
    pub answer: Answer,
}

/// Where a conversation stands after a turn.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Standing {
    /// What a later text goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) request: Option<Request>,
    /// The question that an article answered, which a later one may go on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) question: Option<String>,
    /// The records that a later text may point at.
    #[serde(default, skip_serializing_if = "Shown::is_empty")]
    pub(super) shown: Shown,
    /// What the bot waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pending: Option<Pending>,
    /// The event by which the last change can be taken back, and what it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) undo: Option<(i64, String)>,
    /// The promise that was made last, or by which the bot spoke.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) promise: Option<Uuid>,
    /// The yes that was asked for last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) approval: Option<Uuid>,
}

/// What the bot waits for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Pending {
    /// Whether to do it.
    Confirm(Box<Proposed>),
    /// Whether to do it by itself, later.
    Promise(Box<Plan>),
    /// Which record was meant in a text.
    Choose { text: String, choices: Vec<Listed> },
    /// A value that a text did not say.
    Fill { text: String, asks: String },
    /// Who shall be asked for their yes to it.
    Approver { proposed: Box<Proposed>, choices: Vec<Listed> },
    /// The person's own yes to what a colleague asks for; `seen` is the version of the record that they were shown, if
    /// it is a newer one.
    Approve { id: Uuid, seen: Option<i64> },
    /// Which of several such requests is to be decided.
    WhichApproval { choices: Vec<Listed> },
    /// Which of several offers to a text is taken.
    Offer { text: String, labels: Vec<String>, offered: Offered },
}

/// What is offered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Offered {
    /// What an article answers, or else what was asked of the records; with the question before.
    Readings { earlier: Option<String> },
    /// Times of a meeting.
    Times(Box<Planned>),
    /// The same with a name in the place of one that nothing has.
    Texts(Vec<String>),
}

/// What a turn comes to before it is kept.
pub(super) struct Outcome {
    pub(super) answer: Answer,
    pub(super) message: Option<String>,
    pub(super) standing: Standing,
}

impl Outcome {
    pub(super) fn says(message: impl Into<String>, standing: Standing) -> Self {
        Self { answer: Answer::talk(), message: Some(message.into()), standing }
    }
}

impl Staff {
    /// Hears what somebody says in a conversation of theirs, does what it asks for, and keeps the turn. At most
    /// `limit` records are listed.
    ///
    /// # Errors
    /// When the records cannot be read, and for actors who are no users.
    pub async fn hear(&self, actor: &Actor, conversation: Uuid, said: Said, limit: usize) -> Result<Told> {
        let begun = std::time::Instant::now();
        let last = self.last_turn(actor, conversation).await?;
        let turn = Turn { staff: self, actor, conversation, limit, language: language(actor), last: last.as_ref() };
        let (heard, outcome) = match said {
            // On the heap: what may come of a turn is much, and whoever hears many turns holds them all.
            Said::Text(text) => (text.clone(), Box::pin(turn.text(&text)).await?),
            Said::Press { turn: pressed, button } => Box::pin(turn.press(pressed, button)).await?,
        };
        let Outcome { answer, message, standing } = outcome;
        let can_undo = standing.undo.is_some() && answer.kind == Kind::Done;
        let mut told = Told { conversation, turn: 0, message, can_undo, answer };
        told.turn = self.keep(actor, &told, heard, &standing, begun.elapsed()).await?;
        Ok(told)
    }

    /// The turn that a conversation goes on from: the last, unless the bot waits for an answer and has only said
    /// something by itself since.
    async fn last_turn(&self, actor: &Actor, conversation: Uuid) -> Result<Option<StaffTurn>> {
        let last = self.crm.staff_turns(actor, conversation, None, 1).await?.pop();
        if last.as_ref().is_none_or(|turn| turn.promise.is_none()) {
            return Ok(last);
        }
        let turns = self.crm.staff_turns(actor, conversation, None, BETWEEN).await?;
        let asked = turns.into_iter().find(|turn| turn.promise.is_none());
        let waits = |turn: &StaffTurn| !turn.settled && standing_of(turn).pending.is_some();
        Ok(asked.filter(waits).or(last))
    }

    async fn keep(
        &self,
        actor: &Actor,
        told: &Told,
        heard: String,
        standing: &Standing,
        took: Duration,
    ) -> Result<i64> {
        let mut shown = told.clone();
        if let Some(records) = &mut shown.answer.records {
            records.truncate(KEPT);
        }
        let heard = heard.chars().take(LONGEST).collect();
        let answer = serde_json::to_value(&shown).unwrap_or_default();
        let state = serde_json::to_value(standing).unwrap_or_default();
        let turn = NewStaffTurn { conversation: told.conversation, heard, answer, state, took };
        self.crm.keep_staff_turn(actor, turn).await
    }
}

/// A turn under way.
pub(super) struct Turn<'a> {
    pub(super) staff: &'a Staff,
    pub(super) actor: &'a Actor,
    pub(super) conversation: Uuid,
    limit: usize,
    pub(super) language: Language,
    last: Option<&'a StaffTurn>,
}

impl Turn<'_> {
    pub(super) fn texts(&self) -> &'static texts::Texts {
        texts::of(self.language)
    }

    /// Where the conversation stands; nowhere if it was long ago.
    fn standing(&self) -> Standing {
        let lately = |turn: &&StaffTurn| self.staff.crm.now().duration_since(turn.at) < FRESH;
        let mut standing = self.last.filter(lately).map(standing_of).unwrap_or_default();
        if self.last.is_some_and(|turn| turn.settled) {
            standing.pending = None;
        }
        standing
    }

    /// The place of the turn that the conversation goes on from.
    pub(super) fn place(&self) -> i64 {
        self.last.map_or(0, |turn| turn.sequence)
    }

    async fn text(&self, text: &str) -> Result<Outcome> {
        let (texts, standing) = (self.texts(), self.standing());
        if text.chars().count() > LONGEST {
            let limit = LONGEST.to_string();
            return Ok(Outcome::says(fill(&texts.too_long, &[("limit", &limit)]), standing));
        }
        let last = self.place();
        if let Some(said) = approval(text, self.language) {
            return Box::pin(self.approval(said, standing)).await;
        }
        match wish(text, &self.staff.now_of(self.actor), self.language) {
            // "stop it": what was just proposed.
            Some(Wish::Stop(stopped)) if stopped.is_it() && standing.pending.is_some() => {
                return self.drop(last, standing).await;
            }
            // "delete them": the records that were shown, where no promise was spoken of.
            Some(Wish::Stop(stopped))
                if stopped.is_it()
                    && standing.promise.is_none()
                    && !standing.shown.is_empty()
                    && form(text, self.language) == Form::Change => {}
            Some(wish) => return self.wish(text, wish, standing).await,
            None => {}
        }
        match (spoken(text, self.language), &standing.pending) {
            (Some(Spoken::Yes), Some(Pending::Confirm(_) | Pending::Promise(_) | Pending::Approve { .. })) => {
                self.confirm(last, standing).await
            }
            (Some(Spoken::Yes), Some(offer @ Pending::Offer { labels, .. })) if labels.len() == 1 => {
                let taken = self.taken(offer, 0, &standing).await?;
                Ok(taken.unwrap_or_else(|| Outcome::says(&texts.nothing_to_confirm, standing)))
            }
            (Some(Spoken::Yes), _) => Ok(Outcome::says(&texts.nothing_to_confirm, standing)),
            (Some(Spoken::No), _) => self.drop(last, standing).await,
            (Some(Spoken::Undo), _) => self.undo(standing).await,
            (Some(Spoken::Help), _) => Ok(Outcome::says(self.help(), standing)),
            (Some(Spoken::Greeting), _) => Ok(Outcome::says(&texts.greeting, standing)),
            (Some(Spoken::Thanks), _) => Ok(Outcome::says(&texts.thanks, standing)),
            (Some(Spoken::Goodbye), _) => Ok(Outcome::says(&texts.goodbye, standing)),
            (Some(Spoken::WhoAreYou), _) => Ok(Outcome::says(&texts.who, standing)),
            (Some(Spoken::Abuse), _) => Ok(Outcome::says(&texts.calm, standing)),
            (Some(Spoken::Nonsense), None) => Ok(Outcome::says(&texts.nothing_meant, standing)),
            _ => self.asked(text, standing).await,
        }
    }

    /// A text that is no mere yes or no: an answer to what the bot asked, or something new.
    async fn asked(&self, text: &str, standing: Standing) -> Result<Outcome> {
        match (decision(text, self.language), &standing.pending) {
            (Some(Decision::Approve), Some(Pending::Approve { id, seen })) => {
                return Box::pin(self.approve(self.place(), *id, *seen, standing)).await;
            }
            (Some(Decision::Decline { reason }), Some(Pending::Approve { id, .. })) => {
                return Box::pin(self.decline(self.place(), *id, reason, standing)).await;
            }
            (Some(Decision::Approve), _) => return Box::pin(self.approvals(standing)).await,
            _ => {}
        }
        match &standing.pending {
            Some(Pending::Choose { text: before, choices }) => {
                let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
                let chosen = choice(text, &names, self.language).and_then(|place| choices.get(place));
                if let Some(chosen) = chosen {
                    return self.ask(before, &standing, Some((chosen.id, choices.as_slice()))).await;
                }
            }
            Some(Pending::Fill { text: before, asks }) => {
                // A mere value is nothing to ask a model about.
                let afresh =
                    Standing { undo: standing.undo.clone(), shown: standing.shown.clone(), ..Standing::default() };
                let outcome = self.ask_alone(text, &afresh).await?;
                let says_a_value = matches!(outcome.answer.kind, Kind::Unknown | Kind::Record)
                    || matches!(outcome.answer.offered, Some(Offered::Texts(_)));
                if !says_a_value {
                    return Ok(outcome);
                }
                return self.ask(&format!("{before}{asks} {}", text.trim()), &standing, None).await;
            }
            Some(offer @ Pending::Offer { .. }) => {
                if let Some(outcome) = self.answer_to(offer, text, &standing).await? {
                    return Ok(outcome);
                }
            }
            Some(Pending::Approver { choices, .. }) => {
                if let Some(outcome) = Box::pin(self.approver_named(text, choices, &standing)).await? {
                    return Ok(outcome);
                }
            }
            Some(Pending::WhichApproval { choices }) => {
                let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
                let chosen = choice(text, &names, self.language).and_then(|place| choices.get(place));
                if let Some(chosen) = chosen {
                    return Box::pin(self.to_decide(chosen.id, standing)).await;
                }
            }
            Some(Pending::Confirm(_) | Pending::Promise(_) | Pending::Approve { .. }) | None => {}
        }
        let text = correction(text, self.language).unwrap_or(text);
        let (earlier, question) = (standing.request.as_ref(), standing.question.as_deref());
        let (shown, limit) = (&standing.shown, self.limit);
        let scope = Scope { earlier, question, shown, not: &[], limit, articles: true, alone: false };
        let answer = self.staff.ask_within(self.actor, text, &scope).await?;
        let mut outcome = self.outcome(text, &standing, answer);
        outcome.standing.promise = standing.promise;
        outcome.standing.approval = standing.approval;
        // What was not understood is not the end of what was spoken about.
        if outcome.answer.kind == Kind::Unknown {
            outcome.standing.request = standing.request;
        }
        Ok(outcome)
    }

    /// What a text is to what was offered: one of the offers, or when a meeting shall be.
    async fn answer_to(&self, offer: &Pending, text: &str, standing: &Standing) -> Result<Option<Outcome>> {
        const FEW_WORDS: usize = 3;
        let Pending::Offer { labels, offered, .. } = offer else { return Ok(None) };
        let names: Vec<&str> = match offered {
            // What they are of: "the article".
            Offered::Readings { .. } => labels.iter().filter_map(|label| label.split(" · ").next()).collect(),
            // Without what they are: "Moses".
            Offered::Texts(_) => labels.iter().filter_map(|label| Some(label.split_once(" · ")?.1)).collect(),
            // "Tuesday" is any time of that day.
            Offered::Times(_) => vec![""; labels.len()],
        };
        let is_short = text.split_whitespace().count() <= FEW_WORDS;
        if let Some(place) = choice(text, &names, self.language).filter(|_| is_short) {
            return self.taken(offer, place, standing).await;
        }
        match offered {
            Offered::Times(planned) => self.when(planned, text, standing).await,
            Offered::Readings { .. } | Offered::Texts(_) => Ok(None),
        }
    }

    /// What comes of taking the offer at a place; none if there is none there.
    async fn taken(&self, offer: &Pending, place: usize, standing: &Standing) -> Result<Option<Outcome>> {
        let Pending::Offer { text, offered, .. } = offer else { return Ok(None) };
        let earlier = match (offered, place) {
            (Offered::Times(planned), _) => return self.at_offered(planned, place, standing).await,
            (Offered::Texts(texts), _) => match texts.get(place) {
                Some(text) => return self.ask(text, standing, None).await.map(Some),
                None => return Ok(None),
            },
            (Offered::Readings { earlier }, 0) => earlier.as_deref(),
            (Offered::Readings { .. }, 1) => return self.ask_alone(text, standing).await.map(Some),
            (Offered::Readings { .. }, _) => return Ok(None),
        };
        let article = self.staff.article(self.actor, Question { text, earlier }).await?;
        Ok(Some(match article {
            Some(answer) => self.outcome(text, standing, answer),
            // It was withdrawn meanwhile.
            None => Outcome::says(&self.texts().unknown, standing.clone()),
        }))
    }

    /// Asks a text; of the records that a name in it may mean, the chosen one.
    pub(super) async fn ask(
        &self,
        text: &str,
        before: &Standing,
        chosen: Option<(Uuid, &[Listed])>,
    ) -> Result<Outcome> {
        let others: Vec<Uuid> = chosen.map_or_else(Vec::new, |(id, choices)| {
            choices.iter().map(|choice| choice.id).filter(|other| *other != id).collect()
        });
        let (earlier, shown, limit) = (before.request.as_ref(), &before.shown, self.limit);
        let scope = Scope { earlier, question: None, shown, not: &others, limit, articles: false, alone: false };
        let answer = self.staff.ask_within(self.actor, text, &scope).await?;
        Ok(self.outcome(text, before, answer))
    }

    /// Asks a text by its words alone.
    async fn ask_alone(&self, text: &str, before: &Standing) -> Result<Outcome> {
        let (earlier, shown, limit) = (before.request.as_ref(), &before.shown, self.limit);
        let scope = Scope { earlier, question: None, shown, not: &[], limit, articles: false, alone: true };
        let answer = self.staff.ask_within(self.actor, text, &scope).await?;
        Ok(self.outcome(text, before, answer))
    }

    /// What an answer comes to: what the bot says beside it, and what it waits for.
    pub(super) fn outcome(&self, text: &str, before: &Standing, answer: Answer) -> Outcome {
        let texts = self.texts();
        let (message, pending) = match answer.kind {
            Kind::Proposal => {
                let proposed = answer.proposed.clone().map(|proposed| Pending::Confirm(Box::new(proposed)));
                (Some(texts.confirm.clone()), proposed)
            }
            Kind::Clarify => match (&answer.choices, &answer.offered) {
                (Some(choices), _) => {
                    let pending = Pending::Choose { text: text.to_owned(), choices: choices.clone() };
                    (Some(texts.which_one.clone()), Some(pending))
                }
                (None, Some(offered)) => {
                    let (text, labels) = (text.to_owned(), answer.offers.clone());
                    let says = match offered {
                        Offered::Readings { .. } => &texts.either,
                        Offered::Times(planned) if planned.is_anybody_free() => &texts.when,
                        Offered::Times(_) => &texts.nobody_free,
                        Offered::Texts(_) => &format!("{} {}", answer.understood, texts.instead),
                    };
                    (Some(says.clone()), Some(Pending::Offer { text, labels, offered: offered.clone() }))
                }
                (None, None) => {
                    let asks = answer.asks.clone().unwrap_or_default();
                    let fields = fill(&texts.missing, &[("fields", &answer.missing.join(", "))]);
                    (Some(fields), Some(Pending::Fill { text: text.to_owned(), asks }))
                }
            },
            Kind::Unknown => (Some(self.not_understood(&answer)), None),
            Kind::Talk => (Some(answer.understood.clone()), None),
            _ => (None, None),
        };
        let is_article = answer.kind == Kind::Article;
        let request = answer.request.clone().or_else(|| before.request.clone()).filter(|_| !is_article);
        let question = match answer.kind {
            Kind::Article => Some(text.to_owned()),
            // What is not told yet is not spoken about yet.
            Kind::Unknown | Kind::Clarify | Kind::Talk => before.question.clone(),
            _ => None,
        };
        let (shown, undo) = (before.shown.after(&answer), before.undo.clone());
        let standing = Standing { request, question, shown, pending, undo, ..Standing::default() };
        Outcome { answer, message, standing }
    }

    fn not_understood(&self, answer: &Answer) -> String {
        const QUOTED: usize = 5;
        let texts = self.texts();
        let words: Vec<&str> = answer.unknown_words.iter().take(QUOTED).map(String::as_str).collect();
        if words.is_empty() {
            return answer.understood.clone();
        }
        format!("{} {}", fill(&texts.unknown_words, &[("words", &words.join(" "))]), texts.unknown)
    }

    /// Does what was proposed at a place in the conversation, unless it was done or dropped already.
    async fn confirm(&self, place: i64, standing: Standing) -> Result<Outcome> {
        let texts = self.texts();
        let pending = standing.pending.clone();
        match pending {
            Some(Pending::Approve { id, seen }) => return Box::pin(self.approve(place, id, seen, standing)).await,
            Some(Pending::Confirm(_) | Pending::Promise(_)) => {}
            _ => return Ok(Outcome::says(&texts.nothing_to_confirm, standing)),
        }
        let standing = Standing { pending: None, ..standing };
        if !self.settle(place).await? {
            return Ok(Outcome::says(&texts.already, standing));
        }
        match pending {
            Some(Pending::Promise(plan)) => self.promise(&plan, standing).await,
            Some(Pending::Confirm(proposed)) => self.carry_out(*proposed, standing).await,
            _ => Ok(Outcome::says(&texts.nothing_to_confirm, standing)),
        }
    }

    /// Takes what a turn proposed: true for exactly one of all who try.
    pub(super) async fn settle(&self, place: i64) -> Result<bool> {
        self.staff.crm.settle_staff_turn(self.actor, self.conversation, place).await
    }

    /// Drops what was proposed or asked at a place in the conversation.
    async fn drop(&self, place: i64, standing: Standing) -> Result<Outcome> {
        if let Some(Pending::Approve { id, .. }) = standing.pending {
            return Box::pin(self.decline(place, id, None, standing)).await;
        }
        let dropped = Standing { pending: None, ..standing.clone() };
        if standing.pending.is_some() && !self.settle(place).await? {
            return Ok(Outcome::says(&self.texts().already, dropped));
        }
        Ok(Outcome::says(&self.texts().dropped, dropped))
    }

    /// What this person can ask for.
    fn help(&self) -> String {
        let schema = self.staff.crm.schema(self.actor);
        let objects = schema.objects().filter(|object| object.in_navigation);
        let names: Vec<String> =
            objects.map(|object| object.plural_label.text(self.language.code()).to_owned()).collect();
        fill(&self.texts().help, &[("objects", &names.join(", "))])
    }

    /// A button of an earlier turn; what it amounts to, in words, and what came of it.
    async fn press(&self, pressed: i64, button: Button) -> Result<(String, Outcome)> {
        let turn = self.staff.turn(self.actor, self.conversation, pressed).await?;
        let before = standing_of(&turn);
        let outcome = match button.clone() {
            Button::Confirm => self.confirm(pressed, before).await?,
            Button::Cancel => self.drop(pressed, before).await?,
            Button::Undo => self.undo(before).await?,
            Button::Choose(id) => match before.pending.clone() {
                Some(Pending::Choose { text, choices }) if choices.iter().any(|choice| choice.id == id) => {
                    self.ask(&text, &before, Some((id, &choices))).await?
                }
                Some(Pending::Approver { choices, .. }) if choices.iter().any(|choice| choice.id == id) => {
                    Box::pin(self.approver_chosen(pressed, id, before)).await?
                }
                Some(Pending::WhichApproval { choices }) if choices.iter().any(|choice| choice.id == id) => {
                    Box::pin(self.to_decide(id, before)).await?
                }
                _ => Outcome::says(&self.texts().nothing_to_confirm, self.standing()),
            },
            Button::Take(place) => {
                let taken = match &before.pending {
                    Some(offer) => self.taken(offer, place, &before).await?,
                    None => None,
                };
                taken.unwrap_or_else(|| Outcome::says(&self.texts().nothing_to_confirm, self.standing()))
            }
            Button::Without(place) => self.without(before, place).await?,
            Button::Stop(promise) => self.end(promise, self.standing()).await?,
            Button::Decline(reason) => match before.pending {
                Some(Pending::Approve { id, .. }) => Box::pin(self.decline(pressed, id, Some(reason), before)).await?,
                _ => Outcome::says(&self.texts().nothing_to_confirm, self.standing()),
            },
            Button::AskApproval => Box::pin(self.who_approves(pressed, before)).await?,
            Button::Withdraw(id) => Box::pin(self.withdraw(id, self.standing())).await?,
        };
        let word = serde_json::to_value(button).unwrap_or_default();
        let word = word.as_str().map_or_else(|| word.as_object().map(first_key).unwrap_or_default(), str::to_owned);
        Ok((format!("[{word}]"), outcome))
    }

    /// The request of a turn without one of its conditions.
    async fn without(&self, before: Standing, place: usize) -> Result<Outcome> {
        let Some(mut request) = before.request.clone().filter(|request| place < request.conditions.len()) else {
            return Ok(Outcome::says(&self.texts().none_left, before));
        };
        request.conditions.remove(place);
        let answer = self.staff.carry_out(self.actor, &request, self.language, self.limit).await?;
        let shown = before.shown.after(&answer);
        let standing = Standing { request: Some(request), shown, pending: None, ..before };
        Ok(Outcome { answer, message: None, standing })
    }
}

pub(super) fn standing_of(turn: &StaffTurn) -> Standing {
    // A turn of an older version, whose state reads otherwise, is not gone on from.
    serde_json::from_value(turn.state.clone()).unwrap_or_default()
}

fn first_key(object: &serde_json::Map<String, Json>) -> String {
    object.keys().next().cloned().unwrap_or_default()
}
