//! The few names and values that the words of a text come close to.

use crate::staff::{KnownValue, Name, Vocabulary};
use crm_core::text::fold;

/// So many names are told at most, and so many values.
const MOST: usize = 40;
/// Lists so short are like options: the stages of a pipeline are told as a whole.
const SHORT_LIST: usize = 15;
/// Words that are alike by so much are taken for the same.
const ALIKE: f64 = 0.88;
/// Shorter words are like too many.
const SHORTEST: usize = 3;

/// The names that a text comes close to, the closest first, and the short lists that people choose from.
pub(super) fn names(text: &str, vocabulary: &Vocabulary) -> Vec<Name> {
    let words = words(text);
    let mut near: Vec<(f64, &Name)> = vocabulary
        .names()
        .map(|name| (closeness(&words, name.codes.iter().map(String::as_str).chain([name.name.as_str()])), name))
        .filter(|(close, _)| *close > 0.0)
        .collect();
    near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    near.truncate(MOST);
    let mut names: Vec<Name> = near.into_iter().map(|(_, name)| name.clone()).collect();
    let more = vocabulary.names().filter(|name| is_of_short_list(name, vocabulary));
    let more: Vec<Name> = more.filter(|name| !names.iter().any(|known| known.id == name.id)).cloned().collect();
    names.extend(more);
    names
}

/// The values that a text comes close to, the closest first.
pub(super) fn values(text: &str, vocabulary: &Vocabulary) -> Vec<KnownValue> {
    let words = words(text);
    let mut near: Vec<(f64, &KnownValue)> = vocabulary
        .values()
        .map(|known| (closeness(&words, [known.value.as_str()].into_iter()), known))
        .filter(|(close, _)| *close > 0.0)
        .collect();
    near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    near.into_iter().take(MOST).map(|(_, known)| known.clone()).collect()
}

/// Whether a name is one of a few that are configured, as stages are; people are never told as a list.
fn is_of_short_list(name: &Name, vocabulary: &Vocabulary) -> bool {
    let hidden = vocabulary.schema.object(&name.object).is_some_and(|object| !object.in_navigation);
    let listed = || vocabulary.names().filter(|other| other.object == name.object).count() <= SHORT_LIST;
    hidden && name.object != "user" && listed()
}

fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST);
    words.map(str::to_owned).collect()
}

/// How close words come to the closest of these texts; 0 if to none.
fn closeness<'a>(said: &[String], texts: impl Iterator<Item = &'a str>) -> f64 {
    let best = |text: &str| {
        let parts = words(text);
        let closest = |part: &String| said.iter().map(|word| alike(word, part)).fold(0.0, f64::max);
        let found: Vec<f64> = parts.iter().map(closest).filter(|close| *close > 0.0).collect();
        // A whole name goes before a part of one.
        if found.is_empty() { 0.0 } else { found.iter().sum::<f64>() / parts.len() as f64 + found.len() as f64 }
    };
    texts.map(best).fold(0.0, f64::max)
}

fn alike(word: &str, part: &str) -> f64 {
    if word == part {
        return 1.0;
    }
    let begins = |long: &str, short: &str| short.len() > SHORTEST && long.starts_with(short);
    if begins(word, part) || begins(part, word) {
        return 0.95;
    }
    Some(strsim::jaro_winkler(word, part)).filter(|close| *close >= ALIKE).unwrap_or(0.0)
}
