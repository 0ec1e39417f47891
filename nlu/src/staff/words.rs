//! The words that hold a request together, a file for each language.

use crate::Language;
use crm_core::text::fold;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What such a word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    List,
    Compare,
    Count,
    Sum,
    Average,
    Median,
    By,
    Per,
    Sorted,
    Descending,
    Ascending,
    Greatest,
    Least,
    Newest,
    Oldest,
    Top,
    Bottom,
    Over,
    Under,
    AtLeast,
    AtMost,
    Equal,
    Between,
    Before,
    After,
    And,
    Or,
    Not,
    Without,
    With,
    Me,
    We,
    MyTeam,
    Who,
    Only,
    WhatAbout,
    Those,
    OwnedBy,
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    Yearly,
    Create,
    Fresh,
    Remind,
    Update,
    Rename,
    Delete,
    Complete,
    Named,
    To,
    Chart,
    Bars,
    Line,
    Pie,
    Table,
    /// Said, and without weight.
    Filler,
}

macro_rules! words {
    ($($name:ident => $role:ident),* $(,)?) => {
        /// A language's file.
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            $(#[serde(default)] $name: Vec<String>,)*
            filler: String,
            /// What is cut off before an apostrophe and is a word of its own: "l'affaire".
            #[serde(default)]
            elided: Vec<String>,
            /// Which of the words without weight leads from a thing to whom it belongs: "the manager of Mia".
            of: Vec<String>,
            /// Which of them lead to whoever takes part: "a task for Acme".
            leads: Vec<String>,
            /// Which of the words for a change give a record to a colleague.
            assigns: Vec<String>,
            /// Whether what shall be done may come last: "eine Aufgabe erstellen".
            #[serde(default)]
            verb_last: bool,
            /// Whether words that are no names begin with a large letter, too.
            #[serde(default)]
            large_nouns: bool,
            /// What people call what a definition or a value calls by an English word.
            #[serde(default)]
            means: HashMap<String, Vec<String>>,
        }

        impl File {
            fn phrases(&self) -> Vec<(Role, &str)> {
                let mut phrases = Vec::new();
                $(phrases.extend(self.$name.iter().map(|phrase| (Role::$role, phrase.as_str())));)*
                phrases.extend(self.filler.split_whitespace().map(|word| (Role::Filler, word)));
                phrases
            }
        }
    };
}

words! {
    list => List, compare => Compare, count => Count, sum => Sum, average => Average, median => Median, by => By, per => Per,
    sorted => Sorted, descending => Descending, ascending => Ascending, greatest => Greatest, least => Least,
    newest => Newest, oldest => Oldest, top => Top, bottom => Bottom, over => Over, under => Under,
    at_least => AtLeast, at_most => AtMost, equal => Equal, between => Between, before => Before, after => After,
    and => And, or => Or, not => Not, without => Without, with => With, me => Me, we => We, my_team => MyTeam,
    who => Who, only => Only, what_about => WhatAbout, those => Those, owned_by => OwnedBy, daily => Daily,
    weekly => Weekly, monthly => Monthly, quarterly => Quarterly, yearly => Yearly, create => Create, fresh => Fresh, remind => Remind,
    update => Update, rename => Rename, delete => Delete, complete => Complete, named => Named, to => To,
    chart => Chart, bars => Bars, line => Line, pie => Pie, table => Table,
}

/// One language's words.
struct Words {
    phrases: Vec<(Role, String)>,
    elided: HashSet<String>,
    of: HashSet<String>,
    leads: HashSet<String>,
    assigns: HashSet<String>,
    verb_last: bool,
    large_nouns: bool,
    means: HashMap<String, Vec<String>>,
}

static WORDS: LazyLock<HashMap<Language, Words>> = LazyLock::new(|| {
    let english = read(include_str!("words/en.toml"));
    let file = |language| match language {
        Language::En => None,
        Language::De => Some(read(include_str!("words/de.toml"))),
        Language::Fr => Some(read(include_str!("words/fr.toml"))),
        Language::Es => Some(read(include_str!("words/es.toml"))),
        Language::Pt => Some(read(include_str!("words/pt.toml"))),
    };
    Language::ALL.into_iter().map(|language| (language, Words::new(file(language).as_ref(), &english))).collect()
});

impl Words {
    /// A language's words, and the English ones, which people mix in; a word that both have is the language's own.
    fn new(own: Option<&File>, english: &File) -> Self {
        let mine = own.map(File::phrases).unwrap_or_default();
        let said: HashSet<String> = mine.iter().map(|(_, phrase)| fold(phrase)).collect();
        let lent = english.phrases().into_iter().filter(|(_, phrase)| !said.contains(&fold(phrase)));
        let phrases = mine.iter().copied().chain(lent).map(|(role, phrase)| (role, phrase.to_owned())).collect();
        let means = own.iter().flat_map(|file| &file.means).map(|(word, said)| (fold(word), said.clone())).collect();
        let both = |words: fn(&File) -> &Vec<String>| {
            own.into_iter().chain([english]).flat_map(words).map(|word| fold(word)).collect()
        };
        Self {
            phrases,
            elided: own.iter().flat_map(|file| &file.elided).map(|word| fold(word)).collect(),
            of: both(|file| &file.of),
            leads: both(|file| &file.leads),
            assigns: both(|file| &file.assigns),
            verb_last: own.is_some_and(|file| file.verb_last),
            large_nouns: own.is_some_and(|file| file.large_nouns),
            means,
        }
    }
}

/// What each phrase of a language does.
pub(super) fn phrases(language: Language) -> impl Iterator<Item = (Role, &'static str)> {
    WORDS.get(&language).into_iter().flat_map(|words| &words.phrases).map(|(role, phrase)| (*role, phrase.as_str()))
}

/// What people who speak a language call what is an English word in a definition or a value.
pub(super) fn said_for(language: Language, english: &str) -> &'static [String] {
    let means = WORDS.get(&language).map(|words| &words.means).filter(|means| !means.is_empty());
    means.and_then(|means| means.get(&fold(english))).map_or(&[], Vec::as_slice)
}

/// Whether a folded beginning of a word is one of its own before an apostrophe.
pub(super) fn is_elided(language: Language, beginning: &str) -> bool {
    WORDS.get(&language).is_some_and(|words| words.elided.contains(beginning))
}

/// Whether a word leads from a thing to whom it belongs.
pub(super) fn is_of(language: Language, word: &str) -> bool {
    WORDS.get(&language).is_some_and(|words| words.of.contains(&fold(word)))
}

/// Whether a word without weight leads to whoever takes part.
pub(super) fn leads(language: Language, word: &str) -> bool {
    WORDS.get(&language).is_some_and(|words| words.leads.contains(&fold(word)))
}

/// Whether a word for a change gives a record to a colleague.
pub(super) fn assigns(language: Language, word: &str) -> bool {
    WORDS.get(&language).is_some_and(|words| words.assigns.contains(&fold(word)))
}

/// Whether words that are no names begin with a large letter, too.
pub(super) fn writes_nouns_large(language: Language) -> bool {
    WORDS.get(&language).is_some_and(|words| words.large_nouns)
}

/// Whether what shall be done may come last.
pub(super) fn verb_may_be_last(language: Language) -> bool {
    WORDS.get(&language).is_some_and(|words| words.verb_last)
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
fn read(text: &str) -> File {
    toml::from_str(text).expect("the file of words is well formed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_words_of_its_own_for_whatever_english_has_words_for() {
        let roles = |file: &str| read(file).phrases().into_iter().map(|(role, _)| role).collect::<HashSet<_>>();
        let files = [
            include_str!("words/de.toml"),
            include_str!("words/fr.toml"),
            include_str!("words/es.toml"),
            include_str!("words/pt.toml"),
        ];
        for file in files {
            assert_eq!(
                roles(file),
                roles(include_str!("words/en.toml")),
                "{}",
                file.lines().next().unwrap_or_default()
            );
        }
    }

    #[test]
    fn a_word_of_two_languages_is_the_own_ones() {
        let role = |language, word: &str| phrases(language).find(|(_, phrase)| *phrase == word).map(|(role, _)| role);
        assert_eq!(role(Language::En, "no"), Some(Role::Without));
        assert_eq!(role(Language::Es, "no"), Some(Role::Not));
        assert_eq!(role(Language::De, "by"), Some(Role::By));
    }
}
