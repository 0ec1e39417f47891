//! By what people find a record when they type a few words: its name, number, e-mail address or phone.

use crm_core::query::{Filter, Operator};
use crm_core::schema::{FieldType, ObjectDef};

/// Records in which each of the words stands in some such field.
pub(super) fn words(object: &ObjectDef, text: &str) -> Filter {
    const MOST_WORDS: usize = 8;
    let fields = fields(object);
    let anywhere = |word: &str| Filter::Or {
        or: fields.iter().map(|field| Filter::compare(*field, Operator::Contains, word)).collect(),
    };
    Filter::all(text.split_whitespace().take(MOST_WORDS).map(anywhere))
}

fn fields(object: &ObjectDef) -> Vec<&str> {
    let telling = |kind: &FieldType| matches!(kind, FieldType::Email | FieldType::Phone);
    let named = |name: &str| matches!(name, "name" | "external_id");
    let fields = object.fields.iter().filter(|field| named(&field.name) || telling(&field.kind));
    fields.map(|field| field.name.as_str()).collect()
}
