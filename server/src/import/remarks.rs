//! What is odd about a table although it is imported as it stands: empty cells, and values that look misspelt.

use super::convert::columns;
use super::known;
use super::plan::{Plan, Planned, Reading, Source};
use crm_core::schema::FieldType;
use crm_core::text::fold;
use std::collections::HashMap;

/// What was seen of one step's table.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    rows: u64,
    blank: Vec<u64>,
    values: Vec<Option<HashMap<String, u64>>>,
    /// Rows by what they refer to in vain.
    dangling: HashMap<(usize, String), (u64, Option<String>)>,
}

/// A column with more values than this is no list of choices.
const CHOICES: usize = 300;
/// How many different things rows may refer to in vain before no more are counted.
const DANGLING: usize = 1_000;
/// A value this much more frequent than another is the right one of two that look alike.
const MORE: u64 = 5;
/// Shorter words look alike by chance.
const SHORTEST: usize = 5;

impl Remarks {
    pub(super) fn new(fields: &[Planned]) -> Self {
        let counted = fields.iter().map(|planned| is_choice(planned).then(HashMap::new)).collect();
        Self { blank: vec![0; fields.len()], values: counted, ..Self::default() }
    }

    pub(super) fn row(&mut self) {
        self.rows += 1;
    }

    /// A field's text in one row.
    pub(super) fn seen(&mut self, place: usize, text: Option<&str>) {
        let Some(text) = text else {
            self.blank[place] += 1;
            return;
        };
        if let Some(counts) = &mut self.values[place] {
            *counts.entry(text.to_owned()).or_default() += 1;
            if counts.len() > CHOICES {
                self.values[place] = None;
            }
        }
    }

    /// A reference that led nowhere, and what was perhaps meant.
    pub(super) fn dangling(&mut self, place: usize, value: &str, meant: impl FnOnce() -> Option<String>) {
        let key = (place, value.to_owned());
        if let Some((count, _)) = self.dangling.get_mut(&key) {
            *count += 1;
        } else if self.dangling.len() < DANGLING {
            self.dangling.insert(key, (1, meant()));
        }
    }

    /// The remarks, in words.
    pub(super) fn tell(&self, plan: &Plan, fields: &[Planned], table: &str) -> Vec<String> {
        let mut told = Vec::new();
        let empty: Vec<String> = fields
            .iter()
            .zip(&self.blank)
            .filter(|(_, blank)| **blank > 0 && **blank < self.rows)
            .map(|(planned, blank)| format!("{} in {blank}", name(planned)))
            .collect();
        if !empty.is_empty() {
            told.push(format!("{table}: of {} rows, left empty: {}.", self.rows, empty.join(", ")));
        }
        let mut dangling: Vec<_> = self.dangling.iter().collect();
        dangling.sort();
        for ((place, value), (count, meant)) in dangling {
            let Some(planned) = fields.get(*place) else { continue };
            let meant = meant.as_ref().map(|meant| format!(" It looks like `{meant}`.")).unwrap_or_default();
            told.push(format!(
                "{table}: {} `{value}` of {count} rows leads to no record.{meant}",
                columns(plan, planned)
            ));
        }
        for (planned, counts) in fields.iter().zip(&self.values) {
            let Some(counts) = counts else { continue };
            for (value, meant) in misspelt(counts, known::words_of(planned)) {
                told.push(format!(
                    "{table}: {} `{value}` ({}×) looks like `{meant}`.",
                    columns(plan, planned),
                    counts[value]
                ));
            }
        }
        told
    }
}

fn name(planned: &Planned) -> String {
    planned.part.as_ref().map_or_else(|| planned.field.name.clone(), |part| format!("{}.{part}", planned.field.name))
}

/// Whether a field holds one of a few words that many rows share.
fn is_choice(planned: &Planned) -> bool {
    let alone = matches!(&planned.value, Source::First(templates) if matches!(templates.as_slice(), [one] if one.only_column().is_some()));
    let text = planned.part.is_some() || planned.field.kind == FieldType::Text;
    alone && text && matches!(planned.reading, Reading::Plain) && planned.field.name != "name" && !planned.field.unique
}

/// Values that are one slip away from a far more frequent one, or from a word that is known for the field.
fn misspelt<'a>(counts: &'a HashMap<String, u64>, known: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let is_word = |value: &str| value.chars().count() >= SHORTEST && !value.chars().any(|c| c.is_ascii_digit());
    let mut words: Vec<(&str, String, u64)> =
        counts.iter().filter(|(value, _)| is_word(value)).map(|(value, n)| (value.as_str(), fold(value), *n)).collect();
    words.sort();
    let one_slip = |a: &str, b: &str| strsim::osa_distance(a, b) == 1;
    let mut found = Vec::new();
    for (value, folded, n) in &words {
        if known.iter().any(|word| fold(word) == *folded) {
            continue;
        }
        let frequent =
            words.iter().find(|(_, other, m)| *m >= n * MORE && one_slip(folded, other)).map(|(other, ..)| *other);
        let meant = frequent.or_else(|| known.iter().find(|word| one_slip(folded, &fold(word))).copied());
        found.extend(meant.map(|meant| (*value, meant)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(values: &[(&str, u64)]) -> HashMap<String, u64> {
        values.iter().map(|(value, n)| ((*value).to_owned(), *n)).collect()
    }

    #[test]
    fn a_rare_value_one_slip_from_a_frequent_one_looks_misspelt() {
        let counts = counts(&[("technology", 50), ("technolgy", 2), ("techonlogy", 1), ("retail", 20)]);
        assert_eq!(misspelt(&counts, &[]), [("technolgy", "technology"), ("techonlogy", "technology")]);
    }

    #[test]
    fn equally_frequent_numbered_and_short_values_do_not() {
        assert!(
            misspelt(
                &counts(&[("Marian", 3), ("Marion", 4), ("GTX 500", 1), ("GTX 600", 90), ("MG", 1), ("MH", 50)]),
                &[]
            )
            .is_empty()
        );
    }

    #[test]
    fn a_known_word_is_recognised_though_nobody_wrote_it_right() {
        assert_eq!(
            misspelt(&counts(&[("technolgy", 12), ("Korea", 1)]), &["Technology", "Korea"]),
            [("technolgy", "Technology")]
        );
    }
}
