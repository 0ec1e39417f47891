//! How it is told what was understood: the words around labels, names and values, in each language.

use crate::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One language's words. `{0}` and `{1}` in them stand for what [`fill`] is given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Telling {
    pub(super) is: String,
    pub(super) is_not: String,
    pub(super) not: String,
    pub(super) or: String,
    pub(super) of: String,
    pub(super) over: String,
    pub(super) under: String,
    pub(super) at_least: String,
    pub(super) at_most: String,
    pub(super) between: String,
    pub(super) on: String,
    pub(super) from_to: String,
    pub(super) from: String,
    pub(super) before: String,
    pub(super) empty: String,
    pub(super) filled: String,
    pub(super) with: String,
    pub(super) without: String,
    pub(super) me: String,
    pub(super) my_team: String,
    pub(super) number: String,
    pub(super) different: String,
    pub(super) sum: String,
    pub(super) average: String,
    pub(super) least: String,
    pub(super) greatest: String,
    pub(super) median: String,
    pub(super) rate: String,
    pub(super) by: String,
    pub(super) day: String,
    pub(super) week: String,
    pub(super) month: String,
    pub(super) quarter: String,
    pub(super) year: String,
    pub(super) greatest_first: String,
    pub(super) least_first: String,
    pub(super) top: String,
    pub(super) bottom: String,
    pub(super) first: String,
    pub(super) create: String,
    pub(super) update: String,
    pub(super) delete: String,
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
static ALL: LazyLock<BTreeMap<String, Telling>> =
    LazyLock::new(|| toml::from_str(include_str!("words/telling.toml")).expect("the file of words is well formed"));

#[expect(clippy::expect_used, reason = "a test asks for every language")]
pub(super) fn telling(language: Language) -> &'static Telling {
    ALL.get(language.code()).expect("every language tells what was understood")
}

/// A text with these parts in their places.
pub(super) fn fill(text: &str, parts: &[&str]) -> String {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        let (place, behind) = after.split_once('}').unwrap_or(("", after));
        let part = place.parse::<usize>().ok().and_then(|place| parts.get(place));
        filled.push_str(before);
        filled.push_str(part.copied().unwrap_or_default());
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_tells_all_there_is_to_tell() {
        for language in [Language::En, Language::De, Language::Fr, Language::Es, Language::Pt] {
            let telling = telling(language);
            for two in [&telling.or, &telling.of, &telling.between, &telling.from_to, &telling.by] {
                assert!(two.contains("{0}") && two.contains("{1}"), "{language:?}: {two}");
            }
        }
        assert_eq!(ALL.len(), 5);
    }

    #[test]
    fn what_stands_in_a_name_is_no_place_for_another() {
        assert_eq!(fill("{0} von {1}", &["{1}", "Acme"]), "{1} von Acme");
        assert_eq!(fill(&telling(Language::De).between, &["1", "2"]), "zwischen 1 und 2");
    }
}
