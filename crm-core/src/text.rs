//! Text made comparable: the folded twin that every text column has, and the keys by which duplicates are found.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, with single spaces: how text is compared and sorted on both engines.
///
/// Done here and stored, because the engines fold differently (SQLite only ASCII).
pub fn fold(text: &str) -> String {
    // Most text is ASCII, where there is nothing to take apart.
    if text.is_ascii() {
        return folded(text.chars().map(|c| c.to_ascii_lowercase()), text.len());
    }
    folded(text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase), text.len())
}

fn folded(lower: impl Iterator<Item = char>, length: usize) -> String {
    let mut folded = String::with_capacity(length);
    let mut gap = false;
    for c in lower {
        match c {
            c if c.is_whitespace() => gap = !folded.is_empty(),
            c => {
                if std::mem::take(&mut gap) {
                    folded.push(' ');
                }
                match c {
                    'ß' => folded.push_str("ss"),
                    'ø' => folded.push('o'),
                    'æ' => folded.push_str("ae"),
                    'ł' => folded.push('l'),
                    '\0' => {}
                    c if !c.is_ascii() && is_combining_mark(c) => {}
                    c => folded.push(c),
                }
            }
        }
    }
    folded
}

/// Escapes `%`, `_` and `\` for a `LIKE … ESCAPE '\'`.
pub(crate) fn escape_like(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgets_case_accents_and_spacing() {
        assert_eq!(fold("  Café  MÜLLER \n"), "cafe muller");
        assert_eq!(fold("Straße Łódź Ærø"), "strasse lodz aero");
        assert_eq!(fold("İstanbul"), "istanbul");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["Ǆ", "ẞ", "ﬁne", "A\u{301}", "ΑΣ", "K"] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }

    #[test]
    fn the_short_way_of_ascii_folds_as_the_long_one() {
        let ascii: String = (0_u8..128).map(char::from).collect();
        let other = fold(&format!("{ascii}é"));
        assert_eq!(format!("{}e", fold(&ascii)), other);
    }
}
