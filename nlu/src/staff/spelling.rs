//! Words found by what somebody wrote for them: as they are, their beginning, or mistyped.
//!
//! Only words that can be near are compared: those of about the same length that begin with the same letter, and those
//! that are equal but for their first letters.

use std::collections::{BTreeMap, HashMap};

/// Shorter beginnings of a word stand for nothing.
const SHORTEST_BEGINNING: usize = 3;

/// A set of different words, each with its place.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    places: BTreeMap<String, usize>,
    /// By the first letter and the number of letters.
    by_start: HashMap<(char, usize), Vec<usize>>,
    /// By the rest behind the first letter.
    by_rest: HashMap<String, Vec<usize>>,
    words: Vec<String>,
}

impl Spellings {
    /// The place of a word, which is added if it is new.
    pub(super) fn place(&mut self, word: &str) -> usize {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        let place = self.words.len();
        let mut letters = word.chars();
        if let Some(first) = letters.next() {
            self.by_start.entry((first, word.chars().count())).or_default().push(place);
            self.by_rest.entry(letters.as_str().to_owned()).or_default().push(place);
        }
        self.places.insert(word.to_owned(), place);
        self.words.push(word.to_owned());
        place
    }

    /// The words that something written may stand for, by their places in ascending order.
    pub(super) fn fitting(&self, said: &str) -> Vec<usize> {
        let mut found: Vec<usize> = self.places.get(said).copied().into_iter().collect();
        if said.chars().count() >= SHORTEST_BEGINNING {
            let longer = self.places.range(said.to_owned()..).take_while(|(word, _)| word.starts_with(said));
            found.extend(longer.map(|(_, place)| *place));
        }
        found.extend(self.mistyped(said));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The words that are alike, each perhaps more than once.
    pub(super) fn mistyped<'a>(&'a self, said: &'a str) -> impl Iterator<Item = usize> + use<'a> {
        let length = said.chars().count();
        let first = said.chars().next();
        let alike = |place: &usize| self.words.get(*place).is_some_and(|word| alike(said, word).is_some());
        let lengths = length.saturating_sub(MOST_SLIPS)..=length + MOST_SLIPS;
        let of_length = move |length: usize| first.and_then(|first| self.by_start.get(&(first, length)));
        let same_start = lengths.filter_map(of_length).flatten();
        let others = other_starts(said).into_iter().filter_map(|rest| self.by_rest.get(&rest)).flatten();
        // A first letter too few.
        let shorter = said.char_indices().nth(1).and_then(|(at, _)| self.places.get(said.get(at..)?));
        same_start.chain(others).chain(shorter).filter(move |place| alike(place)).copied()
    }
}

/// What stands behind the first letter of words that differ from this one in nothing else: with another first letter,
/// with one more, or with the first two exchanged.
fn other_starts(said: &str) -> Vec<String> {
    let mut letters = said.chars();
    let Some(first) = letters.next() else { return Vec::new() };
    let rest = letters.as_str().to_owned();
    let behind_second = letters.next().map(|_| format!("{first}{}", letters.as_str()));
    [Some(rest), Some(said.to_owned()), behind_second].into_iter().flatten().collect()
}

/// How many slips a word may have at most.
const MOST_SLIPS: usize = 2;

/// How alike a mistyped word is to another: 1 if equal, none if they are two words.
pub(super) fn alike(said: &str, meant: &str) -> Option<f64> {
    if said == meant {
        return Some(1.0);
    }
    let letters = said.chars().count().min(meant.chars().count());
    let most = match letters {
        0..=3 => return None,
        4..=7 => 1,
        _ => MOST_SLIPS,
    };
    if said.chars().count().abs_diff(meant.chars().count()) > most || said.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let apart = strsim::damerau_levenshtein(said, meant);
    let same_start = said.chars().next() == meant.chars().next();
    (apart <= most && (same_start || apart == 1 && letters > 4)).then_some(1.0 - 0.1 * apart as f64)
}

/// How well a word fits a word of a name: as it is, mistyped, or as its beginning.
pub(super) fn fit(said: &str, meant: &str) -> Option<f64> {
    if said == meant {
        return Some(1.0);
    }
    if said.chars().count() >= SHORTEST_BEGINNING && meant.starts_with(said) {
        return Some(0.9);
    }
    alike(said, meant).map(|alike| alike * 0.9)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 14] = [
        "cancity",
        "canc",
        "kinnamplus",
        "kinnam",
        "acme",
        "amce",
        "hottechi",
        "ottechi",
        "shottechi",
        "ohttechi",
        "müller",
        "muller",
        "prospecting",
        "prospector",
    ];

    #[test]
    fn what_is_found_is_what_comparing_with_every_word_finds() {
        let mut spellings = Spellings::default();
        for word in WORDS {
            spellings.place(word);
        }
        let written = WORDS.into_iter().chain([
            "cancty",
            "ancity",
            "xcancity",
            "acancity",
            "pro",
            "hottehci",
            "rospecting",
            "a",
            "",
        ]);
        for said in written {
            let all: Vec<usize> = (0..WORDS.len()).filter(|at| fit(said, WORDS[*at]).is_some()).collect();
            assert_eq!(spellings.fitting(said), all, "{said}");
        }
    }

    #[test]
    fn a_word_has_one_place() {
        let mut spellings = Spellings::default();
        assert_eq!((spellings.place("acme"), spellings.place("won"), spellings.place("acme")), (0, 1, 0));
    }
}
