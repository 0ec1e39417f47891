//! A message taken apart: words without case and accents, clauses, shouting, emoji.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word, a number or an emoji of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Without case and accents; an apostrophe inside is kept as `'`.
    pub(super) text: String,
    /// Pieces of the same clause have the same number.
    pub(super) clause: usize,
}

/// A message, taken apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    pub(super) pieces: Vec<Piece>,
    /// `!` counted.
    pub(super) exclamations: usize,
    /// Whether it ends in a question mark, or one stands inside.
    pub(super) asks: bool,
    /// Whether it is written in capitals.
    pub(super) shouted: bool,
    /// The numbers of tickets, written as the company writes them: `T-1042`.
    pub(super) tickets: Vec<i64>,
}

/// What is read of a message; what stands behind says the same again.
const MOST_CHARACTERS: usize = 1_500;

impl Text {
    pub(super) fn of(text: &str) -> Self {
        let mut read = Self::default();
        let (mut upper, mut lower, mut clause, mut word) = (0, 0, 0, String::new());
        let mut last = ' ';
        for c in text.chars().take(MOST_CHARACTERS) {
            upper += usize::from(c.is_uppercase());
            lower += usize::from(c.is_lowercase());
            match c {
                '\'' | '’' | '‘' | '`' | '´' if !word.is_empty() => word.push('\''),
                // Of "f*ck" and "sh*t" everybody knows the missing letter.
                '*' if !word.is_empty() => word.push('*'),
                c if c.is_alphanumeric() || is_combining_mark(c) => fold_into(&mut word, c),
                c => {
                    read.end_word(&mut word, clause);
                    match c {
                        '!' => read.exclamations += 1,
                        '?' => read.asks = true,
                        c if is_emoji(c) => read.pieces.push(Piece { text: c.to_string(), clause }),
                        _ => {}
                    }
                    let ends = matches!(c, '!' | '?' | ';' | '\n' | '…' | ',') || (c == '.' || c == ':') && last != ' ';
                    clause += usize::from(ends);
                }
            }
            last = c;
        }
        read.end_word(&mut word, clause);
        // Two capital letters are an abbreviation.
        read.tickets = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter_map(ticket).collect();
        // Their letter is of no language.
        let numbers = read.tickets.iter().map(ToString::to_string).collect::<Vec<_>>();
        let parted = |two: &[Piece]| two[0].text == "t" && numbers.contains(&two[1].text);
        let letters: Vec<usize> =
            read.pieces.windows(2).enumerate().filter(|(_, two)| parted(two)).map(|(at, _)| at).collect();
        letters.into_iter().rev().for_each(|at| drop(read.pieces.remove(at)));
        read.shouted = upper > 3 && upper > lower * 3;
        read
    }

    fn end_word(&mut self, word: &mut String, clause: usize) {
        let text = std::mem::take(word);
        let text = text.trim_end_matches(['\'', '*']);
        if !text.is_empty() {
            self.pieces.push(Piece { text: text.to_owned(), clause });
        }
    }
}

/// The number in `T-1042`, also written `t1042`. Of fewer digits it is something else: `T-72`.
fn ticket(word: &str) -> Option<i64> {
    const DIGITS: std::ops::RangeInclusive<usize> = 3..=9;
    let digits = word.strip_prefix(['T', 't'])?;
    let digits = digits.strip_prefix('-').unwrap_or(digits);
    let right = DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| right)
}

fn fold_into(word: &mut String, c: char) {
    if c.is_ascii() {
        word.push(c.to_ascii_lowercase());
        return;
    }
    for c in c.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => word.push_str("ss"),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            c => word.push(c),
        }
    }
}

/// Folds a word of the files of words as a message's are folded.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::new();
    word.chars().for_each(|c| if c == '\'' { folded.push(c) } else { fold_into(&mut folded, c) });
    folded
}

/// Pictures, but neither their variations nor colours of skin.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}') && !matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// The spellings that a stretched word may stand for, likeliest first: "heeelp", "heyy", "coool".
pub(super) fn unstretched(word: &str) -> Vec<String> {
    let runs = runs(word);
    let cut = |most: usize| {
        let letters = runs.iter().map(|(c, n)| c.to_string().repeat(if *n >= 3 { most } else { *n }));
        letters.collect::<String>()
    };
    let mut spellings = Vec::new();
    if runs.iter().any(|(_, n)| *n >= 3) {
        spellings.extend([cut(1), cut(2)]);
    }
    if let Some((c, 2..)) = runs.last() {
        spellings.push(format!("{}{c}", cut(1).trim_end_matches(*c)));
    }
    spellings
}

fn runs(word: &str) -> Vec<(char, usize)> {
    let mut runs: Vec<(char, usize)> = Vec::new();
    for c in word.chars() {
        match runs.last_mut() {
            Some((last, n)) if *last == c => *n += 1,
            _ => runs.push((c, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Text::of(text).pieces.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(words("Où est ma CLÉ, Straße?"), ["ou", "est", "ma", "cle", "strasse"]);
        assert_eq!(words("I’m 12 e-mails late"), ["i'm", "12", "e", "mails", "late"]);
    }

    #[test]
    fn a_colour_of_skin_does_not_change_a_thumb() {
        assert_eq!(words("👍🏽ok"), ["👍", "ok"]);
    }

    #[test]
    fn sentences_are_clauses_and_prices_are_not() {
        let clauses: Vec<usize> = Text::of("Not you. A human!").pieces.iter().map(|piece| piece.clause).collect();
        assert_eq!(clauses, [0, 0, 1, 1]);
    }

    #[test]
    fn capitals_are_shouting_but_abbreviations_are_not() {
        assert!(Text::of("HUMAN NOW").shouted);
        assert!(!Text::of("SSO").shouted);
        assert!(!Text::of("how do I use SAML and SCIM").shouted);
    }

    #[test]
    fn stretched_words_are_cut_to_length() {
        assert!(unstretched("heeelp").contains(&"help".to_owned()));
        assert!(unstretched("coool").contains(&"cool".to_owned()));
        assert_eq!(unstretched("heyy"), ["hey"]);
        assert!(unstretched("hello").is_empty());
    }
}
