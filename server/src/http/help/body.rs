//! The text of an article as a page shows it: made from its Markdown, harmless, and with the anchors that citations
//! lead to.

use super::texts::Texts;
use ammonia::Builder;
use crm_core::text::fold;
use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use kb_index::Heading;
use maud::{Escaper, PreEscaped};
use pulldown_cmark::{Event, Options, Parser, html::push_html};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

/// An article's text, ready for a page.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) html: PreEscaped<String>,
    /// The headings below the title.
    pub(super) contents: Vec<Heading>,
    /// The anchor of the title, where the text repeats it as its first heading.
    pub(super) title_anchor: Option<String>,
    /// Its first sentence.
    pub(super) lead: String,
}

/// Where staff read files; articles name them so.
pub(super) const STAFF_FILES: &str = "/api/v1/files/";
/// The longest first sentence, in characters.
const LEAD: usize = 200;

impl Body {
    /// Makes an article's text a part of a page whose own heading is the title. The public reads the article's files
    /// below `files`.
    pub(super) fn of(title: &str, markdown: &str, files: &str, texts: &Texts) -> Self {
        let html = harmless(markdown);
        let read = Read::of(&html);
        let mut anchored = anchored(&read.headings, &kb_index::outline(markdown));
        let mut body = Self { lead: first_sentence(&read.lead), ..Self::default() };
        let mut edits = read.edits(files, texts);
        let is_title = |(at, heading): &(&Place, Heading)| {
            html.get(..at.opened.start).is_some_and(|before| before.trim().is_empty())
                && fold(&heading.text) == fold(title)
        };
        if anchored.first().is_some_and(is_title) {
            let (at, heading) = anchored.remove(0);
            edits.push((at.opened.start..at.closed.end, String::new()));
            body.title_anchor = Some(heading.anchor);
        }
        // The title is the page's first heading; what stands below it begins with the second level.
        let highest = anchored.iter().map(|(_, heading)| heading.level).min().unwrap_or(2);
        for (at, mut heading) in anchored {
            heading.level = (heading.level - highest + 2).min(6);
            let mut opened = format!("<h{} id=\"", heading.level);
            // Writing to a string cannot fail.
            let _ = Escaper::new(&mut opened).write_str(&heading.anchor);
            edits.push((at.opened.clone(), opened + "\">"));
            edits.push((at.closed.clone(), format!("</h{}>", heading.level)));
            body.contents.push(heading);
        }
        body.html = PreEscaped(edited(&html, edits));
        body
    }
}

/// The Markdown as HTML that can do nothing but be read.
fn harmless(markdown: &str) -> String {
    // As the knowledge base reads it: else headings would be others there.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TASKLISTS;
    let events = Parser::new_ext(markdown, options).map(|event| match event {
        // A box that cannot be ticked is no field of a form.
        Event::TaskListMarker(done) => Event::Text(if done { "☑ " } else { "☐ " }.into()),
        other => other,
    });
    let mut html = String::new();
    push_html(&mut html, events);
    SANITISER.clean(&html).to_string()
}

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener"))
        .set_tag_attribute_value("img", "loading", "lazy")
        // Pictures from elsewhere would tell others who reads what.
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("img", "src") if !value.starts_with('/') || value.starts_with("//") => None,
            _ => Some(value.into()),
        });
    builder
});

/// Where a heading stands in the HTML.
#[derive(Debug)]
struct Place {
    opened: Range<usize>,
    closed: Range<usize>,
    level: u8,
    text: String,
}

/// What harmless HTML, whose elements are all closed, consists of.
#[derive(Debug, Default)]
struct Read {
    headings: Vec<Place>,
    /// Where tables and code stand, which may be wider than the page: what opens or closes one.
    wide: Vec<(Wide, Range<usize>)>,
    /// Where addresses of files begin.
    files: Vec<Range<usize>>,
    /// The first text that is no heading.
    lead: String,
    lead_is_done: bool,
    heading: Option<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wide {
    Table,
    TableEnd,
    Code,
}

impl Read {
    fn of(html: &str) -> Self {
        let mut read = Self::default();
        for token in Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span()).flatten() {
            match token {
                Token::StartTag(tag) => {
                    read.addresses(html, &tag);
                    read.opened(&tag);
                }
                Token::EndTag(tag) => read.closed(&tag.name, tag.span.start..tag.span.end),
                Token::String(text) => read.text(&String::from_utf8_lossy(&text.value)),
                _ => {}
            }
        }
        read
    }

    fn opened(&mut self, tag: &StartTag<usize>) {
        let (name, at): (&[u8], _) = (&tag.name, tag.span.start..tag.span.end);
        match name {
            [b'h', level @ b'1'..=b'6'] => {
                self.heading = Some(Place { opened: at, closed: 0..0, level: level - b'0', text: String::new() });
            }
            b"table" => self.wide.push((Wide::Table, at)),
            b"pre" => self.wide.push((Wide::Code, at)),
            b"br" => self.text(" "),
            b"img" => {
                let alternative = tag.attributes.iter().find(|(key, _)| ***key == *b"alt");
                if let Some((_, text)) = alternative {
                    self.text(&String::from_utf8_lossy(text));
                }
            }
            _ => {}
        }
    }

    fn addresses(&mut self, html: &str, tag: &StartTag<usize>) {
        for (name, value) in &tag.attributes {
            if matches!(&***name, b"href" | b"src") && value.value.starts_with(STAFF_FILES.as_bytes()) {
                // The span begins with the attribute's name.
                let written = html.get(value.span.start..tag.span.end).unwrap_or_default();
                let start = written.find(STAFF_FILES).map(|from| value.span.start + from);
                self.files.extend(start.map(|start| start..start + STAFF_FILES.len()));
            }
        }
    }

    fn closed(&mut self, name: &[u8], at: Range<usize>) {
        match name {
            [b'h', b'1'..=b'6'] => {
                self.headings.extend(self.heading.take().map(|heading| Place { closed: at, ..heading }));
            }
            b"table" => self.wide.push((Wide::TableEnd, at)),
            _ => {}
        }
        if matches!(name, b"p" | b"li" | b"tr" | b"pre" | b"div" | b"blockquote") {
            self.lead_is_done |= !self.lead.trim().is_empty();
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.heading {
            Some(heading) => heading.text.push_str(text),
            None if !self.lead_is_done => self.lead.push_str(text),
            None => {}
        }
    }

    /// What makes wide things scroll by themselves, by keyboard too, and files be found.
    fn edits(&self, files: &str, texts: &Texts) -> Vec<(Range<usize>, String)> {
        let scrolling = |element: &str, name: &str| {
            let mut opened = format!("<{element} class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"");
            let _ = Escaper::new(&mut opened).write_str(name);
            opened + "\">"
        };
        let edit = |(wide, at): &(Wide, Range<usize>)| match wide {
            Wide::Table => (at.start..at.start, scrolling("div", &texts.table)),
            Wide::TableEnd => (at.end..at.end, "</div>".to_owned()),
            Wide::Code => (at.clone(), scrolling("pre", &texts.code)),
        };
        let mut place = String::new();
        let _ = Escaper::new(&mut place).write_str(files);
        let found = self.files.iter().map(|at| (at.clone(), place.clone()));
        self.wide.iter().map(edit).chain(found).collect()
    }
}

/// The headings with the anchors that the knowledge base gives them. Both are in the article's order; one that the
/// knowledge base does not know is none.
fn anchored<'a>(places: &'a [Place], outline: &[Heading]) -> Vec<(&'a Place, Heading)> {
    let (mut anchored, mut passed) = (Vec::new(), 0);
    for place in places {
        let is_here = |heading: &Heading| heading.level == place.level && words(&heading.text).eq(words(&place.text));
        let left = outline.get(passed..).unwrap_or_default();
        if let Some((skipped, heading)) = left.iter().enumerate().find(|(_, heading)| is_here(heading)) {
            anchored.push((place, heading.clone()));
            passed += skipped + 1;
        }
    }
    anchored
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// The text with pieces replaced that do not overlap; what is written into a removed piece is gone with it.
fn edited(html: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(at, _)| at.start);
    let (mut made, mut end) = (String::with_capacity(html.len() + 1_024), 0);
    for (at, text) in edits {
        if let Some(before) = html.get(end..at.start) {
            made.push_str(before);
            made.push_str(&text);
            end = at.end;
        }
    }
    made.push_str(html.get(end..).unwrap_or_default());
    made
}

fn first_sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = text.unicode_sentences().next().unwrap_or_default().trim();
    shortened(sentence, LEAD)
}

/// A text cut between words, if it is longer than that many characters.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = &text[..cut];
    let head = head.rfind(char::is_whitespace).map_or(head, |space| &head[..space]);
    format!("{}…", head.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::help::texts;

    fn body(title: &str, markdown: &str) -> Body {
        Body::of(title, markdown, "/help/a/files/", texts::of("en"))
    }

    fn html(markdown: &str) -> String {
        body("", markdown).html.into_string()
    }

    #[test]
    fn headings_have_the_anchors_that_answers_cite() {
        let markdown = "# Größe\n\n## Say `ls` & *go*\nText.\n\n##\n\n![a picture](/x.png)\n## ![box](/b.png) lid\n\n\
                        ## Twice\n## Twice\n## Own {#my-own}\n\n<h2>In <b>HTML</b></h2>\n<p>x</p>\n\n<h3 id=\"given\">Given</h3>\n";
        let shown = body("Other", markdown);
        let told: Vec<String> = kb_index::outline(markdown).into_iter().map(|heading| heading.anchor).collect();
        let has: Vec<String> = shown.contents.iter().map(|heading| heading.anchor.clone()).collect();
        assert_eq!(has, told);
        assert_eq!(told, ["grosse", "say-ls-go", "box-lid", "twice", "twice-1", "my-own", "in-html", "given"]);
        for anchor in told {
            assert!(shown.html.0.contains(&format!(" id=\"{anchor}\">")), "{anchor}: {}", shown.html.0);
        }
    }

    #[test]
    fn every_article_of_the_demo_has_all_its_anchors() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/demo/articles");
        for file in std::fs::read_dir(folder).unwrap() {
            let markdown = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let told = kb_index::outline(&markdown);
            assert_eq!(body("", &markdown).contents.len(), told.len());
        }
    }

    #[test]
    fn a_first_heading_that_is_the_title_is_not_said_twice() {
        let shown = body("Returns", "# Returns\nSend it back.\n\n### How long\n30 days.\n\n#### Really\nYes.");
        assert_eq!(shown.title_anchor.as_deref(), Some("returns"));
        assert!(!shown.html.0.contains("Returns"), "{}", shown.html.0);
        assert!(shown.html.0.contains("<h2 id=\"how-long\">How long</h2>"), "{}", shown.html.0);
        assert!(shown.html.0.contains("<h3 id=\"really\">Really</h3>"), "{}", shown.html.0);
        let kept = body("Returns", "Hello.\n\n# Returns\nBack.");
        assert_eq!((kept.title_anchor, kept.contents.len()), (None, 1));
    }

    #[test]
    fn nothing_in_an_article_can_act() {
        let html = html(
            "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> [a](javascript:alert(1)) <a href=\"JaVaScRiPt:x\">b</a>\n\n\
             <iframe src=\"//evil.example\"></iframe><form action=\"/x\"><input name=q></form><style>*{}</style>\n\n\
             <p style=\"position:fixed\" id=\"help_main\" onclick=\"x()\">c</p>\n\n<svg><script>x</script></svg>\n\n\
             ![far](https://evil.example/p.png) ![near](//evil.example/p.png) ![own](/ours.png)",
        );
        for harm in ["script", "onerror", "onclick", "iframe", "form", "input", "style", "evil", "help_main", "svg"] {
            assert!(!html.to_lowercase().contains(harm), "{harm}: {html}");
        }
        assert!(html.contains("<img src=\"/ours.png\" alt=\"own\" loading=\"lazy\">"), "{html}");
    }

    #[test]
    fn files_are_read_where_the_public_may() {
        let html = html(
            "# ![a](/api/v1/files/1) é\n\n[b](/api/v1/files/2 \"&amp;\") <a title='x' href='/api/v1/files/3'>c</a> `src=\"/api/v1/files/4\"`",
        );
        for place in ["src=\"/help/a/files/1\"", "href=\"/help/a/files/2\"", "href=\"/help/a/files/3\""] {
            assert!(html.contains(place), "{place}: {html}");
        }
        assert!(html.contains("/api/v1/files/4"), "what is no address stays: {html}");
    }

    #[test]
    fn an_anchor_cannot_leave_its_attribute() {
        let html = html("<h2 id='x\" onclick=\"y'>Title</h2>");
        assert!(html.contains("id=\"x&quot; onclick=&quot;y\""), "{html}");
    }

    #[test]
    fn wide_things_scroll_by_themselves() {
        let html = html("| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```\ncode\n```\n\n- [x] done");
        assert!(html.contains("aria-label=\"Table\"><table>") && html.contains("</table></div>"), "{html}");
        assert!(
            html.contains("<pre class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code>code"),
            "{html}"
        );
        assert!(html.contains("☑ done"), "{html}");
    }

    #[test]
    fn the_first_sentence_tells_what_an_article_is_about() {
        assert_eq!(body("A", "# A\nSend *it* back. Then wait.\n\nMore.").lead, "Send it back.");
        assert_eq!(body("A", "## B\n- One thing\n- Another").lead, "One thing");
        let long = body("A", &"word ".repeat(100)).lead;
        assert!(long.chars().count() <= LEAD + 1 && long.ends_with("word…"), "{long}");
        assert_eq!(body("A", "").lead, "");
    }
}
