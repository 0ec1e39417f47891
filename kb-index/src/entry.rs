//! A record as the index holds it.

use crate::knowledge::Shelved;
use crate::texts::{Role, Text};
use crate::words::{code, digits, words_to_find};
use crm_core::TenantId;
use crm_core::text::fold;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Which record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) tenant: TenantId,
    pub(crate) object: String,
    pub(crate) id: Uuid,
}

impl Key {
    /// The key as the index holds it.
    pub(crate) fn text(&self) -> String {
        format!("{}/{}", scope(self.tenant, &self.object), self.id.simple())
    }

    /// Reads what [`Key::text`] wrote.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let (tenant, object, id) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { tenant: TenantId(tenant.parse().ok()?), object: object.to_owned(), id: id.parse().ok()? })
    }
}

/// All records of an object of a tenant, as the index holds it.
pub(crate) fn scope(tenant: TenantId, object: &str) -> String {
    format!("{}/{object}", tenant.0.simple())
}

/// A record to be found.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    pub(crate) owner: Option<Uuid>,
    /// Microseconds since 1970.
    pub(crate) updated: u64,
    /// The whole name, folded.
    pub(crate) name: String,
    /// The words of the name.
    pub(crate) name_words: BTreeSet<String>,
    /// All words, those of the name too.
    pub(crate) words: BTreeSet<String>,
    pub(crate) codes: BTreeSet<String>,
    /// Every ending of every phone number, so that any piece of a number is the beginning of one.
    pub(crate) phones: BTreeSet<String>,
    /// What an article answers questions with.
    pub(crate) passages: Vec<Shelved>,
}

/// Shorter endings of a phone number are not kept.
const SHORTEST_ENDING: usize = 4;

impl Entry {
    /// A record with these texts.
    pub(crate) fn new(key: Key, owner: Option<Uuid>, updated: u64, texts: &[Text]) -> Self {
        let (name, none) = (String::new(), BTreeSet::new());
        let (name_words, words, codes) = (none.clone(), none.clone(), none.clone());
        let mut entry =
            Self { key, owner, updated, name, name_words, words, codes, phones: none, passages: Vec::new() };
        texts.iter().for_each(|text| entry.add(text));
        entry
    }

    fn add(&mut self, text: &Text) {
        let words = || words_to_find(&text.text).into_iter().map(|word| word.text);
        match text.role {
            Role::Name => {
                self.name = fold(&text.text);
                self.name_words.extend(words());
            }
            Role::Code => self.codes.extend(codes(&text.text)),
            Role::Phone => self.phones.extend(endings(&digits(&text.text))),
            Role::Words | Role::Long => {}
        }
        self.words.extend(words());
    }
}

/// The ways to write a code: as a whole, and its number alone.
pub(crate) fn codes(text: &str) -> impl Iterator<Item = String> {
    let whole = code(text);
    let number = whole.trim_start_matches(char::is_alphabetic);
    let number = number.chars().all(|c| c.is_ascii_digit()).then(|| number.to_owned());
    [Some(whole), number].into_iter().flatten().filter(|code| !code.is_empty())
}

fn endings(digits: &str) -> impl Iterator<Item = String> {
    (0..digits.len().saturating_sub(SHORTEST_ENDING - 1)).filter_map(|i| digits.get(i..).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_what_it_wrote() {
        let key = Key { tenant: TenantId(Uuid::from_u128(7)), object: "deal".into(), id: Uuid::from_u128(9) };
        assert_eq!(Key::read(&key.text()), Some(key));
    }

    #[test]
    fn a_numbered_record_is_found_by_its_number_alone() {
        assert_eq!(codes("T-1042").collect::<Vec<_>>(), ["t1042", "1042"]);
        assert_eq!(codes("jane@acme.com").collect::<Vec<_>>(), ["janeacmecom"]);
    }

    #[test]
    fn every_piece_of_a_phone_number_begins_one_of_its_endings() {
        let endings: Vec<_> = endings("12025550143").collect();
        assert!(endings.iter().any(|ending| ending.starts_with("5550143")));
        assert!(endings.iter().any(|ending| ending.starts_with("2025")));
        assert_eq!(endings.last().map(String::as_str), Some("0143"));
    }
}
