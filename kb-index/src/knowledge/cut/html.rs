//! The blocks of HTML, which may stand in Markdown.

use super::blocks::{Block, Kind};
use super::table::Table;
use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, Token};
use std::ops::Range;

/// The blocks of the HTML that stands at `at` in the source.
pub(super) fn blocks(source: &str, at: Range<usize>) -> Vec<Block> {
    let html = source.get(at.clone()).unwrap_or_default();
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    // So that a script is one text, whatever stands in it.
    emitter.naively_switch_states(true);
    let mut reading =
        Reading { source, start: at.start, done: Vec::new(), block: Block::default(), table: None, unread: None };
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        reading.token(token);
    }
    reading.flush();
    reading.done
}

struct Reading<'a> {
    source: &'a str,
    start: usize,
    done: Vec<Block>,
    block: Block,
    table: Option<Table>,
    /// Within an element that is not read.
    unread: Option<Vec<u8>>,
}

impl Reading<'_> {
    fn token(&mut self, token: Token<usize>) {
        match token {
            Token::StartTag(tag) if self.unread.is_none() => {
                let name: &[u8] = &tag.name;
                if matches!(name, b"script" | b"style" | b"template") {
                    self.unread = Some(name.to_vec());
                } else if !is_inline(name) {
                    self.start_in_table(name);
                    if let Some(level) = heading(name) {
                        let id = tag.attributes.iter().find(|(key, _)| ***key == *b"id");
                        let id = id.map(|(_, value)| String::from_utf8_lossy(value).into_owned());
                        self.block.kind = Kind::Heading { level, id };
                    }
                }
            }
            Token::EndTag(tag) => {
                let name: &[u8] = &tag.name;
                if self.unread.as_deref() == Some(name) {
                    self.unread = None;
                } else if self.unread.is_none() && !is_inline(name) {
                    self.end_in_table(name);
                }
            }
            Token::String(text) if self.unread.is_none() => {
                let at = self.start + text.span.start..self.start + text.span.end;
                self.text(&String::from_utf8_lossy(&text.value), at);
            }
            _ => {}
        }
    }

    /// Appends text, with its white space as a browser shows it.
    fn text(&mut self, text: &str, at: Range<usize>) {
        // Where characters are written as entities, the whole text has one place.
        let exact = self.source.get(at.clone()) == Some(text);
        let mut start = 0;
        for part in text.split_inclusive(char::is_whitespace) {
            let word = part.trim_end_matches(char::is_whitespace);
            let place = if exact { at.start + start..at.start + start + word.len() } else { at.clone() };
            self.block.content.push(word, place);
            if word.len() < part.len() {
                self.block.content.gap(" ");
            }
            start += part.len();
        }
    }

    /// Paragraphs within a cell belong to its row.
    fn start_in_table(&mut self, name: &[u8]) {
        match (name, &mut self.table) {
            (b"table", _) => {
                self.flush();
                self.table = Some(Table::default());
            }
            (b"tr", Some(table)) => table.start_row(),
            (_, Some(_)) => self.block.content.gap(" "),
            (_, None) => self.flush(),
        }
    }

    fn end_in_table(&mut self, name: &[u8]) {
        let Some(table) = &mut self.table else { return self.flush() };
        match name {
            b"td" | b"th" => table.cell(std::mem::take(&mut self.block).content, name == b"th"),
            b"tr" => self.done.extend(table.end_row().map(|content| Block { content, kind: Kind::Text })),
            b"table" => self.table = None,
            _ => {}
        }
    }

    fn flush(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.content.is_blank() {
            self.done.push(block);
        }
    }
}

fn heading(name: &[u8]) -> Option<u8> {
    match name {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// Elements within a line; all others begin a block.
fn is_inline(name: &[u8]) -> bool {
    const INLINE: [&[u8]; 22] = [
        b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"code", b"data", b"del", b"em", b"i", b"ins", b"kbd", b"mark",
        b"q", b"s", b"small", b"span", b"strong", b"sub", b"sup", b"u",
    ];
    INLINE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_a_table_is_one_text_below_the_labels_of_its_columns() {
        let html = "<table><tr><th>Plan</th><th>Price</th></tr><tr><td><p>Pro</p></td><td>5 €. A <b>month</b>.</td></tr></table><p>End.</p>";
        let blocks = blocks(html, 0..html.len());
        let texts: Vec<&str> = blocks.iter().map(|block| block.content.text.as_str()).collect();
        assert_eq!(texts, ["Plan: Pro; Price: 5 €. A month.", "End."]);
        assert_eq!(&html[blocks[0].content.whole().unwrap()], "Pro</p></td><td>5 €. A <b>month</b>.");
    }

    #[test]
    fn headings_and_blocks_know_where_they_stand() {
        let html = "é<h2 id=\"pay\">Pay &amp; go</h2>\n<p>Use a <b>card</b>, not cash.</p><script>let x = '<p>no</p>';</script><p>Or wait.</p>";
        let blocks = blocks(html, 2..html.len());
        let texts: Vec<&str> = blocks.iter().map(|block| block.content.text.as_str()).collect();
        assert_eq!(texts, ["Pay & go", "Use a card, not cash.", "Or wait."]);
        assert_eq!(blocks[0].kind, Kind::Heading { level: 2, id: Some("pay".into()) });
        let place = |block: &Block, words: &str| {
            let start = block.content.text.find(words).unwrap();
            html[block.content.source(start..start + words.len()).unwrap()].to_owned()
        };
        assert_eq!(place(&blocks[1], "card, not"), "card</b>, not");
        assert_eq!(place(&blocks[2], "Or wait."), "Or wait.");
    }
}
