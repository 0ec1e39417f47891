//! Whether an expression makes sense for an object: fields exist, types fit, and no intermediate number can leave the
//! range of doubles (an overflow is an error on one engine and infinity on the other).

use super::Expression;
use super::evaluate::{GREATEST, LEAST};
use super::expand::{expand, too_large};
use super::node::{Binary, Function, Node};
use super::types::{self, Type};
use crate::db::Engine;
use crate::error::FieldError;
use crate::schema::{FieldDef, FieldType, ObjectDef, ResultType};

/// What an expression is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The formula of a field that yields this.
    Formula(ResultType),
    /// A rule: yields yes or no, over what a record itself stores.
    Rule,
}

impl Purpose {
    fn field(self) -> &'static str {
        match self {
            Self::Formula(_) => "formula",
            Self::Rule => "expression",
        }
    }
}

/// The most text of SQL that one expression may become.
pub(super) const MOST_SQL: usize = 100_000;

/// Checks an expression of `object`, in which the field that it defines is already there.
///
/// # Errors
/// An error on `formula` or `expression` that names the part that does not fit and how to mend it.
pub fn check(object: &ObjectDef, text: &str, purpose: Purpose) -> Result<Type, FieldError> {
    let named = |error: FieldError| FieldError { field: purpose.field().into(), ..error }.value(&text.into());
    let parsed = Expression::parse(text).map_err(named)?;
    let expanded = expand(parsed.0, object).map_err(named)?;
    let checker = Checker { object, purpose };
    let found = checker.infer(&expanded).map_err(named)?.of;
    let wanted = match purpose {
        Purpose::Formula(result) => Type::result(result),
        Purpose::Rule => Type::Boolean,
    };
    if found != wanted && !found.is_null() {
        let message = format!("The expression yields {}, but {} is needed.", found.name(), wanted.name());
        let hint = match purpose {
            Purpose::Formula(_) => "Change the formula or its result type.",
            Purpose::Rule => "Write a condition such as amount > 0.",
        };
        return Err(named(FieldError::new("", "wrong_type", message).hint(hint)));
    }
    let expression = Expression(expanded);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        expression.sql(engine, object, &mut |name| Ok(format!("t.{name}"))).map_err(|_| named(too_large()))?;
    }
    Ok(wanted)
}

/// What is known of a part: its type, and for numbers the least (but zero) and greatest magnitude it can have.
#[derive(Debug, Clone, Copy)]
struct Known {
    of: Type,
    least: f64,
    greatest: f64,
    /// Less than the power of two that every such number is a multiple of. Sums keep it, so that what is left of two
    /// nearly equal numbers is at least this, however many are added.
    grain: f64,
}

impl Known {
    fn new(of: Type, least: f64, greatest: f64) -> Self {
        /// Less than the last place of a double, as a part of it.
        const PLACE: f64 = 1e-16;
        Self { of, least, greatest, grain: least * PLACE }
    }

    /// What is known when either may be the case.
    fn or(self, other: Self) -> Self {
        Self {
            of: self.of,
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
            grain: self.grain.min(other.grain),
        }
    }

    /// A sum or difference, or a part of one.
    fn sum(a: Self, b: Self, greatest: f64) -> Self {
        let grain = a.grain.min(b.grain);
        Self { of: Type::Number, least: grain, greatest, grain }
    }
}

const MOST: f64 = 1e290;

struct Checker<'o> {
    object: &'o ObjectDef,
    purpose: Purpose,
}

impl Checker<'_> {
    fn infer(&self, node: &Node) -> Result<Known, FieldError> {
        let plain = |of| Known::new(of, 1.0, 1.0);
        let known = match node {
            Node::Null => plain(Type::Null),
            Node::Boolean(_) => plain(Type::Boolean),
            Node::Text(_) => plain(Type::Text),
            Node::Number(0.0) => plain(Type::Number),
            Node::Number(number) => Known::new(Type::Number, *number, *number),
            Node::Field(name) => self.field(name)?,
            Node::Not(inner) => match self.infer(inner)?.of {
                Type::Boolean | Type::Null => plain(Type::Boolean),
                other => return Err(mismatch(node, &format!("«not» needs a condition, not {}", other.name()))),
            },
            Node::Negative(inner) => match self.infer(inner)? {
                known if matches!(known.of, Type::Number | Type::Null) => known,
                known => return Err(mismatch(node, &format!("«-» needs a number, not {}", known.of.name()))),
            },
            Node::Binary(op, left, right) => self.binary(node, *op, left, right)?,
            Node::Call(function, arguments) => self.call(node, *function, arguments)?,
        };
        let fits = known.of != Type::Number || (known.greatest < MOST && known.least > 1.0 / MOST);
        if fits { Ok(known) } else { Err(mismatch(node, "numbers could become too great or too small")) }
    }

    fn field(&self, name: &str) -> Result<Known, FieldError> {
        let Some(field) = self.object.field(name) else { return Err(self.unknown(name)) };
        if self.purpose == Purpose::Rule && matches!(field.kind, FieldType::Rollup { .. }) {
            let message = format!("A rule cannot use the roll-up {name}: it is computed when it is read.");
            return Err(FieldError::new("", "not_usable", message).hint("Use fields that the record itself stores."));
        }
        let Some(of) = Type::of(&field.kind) else {
            let message = format!("An expression cannot use {name}: it refers to many records.");
            return Err(FieldError::new("", "not_usable", message).hint("Use a roll-up that counts them."));
        };
        let (least, greatest) = magnitude(field);
        Ok(Known::new(of, least, greatest))
    }

    fn unknown(&self, name: &str) -> FieldError {
        let name: String = name.chars().take(60).collect();
        let near = self.object.fields.iter().map(|field| (strsim::jaro_winkler(&field.name, &name), &field.name));
        let near = near.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness > 0.8);
        let error = FieldError::new("", "unknown_field", format!("There is no field `{name}`."));
        match near {
            Some((_, near)) => error.hint(format!("Did you mean {near}?")),
            None => error.hint("Use the names of this object's fields; put texts in single quotes."),
        }
    }

    fn binary(&self, node: &Node, op: Binary, left: &Node, right: &Node) -> Result<Known, FieldError> {
        let (a, b) = (self.infer(left)?, self.infer(right)?);
        if op.is_comparison() {
            for (one, other) in [(left, right), (right, left)] {
                self.text_fits(node, one, other)?;
            }
        }
        let both = [a.of, b.of];
        let takes_times = op.is_comparison() || op == Binary::Subtract;
        let read_as = |node: &Node, of: Type| if takes_times { types::written_as(node, of, &both) } else { of };
        let (x, y) = (read_as(left, a.of), read_as(right, b.of));
        let of = types::binary(op, x, y).ok_or_else(|| {
            mismatch(node, &format!("«{}» does not go with {} and {}", op.sign(), x.name(), y.name()))
        })?;
        Ok(match op {
            Binary::Multiply => Known::new(of, a.least * b.least, a.greatest * b.greatest),
            Binary::Divide => Known::new(of, a.least / b.greatest, a.greatest / b.least),
            Binary::Add | Binary::Subtract if x.is_time() || y.is_time() => Known::new(of, 1e-11, 1e8),
            Binary::Add | Binary::Subtract => Known { of, ..Known::sum(a, b, a.greatest + b.greatest) },
            Binary::Remainder => Known { of, ..Known::sum(a, b, a.greatest + a.greatest / b.least) },
            _ => Known::new(of, 1.0, 1.0),
        })
    }

    /// Refuses comparisons with texts that nothing can equal: no text at all, no option of a select field, no day.
    fn text_fits(&self, node: &Node, one: &Node, other: &Node) -> Result<(), FieldError> {
        let Node::Text(text) = one else { return Ok(()) };
        if text.is_empty() {
            let instead = format!("Write is_empty({other}).");
            return Err(mismatch(node, "an empty field equals nothing").hint(instead));
        }
        let Node::Field(name) = other else { return Ok(()) };
        let Some(field) = self.object.field(name) else { return Ok(()) };
        let options = field.kind.options();
        let is_select = matches!(field.kind, FieldType::Select { .. });
        if is_select && !options.iter().any(|option| option.key == *text) {
            let keys: Vec<&str> = options.iter().take(20).map(|option| option.key.as_str()).collect();
            let text: String = text.chars().take(40).collect();
            return Err(mismatch(node, &format!("'{text}' is no option of {name}"))
                .hint(format!("The options are {}.", keys.join(", "))));
        }
        match Type::of(&field.kind) {
            Some(of) if of.is_time() && super::evaluate::written(text, of).is_none() => {
                Err(mismatch(node, &format!("'{text}' is no day")).hint("Write days as '2017-03-01'."))
            }
            _ => Ok(()),
        }
    }

    fn call(&self, node: &Node, function: Function, arguments: &[Node]) -> Result<Known, FieldError> {
        let known: Vec<Known> = arguments.iter().map(|argument| self.infer(argument)).collect::<Result<_, _>>()?;
        let mut found: Vec<Type> = known.iter().map(|known| known.of).collect();
        if types::compares_times(function) {
            let neighbours = found.clone();
            for (of, argument) in found.iter_mut().zip(arguments) {
                *of = types::written_as(argument, *of, &neighbours);
                if of.is_time()
                    && let Node::Text(text) = argument
                    && super::evaluate::written(text, *of).is_none()
                {
                    return Err(mismatch(node, &format!("'{text}' is no day")).hint("Write days as '2017-03-01'."));
                }
            }
        }
        if function == Function::Round && !matches!(arguments.get(1), None | Some(Node::Number(0.0..=9.0))) {
            return Err(mismatch(node, "round needs a number of digits from 0 to 9").hint("Write round(amount, 2)."));
        }
        let of = types::call(function, &found).ok_or_else(|| {
            let names: Vec<&str> = found.iter().map(|of| of.name()).collect();
            mismatch(node, &format!("{} does not take {}", function.name(), names.join(", ")))
        })?;
        let whole = Known::new(of, 1.0, 1.0);
        Ok(match function {
            Function::Length => Known::new(of, 1.0, 1e6),
            Function::DaysBetween | Function::Year | Function::Month => Known::new(of, 1.0, 1e8),
            Function::Round => Known::new(of, 1e-9, known.first().map_or(1.0, |known| known.greatest) * 1e10),
            _ => known.into_iter().fold(whole, Known::or),
        })
    }
}

/// The least (but zero) and greatest magnitude of a field's numbers.
fn magnitude(field: &FieldDef) -> (f64, f64) {
    match field.kind {
        FieldType::Number | FieldType::Percent | FieldType::Rating | FieldType::Rollup { .. } => (LEAST, GREATEST),
        FieldType::Money | FieldType::Decimal { .. } | FieldType::Duration | FieldType::AutoNumber { .. } => {
            (1e-9, 1e19)
        }
        _ => (1.0, 1.0),
    }
}

fn mismatch(node: &Node, what: &str) -> FieldError {
    const SHOWN: usize = 80;
    let text = node.to_string();
    let mut shown: String = text.chars().take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        shown.push('…');
    }
    FieldError::new("", "wrong_type", format!("In `{shown}`: {what}."))
}
