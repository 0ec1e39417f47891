//! What is said around charts, in each language.

use nlu::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One language's words, and how it writes numbers.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Texts {
    pub(super) bar: String,
    pub(super) line: String,
    pub(super) pie: String,
    pub(crate) none: String,
    pub(crate) others: String,
    pub(crate) parts: String,
    pub(crate) times: String,
    pub(crate) first: String,
    pub(crate) currencies: String,
    pub(crate) undated: String,
    /// What stands between thousands, and before the tenths.
    pub(super) group: String,
    pub(super) decimal: String,
    /// What a thousand, a million and a milliard are cut to.
    pub(super) large: [String; 3],
}

static ALL: LazyLock<BTreeMap<String, Texts>> =
    LazyLock::new(|| toml::from_str(include_str!("texts.toml")).unwrap_or_default());
static NOTHING: LazyLock<Texts> = LazyLock::new(Texts::default);

/// What is said in a language.
pub(crate) fn of(language: Language) -> &'static Texts {
    // A file that cannot be read says nothing; a test reads it.
    ALL.get(language.code()).unwrap_or(&NOTHING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_everything() {
        for language in Language::ALL {
            assert!(of(language).others.contains("{count}") && !of(language).decimal.is_empty(), "{language:?}");
        }
    }
}
