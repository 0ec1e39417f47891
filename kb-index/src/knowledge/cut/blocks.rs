//! The blocks of an article in Markdown: headings, and the texts below them.

use super::html;
use super::source::Sourced;
use super::table::Table;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A heading, or a text of one piece: a paragraph, a list item, a row of a table, a code block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) content: Sourced,
}

/// What a block is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Kind {
    Heading {
        level: u8,
        /// The anchor that its author gave it.
        id: Option<String>,
    },
    #[default]
    Text,
}

/// The blocks of an article, in their order.
pub(super) fn blocks(body: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TASKLISTS;
    let mut reading = Reading { body, done: Vec::new(), block: Block::default(), table: None, html: None };
    for (event, at) in Parser::new_ext(body, options).into_offset_iter() {
        reading.event(event, at);
    }
    reading.flush();
    reading.done
}

struct Reading<'a> {
    body: &'a str,
    done: Vec<Block>,
    block: Block,
    /// The table that is being read, and whether its head is.
    table: Option<(Table, bool)>,
    /// Where the HTML stands that is being read.
    html: Option<Range<usize>>,
}

impl Reading<'_> {
    fn event(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                self.flush();
                self.block.kind = Kind::Heading { level: level as u8, id: id.map(|id| id.to_string()) };
            }
            Event::Start(tag) if is_block(&tag) => {
                self.flush();
                self.start_of_table(&tag);
            }
            Event::End(tag @ (TagEnd::TableCell | TagEnd::TableHead | TagEnd::TableRow)) => self.end_in_table(tag),
            Event::End(TagEnd::HtmlBlock) => self.end_of_html(),
            Event::End(tag) if is_end_of_block(tag) => self.flush(),
            Event::Text(text) => self.block.content.push(&text, self.place(&text, at)),
            Event::Code(code) => {
                let inside = self.body.get(at.clone()).and_then(|written| written.find(&*code));
                let place = inside.map(|start| at.start + start..at.start + start + code.len());
                self.block.content.push(&code, place.unwrap_or(at));
            }
            Event::SoftBreak | Event::HardBreak => self.block.content.gap(" "),
            Event::Html(_) => {
                let start = self.html.take().map_or(at.start, |html| html.start);
                self.html = Some(start..at.end);
            }
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.block.content.gap(" "),
            _ => {}
        }
    }

    /// Where a text stands: a code block's first line may be told with its indentation.
    fn place(&self, text: &str, at: Range<usize>) -> Range<usize> {
        match self.body.get(at.clone()) {
            Some(written) if written.len() > text.len() && written.ends_with(text) => at.end - text.len()..at.end,
            _ => at,
        }
    }

    fn start_of_table(&mut self, tag: &Tag<'_>) {
        match (tag, &mut self.table) {
            (Tag::Table(_), table) => *table = Some((Table::default(), false)),
            (Tag::TableHead | Tag::TableRow, Some((table, in_head))) => {
                *in_head = matches!(tag, Tag::TableHead);
                table.start_row();
            }
            _ => {}
        }
    }

    fn end_in_table(&mut self, tag: TagEnd) {
        let Some((table, in_head)) = &mut self.table else { return };
        if tag == TagEnd::TableCell {
            table.cell(std::mem::take(&mut self.block).content, *in_head);
        } else if let Some(content) = table.end_row() {
            self.done.push(Block { content, kind: Kind::Text });
        }
    }

    fn end_of_html(&mut self) {
        if let Some(at) = self.html.take() {
            self.flush();
            self.done.extend(html::blocks(self.body, at));
        }
    }

    fn flush(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.content.is_blank() {
            self.done.push(block);
        }
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } | Tag::TableCell
    )
}

fn is_end_of_block(tag: TagEnd) -> bool {
    !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}
