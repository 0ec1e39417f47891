//! All words that mean something in one company: those of the language, of the definitions, and of the data.

use super::piece::{FieldAt, NameAt, OptionAt, PhraseAt, Piece, Placed};
use super::token::{Token, Tokens};
use super::vocabulary::Vocabulary;
use super::words::{self, Role};
use crate::Language;
use crm_core::schema::{FieldDef, FieldType, Label, ObjectDef};
use std::collections::HashMap;

/// The words of the language and the definitions, by the stem of their first word.
pub(super) struct Lexicon {
    entries: HashMap<String, Vec<Entry>>,
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

impl Lexicon {
    pub(super) fn new(vocabulary: &Vocabulary, language: Language, tokens: &Tokens) -> Self {
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
        for object in vocabulary.schema.objects() {
            building.object(object);
        }
        building.values(vocabulary);
        Self { entries: building.entries }
    }

    /// What the words from `at` on may be.
    pub(super) fn at(&self, tokens: &[Token], at: usize) -> Vec<Placed> {
        let Some(first) = tokens.get(at) else { return Vec::new() };
        let entries = self.entries.get(&first.stem).into_iter().flatten();
        entries.filter_map(|entry| entry.matches(tokens, at)).collect()
    }

    /// Whether some word begins so.
    pub(super) fn knows(&self, token: &Token) -> bool {
        self.entries.contains_key(&token.stem)
    }

    /// What the word may be if it was mistyped.
    pub(super) fn near(&self, tokens: &[Token], at: usize) -> Vec<Placed> {
        let Some(token) = tokens.get(at) else { return Vec::new() };
        let mut found = Vec::new();
        for entry in self.entries.values().flatten().filter(|entry| entry.weight > FILLER) {
            let [only] = entry.tokens.as_slice() else { continue };
            if let Some(alike) = alike(&token.text, &only.text) {
                let score = entry.weight * MISTYPED * alike;
                found.push(Placed { piece: entry.piece.clone(), tokens: at..at + 1, score });
            }
        }
        found
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

/// How alike a mistyped word is to one of the lexicon: 1 if equal, none if they are two words.
pub(super) fn alike(said: &str, meant: &str) -> Option<f64> {
    if said == meant {
        return Some(1.0);
    }
    let letters = said.chars().count().min(meant.chars().count());
    let most = match letters {
        0..=3 => return None,
        4..=7 => 1,
        _ => 2,
    };
    if said.chars().count().abs_diff(meant.chars().count()) > most || said.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let apart = strsim::damerau_levenshtein(said, meant);
    let same_start = said.chars().next() == meant.chars().next();
    (apart <= most && (same_start || apart == 1 && letters > 4)).then_some(1.0 - 0.1 * apart as f64)
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
                let value = OptionAt {
                    object: object.name.clone(),
                    field: field.name.clone(),
                    value: true.into(),
                    label: field.label.text(self.language.code()).to_owned(),
                };
                self.add(label, Piece::Option(vec![value]), 1.0);
            } else {
                self.add(label, Piece::Field(at(true)), self.weight_beside_language(label));
            }
        }
        for word in field.also_called.iter().flat_map(|word| said(language, word)) {
            self.add(word, Piece::Field(at(false)), self.weight_beside_language(word));
        }
        for option in field.kind.options().iter().filter(|option| !option.archived) {
            let value = OptionAt {
                object: object.name.clone(),
                field: field.name.clone(),
                value: option.key.clone().into(),
                label: option.label.text(self.language.code()).to_owned(),
            };
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

    fn values(&mut self, vocabulary: &Vocabulary) {
        for (place, known) in vocabulary.values.iter().enumerate() {
            for value in said(self.language, &known.value) {
                self.add(value, Piece::Values(vec![place]), 1.0);
            }
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

/// The names of the vocabulary, taken apart.
pub(super) struct Names {
    names: Vec<Vec<Token>>,
    codes: Vec<Vec<Vec<Token>>>,
}

/// What a part of a name counts at least; the whole name counts 1.
const PART: f64 = 0.62;
/// Shorter beginnings of a word stand for nothing.
const SHORTEST_BEGINNING: usize = 3;

impl Names {
    pub(super) fn new(vocabulary: &Vocabulary, language: Language, tokens: &Tokens) -> Self {
        let names = vocabulary.names.iter().map(|name| tokens.of(&name.name)).collect();
        let codes = vocabulary.names.iter().map(|name| {
            // A stage that is called "Won" is "gewonnen" to whoever speaks so.
            name.codes.iter().chain(words::said_for(language, &name.name)).map(|code| tokens.of(code)).collect()
        });
        let codes = codes.collect();
        Self { names, codes }
    }

    /// The names that begin at a word. `common` tells whether a word means something else as well: alone it is then
    /// no piece of a name.
    pub(super) fn at(&self, tokens: &[Token], at: usize, common: impl Fn(&Token) -> bool) -> Vec<Placed> {
        let mut found: HashMap<usize, Vec<(NameAt, f64)>> = HashMap::new();
        for (place, name) in self.names.iter().enumerate() {
            let by_code = self.codes.get(place).into_iter().flatten().filter_map(|code| whole(code, tokens, at)).max();
            if let Some(length) = by_code {
                found.entry(length).or_default().push((NameAt { place, fit: 1.0 }, length as f64));
            } else if let Some((length, fit, quality)) = longest(name, tokens, at, &common) {
                found.entry(length).or_default().push((NameAt { place, fit }, quality));
            }
        }
        found.into_iter().map(|(length, names)| placed(at, length, names)).collect()
    }
}

fn placed(at: usize, length: usize, mut names: Vec<(NameAt, f64)>) -> Placed {
    names.sort_by(|(one, _), (other, _)| other.fit.total_cmp(&one.fit));
    let best = names.first().map_or(0.0, |(name, _)| name.fit);
    names.retain(|(name, _)| name.fit >= best - 0.02);
    let quality = names.iter().map(|(_, quality)| *quality).fold(0.0, f64::max);
    let score = quality * (0.5 + best / 2.0) + TOGETHER * (length - 1) as f64 + if best >= 0.999 { 0.1 } else { 0.0 };
    Placed { piece: Piece::Names(names.into_iter().map(|(name, _)| name).collect()), tokens: at..at + length, score }
}

fn whole(code: &[Token], tokens: &[Token], at: usize) -> Option<usize> {
    let said = tokens.get(at..at + code.len())?;
    (!code.is_empty() && said.iter().zip(code).all(|(said, meant)| said.text == meant.text)).then_some(code.len())
}

/// How many words from `at` on are words of a name in its order, how much of the name they are, and how exact.
fn longest(name: &[Token], tokens: &[Token], at: usize, common: &impl Fn(&Token) -> bool) -> Option<(usize, f64, f64)> {
    let (mut next, mut length, mut said_letters, mut quality) = (0, 0, 0_usize, 0.0);
    let mut uncommon = false;
    while let Some(token) = tokens.get(at + length) {
        let fits = name.iter().enumerate().skip(next).find_map(|(i, word)| Some((i, fit(&token.text, &word.text)?)));
        let Some((i, fit)) = fits else { break };
        said_letters += name.get(i).map_or(0, |word| word.text.chars().count());
        quality += fit;
        uncommon |= !common(token);
        (next, length) = (i + 1, length + 1);
    }
    let letters: usize = name.iter().map(|word| word.text.chars().count()).sum();
    // "can" is not the beginning of Cancity, but "Won" is the stage.
    let whole = length == name.len() && quality >= length as f64;
    if length == 0 || letters == 0 || !(uncommon || whole) {
        return None;
    }
    let share = said_letters as f64 / letters as f64;
    let exactness = quality / length as f64;
    Some((length, (PART + (1.0 - PART) * share) * exactness, quality))
}

/// How well a word fits a word of a name: as it is, mistyped, or as its beginning.
fn fit(said: &str, meant: &str) -> Option<f64> {
    if said == meant {
        return Some(1.0);
    }
    if said.chars().count() >= SHORTEST_BEGINNING && meant.starts_with(said) {
        return Some(0.9);
    }
    alike(said, meant).map(|alike| alike * 0.9)
}
