//! What somebody wants the bot to do by itself: send an answer again and again, remind them, tell them when something
//! happens; and to hear what it does, or to stop it.

use super::rhythm::Rhythm;
use super::said::Said;
use crate::Language;
use crate::values::{Found, Grain, Value, When, find};
use jiff::civil::{DateTime, Time, Weekday};
use jiff::{Span, Zoned};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What somebody wants the bot to do by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// "send it to me every Monday at 8".
    Send {
        /// What.
        what: Sent,
        /// When.
        again: Again,
    },
    /// "remind me tomorrow at 9 to call Jane".
    Remind {
        /// Of what, in their words; empty if they did not say.
        of: String,
        /// When.
        at: Due,
    },
    /// "tell me when T-1042 is solved".
    Tell {
        /// Of what: records by their names, or what holds of them then.
        what: String,
        /// Which change is meant, where the words say no more than that something changes.
        change: Option<Changing>,
    },
    /// "what do you send me?"
    List,
    /// "stop sending me the Monday report".
    Stop(Stopped),
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// What was asked before.
    It,
    /// What is on somebody's plate.
    Digest,
    /// What these words ask for.
    Said(String),
}

/// How often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// In this rhythm.
    In(Rhythm),
    /// More often than daily, which is too much.
    TooOften,
}

/// When a reminder is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// Once, by the clock on the wall; the time of day may have been left open.
    At(DateTime),
    /// Again and again.
    Again(Again),
}

/// Which change of a record is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changing {
    /// "moves": where it stands.
    Place,
    /// "changes": anything.
    Anything,
}

/// What shall end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stopped {
    /// Words that tell it from others, folded; none if it is what was spoken about.
    pub words: Vec<String>,
    /// The days on which it comes.
    pub weekdays: Vec<Weekday>,
}

impl Stopped {
    /// Whether nothing is said but that it shall end, whatever was spoken about.
    #[must_use]
    pub fn is_it(&self) -> bool {
        self.words.is_empty() && self.weekdays.is_empty()
    }
}

/// One language's words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    polite: Vec<String>,
    send: Vec<String>,
    me: Vec<String>,
    it: Vec<String>,
    digest: Vec<String>,
    remind: Vec<String>,
    link: Vec<String>,
    tell: Vec<String>,
    moves: Vec<String>,
    changes: Vec<String>,
    article: Vec<String>,
    list: Vec<String>,
    stop: Vec<String>,
    stop_it: Vec<String>,
    notice: Vec<String>,
    around: Vec<String>,
}

impl Words {
    fn lists(&mut self) -> [&mut Vec<String>; 16] {
        [
            &mut self.polite,
            &mut self.send,
            &mut self.me,
            &mut self.it,
            &mut self.digest,
            &mut self.remind,
            &mut self.link,
            &mut self.tell,
            &mut self.moves,
            &mut self.changes,
            &mut self.article,
            &mut self.list,
            &mut self.stop,
            &mut self.stop_it,
            &mut self.notice,
            &mut self.around,
        ]
    }
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
static WORDS: LazyLock<BTreeMap<String, Words>> = LazyLock::new(|| {
    let mut all: BTreeMap<String, Words> =
        toml::from_str(include_str!("words/wishes.toml")).expect("the file of words is well formed");
    for list in all.values_mut().flat_map(Words::lists) {
        for phrase in list.iter_mut() {
            *phrase = Said::of(phrase).words.join(" ");
        }
        // The longest that fits is meant.
        list.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    }
    all
});

/// What a text wants the bot to do by itself; none if it is a question or a change, or nothing at all.
///
/// Whoever speaks another language may write English all the same.
#[must_use]
pub fn wish(text: &str, now: &Zoned, language: Language) -> Option<Wish> {
    let own = WORDS.get(language.code()).and_then(|words| Heard { text, words, language, now }.wish());
    let english = || Heard { text, words: WORDS.get(Language::En.code())?, language: Language::En, now }.wish();
    own.or_else(english)
}

struct Heard<'a> {
    text: &'a str,
    words: &'a Words,
    language: Language,
    now: &'a Zoned,
}

impl Heard<'_> {
    fn wish(&self) -> Option<Wish> {
        let said = Said::of(self.text).stripped(&self.words.polite);
        if said.is(&self.words.list) {
            return Some(Wish::List);
        }
        self.stop(&said)
            .map(Wish::Stop)
            .or_else(|| self.tell(&said))
            .or_else(|| self.remind(&said))
            .or_else(|| self.send(&said))
    }

    fn found(&self) -> Vec<Found> {
        find(self.text, self.now, self.language)
    }

    fn stop(&self, said: &Said) -> Option<Stopped> {
        let surely = said.without_first(&self.words.stop);
        let rest = surely.clone().or_else(|| said.without_first(&self.words.stop_it))?;
        let begin = rest.spans.first().map_or(self.text.len(), |span| span.start);
        let (mut rest, mut weekdays) = (rest, Vec::new());
        for found in self.found().into_iter().filter(|found| found.span.start >= begin) {
            match found.value {
                Value::Time(When::Moment { at, grain: Grain::Day }) => weekdays.push(at.date().weekday()),
                Value::Time(When::Recurring(again)) => weekdays.extend(again.weekdays),
                _ => continue,
            }
            rest = rest.outside(&found.span);
        }
        let named = rest.words.iter().any(|word| self.words.notice.contains(word));
        let is_it = rest.is(&self.words.it);
        let rest = rest.stripped(&self.words.around);
        // "stop it" is that; "delete the deal" is a change.
        if surely.is_none() && !(named || is_it || !weekdays.is_empty()) {
            return None;
        }
        let telling = |word: &&String| ![&self.words.around, &self.words.notice].iter().any(|list| list.contains(word));
        let words = if is_it { Vec::new() } else { rest.words.iter().filter(telling).cloned().collect() };
        Some(Stopped { words, weekdays })
    }

    fn tell(&self, said: &Said) -> Option<Wish> {
        let rest = said.without_first(&self.words.tell)?.stripped(&self.words.polite);
        let ends: [(&Vec<String>, Changing); 2] =
            [(&self.words.moves, Changing::Place), (&self.words.changes, Changing::Anything)];
        let cut = ends.into_iter().find_map(|(phrases, change)| {
            let cut = rest.without_last(phrases).or_else(|| rest.without_first(phrases));
            cut.map(|cut| (cut, Some(change)))
        });
        let (what, change) = cut.unwrap_or((rest, None));
        let what = what.stripped_before(&self.words.article).written(self.text, None);
        (!what.is_empty()).then_some(Wish::Tell { what, change })
    }

    fn remind(&self, said: &Said) -> Option<Wish> {
        let times: Vec<Found> = self.found().into_iter().filter(|found| self.due(found).is_some()).collect();
        // "tomorrow at 9 remind me": the time may stand before.
        let leading =
            times.iter().find(|found| said.spans.first().is_some_and(|span| found.span.contains(&span.start)));
        let begun = leading.map_or_else(|| said.clone(), |found| said.outside(&found.span));
        let rest = begun.stripped_before(&self.words.polite).without_first(&self.words.remind)?;
        let begin = rest.spans.first().map_or(self.text.len(), |span| span.start);
        let next = times.iter().find(|found| found.span.start <= begin && begin < found.span.end);
        let chosen = leading.or(next).or(times.last())?;
        let of = rest.outside(&chosen.span).stripped(&self.words.polite).stripped_before(&self.words.link);
        let of = if of.is(&self.words.it) { String::new() } else { of.written(self.text, Some(&chosen.span)) };
        Some(Wish::Remind { of, at: self.due(chosen)? })
    }

    /// When a reminder at this time is due; none for what has been, and for what is no time.
    fn due(&self, found: &Found) -> Option<Due> {
        const MORNING: Time = Time::constant(9, 0, 0, 0);
        let now = self.now.datetime();
        let soon = now.checked_add(Span::new().hours(1)).ok()?;
        let Value::Time(when) = found.future() else { return None };
        let day = |at: DateTime| at.date().to_datetime(MORNING);
        let at = match when {
            When::Recurring(again) => {
                return Some(Due::Again(Rhythm::of(again).map_or(Again::TooOften, Again::In)));
            }
            When::Moment { at, grain: Grain::Day } => day(*at),
            When::Moment { at, .. } => return (*at > now).then_some(Due::At(*at)),
            When::Range { from, grain, .. } => {
                let from = (*from)?;
                if *grain >= Grain::Day { day(from) } else { from }
            }
        };
        if at > now {
            return Some(Due::At(at));
        }
        // "today", "this week", "this afternoon": it has begun, so it is soon.
        let (_, end) = when.bounds();
        end.filter(|end| *end > now).map(|_| Due::At(soon))
    }

    fn send(&self, said: &Said) -> Option<Wish> {
        let found = self.found();
        let (span, again) = found.iter().find_map(|found| match &found.value {
            Value::Time(When::Recurring(again)) => Some((found.span.clone(), again)),
            _ => None,
        })?;
        let rest = said.outside(&span).stripped_before(&self.words.polite).without_first(&self.words.send)?;
        let rest = rest.stripped(&self.words.me).stripped(&self.words.polite).stripped(&self.words.me);
        let what = if rest.is_empty() || rest.is(&self.words.it) {
            Sent::It
        } else if rest.is(&self.words.digest) {
            Sent::Digest
        } else {
            Sent::Said(rest.written(self.text, Some(&span)))
        };
        Some(Wish::Send { what, again: Rhythm::of(again).map_or(Again::TooOften, Again::In) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;
    use jiff::tz::TimeZone;

    /// What is meant by a text of Sunday, December 31, 2017 at noon, in short.
    fn heard(text: &str, language: Language) -> String {
        let now = datetime(2017, 12, 31, 12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        let again = |again: Again| match again {
            Again::In(rhythm) => rhythm.told(Language::En),
            Again::TooOften => "too often".into(),
        };
        match wish(text, &now, language) {
            None => "nothing".into(),
            Some(Wish::List) => "list".into(),
            Some(Wish::Send { what, again: when }) => format!("send {what:?} {}", again(when)),
            Some(Wish::Remind { of, at: Due::At(at) }) => format!("remind {} {of}", at.strftime("%m-%d %H:%M")),
            Some(Wish::Remind { of, at: Due::Again(when) }) => format!("remind {} {of}", again(when)),
            Some(Wish::Tell { what, change }) => format!("tell {what} {change:?}"),
            Some(Wish::Stop(Stopped { words, weekdays })) => format!("stop {} {weekdays:?}", words.join(" ")),
        }
    }

    #[test]
    fn an_answer_is_sent_again_and_again_in_every_language() {
        let it = "send It every Monday at 08:00";
        for (language, text) in [
            (Language::En, "send it to me every Monday at 8"),
            (Language::En, "Send it to me every Monday at 8."),
            (Language::En, "please send this to me each Monday at 8 am"),
            (Language::En, "every Monday at 8 send me this"),
            (Language::De, "schick mir das jeden Montag um 8"),
            (Language::De, "Schicke es mir jeden Montag um 8 Uhr"),
            (Language::De, "Bitte schick mir das jeden Montag um 8 Uhr zu"),
            (Language::De, "send it to me every Monday at 8"),
            (Language::Fr, "envoie-le-moi tous les lundis à 8h"),
            (Language::Fr, "envoie-le-moi chaque lundi à 8 heures"),
            (Language::Fr, "envoie-moi ça chaque lundi à 8h"),
            (Language::Es, "envíamelo cada lunes a las 8"),
            (Language::Es, "envíamelo todos los lunes a las 8"),
            (Language::Es, "mándame esto cada lunes a las 8"),
            (Language::Pt, "envie isso para mim toda segunda-feira às 8"),
            (Language::Pt, "me envie isso toda segunda às 8"),
            (Language::Pt, "envia-me isto todas as segundas-feiras às 8"),
        ] {
            assert_eq!(heard(text, language), it, "{text}");
        }
    }

    #[test]
    fn what_is_sent_may_stand_in_the_same_sentence() {
        let pipeline = "send Said(\"the pipeline by stage\") every Monday at 08:00";
        assert_eq!(heard("send me the pipeline by stage every Monday at 8", Language::En), pipeline);
        assert_eq!(heard("every Monday at 8, send me the pipeline by stage", Language::En), pipeline);
        assert_eq!(heard("send me every Monday at 8 the pipeline by stage", Language::En), pipeline);
        assert_eq!(heard("could you send the pipeline by stage to me every Monday at 8?", Language::En), pipeline);
        assert_eq!(
            heard("send me my open deals every weekday at 7:30", Language::En),
            "send Said(\"my open deals\") every weekday at 07:30"
        );
        assert_eq!(
            heard("send this to me every month on the 1st", Language::En),
            "send It every month on day 1 at 08:00"
        );
        assert_eq!(heard("send me a digest every morning at 8", Language::En), "send Digest every day at 08:00");
        assert_eq!(
            heard("schick mir jeden Montag um 8 die offenen Deals", Language::De),
            "send Said(\"die offenen Deals\") every Monday at 08:00"
        );
        assert_eq!(heard("send it to me every hour", Language::En), "send It too often");
    }

    #[test]
    fn reminders_say_when_and_of_what() {
        for (language, text, meant) in [
            (Language::En, "remind me tomorrow at 9 to call Jane", "remind 01-01 09:00 call Jane"),
            (Language::En, "remind me in 2 hours about Acme", "remind 12-31 14:00 Acme"),
            (Language::En, "Remind me to call Jane tomorrow at 3 pm, please", "remind 01-01 15:00 call Jane"),
            (Language::En, "tomorrow at 9 remind me to call Jane", "remind 01-01 09:00 call Jane"),
            (Language::En, "remind me to call Jane on Friday", "remind 01-05 09:00 call Jane"),
            (
                Language::En,
                "remind me every Friday at 16:00 to send the report",
                "remind every Friday at 16:00 send the report",
            ),
            (Language::De, "erinnere mich morgen um 9 daran, Jane anzurufen", "remind 01-01 09:00 Jane anzurufen"),
            (Language::De, "erinnere mich in 2 Stunden an Acme", "remind 12-31 14:00 Acme"),
            (Language::Fr, "rappelle-moi demain à 9h d'appeler Jane", "remind 01-01 09:00 appeler Jane"),
            (Language::Es, "recuérdame mañana a las 9 llamar a Jane", "remind 01-01 09:00 llamar a Jane"),
            (Language::Pt, "lembre-me amanhã às 9 de ligar para Jane", "remind 01-01 09:00 ligar para Jane"),
        ] {
            assert_eq!(heard(text, language), meant, "{text}");
        }
        assert_eq!(heard("remind me to call Jane", Language::En), "nothing");
    }

    #[test]
    fn what_is_told_when_it_happens() {
        for (language, text, meant) in [
            (Language::En, "tell me when Acme's deal moves", "tell Acme's deal Some(Place)"),
            (Language::En, "tell me when T-1042 is solved", "tell T-1042 is solved None"),
            (Language::En, "notify me when a deal over 100k is won", "tell deal over 100k is won None"),
            (Language::En, "let me know if something changes on Acme", "tell Acme Some(Anything)"),
            (Language::De, "sag mir Bescheid, wenn T-1042 geändert wird", "tell T-1042 Some(Anything)"),
            (Language::Fr, "préviens-moi quand T-1042 change", "tell T-1042 Some(Anything)"),
            (Language::Es, "avísame cuando T-1042 cambie", "tell T-1042 Some(Anything)"),
            (Language::Pt, "avise-me quando T-1042 mudar", "tell T-1042 Some(Anything)"),
        ] {
            assert_eq!(heard(text, language), meant, "{text}");
        }
    }

    #[test]
    fn what_the_bot_does_by_itself_is_listed_and_stopped() {
        for (language, text, meant) in [
            (Language::En, "what do you send me?", "list"),
            (Language::De, "Was schickst du mir?", "list"),
            (Language::Fr, "que m'envoies-tu ?", "list"),
            (Language::Es, "¿Qué me envías?", "list"),
            (Language::Pt, "o que você me envia?", "list"),
            (Language::En, "stop sending me the Monday report", "stop  [Monday]"),
            (Language::En, "stop it", "stop  []"),
            (Language::En, "stop sending me the pipeline by stage", "stop pipeline by stage []"),
            (Language::De, "beende den Versand vom Montag", "stop  [Monday]"),
            (Language::Fr, "arrête l'envoi du lundi", "stop  [Monday]"),
            (Language::Es, "cancela el envío del lunes", "stop  [Monday]"),
            (Language::Pt, "cancele o envio da segunda-feira", "stop  [Monday]"),
        ] {
            assert_eq!(heard(text, language), meant, "{text}");
        }
    }

    #[test]
    fn questions_and_changes_are_no_wishes() {
        for text in [
            "open deals closing this month",
            "delete the account Hottechi",
            "cancel the meeting with Jane",
            "stop",
            "create a task to call Jane every Monday",
            "deals created every month",
            "which deals moved this week",
            "cancel",
            "send an e-mail to Jane",
        ] {
            assert_eq!(heard(text, Language::En), "nothing", "{text}");
        }
        assert_eq!(heard("annule", Language::Fr), "nothing");
    }
}
