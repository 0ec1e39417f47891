//! Slugs: the last part of an article's address.

use crate::db::Sql;
use crate::error::Result;
use crate::record::{Draft, Writing};
use crate::text::escape_like;
use std::collections::HashSet;

/// How long a slug made of a title gets.
const MOST: usize = 80;

/// A text as a slug: small ASCII letters and digits, words joined by hyphens. Nothing if it has neither.
pub(super) fn of(text: &str) -> Option<String> {
    let ascii = deunicode::deunicode(&with_german_letters(text)).to_lowercase();
    let words: Vec<&str> = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    Some(words.join("-")).filter(|slug| !slug.is_empty())
}

/// The help centre's own pages, which no article can stand before.
const RESERVED: [&str; 6] = ["search", "suggestions", "sitemap.xml", "category", "assets", "c"];

/// Whether an article at this address would never be seen.
pub(super) fn is_reserved(slug: &str) -> bool {
    RESERVED.contains(&slug.trim().to_lowercase().as_str())
}

/// A slug that no other article has, made of the draft's title.
///
/// Addresses have no language in them, so a slug is given once whatever the language. Deleted articles keep theirs:
/// links to them must not lead to something else, and they may come back.
pub(super) async fn free(writing: &mut Writing<'_>, draft: &Draft) -> Result<String> {
    let wanted = of(draft.get("title").as_text().unwrap_or_default()).map_or_else(|| "article".into(), shortened);
    let mut sql = Sql::new("select slug_folded from article where tenant_id = ");
    sql.bind(writing.actor.tenant()).text(" and id <> ").bind(draft.id);
    sql.text(" and slug_folded like ").bind(format!("{}%", escape_like(&wanted))).text(" escape '\\'");
    let rows = writing.tx.rows(sql).await?;
    let taken = rows.iter().map(|row| row.string(0)).collect::<Result<HashSet<_>>>()?;
    let numbered = (2..).map(|n| format!("{wanted}-{n}"));
    Ok([wanted.clone()]
        .into_iter()
        .chain(numbered)
        .find(|slug| !taken.contains(slug) && !is_reserved(slug))
        .unwrap_or(wanted))
}

/// Cut between words where there is more than one.
fn shortened(slug: String) -> String {
    match slug.get(..=MOST) {
        None => slug,
        Some(start) => start.rsplit_once('-').map_or(&start[..MOST], |(words, _)| words).to_owned(),
    }
}

/// Germans write their letters as two where they have to.
fn with_german_letters(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ä' | 'Ä' => written.push_str("ae"),
            'ö' | 'Ö' => written.push_str("oe"),
            'ü' | 'Ü' => written.push_str("ue"),
            c => written.push(c),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_ascii_whatever_the_language() {
        let slugs = [
            ("How do I reset my password?", "how-do-i-reset-my-password"),
            ("Über Größe & Maße", "ueber-groesse-masse"),
            ("Où est mon colis ?", "ou-est-mon-colis"),
            ("Пароль", "parol"),
            ("  50 % off!  ", "50-off"),
        ];
        for (title, slug) in slugs {
            assert_eq!(of(title).as_deref(), Some(slug));
        }
        assert_eq!(of("???"), None);
    }

    #[test]
    fn the_help_centres_own_pages_are_no_articles() {
        assert!(is_reserved("search") && is_reserved(" Sitemap.XML") && !is_reserved("searching"));
    }

    #[test]
    fn a_long_slug_ends_with_a_whole_word() {
        let slug = shortened(of(&"wonderful ".repeat(20)).unwrap_or_default());
        assert!(slug.len() <= MOST && slug.ends_with("wonderful"), "{slug}");
        assert_eq!(shortened("x".repeat(200)).len(), MOST);
    }
}
