//! The words of the consent page, in each language: one file a language, all with the same keys.

use serde::Deserialize;
use std::sync::LazyLock;

/// The languages that the page speaks, the first one where no other fits.
pub(super) const SPOKEN: [&str; 2] = ["en", "de"];

/// The words of one language. `{client}` and the like are filled in by [`fill`].
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Texts {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) signed_in: String,
    pub(super) somebody_else: String,
    pub(super) who: String,
    pub(super) program: String,
    pub(super) vouched: String,
    pub(super) unchecked: String,
    pub(super) answer_goes: String,
    pub(super) this_computer: String,
    pub(super) started: String,
    pub(super) may: String,
    pub(super) new: String,
    pub(super) never_more: String,
    pub(super) allow: String,
    pub(super) deny: String,
    pub(super) tick_one: String,
    pub(super) refused: String,
    pub(super) close: String,
    pub(super) unknown_client: String,
    pub(super) wrong_address: String,
    pub(super) blocked: String,
    pub(super) old_form: String,
    pub(super) malformed: String,
    pub(super) too_many: String,
    pub(super) failed: String,
    pub(in crate::http) not_signed_in: String,
    pub(in crate::http) sign_in_again: String,
    pub(in crate::http) provider_away: String,
    pub(in crate::http) provider_doubted: String,
    pub(in crate::http) provider_unproven: String,
    pub(in crate::http) provider_refused: String,
    pub(in crate::http) provider_unknown: String,
    read: [String; 2],
    write: [String; 2],
    delete: [String; 2],
    send: [String; 2],
    admin: [String; 2],
}

static ALL: LazyLock<[Texts; 2]> = LazyLock::new(|| {
    // A file that cannot be read says nothing; a test reads each.
    [include_str!("en.toml"), include_str!("de.toml")].map(|file| toml::from_str(file).unwrap_or_default())
});

/// The words of a language such as `de-CH`, or of the first one.
pub(super) fn of(tag: &str) -> &'static Texts {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    let place = SPOKEN.iter().position(|spoken| spoken.eq_ignore_ascii_case(primary)).unwrap_or_default();
    &ALL[place]
}

impl Texts {
    /// What a scope is called, and what it allows.
    pub(super) fn scope(&self, word: &str) -> (&str, &str) {
        let [label, text] = match word {
            "crm:write" => &self.write,
            "crm:delete" => &self.delete,
            "crm:send" => &self.send,
            "crm:admin" => &self.admin,
            _ => &self.read,
        };
        (label, text)
    }
}

/// A text with its places filled in.
pub(super) fn fill(text: &str, places: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, behind)) = after.split_once('}') else { break };
        filled.push_str(places.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = behind;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_everything() {
        for file in [include_str!("en.toml"), include_str!("de.toml")] {
            toml::from_str::<Texts>(file).unwrap();
            assert!(!file.contains("\"\""), "an empty text");
        }
        assert_eq!((of("de-CH").code.as_str(), of("fr").code.as_str()), ("de", "en"));
    }

    #[test]
    fn what_is_filled_in_is_not_filled_in_again() {
        assert_eq!(
            fill("Let {client} in, {person}?", &[("client", "{person}"), ("person", "Ada")]),
            "Let {person} in, Ada?"
        );
    }
}
