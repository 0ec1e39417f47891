//! A request taken apart into words that compare.

use super::words;
use crate::Language;
use crm_core::text::fold;
use frostem::{Algorithm, Stemmer};
use std::ops::Range;

/// A word, a number, or a sign with a meaning of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Folded: lower case, without accents.
    pub(super) text: String,
    /// Its stem in the language of the request.
    pub(super) stem: String,
    /// Where it stands, in bytes.
    pub(super) span: Range<usize>,
    /// Whether it is written with a capital letter.
    pub(super) is_large: bool,
}

/// What somebody writes beyond this is not read.
const MOST_BYTES: usize = 2_000;

/// Takes texts of one language apart.
pub(super) struct Tokens {
    language: Language,
    stemmer: Stemmer,
}

impl Tokens {
    pub(super) fn new(language: Language) -> Self {
        let algorithm = match language {
            Language::En => Algorithm::English,
            Language::De => Algorithm::German,
            Language::Fr => Algorithm::French,
            Language::Es => Algorithm::Spanish,
            Language::Pt => Algorithm::Portuguese,
        };
        Self { language, stemmer: Stemmer::new(algorithm) }
    }

    /// The tokens of a text. An apostrophe within a word is left out (`don't` is `dont`), and so is a possessive `'s`;
    /// one behind a word that was cut off for it parts two words (`l'affaire`).
    pub(super) fn of(&self, text: &str) -> Vec<Token> {
        let end = text.floor_char_boundary(MOST_BYTES);
        let text = text.get(..end).unwrap_or_default();
        let mut tokens = Vec::new();
        let mut start = None;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let inside = c.is_alphanumeric()
                || is_apostrophe(c)
                    && start.is_some_and(|from| !self.is_elided(text, from..at))
                    && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
            match (inside, start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    tokens.extend(self.word(text, from..at));
                    start = None;
                }
                _ => {}
            }
            if matches!(c, ',' | '&' | '<' | '>' | '=') {
                let span = at..at + c.len_utf8();
                tokens.push(Token { text: c.to_string(), stem: c.to_string(), span, is_large: false });
            }
        }
        tokens.extend(start.and_then(|from| self.word(text, from..text.len())));
        tokens
    }

    fn is_elided(&self, text: &str, span: Range<usize>) -> bool {
        text.get(span).is_some_and(|beginning| words::is_elided(self.language, &fold(beginning)))
    }

    fn word(&self, text: &str, span: Range<usize>) -> Option<Token> {
        let written = text.get(span.clone())?;
        let is_large = written.starts_with(char::is_uppercase);
        let mut word = fold(written);
        if let Some(owner) = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")) {
            word = owner.to_owned();
        }
        word.retain(|c| !is_apostrophe(c));
        let stem = self.stemmer.stem(&word).into_owned();
        (!word.is_empty()).then_some(Token { text: word, stem, span, is_large })
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        Tokens::new(Language::En).of(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn possessives_and_contractions_are_one_word() {
        assert_eq!(texts("Darcel's deals, don't show O'Brien’s"), ["darcel", "deals", ",", "dont", "show", "obrien"]);
    }

    #[test]
    fn an_article_that_was_cut_off_is_a_word_of_its_own() {
        let texts = |text| Tokens::new(Language::Fr).of(text).into_iter().map(|token| token.text).collect::<Vec<_>>();
        assert_eq!(texts("l'affaire d’aujourd'hui"), ["l", "affaire", "d", "aujourdhui"]);
    }

    #[test]
    fn hyphens_part_words() {
        assert_eq!(texts("Kan-code T-1042"), ["kan", "code", "t", "1042"]);
    }

    #[test]
    fn all_forms_of_a_word_have_one_stem() {
        let stems: Vec<String> =
            Tokens::new(Language::En).of("closing closes close").into_iter().map(|t| t.stem).collect();
        assert_eq!(stems, ["close", "close", "close"]);
    }
}
