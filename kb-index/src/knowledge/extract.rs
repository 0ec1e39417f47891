//! The one or two sentences of a passage that answer a question.

use super::asked::Wanted;
use super::cut::Sourced;
use super::language::Stem;
use std::collections::BTreeSet;
use std::ops::Range;

/// A sentence of a passage, and which of the wanted words it has.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    pub(crate) at: Range<usize>,
    pub(crate) has: BTreeSet<usize>,
}

/// The sentences of a passage, of each line by itself. `stems` are those of its text.
pub(crate) fn sentences(content: &Sourced, stems: &[Stem], wanted: &[Wanted]) -> Vec<Sentence> {
    let sentence = |at: Range<usize>| {
        let within = |stem: &&Stem| at.start <= stem.at.start && stem.at.end <= at.end;
        let stems = stems.iter().filter(within);
        let has = |stem: &Stem| {
            wanted.iter().enumerate().filter(|(_, wanted)| wanted.means(&stem.text)).map(|(i, _)| i).collect::<Vec<_>>()
        };
        Sentence { has: stems.flat_map(has).collect(), at }
    };
    content.sentences().into_iter().map(sentence).collect()
}

/// The places of the sentences in the passage's text, in its order: the one with most of what is asked, and the one
/// that adds most to it, or else the next. A question answers none: it is left out, unless there is nothing else.
pub(crate) fn extract(content: &Sourced, sentences: &[Sentence], wanted: &[Wanted]) -> Vec<Range<usize>> {
    let asks = |sentence: &&Sentence| content.text.get(sentence.at.clone()).is_some_and(|text| text.ends_with('?'));
    let only_questions = sentences.iter().all(|sentence| asks(&sentence));
    let sentences: Vec<&Sentence> = sentences.iter().filter(|sentence| only_questions || !asks(sentence)).collect();
    let value = |has: &BTreeSet<usize>| -> f32 {
        has.iter().filter_map(|i| wanted.get(*i)).map(Wanted::value_in_article).sum()
    };
    let Some(first) = best(&sentences, |_, sentence| value(&sentence.has)) else { return Vec::new() };
    let Some(chosen) = sentences.get(first) else { return Vec::new() };
    let others = |i: usize, sentence: &Sentence| {
        let new: BTreeSet<usize> = sentence.has.difference(&chosen.has).copied().collect();
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
fn best(sentences: &[&Sentence], value: impl Fn(usize, &Sentence) -> f32) -> Option<usize> {
    let values = sentences.iter().enumerate().map(|(i, sentence)| (i, value(i, sentence)));
    values.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::super::language::Language;
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
            common: false,
            earlier: false,
        };
        let wanted: Vec<Wanted> = words.iter().map(wanted).collect();
        let sentences = sentences(&content, &english.stems(text), &wanted);
        extract(&content, &sentences, &wanted).into_iter().map(|at| text[at].to_owned()).collect()
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
