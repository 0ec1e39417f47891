//! Articles cut into passages: the text below one heading, or a part of it where that is long.
//!
//! Everything knows its place in the article's body to the byte, so that an answer can cite what it says.

mod blocks;
mod html;
mod sentences;
mod source;
mod table;

pub(crate) use source::Sourced;

use blocks::{Block, Kind};
use crm_core::text::fold;
use serde::Serialize;
use std::collections::HashSet;
use std::ops::Range;

/// A heading of an article, with the anchor that links lead to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// From 1 (`#`) to 6.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// The part of a link after the `#`, unique in the article.
    pub anchor: String,
}

/// A part of an article that can answer a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// The headings that it stands below, from the top.
    pub(crate) headings: Vec<String>,
    /// The anchor of the nearest of them; empty above the first one.
    pub(crate) anchor: String,
    /// Its text, a line for each block.
    pub(crate) content: Sourced,
    /// Where it stands in the body.
    pub(crate) span: Range<usize>,
}

/// A passage ends with the sentence that makes it as long.
const LONG: usize = 1_200;
/// No more passages of one article are kept.
const MOST: usize = 500;

/// The headings of an article: for its table of contents, and for pages to give them the anchors that citations use.
pub fn outline(body: &str) -> Vec<Heading> {
    let mut anchors = Anchors::default();
    blocks::blocks(body).iter().filter_map(|block| anchors.heading(block)).collect()
}

/// The passages of an article.
pub(crate) fn passages(title: &str, body: &str) -> Vec<Passage> {
    let mut cutting = Cutting::default();
    let mut anchors = Anchors::default();
    for block in blocks::blocks(body) {
        match anchors.heading(&block) {
            Some(heading) => cutting.heading(heading, title),
            None => cutting.text(&block.content),
        }
    }
    cutting.flush();
    cutting.done.truncate(MOST);
    cutting.done
}

/// Gives each heading an anchor of its own.
#[derive(Default)]
struct Anchors(HashSet<String>);

impl Anchors {
    fn heading(&mut self, block: &Block) -> Option<Heading> {
        let Kind::Heading { level, id } = &block.kind else { return None };
        let text = block.content.text.trim().to_owned();
        let plain = id.clone().unwrap_or_else(|| anchor(&text));
        let numbered = (1..).map(|n| format!("{plain}-{n}"));
        let anchor = std::iter::once(plain.clone()).chain(numbered).find(|anchor| !self.0.contains(anchor))?;
        self.0.insert(anchor.clone());
        Some(Heading { level: *level, text, anchor })
    }
}

/// A heading as part of a link: folded words with hyphens.
fn anchor(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "section".into() } else { words.join("-") }
}

#[derive(Default)]
struct Cutting {
    done: Vec<Passage>,
    /// The headings above, with their levels.
    above: Vec<(u8, String)>,
    anchor: String,
    content: Sourced,
}

impl Cutting {
    fn heading(&mut self, heading: Heading, title: &str) {
        self.flush();
        self.above.retain(|(level, _)| *level < heading.level);
        self.anchor = heading.anchor;
        // The title stands above everything anyway.
        if fold(&heading.text) != fold(title) {
            self.above.push((heading.level, heading.text));
        }
    }

    fn text(&mut self, block: &Sourced) {
        // To find its sentences takes longer than all the rest: a line that fits needs none.
        if block.is_line() && self.content.text.len() + block.text.len() <= LONG {
            self.content.gap("\n");
            return self.content.append(block);
        }
        let mut first = true;
        for at in block.sentences() {
            let sentence = block.slice(at);
            if !self.content.text.is_empty() && self.content.text.len() + sentence.text.len() > LONG {
                self.flush();
            }
            self.content.gap(if first { "\n" } else { " " });
            self.content.append(&sentence);
            first = false;
        }
    }

    fn flush(&mut self) {
        let content = std::mem::take(&mut self.content);
        if let Some(span) = content.whole() {
            let headings = self.above.iter().map(|(_, text)| text.clone()).collect();
            self.done.push(Passage { headings, anchor: self.anchor.clone(), content, span });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: &str = "# Returns\nSend it *back*.\n\n## How long\n- 30 days for **new** goods\n- `14 days` for used ones\n\n\
        | product | fee |\n| --- | --- |\n| GTX &amp; MG | 5 € |\n\n### Where to\nOur [shop](https://shop.example).\n\n## How long\nAgain.\n";

    fn texts(body: &str) -> Vec<(String, String)> {
        passages("Returns", body).into_iter().map(|passage| (passage.anchor, passage.content.text)).collect()
    }

    #[test]
    fn a_passage_is_the_text_below_a_heading() {
        let expected = [
            ("returns", "Send it back."),
            ("how-long", "30 days for new goods\n14 days for used ones\nproduct: GTX & MG; fee: 5 €"),
            ("where-to", "Our shop."),
            ("how-long-1", "Again."),
        ];
        assert_eq!(texts(ARTICLE), expected.map(|(anchor, text)| (anchor.to_owned(), text.to_owned())));
        let passages = passages("Returns", ARTICLE);
        assert_eq!(passages[2].headings, ["How long", "Where to"]);
        assert!(passages[0].headings.is_empty(), "the title is no heading");
    }

    #[test]
    fn every_word_of_a_passage_stands_at_its_place_in_the_body() {
        let body = ARTICLE.replace('\n', "\r\n");
        for (body, title) in [(ARTICLE, "Returns"), (&body, "Returns")] {
            for passage in passages(title, body) {
                for (start, word) in passage.content.text.split_whitespace().map(|word| (word.as_ptr() as usize, word))
                {
                    let start = start - passage.content.text.as_ptr() as usize;
                    // The labels of a row are written above it.
                    if word.ends_with(':') {
                        continue;
                    }
                    let place = passage.content.source(start..start + word.len()).unwrap();
                    assert!(passage.span.start <= place.start && place.end <= passage.span.end);
                    let written = &body[place];
                    let read = written.replace("&amp;", "&").replace("**", "").replace('`', "");
                    assert!(read.starts_with(word.trim_end_matches(['.', ';'])), "{word} is {written}");
                }
            }
        }
    }

    #[test]
    fn a_row_of_a_table_is_one_sentence_with_what_stands_above_its_columns() {
        let body =
            "| Plan | Price | Note |\n| --- | --- | --- |\n| Pro | 5 €. Or 50 € a year. | |\n| Max | **9** € | new |\n";
        let passage = &passages("Plans", body)[0];
        let told = |at: Range<usize>| {
            (passage.content.text[at.clone()].to_owned(), &body[passage.content.source(at).unwrap()])
        };
        let told: Vec<_> = passage.content.sentences().into_iter().map(told).collect();
        assert_eq!(
            told,
            [
                ("Plan: Pro; Price: 5 €. Or 50 € a year.".to_owned(), "Pro | 5 €. Or 50 € a year."),
                ("Plan: Max; Price: 9 €; Note: new".to_owned(), "Max | **9** € | new"),
            ]
        );
    }

    #[test]
    fn an_article_in_html_is_cut_at_its_headings_too() {
        let html = "<h2>Pay</h2>\n<p>Use a card.</p>\n\n<h2>Wait</h2>\n<p>Two days.</p>";
        let expected = [("pay", "Use a card."), ("wait", "Two days.")];
        assert_eq!(texts(html), expected.map(|(anchor, text)| (anchor.to_owned(), text.to_owned())));
    }

    #[test]
    fn a_long_text_is_cut_between_sentences_and_loses_none() {
        let sentence = |n: usize| format!("Sentence {n} goes on and on about something.");
        let body = (0..100).map(sentence).collect::<Vec<_>>().join(" ");
        let passages = passages("Long", &body);
        assert!(passages.len() > 2 && passages.iter().all(|passage| passage.content.text.len() <= LONG));
        let joined = passages.iter().map(|passage| passage.content.text.as_str()).collect::<Vec<_>>().join(" ");
        assert_eq!(joined, body);
        assert_eq!(&body[passages[1].span.clone()], passages[1].content.text);
    }

    #[test]
    fn headings_get_anchors_of_their_own() {
        let anchors: Vec<String> =
            outline("# Größe & Gewicht\n# A\n# A\n# B {#own}\n# !\n").into_iter().map(|h| h.anchor).collect();
        assert_eq!(anchors, ["grosse-gewicht", "a", "a-1", "own", "section"]);
    }
}
