//! Asking for somebody else's yes: who shall approve a change, what becomes of such a request, and the yes or no of
//! whoever was asked.

use super::said::Said;
use crate::Language;
use crm_core::text::fold;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What somebody says about approvals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approval {
    /// "ask Mike to approve this".
    Ask {
        /// Who shall approve.
        of: Approver,
        /// The change in their words; none if it is what was just proposed.
        what: Option<String>,
    },
    /// "never mind the approval".
    Withdraw,
    /// "what do I have to approve?"
    List,
}

/// Who shall approve a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approver {
    /// Whoever may.
    Anybody,
    /// The manager of whoever asks.
    Manager,
    /// Whoever is called so.
    Named(String),
}

/// What whoever was asked for a yes says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Approve,
    /// No.
    Decline {
        /// Why, in their words.
        reason: Option<String>,
    },
}

/// A name has so many words at most.
const NAME: usize = 4;

/// One language's words, as the file has them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    polite: Vec<String>,
    ask: Vec<String>,
    withdraw: Vec<String>,
    list: Vec<String>,
    approve: Vec<String>,
    decline: Vec<String>,
    manager: Vec<String>,
    anybody: Vec<String>,
    it: Vec<String>,
    around: Vec<String>,
    verbs: BTreeMap<String, String>,
}

/// One language's words, ready to compare.
#[derive(Debug)]
struct Words {
    polite: Vec<String>,
    ask: Vec<Pattern>,
    withdraw: Vec<Pattern>,
    list: Vec<Pattern>,
    approve: Vec<Pattern>,
    decline: Vec<Pattern>,
    manager: Vec<String>,
    anybody: Vec<String>,
    it: Vec<String>,
    around: Vec<String>,
    verbs: BTreeMap<String, String>,
}

type Pattern = Vec<Part>;

/// What stands at a place of a sentence.
#[derive(Debug)]
enum Part {
    /// One of these words; or nothing, if it may lack.
    Word { any: Vec<String>, may_lack: bool },
    /// Somebody's name.
    Who,
    /// Any words.
    What,
    /// What was just spoken about.
    It,
}

/// Where in a sentence it is said who and what.
#[derive(Debug, Default)]
struct Places {
    who: Option<Range<usize>>,
    what: Option<Range<usize>>,
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
static WORDS: LazyLock<BTreeMap<String, Words>> = LazyLock::new(|| {
    let all: BTreeMap<String, File> =
        toml::from_str(include_str!("words/approvals.toml")).expect("the file of words is well formed");
    all.into_iter().map(|(language, file)| (language, Words::of(file))).collect()
});

impl Words {
    fn of(file: File) -> Self {
        let phrases = |list: Vec<String>| {
            let mut list: Vec<String> = list.iter().map(|phrase| Said::of(phrase).words.join(" ")).collect();
            // The longest that fits is meant.
            list.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
            list
        };
        let patterns = |list: Vec<String>| list.iter().map(|line| line.split(' ').map(Part::of).collect()).collect();
        let folded = |(said, meant): (String, String)| (Said::of(&said).words.join(" "), meant);
        Self {
            polite: phrases(file.polite),
            ask: patterns(file.ask),
            withdraw: patterns(file.withdraw),
            list: patterns(file.list),
            approve: patterns(file.approve),
            decline: patterns(file.decline),
            manager: phrases(file.manager),
            anybody: phrases(file.anybody),
            it: phrases(file.it),
            around: phrases(file.around),
            verbs: file.verbs.into_iter().map(folded).collect(),
        }
    }

    /// The text as it stands, and without what is only polite.
    fn said(&self, text: &str) -> [Said; 2] {
        let said = Said::of(text);
        [said.clone(), said.stripped(&self.polite)]
    }

    /// Where the slots of the first pattern that fits a whole text are.
    fn places(&self, patterns: &[Pattern], said: &Said) -> Option<Places> {
        let fits = |pattern: &Pattern| {
            let mut places = Places::default();
            self.fits(pattern, &said.words, 0, &mut places).then_some(places)
        };
        patterns.iter().find_map(fits)
    }

    fn fits(&self, pattern: &[Part], words: &[String], at: usize, places: &mut Places) -> bool {
        let Some((part, rest)) = pattern.split_first() else { return at == words.len() };
        let up_to = |most: usize| at + 1..=words.len().min(at.saturating_add(most));
        match part {
            Part::Word { any, may_lack } => {
                words.get(at).is_some_and(|word| any.contains(word)) && self.fits(rest, words, at + 1, places)
                    || *may_lack && self.fits(rest, words, at, places)
            }
            Part::It => up_to(NAME)
                .any(|end| self.it.contains(&words[at..end].join(" ")) && self.fits(rest, words, end, places)),
            Part::Who => up_to(NAME).any(|end| {
                let fits = self.fits(rest, words, end, places);
                places.who = fits.then_some(at..end);
                fits
            }),
            Part::What => up_to(usize::MAX).any(|end| {
                let fits = self.fits(rest, words, end, places);
                places.what = fits.then_some(at..end);
                fits
            }),
        }
    }

    fn approval(&self, text: &str) -> Option<Approval> {
        let all = self.said(text);
        let says = |patterns: &[Pattern]| all.iter().any(|said| self.places(patterns, said).is_some());
        if says(&self.withdraw) {
            return Some(Approval::Withdraw);
        }
        if says(&self.list) {
            return Some(Approval::List);
        }
        let whole = all.iter().find_map(|said| self.asks(text, said));
        // "ask Mike for approval: move Acme to won"
        let in_two = || {
            let (before, what) = text.split_once(':')?;
            let asks = self.said(before).iter().find_map(|said| self.asks(before, said))?;
            match asks {
                Approval::Ask { of, what: None } => Some(Approval::Ask { of, what: Some(what.trim().to_owned()) }),
                _ => None,
            }
        };
        in_two().or(whole)
    }

    fn asks(&self, text: &str, said: &Said) -> Option<Approval> {
        let Places { who, what } = self.places(&self.ask, said)?;
        let of = who.map_or(Approver::Anybody, |who| self.approver(text, &said.part(who)));
        let what = what.map(|what| said.part(what)).filter(|what| !what.is(&self.it));
        Some(Approval::Ask { of, what: what.map(|what| self.bidden(text, &what)) })
    }

    fn approver(&self, text: &str, said: &Said) -> Approver {
        let bare = said.clone().stripped_before(&self.around);
        let is = |phrases: &[String]| said.is(phrases) || bare.is(phrases);
        if is(&self.manager) {
            return Approver::Manager;
        }
        if is(&self.anybody) || bare.is_empty() {
            return Approver::Anybody;
        }
        let name = bare.written(text, None);
        Approver::Named(name.trim_end_matches("'s").trim_end_matches("’s").to_owned())
    }

    /// A change as one would tell the bot to make it: "moving Acme to won" is "move Acme to won".
    fn bidden(&self, text: &str, said: &Said) -> String {
        for (verb, bidding) in &self.verbs {
            let verb = [verb.clone()];
            if let Some(rest) = said.without_first(&verb).or_else(|| said.without_last(&verb)) {
                return format!("{bidding} {}", rest.written(text, None));
            }
        }
        said.written(text, None)
    }

    fn decision(&self, text: &str) -> Option<Decision> {
        let all = self.said(text);
        if all.iter().any(|said| self.places(&self.approve, said).is_some()) {
            return Some(Decision::Approve);
        }
        all.iter().find_map(|said| {
            let Places { what, .. } = self.places(&self.decline, said)?;
            Some(Decision::Decline { reason: what.map(|what| said.part(what).written(text, None)) })
        })
    }
}

impl Part {
    /// Reads `word`, `one|other`, `may|lack?` and the slots `{who}`, `{what}` and `{it}`.
    fn of(written: &str) -> Self {
        match written {
            "{who}" => Self::Who,
            "{what}" => Self::What,
            "{it}" => Self::It,
            words => {
                let any = words.trim_end_matches('?').split('|').map(fold).collect();
                Self::Word { any, may_lack: words.ends_with('?') }
            }
        }
    }
}

/// What a text says about approvals; none if it says something else.
///
/// Whoever speaks another language may write English all the same.
#[must_use]
pub fn approval(text: &str, language: Language) -> Option<Approval> {
    let heard = |language: Language| WORDS.get(language.code())?.approval(text);
    heard(language).or_else(|| heard(Language::En))
}

/// Who is meant by a mere name, or by "my manager".
#[must_use]
pub fn approver(text: &str, language: Language) -> Approver {
    let named = |language: Language| WORDS.get(language.code()).map(|words| words.approver(text, &Said::of(text)));
    match named(language) {
        Some(Approver::Named(name)) if language != Language::En => named(Language::En).unwrap_or(Approver::Named(name)),
        Some(own) => own,
        None => Approver::Anybody,
    }
}

/// Whether a text is the yes or the no of somebody who was asked for it, and more than that mere word.
#[must_use]
pub fn decision(text: &str, language: Language) -> Option<Decision> {
    let heard = |language: Language| WORDS.get(language.code())?.decision(text);
    heard(language).or_else(|| heard(Language::En))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is meant by a text, in short.
    fn heard(text: &str, language: Language) -> String {
        match approval(text, language) {
            None => "nothing".into(),
            Some(Approval::Withdraw) => "withdraw".into(),
            Some(Approval::List) => "list".into(),
            Some(Approval::Ask { of, what }) => {
                let of = match of {
                    Approver::Anybody => "anybody".to_owned(),
                    Approver::Manager => "my manager".to_owned(),
                    Approver::Named(name) => name,
                };
                what.map_or_else(|| of.clone(), |what| format!("{of}: {what}"))
            }
        }
    }

    #[test]
    fn somebody_is_asked_to_approve_what_was_just_proposed_in_every_language() {
        for (language, text, who) in [
            (Language::En, "ask Mike to approve this", "Mike"),
            (Language::En, "Please ask Mike Miller for approval.", "Mike Miller"),
            (Language::En, "get approval from Anna", "Anna"),
            (Language::En, "get Anna's approval", "Anna"),
            (Language::En, "have Anna approve it", "Anna"),
            (Language::En, "send it to my manager for approval", "my manager"),
            (Language::En, "ask my boss for approval", "my manager"),
            (Language::En, "ask for approval", "anybody"),
            (Language::En, "ask somebody who may", "anybody"),
            (Language::De, "bitte Mike, das zu genehmigen", "Mike"),
            (Language::De, "Bitte Anna Schmidt um Freigabe", "Anna Schmidt"),
            (Language::De, "hol die Genehmigung von Anna ein", "Anna"),
            (Language::De, "schick es meinem Chef zur Freigabe", "my manager"),
            (Language::De, "lass das von Mike genehmigen", "Mike"),
            (Language::De, "ask Mike to approve this", "Mike"),
            (Language::Fr, "demande à Mike d'approuver ça", "Mike"),
            (Language::Fr, "demande l'approbation d'Anna", "Anna"),
            (Language::Fr, "envoie-le à mon responsable pour approbation", "my manager"),
            (Language::Es, "pídele a Mike que apruebe esto", "Mike"),
            (Language::Es, "pide la aprobación de Anna", "Anna"),
            (Language::Es, "envíalo a mi jefe para su aprobación", "my manager"),
            (Language::Pt, "peça ao Mike para aprovar isto", "Mike"),
            (Language::Pt, "peça a aprovação da Anna", "Anna"),
            (Language::Pt, "envie isso ao meu gerente para aprovação", "my manager"),
        ] {
            assert_eq!(heard(text, language), who, "{text}");
        }
    }

    #[test]
    fn what_shall_be_approved_may_stand_in_the_same_sentence() {
        for (language, text, meant) in [
            (Language::En, "ask Mike to approve moving Acme to won", "Mike: move Acme to won"),
            (Language::En, "get approval from my manager to move Acme to won", "my manager: move Acme to won"),
            (Language::En, "ask Mike for approval: move Acme to won", "Mike: move Acme to won"),
            (Language::En, "ask for approval to delete the account Acme", "anybody: delete the account Acme"),
            (Language::De, "bitte Mike um Freigabe, Acme auf gewonnen zu setzen", "Mike: setze Acme auf gewonnen"),
            (Language::De, "hol die Genehmigung von Anna: setze Acme auf gewonnen", "Anna: setze Acme auf gewonnen"),
            (Language::Fr, "demande à Mike d'approuver : passe Acme à gagné", "Mike: passe Acme à gagné"),
            (Language::Fr, "demande l'accord de Mike pour passer Acme à gagné", "Mike: passe Acme à gagné"),
            (Language::Es, "pide la aprobación de Mike para mover Acme a ganado", "Mike: mover Acme a ganado"),
            (Language::Pt, "peça a aprovação do Mike para mover Acme para ganho", "Mike: mover Acme para ganho"),
        ] {
            assert_eq!(heard(text, language), meant, "{text}");
        }
    }

    #[test]
    fn requests_are_listed_and_withdrawn() {
        for (language, text, meant) in [
            (Language::En, "never mind the approval", "withdraw"),
            (Language::En, "cancel my approval request", "withdraw"),
            (Language::De, "zieh die Anfrage zur Freigabe zurück", "withdraw"),
            (Language::De, "vergiss die Genehmigung", "withdraw"),
            (Language::Fr, "annule la demande d'approbation", "withdraw"),
            (Language::Es, "cancela la solicitud de aprobación", "withdraw"),
            (Language::Pt, "cancela o pedido de aprovação", "withdraw"),
            (Language::En, "what do I have to approve?", "list"),
            (Language::En, "what am I asked to approve?", "list"),
            (Language::En, "my approvals", "list"),
            (Language::De, "Was muss ich genehmigen?", "list"),
            (Language::Fr, "que dois-je approuver ?", "list"),
            (Language::Es, "¿Qué tengo que aprobar?", "list"),
            (Language::Pt, "o que tenho de aprovar?", "list"),
        ] {
            assert_eq!(heard(text, language), meant, "{text}");
        }
    }

    #[test]
    fn questions_changes_and_promises_are_nothing_of_the_kind() {
        for text in [
            "open deals closing this month",
            "send it to me every Monday at 8",
            "ask Mike",
            "create a task: ask Mike to approve the offer",
            "remind me tomorrow at 9 to get approval from Anna",
            "deals that Mike approved",
            "cancel",
            "never mind",
            "send an e-mail to my manager",
        ] {
            assert_eq!(heard(text, Language::En), "nothing", "{text}");
        }
    }

    #[test]
    fn whoever_is_asked_says_yes_or_no_and_why() {
        let declined = |reason: Option<&str>| Some(Decision::Decline { reason: reason.map(str::to_owned) });
        for (language, text, meant) in [
            (Language::En, "approve it", Some(Decision::Approve)),
            (Language::En, "Yes, approved.", Some(Decision::Approve)),
            (Language::De, "genehmigt", Some(Decision::Approve)),
            (Language::Fr, "j'approuve", Some(Decision::Approve)),
            (Language::Es, "aprobado", Some(Decision::Approve)),
            (Language::Pt, "aprovo", Some(Decision::Approve)),
            (Language::En, "decline", declined(None)),
            (Language::En, "decline: too expensive", declined(Some("too expensive"))),
            (Language::En, "No, because it is too expensive", declined(Some("it is too expensive"))),
            (Language::De, "ablehnen, weil es zu teuer ist", declined(Some("es zu teuer ist"))),
            (Language::De, "Nein, zu teuer", declined(Some("zu teuer"))),
            (Language::Fr, "refuse : trop cher", declined(Some("trop cher"))),
            (Language::Es, "rechaza: demasiado caro", declined(Some("demasiado caro"))),
            (Language::Pt, "recusa: caro demais", declined(Some("caro demais"))),
            (Language::En, "open deals", None),
        ] {
            assert_eq!(decision(text, language), meant, "{text}");
        }
    }
}
