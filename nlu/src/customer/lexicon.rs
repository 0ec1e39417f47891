//! The words of a language, and what they mean.

use super::concept::{Concept, Concepts};
use super::text::{Piece, fold, unstretched};
use crate::Language;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// A file of words.
///
/// Phrases stand behind their concept, with commas between them: `may = "can|could i, let me"`. `a|b` is either word,
/// `a?` may be missing, `talk*` is every word that begins so.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    /// Whether an apostrophe stands between two words ("l'agent") and not inside one ("don't").
    split_apostrophes: bool,
    /// Whether a noun before another describes it: an "agent licence" is no agent.
    nouns_describe: bool,
    /// Whether verbs stand at the end: "mit einem Menschen sprechen".
    verbs_last: bool,
    /// Other spellings, and what they stand for: `pls = "please"`.
    spelling: BTreeMap<String, String>,
    /// Right words that are near to others; never taken for mistyped ones.
    right: String,
    concepts: BTreeMap<Concept, String>,
}

/// What a word or phrase of a message means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) concept: Concept,
    /// The first word, and the one behind the last.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A word of a message as a language understands it.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) clause: usize,
    /// The words of the lexicon that it is: itself, and beginnings.
    ids: Vec<u32>,
    /// Whether it was mistyped.
    pub(super) corrected: bool,
}

impl Word {
    pub(super) fn is_known(&self) -> bool {
        !self.ids.is_empty()
    }
}

/// A language's words.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    split_apostrophes: bool,
    pub(super) nouns_describe: bool,
    pub(super) verbs_last: bool,
    spelling: HashMap<String, Vec<String>>,
    right: HashSet<String>,
    words: HashMap<String, u32>,
    beginnings: HashMap<String, u32>,
    /// Words by what is left of them without one letter.
    shortened: HashMap<String, Vec<String>>,
    /// Phrases as a tree: from a node by a word to the next.
    branches: HashMap<(u32, u32), u32>,
    /// What the phrase that ends at a node means.
    meanings: HashMap<u32, Concepts>,
    nodes: u32,
    listed: Vec<Concept>,
}

/// Shorter words are not corrected: too many others are near.
const CORRECTED_FROM: usize = 5;
const SHORTEST_BEGINNING: usize = 3;

static LEXICONS: LazyLock<Vec<Lexicon>> = LazyLock::new(|| {
    Language::ALL.iter().map(|language| Lexicon::read(source(*language)).unwrap_or_default()).collect()
});

fn source(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("words/en.toml"),
        Language::De => include_str!("words/de.toml"),
        Language::Fr => include_str!("words/fr.toml"),
        Language::Es => include_str!("words/es.toml"),
        Language::Pt => include_str!("words/pt.toml"),
    }
}

impl Lexicon {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
        LEXICONS.get(language as usize).unwrap_or(&NONE)
    }

    fn read(source: &str) -> Result<Self, toml::de::Error> {
        let source: Source = toml::from_str(source)?;
        let mut lexicon = Self {
            split_apostrophes: source.split_apostrophes,
            nouns_describe: source.nouns_describe,
            verbs_last: source.verbs_last,
            right: source.right.split_whitespace().map(fold).collect(),
            ..Self::default()
        };
        for (spelling, meant) in &source.spelling {
            lexicon.spelling.insert(fold(spelling), meant.split_whitespace().map(fold).collect());
        }
        for (concept, phrases) in &source.concepts {
            for phrase in phrases.split(',').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                expanded(phrase).iter().for_each(|words| lexicon.add(words, *concept));
            }
            lexicon.listed.push(*concept);
        }
        Ok(lexicon)
    }

    fn add(&mut self, phrase: &[String], concept: Concept) {
        if phrase.is_empty() {
            return;
        }
        let mut node = 0;
        for word in phrase {
            // Nobody is taken to insult by mistake.
            let id = self.id(word, concept != Concept::Insult);
            let next = self.nodes + 1;
            node = *self.branches.entry((node, id)).or_insert(next);
            self.nodes = self.nodes.max(node);
        }
        let meaning = self.meanings.entry(node).or_default();
        *meaning = *meaning | concept.into();
    }

    fn id(&mut self, word: &str, corrects: bool) -> u32 {
        let next = (self.words.len() + self.beginnings.len()) as u32;
        if let Some(beginning) = word.strip_suffix('*') {
            return *self.beginnings.entry(fold(beginning)).or_insert(next);
        }
        let word = fold(word);
        if corrects && !self.words.contains_key(&word) && word.chars().count() >= CORRECTED_FROM {
            for short in [word.clone()].into_iter().chain(shorter(&word)) {
                self.shortened.entry(short).or_default().push(word.clone());
            }
        }
        *self.words.entry(word).or_insert(next)
    }

    /// Whether the word is one of the language's; for telling languages apart.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.words.contains_key(word) || self.spelling.contains_key(word)
    }

    /// All words, to learn which letters stand side by side.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().chain(self.beginnings.keys()).chain(&self.right).map(String::as_str)
    }

    /// The words of a message: spelled out, stretched ones cut, mistyped ones corrected.
    pub(super) fn understood(&self, pieces: &[Piece]) -> Vec<Word> {
        let mut words = Vec::with_capacity(pieces.len() + 4);
        for piece in pieces {
            for text in self.spelled(&piece.text) {
                words.push(self.word(text, piece.clause));
            }
        }
        words
    }

    fn spelled(&self, text: &str) -> Vec<String> {
        if let Some(meant) = self.spelling.get(text) {
            return meant.clone();
        }
        if !text.contains('\'') {
            return vec![text.to_owned()];
        }
        if self.split_apostrophes {
            return text.split('\'').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        }
        let joined = text.replace('\'', "");
        self.spelling.get(&joined).cloned().unwrap_or_else(|| vec![joined])
    }

    fn word(&self, text: String, clause: usize) -> Word {
        let ids = self.ids(&text);
        if !ids.is_empty() || self.right.contains(&text) {
            return Word { text, clause, ids, corrected: false };
        }
        for cut in unstretched(&text) {
            let spelled = self.spelling.get(&cut).filter(|meant| meant.len() == 1).and_then(|meant| meant.first());
            let ids = self.ids(spelled.unwrap_or(&cut));
            if !ids.is_empty() {
                return Word { text: cut, clause, ids, corrected: false };
            }
        }
        match self.corrected(&text) {
            Some(right) => Word { ids: self.ids(right), text: right.to_owned(), clause, corrected: true },
            None => Word { text, clause, ids, corrected: false },
        }
    }

    fn ids(&self, word: &str) -> Vec<u32> {
        let ends = word.char_indices().map(|(i, c)| i + c.len_utf8()).skip(SHORTEST_BEGINNING - 1);
        let beginnings = ends.filter_map(|end| self.beginnings.get(word.get(..end)?));
        self.words.get(word).into_iter().chain(beginnings).copied().collect()
    }

    /// The word that was mistyped by one letter: missing, doubled, wrong, or swapped with the next.
    fn corrected(&self, word: &str) -> Option<&str> {
        if word.chars().count() + 1 < CORRECTED_FROM || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let near = [word.to_owned()].into_iter().chain(shorter(word)).filter_map(|short| self.shortened.get(&short));
        let near = near.flatten().filter(|right| {
            // First letters are rarely wrong.
            let swapped = word.chars().nth(1) == right.chars().next() && word.chars().next() == right.chars().nth(1);
            (word.chars().next() == right.chars().next() || swapped) && strsim::osa_distance(word, right) == 1
        });
        // The same mistake always means the same.
        near.min().map(String::as_str)
    }

    /// What the words mean. Most phrases hide what is inside them: "human resources" has no human.
    pub(super) fn marks(&self, words: &[Word]) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for start in 0..words.len() {
            let mut nodes = vec![0];
            for (end, word) in words.iter().enumerate().skip(start) {
                let next = |node: u32| word.ids.iter().filter_map(move |id| self.branches.get(&(node, *id)).copied());
                nodes = nodes.into_iter().flat_map(next).collect();
                if nodes.is_empty() {
                    break;
                }
                for concepts in nodes.iter().filter_map(|node| self.meanings.get(node)) {
                    let meant = self.listed.iter().filter(|concept| concepts.meets(**concept));
                    marks.extend(meant.map(|concept| Mark { concept: *concept, start, end: end + 1 }));
                }
            }
        }
        let hides = marks.iter().filter(|mark| mark.concept.hides());
        let spans: HashSet<(usize, usize)> = hides.map(|mark| (mark.start, mark.end)).collect();
        let inside = |mark: &Mark, (start, end): &(usize, usize)| {
            *start <= mark.start && mark.end <= *end && end - start > mark.end - mark.start
        };
        marks.retain(|mark| !spans.iter().any(|span| inside(mark, span)));
        marks
    }
}

/// A word without each of its letters.
fn shorter(word: &str) -> impl Iterator<Item = String> {
    let ends = word.char_indices().map(|(i, c)| (i, i + c.len_utf8()));
    ends.map(move |(start, end)| [word.get(..start), word.get(end..)].into_iter().flatten().collect())
}

/// The plain phrases that a written one stands for.
fn expanded(phrase: &str) -> Vec<Vec<String>> {
    let mut phrases = vec![Vec::new()];
    for slot in phrase.split_whitespace() {
        let (slot, optional) = slot.strip_suffix('?').map_or((slot, false), |slot| (slot, true));
        let mut longer = if optional { phrases.clone() } else { Vec::new() };
        for word in slot.split('|') {
            longer.extend(phrases.iter().map(|phrase: &Vec<String>| {
                let mut phrase = phrase.clone();
                phrase.push(word.to_owned());
                phrase
            }));
        }
        phrases = longer;
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_words_can_be_read() {
        for language in Language::ALL {
            let lexicon = Lexicon::read(source(language)).unwrap();
            assert!(lexicon.words.len() > 300, "{language:?} has {} words", lexicon.words.len());
        }
    }

    #[test]
    fn a_phrase_is_written_once_for_all_its_forms() {
        let phrases: Vec<String> = expanded("can|may i please?").iter().map(|words| words.join(" ")).collect();
        assert_eq!(phrases, ["can i", "may i", "can i please", "may i please"]);
    }

    #[test]
    fn one_wrong_letter_is_forgiven_in_long_words_and_two_are_not() {
        let english = Lexicon::of(Language::En);
        assert_eq!(english.corrected("humna"), Some("human"));
        assert_eq!(english.corrected("suport"), Some("support"));
        assert_eq!(english.corrected("hmna"), None);
        assert_eq!(english.corrected("yse"), None);
    }
}
