//! The words that hold a request together, a file for each language.

use crate::Language;
use serde::Deserialize;
use std::sync::LazyLock;

/// What such a word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    List,
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
    Named,
    To,
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
    list => List, count => Count, sum => Sum, average => Average, median => Median, by => By, per => Per,
    sorted => Sorted, descending => Descending, ascending => Ascending, greatest => Greatest, least => Least,
    newest => Newest, oldest => Oldest, top => Top, bottom => Bottom, over => Over, under => Under,
    at_least => AtLeast, at_most => AtMost, equal => Equal, between => Between, before => Before, after => After,
    and => And, or => Or, not => Not, without => Without, with => With, me => Me, we => We, my_team => MyTeam,
    who => Who, only => Only, what_about => WhatAbout, those => Those, owned_by => OwnedBy, daily => Daily,
    weekly => Weekly, monthly => Monthly, quarterly => Quarterly, yearly => Yearly, create => Create, fresh => Fresh, remind => Remind,
    update => Update, rename => Rename, delete => Delete, named => Named, to => To,
}

static ENGLISH: LazyLock<File> = LazyLock::new(|| read(include_str!("words/en.toml")));

/// What each phrase of a language does. Languages without a file of their own use the English words.
pub(super) fn phrases(_language: Language) -> Vec<(Role, &'static str)> {
    ENGLISH.phrases()
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
fn read(text: &str) -> File {
    toml::from_str(text).expect("the file of words is well formed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_every_language_can_be_read() {
        for language in Language::ALL {
            assert!(phrases(language).len() > 100);
        }
    }
}
