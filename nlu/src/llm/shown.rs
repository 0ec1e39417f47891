//! What a model is shown of a company, and nothing else: the measure of what it may speak about.

use super::near;
use crate::staff::{KnownValue, Name, Vocabulary, short};
use crm_core::schema::{FieldDef, FieldType, ObjectDef, Schema};
use crm_core::text::fold;
use std::sync::Arc;
use uuid::Uuid;

/// So much of the definitions is told at most, by their number of fields.
const MOST_FIELDS: usize = 400;
/// Parts of conversations and of the bot, which nobody asks for by figures.
const INNER: [&str; 6] = ["attachment", "bot_turn", "intent", "intent_example", "intent_model", "message"];

/// What one person's question shows.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// The definitions that the asking person may see.
    pub(super) schema: Arc<Schema>,
    objects: Vec<String>,
    /// The records, each by its place as its handle: `r1` is the first.
    pub(super) records: Vec<Name>,
    /// Values of text fields.
    pub(super) values: Vec<KnownValue>,
    /// The user who asks.
    pub(super) me: Option<Uuid>,
}

impl Shown {
    /// What a text shows of the company.
    pub(super) fn of(text: &str, vocabulary: &Vocabulary) -> Self {
        let records = near::names(text, vocabulary);
        let values = near::values(text, vocabulary);
        let objects = objects(text, vocabulary, &records, &values);
        let is_shown = |object: &str| objects.iter().any(|name| name == object);
        Self {
            schema: vocabulary.schema.clone(),
            records: records.into_iter().filter(|name| is_shown(&name.object)).collect(),
            values: values.into_iter().filter(|known| is_shown(&known.object)).collect(),
            objects,
            me: vocabulary.me.as_ref().map(|me| me.user),
        }
    }

    /// The objects.
    pub(super) fn objects(&self) -> impl Iterator<Item = &Arc<ObjectDef>> {
        self.objects.iter().filter_map(|name| self.schema.object(name))
    }

    /// An object by its name, if it is shown.
    pub(super) fn object(&self, name: &str) -> Option<&Arc<ObjectDef>> {
        self.objects.iter().any(|shown| shown == name).then(|| self.schema.object(name)).flatten()
    }

    /// A field of an object, by just the name under which it is shown.
    pub(super) fn field<'a>(&self, object: &'a ObjectDef, name: &str) -> Option<&'a Arc<FieldDef>> {
        object.field(name).filter(|field| is_shown(field) && (field.name == name || short(field) == name))
    }

    /// A record by its handle.
    pub(super) fn record(&self, handle: &str) -> Option<&Name> {
        let number: usize = handle.strip_prefix('r').filter(|digits| !digits.starts_with(['0', '+']))?.parse().ok()?;
        self.records.get(number.checked_sub(1)?)
    }
}

/// Whether a field can be spoken of: what cannot be compared is left out, and what only the system needs.
pub(super) fn is_shown(field: &FieldDef) -> bool {
    let told = !field.system || matches!(field.name.as_str(), "id" | "created_at" | "updated_at" | "owner_id");
    let compared = !matches!(field.kind, FieldType::Json | FieldType::Address | FieldType::Location | FieldType::File);
    told && compared
}

/// Those that a text is about first, then what these refer to, then what else people work with.
fn objects(text: &str, vocabulary: &Vocabulary, records: &[Name], values: &[KnownValue]) -> Vec<String> {
    let schema = &vocabulary.schema;
    let folded = fold(text);
    let is_named = |object: &ObjectDef| {
        let also_called = object.also_called.iter().map(String::as_str);
        let mut labels = object.label.texts().chain(object.plural_label.texts()).chain(also_called);
        labels.any(|label| !label.is_empty() && folded.contains(&fold(label)))
            || records.iter().any(|name| name.object == object.name)
            || values.iter().any(|known| known.object == object.name)
    };
    let worked_with = schema.objects().filter(|object| object.in_navigation && !is_inner(object));
    let (about, rest): (Vec<_>, Vec<_>) = worked_with.partition(|object| is_named(object));
    let referred = about.iter().chain(&rest).flat_map(|object| targets(object));
    let referred = referred.filter_map(|name| schema.object(name)).filter(|object| !object.in_navigation);
    let (mut names, mut fields): (Vec<String>, usize) = (Vec::new(), 0);
    for object in about.iter().copied().chain(referred).chain(rest.iter().copied()) {
        if names.contains(&object.name) || is_inner(object) {
            continue;
        }
        fields += object.fields.len();
        if fields > MOST_FIELDS {
            break;
        }
        names.push(object.name.clone());
    }
    names
}

fn is_inner(object: &ObjectDef) -> bool {
    INNER.contains(&object.name.as_str())
}

/// The objects that an object's fields refer to.
fn targets(object: &ObjectDef) -> impl Iterator<Item = &str> {
    object.fields.iter().filter(|field| is_shown(field)).filter_map(|field| match &field.kind {
        FieldType::References { references } => Some(references.as_str()),
        kind => kind.target(),
    })
}
