//! Object definitions: what a record of each object looks like.
//!
//! An object (account, deal, an admin's own "Vessel") is one declarative [`ObjectDef`]. Standard objects are written
//! in [`crate::objects`], custom ones are stored in the same shape; one tenant's [`Schema`] holds both. The table or
//! JSON keys, REST and its OpenAPI document, MCP schemas, forms, import, search and the bot's words follow from it.

mod build;
mod custom;
mod field;
mod parse;
mod phrase;

pub use build::*;
pub(crate) use custom::load_custom;
pub use custom::{FieldPatch, NewField, NewObject, ObjectPatch};
pub use field::*;
pub use parse::{ParseContext, ReferenceInput};
pub use phrase::Phrase;

use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A text in several languages, by language code; `en` is always there.
///
/// Copies share the texts: where somebody may see only a part of a definition, each request makes one of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
#[serde(transparent)]
pub struct Label(Arc<BTreeMap<String, String>>);

impl Label {
    /// An English label.
    pub fn en(text: impl Into<String>) -> Self {
        Self(Arc::new(BTreeMap::from([("en".to_owned(), text.into())])))
    }

    /// The same, with this text in a language.
    #[must_use]
    pub fn or(mut self, language: &str, text: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).insert(language.to_owned(), text.into());
        self
    }

    /// The text in `language` (of `pt-BR` that in `pt`), else in English, else whichever there is.
    ///
    /// ```
    /// use crm_core::schema::Label;
    /// let label = Label::en("Deal").or("pt", "Oportunidade");
    /// assert_eq!(["pt", "pt-BR", "nl"].map(|language| label.text(language)), ["Oportunidade", "Oportunidade", "Deal"]);
    /// ```
    pub fn text(&self, language: &str) -> &str {
        let primary = language.split(['-', '_']).next().unwrap_or(language);
        let own = self.own(language).or_else(|| self.own(primary)).or_else(|| self.own("en"));
        own.or_else(|| self.texts().next()).unwrap_or_default()
    }

    /// The text in just this language, if there is one.
    pub fn own(&self, language: &str) -> Option<&str> {
        self.0.get(language).map(String::as_str)
    }

    /// The texts in all languages.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

/// A plain text is English, `null` is no text.
impl<'de> serde::Deserialize<'de> for Label {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(untagged, expecting = "A label is a text, or an object of texts by language")]
        enum Written {
            English(String),
            Languages(BTreeMap<String, String>),
        }
        Ok(match Option::deserialize(deserializer)? {
            None => Self::default(),
            Some(Written::English(text)) => Self::en(text),
            Some(Written::Languages(texts)) => Self(Arc::new(texts)),
        })
    }
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        Self::en(text)
    }
}

/// Where the records of an object are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// In a table of their own, with a column for each standard field.
    Table(&'static str),
    /// In the table that custom objects share, under this object's id.
    Shared,
}

/// A rule over the values of one record, checked on every write.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
pub struct Rule {
    /// A short name, unique in its object.
    pub name: String,
    /// An expression that must not be false (see [`crate::expression`]).
    pub expression: String,
    /// What the person is told when it is false.
    pub message: String,
}

/// Which records of an object a customer (contact or visitor) owns in the sense of the `own` scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerOwn {
    /// None: customers never see this object.
    Nothing,
    /// The customer's own record.
    Itself,
    /// Records whose field refers to the customer.
    By(&'static str),
    /// Records with this field equal to this value (published articles).
    Where(&'static [(&'static str, &'static str)]),
}

/// The definition of one object.
#[derive(Debug, Clone)]
pub struct ObjectDef {
    /// Immutable: a standard object's name, a custom object's UUID.
    pub id: String,
    /// Singular, `snake_case`: `deal`.
    pub name: String,
    /// Plural, `snake_case`: `deals`; names the relation that other objects have to it.
    pub plural: String,
    /// Singular, for people.
    pub label: Label,
    /// Plural, for people.
    pub plural_label: Label,
    /// What it is for.
    pub description: Label,
    /// Other words people use for it.
    pub also_called: Vec<String>,
    /// Words for some of its records, and for what is measured of them.
    pub phrases: Vec<Phrase>,
    /// Every field, the system's first.
    pub fields: Vec<Arc<FieldDef>>,
    /// Rules over a whole record.
    pub rules: Vec<Rule>,
    /// The fields whose texts, joined by a space, make `name`; empty if `name` is written directly.
    pub name_from: Vec<String>,
    /// Where records are kept.
    pub stored: Stored,
    /// Whether custom fields may be added.
    pub extensible: bool,
    /// Whether an admin defined it.
    pub custom: bool,
    /// Whether it is listed in the console's navigation.
    pub in_navigation: bool,
    /// The fields by which duplicates are found.
    pub match_on: Vec<MatchKey>,
    /// What customers may see of it, given the scope `own`.
    pub customer_own: CustomerOwn,
    /// A yes/no field that opens a record to everybody who may read the object at all.
    pub opened_by: Option<&'static str>,
    /// Special rules and actions of a standard object.
    pub behaviour: Option<Arc<dyn crate::record::Behaviour>>,
    by_name: HashMap<String, usize>,
}

/// A field whose normalised value, when equal, suggests that two records are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchKey {
    /// The folded name without legal forms, compared fuzzily.
    Name(&'static str),
    /// An e-mail address.
    Email(&'static str),
    /// A phone number.
    Phone(&'static str),
    /// The host of a web address.
    Domain(&'static str),
}

impl ObjectDef {
    /// The field of this name. A reference is also found without its `_id`.
    pub fn field(&self, name: &str) -> Option<&Arc<FieldDef>> {
        let index = self.by_name.get(name).or_else(|| {
            let index = self.by_name.get(&format!("{name}_id"))?;
            self.fields[*index].kind.is_reference().then_some(index)
        })?;
        self.fields.get(*index)
    }

    /// The field with this immutable id.
    pub fn field_by_id(&self, id: &str) -> Option<&Arc<FieldDef>> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The table that holds the records.
    pub fn table(&self) -> &'static str {
        match self.stored {
            Stored::Table(table) => table,
            Stored::Shared => "custom_record",
        }
    }

    /// Whether its records belong to an owner.
    pub fn owned(&self) -> bool {
        self.by_name.contains_key("owner_id")
    }

    /// The same definition with only the fields that `keep` names.
    pub(crate) fn only(&self, keep: impl Fn(&FieldDef) -> bool) -> Self {
        let fields = self.fields.iter().filter(|field| keep(field)).cloned().collect();
        Self { fields, ..self.clone() }.index_fields()
    }

    pub(crate) fn index_fields(mut self) -> Self {
        self.by_name = self.fields.iter().enumerate().map(|(i, field)| (field.name.clone(), i)).collect();
        self
    }
}

/// A to-many relation, derived from a reference that points here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// `deals`, or `contacts_by_reports_to` where one object refers here more than once.
    pub name: String,
    /// The object whose records are related.
    pub object: String,
    /// Its field that refers here.
    pub field: String,
}

/// All definitions of one tenant, an immutable snapshot: a request works with one.
#[derive(Debug)]
pub struct Schema {
    /// Grows with every change of a definition, role or team of the tenant.
    pub revision: i64,
    objects: Vec<Arc<ObjectDef>>,
    by_name: HashMap<String, usize>,
    relations: HashMap<String, Vec<Relation>>,
}

impl Schema {
    /// A snapshot of these definitions.
    pub fn new(revision: i64, objects: Vec<Arc<ObjectDef>>) -> Self {
        let by_name = objects.iter().enumerate().map(|(i, object)| (object.name.clone(), i)).collect();
        let relations = objects.iter().map(|to| (to.name.clone(), relations_to(to, &objects))).collect();
        Self { revision, objects, by_name, relations }
    }

    /// Only the standard objects.
    pub fn standard() -> Self {
        Self::new(0, crate::objects::standard())
    }

    /// Every object.
    pub fn objects(&self) -> impl Iterator<Item = &Arc<ObjectDef>> {
        self.objects.iter()
    }

    /// The object of this name.
    pub fn object(&self, name: &str) -> Option<&Arc<ObjectDef>> {
        self.by_name.get(name).and_then(|index| self.objects.get(*index))
    }

    /// The to-many relations of an object.
    pub fn relations(&self, object: &str) -> &[Relation] {
        self.relations.get(object).map_or(&[], Vec::as_slice)
    }

    /// Every single-valued or many-to-many reference that may point to `object`, as (object, field).
    pub fn references_to<'a>(
        &'a self,
        object: &'a str,
    ) -> impl Iterator<Item = (&'a Arc<ObjectDef>, &'a Arc<FieldDef>)> + 'a {
        self.objects.iter().flat_map(move |from| {
            from.fields.iter().filter(move |field| field.kind.may_refer_to(object)).map(move |field| (from, field))
        })
    }
}

fn relations_to(to: &ObjectDef, objects: &[Arc<ObjectDef>]) -> Vec<Relation> {
    let mut relations = Vec::new();
    for from in objects {
        let referring: Vec<_> =
            from.fields.iter().filter(|field| !field.system && field.kind.may_refer_to(&to.name)).collect();
        for field in &referring {
            let name = if referring.len() == 1 {
                from.plural.clone()
            } else {
                format!("{}_by_{}", from.plural, field.name.trim_end_matches("_id").trim_end_matches("_ids"))
            };
            relations.push(Relation { name, object: from.name.clone(), field: field.name.clone() });
        }
    }
    relations
}
