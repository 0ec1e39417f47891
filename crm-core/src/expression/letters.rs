//! Upper and lower case that both engines and memory agree on.
//!
//! The engines' own functions know different letters (SQLite's only ASCII), so case is defined here: ASCII by the
//! engines in their plainest form, and these letters of Europe by substitution.

pub(super) const UPPER: &str = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ";
pub(super) const LOWER: &str = "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćčďđēėęěğģīįķĺļłńņňōőœŕřśşšţťūůűųźżž";

pub(super) fn lower(text: &str) -> String {
    text.chars().map(|c| exchange(c.to_ascii_lowercase(), UPPER, LOWER)).collect()
}

pub(super) fn upper(text: &str) -> String {
    text.chars().map(|c| exchange(c.to_ascii_uppercase(), LOWER, UPPER)).collect()
}

fn exchange(c: char, from: &str, to: &str) -> char {
    if c.is_ascii() {
        return c;
    }
    from.chars().zip(to.chars()).find(|(from, _)| *from == c).map_or(c, |(_, to)| to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_are_pairs_as_unicode_has_them() {
        assert_eq!(UPPER.chars().count(), LOWER.chars().count());
        assert_eq!(UPPER.to_lowercase(), LOWER);
        assert_eq!(lower("GRÜẞ Łódź 5"), "grüẞ łódź 5");
        assert_eq!(upper("straße"), "STRAßE");
    }
}
