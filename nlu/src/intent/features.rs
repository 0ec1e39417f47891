//! A text in pieces: words, neighbouring words, how it begins and ends, and the letters of its words.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words tell what is meant, letters find them in spite of endings and slips.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Words,
    Letters,
}

/// Something that a text has, known by a number, with the words that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Feature {
    pub(super) kind: Kind,
    pub(super) id: u32,
    pub(super) words: Range<usize>,
}

/// A text taken apart.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) words: Vec<String>,
    pub(super) features: Vec<Feature>,
    /// How often it has each of them, by number.
    pub(super) counts: Vec<(Kind, u32, u32)>,
}

/// What is read of a text; what stands behind says the same again.
const MOST_CHARACTERS: usize = 1_500;
/// Rows of letters, of this length.
const LETTERS: Range<usize> = 2..6;

impl Pieces {
    pub(super) fn of(text: &str) -> Self {
        let words = words(text);
        let mut features = Vec::new();
        let mut add = |kind, name: &str, pieces: &[&str], words| {
            features.push(Feature { kind, id: number(name, pieces), words });
        };
        let word = |i: usize| words.get(i).map_or("", String::as_str);
        for i in 0..words.len() {
            add(Kind::Words, "word", &[word(i)], i..i + 1);
            if i + 1 < words.len() {
                add(Kind::Words, "pair", &[word(i), word(i + 1)], i..i + 2);
            }
            if i + 2 < words.len() {
                add(Kind::Words, "around", &[word(i), word(i + 2)], i..i + 3);
            }
        }
        if let Some(last) = words.len().checked_sub(1) {
            add(Kind::Words, "first", &[word(0)], 0..1);
            add(Kind::Words, "last", &[word(last)], last..last + 1);
            add(Kind::Words, "beginning", &[word(0), word(1)], 0..words.len().min(2));
        }
        for (i, word) in words.iter().enumerate() {
            for letters in letters(word) {
                add(Kind::Letters, "letters", &[&letters], i..i + 1);
            }
        }
        Self { counts: counted(&features), words, features }
    }
}

fn counted(features: &[Feature]) -> Vec<(Kind, u32, u32)> {
    let mut known: Vec<(Kind, u32)> = features.iter().map(|feature| (feature.kind, feature.id)).collect();
    known.sort_unstable();
    known
        .chunk_by(|a, b| a == b)
        .filter_map(|same| same.first().map(|(kind, id)| (*kind, *id, same.len() as u32)))
        .collect()
}

/// Words and signs, without case and accents.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let plain = text.chars().take(MOST_CHARACTERS).flat_map(char::to_lowercase).nfkd();
    for c in plain.filter(|c| !is_combining_mark(*c)) {
        let c = if matches!(c, '’' | '‘' | '`' | '´') { '\'' } else { c };
        if c.is_alphanumeric() || c == '\'' && !word.is_empty() {
            word.push(c);
            continue;
        }
        end(&mut word, &mut words);
        if !c.is_whitespace() && !c.is_control() {
            words.push(c.to_string());
        }
    }
    end(&mut word, &mut words);
    words
}

fn end(word: &mut String, words: &mut Vec<String>) {
    let ended = word.trim_end_matches('\'');
    if !ended.is_empty() {
        words.push(ended.to_owned());
    }
    word.clear();
}

/// The rows of letters of a word, its edges among them.
fn letters(word: &str) -> Vec<String> {
    let letters: Vec<char> = std::iter::once(' ').chain(word.chars()).chain([' ']).collect();
    let mut rows: Vec<String> = LETTERS.flat_map(|length| letters.windows(length).map(String::from_iter)).collect();
    if letters.len() < LETTERS.end {
        // Short words as a whole, once more.
        rows.push(format!("|{word}"));
    }
    rows
}

/// The number that a feature is known by (FNV-1a): the same in every program, so that models can be kept.
fn number(name: &str, pieces: &[&str]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for piece in std::iter::once(&name).chain(pieces) {
        for byte in piece.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_apostrophes_do_not_matter() {
        assert_eq!(words("Où est MA carte ? C’est perdu!"), ["ou", "est", "ma", "carte", "?", "c'est", "perdu", "!"]);
    }

    #[test]
    fn a_feature_knows_its_words() {
        let pieces = Pieces::of("lost my card");
        let around = pieces.features.iter().filter(|feature| feature.words == (0..3)).count();
        assert_eq!((pieces.words.len(), around), (3, 1));
        assert_eq!(Pieces::of(" \n").features, []);
    }

    #[test]
    fn a_slip_keeps_most_letters() {
        let [right, slip] = ["transfer", "trasnfer"].map(letters);
        let kept = right.iter().filter(|row| slip.contains(row)).count();
        assert!(kept * 4 > right.len(), "{kept} of {}", right.len());
    }
}
