//! The one or two sentences of a passage that answer a question.

use super::asked::Wanted;
use super::cut::Sourced;
use super::language::Language;
use std::collections::HashSet;
use std::ops::Range;

/// A sentence, and which of the wanted words it has.
struct Sentence {
    at: Range<usize>,
    has: HashSet<usize>,
}

/// The places of the sentences in the passage's text, in its order: the one with most of what is asked, and the one
/// that adds most to it, or else the next.
pub(crate) fn extract(content: &Sourced, language: Language, wanted: &[Wanted]) -> Vec<Range<usize>> {
    let sentences = read(content, language, wanted);
    let value = |has: &HashSet<usize>| -> f32 { has.iter().filter_map(|i| wanted.get(*i)).map(Wanted::value).sum() };
    let Some(first) = best(&sentences, |_, sentence| value(&sentence.has)) else { return Vec::new() };
    let Some(chosen) = sentences.get(first) else { return Vec::new() };
    let others = |i: usize, sentence: &Sentence| {
        let new: HashSet<usize> = sentence.has.difference(&chosen.has).copied().collect();
        // What stands beside it explains it; what follows, more.
        let beside = if i == first + 1 {
            0.02
        } else if i + 1 == first {
            0.01
        } else {
            0.0
        };
        if i == first { -1.0 } else { value(&new) + beside }
    };
    let second = best(&sentences, others).filter(|second| *second != first);
    let mut places: Vec<usize> = [Some(first), second].into_iter().flatten().collect();
    places.sort_unstable();
    places.into_iter().filter_map(|i| sentences.get(i)).map(|sentence| sentence.at.clone()).collect()
}

/// The first sentence of the highest value.
fn best(sentences: &[Sentence], value: impl Fn(usize, &Sentence) -> f32) -> Option<usize> {
    let values = sentences.iter().enumerate().map(|(i, sentence)| (i, value(i, sentence)));
    values.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(i, _)| i)
}

/// The sentences, of each line by itself. A question answers none: left out, unless there is nothing else.
fn read(content: &Sourced, language: Language, wanted: &[Wanted]) -> Vec<Sentence> {
    let (text, all) = (&content.text, content.sentences());
    let sentence = |at: Range<usize>| {
        let words: HashSet<String> =
            language.stems(text.get(at.clone()).unwrap_or_default()).into_iter().map(|stem| stem.text).collect();
        let has = wanted.iter().enumerate().filter(|(_, wanted)| wanted.is_in(&words));
        Sentence { has: has.map(|(i, _)| i).collect(), at }
    };
    let asks = |at: &Range<usize>| text.get(at.clone()).is_some_and(|sentence| sentence.ends_with('?'));
    let only_questions = all.iter().all(asks);
    all.into_iter().filter(|at| only_questions || !asks(at)).map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extracted(text: &str, words: &[&str]) -> Vec<String> {
        let mut content = Sourced::default();
        content.push(text, 0..text.len());
        let english = Language::named("en");
        let wanted = |word: &&str| Wanted {
            stems: english.stems(word).into_iter().map(|stem| stem.text).collect(),
            related: Vec::new(),
            weight: 1.0,
            corrected: false,
            worth: 1.0,
        };
        let wanted: Vec<Wanted> = words.iter().map(wanted).collect();
        extract(&content, english, &wanted).into_iter().map(|at| text[at].to_owned()).collect()
    }

    #[test]
    fn the_sentences_that_say_most_of_what_is_asked_are_the_answer() {
        let text = "We ship daily. Returns are free for 30 days. Keep the box. Refunds arrive within a week.";
        assert_eq!(extracted(text, &["return", "free"]), ["Returns are free for 30 days.", "Keep the box."]);
        assert_eq!(
            extracted(text, &["free", "returns", "refund"]),
            ["Returns are free for 30 days.", "Refunds arrive within a week."]
        );
    }

    #[test]
    fn a_question_in_the_text_is_no_answer() {
        assert_eq!(extracted("How do I cancel? Open Billing.", &["cancel"]), ["Open Billing."]);
    }

    #[test]
    fn an_item_of_a_list_answers_below_what_leads_to_it() {
        let text = "We ship daily.\nThe warranty lasts\nGTX Pro: 24 months\nMG Special: 12 months";
        assert_eq!(extracted(text, &["warranty", "MG", "special"]), ["The warranty lasts", "MG Special: 12 months"]);
    }

    #[test]
    fn a_passage_that_says_it_all_below_its_heading_is_answered_from_its_beginning() {
        assert_eq!(extracted("Open it.\nPress it.\nWait.", &["password"]), ["Open it.", "Press it."]);
    }
}
