//! The value of an expression in memory. Mirrors `sql.rs` line by line: what one does the other must do.

use super::letters;
use super::node::{Binary, Function, Node};
use super::types::{Type, compares_times};
use crate::db::{date_of, days};
use crate::value::Value;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::cmp::Ordering;

pub(super) const MICROS_A_DAY: i64 = 86_400_000_000;
/// The greatest number of a field that expressions reckon with, and the least but zero.
pub(super) const GREATEST: f64 = 1e15;
pub(super) const LEAST: f64 = 1e-15;
/// From this on a double has no digits after the point.
pub(super) const WHOLE_FROM: f64 = 4_503_599_627_370_496.0;
/// What people see as exactly a half may be stored a little below it: 2.675 times 100.
pub(super) const HALF_UP: f64 = 1.000_000_000_000_000_9;
/// The greatest quotient of which a remainder makes sense.
pub(super) const MOST_QUOTIENT: f64 = 9e15;
/// The most days that are added to a day, and the days of the years 1 to 9999.
pub(super) const MOST_DAYS: f64 = 4_000_000.0;
pub(super) const DAYS: std::ops::RangeInclusive<i64> = -719_162..=2_932_896;

pub(super) fn evaluate(node: &Node, field: &dyn Fn(&str) -> Value) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Boolean(value) => Value::Bool(*value),
        Node::Number(number) => Value::Number(*number),
        Node::Text(text) => Value::Text(text.clone()),
        Node::Field(name) => match field(name) {
            Value::Number(number) if number.abs() > GREATEST || (number != 0.0 && number.abs() < LEAST) => Value::Null,
            // A list without elements.
            value if value.is_null() => Value::Null,
            value => number(&value).map_or(value, Value::Number),
        },
        Node::Not(inner) => truth(&evaluate(inner, field)).map_or(Value::Null, |truth| Value::Bool(!truth)),
        Node::Negative(inner) => of_number(number(&evaluate(inner, field)).map(|number| -number)),
        Node::Binary(op, left, right) => binary(*op, left, right, field),
        Node::Call(function, arguments) => call(*function, arguments, field),
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        _ => None,
    }
}

/// The number of a value; computed from whole units exactly as the engines do.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Money(money) => Some(money.minor as f64 / 10_f64.powi(money.currency.digits() as i32)),
        Value::Decimal(number) => Some(number.mantissa() as f64 / 10_f64.powi(number.scale() as i32)),
        other => other.as_number(),
    }
}

fn of_number(number: Option<f64>) -> Value {
    number.filter(|number| number.is_finite()).map_or(Value::Null, Value::Number)
}

fn of_truth(truth: Option<bool>) -> Value {
    truth.map_or(Value::Null, Value::Bool)
}

fn binary(op: Binary, left: &Node, right: &Node, field: &dyn Fn(&str) -> Value) -> Value {
    let (a, b) = (evaluate(left, field), evaluate(right, field));
    match op {
        Binary::And => of_truth(match (truth(&a), truth(&b)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }),
        Binary::Or => of_truth(match (truth(&a), truth(&b)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }),
        Binary::Equal => of_truth(equal(&a, &b)),
        Binary::NotEqual => of_truth(equal(&a, &b).map(|equal| !equal)),
        Binary::Less => of_truth(compare(&a, &b).map(Ordering::is_lt)),
        Binary::LessOrEqual => of_truth(compare(&a, &b).map(Ordering::is_le)),
        Binary::Greater => of_truth(compare(&a, &b).map(Ordering::is_gt)),
        Binary::GreaterOrEqual => of_truth(compare(&a, &b).map(Ordering::is_ge)),
        Binary::Add => match (&a, &b) {
            (Value::Date(day), _) => moved(*day, number(&b)),
            (_, Value::Date(day)) => moved(*day, number(&a)),
            _ => arithmetic(op, number(&a), number(&b)),
        },
        Binary::Subtract => match (&a, &b) {
            (Value::Date(day), other) if number(other).is_some() => moved(*day, number(other).map(|days| -days)),
            (Value::Date(_) | Value::DateTime(_), _) | (_, Value::Date(_) | Value::DateTime(_)) => difference(&a, &b),
            _ => arithmetic(op, number(&a), number(&b)),
        },
        Binary::Multiply | Binary::Divide | Binary::Remainder => arithmetic(op, number(&a), number(&b)),
    }
}

fn arithmetic(op: Binary, a: Option<f64>, b: Option<f64>) -> Value {
    let (Some(a), Some(b)) = (a, b) else { return Value::Null };
    of_number(match op {
        Binary::Add => Some(a + b),
        Binary::Subtract => Some(a - b),
        Binary::Multiply => Some(a * b),
        _ if b == 0.0 => None,
        Binary::Divide => Some(a / b),
        _ => {
            let quotient = a / b;
            (quotient.abs() < MOST_QUOTIENT).then(|| a - b * quotient.trunc())
        }
    })
}

/// The day so many whole days later.
fn moved(day: Date, by: Option<f64>) -> Value {
    let Some(by) = by.filter(|by| by.abs() <= MOST_DAYS) else { return Value::Null };
    let moved = days(day) + by.trunc() as i64;
    let moved = Some(moved).filter(|moved| DAYS.contains(moved)).and_then(date_of);
    moved.map_or(Value::Null, Value::Date)
}

/// Two values as instants or days, whichever both can be.
enum Times {
    Days(i64, i64),
    Micros(i64, i64),
}

fn times(a: &Value, b: &Value) -> Option<Times> {
    let of = match (a, b) {
        (Value::DateTime(_), _) | (_, Value::DateTime(_)) => Type::DateTime,
        (Value::Date(_), _) | (_, Value::Date(_)) => Type::Date,
        _ => return None,
    };
    let read = |value: &Value| match value {
        Value::Date(day) if of == Type::Date => Some(days(*day)),
        Value::Date(day) => Some(days(*day) * MICROS_A_DAY),
        Value::DateTime(at) => Some(at.as_microsecond()),
        Value::Text(text) => written(text, of),
        _ => None,
    };
    let (a, b) = (read(a)?, read(b)?);
    Some(if of == Type::Date { Times::Days(a, b) } else { Times::Micros(a, b) })
}

/// A text as the days or microseconds of the type that stands next to it.
pub(super) fn written(text: &str, of: Type) -> Option<i64> {
    let day: Option<Date> = text.parse().ok().filter(|_| text.len() == 10);
    let day = day.map(days).filter(|day| DAYS.contains(day));
    match of {
        Type::Date => day,
        Type::DateTime => day.map(|day| day * MICROS_A_DAY).or_else(|| {
            let at: jiff::Timestamp = text.parse().ok()?;
            Some(at.as_microsecond())
        }),
        _ => None,
    }
}

fn difference(a: &Value, b: &Value) -> Value {
    of_number(times(a, b).map(|times| match times {
        Times::Days(a, b) => (a - b) as f64,
        Times::Micros(a, b) => (a - b) as f64 / MICROS_A_DAY as f64,
    }))
}

fn equal(a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Some(a == b),
        (Value::Id(a), Value::Id(b)) => Some(a == b),
        _ => compare(a, b).map(Ordering::is_eq),
    }
}

fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        _ => match times(a, b) {
            Some(Times::Days(a, b) | Times::Micros(a, b)) => Some(a.cmp(&b)),
            None => number(a)?.partial_cmp(&number(b)?),
        },
    }
}

fn call(function: Function, arguments: &[Node], field: &dyn Fn(&str) -> Value) -> Value {
    // Only the branch that counts: the others may be costly.
    if let (Function::If, [condition, yes, no]) = (function, arguments) {
        return evaluate(if truth(&evaluate(condition, field)) == Some(true) { yes } else { no }, field);
    }
    let mut values: Vec<Value> = arguments.iter().map(|argument| evaluate(argument, field)).collect();
    if compares_times(function) {
        read_written(arguments, &mut values);
    }
    match (function, values.as_slice()) {
        (Function::Coalesce, values) => values.iter().find(|value| !is_empty(value)).cloned().unwrap_or_default(),
        (Function::Concat, values) => Value::Text(values.iter().filter_map(Value::as_text).collect()),
        (Function::Min, values) => extreme(values, Ordering::Less),
        (Function::Max, values) => extreme(values, Ordering::Greater),
        (Function::Round, [value]) => of_number(number(value).map(|number| round(number, 0))),
        (Function::Round, [value, Value::Number(digits)]) => {
            of_number(number(value).map(|number| round(number, *digits as i32)))
        }
        (Function::Abs, [value]) => of_number(number(value).map(f64::abs)),
        (Function::Upper, [Value::Text(text)]) => Value::Text(letters::upper(text)),
        (Function::Lower, [Value::Text(text)]) => Value::Text(letters::lower(text)),
        (Function::Length, [Value::Text(text)]) => Value::Number(text.chars().count() as f64),
        (Function::IsEmpty, [value]) => Value::Bool(is_empty(value)),
        (Function::Contains, [Value::Keys(keys), Value::Text(key)]) => Value::Bool(keys.contains(key)),
        (Function::Contains, [Value::Text(text), Value::Text(part)]) => Value::Bool(text.contains(part)),
        (Function::StartsWith, [Value::Text(text), Value::Text(start)]) => Value::Bool(text.starts_with(start)),
        (Function::DaysBetween, [from, to]) => match (day(from), day(to)) {
            (Some(from), Some(to)) => Value::Number((days(to) - days(from)) as f64),
            _ => Value::Null,
        },
        (Function::Year, [value]) => of_number(day(value).map(|day| f64::from(day.year()))),
        (Function::Month, [value]) => of_number(day(value).map(|day| f64::from(day.month()))),
        _ => Value::Null,
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_text() == Some("")
}

/// Reads texts written next to days or instants as such.
fn read_written(arguments: &[Node], values: &mut [Value]) {
    let of = match values.iter().find(|value| matches!(value, Value::Date(_) | Value::DateTime(_))) {
        Some(Value::Date(_)) => Type::Date,
        Some(_) => Type::DateTime,
        None => return,
    };
    for (value, argument) in values.iter_mut().zip(arguments) {
        if let (Node::Text(_), Value::Text(text)) = (argument, &*value) {
            *value = match (written(text, of), of) {
                (Some(day), Type::Date) => date_of(day).map_or(Value::Null, Value::Date),
                (Some(at), _) => jiff::Timestamp::from_microsecond(at).map_or(Value::Null, Value::DateTime),
                (None, _) => Value::Null,
            };
        }
    }
}

/// The least or greatest; null where any is.
fn extreme(values: &[Value], wanted: Ordering) -> Value {
    let mut best: Option<&Value> = None;
    for value in values {
        match best.map(|best| compare(value, best)) {
            Some(None) => return Value::Null,
            Some(Some(order)) if order != wanted => {}
            // A single null compares with nothing.
            None if value.is_null() => return Value::Null,
            _ => best = Some(value),
        }
    }
    match best {
        Some(value) => value.clone(),
        None => Value::Null,
    }
}

/// Half away from zero.
fn round(number: f64, digits: i32) -> f64 {
    let unit = 10_f64.powi(digits);
    if number.abs() * unit >= WHOLE_FROM {
        return number;
    }
    let sign = if number < 0.0 { -1.0 } else { 1.0 };
    sign * (number.abs() * unit * HALF_UP + 0.5).trunc() / unit
}

/// The calendar day of a day, or of an instant in UTC.
fn day(value: &Value) -> Option<Date> {
    match value {
        Value::Date(day) => Some(*day),
        Value::DateTime(at) => Some(at.to_zoned(TimeZone::UTC).date()),
        _ => None,
    }
}
