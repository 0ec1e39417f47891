//! Words made of words: what is asked may stand within a longer word of an article, or the other way round.
//!
//! No list of words knows the compounds of a company, so a shelf's own dictionary is asked: `Lieferung` finds
//! `Lieferzeiten` because that begins with its stem, and `Rücksendekosten`, which nobody wrote, is `Rücksendung` and
//! `Kosten`, because both are there.

use super::language::Language;

/// What a word counts that contains the one asked, or is contained in it, beside that word itself.
pub(crate) const RELATED: f32 = 0.5;
/// How many of them are looked for: the shortest say most of the word asked.
const MOST: usize = 12;
/// The stem of a word that begins or ends another one has at least so many letters, and leaves at least so many.
const BEGINNING: usize = 5;
const END: usize = 4;
const REST: usize = 3;
/// Letters between two words: `s` in `Lieferungskosten`, also what the stem of its first word lacks.
const JOINT: usize = 4;

impl Language {
    /// Whether words are joined into longer ones without a space.
    pub(crate) fn joins_words(self) -> bool {
        matches!(self.code(), "da" | "de" | "fi" | "hu" | "nl" | "no" | "sv")
    }
}

/// The words of a dictionary that a stem has a part in, the shortest first.
pub(crate) fn longer<'a>(dictionary: &'a [String], stem: &str) -> Vec<&'a str> {
    let mut found: Vec<&str> = dictionary.iter().map(String::as_str).filter(|word| has_part(word, stem)).collect();
    found.sort_by_key(|word| (word.len(), *word));
    found.truncate(MOST);
    found
}

/// The words of a dictionary that a stem is made of: the first and the last of it, or the one that is known.
pub(crate) fn parts<'a>(dictionary: &'a [String], stem: &str) -> Vec<&'a str> {
    let words = || dictionary.iter().map(String::as_str).filter(|word| *word != stem);
    let firsts = || words().filter(|word| word.chars().count() >= END && stem.starts_with(word));
    let lasts = || words().filter(|word| word.chars().count() >= END && stem.ends_with(word));
    let joint = |first: &str, last: &str| stem.len().checked_sub(first.len() + last.len());
    let pairs = firsts().flat_map(|first| lasts().map(move |last| (first, last)));
    let pairs =
        pairs.filter_map(|(first, last)| Some((joint(first, last).filter(|rest| *rest <= JOINT)?, first, last)));
    if let Some((_, first, last)) = pairs.min() {
        return vec![first, last];
    }
    let longest = firsts().chain(lasts()).filter(|word| has_part(stem, word)).max_by_key(|word| word.len());
    longest.into_iter().collect()
}

fn has_part(word: &str, stem: &str) -> bool {
    let least = if word.starts_with(stem) {
        BEGINNING
    } else if word.ends_with(stem) {
        END
    } else {
        return false;
    };
    let length = stem.chars().count();
    length >= least && word.chars().count() >= length + REST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(word: &str) -> String {
        Language::named("de").stems(word).remove(0).text
    }

    fn dictionary(words: &str) -> Vec<String> {
        words.split(' ').map(stem).collect()
    }

    #[test]
    fn a_word_is_found_at_the_beginning_and_at_the_end_of_longer_ones() {
        let words = dictionary("Lieferzeiten Lieferung Expresslieferung Rechnung Ablieferer");
        assert_eq!(longer(&words, &stem("Lieferung")), ["lieferzeit", "expressliefer"]);
        assert_eq!(longer(&words, &stem("Zeit")), ["lieferzeit"]);
        assert!(longer(&words, "ab").is_empty());
    }

    #[test]
    fn a_compound_that_nobody_wrote_is_made_of_the_words_that_somebody_did() {
        let words = dictionary("Kosten Rücksendung Send Ost Lieferung Zahl Garantie");
        assert_eq!(parts(&words, &stem("Rücksendekosten")), ["rucksend", "kost"]);
        assert_eq!(parts(&words, &stem("Lieferungskosten")), ["liefer", "kost"]);
        assert_eq!(parts(&words, &stem("Garantieverlängerung")), ["garanti"]);
        assert!(parts(&words, &stem("Einwilligung")).is_empty());
    }
}
