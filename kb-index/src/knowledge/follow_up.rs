//! Whether a question goes on from the one before it, by its own words.

use super::common::is_common;
use super::language::Language;
use crm_core::text::fold;

/// Who begins so goes on from what was asked before.
const BEGINNINGS: [(&str, &[&str]); 5] = [
    ("en", &["and", "but", "or", "also", "then", "so", "what about", "how about", "what if"]),
    ("de", &["und", "aber", "oder", "auch", "dann", "was ist mit", "wie ist es mit", "wie sieht es mit"]),
    ("fr", &["et", "mais", "ou", "alors", "aussi", "qu'en est-il"]),
    ("es", &["y", "pero", "o", "entonces", "también", "qué pasa con", "qué hay de"]),
    ("pt", &["e", "mas", "ou", "então", "também"]),
];

/// Words that stand for something that was named before. Those that are mostly articles, or that stand for nothing
/// ("il faut", "gibt es"), are not among them.
const STANDING_FOR: [(&str, &str); 5] = [
    ("en", "it its that this they them their these those ones"),
    ("de", "dies diese dieser dieses dafür davon damit darüber dazu daran ihn ihm ihnen denen"),
    ("fr", "ça cela ceci elle ils elles celui celle ceux celles"),
    ("es", "eso esto ello ellos ellas aquello"),
    ("pt", "isso isto aquilo ele ela eles elas"),
];

/// A question that names more than this tells by itself what it is about.
const NAMED: usize = 2;

/// Whether a question says that it goes on from what was asked before: "And for the GTX Pro?", or hardly names
/// anything and points to something: "How long does it take?"
pub(crate) fn goes_on(text: &str, language: Language) -> bool {
    let folded = fold(text.trim_start());
    let begins = |beginning: &&str| {
        let rest = folded.strip_prefix(fold(beginning).as_str());
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    if BEGINNINGS.iter().any(|(_, beginnings)| beginnings.iter().any(begins)) {
        return true;
    }
    let stand_for = STANDING_FOR.iter().filter(|(code, _)| Language::named(code) == language);
    let pointing: Vec<String> = stand_for.flat_map(|(_, words)| words.split(' ')).map(fold).collect();
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let names = || language.stems(text).iter().filter(|stem| !is_common(language, &stem.text)).count();
    words.any(|word| pointing.iter().any(|pointing| pointing == word)) && names() <= NAMED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_goes_on_when_it_says_so_or_points_to_what_it_does_not_name() {
        let goes_on = |text: &str, language: &str| goes_on(text, Language::named(language));
        for (language, text) in [
            ("en", "And for the GTX Pro?"),
            ("en", "what about bank transfer?"),
            ("en", "How long does it take?"),
            ("en", "can I track them"),
            ("de", "Und nach Spanien?"),
            ("de", "Wie lange dauert dies?"),
            ("fr", "Et par carte ?"),
            ("fr", "Combien cela coûte-t-il ?"),
            ("es", "¿Cuánto cuesta eso?"),
            ("pt", "Quanto custa isso?"),
        ] {
            assert!(goes_on(text, language), "{text}");
        }
        for (language, text) in [
            ("en", "How do I reset my password?"),
            ("en", "Android app for tickets"),
            ("en", "Does it matter which bank account the refund for an invoice goes to?"),
            ("de", "Wie lange dauert die Lieferung?"),
            ("fr", "Comment résilier mon abonnement ?"),
            ("es", "¿Cómo puedo pagar?"),
            ("pt", "Como faço para pagar?"),
        ] {
            assert!(!goes_on(text, language), "{text}");
        }
    }
}
