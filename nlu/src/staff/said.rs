//! The words of a text as they are compared with phrases, and where each stands.

use crm_core::text::fold;
use std::ops::Range;

/// So many letters at most stand before the apostrophe of a word that is shortened before another.
const ELIDED: usize = 2;

/// Words, folded and without apostrophes, and where they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub(super) words: Vec<String>,
    pub(super) spans: Vec<Range<usize>>,
}

impl Said {
    pub(super) fn of(text: &str) -> Self {
        let mut said = Self::default();
        let apostrophe = |c: char| c == '\'' || c == '’';
        // "l'envoi" is two words, "don't" is one.
        let elided = |from: usize, at: usize| text.get(from..at).is_some_and(|word| word.chars().count() <= ELIDED);
        let mut start = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match start {
                None if c.is_alphanumeric() => start = Some(at),
                Some(from) if !(c.is_alphanumeric() || apostrophe(c) && !elided(from, at)) => {
                    let word: String =
                        text.get(from..at).unwrap_or_default().chars().filter(|c| !apostrophe(*c)).collect();
                    said.words.push(fold(&word));
                    said.spans.push(from..at);
                    start = None;
                }
                _ => {}
            }
        }
        said
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn is(&self, phrases: &[String]) -> bool {
        phrases.contains(&self.words.join(" "))
    }

    /// Takes the longest of these phrases away from the beginning.
    pub(super) fn without_first(&self, phrases: &[String]) -> Option<Self> {
        let length = phrases.iter().find_map(|phrase| {
            let words: Vec<&str> = phrase.split(' ').collect();
            let fits = self.words.len() >= words.len() && self.words.iter().zip(&words).all(|(a, b)| a == b);
            fits.then_some(words.len())
        })?;
        Some(Self { words: self.words[length..].to_vec(), spans: self.spans[length..].to_vec() })
    }

    /// Takes the longest of these phrases away from the end.
    pub(super) fn without_last(&self, phrases: &[String]) -> Option<Self> {
        let rest = phrases.iter().find_map(|phrase| {
            let words: Vec<&str> = phrase.split(' ').collect();
            let rest = self.words.len().checked_sub(words.len())?;
            self.words[rest..].iter().zip(&words).all(|(a, b)| a == b).then_some(rest)
        })?;
        Some(Self { words: self.words[..rest].to_vec(), spans: self.spans[..rest].to_vec() })
    }

    /// Takes these phrases away from the beginning for as long as there are any.
    pub(super) fn stripped_before(mut self, phrases: &[String]) -> Self {
        while let Some(shorter) = self.without_first(phrases) {
            self = shorter;
        }
        self
    }

    /// Takes these phrases away from both ends for as long as there are any.
    pub(super) fn stripped(self, phrases: &[String]) -> Self {
        let mut said = self.stripped_before(phrases);
        while let Some(shorter) = said.without_last(phrases) {
            said = shorter;
        }
        said
    }

    /// Some of the words, by their places.
    pub(super) fn part(&self, places: Range<usize>) -> Self {
        let words = self.words.get(places.clone()).unwrap_or_default().to_vec();
        Self { words, spans: self.spans.get(places).unwrap_or_default().to_vec() }
    }

    /// The words that do not stand within a part of the text.
    pub(super) fn outside(&self, part: &Range<usize>) -> Self {
        let pairs = self.words.iter().zip(&self.spans);
        let (words, spans) = pairs
            .filter(|(_, span)| span.end <= part.start || part.end <= span.start)
            .map(|(word, span)| (word.clone(), span.clone()))
            .unzip();
        Self { words, spans }
    }

    /// As it was written; where something was taken out of the middle, without it.
    pub(super) fn written(&self, text: &str, taken: Option<&Range<usize>>) -> String {
        let (Some(first), Some(last)) = (self.spans.first(), self.spans.last()) else { return String::new() };
        let part = |range: Range<usize>| text.get(range).unwrap_or_default().trim();
        match taken.filter(|taken| first.start < taken.start && taken.end < last.end) {
            Some(taken) => {
                let before = part(first.start..taken.start).trim_end_matches([',', ' ']);
                format!("{before} {}", part(taken.end..last.end).trim_start_matches([',', ' ']))
            }
            None => part(first.start..last.end).to_owned(),
        }
    }
}
