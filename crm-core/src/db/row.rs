//! A row of either engine, read by position.

use crate::error::{Error, Result};
use crate::schema::{FieldType, ResultType, RollupMeasure};
use crate::value::Value;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rust_decimal::Decimal;
use serde_json::Value as Json;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use std::sync::Arc;
use uuid::Uuid;

/// One row of a result.
#[derive(Clone)]
pub(crate) enum Row {
    Sqlite(Box<[rusqlite::types::Value]>),
    Postgres(Arc<PgRow>),
}

macro_rules! getter {
    ($name:ident, $type:ty, $read:expr) => {
        pub(crate) fn $name(&self, i: usize) -> Result<Option<$type>> {
            match self {
                Self::Sqlite(row) => stored(row.get(i), $read).map_err(|error| defect(i, error)),
                Self::Postgres(row) => row.try_get(i).map_err(|error| defect(i, error)),
            }
        }
    };
}

impl Row {
    getter!(text, String, String::column_result);
    getter!(integer, i64, i64::column_result);
    getter!(real, f64, f64::column_result);
    getter!(boolean, bool, bool::column_result);
    getter!(uuid, Uuid, |value| Uuid::from_slice(value.as_blob()?).map_err(FromSqlError::other));
    getter!(json, Json, |value| serde_json::from_str(value.as_str()?).map_err(FromSqlError::other));

    /// The whole number of a column that is never null.
    pub(crate) fn int(&self, i: usize) -> Result<i64> {
        self.integer(i)?.ok_or_else(|| Error::internal(format!("column {i} is null")))
    }

    /// The text of a column; empty when null.
    pub(crate) fn string(&self, i: usize) -> Result<String> {
        Ok(self.text(i)?.unwrap_or_default())
    }

    /// The id of a column that is never null.
    pub(crate) fn id(&self, i: usize) -> Result<Uuid> {
        self.uuid(i)?.ok_or_else(|| Error::internal(format!("column {i} is null")))
    }

    /// The instant of a column of microseconds.
    pub(crate) fn instant(&self, i: usize) -> Result<Option<jiff::Timestamp>> {
        let Some(micros) = self.integer(i)? else { return Ok(None) };
        jiff::Timestamp::from_microsecond(micros).map(Some).map_err(|_| Error::internal("instant out of range"))
    }

    /// The value of a field of this type, read from column `i` (and `i + 1` where the type has a companion that is
    /// read: a currency or an object).
    pub(crate) fn cell(&self, i: usize, kind: &FieldType) -> Result<Value> {
        Ok(match kind {
            FieldType::Number | FieldType::Percent | FieldType::Rating => optional(self.real(i)?, Value::Number),
            FieldType::Decimal { scale } => {
                optional(self.integer(i)?, |n| Value::Decimal(Decimal::new(n, *scale).normalize()))
            }
            FieldType::Money => money(self.integer(i)?, self.text(i + 1)?),
            FieldType::Boolean => optional(self.boolean(i)?, Value::Bool),
            FieldType::Date => self.integer(i)?.and_then(super::sql::date_of).map_or(Value::Null, Value::Date),
            FieldType::DateTime => optional(self.instant(i)?, Value::DateTime),
            FieldType::Duration => optional(self.integer(i)?, Value::Duration),
            FieldType::AutoNumber { .. } => optional(self.integer(i)?, Value::Integer),
            FieldType::Reference { .. } | FieldType::File => optional(self.uuid(i)?, Value::Id),
            FieldType::AnyReference => match (self.uuid(i)?, self.text(i + 1)?) {
                (Some(id), Some(object)) => Value::AnyId { object, id },
                _ => Value::Null,
            },
            FieldType::MultiSelect { .. } => match self.json(i)? {
                Some(Json::Array(keys)) => {
                    Value::Keys(keys.iter().filter_map(|key| key.as_str().map(String::from)).collect())
                }
                _ => Value::Null,
            },
            FieldType::Address | FieldType::Location | FieldType::Json => optional(self.json(i)?, Value::Json),
            FieldType::Formula { result_type, .. } => match result_type {
                ResultType::Number => optional(self.real(i)?, Value::Number),
                ResultType::Text => optional(self.text(i)?, Value::Text),
                ResultType::Boolean => optional(self.boolean(i)?, Value::Bool),
                ResultType::Date => self.cell(i, &FieldType::Date)?,
            },
            FieldType::Rollup { rollup } if rollup.measure == RollupMeasure::Count => {
                optional(self.integer(i)?, |n| Value::Number(n as f64))
            }
            FieldType::Rollup { .. } => optional(self.real(i)?, Value::Number),
            FieldType::References { .. } => Value::Null,
            FieldType::Text
            | FieldType::LongText
            | FieldType::RichText
            | FieldType::Select { .. }
            | FieldType::Email
            | FieldType::Phone
            | FieldType::Url => optional(self.text(i)?, Value::Text),
        })
    }
}

/// A value of SQLite, read by its type; none if it is null.
fn stored<T>(
    value: Option<&rusqlite::types::Value>,
    read: impl Fn(ValueRef<'_>) -> FromSqlResult<T>,
) -> FromSqlResult<Option<T>> {
    match value {
        None => Err(FromSqlError::OutOfRange(0)),
        Some(rusqlite::types::Value::Null) => Ok(None),
        Some(value) => read(value.into()).map(Some),
    }
}

fn defect(column: usize, error: impl std::fmt::Display) -> Error {
    Error::internal(format!("column {column}: {error}"))
}

fn optional<T>(value: Option<T>, make: impl Fn(T) -> Value) -> Value {
    value.map_or(Value::Null, make)
}

fn money(minor: Option<i64>, currency: Option<String>) -> Value {
    match (minor, currency.as_deref().and_then(crate::money::Currency::parse)) {
        (Some(minor), Some(currency)) => Value::Money(crate::money::Money { minor, currency }),
        _ => Value::Null,
    }
}
