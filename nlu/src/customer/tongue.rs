//! Which language a message is written in.

use super::lexicon::Lexicon;
use super::text::Text;
use crate::Language;
use std::sync::LazyLock;
use whatlang::{Detector, Lang};

/// How far the words of one language must lead to decide, counted in words that no other language has.
const LEAD: f32 = 0.75;
/// From here on letters tell a language, where words do not.
const LONG: usize = 24;

/// The language; none if it cannot be told, or is another one.
pub(super) fn of(text: &Text, usual: Language) -> Option<Language> {
    let words: Vec<&str> = text.pieces.iter().map(|piece| piece.text.as_str()).collect();
    let mut scores: Vec<(f32, Language)> = Language::ALL.iter().map(|language| (0.0, *language)).collect();
    for word in &words {
        let known: Vec<bool> = Language::ALL.iter().map(|language| knows(*language, word)).collect();
        let languages = known.iter().filter(|known| **known).count() as f32;
        let with = scores.iter_mut().zip(known).filter(|(_, known)| *known);
        with.for_each(|((score, _), _)| *score += 1.0 / languages);
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (b.1 == usual).cmp(&(a.1 == usual))));
    let (Some(first), Some(second)) = (scores.first(), scores.get(1)) else { return None };
    // Half of a message's words are common ones; of a language that is not known here, hardly any.
    let share = first.0 / words.len().max(1) as f32;
    if first.0 - second.0 >= LEAD && share >= 0.25 {
        let sure = share >= 0.5 || words.len() < 6;
        return if sure { Some(first.1) } else { by_letters(&words.join(" ")) };
    }
    by_letters(&words.join(" "))
}

fn knows(language: Language, word: &str) -> bool {
    let lexicon = Lexicon::of(language);
    // "L'agent" is known by its parts.
    lexicon.knows(word) || word.split_once('\'').is_some_and(|(a, b)| lexicon.knows(a) && lexicon.knows(b))
}

fn by_letters(text: &str) -> Option<Language> {
    static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::new);
    if text.chars().count() < LONG {
        return None;
    }
    let found = DETECTOR.detect(text).filter(whatlang::Info::is_reliable)?;
    match found.lang() {
        Lang::Eng => Some(Language::En),
        Lang::Deu => Some(Language::De),
        Lang::Fra => Some(Language::Fr),
        Lang::Spa => Some(Language::Es),
        Lang::Por => Some(Language::Pt),
        _ => None,
    }
}
