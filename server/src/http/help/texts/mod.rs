//! The pages' own words, in each language: one file a language, all with the same keys.

use super::language::SPOKEN;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

/// The words of one language. `{company}` and the like are filled in by [`fill`]; one thing and many are parted by `|`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    /// The language's own name.
    pub(super) language: String,
    pub(super) help: String,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) welcome: String,
    pub(super) skip: String,
    pub(super) search: String,
    pub(super) search_label: String,
    pub(super) search_hint: String,
    pub(super) topics: String,
    pub(super) other: String,
    pub(super) articles: String,
    pub(super) recent: String,
    pub(super) updated: String,
    pub(super) on_this_page: String,
    pub(super) breadcrumbs: String,
    pub(super) languages: String,
    pub(super) also_in: String,
    pub(super) table: String,
    pub(super) code: String,
    pub(super) results: String,
    pub(super) results_for: String,
    pub(super) nothing: String,
    pub(super) nothing_hint: String,
    pub(super) best_answer: String,
    pub(super) suggestions: String,
    pub(super) all_results: String,
    pub(super) more: String,
    pub(super) empty: String,
    pub(super) chat_question: String,
    pub(super) chat: String,
    pub(super) missing: String,
    pub(super) missing_hint: String,
    pub(super) home: String,
    /// `{day}`, `{month}` and `{year}` in their order.
    date: String,
    months: [String; 12],
}

static ALL: LazyLock<[Texts; 5]> = LazyLock::new(|| {
    // A file that cannot be read says nothing; a test reads each.
    [
        include_str!("en.toml"),
        include_str!("de.toml"),
        include_str!("fr.toml"),
        include_str!("es.toml"),
        include_str!("pt.toml"),
    ]
    .map(|file| toml::from_str(file).unwrap_or_default())
});

/// The words of a language, and the language that they are in.
pub(super) fn of(code: &str) -> &'static Texts {
    let place = SPOKEN.iter().position(|spoken| *spoken == code).unwrap_or_default();
    &ALL[place]
}

impl Texts {
    /// A day as one writes it.
    pub(super) fn date(&self, day: Date) -> String {
        let month = usize::try_from(day.month() - 1).ok().and_then(|month| self.months.get(month));
        let month = month.map(String::as_str).unwrap_or_default();
        fill(&self.date, &[("day", &day.day().to_string()), ("month", month), ("year", &day.year().to_string())])
    }
}

/// A text with its places filled in.
pub(super) fn fill(text: &str, places: &[(&str, &str)]) -> String {
    places.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// A text about so many things.
pub(super) fn counted(text: &str, count: u64) -> String {
    let (one, many) = text.split_once('|').unwrap_or((text, text));
    fill(if count == 1 { one } else { many }, &[("count", &count.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_language_says_everything() {
        let files = ["en", "de", "fr", "es", "pt"].map(|code| {
            let name = format!("{}/src/http/help/texts/{code}.toml", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_to_string(name).unwrap()
        });
        for file in files {
            let table: toml::Table = toml::from_str(&file).unwrap();
            toml::from_str::<Texts>(&file).unwrap();
            let empty: Vec<&String> =
                table.iter().filter(|(_, text)| text.as_str() == Some("")).map(|(key, _)| key).collect();
            assert!(empty.is_empty(), "{empty:?}");
        }
    }

    #[test]
    fn days_are_written_as_in_the_language() {
        let day = date(2026, 3, 1);
        assert_eq!(of("en").date(day), "1 March 2026");
        assert_eq!(of("de").date(day), "1. März 2026");
        assert_eq!(of("es").date(day), "1 de marzo de 2026");
    }

    #[test]
    fn one_thing_is_not_many() {
        let texts = of("en");
        assert_eq!(counted(&texts.articles, 1), "1 article");
        assert_eq!(counted(&texts.articles, 0), "0 articles");
    }
}
