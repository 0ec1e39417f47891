//! A text as tokens: words, runs of digits, and single marks.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes in the text.
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
    /// Folded: small letters without accents; one kind of dash and apostrophe.
    pub(super) text: String,
    /// Whether it follows the token before without a space.
    pub(super) glued: bool,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Digits,
    Mark,
}

impl Kind {
    fn of(letter: char) -> Self {
        if letter.is_ascii_digit() {
            Self::Digits
        } else if letter.is_alphabetic() || is_combining_mark(letter) {
            Self::Word
        } else {
            Self::Mark
        }
    }
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4 + 1);
    let mut letters = text.char_indices().peekable();
    while let Some((start, first)) = letters.next() {
        if first.is_whitespace() {
            continue;
        }
        let kind = Kind::of(first);
        let mut end = start + first.len_utf8();
        while let Some((at, letter)) = letters.next_if(|(_, next)| kind != Kind::Mark && Kind::of(*next) == kind) {
            end = at + letter.len_utf8();
        }
        tokens.push(Token {
            text: fold(&text[start..end]),
            kind,
            glued: tokens.last().is_some_and(|before| before.span.end == start),
            capital: first.is_uppercase(),
            span: start..end,
        });
    }
    tokens
}

/// As words are compared.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    match text {
        "–" | "—" | "‐" | "‑" | "−" => "-".to_owned(),
        "’" | "‘" | "´" | "′" => "'".to_owned(),
        _ => text.to_lowercase().nfd().filter(|letter| !is_combining_mark(*letter)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn letters_and_digits_part() {
        assert_eq!(texts("Q1 16h30 1.2M"), ["q", "1", "16", "h", "30", "1", ".", "2", "m"]);
    }

    #[test]
    fn accents_and_kinds_of_dashes_do_not_matter() {
        assert_eq!(texts("Février—März’s"), ["fevrier", "-", "marz", "'", "s"]);
    }

    #[test]
    fn it_is_known_where_a_space_was() {
        let glued: Vec<bool> = tokens("5 pm 5pm").iter().map(|token| token.glued).collect();
        assert_eq!(glued, [false, false, false, true]);
    }
}
