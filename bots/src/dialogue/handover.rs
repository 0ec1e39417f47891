//! Handing over: what the person is told, and what the customer is.

use super::Dialogue;
use super::answer::gap;
use super::decide::message;
use super::situation::Situation;
use crate::reply::{Form, Parts, Said};
use crate::texts::{self, Texts, fill};
use crm_core::desk::{BotSays, NewMessage, Reason, Routed, Then, Wait, Words};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use nlu::Language;
use serde_json::{Value as Json, json};
use std::sync::Arc;

impl Dialogue {
    /// The bot hands over. `looked_at`: the passages that did not answer.
    pub(super) fn hand_over(&self, situation: &Situation, reason: Reason, looked_at: Vec<Json>) -> BotSays {
        self.hand_over_saying(situation, reason, None, looked_at)
    }

    /// The same, and why in words of the company's own.
    pub(super) fn hand_over_saying(
        &self,
        situation: &Situation,
        reason: Reason,
        why: Option<String>,
        looked_at: Vec<Json>,
    ) -> BotSays {
        let language = situation.language;
        let why = why.unwrap_or_else(|| why_of(texts::of(language), reason).to_owned());
        let words: Words = Arc::new(move |routed: &Routed| handed_over(language, &why, routed));
        let mut says = situation.says(Vec::new(), "handed_over");
        says.then = Then::HandOver { reason, team: None, packet: packet(situation, looked_at), words };
        says
    }
}

impl Dialogue {
    /// The bot hands over because its answers do not help. What they did not answer is a gap, heard as it was asked and
    /// not as the last no.
    pub(super) fn give_up(&self, situation: &Situation) -> BotSays {
        let mut says = self.hand_over(situation, Reason::Unhelpful, Vec::new());
        if let Some(question) = &situation.earlier {
            says.turn.gap = Some(gap(situation.language.code(), question));
            says.turn.heard.clone_from(question);
        }
        says
    }
}

/// What the person who takes over should know, beside the transcript.
fn packet(situation: &Situation, looked_at: Vec<Json>) -> Json {
    let cited = situation.tried.iter().filter_map(|parts| {
        let citation = parts.citation.as_ref()?;
        Some(json!({
            "question": parts.question, "article": citation.article, "title": citation.title,
            "heading": citation.heading, "slug": citation.slug, "anchor": citation.anchor,
            "confidence": parts.confidence, "told": true,
        }))
    });
    let tried: Vec<Json> = cited.chain(looked_at).collect();
    // Who only says "a person please" has asked before what it is about.
    let asks_itself = !matches!(situation.heard.intent, nlu::customer::Intent::Human | nlu::customer::Intent::No)
        && situation.chosen.is_none()
        && !situation.is_proving();
    let question = if asks_itself { Some(situation.text.clone()) } else { situation.earlier.clone() };
    json!({"question": question, "said": situation.text, "tried": tried, "urgent": situation.heard.urgent})
}

fn why_of(texts: &Texts, reason: Reason) -> &str {
    match reason {
        Reason::Asked | Reason::Taken => &texts.handoff.asked,
        Reason::NoAnswer => &texts.handoff.no_answer,
        Reason::Unhelpful => &texts.handoff.unhelpful,
        Reason::Upset => &texts.handoff.upset,
        Reason::Account => &texts.handoff.account,
        Reason::Intent => &texts.handoff.intent,
        Reason::Failure => &texts.handoff.failure,
    }
}

/// What the customer is told when the bot hands over.
fn handed_over(language: Language, why: &str, routed: &Routed) -> NewMessage {
    let texts = texts::of(language);
    let ticket = fill(&texts.ticket, &[("ticket", &routed.ticket)]);
    let mut text = format!("{why} {ticket} {}", wait(texts, &routed.wait));
    let mut parts = Parts { said: Some(Said::Handoff), ..Parts::default() };
    if !routed.knows_customer {
        text = format!("{text}\n\n{}", texts.details);
        parts.form = Some(Form::Details);
    }
    message(text, &parts)
}

/// What the customer is told when nobody answered in time.
pub(super) fn nobody_answered(language: Language, routed: &Routed) -> NewMessage {
    let texts = texts::of(language);
    let mut text = fill(&texts.nobody, &[("ticket", &routed.ticket)]);
    if routed.knows_customer {
        text = format!("{text} {}", texts.nobody_mail);
    }
    let parts = Parts {
        said: Some(Said::Handoff),
        form: (!routed.knows_customer).then_some(Form::Details),
        ..Parts::default()
    };
    message(text, &parts)
}

/// What wait to expect, honestly: what is not known is not told.
fn wait(texts: &Texts, wait: &Wait) -> String {
    match wait {
        Wait::Open { present: false, .. } => texts.wait.absent.clone(),
        Wait::Open { ahead, minutes, .. } => {
            let queue = match ahead {
                0 => None,
                1 => Some(texts.wait.one_ahead.clone()),
                count => Some(fill(&texts.wait.ahead, &[("count", &count.to_string())])),
            };
            let span = match minutes {
                None => texts.wait.unknown.clone(),
                Some(0 | 1) => texts.wait.minute.clone(),
                Some(minutes) => fill(&texts.wait.minutes, &[("minutes", &minutes.to_string())]),
            };
            queue.into_iter().chain([span]).collect::<Vec<_>>().join(" ")
        }
        Wait::Closed { opens_at: Some(at), zone } => back_at(texts, *at, zone),
        Wait::Closed { opens_at: None, .. } => texts.wait.closed_for_long.clone(),
    }
}

fn back_at(texts: &Texts, at: Timestamp, zone: &TimeZone) -> String {
    let there = at.to_zoned(zone.clone());
    let day = texts.days.get(usize::from(there.weekday().to_monday_zero_offset().unsigned_abs()));
    let time = there.strftime("%H:%M").to_string();
    let name = zone.iana_name().unwrap_or("UTC");
    fill(&texts.wait.closed, &[("day", day.map_or("", String::as_str)), ("time", &time), ("zone", name)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_told_as_it_is_known() {
        let texts = texts::of(Language::En);
        let open = |ahead, minutes| wait(texts, &Wait::Open { ahead, minutes, present: true });
        assert_eq!(open(0, Some(4)), "Most people are answered within 4 minutes.");
        assert_eq!(
            open(1, None),
            "One other person is waiting before you. You will be answered here as soon as somebody is free."
        );
        let closed = Wait::Closed {
            opens_at: "2026-11-23T08:00:00Z".parse().ok(),
            zone: TimeZone::get("Europe/Berlin").unwrap(),
        };
        assert!(wait(texts, &closed).contains("Monday at 09:00 (Europe/Berlin)"), "{}", wait(texts, &closed));
    }
}
