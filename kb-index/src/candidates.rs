//! Records that may match, best first, from the index.

use crate::asked::{Asked, AskedWord, Part};
use crate::entry::{Key, scope};
use crate::error::Result;
use crate::generation::{Generation, LENGTH, UPDATED, marked};
use crate::rank::{CODE, NAME, OTHER, PHONE, WHOLE_NAME, WHOLE_PHONE, shortness};
use crm_core::TenantId;
use std::collections::BTreeMap;
use tantivy::collector::TopDocs;
use tantivy::columnar::ColumnValues;
use tantivy::query::{BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, Query, TermSetQuery};
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader, TantivyDocument, Term};
use uuid::Uuid;

/// Where to look.
#[derive(Debug, Clone)]
pub(crate) struct Within {
    pub(crate) tenant: TenantId,
    pub(crate) objects: Vec<String>,
    /// Only records of this owner.
    pub(crate) owner: Option<Uuid>,
}

/// A record that may match.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) key: Key,
    /// Microseconds since 1970.
    pub(crate) updated: u64,
}

/// How many words of the dictionary an unknown word is taken for.
const MOST_NEAR: usize = 8;

impl Generation {
    /// The candidates after the first `skip`, at most `most`.
    pub(crate) fn candidates(
        &self,
        within: &Within,
        asked: &Asked,
        skip: usize,
        most: usize,
    ) -> Result<Vec<Candidate>> {
        let searcher = self.reader.searcher();
        let by_score_then_age = |segment: &SegmentReader| {
            let (updated, length) = (column(segment, UPDATED), column(segment, LENGTH));
            move |document: DocId, score: Score| (score + shortness(length(document) as usize), updated(document))
        };
        let best = TopDocs::with_limit(most).and_offset(skip).tweak_score(by_score_then_age);
        let found = searcher.search(&self.query(within, asked), &best)?;
        let mut candidates = Vec::with_capacity(found.len());
        for ((_, updated), address) in found {
            candidates.extend(self.key(&searcher, address)?.map(|key| Candidate { key, updated }));
        }
        Ok(candidates)
    }

    fn key(&self, searcher: &Searcher, address: DocAddress) -> Result<Option<Key>> {
        let document: TantivyDocument = searcher.doc(address)?;
        Ok(document.get_first(self.fields.key).and_then(|value| value.as_str()).and_then(Key::read))
    }

    fn query(&self, within: &Within, asked: &Asked) -> BooleanQuery {
        let (fields, tenant) = (&self.fields, within.tenant);
        let scopes = within.objects.iter().map(|object| Term::from_field_text(fields.scope, &scope(tenant, object)));
        let scopes = ConstScoreQuery::new(Box::new(TermSetQuery::new(scopes)), 0.0);
        let parts = asked.parts.iter().map(|part| (Occur::Should, self.part(tenant, part))).collect();
        let parts = BooleanQuery::with_minimum_required_clauses(parts, asked.need);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![
            (Occur::Must, Box::new(scopes)),
            (Occur::Must, Box::new(parts)),
            (Occur::Should, Self::exactly(fields.whole, tenant, &asked.whole, WHOLE_NAME)),
        ];
        if let Some(owner) = within.owner {
            clauses.push((Occur::Must, Self::exactly(fields.owner, tenant, &owner.simple().to_string(), 0.0)));
        }
        BooleanQuery::new(clauses)
    }

    fn part(&self, tenant: TenantId, part: &Part) -> Box<dyn Query> {
        let fields = &self.fields;
        let mut ways: Vec<Box<dyn Query>> = Vec::new();
        if let Some(code) = &part.code {
            ways.push(Self::exactly(fields.code, tenant, code, CODE.exact));
            ways.push(Self::beginning(fields.code, tenant, code, CODE.begins));
        }
        for phone in &part.phones {
            ways.push(Self::beginning(fields.phone, tenant, phone, PHONE.begins));
            if phone.len() >= WHOLE_PHONE {
                ways.push(Self::exactly(fields.phone, tenant, phone, PHONE.exact));
            }
        }
        let words = part.words.iter().map(|word| (Occur::Must, self.word(tenant, word))).collect();
        ways.push(Box::new(BooleanQuery::new(words)));
        Box::new(DisjunctionMaxQuery::new(ways))
    }

    fn word(&self, tenant: TenantId, word: &AskedWord) -> Box<dyn Query> {
        let mut ways: Vec<Box<dyn Query>> = Vec::new();
        for (field, weights) in [(self.fields.name, NAME), (self.fields.word, OTHER)] {
            ways.push(Self::exactly(field, tenant, &word.text, weights.exact));
            // A single letter begins a great many words: only those of names then.
            if word.begins && (field == self.fields.name || word.text.chars().count() > 1) {
                ways.push(Self::beginning(field, tenant, &word.text, weights.begins));
            }
            ways.extend(word.near.iter().map(|near| Self::exactly(field, tenant, near, weights.near)));
        }
        Box::new(DisjunctionMaxQuery::new(ways))
    }

    /// Finds out for words that the tenant never wrote, or for every word, what may have been meant.
    pub(crate) fn correct(&self, tenant: TenantId, asked: &mut Asked, every_word: bool) -> Result<()> {
        let searcher = self.reader.searcher();
        for word in asked.words_mut() {
            if every_word || !self.knows(&searcher, tenant, word)? {
                word.near = self.near(&searcher, tenant, word)?;
            }
        }
        Ok(())
    }

    fn knows(&self, searcher: &Searcher, tenant: TenantId, word: &AskedWord) -> Result<bool> {
        let written = marked(tenant, &word.text);
        for segment in searcher.segment_readers() {
            let dictionary = segment.inverted_index(self.fields.word)?;
            let mut stream = dictionary.terms().range().ge(&written).into_stream()?;
            if stream.advance() {
                let next = stream.key();
                if next == written.as_bytes() || word.begins && next.starts_with(written.as_bytes()) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The nearest words of the tenant's dictionary; for a word that may go on, also those that begin nearly so.
    fn near(&self, searcher: &Searcher, tenant: TenantId, word: &AskedWord) -> Result<Vec<String>> {
        let distance = match word.text.chars().count() {
            0..=3 => return Ok(Vec::new()),
            4..=7 => 1,
            _ => 2,
        };
        let term = || Self::term(self.fields.word, tenant, &word.text);
        let near = self.accepted(searcher, tenant, &word.text, &FuzzyTermQuery::new(term(), distance, true))?;
        if !near.is_empty() || !word.begins || word.text.chars().count() < 5 {
            return Ok(near);
        }
        self.accepted(searcher, tenant, &word.text, &FuzzyTermQuery::new_prefix(term(), 1, true))
    }

    /// The words that an automaton accepts, of those the nearest.
    fn accepted(
        &self,
        searcher: &Searcher,
        tenant: TenantId,
        word: &str,
        query: &FuzzyTermQuery,
    ) -> Result<Vec<String>> {
        let mut found = self.near_terms(searcher, self.fields.word, &marked(tenant, ""), word, query)?;
        // The known word itself is no correction.
        found.remove(word);
        let mut found: Vec<(usize, bool, String)> = found
            .into_iter()
            .map(|(near, distance)| (distance, near.chars().next() != word.chars().next(), near))
            .collect();
        found.sort_unstable();
        Ok(found.into_iter().take(MOST_NEAR).map(|(_, _, near)| near).collect())
    }

    /// The terms of one stretch of a dictionary that an automaton accepts, and how far each is from the word.
    pub(crate) fn near_terms(
        &self,
        searcher: &Searcher,
        field: Field,
        mark: &str,
        word: &str,
        query: &FuzzyTermQuery,
    ) -> Result<BTreeMap<String, usize>> {
        // A bound on the work: a dictionary may hold very many words that begin nearly so.
        const MOST_READ: usize = 1_000;
        let automaton = query.automaton()?;
        let end = format!("{mark}{}", char::MAX);
        let mut found = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let dictionary = segment.inverted_index(field)?;
            let mut stream = dictionary.terms().search(&automaton).ge(mark).lt(&end).into_stream()?;
            while found.len() < MOST_READ && stream.advance() {
                // The automaton also allows slips in the mark, which the bounds exclude.
                let Some(near) = stream.key().get(mark.len()..).and_then(|key| std::str::from_utf8(key).ok()) else {
                    continue;
                };
                found.insert(near.to_owned(), strsim::osa_distance(word, near));
            }
        }
        Ok(found)
    }
}

/// A column of numbers of a segment.
fn column(segment: &SegmentReader, field: &str) -> impl Fn(DocId) -> u64 + use<> {
    let column = segment.fast_fields().u64(field).ok().map(|column| column.first_or_default_col(0));
    move |document| column.as_ref().map_or(0, |column| column.get_val(document))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Entry;
    use crate::texts::{Text, role};
    use crm_core::schema::Schema;

    const ACME: TenantId = TenantId(Uuid::from_u128(1));
    const OTHER_TENANT: TenantId = TenantId(Uuid::from_u128(2));

    /// An index of contacts with these names, phones and descriptions, in the order of their age.
    struct Index {
        generation: Generation,
        writer: crate::generation::Writer,
        _folder: tempfile::TempDir,
        contacts: u64,
    }

    impl Index {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let generation = Generation::create(folder.path()).unwrap();
            let writer = generation.writer().unwrap();
            Self { generation, writer, _folder: folder, contacts: 0 }
        }

        fn of(names: &[&str]) -> Self {
            let mut index = Self::new();
            names.iter().for_each(|name| index.put(ACME, &[("name", name)]));
            index.commit()
        }

        fn put(&mut self, tenant: TenantId, fields: &[(&str, &str)]) {
            let schema = Schema::standard();
            let object = schema.object("contact").unwrap();
            let text = |(name, text): &(&str, &str)| {
                let field = object.field(name).unwrap().clone();
                Text { role: role(&field).unwrap(), field, text: (*text).to_owned() }
            };
            self.contacts += 1;
            let key = Key { tenant, object: "contact".into(), id: Uuid::from_u128(self.contacts.into()) };
            let texts: Vec<Text> = fields.iter().map(text).collect();
            self.writer.replace(&Entry::new(key, None, self.contacts, &texts)).unwrap();
        }

        fn commit(self) -> Self {
            self.writer.commit().unwrap();
            self.generation.reader.reload().unwrap();
            self
        }

        /// The numbers of the contacts found, in order.
        fn find(&self, text: &str) -> Vec<u128> {
            let within = Within { tenant: ACME, objects: vec!["contact".into()], owner: None };
            let mut asked = Asked::parse(text);
            self.generation.correct(ACME, &mut asked, false).unwrap();
            let found = self.generation.candidates(&within, &asked, 0, 10).unwrap();
            found.into_iter().map(|candidate| candidate.key.id.as_u128()).collect()
        }
    }

    #[test]
    fn the_whole_name_comes_before_its_words_and_those_before_beginnings() {
        let index = Index::of(&["Anna Berg", "Annabel Stone", "Anna", "Berg Anna Maria"]);
        assert_eq!(index.find("anna"), [3, 1, 4, 2]);
        assert_eq!(index.find("berg an"), [1, 4]);
    }

    #[test]
    fn a_name_comes_before_other_fields_and_the_latest_before_older_ones() {
        let mut index = Index::new();
        index.put(ACME, &[("name", "Zoe"), ("description", "Met Quentin in Oslo")]);
        index.put(ACME, &[("name", "Quentin Old")]);
        index.put(ACME, &[("name", "Quentin New")]);
        assert_eq!(index.commit().find("quentin"), [3, 2, 1]);
    }

    #[test]
    fn a_short_name_comes_before_a_long_one_with_the_same_words() {
        let index = Index::of(&["GTX Basic", "Dalttechnology orders GTX Basic", "Call Ann about GTX Basic"]);
        assert_eq!(index.find("gtx basic"), [1, 2, 3]);
    }

    #[test]
    fn a_slip_is_forgiven_only_for_words_that_nobody_wrote() {
        let index = Index::of(&["Stephanie Miller", "Stefan Muller", "Mark", "Marc"]);
        assert_eq!(index.find("stephnie"), [1]);
        assert_eq!(index.find("milelr"), [1]);
        assert_eq!(index.find("mark"), [3]);
        assert_eq!(index.find("müller"), [2]);
        assert_eq!(index.find("stepahn"), [1]);
        assert!(index.find("xark9").is_empty());
    }

    #[test]
    fn phones_and_addresses_are_found_by_pieces() {
        let mut index = Index::new();
        index.put(ACME, &[("name", "Jane"), ("phone", "+12025550143"), ("email", "jane.doe@acme.com")]);
        index.put(ACME, &[("name", "Rob"), ("phone", "+442079460018")]);
        let index = index.commit();
        for text in ["555 0143", "(202) 555", "+1 202-555-0143", "jane.doe@ac", "acme.com", "doe"] {
            assert_eq!(index.find(text), [1], "{text}");
        }
        assert_eq!(index.find("020 7946 0018"), [2]);
    }

    #[test]
    fn tenants_share_neither_records_nor_dictionaries() {
        let mut index = Index::of(&["Quentin"]);
        index.put(OTHER_TENANT, &[("name", "Quentyn")]);
        let index = index.commit();
        // Known elsewhere, but not here: so it is a slip here.
        assert_eq!(index.find("quentyn"), [1]);
        let elsewhere = Within { tenant: OTHER_TENANT, objects: vec!["contact".into()], owner: None };
        let found = index.generation.candidates(&elsewhere, &Asked::parse("q"), 0, 10).unwrap();
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_replaced_entry_is_found_once_and_a_removed_one_never() {
        let mut index = Index::of(&["Old Name", "Other"]);
        index.contacts = 0;
        index.put(ACME, &[("name", "New Name")]);
        index.writer.remove(&Key { tenant: ACME, object: "contact".into(), id: Uuid::from_u128(2) });
        let index = index.commit();
        assert_eq!(index.find("name"), [1]);
        assert!(index.find("old").is_empty() && index.find("other").is_empty());
        assert_eq!(index.generation.reader.searcher().num_docs(), 1);
    }

    #[test]
    fn nothing_typed_can_be_malformed() {
        let index = Index::of(&["Anna"]);
        for text in ["\"", "a:b AND (", "*", "~2", "\u{10ffff}", "[a TO z]", "\0", "'"] {
            index.find(text);
        }
    }
}
