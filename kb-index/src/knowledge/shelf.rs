//! Passages in the index: the fields that they have beside those of records, and the shelves that they stand on.
//!
//! A shelf holds what one kind of reader may be told in one language of one tenant. What is asked is compared with the
//! words of one shelf: every term begins with the mark of its shelf, staff and customers have fields of their own,
//! and the statistics are the shelf's. So neither the ranking nor the correction of a customer's words tells anything
//! of another tenant's articles or of internal ones.

use super::cut::Passage;
use super::language::{Language, Stem};
use crate::entry::Key;
use crate::generation::marked;
use crate::vectors::text_key;
use crm_core::text::fold;
use crm_core::{Actor, Principal, TenantId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, SchemaBuilder, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{TantivyDocument, Term};
use uuid::Uuid;

/// For whom articles are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Audience {
    /// Customers: public articles only.
    Customers,
    /// Staff: internal articles too.
    Staff,
}

impl Audience {
    /// Whom an actor belongs to.
    pub(crate) fn of(actor: &Actor) -> Self {
        match actor.who() {
            Principal::Contact { .. } | Principal::Visitor { .. } => Self::Customers,
            Principal::User { .. } | Principal::Delegate { .. } | Principal::System { .. } => Self::Staff,
        }
    }
}

/// A shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Shelf {
    pub(crate) tenant: TenantId,
    pub(crate) audience: Audience,
    pub(crate) language: Language,
}

/// The fields of passages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    customers: Words,
    staff: Words,
    /// Stored: which passage it is.
    pub(crate) place: Field,
    /// How many words the texts have.
    text_length: Field,
    title_length: Field,
    /// The key of what is encoded of it.
    meaning: Field,
}

/// The fields that one audience is answered from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    /// The passage's shelf.
    pub(crate) shelf: Field,
    /// All words: title, tags, headings, text.
    pub(crate) text: Field,
    /// The words of title, tags and headings.
    pub(crate) title: Field,
    /// All words as they are spelled, to correct unknown ones.
    pub(crate) spelling: Field,
}

/// The columns of [`Fields`]' lengths.
pub(crate) const TEXT_LENGTH: &str = "passage_text_length";
pub(crate) const TITLE_LENGTH: &str = "passage_title_length";
/// The column of the keys of what is encoded.
pub(crate) const MEANING: &str = "passage_meaning";

impl Fields {
    /// Adds the fields to the index's.
    pub(crate) fn add_to(schema: &mut SchemaBuilder) -> Self {
        let term = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::Basic);
        let term = TextOptions::default().set_indexing_options(term.set_fieldnorms(false));
        let text = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::WithFreqs);
        let text = TextOptions::default().set_indexing_options(text.set_fieldnorms(true));
        let mut words = |audience: &str| Words {
            shelf: schema.add_text_field(&format!("passage_shelf_{audience}"), term.clone()),
            text: schema.add_text_field(&format!("passage_text_{audience}"), text.clone()),
            title: schema.add_text_field(&format!("passage_title_{audience}"), text.clone()),
            spelling: schema.add_text_field(&format!("passage_spelling_{audience}"), term.clone()),
        };
        Self {
            customers: words("customers"),
            staff: words("staff"),
            place: schema.add_bytes_field("passage_place", STORED),
            text_length: schema.add_u64_field(TEXT_LENGTH, FAST),
            title_length: schema.add_u64_field(TITLE_LENGTH, FAST),
            meaning: schema.add_u64_field(MEANING, FAST),
        }
    }

    /// Those of an audience.
    pub(crate) fn words(&self, audience: Audience) -> Words {
        match audience {
            Audience::Customers => self.customers,
            Audience::Staff => self.staff,
        }
    }
}

impl Shelf {
    /// What every term of the shelf begins with.
    pub(crate) fn mark(&self) -> String {
        marked(self.tenant, self.language.code())
    }

    /// What the marks of all the tenant's shelves begin with.
    pub(crate) fn tenant_mark(&self) -> String {
        marked(self.tenant, "")
    }

    /// A term of the shelf.
    pub(crate) fn term(&self, field: Field, stem: &str) -> Term {
        Term::from_field_text(field, &format!("{}{stem}", self.mark()))
    }
}

/// Which passage it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) article: Uuid,
    /// The version of the article that was cut.
    pub(crate) version: i64,
    pub(crate) anchor: String,
    pub(crate) span: Range<usize>,
    /// What the article is also about: customers may not read it, but find the article by it.
    pub(crate) tags: Vec<String>,
}

/// A passage as the index holds it.
#[derive(Debug, Clone)]
pub(crate) struct Shelved {
    place: Place,
    language: Language,
    public: bool,
    text: Vec<Stem>,
    title: Vec<Stem>,
    spellings: BTreeSet<String>,
    meaning: u64,
}

/// What a sentence encoder is given of a passage.
pub(crate) fn meaning(title: &str, passage: &Passage) -> String {
    let lines =
        [title].into_iter().chain(passage.headings.iter().map(String::as_str)).chain([passage.content.text.as_str()]);
    lines.collect::<Vec<_>>().join("\n")
}

impl Shelved {
    pub(crate) fn new(place: Place, language: Language, public: bool, title: &str, passage: &Passage) -> Self {
        let meaning = text_key(&meaning(title, passage));
        let (mut text, mut spellings) = (Vec::new(), BTreeSet::new());
        let mut read = |words: &str| {
            let stems = language.stems(words);
            let spelled = stems.iter().filter_map(|stem| words.get(stem.at.clone()));
            spellings.extend(spelled.map(fold));
            text.extend(stems);
        };
        let above = [title].into_iter().chain(place.tags.iter().chain(&passage.headings).map(String::as_str));
        above.clone().for_each(&mut read);
        read(&passage.content.text);
        let title = above.flat_map(|words| language.stems(words)).collect();
        Self { place, language, public, text, title, spellings, meaning }
    }

    /// Fills a document of an article's passage.
    pub(crate) fn document(&self, fields: &Fields, key: &Key, document: &mut TantivyDocument) {
        let shelf = Shelf { tenant: key.tenant, audience: Audience::Staff, language: self.language };
        let mark = shelf.mark();
        let tokens = |stems: &[Stem]| PreTokenizedString { text: String::new(), tokens: tokens(&mark, stems) };
        let audiences: &[Words] = if self.public { &[fields.staff, fields.customers] } else { &[fields.staff] };
        for words in audiences {
            document.add_text(words.shelf, &mark);
            document.add_pre_tokenized_text(words.text, tokens(&self.text));
            document.add_pre_tokenized_text(words.title, tokens(&self.title));
            self.spellings.iter().for_each(|word| document.add_text(words.spelling, format!("{mark}{word}")));
        }
        document.add_bytes(fields.place, &serde_json::to_vec(&self.place).unwrap_or_default());
        document.add_u64(fields.text_length, self.text.len() as u64);
        document.add_u64(fields.title_length, self.title.len() as u64);
        document.add_u64(fields.meaning, self.meaning);
    }
}

fn tokens(mark: &str, stems: &[Stem]) -> Vec<Token> {
    let token =
        |(position, stem): (usize, &Stem)| Token { position, text: format!("{mark}{}", stem.text), ..Token::default() };
    stems.iter().enumerate().map(token).collect()
}
