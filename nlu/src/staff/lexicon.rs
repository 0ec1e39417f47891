//! All words that mean something in one company: those of the language, of the definitions, and of the data.

use super::names::{Said, placed};
use super::piece::{FieldAt, NameAt, OptionAt, PhraseAt, Piece, Placed};
use super::spelling::{Spellings, alike};
use super::token::{Token, Tokens};
use super::vocabulary::{KnownValue, KnownWords, TakenApart, Vocabulary};
use super::words::{self, Role};
use crate::Language;
use crm_core::schema::{FieldDef, FieldType, Label, ObjectDef, Schema};
use std::collections::HashMap;
use std::sync::Arc;

/// Words that mean something, by the stem of the first of them.
#[derive(Debug, Default)]
pub(super) struct Entries {
    by_stem: HashMap<String, Vec<Entry>>,
    /// The single ones that somebody may mistype, and the stems that they stand by.
    spellings: Spellings,
    stems: Vec<Vec<String>>,
}

#[derive(Debug)]
struct Entry {
    tokens: Vec<Token>,
    piece: Piece,
    /// How much each word of it counts.
    weight: f64,
}

/// How much a word counts in another form than the one in the lexicon.
const OTHER_FORM: f64 = 0.86;
/// How much a mistyped word counts.
const MISTYPED: f64 = 0.7;
/// How much a word counts that only holds the others together.
const FILLER: f64 = 0.4;
const HOLDING: f64 = 0.95;
/// What each further word of a phrase adds: longer phrases say more than their words.
const TOGETHER: f64 = 0.2;

impl Entries {
    /// The words of the language and of the definitions.
    pub(super) fn of_definitions(schema: &Schema, language: Language, tokens: &Tokens) -> Self {
        let mut building = Building { tokens, language, entries: HashMap::new() };
        for (role, phrase) in words::phrases(language) {
            let weight = match role {
                Role::Filler => FILLER,
                // "my team" is no team of mine.
                _ if phrase.contains(' ') => 1.0,
                _ => HOLDING,
            };
            building.add(phrase, Piece::Role(role), weight);
        }
        for object in schema.objects() {
            building.object(object);
        }
        Self::new(building.entries)
    }

    /// Values, by their places among these.
    pub(super) fn of_values(values: &[KnownValue], language: Language, tokens: &Tokens) -> Self {
        let mut building = Building { tokens, language, entries: HashMap::new() };
        for (place, known) in values.iter().enumerate() {
            for value in said(language, &known.value) {
                building.add(value, Piece::Values(vec![place]), 1.0);
            }
        }
        Self::new(building.entries)
    }

    fn new(by_stem: HashMap<String, Vec<Entry>>) -> Self {
        let mut entries = Self { by_stem, ..Self::default() };
        let single = |entry: &&Entry| entry.weight > FILLER && entry.tokens.len() == 1;
        // In an order of their own, so that equals are found in the same order each time.
        let mut words: Vec<&Token> =
            entries.by_stem.values().flatten().filter(single).flat_map(|entry| &entry.tokens).collect();
        words.sort_unstable_by(|one, other| one.text.cmp(&other.text));
        words.dedup_by(|one, other| one.text == other.text && one.stem == other.stem);
        for word in words {
            let place = entries.spellings.place(&word.text);
            if place == entries.stems.len() {
                entries.stems.push(Vec::new());
            }
            entries.stems.get_mut(place).into_iter().for_each(|stems| stems.push(word.stem.clone()));
        }
        entries
    }

    /// What the words from `at` on may be.
    fn at(&self, tokens: &[Token], at: usize) -> impl Iterator<Item = Placed> {
        let first = tokens.get(at);
        let entries = first.and_then(|first| self.by_stem.get(&first.stem)).map_or(&[][..], Vec::as_slice);
        let begins =
            move |entry: &Entry| entry.tokens.first().map(|token| &token.text) == first.map(|first| &first.text);
        // "los" is no other form of "lose".
        let is_filler = entries.iter().any(|entry| entry.piece == Piece::Role(Role::Filler) && begins(entry));
        let entries = entries.iter().filter(move |entry| !is_filler || begins(entry));
        entries.filter_map(move |entry| entry.matches(tokens, at))
    }

    /// What the word at a place may be if it was mistyped.
    fn near(&self, token: &Token, at: usize) -> Vec<Placed> {
        let mut places: Vec<usize> = self.spellings.mistyped(&token.text).collect();
        places.sort_unstable();
        places.dedup();
        let stems = places.into_iter().filter_map(|place| self.stems.get(place)).flatten();
        let entries = stems.filter_map(|stem| self.by_stem.get(stem)).flatten().filter(|entry| entry.weight > FILLER);
        let near = |entry: &Entry| {
            let [only] = entry.tokens.as_slice() else { return None };
            let score = entry.weight * MISTYPED * alike(&token.text, &only.text)?;
            Some(Placed { piece: entry.piece.clone(), tokens: at..at + 1, score })
        };
        entries.filter_map(near).collect()
    }
}

/// All words of a vocabulary in one language.
pub(super) struct Lexicon<'a> {
    vocabulary: &'a Vocabulary,
    definitions: &'a Entries,
    known: Vec<Layer<'a>>,
}

/// The words of a part of the data, and how many names and values stand before its own.
struct Layer<'a> {
    words: &'a TakenApart,
    names: usize,
    values: usize,
}

impl<'a> Lexicon<'a> {
    pub(super) fn new(vocabulary: &'a Vocabulary, language: Language) -> Self {
        let (mut names, mut values) = (0, 0);
        let layer = |known: &'a Arc<KnownWords>| {
            let layer = Layer { words: known.taken_apart(language), names, values };
            names += known.count_of_names();
            values += known.count_of_values();
            layer
        };
        let known = vocabulary.known().iter().map(layer).collect();
        Self { vocabulary, definitions: vocabulary.definitions().entries(language), known }
    }

    /// What the words from `at` on may be, but for names.
    pub(super) fn at(&self, tokens: &[Token], at: usize) -> Vec<Placed> {
        let mut found: Vec<Placed> = self.definitions.at(tokens, at).collect();
        for layer in &self.known {
            layer.words.values.at(tokens, at).for_each(|placed| join(&mut found, layer.moved(placed)));
        }
        found
    }

    /// The names that begin at a word.
    pub(super) fn names_at(&self, tokens: &[Token], at: usize) -> Vec<Placed> {
        let common = |token: &Token| self.knows(token);
        let of_layer = |layer: &Layer<'a>| {
            let before = layer.names;
            let said = layer.words.names.at(tokens, at, &common);
            said.into_iter()
                .map(move |said| Said { name: NameAt { place: said.name.place + before, ..said.name }, ..said })
        };
        let meant =
            |said: &Said| self.vocabulary.name(said.name.place).is_some_and(|name| !self.vocabulary.excludes(name.id));
        placed(at, self.known.iter().flat_map(of_layer).filter(meant))
    }

    /// Whether some word begins so.
    pub(super) fn knows(&self, token: &Token) -> bool {
        let all = self.known.iter().map(|layer| &layer.words.values).chain([self.definitions]);
        all.into_iter().any(|entries| entries.by_stem.contains_key(&token.stem))
    }

    /// What the word may be if it was mistyped.
    pub(super) fn near(&self, tokens: &[Token], at: usize) -> Vec<Placed> {
        let Some(token) = tokens.get(at) else { return Vec::new() };
        let mut found = self.definitions.near(token, at);
        for layer in &self.known {
            found.extend(layer.words.values.near(token, at).into_iter().map(|placed| layer.moved(placed)));
        }
        found
    }
}

impl Layer<'_> {
    /// A piece with its places among all values.
    fn moved(&self, mut placed: Placed) -> Placed {
        if let Piece::Values(places) = &mut placed.piece {
            places.iter_mut().for_each(|place| *place += self.values);
        }
        placed
    }
}

/// Adds a piece to others at the same place: one value of several fields is one piece.
fn join(found: &mut Vec<Placed>, placed: Placed) {
    let same = |other: &&mut Placed| {
        matches!(other.piece, Piece::Values(_)) && other.tokens == placed.tokens && other.score == placed.score
    };
    match found.iter_mut().find(same) {
        Some(known) => merge(&mut known.piece, placed.piece),
        None => found.push(placed),
    }
}

impl Entry {
    fn matches(&self, tokens: &[Token], at: usize) -> Option<Placed> {
        let said = tokens.get(at..at + self.tokens.len())?;
        let mut score = TOGETHER * (self.tokens.len() - 1) as f64;
        for (said, meant) in said.iter().zip(&self.tokens) {
            score += match (said.text == meant.text, said.stem == meant.stem) {
                (true, _) => self.weight,
                // Fillers have no other forms: "doe" is no "does".
                (false, true) if self.weight > FILLER => self.weight * OTHER_FORM,
                (false, _) => return None,
            };
        }
        Some(Placed { piece: self.piece.clone(), tokens: at..at + self.tokens.len(), score })
    }
}

struct Building<'a> {
    tokens: &'a Tokens,
    language: Language,
    entries: HashMap<String, Vec<Entry>>,
}

impl Building<'_> {
    fn add(&mut self, words: &str, piece: Piece, weight: f64) {
        // Signs such as `>=` are not tokens of their own in a text, but words are.
        let tokens = self.tokens.of(words);
        let Some(first) = tokens.first().map(|token| token.stem.clone()) else { return };
        let entries = self.entries.entry(first).or_default();
        let known = entries.iter_mut().find(|entry| {
            entry.tokens.iter().map(|t| &t.text).eq(tokens.iter().map(|t| &t.text)) && mergeable(&entry.piece, &piece)
        });
        match known {
            Some(entry) => merge(&mut entry.piece, piece),
            None => entries.push(Entry { tokens, piece, weight }),
        }
    }

    fn object(&mut self, object: &ObjectDef) {
        let language = self.language;
        let mut names = wordings(language, &object.label);
        names.extend(wordings(language, &object.plural_label));
        names.extend(object.also_called.iter().flat_map(|word| said(language, word)));
        names.sort_unstable();
        names.dedup();
        for name in names {
            self.add(name, Piece::Object(object.name.clone()), 1.05);
        }
        for field in object.fields.iter().filter(|field| {
            !matches!(field.name.as_str(), "id" | "version" | "created_via" | "updated_via" | "deleted_at")
        }) {
            self.field(object, field);
        }
        let code = language.code();
        for (place, phrase) in object.phrases.iter().enumerate() {
            for (_, words) in phrase.words.iter().filter(|(language, _)| *language == "en" || *language == code) {
                for words in said(language, words) {
                    self.add(words, Piece::Phrase(vec![PhraseAt { object: object.name.clone(), place }]), 1.15);
                }
            }
        }
    }

    fn field(&mut self, object: &ObjectDef, field: &FieldDef) {
        let language = self.language;
        let at = |own| vec![FieldAt { object: object.name.clone(), field: field.name.clone(), own }];
        for label in wordings(language, &field.label) {
            if field.kind == FieldType::Boolean {
                let value = OptionAt { object: object.name.clone(), field: field.name.clone(), value: true.into() };
                self.add(label, Piece::Option(vec![value]), 1.0);
            } else {
                self.add(label, Piece::Field(at(true)), self.weight_beside_language(label));
            }
        }
        for word in field.also_called.iter().flat_map(|word| said(language, word)) {
            self.add(word, Piece::Field(at(false)), self.weight_beside_language(word));
        }
        for option in field.kind.options().iter().filter(|option| !option.archived) {
            let value =
                OptionAt { object: object.name.clone(), field: field.name.clone(), value: option.key.clone().into() };
            for label in wordings(language, &option.label) {
                self.add(label, Piece::Option(vec![value.clone()]), 1.0);
            }
        }
    }

    /// What a field's word counts: less than the language's own word, if it is one ("to"), but a little more than a
    /// filler ("value").
    fn weight_beside_language(&self, word: &str) -> f64 {
        let tokens = self.tokens.of(word);
        let [only] = tokens.as_slice() else { return 1.0 };
        let entries = self.entries.get(&only.stem).into_iter().flatten();
        let mut alike =
            entries.filter(|entry| entry.tokens.len() == 1 && entry.tokens.iter().all(|token| token.text == only.text));
        match alike.find_map(|entry| if let Piece::Role(role) = entry.piece { Some(role) } else { None }) {
            Some(Role::Filler) => FILLER + 0.05,
            Some(_) => HOLDING - 0.05,
            None => 1.0,
        }
    }
}

/// A label in the language and in English, and what people of the language say for the English one.
fn wordings(language: Language, label: &Label) -> Vec<&str> {
    let (own, english) = (label.text(language.code()), label.text("en"));
    let mut all = vec![own];
    all.extend(said(language, english).into_iter().filter(|word| *word != own));
    all
}

/// An English word, and what people of the language say for it.
fn said(language: Language, english: &str) -> Vec<&str> {
    let said = words::said_for(language, english).iter().map(String::as_str).filter(|word| *word != english);
    std::iter::once(english).chain(said).collect()
}

fn mergeable(one: &Piece, other: &Piece) -> bool {
    matches!(
        (one, other),
        (Piece::Field(_), Piece::Field(_))
            | (Piece::Phrase(_), Piece::Phrase(_))
            | (Piece::Option(_), Piece::Option(_))
            | (Piece::Values(_), Piece::Values(_))
    ) || one == other
}

fn merge(into: &mut Piece, piece: Piece) {
    match (into, piece) {
        (Piece::Field(all), Piece::Field(more)) => all.extend(more),
        (Piece::Phrase(all), Piece::Phrase(more)) => all.extend(more),
        (Piece::Option(all), Piece::Option(more)) => all.extend(more),
        (Piece::Values(all), Piece::Values(more)) => all.extend(more),
        _ => {}
    }
}
