//! What kind of thing a text asks for, by how it begins: whether an article may answer it.

use super::spoken::plain;
use super::words::{Role, phrases};
use crate::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a text asks for, as far as its form tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// How something is done, why, what holds: "how do I reset a password?".
    Knowledge,
    /// Records or figures: "show…", "how many…".
    Records,
    /// That something be made, changed or deleted.
    Change,
    /// Any of these.
    Open,
}

/// A language's beginnings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Beginnings {
    knowledge: Vec<String>,
    records: Vec<String>,
    polite: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    #[serde(skip)]
    changes: Vec<String>,
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
static BEGINNINGS: LazyLock<BTreeMap<String, Beginnings>> = LazyLock::new(|| {
    let mut all: BTreeMap<String, Beginnings> =
        toml::from_str(include_str!("words/forms.toml")).expect("the file of forms is well formed");
    for language in Language::ALL {
        let Some(beginnings) = all.get_mut(language.code()) else { continue };
        let changes = phrases(language).filter(|(role, _)| changes(*role));
        beginnings.changes = changes.map(|(_, phrase)| plain(phrase)).filter(|phrase| !phrase.is_empty()).collect();
        let Beginnings { knowledge, records, polite, ends, .. } = beginnings;
        let lists = [knowledge, records, polite, ends];
        lists.into_iter().flatten().for_each(|phrase| *phrase = patterned(phrase));
    }
    all
});

fn changes(role: Role) -> bool {
    matches!(role, Role::Create | Role::Remind | Role::Update | Role::Rename | Role::Delete)
}

/// A phrase of the file: its words folded, but for the `*`.
fn patterned(phrase: &str) -> String {
    let words = phrase.split(' ').map(|word| if word == "*" { word.to_owned() } else { plain(word) });
    words.collect::<Vec<_>>().join(" ")
}

/// What a text asks for, by its form in a language or in English, which everybody writes.
#[must_use]
pub fn form(text: &str, language: Language) -> Form {
    let said = plain(text);
    let own = (language != Language::En).then_some(language);
    let forms = own.into_iter().chain([Language::En]).map(|language| form_in(&said, language));
    forms.reduce(|own, english| if own == Form::Open { english } else { own }).unwrap_or(Form::Open)
}

fn form_in(said: &str, language: Language) -> Form {
    let Some(beginnings) = BEGINNINGS.get(language.code()) else { return Form::Open };
    let mut words: Vec<&str> = said.split(' ').filter(|word| !word.is_empty()).collect();
    while let Some(polite) = beginnings.polite.iter().filter_map(|polite| begun(&words, polite)).max() {
        words.drain(..polite);
    }
    let begins = |phrases: &[String]| phrases.iter().any(|phrase| begun(&words, phrase).is_some());
    let ends_as_change = || words.last().is_some_and(|last| beginnings.ends.iter().any(|end| end == last));
    if begins(&beginnings.knowledge) {
        Form::Knowledge
    } else if begins(&beginnings.records) {
        Form::Records
    } else if begins(&beginnings.changes) || ends_as_change() {
        Form::Change
    } else {
        Form::Open
    }
}

/// How many words a phrase takes that these words begin with.
fn begun(words: &[&str], phrase: &str) -> Option<usize> {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    let begins =
        words.len() >= phrase.len() && phrase.iter().zip(words).all(|(meant, said)| *meant == "*" || meant == said);
    begins.then_some(phrase.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_article_may_answer_is_told_by_its_beginning_in_every_language() {
        for (language, text) in [
            (Language::En, "How do I reset a customer's password?"),
            (Language::En, "please, how to reset a password"),
            (Language::En, "And why can't customers pay by cheque?"),
            (Language::En, "What does \"on hold\" mean"),
            (Language::De, "Wie lange dauert die Lieferung?"),
            (Language::De, "Wie setze ich das Kennwort eines Kunden zurück?"),
            (Language::De, "Wie kann ich eine Firma löschen"),
            (Language::De, "how do I delete an account"),
            (Language::Fr, "Combien de temps dure la livraison ?"),
            (Language::Fr, "Comment réinitialiser un mot de passe ?"),
            (Language::Es, "¿Cómo puedo restablecer la contraseña?"),
            (Language::Pt, "Como faço para redefinir a senha?"),
        ] {
            assert_eq!(form(text, language), Form::Knowledge, "{text}");
        }
    }

    #[test]
    fn records_and_changes_are_asked_for_otherwise() {
        for (language, text, meant) in [
            (Language::En, "how many open deals do we have", Form::Records),
            (Language::En, "show me the refund policy", Form::Records),
            (Language::De, "Wie viele Firmen haben wir?", Form::Records),
            (Language::Fr, "Combien d'entreprises avons-nous ?", Form::Records),
            (Language::Es, "¿Cuántas empresas tenemos?", Form::Records),
            (Language::Pt, "Quantas empresas temos?", Form::Records),
            (Language::En, "delete all accounts", Form::Change),
            (Language::En, "please create a task", Form::Change),
            (Language::De, "alle Firmen löschen", Form::Change),
            (Language::Fr, "supprime toutes les entreprises", Form::Change),
            (Language::En, "what is our refund policy?", Form::Open),
            (Language::En, "open deals", Form::Open),
            (Language::Pt, "como gráfico de barras", Form::Open),
            (Language::En, "", Form::Open),
        ] {
            assert_eq!(form(text, language), meant, "{text}");
        }
    }

    #[test]
    fn every_language_has_beginnings() {
        for language in Language::ALL {
            let beginnings = &BEGINNINGS[language.code()];
            assert!(!beginnings.changes.is_empty() && !beginnings.knowledge.is_empty(), "{language:?}");
        }
    }
}
