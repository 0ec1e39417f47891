//! What somebody says in a conversation beside questions and requests: yes, no, undo, which of several.

use crate::Language;
use crate::customer::{Intent, hear};
use crm_core::text::fold;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a message is, if it is no question and no request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoken {
    /// Do what was proposed.
    Yes,
    /// Do not.
    No,
    /// Take back what was done.
    Undo,
    /// What can be asked?
    Help,
    /// Hello.
    Greeting,
    /// Thank you.
    Thanks,
    /// Goodbye.
    Goodbye,
    /// Who are you?
    WhoAreYou,
    /// An insult, and nothing else.
    Abuse,
    /// Keys pressed at random, signs alone.
    Nonsense,
}

/// One language's words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    yes: Vec<String>,
    no: Vec<String>,
    undo: Vec<String>,
    help: Vec<String>,
    ordinals: Vec<String>,
    other: Vec<String>,
    around: Vec<String>,
    correction: Vec<String>,
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
static WORDS: LazyLock<BTreeMap<String, Words>> = LazyLock::new(|| {
    let mut all: BTreeMap<String, Words> =
        toml::from_str(include_str!("words/spoken.toml")).expect("the file of words is well formed");
    for words in all.values_mut() {
        let lists = [&mut words.yes, &mut words.no, &mut words.undo, &mut words.help, &mut words.ordinals];
        for phrase in lists.into_iter().chain([&mut words.other, &mut words.around, &mut words.correction]).flatten() {
            *phrase = plain(phrase);
        }
    }
    all
});

/// The words of a language, and the English ones, which everybody says.
fn words(language: Language) -> impl Iterator<Item = &'static Words> {
    let own = (language != Language::En).then(|| WORDS.get(language.code())).flatten();
    own.into_iter().chain(WORDS.get(Language::En.code()))
}

/// The words of a language for places in a list, in their order.
pub(super) fn ordinals(language: Language) -> impl Iterator<Item = &'static str> {
    WORDS.get(language.code()).into_iter().flat_map(|words| &words.ordinals).map(String::as_str)
}

/// What a message is, if it is no question and no request.
#[must_use]
pub fn spoken(text: &str, language: Language) -> Option<Spoken> {
    let said = plain(text);
    for words in words(language) {
        let lists = [
            (&words.undo, Spoken::Undo),
            (&words.help, Spoken::Help),
            (&words.yes, Spoken::Yes),
            (&words.no, Spoken::No),
        ];
        if let Some((_, spoken)) = lists.into_iter().find(|(phrases, _)| phrases.contains(&said)) {
            return Some(spoken);
        }
    }
    Some(match hear(text, language).intent {
        Intent::Greeting => Spoken::Greeting,
        Intent::Thanks => Spoken::Thanks,
        Intent::Goodbye => Spoken::Goodbye,
        Intent::WhoAreYou | Intent::HowAreYou => Spoken::WhoAreYou,
        Intent::Abuse => Spoken::Abuse,
        Intent::Nonsense => Spoken::Nonsense,
        Intent::Yes | Intent::No | Intent::Human | Intent::Account | Intent::Question => return None,
    })
}

/// Which of several choices, by their names, is meant by "the second", "2" or a part of the name that only one has.
#[must_use]
pub fn choice(text: &str, names: &[&str], language: Language) -> Option<usize> {
    let said = plain(text);
    for words in words(language) {
        if names.len() == 2 && words.other.contains(&said) {
            return Some(1);
        }
        let left: Vec<&str> =
            said.split(' ').filter(|word| !words.around.iter().any(|around| around == word)).collect();
        let [word] = left.as_slice() else { continue };
        let place = words.ordinals.iter().position(|ordinal| ordinal == word);
        let number = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(place) = place.or(number).filter(|place| *place < names.len()) {
            return Some(place);
        }
    }
    let mut fitting = names.iter().enumerate().filter(|(_, name)| plain(name) == said);
    if let (Some((place, _)), None) = (fitting.next(), fitting.next()) {
        return Some(place);
    }
    let parts: Vec<&str> = said.split(' ').collect();
    let holds = |name: &str| {
        let name = plain(name);
        let named: Vec<&str> = name.split(' ').collect();
        named.iter().filter(|word| parts.contains(word)).count()
    };
    let counts: Vec<usize> = names.iter().map(|name| holds(name)).collect();
    let most = counts.iter().max().copied().filter(|most| *most > 0)?;
    let mut best = counts.iter().enumerate().filter(|(_, count)| **count == most);
    match (best.next(), best.next()) {
        (Some((place, _)), None) => Some(place),
        _ => None,
    }
}

/// What follows "no, I mean …"; none if the text is no correction.
#[must_use]
pub fn correction(text: &str, language: Language) -> Option<&str> {
    let (before, after) = text.split_once([',', ':', '–', '—'])?;
    let before = plain(before);
    let corrects = words(language).any(|words| words.correction.contains(&before));
    (corrects && !after.trim().is_empty()).then(|| after.trim())
}

/// Folded, without punctuation, one blank between words.
pub(super) fn plain(text: &str) -> String {
    let folded = fold(text);
    let kept: String =
        folded.chars().filter(|c| *c != '\'' && *c != '’').map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_agree_refuse_and_take_back_in_their_language() {
        assert_eq!(spoken("Yes, please!", Language::En), Some(Spoken::Yes));
        assert_eq!(spoken("Go ahead.", Language::De), Some(Spoken::Yes));
        assert_eq!(spoken("Nein, danke", Language::De), Some(Spoken::No));
        assert_eq!(spoken("Mach das rückgängig!", Language::De), Some(Spoken::Undo));
        assert_eq!(spoken("défais ça", Language::Fr), Some(Spoken::Undo));
        assert_eq!(spoken("¿Qué puedes hacer?", Language::Es), Some(Spoken::Help));
        assert_eq!(spoken("obrigado", Language::Pt), Some(Spoken::Thanks));
        assert_eq!(spoken("open deals", Language::En), None);
        assert_eq!(spoken("delete the account Hottechi", Language::En), None);
    }

    #[test]
    fn one_of_several_is_chosen_by_place_or_by_name() {
        let names = ["John Smith", "John Miller", "Johnny Smith"];
        assert_eq!(choice("the second one", &names, Language::En), Some(1));
        assert_eq!(choice("3", &names, Language::En), Some(2));
        assert_eq!(choice("der zweite", &names, Language::De), Some(1));
        assert_eq!(choice("Miller", &names, Language::En), Some(1));
        assert_eq!(choice("Smith", &names, Language::En), None);
        assert_eq!(choice("no, the other one", &["a", "b"], Language::En), Some(1));
        assert_eq!(choice("open deals", &names, Language::En), None);
    }

    #[test]
    fn a_correction_is_what_follows_no() {
        assert_eq!(correction("no, just the East", Language::En), Some("just the East"));
        assert_eq!(correction("Nein, ich meine", Language::De), Some("ich meine"));
        assert_eq!(correction("open deals, by region", Language::En), None);
    }
}
