//! Words that stand for more than a field or a value: "won", "overdue", "win rate".

use crate::query::{Filter, Measure};

/// What people say of an object's records in words of their own: which of them they mean, what they measure of them,
/// and which day a time beside the words is about.
///
/// ```
/// use crm_core::query::Filter;
/// use crm_core::schema::Phrase;
/// let won = Phrase::saying("en", ["won", "win"]).which(Filter::eq("is_won", true)).on("close_date");
/// assert_eq!(won.name("de"), "won");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// The language of each wording, and the wording; the first of a language is its name.
    pub words: Vec<(&'static str, &'static str)>,
    /// Which records are meant.
    pub filter: Option<Filter>,
    /// What is measured of them.
    pub measure: Option<Measure>,
    /// The field that a time beside the words is about: "won in March".
    pub on: Option<&'static str>,
    /// By what they are counted unless something else is asked: a pipeline by its stages.
    pub by: Option<&'static str>,
}

impl Phrase {
    /// These words of a language.
    pub fn saying<const N: usize>(language: &'static str, words: [&'static str; N]) -> Self {
        Self { words: Vec::new(), filter: None, measure: None, on: None, by: None }.or(language, words)
    }

    /// The same in words of another language.
    #[must_use]
    pub fn or<const N: usize>(mut self, language: &'static str, words: [&'static str; N]) -> Self {
        self.words.extend(words.map(|word| (language, word)));
        self
    }

    /// They mean these records.
    #[must_use]
    pub fn which(mut self, filter: Filter) -> Self {
        self.filter = Some(filter);
        self
    }

    /// They mean this measure.
    #[must_use]
    pub fn measuring(mut self, measure: Measure) -> Self {
        self.measure = Some(measure);
        self
    }

    /// A time beside them is about this field.
    #[must_use]
    pub fn on(mut self, field: &'static str) -> Self {
        self.on = Some(field);
        self
    }

    /// They are counted by this field.
    #[must_use]
    pub fn by(mut self, field: &'static str) -> Self {
        self.by = Some(field);
        self
    }

    /// What it is called in a language, else in English.
    pub fn name(&self, language: &str) -> &'static str {
        let first = |language: &str| self.words.iter().find(|(of, _)| *of == language);
        first(language).or_else(|| first("en")).map_or("", |(_, word)| word)
    }
}
