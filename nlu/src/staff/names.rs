//! Names of records, taken apart, and where a text may say them.

use super::piece::{NameAt, Piece, Placed};
use super::spelling::{Spellings, fit};
use super::token::{Token, Tokens};
use super::vocabulary::Name;
use super::words;
use crate::Language;
use std::collections::{BTreeMap, HashMap};

/// The names of a vocabulary, or of a part of it, taken apart.
#[derive(Debug)]
pub(super) struct Names {
    names: Vec<Taken>,
    spellings: Spellings,
    /// For each word, the names that have it.
    having: Vec<Vec<usize>>,
    /// The names whose codes begin with a word.
    coded: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Taken {
    name: Vec<Token>,
    codes: Vec<Vec<Token>>,
}

/// A name that begins at a word of a text.
pub(super) struct Said {
    /// The name's place, and how well it fits.
    pub(super) name: NameAt,
    /// How many words say it.
    pub(super) length: usize,
    /// How exact they are, together.
    pub(super) quality: f64,
}

/// What a part of a name counts at least; the whole name counts 1.
const PART: f64 = 0.62;
/// A name that fits so well is said whole.
const WHOLE: f64 = 0.999;
/// How exact an initial is.
const INITIAL: f64 = 0.9;
/// What each further word of a name adds.
const TOGETHER: f64 = 0.2;

impl Names {
    pub(super) fn new(names: &[Name], language: Language, tokens: &Tokens) -> Self {
        let taken = |name: &Name| Taken {
            name: tokens.of(&name.name),
            // A stage that is called "Won" is "gewonnen" to whoever speaks so.
            codes: name.codes.iter().chain(words::said_for(language, &name.name)).map(|code| tokens.of(code)).collect(),
        };
        let mut all = Self {
            names: names.iter().map(taken).collect(),
            spellings: Spellings::default(),
            having: Vec::new(),
            coded: HashMap::new(),
        };
        all.index();
        all
    }

    fn index(&mut self) {
        for (at, taken) in self.names.iter().enumerate() {
            for word in &taken.name {
                let place = self.spellings.place(&word.text);
                if place == self.having.len() {
                    self.having.push(Vec::new());
                }
                self.having.get_mut(place).into_iter().for_each(|names| names.push(at));
            }
            for first in taken.codes.iter().filter_map(|code| code.first()) {
                self.coded.entry(first.text.clone()).or_default().push(at);
            }
        }
    }

    /// The names that begin at a word. `common` tells whether a word means something else as well: alone it is then
    /// no piece of a name.
    pub(super) fn at(&self, tokens: &[Token], at: usize, common: &impl Fn(&Token) -> bool) -> Vec<Said> {
        let Some(first) = tokens.get(at) else { return Vec::new() };
        // Of an initial the word behind it tells which names it may begin.
        let telling = tokens.get(at + 1).filter(|_| is_initial(first, common)).unwrap_or(first);
        let having = self.spellings.fitting(&telling.text).into_iter().filter_map(|word| self.having.get(word));
        let mut may_be: Vec<usize> = having.chain(self.coded.get(&first.text)).flatten().copied().collect();
        may_be.sort_unstable();
        may_be.dedup();
        let said = |place: usize| {
            let taken = self.names.get(place)?;
            let by_code = taken.codes.iter().filter_map(|code| whole(code, tokens, at)).max();
            let (length, fit, quality) = match by_code {
                Some(length) => (length, 1.0, length as f64),
                None => longest(&taken.name, tokens, at, common)?,
            };
            Some(Said { name: NameAt { place, fit }, length, quality })
        };
        may_be.into_iter().filter_map(said).collect()
    }
}

/// The names that begin at a word as pieces: those of a length together, the best ones of each.
pub(super) fn placed(at: usize, said: impl Iterator<Item = Said>) -> Vec<Placed> {
    let mut by_length: BTreeMap<usize, Vec<Said>> = BTreeMap::new();
    said.for_each(|said| by_length.entry(said.length).or_default().push(said));
    by_length.into_iter().map(|(length, names)| of_length(at, length, names)).collect()
}

fn of_length(at: usize, length: usize, mut names: Vec<Said>) -> Placed {
    names.sort_by(|one, other| other.name.fit.total_cmp(&one.name.fit));
    let best = names.first().map_or(0.0, |said| said.name.fit);
    let quality = names.iter().map(|said| said.quality).fold(0.0, f64::max);
    // How long the rest of a name is tells nothing: "Miller" may be Miller Logistics and Anna Miller.
    let as_exact = |said: &Said| best < WHOLE && said.quality >= quality - 0.02;
    names.retain(|said| said.name.fit >= best - 0.02 || as_exact(said));
    let score = quality * (0.5 + best / 2.0) + TOGETHER * (length - 1) as f64 + if best >= WHOLE { 0.1 } else { 0.0 };
    Placed { piece: Piece::Names(names.into_iter().map(|said| said.name).collect()), tokens: at..at + length, score }
}

fn whole(code: &[Token], tokens: &[Token], at: usize) -> Option<usize> {
    let said = tokens.get(at..at + code.len())?;
    (!code.is_empty() && said.iter().zip(code).all(|(said, meant)| said.text == meant.text)).then_some(code.len())
}

/// How many words from `at` on are words of a name in its order, how much of the name they are, and how exact.
fn longest(name: &[Token], tokens: &[Token], at: usize, common: &impl Fn(&Token) -> bool) -> Option<(usize, f64, f64)> {
    let (mut next, mut length, mut said_letters, mut quality) = (0, 0, 0_usize, 0.0);
    let mut uncommon = false;
    while let Some(token) = tokens.get(at + length) {
        let fits = name.iter().enumerate().skip(next).find_map(|(i, word)| Some((i, fits(token, word, common)?)));
        let Some((i, fit)) = fits else { break };
        said_letters += name.get(i).map_or(0, |word| word.text.chars().count());
        quality += fit;
        uncommon |= !is_initial(token, common) && !common(token);
        (next, length) = (i + 1, length + 1);
    }
    let letters: usize = name.iter().map(|word| word.text.chars().count()).sum();
    // "can" is not the beginning of Cancity, but "Won" is the stage.
    let whole = length == name.len() && quality >= length as f64;
    if length == 0 || letters == 0 || !(uncommon || whole) {
        return None;
    }
    let share = said_letters as f64 / letters as f64;
    let exactness = quality / length as f64;
    Some((length, (PART + (1.0 - PART) * share) * exactness, quality))
}

/// How exactly a word says one of a name, be it by its initial.
fn fits(said: &Token, meant: &Token, common: &impl Fn(&Token) -> bool) -> Option<f64> {
    let is_begun = || (meant.text.starts_with(&said.text) && is_initial(said, common)).then_some(INITIAL);
    fit(&said.text, &meant.text).or_else(is_begun)
}

/// Whether a word is a single letter, the "J" of "J. Smith", and no word of the language: of "a Smith" the "a" is none.
fn is_initial(word: &Token, common: &impl Fn(&Token) -> bool) -> bool {
    let mut letters = word.text.chars();
    let is_letter = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    is_letter && (word.is_large || !common(word))
}
