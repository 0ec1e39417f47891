//! What intents are called: who names one says in a word or two what it is about.

use std::collections::HashMap;
use unicode_normalization::char::is_combining_mark;

/// What an intent is called, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The intent.
    pub intent: String,
    /// The words of its name.
    pub words: String,
}

/// The names that say something, of intents with what they are called: `card_arrival`, `card-arrival` and `CardArrival`
/// are two words. Numbers say nothing, nor does what several intents are called.
pub fn names<'a>(called: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Name> {
    let names = called.into_iter().map(|(intent, name)| Name { intent: intent.to_owned(), words: words(name) });
    let names: Vec<Name> = names.collect();
    let mut times: HashMap<String, usize> = HashMap::new();
    names.iter().for_each(|name| *times.entry(name.words.clone()).or_default() += 1);
    names.into_iter().filter(|name| !name.words.is_empty() && times.get(&name.words) == Some(&1)).collect()
}

/// The words of a name, in small letters.
fn words(name: &str) -> String {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let goes_on = c.is_alphabetic() || (!before.is_whitespace() && (is_combining_mark(c) || "'’".contains(c)));
        if !goes_on || (c.is_uppercase() && before.is_lowercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| goes_on) {
            word.extend(c.to_lowercase());
        }
        before = if goes_on { c } else { ' ' };
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_apart_into_words() {
        for name in ["card_arrival", "Card arrival", "card-arrival", "CardArrival", "cardArrival", "2. card.arrival"] {
            assert_eq!(words(name), "card arrival", "{name}");
        }
        assert_eq!(words("FAQ"), "faq");
        assert_eq!(words("Où est ma commande ?"), "où est ma commande");
        assert_eq!(words("Can't log in"), "can't log in");
    }

    #[test]
    fn names_that_say_nothing_are_left_out() {
        let called = [("a", "Intent 1"), ("b", "Intent 2"), ("c", "17"), ("d", "refund")];
        assert_eq!(names(called), [Name { intent: "d".into(), words: "refund".into() }]);
    }
}
