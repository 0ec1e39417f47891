//! From a caller's JSON to a typed value: conversion, then the field's limits. Every refusal says how to mend it.

mod limits;
mod reference;
mod structured;
mod temporal;
mod textual;

pub use reference::ReferenceInput;

use super::{FieldDef, FieldType};
use crate::actor::Actor;
use crate::error::FieldError;
use crate::money::{Currency, Money};
use crate::value::Value;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde_json::Value as Json;
use std::str::FromStr;

/// What reading a value depends on besides its field.
#[derive(Debug, Clone, Copy)]
pub struct ParseContext<'a> {
    /// The currency of amounts that name none.
    pub currency: Currency,
    /// The zone of local times that name none.
    pub zone: &'a TimeZone,
    /// The language of messages.
    pub language: &'a str,
}

impl<'a> ParseContext<'a> {
    /// The context of somebody's input.
    pub fn of(actor: &'a Actor) -> Self {
        Self { currency: actor.currency(), zone: actor.zone(), language: actor.language() }
    }
}

/// A refusal in the making: code, what is expected, how to mend it.
type Refusal = (&'static str, String, String);

fn refuse<T>(code: &'static str, expected: impl Into<String>, mend: impl Into<String>) -> Result<T, Refusal> {
    Err((code, expected.into(), mend.into()))
}

impl FieldDef {
    /// Reads a value that a caller gives, and holds it against the field's limits.
    ///
    /// # Errors
    /// A field error that says what is wrong and how to mend it.
    pub fn parse(&self, json: &Json, context: &ParseContext<'_>) -> Result<Value, FieldError> {
        let value = self.convert(json, context)?;
        limits::check(self, &value).map_err(|refusal| self.refused(json, context, refusal))?;
        Ok(value)
    }

    /// Reads a value that was stored once, whatever the limits say now.
    ///
    /// # Errors
    /// When it is of another type than the field.
    pub fn parse_stored(&self, json: &Json, context: &ParseContext<'_>) -> Result<Value, FieldError> {
        match &self.kind {
            kind if kind.is_reference() => self.parse_ids(json),
            FieldType::Select { .. } => Ok(json.as_str().map_or(Value::Null, Value::from)),
            FieldType::MultiSelect { .. } => Ok(structured::keys_as_given(json)),
            _ => self.convert(json, context),
        }
    }

    fn convert(&self, json: &Json, context: &ParseContext<'_>) -> Result<Value, FieldError> {
        if json.is_null() {
            return Ok(Value::Null);
        }
        let converted = match &self.kind {
            FieldType::Text | FieldType::LongText | FieldType::RichText => {
                textual::text(json, self.kind != FieldType::Text)
            }
            FieldType::Email => textual::email(json),
            FieldType::Phone => textual::phone(json),
            FieldType::Url => textual::url(json),
            FieldType::Select { options } => structured::option(json, options),
            FieldType::MultiSelect { options } => structured::options(json, options),
            FieldType::Number | FieldType::Percent | FieldType::Rating => number(json),
            FieldType::Decimal { scale } => decimal(json, *scale),
            FieldType::Money => money(json, context.currency),
            FieldType::Boolean => boolean(json),
            FieldType::Date => temporal::date(json),
            FieldType::DateTime => temporal::datetime(json, context.zone),
            FieldType::Duration => temporal::duration(json),
            FieldType::Address => structured::address(json),
            FieldType::Location => structured::location(json),
            FieldType::Json => structured::json(json),
            FieldType::AutoNumber { prefix } => auto_number(json, prefix),
            FieldType::Formula { .. } | FieldType::Rollup { .. } => refuse("read_only", "is computed", "Leave it out."),
            _ => return self.parse_ids(json),
        };
        converted.map_err(|refusal| self.refused(json, context, refusal))
    }

    fn refused(&self, json: &Json, context: &ParseContext<'_>, (code, expected, mend): Refusal) -> FieldError {
        let label = self.label.text(context.language);
        FieldError::new(&self.name, code, format!("{label} {expected}.")).value(json).hint(mend)
    }
}

fn number(json: &Json) -> Result<Value, Refusal> {
    let number = match json {
        Json::Number(number) => number.as_f64(),
        Json::String(text) if text.trim().is_empty() => return Ok(Value::Null),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    match number.filter(|number| number.is_finite()) {
        // -0 and 0 are the same number and must be stored as the same.
        Some(number) => Ok(Value::Number(number + 0.0)),
        None => refuse("wrong_type", "must be a number", "Write it such as 12.5."),
    }
}

fn digits_of(json: &Json) -> Option<Decimal> {
    match json {
        // Through the text: a JSON number keeps the digits that its writer gave.
        Json::Number(number) => {
            let text = number.to_string();
            Decimal::from_str(&text).or_else(|_| Decimal::from_scientific(&text)).ok()
        }
        Json::String(text) => Decimal::from_str(text.trim()).ok(),
        _ => None,
    }
}

fn decimal(json: &Json, scale: u32) -> Result<Value, Refusal> {
    let expected = format!("must be a number with at most {scale} digits after the point");
    let Some(number) = digits_of(json).map(|number| number.normalize()).filter(|number| number.scale() <= scale) else {
        return refuse("wrong_type", expected, "Write it such as \"12.50\".");
    };
    let mut scaled = number;
    scaled.rescale(scale);
    if i64::try_from(scaled.mantissa()).is_err() || scaled.scale() != scale {
        return refuse("out_of_range", "is too large", "Give a number that has at most 18 digits.");
    }
    Ok(Value::Decimal(number))
}

fn money(json: &Json, default: Currency) -> Result<Value, Refusal> {
    const MEND: &str = "Write it such as {\"amount\": \"1250.00\", \"currency\": \"USD\"}.";
    let (amount, currency) = match json {
        Json::Object(parts) => {
            if let Some(other) = parts.keys().find(|key| !matches!(key.as_str(), "amount" | "currency")) {
                return refuse("wrong_type", format!("has `amount` and `currency`, but not `{other}`"), MEND);
            }
            let currency = match parts.get("currency") {
                None | Some(Json::Null) => Some(default),
                Some(code) => code.as_str().and_then(Currency::parse),
            };
            let Some(currency) = currency else {
                return refuse("wrong_type", "needs a currency of three letters", MEND);
            };
            (parts.get("amount").unwrap_or(&Json::Null), currency)
        }
        Json::String(text) if text.trim().is_empty() => return Ok(Value::Null),
        other => (other, default),
    };
    let Some(amount) = digits_of(amount) else {
        return refuse("wrong_type", "must be an amount of money", MEND);
    };
    match Money::from_decimal(amount, currency) {
        Some(money) => Ok(Value::Money(money)),
        None => {
            let digits = currency.digits();
            refuse(
                "out_of_range",
                format!("must have at most {digits} digits after the point in {currency} and 18 in all"),
                MEND,
            )
        }
    }
}

fn boolean(json: &Json) -> Result<Value, Refusal> {
    match json {
        Json::Bool(yes) => Ok(Value::Bool(*yes)),
        Json::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "" => Ok(Value::Null),
            "true" | "yes" | "1" => Ok(Value::Bool(true)),
            "false" | "no" | "0" => Ok(Value::Bool(false)),
            _ => refuse("wrong_type", "must be true or false", "Write true or false."),
        },
        _ => refuse("wrong_type", "must be true or false", "Write true or false."),
    }
}

fn auto_number(json: &Json, prefix: &str) -> Result<Value, Refusal> {
    let number = match json {
        Json::Number(number) => number.as_i64(),
        Json::String(text) => {
            let text = text.trim();
            let bare = text
                .get(..prefix.len())
                .filter(|start| start.eq_ignore_ascii_case(prefix))
                .map_or(text, |start| &text[start.len()..]);
            bare.parse().ok()
        }
        _ => None,
    };
    match number {
        Some(number) => Ok(Value::Integer(number)),
        None => refuse("wrong_type", "must be a record's number", format!("Write it such as {prefix}1042.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    // By name: this module has functions called so, too.
    use crate::schema::{FieldBuilder, datetime, duration, email, money, phone, select, text, url};
    use serde_json::json;

    fn read(field: &FieldBuilder, json: Json) -> Result<Json, &'static str> {
        let context = ParseContext {
            currency: Currency::parse("USD").unwrap(),
            zone: &TimeZone::get("Europe/Berlin").unwrap(),
            language: "en",
        };
        field.0.parse(&json, &context).map(|value| value.to_json()).map_err(|error| error.code)
    }

    #[test]
    fn money_takes_numbers_texts_and_currencies_and_never_rounds() {
        let amount = money("amount", "Amount");
        assert_eq!(read(&amount, json!(1250)).unwrap(), json!({"amount": "1250.00", "currency": "USD"}));
        assert_eq!(read(&amount, json!("12.5")).unwrap(), json!({"amount": "12.50", "currency": "USD"}));
        assert_eq!(
            read(&amount, json!({"amount": 7, "currency": "jpy"})).unwrap(),
            json!({"amount": "7", "currency": "JPY"})
        );
        assert_eq!(read(&amount, json!(0.001)), Err("out_of_range"));
        assert_eq!(read(&amount, json!(1e300)), Err("wrong_type"));
        assert_eq!(read(&amount, json!("abc")), Err("wrong_type"));
        assert_eq!(read(&amount, json!({"amount": 1, "currency": "EURO"})), Err("wrong_type"));
    }

    #[test]
    fn phones_are_kept_as_e164() {
        let field = phone("phone", "Phone");
        for spelling in ["+1 202 555 0143", "+1 (202) 555-0143", "001 202 555 0143"] {
            assert_eq!(read(&field, json!(spelling)).unwrap(), json!("+12025550143"), "{spelling}");
        }
        assert_eq!(read(&field, json!("555 0143")), Err("bad_phone"));
    }

    #[test]
    fn mail_and_web_addresses_are_checked_and_tidied() {
        assert_eq!(read(&email("email", "E-mail"), json!(" Jane@Example.COM ")).unwrap(), json!("Jane@example.com"));
        for wrong in ["jane", "jane@", "@x.com", "a b@x.com", "jane@host", "a..b@x.com"] {
            assert_eq!(read(&email("email", "E-mail"), json!(wrong)), Err("bad_email"), "{wrong}");
        }
        assert_eq!(read(&url("website", "Website"), json!("acme.com")).unwrap(), json!("https://acme.com"));
        assert_eq!(read(&url("website", "Website"), json!("javascript://x")), Err("bad_url"));
    }

    #[test]
    fn local_times_are_in_the_writers_zone_and_daylight_saving_is_respected() {
        let field = datetime("at", "At");
        assert_eq!(read(&field, json!("2027-07-01T14:00")).unwrap(), json!("2027-07-01T12:00:00Z"));
        assert_eq!(read(&field, json!("2027-01-01T14:00:00+02:00")).unwrap(), json!("2027-01-01T12:00:00Z"));
        // 02:30 does not exist on the day the clocks go forward: it is an hour later.
        assert_eq!(read(&field, json!("2027-03-28T02:30")).unwrap(), json!("2027-03-28T01:30:00Z"));
        assert_eq!(read(&field, json!("soon")), Err("wrong_type"));
    }

    #[test]
    fn options_are_found_by_key_or_label_in_any_case() {
        let field = select("priority", "Priority", [("high", "Very high"), ("low", "Low")]);
        assert_eq!(read(&field, json!("HIGH")).unwrap(), json!("high"));
        assert_eq!(read(&field, json!("very high")).unwrap(), json!("high"));
        assert_eq!(read(&field, json!("middle")), Err("not_an_option"));
    }

    #[test]
    fn texts_are_trimmed_bounded_and_free_of_control_characters() {
        let field = text("name", "Name").at_most(5);
        assert_eq!(read(&field, json!("  ab  ")).unwrap(), json!("ab"));
        assert_eq!(read(&field, json!("   ")).unwrap(), Json::Null);
        assert_eq!(read(&field, json!("abcdef")), Err("too_long"));
        assert_eq!(read(&field, json!("a\u{0}b")), Err("wrong_type"));
        assert_eq!(read(&field, json!("a\nb")), Err("wrong_type"));
        assert_eq!(read(&field, json!(["a"])), Err("wrong_type"));
    }

    #[test]
    fn durations_are_iso_or_seconds() {
        assert_eq!(read(&duration("d", "D"), json!("PT1H30M")).unwrap(), json!("PT1H30M"));
        assert_eq!(read(&duration("d", "D"), json!(90)).unwrap(), json!("PT1M30S"));
    }
}
