//! What a request may speak about: the schema, and the names and values that the asking person may see.
//!
//! Taking thousands of words apart costs more than understanding a sentence of ten, so whoever asks often keeps them:
//! the [`Definitions`], and [`KnownWords`] for each stretch of the data that changes by itself. Each takes its words
//! apart once for each language that is spoken.

use super::lexicon::Entries;
use super::names::Names;
use super::token::Tokens;
use crate::Language;
use crm_core::schema::Schema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// The words of one company, as far as one person may see them. Whoever asks for an understanding gathers it: the
/// records whose names may stand in the text, and the values that fields of text have.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// The definitions.
    pub schema: Arc<Schema>,
    /// Who asks.
    pub me: Option<Me>,
    definitions: Arc<Definitions>,
    known: Vec<Arc<KnownWords>>,
    /// Records that are not meant, whatever they are called.
    without: HashSet<Uuid>,
    /// The records of the list that was shown last, and the one that was spoken of last, if there is one: none of those
    /// that are gone meanwhile.
    listed: Vec<Option<Name>>,
    one: Option<Name>,
}

impl Vocabulary {
    /// The words of the definitions and of the data.
    #[must_use]
    pub fn new(definitions: Arc<Definitions>, known: Vec<Arc<KnownWords>>, me: Option<Me>) -> Self {
        let schema = definitions.schema.clone();
        Self { schema, me, definitions, known, without: HashSet::new(), listed: Vec::new(), one: None }
    }

    /// The same with more words.
    pub fn add(&mut self, words: KnownWords) {
        self.known.push(Arc::new(words));
    }

    /// The same without some records: "no, the other John".
    pub fn exclude(&mut self, records: impl IntoIterator<Item = Uuid>) {
        self.without.extend(records);
    }

    /// The records that a text may point at: those of the list that was shown last, in its order and none in the place of
    /// one that is gone, and the one that was spoken of last.
    pub fn show(&mut self, listed: Vec<Option<Name>>, one: Option<Name>) {
        (self.listed, self.one) = (listed, one);
    }

    /// These records, with their places among the names.
    pub(super) fn shown(&self) -> (Vec<Option<Shown<'_>>>, Option<Shown<'_>>) {
        let known = self.count_of_names();
        let placed = |(at, name)| Some(Shown { place: known + at, name: Option::as_ref(name)? });
        let one = (self.listed.len(), &self.one);
        (self.listed.iter().enumerate().map(placed).collect(), placed(one))
    }

    fn count_of_names(&self) -> usize {
        self.known.iter().map(|known| known.names.len()).sum()
    }

    /// Records that the text may name; more of them than are meant.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.placed_names().map(|(_, name)| name)
    }

    /// Values of text fields.
    pub fn values(&self) -> impl Iterator<Item = &KnownValue> {
        self.known.iter().flat_map(|known| &known.values)
    }

    /// The names with their places.
    pub(crate) fn placed_names(&self) -> impl Iterator<Item = (usize, &Name)> {
        let names = self.known.iter().flat_map(|known| &known.names).enumerate();
        names.filter(|(_, name)| !self.without.contains(&name.id))
    }

    pub(crate) fn name(&self, place: usize) -> Option<&Name> {
        match place.checked_sub(self.count_of_names()) {
            None => at(self.known.iter().map(|known| known.names.as_slice()), place),
            Some(shown) => self.listed.iter().chain([&self.one]).nth(shown)?.as_ref(),
        }
    }

    pub(crate) fn value(&self, place: usize) -> Option<&KnownValue> {
        at(self.known.iter().map(|known| known.values.as_slice()), place)
    }

    pub(super) fn definitions(&self) -> &Definitions {
        &self.definitions
    }

    /// The words of the data.
    pub(super) fn known(&self) -> &[Arc<KnownWords>] {
        &self.known
    }

    /// Whether a record is not meant.
    pub(super) fn excludes(&self, record: Uuid) -> bool {
        self.without.contains(&record)
    }
}

/// A record that was shown, and its place among the names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) place: usize,
    pub(super) name: &'a Name,
}

/// The thing at a place of several rows put behind one another.
fn at<'a, T>(rows: impl Iterator<Item = &'a [T]>, mut place: usize) -> Option<&'a T> {
    for row in rows {
        match row.get(place) {
            Some(found) => return Some(found),
            None => place -= row.len(),
        }
    }
    None
}

/// The definitions, and the words that they have in each language.
#[derive(Debug)]
pub struct Definitions {
    schema: Arc<Schema>,
    entries: InLanguages<Entries>,
}

impl Definitions {
    /// Those of a schema.
    #[must_use]
    pub fn new(schema: Arc<Schema>) -> Self {
        Self { schema, entries: InLanguages::default() }
    }

    pub(super) fn entries(&self, language: Language) -> &Entries {
        self.entries.get(language, |tokens| Entries::of_definitions(&self.schema, language, tokens))
    }
}

/// Names of records and values of fields.
#[derive(Debug, Default)]
pub struct KnownWords {
    names: Vec<Name>,
    values: Vec<KnownValue>,
    taken_apart: InLanguages<TakenApart>,
}

/// The same in one language.
#[derive(Debug)]
pub(super) struct TakenApart {
    pub(super) names: Names,
    pub(super) values: Entries,
}

impl KnownWords {
    /// These names and values.
    #[must_use]
    pub fn new(names: Vec<Name>, values: Vec<KnownValue>) -> Self {
        Self { names, values, taken_apart: InLanguages::default() }
    }

    /// How many names they are.
    pub(super) fn count_of_names(&self) -> usize {
        self.names.len()
    }

    /// How many values they are.
    pub(super) fn count_of_values(&self) -> usize {
        self.values.len()
    }

    pub(super) fn taken_apart(&self, language: Language) -> &TakenApart {
        self.taken_apart.get(language, |tokens| TakenApart {
            names: Names::new(&self.names, language, tokens),
            values: Entries::of_values(&self.values, language, tokens),
        })
    }
}

/// Something for each language, made when it is first wanted.
#[derive(Debug)]
struct InLanguages<T>([OnceLock<T>; Language::ALL.len()]);

impl<T> Default for InLanguages<T> {
    fn default() -> Self {
        Self(std::array::from_fn(|_| OnceLock::new()))
    }
}

impl<T> InLanguages<T> {
    fn get(&self, language: Language, make: impl FnOnce(&Tokens) -> T) -> &T {
        let [english, german, french, spanish, portuguese] = &self.0;
        let one = match language {
            Language::En => english,
            Language::De => german,
            Language::Fr => french,
            Language::Es => spanish,
            Language::Pt => portuguese,
        };
        one.get_or_init(|| make(&Tokens::new(language)))
    }
}

/// A record by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Its object.
    pub object: String,
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Its number, external id and the like, by which it may also be called.
    pub codes: Vec<String>,
    /// The records that it refers to: of two stages of a name, that of a deal's own pipeline is meant.
    pub within: Vec<Uuid>,
}

/// A value that a field of text has in some record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownValue {
    /// The object.
    pub object: String,
    /// The field.
    pub field: String,
    /// The value.
    pub value: String,
}

/// The asking person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Their user.
    pub user: Uuid,
    /// Their team.
    pub team: Option<Uuid>,
}
