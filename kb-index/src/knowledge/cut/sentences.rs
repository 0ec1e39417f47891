//! Sentences by the Unicode rules, with their places.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Ends that are no sentence's: the next word goes on with it.
const SHORTENED: [&str; 15] =
    ["e.g.", "i.e.", "etc.", "vs.", "no.", "nr.", "bzw.", "ca.", "ggf.", "usw.", "mr.", "mrs.", "ms.", "dr.", "ej."];

/// The sentences of a text, without the white space around them.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, piece) in text.split_sentence_bound_indices() {
        let end = start + piece.trim_end().len();
        let start = start + (piece.len() - piece.trim_start().len());
        if start >= end {
            continue;
        }
        match found.last_mut().filter(|last| goes_on(text.get((*last).clone()).unwrap_or_default())) {
            Some(last) => last.end = end,
            None => found.push(start..end),
        }
    }
    found
}

/// Whether a piece ends with a shortened word, an initial or a mere number (`1.`), not with a sentence.
fn goes_on(piece: &str) -> bool {
    let word = piece.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    let Some(rest) = word.strip_suffix('.') else { return false };
    let letter = rest.chars().count() == 1 && rest.chars().all(char::is_alphabetic);
    let number = word.len() == piece.len() && !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit());
    letter || number || SHORTENED.contains(&&*word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_at_the_ends_of_sentences() {
        let text = "Open it, e.g. Settings.  Was it 3.5 or 4?\nIch meine z. B. Berlin. Dr. Jane knows!";
        let found: Vec<&str> = sentences(text).into_iter().map(|at| &text[at]).collect();
        assert_eq!(
            found,
            ["Open it, e.g. Settings.", "Was it 3.5 or 4?", "Ich meine z. B. Berlin.", "Dr. Jane knows!"]
        );
    }
}
