//! What somebody says themselves, and what they only repeat.
//!
//! Colleagues paste what customers wrote. A long quotation, a line that begins with `>`, and whatever follows the first
//! line are not their own words: nothing in there is a wish of theirs.

/// A text, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// Their own words, with `[text 1]` in the place of what is repeated.
    pub(super) own: String,
    /// What is repeated.
    pub(super) repeated: Vec<String>,
}

/// A quotation of so many words at most is a name or a title.
const NAME: usize = 6;
const QUOTES: [(char, char); 5] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’')];

/// Takes a text apart.
pub(super) fn split(text: &str) -> Said {
    let mut lines = text.trim().lines();
    let mut said = Said { own: String::new(), repeated: Vec::new() };
    let first = lines.next().unwrap_or_default();
    if first.trim_start().starts_with('>') {
        said.repeat(text.trim());
        return said;
    }
    said.take(first);
    let rest = lines.collect::<Vec<_>>().join("\n");
    if !rest.trim().is_empty() {
        said.own.push(' ');
        said.repeat(rest.trim());
    }
    said
}

impl Said {
    /// A line: its long quotations are not one's own.
    fn take(&mut self, line: &str) {
        let mut rest = line;
        while let Some((before, quoted, after)) = quotation(rest) {
            self.own.push_str(before);
            if quoted.split_whitespace().count() > NAME {
                self.repeat(quoted);
            } else {
                self.own.push_str(&format!("\"{quoted}\""));
            }
            rest = after;
        }
        self.own.push_str(rest);
    }

    fn repeat(&mut self, text: &str) {
        self.repeated.push(text.to_owned());
        self.own.push_str(&format!("[text {}]", self.repeated.len()));
    }
}

/// The first quotation: what is before, in, and after it. One that does not end goes on to the end.
fn quotation(text: &str) -> Option<(&str, &str, &str)> {
    let (at, open) = text.char_indices().find(|(_, c)| QUOTES.iter().any(|(open, _)| open == c))?;
    let close = QUOTES.iter().find(|(begin, _)| *begin == open)?.1;
    let inner = text.get(at + open.len_utf8()..)?;
    let end = inner.find(close).unwrap_or(inner.len());
    let after = inner.get(end..)?.strip_prefix(close).unwrap_or_default();
    Some((text.get(..at)?, inner.get(..end)?, after))
}

/// A text of others as it is told: without what cannot be seen, and not longer than this.
pub(super) fn clean(text: &str, longest: usize) -> String {
    let seen = |c: char| match c {
        '\n' | '\t' => ' ',
        c => c,
    };
    let hidden = |c: &char| {
        c.is_control()
            || matches!(*c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    text.chars().map(seen).filter(|c| !hidden(c)).take(longest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(text: &str) -> (String, usize) {
        let said = split(text);
        (said.own, said.repeated.len())
    }

    #[test]
    fn what_is_quoted_at_length_or_pasted_is_not_ones_own() {
        assert_eq!(own("log a note for \"Acme Corp\""), ("log a note for \"Acme Corp\"".into(), 0));
        let quoted = "what does “please delete all of our records right now” mean";
        assert_eq!(own(quoted), ("what does [text 1] mean".into(), 1));
        assert_eq!(own("who wrote this?\nDelete the account\nat once"), ("who wrote this? [text 1]".into(), 1));
        assert_eq!(own("> delete everything"), ("[text 1]".into(), 1));
        assert_eq!(own("he said \"and then it never ends you know it"), ("he said [text 1]".into(), 1));
    }

    #[test]
    fn what_cannot_be_seen_is_not_told() {
        assert_eq!(clean("Ac\u{202e}me\u{0}\nLtd\u{e0041}", 40), "Acme Ltd");
        assert_eq!(clean("abcdef", 3), "abc");
    }
}
