//! In which language a page speaks.

/// The languages that the pages' own words are written in, the first one where nothing is known.
pub(super) const SPOKEN: [&str; 5] = ["en", "de", "fr", "es", "pt"];

/// The language that a tag such as `de-CH` names, if the pages speak it.
pub(super) fn spoken(tag: &str) -> Option<&'static str> {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
    SPOKEN.into_iter().find(|code| code.eq_ignore_ascii_case(primary))
}

/// The spoken language that a browser likes best, by its `Accept-Language`.
pub(in crate::http) fn preferred(accepted: &str) -> Option<&'static str> {
    let weighed = accepted.split(',').filter_map(|part| {
        let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
        Some((spoken(tag)?, weight)).filter(|(_, weight)| *weight > 0.0)
    });
    // Of equals the first one.
    weighed.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(code, _)| code)
}

/// In which direction a language is written: that of an article can be any.
pub(super) fn direction(tag: &str) -> &'static str {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match primary.as_str() {
        "ar" | "dv" | "fa" | "he" | "ps" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_that_it_likes_best_of_those_spoken() {
        assert_eq!(preferred("de-CH,de;q=0.9,en;q=0.8"), Some("de"));
        assert_eq!(preferred("nl, en;q=0.5, fr;q=0.7"), Some("fr"));
        assert_eq!(preferred("es;q=0, pt-BR;q=0.1"), Some("pt"));
        assert_eq!(preferred("fr,en"), Some("fr"));
        assert_eq!(preferred("*"), None);
        assert_eq!(preferred("en;q=much"), None);
    }

    #[test]
    fn arabic_and_hebrew_run_from_right_to_left() {
        assert_eq!((direction("ar-EG"), direction("he"), direction("de")), ("rtl", "rtl", "ltr"));
    }
}
