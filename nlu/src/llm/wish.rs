//! Whether somebody's own words ask for a change: words of change in five languages, as data.

use crate::Language;
use crm_core::text::fold;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What somebody wants, beside knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wish {
    /// To have something made or changed.
    pub(super) change: bool,
    /// To have something deleted.
    pub(super) delete: bool,
}

/// A language's words; each stands for those that it begins.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// A text that begins so asks.
    asks: Vec<String>,
    change: Vec<String>,
    delete: Vec<String>,
}

/// How much longer a form of a word is than what it begins with.
const ENDING: usize = 3;

static ALL: LazyLock<HashMap<String, Words>> = LazyLock::new(|| {
    // A file that cannot be read asks for nothing; a test reads it.
    toml::from_str(include_str!("wish.toml")).unwrap_or_default()
});

impl Wish {
    /// What the words of a text ask for, in their language or in English.
    pub(super) fn of(own: &str, language: Language) -> Self {
        let folded = fold(own);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let files: Vec<&Words> = [language.code(), "en"].iter().filter_map(|code| ALL.get(*code)).collect();
        let first = words.first().copied().unwrap_or_default();
        if files.iter().any(|file| file.asks.iter().any(|word| word == first)) {
            return Self { change: false, delete: false };
        }
        let line = format!(" {} ", words.join(" "));
        let said = |phrase: &String| match phrase.contains(' ') {
            true => line.contains(&format!(" {phrase} ")),
            false => words.iter().any(|word| is_form(word, phrase)),
        };
        let any = |of: fn(&Words) -> &Vec<String>| files.iter().flat_map(|file| of(file)).any(said);
        let delete = any(|file| &file.delete);
        Self { change: delete || any(|file| &file.change), delete }
    }
}

fn is_form(word: &str, begin: &str) -> bool {
    word.strip_prefix(begin).is_some_and(|ending| ending.chars().count() <= ENDING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_words() {
        for language in Language::ALL {
            let words = &ALL[language.code()];
            assert!(!words.asks.is_empty() && !words.delete.is_empty(), "{language:?}");
            let all = words.asks.iter().chain(&words.change).chain(&words.delete);
            assert!(all.clone().all(|word| fold(word) == *word), "folded: {all:?}");
        }
    }

    #[test]
    fn a_wish_is_told_by_its_words() {
        let wish = |text| {
            let Wish { change, delete } = Wish::of(text, Language::En);
            (change, delete)
        };
        assert_eq!(wish("bump the Cancity deal to 5000"), (true, false));
        assert_eq!(wish("please get rid of Hottechi, delete it"), (true, true));
        assert_eq!(wish("which deals did we close in May"), (false, false));
        assert_eq!(wish("our best customers of the year"), (false, false));
        let german = Wish::of("verschiebe den Termin auf Montag", Language::De);
        assert!(german.change && !german.delete);
    }
}
