//! The labels of the standard objects in other languages, from one file a language: English label to its translation.
//!
//! What a definition says itself with `label_in` stands, where a word means something else in that place.

use crate::schema::{FieldDef, FieldType, Label, ObjectDef};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

const FILES: [(&str, &str); 1] = [("de", include_str!("labels/de.json"))];

/// Translations by language. A file that cannot be read has none; a test holds each complete.
static LABELS: LazyLock<Vec<(&str, HashMap<String, String>)>> =
    LazyLock::new(|| FILES.map(|(language, text)| (language, serde_json::from_str(text).unwrap_or_default())).into());

/// Gives an object and all that is in it the labels of every language.
pub(super) fn translate(mut object: ObjectDef) -> ObjectDef {
    complete(&mut object.label);
    complete(&mut object.plural_label);
    for field in &mut object.fields {
        let mut translated = FieldDef::clone(field);
        complete(&mut translated.label);
        if let FieldType::Select { options } | FieldType::MultiSelect { options } = &mut translated.kind {
            options.iter_mut().for_each(|option| complete(&mut option.label));
        }
        *field = Arc::new(translated);
    }
    object
}

fn complete(label: &mut Label) {
    for (language, labels) in LABELS.iter() {
        if let Some(text) = label.0.get("en").and_then(|english| labels.get(english)) {
            label.0.entry((*language).to_owned()).or_insert_with(|| text.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::{FieldType, Label, Schema};

    #[test]
    fn every_label_is_there_in_every_language() {
        let schema = Schema::standard();
        let missing = |label: &Label| super::FILES.iter().any(|(language, _)| !label.0.contains_key(*language));
        let mut untranslated = Vec::new();
        for object in schema.objects() {
            let mut labels = vec![&object.label, &object.plural_label];
            for field in &object.fields {
                labels.push(&field.label);
                if let FieldType::Select { options } | FieldType::MultiSelect { options } = &field.kind {
                    labels.extend(options.iter().map(|option| &option.label));
                }
            }
            untranslated
                .extend(labels.into_iter().filter(|label| missing(label)).map(|label| label.text("en").to_owned()));
        }
        assert_eq!(untranslated, Vec::<String>::new());
    }
}
