//! The small language of formula fields and validation rules: `amount * probability / 100`,
//! `not is_closed or amount > 0`.
//!
//! An [`Expression`] is evaluated in memory ([`Expression::evaluate`], rules) or becomes SQL ([`Expression::sql`],
//! formulas in lists and reports); both agree exactly. The agreed meaning:
//!
//! * An empty field is null. Arithmetic and comparison with null are null; `and`, `or` and `not` know three truths.
//!   A rule is broken only by false, so null passes.
//! * Numbers are doubles. Money counts in whole units of its currency, a percentage as its number (75), a span of
//!   time in seconds. Division by zero is null. [`check`] bounds every intermediate result, so none overflows.
//! * A day minus a day, and an instant minus an instant, is a number of days; a day plus a number is a day. A day
//!   next to an instant stands for its first instant in UTC.
//! * Texts are compared letter by letter; `lower(…)` makes that independent of case. `''` is null.
//! * An option of a select field is its key.
//!
//! To add a function: its name in `node.rs`, its types in `types.rs`, its meaning in `evaluate.rs` and `sql.rs`, and a
//! line in the tests that hold the two together.

mod check;
mod evaluate;
mod expand;
mod letters;
mod node;
mod parse;
mod sql;
mod types;

pub use check::{Purpose, check};
pub use types::Type;

use crate::error::FieldError;
use crate::schema::ObjectDef;
use crate::value::Value;
use node::Node;
use std::fmt;

/// An expression over the fields of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression(Node);

impl Expression {
    /// The most characters of an expression.
    pub const MAX_LENGTH: usize = 2_000;

    /// Reads an expression; whether its fields exist and its types fit is for [`check`].
    ///
    /// # Errors
    /// What cannot be read, and at which character.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        parse::parse(text).map(Self)
    }

    /// Reads an expression of `object`: fields by their full names, and other formulas put in place of their names.
    ///
    /// # Errors
    /// What cannot be read, or that formulas use one another in a circle.
    pub fn of(object: &ObjectDef, text: &str) -> Result<Self, FieldError> {
        expand::expand(Self::parse(text)?.0, object).map(Self)
    }

    /// The fields that it uses, in the order of their first use.
    pub fn fields(&self) -> Vec<&str> {
        let mut fields = Vec::new();
        self.0.visit(&mut |node| {
            if let Node::Field(name) = node
                && !fields.contains(&name.as_str())
            {
                fields.push(name);
            }
        });
        fields
    }

    /// Its value for a record whose fields `field` tells. What [`check`] would refuse is null.
    pub fn evaluate(&self, field: &dyn Fn(&str) -> Value) -> Value {
        match evaluate::evaluate(&self.0, field) {
            Value::Text(text) if text.is_empty() => Value::Null,
            value => value,
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests;
