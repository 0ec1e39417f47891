//! Messages that say nothing.

use crate::Language;
use crate::customer::Intent;
use crate::customer::lexicon::{Lexicon, Word};
use crate::customer::reading::Reading;
use std::collections::HashSet;
use std::sync::LazyLock;

pub(super) fn of(reading: &Reading<'_>) -> Option<(Intent, f32)> {
    let says_nothing = reading.words.iter().all(|word| !word.is_known() && is_mash(word));
    says_nothing.then_some((Intent::Nonsense, if reading.words.is_empty() { 0.95 } else { 0.8 }))
}

/// Pairs of letters that stand side by side in some word of some language.
static PAIRS: LazyLock<HashSet<(char, char)>> = LazyLock::new(|| {
    let words = Language::ALL.into_iter().flat_map(|language| Lexicon::of(language).words());
    words.flat_map(|word| word.chars().zip(word.chars().skip(1)).collect::<Vec<_>>()).collect()
});

/// Keys that lie side by side, where hands rest; on the upper row whole words do.
const ROWS: [&str; 8] =
    ["asdfghjkl", "lkjhgfdsa", "qsdfghjklm", "mlkjhgfdsq", "zxcvbnm", "yxcvbnm", "wxcvbn", "mnbvcxz"];
const UPPER_ROWS: [&str; 4] = ["qwerty", "qwertz", "azerty", "poiuyt"];

/// Whether a word is keys pressed at random, or a picture.
fn is_mash(word: &Word) -> bool {
    let text = word.text.as_str();
    if text.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    if !text.chars().any(char::is_alphabetic) {
        return true;
    }
    if !text.is_ascii() {
        return false;
    }
    let known_elsewhere = Language::ALL.into_iter().any(|language| Lexicon::of(language).knows(text));
    !known_elsewhere && signs(text) >= 2
}

fn signs(text: &str) -> usize {
    let letters: Vec<char> = text.chars().collect();
    let length = letters.len();
    if length < 3 {
        return usize::from(length == 1) * 2;
    }
    let pairs: Vec<(char, char)> = letters.iter().copied().zip(letters.iter().copied().skip(1)).collect();
    let strange = pairs.iter().filter(|pair| !PAIRS.contains(pair)).count();
    let consonants = letters.split(|c| "aeiouy".contains(*c)).map(<[char]>::len).max().unwrap_or(0);
    let on_row = letters.windows(3).filter(|keys| is_on(&ROWS, &String::from_iter(*keys))).count();
    let upper = letters.windows(5).any(|keys| is_on(&UPPER_ROWS, &String::from_iter(keys)));
    let different: HashSet<&char> = letters.iter().collect();
    [
        (on_row * 3 + 1 >= length.min(6)) as usize * 2,
        upper as usize * 2,
        (different.len() == 1) as usize * 2,
        (length >= 6 && different.len() * 2 <= length && is_periodic(&letters)) as usize,
        (strange > 0 && consonants >= 4) as usize,
        (strange * 4 >= pairs.len()) as usize,
        (consonants >= 6) as usize,
        (length >= 4 && consonants == length) as usize,
    ]
    .iter()
    .sum()
}

fn is_on(rows: &[&str], keys: &str) -> bool {
    rows.iter().any(|row| row.contains(keys))
}

/// "dsfdsf", "ghghgh".
fn is_periodic(letters: &[char]) -> bool {
    (2..=4).any(|period| letters.iter().zip(letters.iter().skip(period)).all(|(a, b)| a == b))
}
