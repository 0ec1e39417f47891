//! Words as they are compared, by the language of the text: without endings, and without the words that say nothing.

use crate::words::{is_apostrophe, runs};
use crm_core::text::fold;
use std::ops::Range;
use std::sync::LazyLock;
use tantivy::tokenizer::{
    Language as Stemming, PreTokenizedStream, PreTokenizedString, Stemmer, StopWordFilter, TextAnalyzer, Token,
    Tokenizer,
};

/// A language whose words are known; all others share one in which words are compared as they are written.
///
/// To add one: a line in [`KNOWN`]. An index made before compares its words as they are until it is made anew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Language(usize);

/// The languages, as articles name them.
static KNOWN: [(&str, Option<Stemming>); 19] = [
    ("xx", None),
    ("ar", Some(Stemming::Arabic)),
    ("da", Some(Stemming::Danish)),
    ("de", Some(Stemming::German)),
    ("el", Some(Stemming::Greek)),
    ("en", Some(Stemming::English)),
    ("es", Some(Stemming::Spanish)),
    ("fi", Some(Stemming::Finnish)),
    ("fr", Some(Stemming::French)),
    ("hu", Some(Stemming::Hungarian)),
    ("it", Some(Stemming::Italian)),
    ("nl", Some(Stemming::Dutch)),
    ("no", Some(Stemming::Norwegian)),
    ("pt", Some(Stemming::Portuguese)),
    ("ro", Some(Stemming::Romanian)),
    ("ru", Some(Stemming::Russian)),
    ("sv", Some(Stemming::Swedish)),
    ("ta", Some(Stemming::Tamil)),
    ("tr", Some(Stemming::Turkish)),
];

/// English words that say nothing about what is asked, among them what is left of `don't` and `I'm`. Tantivy's own
/// list is that of Lucene, which has no question words.
const ENGLISH: &str = "a about am an and any are aren as at be because been being but by can could couldn did didn do \
    does doesn doing don for from had hadn has hasn have haven having he her hers him his how i if in into is isn it \
    its ll me my myself no nor not of on or our ours re shall she should shouldn so some such than that the their \
    them then there these they this those to too us ve very was wasn we were weren what when where which while who \
    whom whose why will with won would wouldn you your yours yourself";

/// Words of questions that Tantivy's lists, made for statements, lack.
fn question_words(code: &str) -> &'static str {
    match code {
        "de" => "bitte darf geht gibt kann können mal muss wann warum weshalb wieso wo woher wohin",
        "es" => "cuál cuáles cuándo cuánta cuántas cuánto cuántos cómo debo dónde hay puede puedo qué",
        "fr" => "combien comment dois est faut où peut peux pourquoi puis quand quel quelle quelles quels",
        "it" => "come cosa devo dove perché posso può quale quali quando quanta quanto",
        "nl" => "hoe hoeveel kan moet waar waarom wanneer welke wie",
        "pt" => "como devo há onde pode por posso quais qual quando quanta quanto quantos quê",
        _ => "",
    }
}

/// A word of a text as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stem {
    /// In lower case, without ending and accents.
    pub(crate) text: String,
    /// Where the word stands, in bytes.
    pub(crate) at: Range<usize>,
}

/// The words of a text that say something, without their endings: what two ways of asking the same have in common.
pub fn content_stems(language: &str, text: &str) -> Vec<String> {
    Language::named(language).stems(text).into_iter().map(|stem| stem.text).collect()
}

impl Language {
    /// The language that an article or a person names: `en`, `pt-BR`.
    pub(crate) fn named(name: &str) -> Self {
        let code = name.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let code = if matches!(code.as_str(), "nb" | "nn") { "no" } else { &code };
        Self(KNOWN.iter().position(|(known, _)| *known == code).unwrap_or_default())
    }

    /// Its two letters.
    pub(crate) fn code(self) -> &'static str {
        KNOWN.get(self.0).map_or("xx", |(code, _)| code)
    }

    /// The words of a text that say something.
    pub(crate) fn stems(self, text: &str) -> Vec<Stem> {
        static ANALYZERS: LazyLock<Vec<TextAnalyzer>> =
            LazyLock::new(|| KNOWN.iter().map(|(code, stemming)| analyzer(code, *stemming)).collect());
        let Some(mut analyzer) = ANALYZERS.get(self.0).cloned() else { return Vec::new() };
        let mut stems = Vec::new();
        analyzer.token_stream(text).process(&mut |token| {
            stems.push(Stem { text: fold(&token.text), at: token.offset_from..token.offset_to });
        });
        stems
    }
}

fn analyzer(code: &str, stemming: Option<Stemming>) -> TextAnalyzer {
    let words = |list: &str| StopWordFilter::remove(list.split_whitespace().map(str::to_owned));
    let plain = TextAnalyzer::builder(Words).filter(words(question_words(code)));
    let Some(stemming) = stemming else { return plain.build() };
    let stop = if code == "en" { Some(words(ENGLISH)) } else { StopWordFilter::new(stemming) };
    match stop {
        Some(stop) => plain.filter(stop).filter(Stemmer::new(stemming)).build(),
        None => plain.filter(Stemmer::new(stemming)).build(),
    }
}

/// Takes a text apart into words in lower case. A word is cut at an apostrophe, and a single letter beside one is
/// dropped: `l'article`, `user's`.
#[derive(Clone)]
struct Words;

/// Longer words are cut.
const LONGEST: usize = 40;

impl Tokenizer for Words {
    type TokenStream<'a> = PreTokenizedStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        let mut tokens = Vec::new();
        for run in runs(text) {
            let whole = text.get(run.clone()).unwrap_or_default();
            let mut start = run.start;
            for part in whole.split_inclusive(is_apostrophe) {
                let word = part.trim_end_matches(is_apostrophe);
                if word.chars().nth(1).is_some() || word.len() == whole.len() {
                    let text = word.to_lowercase().chars().take(LONGEST).collect();
                    let offsets = (start, start + word.len());
                    let position = tokens.len();
                    let (offset_from, offset_to) = offsets;
                    tokens.push(Token { offset_from, offset_to, position, text, position_length: 1 });
                }
                start += part.len();
            }
        }
        PreTokenizedStream::from(PreTokenizedString { text: String::new(), tokens })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(language: &str, text: &str) -> Vec<String> {
        Language::named(language).stems(text).into_iter().map(|stem| stem.text).collect()
    }

    #[test]
    fn words_compare_without_their_endings_in_their_own_language() {
        assert_eq!(stems("en", "How do I cancel subscriptions?"), ["cancel", "subscript"]);
        assert_eq!(stems("de", "Wie kündige ich meine Abonnements?"), stems("de", "kündigen Abonnement"));
        assert_eq!(stems("fr", "les factures payées"), stems("fr", "facture payée"));
        assert_eq!(stems("pt-BR", "as faturas"), stems("pt", "fatura"));
        assert_eq!(stems("tlh", "the Running"), ["the", "running"]);
    }

    #[test]
    fn elisions_and_possessives_leave_the_word() {
        assert_eq!(stems("fr", "l’abonnement"), stems("fr", "abonnement"));
        assert_eq!(stems("en", "the user's key isn't valid"), ["user", "key", "valid"]);
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "Où est la clé d'activation ?";
        let places: Vec<&str> = Language::named("fr").stems(text).iter().map(|stem| &text[stem.at.clone()]).collect();
        assert_eq!(places, ["clé", "activation"]);
    }

    #[test]
    fn every_language_is_listed_once() {
        let mut codes: Vec<&str> = KNOWN.iter().map(|(code, _)| *code).collect();
        codes.dedup();
        assert_eq!(codes.len(), KNOWN.len());
    }
}
