//! A statement as a value: text with numbered placeholders, and the values bound to them.

use super::Engine;
use crate::schema::SqlType;
use crate::value::Value;
use serde_json::Value as Json;
use std::fmt::Write;
use uuid::Uuid;

/// A bound value, typed even when null (PostgreSQL needs the type).
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Bind {
    Text(Option<String>),
    Integer(Option<i64>),
    Real(Option<f64>),
    Boolean(Option<bool>),
    Uuid(Option<Uuid>),
    Json(Option<Json>),
}

impl Bind {
    /// The null of a column type.
    pub(crate) fn null(of: SqlType) -> Self {
        match of {
            SqlType::Text => Self::Text(None),
            SqlType::Integer => Self::Integer(None),
            SqlType::Real => Self::Real(None),
            SqlType::Boolean => Self::Boolean(None),
            SqlType::Uuid => Self::Uuid(None),
            SqlType::Json => Self::Json(None),
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(
            self,
            Self::Text(None)
                | Self::Integer(None)
                | Self::Real(None)
                | Self::Boolean(None)
                | Self::Uuid(None)
                | Self::Json(None)
        )
    }

    /// The bind of a value as its column keeps it.
    pub(crate) fn value(value: &Value, of: SqlType) -> Self {
        match (value, of) {
            (Value::Bool(b), SqlType::Boolean) => Self::Boolean(Some(*b)),
            (Value::Number(n), SqlType::Real) => Self::Real(Some(*n)),
            (Value::Text(text), SqlType::Text) => Self::Text(Some(text.clone())),
            (Value::Id(id) | Value::AnyId { id, .. }, SqlType::Uuid) => Self::Uuid(Some(*id)),
            (Value::Keys(keys), SqlType::Json) if !keys.is_empty() => Self::Json(Some(keys.as_slice().into())),
            (Value::Json(json), SqlType::Json) => Self::Json(Some(json.clone())),
            (value, SqlType::Integer) => Self::Integer(stored_integer(value)),
            _ => Self::null(of),
        }
    }
}

/// The whole number that a value is stored as: days or microseconds since 1970, seconds, minor or scaled units.
pub(crate) fn stored_integer(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(n) | Value::Duration(n) => Some(*n),
        Value::Date(date) => Some(days(*date)),
        Value::DateTime(at) => Some(at.as_microsecond()),
        Value::Money(money) => Some(money.minor),
        Value::Decimal(decimal) => i64::try_from(decimal.mantissa()).ok(),
        _ => None,
    }
}

/// Days since 1970-01-01.
pub(crate) fn days(date: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    date.duration_since(epoch).as_hours() / 24
}

/// The date that is so many days after 1970-01-01.
pub(crate) fn date_of(days: i64) -> Option<jiff::civil::Date> {
    let span = jiff::Span::new().try_days(days).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(span).ok()
}

macro_rules! into_bind {
    ($($from:ty => $variant:ident($convert:expr);)*) => {
        $(impl From<$from> for Bind {
            fn from(value: $from) -> Self {
                #[allow(clippy::redundant_closure_call, clippy::allow_attributes)]
                Self::$variant(($convert)(value))
            }
        })*
    };
}

into_bind! {
    &str => Text(|v: &str| Some(v.to_owned()));
    String => Text(Some);
    Option<String> => Text(|v| v);
    i64 => Integer(Some);
    Option<i64> => Integer(|v| v);
    f64 => Real(Some);
    bool => Boolean(Some);
    Uuid => Uuid(Some);
    Option<Uuid> => Uuid(|v| v);
    crate::TenantId => Uuid(|v: crate::TenantId| Some(v.0));
    Json => Json(Some);
    Option<Json> => Json(|v| v);
    jiff::Timestamp => Integer(|v: jiff::Timestamp| Some(v.as_microsecond()));
    Option<jiff::Timestamp> => Integer(|v: Option<jiff::Timestamp>| v.map(|at| at.as_microsecond()));
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    Bind(Bind),
}

/// A statement being built. Only literals of this crate and names of definitions ever become text; every value is
/// bound.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sql {
    parts: Vec<Part>,
    /// Whether PostgreSQL shall plan it anew each time: what is best depends on the values, or on the moment.
    pub(crate) dynamic: bool,
}

impl Sql {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { parts: vec![Part::Text(text.into())], dynamic: false }
    }

    /// A fixed statement whose `?` stand for `binds`, in order.
    pub(crate) fn fixed<const N: usize>(text: &'static str, binds: [Bind; N]) -> Self {
        let mut sql = Self::default();
        let mut binds = binds.into_iter();
        for (i, piece) in text.split('?').enumerate() {
            if i > 0
                && let Some(bind) = binds.next()
            {
                sql.parts.push(Part::Bind(bind));
            }
            sql.text(piece);
        }
        sql
    }

    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        match self.parts.last_mut() {
            Some(Part::Text(last)) => last.push_str(text),
            _ => self.parts.push(Part::Text(text.to_owned())),
        }
        self
    }

    pub(crate) fn bind(&mut self, bind: impl Into<Bind>) -> &mut Self {
        self.parts.push(Part::Bind(bind.into()));
        self
    }

    pub(crate) fn append(&mut self, other: Sql) -> &mut Self {
        for part in other.parts {
            match part {
                Part::Text(text) => self.text(&text),
                Part::Bind(bind) => self.bind(bind),
            };
        }
        self
    }

    /// Appends each of `items` with `between` in between.
    pub(crate) fn join(&mut self, items: impl IntoIterator<Item = Sql>, between: &str) -> &mut Self {
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                self.text(between);
            }
            self.append(item);
        }
        self
    }

    /// Whether the text has this name in it, not as a part of another. A statement has nothing to do with tables that it
    /// does not name.
    pub(super) fn names(&self, name: &str) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Text(text) if has_name(text, name)))
    }

    /// Whether it changes and locks nothing, for certain.
    pub(super) fn only_reads(&self) -> bool {
        matches!(self.parts.first(), Some(Part::Text(text)) if text.starts_with("select ")) && !self.names("for update")
    }

    /// The text with the engine's placeholders, and the binds. SQLite looks up each numbered one among all others, so
    /// there they go without.
    pub(crate) fn render(self, engine: Engine) -> (String, Vec<Bind>) {
        self.render_after(engine, 0)
    }

    /// The same as a part of a statement that has `count` placeholders already.
    pub(super) fn render_after(self, engine: Engine, count: usize) -> (String, Vec<Bind>) {
        let mut text = String::new();
        let mut binds = Vec::new();
        for part in self.parts {
            match part {
                Part::Text(piece) => text.push_str(&piece),
                Part::Bind(bind) => {
                    binds.push(bind);
                    match engine {
                        Engine::Sqlite => text.push('?'),
                        Engine::Postgres => drop(write!(text, "${}", count + binds.len())),
                    }
                }
            }
        }
        (text, binds)
    }
}

fn has_name(text: &str, name: &str) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| c != '_' && !c.is_ascii_alphanumeric());
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + name.len()..).unwrap_or_default());
        ends(before.chars().next_back()) && ends(after.chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_named_by_its_whole_name() {
        let names = |text: &'static str, name| Sql::new(text).names(name);
        assert!(names("update message set body = ", "message"));
        assert!(names("select v.id from visitor_token t join visitor v on true", "visitor"));
        assert!(!names("update conversation set last_message_at = ", "message"));
        assert!(!names("select r.visitor_id from conversation r", "visitor"));
        assert!(!names("select 1 from visitor_token", "visitor"));
    }

    #[test]
    fn placeholders_stand_in_the_order_of_their_values() {
        let mut sql = Sql::fixed("select ? where a = ?", [1.into(), "x".into()]);
        sql.append(Sql::fixed(" and b = ?", [true.into()]));
        assert_eq!(sql.clone().render(Engine::Sqlite).0, "select ? where a = ? and b = ?");
        let (text, binds) = sql.render(Engine::Postgres);
        assert_eq!(text, "select $1 where a = $2 and b = $3");
        assert_eq!(binds, [Bind::from(1), "x".into(), true.into()]);
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for day in [-719_528, -1, 0, 59, 60, 17_531] {
            assert_eq!(days(date_of(day).unwrap()), day);
        }
    }
}
