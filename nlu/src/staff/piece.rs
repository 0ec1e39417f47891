//! The pieces that a request is made of: what a word, or a few, may stand for.

use super::words::Role;
use crate::values;
use std::ops::Range;

/// What some words of a request may stand for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// A word that holds the request together.
    Role(Role),
    /// An object, by its place in the schema.
    Object(String),
    /// A field, of each object that has one of this name.
    Field(Vec<FieldAt>),
    /// A phrase of some objects.
    Phrase(Vec<PhraseAt>),
    /// An option of a field, or a yes/no field that is set.
    Option(Vec<OptionAt>),
    /// Records of this name, best first: places in the vocabulary's names.
    Names(Vec<NameAt>),
    /// Values of text fields: places in the vocabulary's values.
    Values(Vec<usize>),
    /// A time, a number, an amount.
    Found(values::Found),
    /// A word that means nothing here.
    Unknown,
}

/// A field of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldAt {
    pub(super) object: String,
    pub(super) field: String,
    /// Whether it is the field's own label, not another word for it.
    pub(super) own: bool,
}

/// A phrase of an object, by its place in the definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PhraseAt {
    pub(super) object: String,
    pub(super) place: usize,
}

/// A value that a field can be chosen to have.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OptionAt {
    pub(super) object: String,
    pub(super) field: String,
    pub(super) value: serde_json::Value,
}

/// A name of the vocabulary, and how well it fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NameAt {
    pub(super) place: usize,
    /// 1 if the words are the whole name.
    pub(super) fit: f64,
}

/// A piece, where it stands and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) piece: Piece,
    /// The tokens.
    pub(super) tokens: Range<usize>,
    /// 1 for each word that stands as it is in the lexicon; less for other forms, much less for typing errors.
    pub(super) score: f64,
}

impl Placed {
    /// Whether it is this word.
    pub(super) fn is(&self, role: Role) -> bool {
        self.piece == Piece::Role(role)
    }

    /// Whether it says in which shape figures are wanted.
    pub(super) fn is_shape(&self) -> bool {
        matches!(self.piece, Piece::Role(Role::Chart | Role::Bars | Role::Line | Role::Pie | Role::Table))
    }
}
