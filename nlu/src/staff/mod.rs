//! What a member of staff asks for, in their own words.
//!
//! [`understand`] is pure and deterministic: the words of the company ([`Vocabulary`]), the conversation so far, the
//! present and the language are arguments. A text is taken apart into words (`token`); each word, and each few of them,
//! may stand for several things (`lexicon`, from the definitions, the data and a file of words for each language); the
//! best rows of such pieces (`cover`) are read as a request about each object that they may be about (`compose`), and
//! what fits best is meant. New combinations of known words need no new code.

mod approval;
mod change;
mod compose;
mod cover;
mod form;
mod lexicon;
mod names;
mod paths;
mod piece;
mod pieces;
mod pointed;
mod request;
mod rhythm;
mod said;
mod shown;
mod spelling;
mod spoken;
mod telling;
mod token;
mod vocabulary;
mod wish;
mod words;

pub use approval::{Approval, Approver, Decision, approval, approver, decision};
pub(crate) use change::is_missing;
pub use change::{Action, Assigned, Change, Instead, NoSuch, Obstacle};
pub use form::{Form, form};
pub(crate) use paths::short;
pub use pointed::may_point;
pub use request::{Condition, Request, Shape};
pub use rhythm::{Rhythm, moment_told};
pub use shown::Axes;
pub use spoken::{Spoken, choice, correction, spoken};
pub use vocabulary::{Definitions, KnownValue, KnownWords, Me, Name, Vocabulary};
pub use wish::{Again, Changing, Due, Sent, Stopped, Wish, wish};

use crate::Language;
use compose::{Composed, compose};
use cover::Cover;
use crm_core::query::Measure;
use crm_core::schema::ObjectDef;
use jiff::Zoned;
use lexicon::Lexicon;
use piece::{Piece, Placed};
use std::collections::HashSet;
use std::sync::Arc;
use token::{Token, Tokens};
use words::Role;

/// What a text means.
#[derive(Debug, Clone, PartialEq)]
pub struct Understanding {
    /// What is meant.
    pub meaning: Meaning,
    /// 0 to 1: how much of what was said it explains.
    pub confidence: f64,
}

/// What is meant.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// A question.
    Question(Request),
    /// Something that shall be changed.
    Change(Change),
    /// A question or a change in which a name may be that of several records; what it would be with the first of them.
    WhichOne {
        /// The question; none of a change.
        request: Option<Request>,
        /// The records that may be meant.
        choices: Vec<Name>,
    },
    /// A change that cannot be proposed.
    Obstacle(Obstacle),
    /// Nothing that could be understood; with the words that mean nothing here.
    Unknown {
        /// The words, as written.
        words: Vec<String>,
    },
}

/// Who is sure of less than this does not answer.
pub const SURE: f64 = 0.6;

/// What a text means; `earlier` is the request that it may go on from.
///
/// Whoever speaks another language may write English all the same, and is told in their own what was understood.
#[must_use]
pub fn understand(
    text: &str,
    vocabulary: &Vocabulary,
    earlier: Option<&Request>,
    now: &Zoned,
    language: Language,
) -> Understanding {
    let own = understand_in(language, text, vocabulary, earlier, now, language);
    let is_unknown = |meant: &Understanding| matches!(meant.meaning, Meaning::Unknown { .. });
    let is_obstacle = |meant: &Understanding| matches!(meant.meaning, Meaning::Obstacle(_));
    if language == Language::En || !is_unknown(&own) && !is_obstacle(&own) {
        return own;
    }
    let english = understand_in(Language::En, text, vocabulary, earlier, now, language);
    if is_unknown(&english) || is_obstacle(&english) && is_obstacle(&own) { own } else { english }
}

fn understand_in(
    language: Language,
    text: &str,
    vocabulary: &Vocabulary,
    earlier: Option<&Request>,
    now: &Zoned,
    told: Language,
) -> Understanding {
    let tokenizer = Tokens::new(language);
    let tokens = tokenizer.of(text);
    let words = Words { text, vocabulary, language, told, tokens: &tokens };
    let pieces = words.pieces(&Lexicon::new(vocabulary, language), now);
    if let Some(change) = words.change(&pieces) {
        return words.or_no_such(words.meaning_of_change(change), &pieces);
    }
    let mut covers = cover::best(tokens.len(), &pieces);
    if covers.first().is_some_and(|likeliest| says_only_a_shape(&likeliest.pieces)) {
        covers.truncate(1);
    }
    let whole = earlier.filter(|_| !covers.first().is_some_and(|likeliest| goes_on(&likeliest.pieces)));
    let whole = whole.and_then(|_| words.likeliest(&covers, None)).filter(Candidate::is_whole);
    let best = whole.or_else(|| words.likeliest(&covers, earlier));
    let meaning = words.meaning(best, covers.first().map_or(&[], |cover| &cover.pieces));
    words.or_no_such(meaning, &pieces)
}

/// Runs of words in a text that may be names: words that the vocabulary does not know yet, together and each by itself.
#[must_use]
pub fn names_in(text: &str, vocabulary: &Vocabulary, language: Language) -> Vec<String> {
    let tokenizer = Tokens::new(language);
    let tokens = tokenizer.of(text);
    let lexicon = Lexicon::new(vocabulary, language);
    let unknown = |token: &&Token| !lexicon.knows(token) && token.text.chars().any(char::is_alphabetic);
    let mut wanted: Vec<String> = codes_in(text).map(str::to_owned).collect();
    for run in tokens.split(|token| !unknown(&token)).filter(|run| !run.is_empty()) {
        let words: Vec<&str> = run.iter().map(|token| token.text.as_str()).collect();
        wanted.push(words.join(" "));
        if words.len() > 1 {
            wanted.extend(words.into_iter().map(str::to_owned));
        }
    }
    wanted
}

/// Numbers of records that are written with a hyphen: "D-9447".
fn codes_in(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-')).map(|word| word.trim_matches('-'));
    words.filter(|word| {
        word.contains('-') && word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(char::is_alphabetic)
    })
}

/// Whether a text says that it goes on from what was said before.
fn says_so(pieces: &[Placed]) -> bool {
    pieces.iter().any(|placed| placed.is(Role::Only) || placed.is(Role::WhatAbout) || placed.is(Role::Those))
}

/// Whether a text says in any way that it goes on, be it by its first word: "and revenue by product?".
fn goes_on(pieces: &[Placed]) -> bool {
    let first = pieces.iter().find(|placed| !placed.is(Role::Filler));
    says_so(pieces) || first.is_some_and(|first| first.is(Role::And))
}

/// Whether a text goes on from what was said before: it says so, or names no object of its own.
fn follows(pieces: &[Placed]) -> bool {
    let grouping = |at: usize| {
        at.checked_sub(1)
            .and_then(|before| pieces.get(before))
            .is_some_and(|before| before.is(Role::By) || before.is(Role::Per))
    };
    let own = pieces.iter().enumerate().any(|(at, placed)| matches!(placed.piece, Piece::Object(_)) && !grouping(at));
    says_so(pieces) || !own
}

/// Whether nothing is said but in which shape something is wanted: "make it a chart", which asks for nothing made.
fn says_only_a_shape(pieces: &[Placed]) -> bool {
    let shapes = pieces.iter().filter(|placed| placed.is_shape()).count();
    shapes > 0 && pieces.iter().all(|placed| placed.is_shape() || placed.is(Role::Filler) || placed.is(Role::Those))
}

struct Candidate {
    composed: Composed,
    score: f64,
}

/// What it counts to have named the object that a request is about.
const MENTIONED: f64 = 0.35;
/// What a misfit costs: as much as a word and a half that is not understood.
const MISFIT: f64 = 1.2;
/// What a way over several records costs, and no more.
const FAR: f64 = 0.2;
/// What it counts to go on from the request before, if both can be meant.
const FOLLOWS: f64 = 0.2;

impl Candidate {
    fn new(composed: Composed, object: &ObjectDef, cover: f64) -> Self {
        let bonus = if composed.mentioned && object.in_navigation { MENTIONED } else { 0.0 }
            + if composed.follows { FOLLOWS } else { 0.0 };
        // What nobody speaks of in the ordinary way must be named.
        let odd = if object.in_navigation || composed.mentioned || composed.follows { 0.0 } else { 0.5 };
        let empty = if composed.says_something || composed.mentioned { 0.0 } else { 3.0 };
        Self { score: cover + bonus - MISFIT * composed.misfit - empty - odd, composed }
    }

    /// Whether it is a question that leaves nothing open, and so goes on from nothing: what is measured and by what, where
    /// that says by itself of which records it is. "Win rate by product" does, and "top 5 sellers by won revenue this
    /// year"; of what "average amount by product" is, has to be told from what was asked before.
    fn is_whole(&self) -> bool {
        let Composed { request, misfit, unclear, names_figure, .. } = &self.composed;
        let measures = request.measure.as_ref().is_some_and(|measure| *measure != Measure::Count);
        let is_bounded = *names_figure || request.top.is_some() || request.conditions.len() > 1;
        *misfit <= FAR && unclear.is_none() && measures && !request.group.is_empty() && is_bounded
    }
}

/// A text with the words of the company.
struct Words<'a> {
    text: &'a str,
    vocabulary: &'a Vocabulary,
    language: Language,
    /// In which language it is told what was understood.
    told: Language,
    tokens: &'a [Token],
}

impl Words<'_> {
    /// What the words most probably ask for; `earlier` is the request that they may go on from.
    fn likeliest(&self, covers: &[Cover], earlier: Option<&Request>) -> Option<Candidate> {
        let mut best: Option<Candidate> = None;
        for cover in covers {
            for object in self.objects(&cover.pieces, earlier) {
                let focus = earlier.filter(|earlier| earlier.object != object.name).and_then(|earlier| earlier.focus());
                let earlier = earlier.filter(|earlier| earlier.object == object.name && follows(&cover.pieces));
                let composed = compose(self, object, &cover.pieces, earlier, focus.as_ref());
                let candidate = Candidate::new(composed, object, cover.score);
                if best.as_ref().is_none_or(|best| candidate.score > best.score) {
                    best = Some(candidate);
                }
            }
        }
        best
    }

    /// The objects that pieces may be about.
    fn objects(&self, pieces: &[Placed], earlier: Option<&Request>) -> Vec<&Arc<ObjectDef>> {
        let mut names: Vec<&str> = Vec::new();
        for placed in pieces {
            match &placed.piece {
                Piece::Object(object) => names.push(object),
                Piece::Field(fields) => names.extend(fields.iter().map(|at| at.object.as_str())),
                Piece::Phrase(phrases) => names.extend(phrases.iter().map(|at| at.object.as_str())),
                Piece::Option(options) => names.extend(options.iter().map(|at| at.object.as_str())),
                Piece::Values(values) => names.extend(
                    values.iter().filter_map(|place| self.vocabulary.value(*place)).map(|known| known.object.as_str()),
                ),
                Piece::Names(all) => names.extend(
                    all.iter().filter_map(|at| self.vocabulary.name(at.place)).map(|name| name.object.as_str()),
                ),
                Piece::Role(Role::Who) => names.push("user"),
                Piece::Role(_) | Piece::Found(_) | Piece::Unknown => {}
            }
        }
        names.extend(self.objects_of_all_that_is_named(pieces));
        names.extend(earlier.map(|earlier| earlier.object.as_str()));
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(*name));
        names.into_iter().filter_map(|name| self.vocabulary.schema.object(name)).collect()
    }

    /// "cancity engaging": the objects whose records refer to several things that are named, here deals.
    fn objects_of_all_that_is_named(&self, pieces: &[Placed]) -> Vec<&str> {
        let mut named: Vec<&str> = Vec::new();
        for placed in pieces {
            if let Piece::Names(names) = &placed.piece
                && let Some(name) = names.first().and_then(|at| self.vocabulary.name(at.place))
                && !named.contains(&name.object.as_str())
            {
                named.push(&name.object);
            }
        }
        let refers = |object: &ObjectDef, to: &str| {
            object.fields.iter().any(|field| !field.system && field.kind.target() == Some(to))
        };
        let objects = self
            .vocabulary
            .schema
            .objects()
            .filter(|object| named.len() > 1 && object.in_navigation && named.iter().all(|to| refers(object, to)));
        objects.map(|object| object.name.as_str()).collect()
    }

    fn meaning(&self, best: Option<Candidate>, pieces: &[Placed]) -> Understanding {
        let unknown: Vec<String> =
            pieces.iter().filter(|placed| placed.piece == Piece::Unknown).map(|placed| self.said_by(placed)).collect();
        let Some(Candidate { composed, .. }) = best else {
            return Understanding { meaning: Meaning::Unknown { words: unknown }, confidence: 0.0 };
        };
        let confidence = (1.0 - 0.5 * composed.misfit).clamp(0.0, 1.0);
        if confidence < SURE || !(composed.says_something || composed.mentioned) {
            return Understanding { meaning: Meaning::Unknown { words: unknown }, confidence };
        }
        let meaning = match composed.unclear {
            Some(places) => Meaning::WhichOne { request: Some(composed.request), choices: self.choices(&places) },
            None => Meaning::Question(composed.request),
        };
        Understanding { meaning, confidence }
    }

    fn meaning_of_change(&self, read: change::Reading) -> Understanding {
        let read = match read {
            Ok(read) => read,
            Err(obstacle) => return Understanding { meaning: Meaning::Obstacle(obstacle), confidence: 1.0 },
        };
        let confidence = (1.0 - 0.5 * read.misfit).clamp(0.0, 1.0);
        let meaning = match read.unclear {
            _ if confidence < SURE => Meaning::Unknown { words: Vec::new() },
            Some(places) => Meaning::WhichOne { request: None, choices: self.choices(&places) },
            None => Meaning::Change(read.change),
        };
        Understanding { meaning, confidence }
    }

    /// What was not understood because it is a change of what nothing is called.
    fn or_no_such(&self, meant: Understanding, pieces: &[Vec<Placed>]) -> Understanding {
        let is_unknown = matches!(meant.meaning, Meaning::Unknown { .. });
        match is_unknown.then(|| self.no_such_target(pieces)).flatten() {
            Some(obstacle) => Understanding { meaning: Meaning::Obstacle(obstacle), confidence: 0.0 },
            None => meant,
        }
    }

    fn choices(&self, places: &[usize]) -> Vec<Name> {
        places.iter().filter_map(|place| self.vocabulary.name(*place).cloned()).collect()
    }

    fn said_by(&self, placed: &Placed) -> String {
        let tokens = self.tokens.get(placed.tokens.clone()).unwrap_or_default();
        let (start, end) =
            (tokens.first().map_or(0, |token| token.span.start), tokens.last().map_or(0, |token| token.span.end));
        self.text.get(start..end).unwrap_or_default().to_owned()
    }

    /// Whether an object is named by its singular: "the largest deal".
    fn is_singular(&self, object: &ObjectDef, placed: &Placed) -> bool {
        let said = crm_core::text::fold(&self.said_by(placed));
        let also_called = object.also_called.iter().map(String::as_str).filter(|word| !word.ends_with('s'));
        let english = || also_called.clone().chain([object.label.text("en")]);
        let in_language = english().flat_map(|word| words::said_for(self.language, word)).map(String::as_str);
        in_language
            .chain(english())
            .chain([object.label.text(self.language.code())])
            .any(|word| crm_core::text::fold(word) == said)
    }

    /// Whether the words for a time are about what has been: "engaged", not "closing".
    fn is_past(&self, placed: &Placed) -> bool {
        self.language == Language::En
            && self.said_by(placed).split_whitespace().next().is_some_and(|word| word.ends_with("ed"))
    }
}
