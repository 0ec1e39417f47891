//! An expression as SQL. Mirrors `evaluate.rs`: what one does the other must do.

use super::check::MOST_SQL;
use super::evaluate::{DAYS, GREATEST, HALF_UP, LEAST, MICROS_A_DAY, MOST_DAYS, MOST_QUOTIENT, WHOLE_FROM, written};
use super::node::{Binary, Function, Node};
use super::types::{self, Type, is_free};
use super::{Expression, letters};
use crate::db::Engine;
use crate::error::{Error, Result};
use crate::schema::{FieldType, ObjectDef, SqlType};

impl Expression {
    /// The expression as SQL for records of `object`, of which `field` tells each field's SQL: numbers of all kinds as
    /// doubles (money in whole units, spans in seconds), days as days and instants as microseconds since 1970 (whole
    /// numbers), texts in their original spelling, options as keys, several options as a JSON array, references as
    /// ids. Write the expression with [`Expression::of`], so that it uses only stored fields and roll-ups.
    pub(crate) fn sql(
        &self,
        engine: Engine,
        object: &ObjectDef,
        field: &mut dyn FnMut(&str) -> Result<String>,
    ) -> Result<String> {
        let piece = Writer { engine, object, field }.piece(&self.0)?;
        Ok(match piece.of {
            Type::Text => format!("nullif({}, '')", piece.text),
            _ => piece.text,
        })
    }
}

/// A part as SQL, and its type.
struct Piece {
    text: String,
    of: Type,
}

struct Writer<'w> {
    engine: Engine,
    object: &'w ObjectDef,
    field: &'w mut dyn FnMut(&str) -> Result<String>,
}

impl Writer<'_> {
    fn piece(&mut self, node: &Node) -> Result<Piece> {
        let (text, of) = match node {
            Node::Null => ("null".into(), Type::Null),
            Node::Boolean(value) => (value.to_string(), Type::Boolean),
            Node::Number(number) => (literal(*number), Type::Number),
            Node::Text(text) => (format!("cast('{}' as text)", text.replace('\'', "''")), Type::Text),
            Node::Field(name) => self.of_field(name)?,
            Node::Not(inner) => (format!("(not {})", self.piece(inner)?.text), Type::Boolean),
            Node::Negative(inner) => match self.piece(inner)? {
                inner if inner.of.is_null() => (inner.text, Type::Null),
                inner => (format!("(- {})", inner.text), Type::Number),
            },
            Node::Binary(op, left, right) => self.binary(*op, left, right)?,
            Node::Call(function, arguments) => self.call(*function, arguments)?,
        };
        if text.len() > MOST_SQL {
            return Err(Error::TooLarge("The expression becomes too long.".into()));
        }
        Ok(Piece { text, of })
    }

    fn of_field(&mut self, name: &str) -> Result<(String, Type)> {
        let field = self.object.field(name).ok_or_else(|| unsound(&format!("it uses {name}")))?;
        let of = Type::of(&field.kind).ok_or_else(|| unsound(&format!("it uses {name}")))?;
        let text = (self.field)(name)?;
        Ok(match &field.kind {
            kind if !is_free(kind) => (text, of),
            // Computed once, however often it is named.
            FieldType::Rollup { .. } => (format!("(select {} from (select {text} as v) as r)", in_range("r.v")), of),
            _ => (format!("({})", in_range(&text)), of),
        })
    }

    fn binary(&mut self, op: Binary, left: &Node, right: &Node) -> Result<(String, Type)> {
        let (mut a, mut b) = (self.piece(left)?, self.piece(right)?);
        if op.is_comparison() || op == Binary::Subtract {
            let both = [a.of, b.of];
            (a, b) = (beside(a, left, &both)?, beside(b, right, &both)?);
        }
        let of = types::binary(op, a.of, b.of).ok_or_else(|| unsound("types do not fit"))?;
        if of.is_null() {
            return Ok(("null".into(), of));
        }
        if a.of.is_time() && b.of.is_time() && a.of != b.of {
            (a, b) = (instant(a), instant(b));
        }
        let text = match op {
            _ if op.is_comparison() && a.of == Type::Text => {
                format!("({} {} {})", self.engine.plain(&a.text), comparison(op), b.text)
            }
            _ if op.is_comparison() => format!("({} {} {})", a.text, comparison(op), b.text),
            Binary::Add if a.of == Type::Date => self.moved(&a.text, &b.text, "+"),
            Binary::Add if b.of == Type::Date => self.moved(&b.text, &a.text, "+"),
            Binary::Subtract if a.of == Type::Date && b.of == Type::Number => self.moved(&a.text, &b.text, "-"),
            Binary::Subtract if a.of.is_time() => {
                let difference = self.engine.cast(&format!("({} - {})", a.text, b.text), SqlType::Real);
                if a.of == Type::Date {
                    difference
                } else {
                    format!("({difference} / {})", literal(MICROS_A_DAY as f64))
                }
            }
            Binary::Divide => quotient(&a.text, &b.text),
            Binary::Remainder => {
                let quotient = quotient(&a.text, &b.text);
                let rest = format!("{} - {} * {}", a.text, b.text, self.engine.whole(&quotient));
                format!("(case when abs({quotient}) < {} then {rest} end)", literal(MOST_QUOTIENT))
            }
            _ => format!("({} {} {})", a.text, op.sign(), b.text),
        };
        Ok((text, of))
    }

    /// A day moved by whole days, null outside the calendar.
    fn moved(&self, day: &str, by: &str, sign: &str) -> String {
        let moved = format!("{day} {sign} {}", self.engine.cast(&self.engine.whole(by), SqlType::Integer));
        format!(
            "(case when abs({by}) <= {} then case when {moved} between {} and {} then {moved} end end)",
            literal(MOST_DAYS),
            DAYS.start(),
            DAYS.end()
        )
    }

    fn call(&mut self, function: Function, arguments: &[Node]) -> Result<(String, Type)> {
        let mut pieces: Vec<Piece> = arguments.iter().map(|argument| self.piece(argument)).collect::<Result<_>>()?;
        if types::compares_times(function) {
            let neighbours: Vec<Type> = pieces.iter().map(|piece| piece.of).collect();
            pieces = pieces
                .into_iter()
                .zip(arguments)
                .map(|(piece, node)| beside(piece, node, &neighbours))
                .collect::<Result<_>>()?;
        }
        let found: Vec<Type> = pieces.iter().map(|piece| piece.of).collect();
        let of = types::call(function, &found).ok_or_else(|| unsound("types do not fit"))?;
        if of.is_null() {
            return Ok(("null".into(), of));
        }
        let text = match (function, pieces.as_slice()) {
            (Function::If, [condition, yes, no]) => {
                // A null by itself is no condition to PostgreSQL.
                let condition = self.engine.cast(&condition.text, SqlType::Boolean);
                format!("(case when {condition} then {} else {} end)", yes.text, no.text)
            }
            (Function::Coalesce, pieces) => {
                // An empty text is as good as none.
                let one = |piece: &Piece| match piece.of {
                    Type::Text => format!("nullif({}, '')", piece.text),
                    _ => piece.text.clone(),
                };
                let known: Vec<String> = pieces.iter().filter(|piece| !piece.of.is_null()).map(one).collect();
                if let [only] = known.as_slice() { only.clone() } else { format!("coalesce({})", known.join(", ")) }
            }
            (Function::Concat, pieces) => {
                let known = pieces.iter().filter(|piece| !piece.of.is_null());
                let parts: Vec<String> = known.map(|piece| format!("coalesce({}, '')", piece.text)).collect();
                if parts.is_empty() { "cast('' as text)".into() } else { format!("({})", parts.join(" || ")) }
            }
            (Function::Min | Function::Max, pieces) => {
                let texts: Vec<String> = pieces.iter().map(|piece| piece.text.clone()).collect();
                let missing: Vec<String> = texts.iter().map(|text| format!("{text} is null")).collect();
                let extreme = self.engine.extreme(&texts, function == Function::Max);
                format!("(case when {} then null else {extreme} end)", missing.join(" or "))
            }
            (Function::Round, [value, ..]) => self.round(&value.text, arguments.get(1)),
            (Function::Abs, [value]) => format!("abs({})", value.text),
            (Function::Upper, [text]) => self.engine.exchange(
                &format!("upper({})", self.engine.plain(&text.text)),
                letters::LOWER,
                letters::UPPER,
            ),
            (Function::Lower, [text]) => self.engine.exchange(
                &format!("lower({})", self.engine.plain(&text.text)),
                letters::UPPER,
                letters::LOWER,
            ),
            (Function::Length, [text]) => self.engine.cast(&format!("length({})", text.text), SqlType::Real),
            (Function::IsEmpty, [value]) => match value.of {
                Type::Null => "true".into(),
                Type::Text => format!("(nullif({}, '') is null)", value.text),
                _ => format!("({} is null)", value.text),
            },
            (Function::Contains, [list, key]) if list.of == Type::Keys => {
                let (before, after) = self.engine.json_array_has(&list.text);
                format!(
                    "(case when {} is null or {} is null then null else {before}{}{after} end)",
                    list.text, key.text, key.text
                )
            }
            (Function::Contains, [text, part]) => format!("({} > 0)", self.engine.position(&text.text, &part.text)),
            (Function::StartsWith, [text, start]) => {
                format!("(substr({}, 1, length({})) = {})", text.text, start.text, self.engine.plain(&start.text))
            }
            (Function::DaysBetween, [from, to]) => {
                let difference = format!("({} - {})", self.days(to), self.days(from));
                self.engine.cast(&difference, SqlType::Real)
            }
            (Function::Year | Function::Month, [value]) => {
                self.engine.calendar(&self.days(value), function == Function::Year)
            }
            _ => return Err(unsound("a function has too few values")),
        };
        Ok((text, of))
    }

    fn round(&self, value: &str, digits: Option<&Node>) -> String {
        let digits = if let Some(Node::Number(digits)) = digits { *digits as i32 } else { 0 };
        let unit = literal(10_f64.powi(digits));
        let shifted = format!("abs({value}) * {unit}");
        let sign = format!("case when {value} < 0 then {} else {} end", literal(-1.0), literal(1.0));
        let whole = self.engine.whole(&format!("{shifted} * {} + {}", literal(HALF_UP), literal(0.5)));
        format!("(case when {shifted} >= {} then {value} else ({sign}) * {whole} / {unit} end)", literal(WHOLE_FROM))
    }

    /// The calendar day of a day, or of an instant in UTC, as days since 1970.
    fn days(&self, piece: &Piece) -> String {
        match piece.of {
            Type::DateTime => self.engine.floor_days(&piece.text),
            _ => piece.text.clone(),
        }
    }
}

/// The part of this node as it is read next to others of these types: a written day as one.
fn beside(piece: Piece, node: &Node, neighbours: &[Type]) -> Result<Piece> {
    let of = types::written_as(node, piece.of, neighbours);
    match node {
        Node::Text(text) if of.is_time() => {
            let count = written(text, of).ok_or_else(|| unsound("a text is no day"))?;
            Ok(Piece { text: whole_literal(count), of })
        }
        _ => Ok(piece),
    }
}

/// A day next to an instant stands for its first instant in UTC.
fn instant(piece: Piece) -> Piece {
    match piece.of {
        Type::Date => Piece { text: format!("({} * {MICROS_A_DAY})", piece.text), of: Type::DateTime },
        _ => piece,
    }
}

/// A number that expressions reckon with, else null.
fn in_range(number: &str) -> String {
    let (least, greatest) = (literal(LEAST), literal(GREATEST));
    format!("case when abs({number}) <= {greatest} and (abs({number}) >= {least} or {number} = 0) then {number} end")
}

fn comparison(op: Binary) -> &'static str {
    if op == Binary::NotEqual { "<>" } else { op.sign() }
}

fn quotient(a: &str, b: &str) -> String {
    format!("({a} / nullif({b}, {}))", literal(0.0))
}

/// A double that no engine takes for an exact number.
fn literal(number: f64) -> String {
    format!("cast({number:?} as double precision)")
}

fn whole_literal(number: i64) -> String {
    format!("cast({number} as bigint)")
}

/// Only reached for what [`super::check`] would have refused.
fn unsound(why: &str) -> Error {
    Error::internal(format!("an expression that was not checked: {why}"))
}
