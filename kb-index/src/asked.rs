//! What was typed into a search box, taken apart.

use crate::words::{code, digits, words};
use crm_core::text::fold;

/// A search.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Asked {
    /// All of it, folded.
    pub(crate) whole: String,
    /// What stands between spaces; a phone number with spaces is one part.
    pub(crate) parts: Vec<Part>,
    /// How many of the parts a record must match.
    pub(crate) need: usize,
}

/// A part of a search: a word, a code such as `T-1042`, an e-mail address, or a phone number.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Part {
    /// Its words, all of which must match.
    pub(crate) words: Vec<AskedWord>,
    /// The same as a code, if it looks like one.
    pub(crate) code: Option<String>,
    /// The same as digits of a phone number, as typed and without a leading zero.
    pub(crate) phones: Vec<String>,
}

/// A word asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct AskedWord {
    /// Folded.
    pub(crate) text: String,
    /// Whether words that only begin so match too.
    pub(crate) begins: bool,
    /// Words of the dictionary that may have been meant.
    pub(crate) near: Vec<String>,
}

/// What is typed beyond this is not read.
const MOST_CHARACTERS: usize = 200;
const MOST_PARTS: usize = 12;
/// Fewer digits than this are no piece of a phone number.
const FEWEST_DIGITS: usize = 4;
/// A word before the last must have as many letters to match the beginning of others.
const BEGINS_FROM: usize = 3;

impl Asked {
    /// Takes a search apart.
    pub(crate) fn parse(text: &str) -> Self {
        let text: String = text.chars().take(MOST_CHARACTERS).collect();
        let mut parts: Vec<Part> =
            grouped(&text).iter().filter_map(|part| Part::parse(part)).take(MOST_PARTS).collect();
        if let Some(last) = parts.last_mut().and_then(|part| part.words.last_mut()) {
            last.begins = true;
        }
        Self { whole: fold(&text), need: parts.len(), parts }
    }

    /// The same, content with most of the parts; none if there are too few to leave one out.
    pub(crate) fn with_most_parts(&self) -> Option<Self> {
        (self.parts.len() > 1).then(|| Self { need: self.parts.len().div_ceil(2), ..self.clone() })
    }

    /// Every word.
    pub(crate) fn words_mut(&mut self) -> impl Iterator<Item = &mut AskedWord> {
        self.parts.iter_mut().flat_map(|part| &mut part.words)
    }
}

impl Part {
    fn parse(text: &str) -> Option<Self> {
        let begins = |text: &str| text.chars().count() >= BEGINS_FROM;
        let words: Vec<AskedWord> = words(text)
            .into_iter()
            .map(|word| AskedWord { begins: begins(&word.text), text: word.text, near: Vec::new() })
            .collect();
        let looks_like_code = text.contains(|c: char| c.is_ascii_digit() || !c.is_alphanumeric());
        let code = Some(code(text)).filter(|code| looks_like_code && code.len() > 1);
        (!words.is_empty()).then(|| Self { phones: phones(text), words, code })
    }
}

/// Parts between spaces, where pieces of one phone number stay together.
fn grouped(text: &str) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    let mut in_number = false;
    for piece in text.split_whitespace() {
        let number = piece.chars().all(|c| c.is_ascii_digit() || "+()./-".contains(c));
        match groups.last_mut().filter(|_| number && in_number) {
            Some(group) => {
                group.push(' ');
                group.push_str(piece);
            }
            None => groups.push(piece.to_owned()),
        }
        in_number = number;
    }
    groups
}

fn phones(text: &str) -> Vec<String> {
    if text.contains(|c: char| c.is_alphabetic() || c == '@') {
        return Vec::new();
    }
    // In `+44 (0)20 …` the zero in parentheses is not dialled from abroad, and so not in the stored number.
    let typed = digits(&text.replace("(0)", ""));
    let without_zero = typed.trim_start_matches('0').to_owned();
    let mut phones = vec![typed, without_zero];
    phones.dedup();
    phones.retain(|digits| digits.len() >= FEWEST_DIGITS);
    phones
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<Part> {
        Asked::parse(text).parts
    }

    #[test]
    fn a_phone_number_with_spaces_is_one_part() {
        let [phone] = &parts("+44 (0)20 7946 0018")[..] else { panic!("one part") };
        assert_eq!(phone.phones, ["442079460018"]);
        assert_eq!(parts("jane 555 0143").len(), 2);
        assert_eq!(parts("030 1234567")[0].phones, ["0301234567", "301234567"]);
        assert!(parts("202")[0].phones.is_empty());
    }

    #[test]
    fn codes_and_addresses_are_one_part_of_several_words() {
        assert_eq!(parts("T-1042")[0].code.as_deref(), Some("t1042"));
        assert_eq!(parts("jane@acme.com")[0].words.len(), 3);
        assert_eq!(parts("jane")[0].code, None);
    }

    #[test]
    fn only_the_last_word_may_be_a_mere_letter_of_a_longer_one() {
        let parts = parts("jo smi");
        assert!(!parts[0].words[0].begins);
        assert!(parts[1].words[0].begins);
    }

    #[test]
    fn punctuation_alone_asks_for_nothing() {
        assert!(parts(" -- ?! ").is_empty());
        assert!(parts("").is_empty());
    }
}
