//! The passages of the best article read: how much of a question each says itself, and which one says most.

use super::asked::Wanted;
use super::cut;
use super::extract::{Sentence, extract, sentences};
use super::language::Stem;
use super::ranking::Ranked;
use std::collections::HashSet;
use std::ops::Range;

/// A passage of the best article, with its words.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) ranked: Ranked,
    pub(crate) passage: cut::Passage,
    /// The words of its text.
    stems: Vec<Stem>,
    /// Of the best passage only.
    sentences: Vec<Sentence>,
    /// For each wanted word, where the passage has it.
    has: Vec<Has>,
    /// Where the passage stands in its article.
    position: usize,
    /// Which share of its nearest heading is asked for.
    asked_heading: f32,
}

/// Where a passage has a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Has {
    /// Or in a tag.
    title: bool,
    heading: bool,
    text: bool,
    /// In the one sentence that has most; known of the best passage only.
    sentence: bool,
    /// As the word itself, not as a part of another.
    exactly: bool,
}

/// Anywhere in the passage, its title or its headings.
pub(crate) fn covered(has: &Has) -> bool {
    has.title || has.heading || has.text
}

/// A shorter one only leads in.
const SHORT: usize = 120;

impl Candidate {
    pub(crate) fn new(ranked: Ranked, title: &str, passage: cut::Passage, position: usize) -> Self {
        let language = ranked.language;
        let above = |texts: &mut dyn Iterator<Item = &str>| -> Vec<Stem> {
            texts.flat_map(|text| language.stems(text)).collect()
        };
        let title = above(&mut [title].into_iter().chain(ranked.place.tags.iter().map(String::as_str)));
        let headings = above(&mut passage.headings.iter().map(String::as_str));
        let nearest = passage.headings.last().map(|heading| language.stems(heading)).unwrap_or_default();
        let stems = language.stems(&passage.content.text);
        let (in_title, in_headings, in_text) = (set(&title), set(&headings), set(&stems));
        let has = |wanted: &Wanted| Has {
            title: wanted.is_in(&in_title),
            heading: wanted.is_in(&in_headings),
            text: wanted.is_in(&in_text),
            sentence: false,
            exactly: [&in_title, &in_headings, &in_text].into_iter().any(|words| wanted.is_exactly_in(words)),
        };
        let has = ranked.wanted.iter().map(has).collect();
        let asked_now = |word: &&str| ranked.wanted.iter().any(|wanted| !wanted.earlier && wanted.means(word));
        let asked = set(&nearest).into_iter().filter(asked_now).count();
        let asked_heading = asked as f32 / set(&nearest).len().max(1) as f32;
        Self { ranked, passage, stems, sentences: Vec::new(), has, position, asked_heading }
    }

    /// Looks for the one sentence that has most of what is asked: of the passage that is cited.
    fn read_sentences(&mut self) {
        let wanted = &self.ranked.wanted;
        self.sentences = sentences(&self.passage.content, &self.stems, wanted);
        let value = |said: &Sentence| -> f32 {
            said.has.iter().filter_map(|i| wanted.get(*i)).map(Wanted::value_in_article).sum()
        };
        if let Some(best) = self.sentences.iter().max_by(|a, b| value(a).total_cmp(&value(b))) {
            self.has.iter_mut().enumerate().for_each(|(i, has)| has.sentence = best.has.contains(&i));
        }
    }

    /// The places in its text of the sentences that answer; of the best passage only.
    pub(crate) fn cited(&self) -> Vec<Range<usize>> {
        extract(&self.passage.content, &self.sentences, &self.ranked.wanted)
    }

    /// Which share of what is asked the passage says where it is looked for.
    pub(crate) fn says(&self, place: impl Fn(&Has) -> bool) -> f32 {
        self.share(|_, has| place(has))
    }

    /// The share in title and headings.
    pub(crate) fn says_in_headings(&self) -> f32 {
        self.says(|has| has.title || has.heading)
    }

    /// The share that one sentence says below its title and headings; of the best passage only.
    pub(crate) fn says_in_a_sentence(&self) -> f32 {
        self.says(|has| has.title || has.heading || has.sentence)
    }

    /// The share that it says as it was written, neither corrected nor in another word.
    pub(crate) fn says_exactly(&self) -> f32 {
        self.share(|wanted, has| !wanted.corrected && has.exactly)
    }

    /// The most telling word that it says, as a share of the most telling one asked.
    pub(crate) fn says_of_the_key(&self) -> f32 {
        let most = self.ranked.wanted.iter().map(Wanted::value).fold(f32::EPSILON, f32::max);
        let said = self.ranked.wanted.iter().zip(&self.has).filter(|(_, has)| covered(has));
        said.map(|(wanted, _)| wanted.value()).fold(0.0, f32::max) / most
    }

    /// Which share of what a follow-up itself names it says; none if it names nothing.
    pub(crate) fn says_of_what_is_named(&self) -> Option<f32> {
        let named = || self.ranked.wanted.iter().zip(&self.has).filter(|(wanted, _)| !wanted.earlier && !wanted.common);
        let all: f32 = named().map(|(wanted, _)| wanted.value()).sum();
        let said: f32 = named().filter(|(_, has)| covered(has)).map(|(wanted, _)| wanted.value()).sum();
        (all > 0.0).then(|| said / all)
    }

    fn share(&self, counts: impl Fn(&Wanted, &Has) -> bool) -> f32 {
        let all: f32 = self.ranked.wanted.iter().map(Wanted::value).sum();
        let said = self.ranked.wanted.iter().zip(&self.has).filter(|(wanted, has)| counts(wanted, has));
        said.map(|(wanted, _)| wanted.value()).sum::<f32>() / all.max(f32::EPSILON)
    }

    /// What the passage adds to its article's title, which stands above each of its passages.
    fn own(&self) -> f32 {
        const HEADING: f32 = 1.3;
        // The title's words in a heading say that this is the passage, unless it is about more than was asked.
        const TITLE_IN_HEADING: f32 = 0.5;
        // Of a follow-up, which asks for a part of the article, they tell it from the others where its text says them.
        const TITLE_IN_TEXT: f32 = 0.3;
        // Articles tell the usual case first.
        const LATER: f32 = 0.1;
        let is_follow_up = self.ranked.wanted.iter().any(|wanted| wanted.earlier);
        let value = |(wanted, has): (&Wanted, &Has)| {
            let value = wanted.value_in_article();
            match has {
                Has { title: true, heading: true, .. } => value * TITLE_IN_HEADING * self.asked_heading,
                Has { title: true, text: true, .. } if is_follow_up => value * TITLE_IN_TEXT,
                Has { title: true, .. } => 0.0,
                Has { heading: true, .. } => value * HEADING,
                Has { text: true, .. } => value,
                _ => 0.0,
            }
        };
        let by_words: f32 = self.ranked.wanted.iter().zip(&self.has).map(value).sum();
        let all: f32 = self.ranked.wanted.iter().map(Wanted::value_in_article).sum();
        let own = by_words + all * self.ranked.nearness.unwrap_or_default();
        let a_word = self.ranked.wanted.iter().map(Wanted::value_in_article).fold(0.0, f32::max);
        own - LATER * a_word * self.position.min(5) as f32
    }

    fn is_short(&self) -> bool {
        self.passage.content.text.len() < SHORT
    }
}

fn set(stems: &[Stem]) -> HashSet<&str> {
    stems.iter().map(|stem| stem.text.as_str()).collect()
}

/// Puts first, of an article's passages, the one that says most itself: a short one that leads in has the title's words
/// too, and little else, which is why the index likes it.
pub(crate) fn ordered(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| {
        let own = b.own().total_cmp(&a.own());
        own.then(a.is_short().cmp(&b.is_short())).then(a.position.cmp(&b.position))
    });
    if let Some(best) = candidates.first_mut() {
        best.read_sentences();
    }
    candidates
}
