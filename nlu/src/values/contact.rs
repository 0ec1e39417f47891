//! How people are reached: addresses for e-mail, addresses on the web, telephone numbers.

use super::value::Value;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static ADDRESSES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let email =
        r"(?P<email>[A-Za-z0-9._%+'\-]+@[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,})";
    let url = r#"(?P<url>(?:https?://|ftp://|www\.)[^\s<>"]*[^\s<>"'.,;:!?)\]])"#;
    Regex::new(&format!("{email}|{url}")).ok()
});

static PHONE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?:\+|\b00|\(|\b)\d[\d\s().\-/]{5,20}\d\b").ok());

/// The ways to reach people in a text, in its order.
pub(super) fn contacts(text: &str) -> Vec<(Range<usize>, Value)> {
    let mut found = Vec::new();
    if text.contains('@') || text.contains("://") || text.contains("www.") {
        for captures in ADDRESSES.iter().flat_map(|addresses| addresses.captures_iter(text)) {
            let value = |name, made: fn(String) -> Value| {
                captures.name(name).map(|found| (found.range(), made(found.as_str().to_owned())))
            };
            found.extend(value("email", Value::Email).or_else(|| value("url", Value::Url)));
        }
    }
    if text.bytes().filter(u8::is_ascii_digit).count() >= 7 {
        for phone in PHONE.iter().flat_map(|phone| phone.find_iter(text)) {
            let range = phone.range();
            if let Some(value) = number(text, &range)
                && found
                    .iter()
                    .all(|(other, _): &(Range<usize>, Value)| other.end <= range.start || range.end <= other.start)
            {
                found.push((range, value));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// A telephone number, if that is what the digits are: with a country's or area's prefix, or announced as one.
fn number(text: &str, range: &Range<usize>) -> Option<Value> {
    let written = &text[range.clone()];
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let before = text[..range.start].trim_end();
    let announced = ["tel", "tel.", "tel:", "phone", "phone:", "mobile", "mobile:", "fax", "fax:", "call", "☎"]
        .iter()
        .any(|word| {
            before.len() >= word.len()
                && before.get(before.len() - word.len()..).is_some_and(|end| end.eq_ignore_ascii_case(word))
        });
    let grouped = written.split(|letter: char| !letter.is_ascii_digit()).filter(|group| !group.is_empty()).count();
    let north_american = digits.len() == 10
        && grouped == 3
        && written
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|group| !group.is_empty())
            .map(str::len)
            .eq([3, 3, 4]);
    let prefixed = written.starts_with('+')
        || before.ends_with('+')
        || written.starts_with("00") && digits.len() >= 9 && grouped > 1
        || written.starts_with('(') && grouped >= 2;
    let plausible = (7..=15).contains(&digits.len()) && (prefixed || announced || north_american);
    let plus = if written.starts_with('+') || before.ends_with('+') { "+" } else { "" };
    plausible.then(|| Value::Phone(format!("{plus}{digits}")))
}
