//! Text taken apart into words that compare: folded, without punctuation.

use crm_core::text::fold;
use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Folded: lower case, without accents.
    pub(crate) text: String,
    /// Where it stands, in bytes.
    pub(crate) at: Range<usize>,
}

/// Longer words are cut.
const LONGEST: usize = 64;

/// The words of a text, as somebody types them: an apostrophe within a word is left out (`O'Brien` is `obrien`).
pub(crate) fn words(text: &str) -> Vec<Word> {
    runs(text).into_iter().filter_map(|at| word(text, at)).collect()
}

/// The words by which a text is found: also the parts around an apostrophe (`o`, `brien`).
pub(crate) fn words_to_find(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    for at in runs(text) {
        let run = text.get(at.clone()).unwrap_or_default();
        if run.contains(is_apostrophe) {
            let mut start = at.start;
            for part in run.split_inclusive(is_apostrophe) {
                found.extend(word(text, start..start + part.len()));
                start += part.len();
            }
        }
        found.extend(word(text, at));
    }
    found
}

/// A code as it compares: folded letters and digits only. `T-1042` is `t1042`.
pub(crate) fn code(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).take(LONGEST).collect()
}

/// The digits of a phone number.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The byte ranges of words.
pub(crate) fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next_is_letter = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if stands_alone(c) {
            runs.extend(start.take().map(|start| start..i));
            runs.push(i..i + c.len_utf8());
        } else if c.is_alphanumeric() || (start.is_some() && (is_mark(c) || is_apostrophe(c) && next_is_letter)) {
            start.get_or_insert(i);
        } else {
            runs.extend(start.take().map(|start| start..i));
        }
    }
    runs.extend(start.map(|start| start..text.len()));
    runs
}

fn word(text: &str, at: Range<usize>) -> Option<Word> {
    let folded = code(text.get(at.clone())?);
    (!folded.is_empty()).then_some(Word { text: folded, at })
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`')
}

/// A combining accent.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A character of a script that is written without spaces: each is a word of its own.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &[Word]) -> Vec<&str> {
        words.iter().map(|word| word.text.as_str()).collect()
    }

    #[test]
    fn words_are_folded_and_know_where_they_stand() {
        let text = "Café Müller-Lüdenscheidt, T-1042";
        let found = words(text);
        assert_eq!(texts(&found), ["cafe", "muller", "ludenscheidt", "t", "1042"]);
        assert_eq!(&text[found[1].at.clone()], "Müller");
        assert_eq!(texts(&words("e\u{301}te\u{301}")), ["ete"]);
    }

    #[test]
    fn a_name_with_an_apostrophe_is_found_either_way() {
        assert_eq!(texts(&words("O'Brien's")), ["obriens"]);
        assert_eq!(texts(&words_to_find("Pat O’Brien")), ["pat", "o", "brien", "obrien"]);
        assert_eq!(texts(&words("'quoted'")), ["quoted"]);
    }

    #[test]
    fn scripts_without_spaces_are_found_by_their_characters() {
        assert_eq!(texts(&words("東京 Tower")), ["東", "京", "tower"]);
    }

    #[test]
    fn codes_forget_punctuation() {
        assert_eq!(code("T-1042"), "t1042");
        assert_eq!(code("Jane.Doe@Acme.com"), "janedoeacmecom");
        assert_eq!(digits("+1 (202) 555-0143"), "12025550143");
    }
}
