//! The limits of a field, held against a value of the right type.

use super::{Refusal, refuse};
use crate::schema::{FieldDef, FieldType};
use crate::value::Value;
use regex::RegexBuilder;

pub(super) fn check(field: &FieldDef, value: &Value) -> Result<(), Refusal> {
    match value {
        Value::Text(text) => text_limits(field, text),
        Value::Number(n) if field.kind == FieldType::Rating => {
            if (1.0..=5.0).contains(n) && n.fract() == 0.0 {
                Ok(())
            } else {
                refuse("out_of_range", "must be 1, 2, 3, 4 or 5", "Give one to five stars.")
            }
        }
        value => match value.as_number() {
            Some(number) => range(field, number),
            None => Ok(()),
        },
    }
}

fn text_limits(field: &FieldDef, text: &str) -> Result<(), Refusal> {
    let (length, most) = (text.chars().count(), field.max_length());
    if !matches!(field.kind, FieldType::Select { .. }) && length > most {
        return refuse("too_long", format!("has {length} characters; at most {most} are allowed"), "Shorten it.");
    }
    let Some(pattern) = &field.limits.pattern else { return Ok(()) };
    // Compiled small: a pattern is an administrator's, and runs in linear time.
    let whole = RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(1 << 20).build();
    match whole {
        Ok(regex) if !regex.is_match(text) => {
            refuse("pattern", format!("must have the form {pattern}"), "Write it in that form.")
        }
        _ => Ok(()),
    }
}

fn range(field: &FieldDef, number: f64) -> Result<(), Refusal> {
    let (min, max) = (field.limits.min, field.limits.max);
    if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
        let expected = match (min, max) {
            (Some(min), Some(max)) => format!("must be between {min} and {max}"),
            (Some(min), None) => format!("must be at least {min}"),
            (_, max) => format!("must be at most {}", max.unwrap_or(f64::MAX)),
        };
        return refuse("out_of_range", expected, "Give a number in that range.");
    }
    Ok(())
}
