//! The labels of the standard objects in other languages, from one file a language: English label to its translation.
//!
//! What a definition says itself with `label_in` stands, where a word means something else in that place.

use crate::schema::{FieldDef, FieldType, Label, ObjectDef};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

const FILES: [(&str, &str); 4] = [
    ("de", include_str!("labels/de.json")),
    ("fr", include_str!("labels/fr.json")),
    ("es", include_str!("labels/es.json")),
    ("pt", include_str!("labels/pt.json")),
];

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
        let translated = label.own("en").and_then(|english| labels.get(english));
        if let Some(text) = translated.filter(|_| label.own(language).is_none()) {
            *label = std::mem::take(label).or(language, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::{FieldType, Label, Schema};
    use crate::text::fold;
    use std::collections::HashMap;

    #[test]
    fn every_label_is_there_in_every_language() {
        let schema = Schema::standard();
        let missing = |label: &Label| super::FILES.iter().any(|(language, _)| label.own(language).is_none());
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

    #[test]
    fn a_label_means_one_option_in_whichever_language_it_is_written() {
        for object in Schema::standard().objects() {
            for field in &object.fields {
                let mut meant = HashMap::new();
                for option in field.kind.options() {
                    for label in option.label.texts().chain([option.key.as_str()]) {
                        let other = meant.insert(fold(label), &option.key).filter(|other| *other != &option.key);
                        assert_eq!(other, None, "{}.{}: {label} is {}", object.name, field.name, option.key);
                    }
                }
            }
        }
    }

    #[test]
    fn fields_of_an_object_have_labels_of_their_own_in_every_language() {
        for object in Schema::standard().objects() {
            for (language, _) in super::FILES {
                let mut named = HashMap::new();
                for field in &object.fields {
                    let (own, english) = (field.label.text(language), field.label.text("en"));
                    let other = named.insert(fold(own), english).filter(|other| *other != english);
                    assert_eq!(other, None, "{}.{}: {own} in {language}", object.name, field.name);
                }
            }
        }
    }
}
