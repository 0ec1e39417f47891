//! What type an operation yields from which.

use super::node::{Binary, Function, Node};
use crate::schema::{FieldType, ResultType, RollupMeasure};

/// The type of a part of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// The null that is written so: it fits everywhere.
    Null,
    /// Numbers of all kinds, money in whole units.
    Number,
    /// Texts and keys of options.
    Text,
    /// Yes or no.
    Boolean,
    /// Calendar days.
    Date,
    /// Instants.
    DateTime,
    /// A reference to one record.
    Id,
    /// Several options.
    Keys,
    /// Addresses, places, free JSON: only `is_empty` knows them.
    Other,
}

impl Type {
    /// The type of a field's values; none for fields that no expression can use.
    pub(super) fn of(kind: &FieldType) -> Option<Self> {
        Some(match kind {
            FieldType::References { .. } => return None,
            FieldType::Boolean => Self::Boolean,
            FieldType::Date => Self::Date,
            FieldType::DateTime => Self::DateTime,
            FieldType::Reference { .. } | FieldType::File => Self::Id,
            FieldType::MultiSelect { .. } => Self::Keys,
            FieldType::AnyReference | FieldType::Address | FieldType::Location | FieldType::Json => Self::Other,
            FieldType::Formula { result_type, .. } => Self::result(*result_type),
            FieldType::Number
            | FieldType::Decimal { .. }
            | FieldType::Money
            | FieldType::Percent
            | FieldType::Duration
            | FieldType::Rating
            | FieldType::AutoNumber { .. }
            | FieldType::Rollup { .. } => Self::Number,
            FieldType::Text
            | FieldType::LongText
            | FieldType::RichText
            | FieldType::Select { .. }
            | FieldType::Email
            | FieldType::Phone
            | FieldType::Url => Self::Text,
        })
    }

    /// The type of what a formula is declared to yield.
    pub fn result(result: ResultType) -> Self {
        match result {
            ResultType::Number => Self::Number,
            ResultType::Text => Self::Text,
            ResultType::Boolean => Self::Boolean,
            ResultType::Date => Self::Date,
        }
    }

    /// The type as people say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Boolean => "yes or no",
            Self::Date => "a day",
            Self::DateTime => "an instant",
            Self::Id => "a reference",
            Self::Keys => "a list of options",
            Self::Other => "a composite value",
        }
    }

    pub(super) fn is_time(self) -> bool {
        matches!(self, Self::Date | Self::DateTime)
    }

    pub(super) fn is_null(self) -> bool {
        self == Self::Null
    }
}

/// Whether its numbers can be of any size, as can what is computed of such. Those out of [`super::evaluate::GREATEST`]'s range count as null, so that
/// no formula overflows: an error on one engine, infinity on the other.
pub(super) fn is_free(kind: &FieldType) -> bool {
    match kind {
        FieldType::Number | FieldType::Percent => true,
        FieldType::Rollup { rollup } => rollup.measure != RollupMeasure::Count,
        _ => false,
    }
}

/// The one type of several values, where null fits all.
pub(super) fn united(types: &[Type]) -> Option<Type> {
    let mut known = types.iter().copied().filter(|of| !of.is_null());
    let Some(first) = known.next() else { return Some(Type::Null) };
    known.all(|of| of == first).then_some(first)
}

pub(super) fn binary(op: Binary, left: Type, right: Type) -> Option<Type> {
    use Type::{Boolean, Date, DateTime, Id, Null, Number, Text};
    Some(match (op, left, right) {
        (Binary::And | Binary::Or, Boolean | Null, Boolean | Null) => Boolean,
        (op, Null, _) | (op, _, Null) if op.is_comparison() => Null,
        (op, Number, Number) | (op, Text, Text) if op.is_comparison() => Boolean,
        (op, Date | DateTime, Date | DateTime) if op.is_comparison() => Boolean,
        (Binary::Equal | Binary::NotEqual, Boolean, Boolean) | (Binary::Equal | Binary::NotEqual, Id, Id) => Boolean,
        (Binary::Add | Binary::Subtract, Null, Number | Null) | (Binary::Add | Binary::Subtract, Number, Null) => Null,
        (Binary::Add | Binary::Subtract, Date, Null) | (Binary::Add, Null, Date) => Null,
        (Binary::Subtract, DateTime, Null) | (Binary::Subtract, Null, Date | DateTime) => Null,
        (Binary::Multiply | Binary::Divide | Binary::Remainder, Null | Number, Null)
        | (Binary::Multiply | Binary::Divide | Binary::Remainder, Null, Number) => Null,
        (Binary::Add | Binary::Subtract, Date, Number) | (Binary::Add, Number, Date) => Date,
        (Binary::Subtract, Date | DateTime, Date | DateTime) => Number,
        (op, Number, Number) if !matches!(op, Binary::And | Binary::Or) => Number,
        _ => return None,
    })
}

pub(super) fn call(function: Function, types: &[Type]) -> Option<Type> {
    use Type::{Boolean, Date, Null, Number, Text};
    let first = types.first().copied().unwrap_or(Null);
    let all = |wanted: Type| types.iter().all(|of| *of == wanted || of.is_null());
    let or_null = |of: Type| if types.iter().any(|of| of.is_null()) { Null } else { of };
    match function {
        Function::If if matches!(first, Boolean | Null) => united(types.get(1..)?),
        Function::Coalesce => united(types).filter(|of| !matches!(of, Type::Other | Type::Keys)),
        Function::Round | Function::Abs if all(Number) => Some(or_null(Number)),
        Function::Min | Function::Max if all(Number) || all(Date) || all(Type::DateTime) => united(types).map(or_null),
        Function::Concat if all(Text) => Some(Text),
        Function::Upper | Function::Lower if all(Text) => Some(or_null(Text)),
        Function::Length if all(Text) => Some(or_null(Number)),
        Function::IsEmpty => Some(Boolean),
        Function::Contains if matches!(types, [Type::Keys, Text]) => Some(Boolean),
        Function::Contains | Function::StartsWith if all(Text) => Some(or_null(Boolean)),
        Function::DaysBetween if types.iter().all(|of| of.is_time() || of.is_null()) => Some(or_null(Number)),
        Function::Year | Function::Month if first.is_time() || first.is_null() => Some(or_null(Number)),
        _ => None,
    }
}

/// The type that a text written next to these values is read as: a day or an instant next to one.
pub(super) fn written_as(node: &Node, of: Type, neighbours: &[Type]) -> Type {
    match (node, of) {
        (Node::Text(_), Type::Text) => neighbours.iter().copied().find(|of| of.is_time()).unwrap_or(Type::Text),
        _ => of,
    }
}

/// Whether a text among the values of the function may be written for a day or an instant.
pub(super) fn compares_times(function: Function) -> bool {
    matches!(function, Function::Min | Function::Max | Function::DaysBetween | Function::Coalesce)
}
