//! A field's value, typed, and its JSON form as every surface sees it.

use crate::money::Money;
use jiff::{SignedDuration, Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// The value of one field. An absent value and an empty text are both [`Value::Null`].
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// No value.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number, percentage or rating.
    Number(f64),
    /// A whole number that people count with (an auto-number), without its prefix.
    Integer(i64),
    /// An exact decimal number.
    Decimal(Decimal),
    /// Any kind of text, including select keys, e-mails and phones (E.164).
    Text(String),
    /// A calendar day.
    Date(Date),
    /// An instant in UTC, in microseconds.
    DateTime(Timestamp),
    /// A span of time in whole seconds.
    Duration(i64),
    /// An amount and its currency.
    Money(Money),
    /// The id of a record of the field's object.
    Id(Uuid),
    /// A record of any object.
    AnyId {
        /// The object's name.
        object: String,
        /// The record's id.
        id: Uuid,
    },
    /// The ids of a many-to-many field, in order.
    Ids(Vec<Uuid>),
    /// The keys of a multi-select field, in order.
    Keys(Vec<String>),
    /// An address, a location, free JSON.
    Json(Json),
}

impl Value {
    /// Whether there is no value.
    pub fn is_null(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Ids(ids) => ids.is_empty(),
            Self::Keys(keys) => keys.is_empty(),
            _ => false,
        }
    }

    /// The text of a textual value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The id of a reference.
    pub fn as_id(&self) -> Option<Uuid> {
        match self {
            Self::Id(id) | Self::AnyId { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// The number of a numeric value, money in major units.
    pub fn as_number(&self) -> Option<f64> {
        use rust_decimal::prelude::ToPrimitive;
        match self {
            Self::Number(n) => Some(*n),
            Self::Integer(n) | Self::Duration(n) => Some(*n as f64),
            Self::Decimal(n) => n.to_f64(),
            Self::Money(money) => money.amount().to_f64(),
            _ => None,
        }
    }

    /// The JSON form that REST, MCP, events and exports share.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Bool(b) => json!(b),
            Self::Number(n) => number(*n),
            Self::Integer(n) => json!(n),
            Self::Decimal(n) => json!(n.to_string()),
            Self::Text(text) => json!(text),
            Self::Date(date) => json!(date.to_string()),
            Self::DateTime(at) => json!(at.to_string()),
            Self::Duration(seconds) => json!(SignedDuration::from_secs(*seconds).to_string()),
            Self::Money(money) => json!({"amount": money.amount().to_string(), "currency": money.currency.code()}),
            Self::Id(id) => json!(id),
            Self::AnyId { object, id } => json!({"object": object, "id": id}),
            Self::Ids(ids) => json!(ids),
            Self::Keys(keys) => json!(keys),
            Self::Json(value) => value.clone(),
        }
    }
}

/// A number as JSON, whole numbers without a fraction.
pub(crate) fn number(n: f64) -> Json {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if n.fract() == 0.0 && n.abs() < EXACT { json!(n as i64) } else { json!(n) }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Null } else { Self::Text(text.to_owned()) }
    }
}
