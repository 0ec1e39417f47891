//! How well a record matches, from its texts: the weights that the index uses too, and where it matched.

use crate::asked::{Asked, AskedWord, Part};
use crate::entry::codes;
use crate::texts::{Role, Text};
use crate::words::{Word, digits, words_to_find};
use crm_core::text::fold;
use std::collections::BTreeSet;
use std::ops::Range;

/// How much a word is worth by how it matches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weights {
    pub(crate) exact: f32,
    pub(crate) begins: f32,
    pub(crate) near: f32,
}

/// In the name.
pub(crate) const NAME: Weights = Weights { exact: 10.0, begins: 8.0, near: 5.0 };
/// In any other field.
pub(crate) const OTHER: Weights = Weights { exact: 4.0, begins: 3.0, near: 1.0 };
/// A code: as a whole, or its beginning.
pub(crate) const CODE: Weights = Weights { exact: 12.0, begins: 6.0, near: 0.0 };
/// A phone number: to its end, or any piece of it.
pub(crate) const PHONE: Weights = Weights { exact: 12.0, begins: 5.0, near: 0.0 };
/// A phone number typed to its end counts as the number itself from so many digits on.
pub(crate) const WHOLE_PHONE: usize = 7;
/// The whole name was typed.
pub(crate) const WHOLE_NAME: f32 = 10.0;
/// The name begins with all that was typed.
const NAME_BEGINS: f32 = 2.0;

/// What the shortness of a name adds, for a name of so many different words: a tie-break between like matches.
pub(crate) fn shortness(words: usize) -> f32 {
    1.0 / words.max(1) as f32
}

/// How a record matched.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Match {
    pub(crate) score: f32,
    /// How many parts of the search matched.
    pub(crate) parts: usize,
    /// The first match outside the name: which text, and where in it.
    pub(crate) shown: Option<(usize, Range<usize>)>,
}

/// A match of one part.
struct Found {
    score: f32,
    text: usize,
    at: Range<usize>,
}

/// Matches a search with a record's texts.
pub(crate) fn matching(asked: &Asked, texts: &[Text]) -> Match {
    let words: Vec<Vec<Word>> = texts.iter().map(|text| words_to_find(&text.text)).collect();
    let found: Vec<Found> = asked.parts.iter().filter_map(|part| part_in(part, texts, &words)).collect();
    let outside = found.iter().find(|found| texts.get(found.text).is_some_and(|text| text.role != Role::Name));
    let score = found.iter().map(|found| found.score).sum::<f32>() + name_as_a_whole(asked, texts);
    Match { score, parts: found.len(), shown: outside.map(|found| (found.text, found.at.clone())) }
}

fn name_as_a_whole(asked: &Asked, texts: &[Text]) -> f32 {
    let name = texts.iter().find(|text| text.role == Role::Name).map_or("", |text| &text.text);
    let words: BTreeSet<String> = words_to_find(name).into_iter().map(|word| word.text).collect();
    let begins = match fold(name) {
        name if name == asked.whole => WHOLE_NAME + NAME_BEGINS,
        name if name.starts_with(&asked.whole) => NAME_BEGINS,
        _ => 0.0,
    };
    begins + shortness(words.len())
}

fn part_in(part: &Part, texts: &[Text], words: &[Vec<Word>]) -> Option<Found> {
    let as_whole = texts.iter().enumerate().filter_map(|(i, text)| {
        let score = whole_in(part, text)?;
        Some(Found { score, text: i, at: 0..text.text.len() })
    });
    let best = as_whole.chain(words_in(part, texts, words));
    best.max_by(|a, b| a.score.total_cmp(&b.score))
}

/// A part as a code or phone number.
fn whole_in(part: &Part, text: &Text) -> Option<f32> {
    match text.role {
        Role::Code => {
            let asked = part.code.as_deref()?;
            codes(&text.text)
                .filter_map(|code| weigh(CODE, code == asked, code.starts_with(asked)))
                .max_by(f32::total_cmp)
        }
        Role::Phone => {
            let number = digits(&text.text);
            let of = |asked: &String| {
                weigh(PHONE, asked.len() >= WHOLE_PHONE && number.ends_with(asked), number.contains(asked.as_str()))
            };
            part.phones.iter().filter_map(of).max_by(f32::total_cmp)
        }
        _ => None,
    }
}

fn weigh(weights: Weights, exact: bool, begins: bool) -> Option<f32> {
    if exact { Some(weights.exact) } else { begins.then_some(weights.begins) }
}

/// All words of a part, each where it matches best.
fn words_in(part: &Part, texts: &[Text], words: &[Vec<Word>]) -> Option<Found> {
    let mut all: Option<Found> = None;
    for asked in &part.words {
        let found = word_in(asked, texts, words)?;
        all = Some(match all {
            Some(before) => Found { score: before.score + found.score, ..before },
            None => found,
        });
    }
    all
}

fn word_in(asked: &AskedWord, texts: &[Text], words: &[Vec<Word>]) -> Option<Found> {
    let mut best: Option<Found> = None;
    for (i, (text, words)) in texts.iter().zip(words).enumerate() {
        let weights = if text.role == Role::Name { NAME } else { OTHER };
        for word in words {
            let Some(score) = compare(weights, asked, &word.text) else { continue };
            if best.as_ref().is_none_or(|best| best.score < score) {
                best = Some(Found { score, text: i, at: word.at.clone() });
            }
        }
    }
    best
}

fn compare(weights: Weights, asked: &AskedWord, word: &str) -> Option<f32> {
    let plain = weigh(weights, word == asked.text, asked.begins && word.starts_with(&asked.text));
    plain.or_else(|| asked.near.iter().any(|near| near == word).then_some(weights.near))
}

/// A readable piece of a text around a match.
pub(crate) fn snippet(text: &str, at: &Range<usize>) -> String {
    const AROUND: usize = 60;
    const MOST: usize = 160;
    let start = text.floor_char_boundary(at.start.saturating_sub(AROUND));
    // Not in the middle of a word.
    let start = if start == 0 {
        0
    } else {
        text.get(start..at.start).and_then(|s| s.find(' ')).map_or(at.start, |i| start + i)
    };
    let end = text.floor_char_boundary((start + MOST).min(text.len()));
    let piece = text.get(start..end).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, after) = (if start > 0 { "… " } else { "" }, if end < text.len() { " …" } else { "" });
    format!("{before}{piece}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crm_core::schema::Schema;

    fn texts(of: &[(&str, &str)]) -> Vec<Text> {
        let schema = Schema::standard();
        let object = schema.object("contact").unwrap();
        let text = |(name, text): &(&str, &str)| {
            let field = object.field(name).unwrap().clone();
            Text { role: crate::texts::role(&field).unwrap(), field, text: (*text).to_owned() }
        };
        of.iter().map(text).collect()
    }

    fn score(asked: &str, of: &[(&str, &str)]) -> f32 {
        let asked = Asked::parse(asked);
        let found = matching(&asked, &texts(of));
        if found.parts >= asked.need { found.score } else { 0.0 }
    }

    #[test]
    fn names_count_more_than_other_fields_and_whole_words_more_than_beginnings() {
        let name = [("name", "Jane Doe")];
        let other = [("name", "X"), ("title", "Jane Doe")];
        assert!(score("jane doe", &name) > score("jane do", &name));
        assert!(score("jane", &name) > score("jane", &other));
        assert!(score("jan", &name) > score("jane", &other));
        assert_eq!(score("john", &name), 0.0);
        assert!(score("doe", &[("name", "Doe")]) > score("doe", &name));
    }

    #[test]
    fn a_phone_number_is_found_by_any_piece_in_any_spelling() {
        let jane = [("name", "Jane"), ("phone", "+12025550143")];
        for asked in ["555 0143", "(202) 555-0143", "+1 202 555 0143", "0143", "2025", "001 202 555 0143"] {
            assert!(score(asked, &jane) > 0.0, "{asked}");
        }
        assert!(score("5550143", &jane) > score("2025", &jane));
        assert_eq!(score("555 0144", &jane), 0.0);
    }

    #[test]
    fn a_match_outside_the_name_says_where() {
        let texts = texts(&[("name", "Jane"), ("email", "jane@acme.com")]);
        let found = matching(&Asked::parse("acme"), &texts);
        let (text, at) = found.shown.unwrap();
        assert_eq!(&texts[text].text[at], "acme");
    }

    #[test]
    fn a_snippet_keeps_whole_words_around_the_match() {
        let text = format!("{} the needle is here {}", "word ".repeat(40), "more ".repeat(60));
        let at = text.find("needle").unwrap();
        let piece = snippet(&text, &(at..at + 6));
        assert!(piece.starts_with("… word") && piece.contains("needle") && piece.ends_with(" …"), "{piece}");
        assert_eq!(snippet("jane@acme.com", &(5..9)), "jane@acme.com");
    }
}
