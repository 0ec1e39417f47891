//! Passages read: how much of a question each says itself, and which one of an article says most of what is asked.

use super::asked::Wanted;
use super::cut;
use super::language::Language;
use super::ranking::Ranked;
use std::collections::HashSet;

/// A passage that may answer, with its words.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) ranked: Ranked,
    pub(crate) passage: cut::Passage,
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
    /// In the one sentence that has most; known of the first candidate only.
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
        let mut title = words(language, title);
        title.extend(ranked.place.tags.iter().flat_map(|tag| words(language, tag)));
        let headings: HashSet<String> = passage.headings.iter().flat_map(|heading| words(language, heading)).collect();
        let text = words(language, &passage.content.text);
        let has = |wanted: &Wanted| Has {
            title: wanted.is_in(&title),
            heading: wanted.is_in(&headings),
            text: wanted.is_in(&text),
            sentence: false,
            exactly: [&title, &headings, &text].into_iter().any(|words| wanted.is_exactly_in(words)),
        };
        let has = ranked.wanted.iter().map(has).collect();
        let nearest = passage.headings.last().map(|heading| words(language, heading)).unwrap_or_default();
        let asked = nearest.iter().filter(|word| ranked.wanted.iter().any(|wanted| wanted.means(word))).count();
        let asked_heading = asked as f32 / nearest.len().max(1) as f32;
        Self { ranked, passage, has, position, asked_heading }
    }

    /// Looks for the one sentence that has most of what is asked: of the passage that is cited.
    fn read_sentences(&mut self) {
        let content = &self.passage.content;
        let sentences = content.sentences().into_iter().filter_map(|at| content.text.get(at));
        let sentences: Vec<HashSet<String>> = sentences.map(|text| words(self.ranked.language, text)).collect();
        let wanted = &self.ranked.wanted;
        let value = |said: &HashSet<String>| -> f32 {
            wanted.iter().filter(|wanted| wanted.is_in(said)).map(Wanted::value).sum()
        };
        if let Some(best) = sentences.iter().max_by(|a, b| value(a).total_cmp(&value(b))) {
            self.has.iter_mut().zip(wanted.iter()).for_each(|(has, wanted)| has.sentence = wanted.is_in(best));
        }
    }

    /// Which share of what is asked the passage says where it is looked for.
    pub(crate) fn says(&self, place: impl Fn(&Has) -> bool) -> f32 {
        self.share(|_, has| place(has))
    }

    /// The share in title and headings.
    pub(crate) fn says_in_headings(&self) -> f32 {
        self.says(|has| has.title || has.heading)
    }

    /// The share that one sentence says below its title and headings; of the first candidate only.
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
        // Articles tell the usual case first.
        const LATER: f32 = 0.1;
        let value = |(wanted, has): (&Wanted, &Has)| match has {
            Has { title: true, heading: true, .. } => wanted.value() * TITLE_IN_HEADING * self.asked_heading,
            Has { title: true, .. } => 0.0,
            Has { heading: true, .. } => wanted.value() * HEADING,
            Has { text: true, .. } => wanted.value(),
            _ => 0.0,
        };
        let by_words: f32 = self.ranked.wanted.iter().zip(&self.has).map(value).sum();
        let all: f32 = self.ranked.wanted.iter().map(Wanted::value).sum();
        let own = by_words + all * self.ranked.nearness.unwrap_or_default();
        let a_word = self.ranked.wanted.iter().map(Wanted::value).fold(0.0, f32::max);
        own - LATER * a_word * self.position.min(5) as f32
    }

    fn is_short(&self) -> bool {
        self.passage.content.text.len() < SHORT
    }
}

fn words(language: Language, text: &str) -> HashSet<String> {
    language.stems(text).into_iter().map(|stem| stem.text).collect()
}

/// Puts first, of the best article's passages, the one that says most itself: a short one that leads in has the title's
/// words too, and little else, which is why the index likes it.
pub(crate) fn ordered(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let Some(first) = candidates.first().map(|one| one.ranked.place.article) else { return candidates };
    let (mut of_first, rest): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|one| one.ranked.place.article == first);
    let before = |a: &Candidate, b: &Candidate| {
        let own = b.own().total_cmp(&a.own());
        own.then(a.is_short().cmp(&b.is_short())).then(a.position.cmp(&b.position))
    };
    of_first.sort_by(before);
    if let Some(first) = of_first.first_mut() {
        first.read_sentences();
    }
    of_first.into_iter().chain(rest).collect()
}
