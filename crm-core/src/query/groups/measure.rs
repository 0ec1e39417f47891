//! What is measured of a group.

use crate::db::{Row, Sql, date_of};
use crate::error::{Error, FieldError, Result};
use crate::money::{Currency, Money};
use crate::query::Measure;
use crate::query::compile::{Source, Term, check};
use crate::schema::{FieldType, SqlType};
use crate::value::Value;
use jiff::Timestamp;
use rust_decimal::Decimal;

/// How a measure is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Count,
    Distinct,
    Sum,
    /// Of doubles.
    Mean,
    /// Of whole numbers: their sum and how many they are, so that the mean can be rounded exactly.
    WholeMean,
    Min,
    Max,
    Median,
    Ratio,
}

/// A measure. In the statement its inputs are `a0`, `b0` and the currency `c0`, its outputs `m0`, `n0` and the least
/// and the greatest currency, `x0` and `y0`.
pub(super) struct Measured {
    position: usize,
    how: How,
    /// The type of the value it is taken of.
    kind: FieldType,
    key_type: SqlType,
    first: Option<Sql>,
    second: Option<Sql>,
    currency: Option<Sql>,
    /// The engine's names of a double and a whole number in a cast.
    double: &'static str,
    whole: &'static str,
}

impl Measured {
    pub(super) fn new(source: &mut Source<'_>, measure: &Measure, position: usize) -> Result<Self> {
        let engine = source.context().engine;
        let empty = Self {
            position,
            how: How::Count,
            kind: FieldType::Number,
            key_type: SqlType::Integer,
            first: None,
            second: None,
            currency: None,
            double: engine.cast_name(SqlType::Real),
            whole: engine.cast_name(SqlType::Integer),
        };
        let at = format!("measures[{position}].field");
        let (how, field) = match measure {
            Measure::Count => return Ok(empty),
            Measure::Ratio { of, to } => {
                let (first, second) = (counted(source, of, position, "of")?, counted(source, to, position, "to")?);
                return Ok(Self { how: How::Ratio, first: Some(first), second: Some(second), ..empty });
            }
            Measure::CountDistinct { field } => (How::Distinct, field),
            Measure::Sum { field } => (How::Sum, field),
            Measure::Avg { field } => (How::Mean, field),
            Measure::Min { field } => (How::Min, field),
            Measure::Max { field } => (How::Max, field),
            Measure::Median { field } => (How::Median, field),
        };
        let term = source.term(field, &at)?;
        if !how.applies_to(&term) {
            let text = format!("This measure does not apply to `{field}`, which is of type {}.", term.kind.name());
            return Err(FieldError::new(at, "not_measurable", text).value(&field.as_str().into()).into());
        }
        let how = if how == How::Mean && term.key_type == SqlType::Integer { How::WholeMean } else { how };
        let (first, currency) = match (how, term.companion) {
            (How::Distinct, Some(companion)) if matches!(term.kind, FieldType::Money) => {
                let mut sql = Sql::new("(cast(");
                sql.append(term.key).text(" as text) || ").append(companion).text(")");
                (sql, None)
            }
            (How::Distinct, _) => (term.key, None),
            (_, companion) => (term.key, companion),
        };
        Ok(Self { how, kind: term.kind, key_type: term.key_type, first: Some(first), currency, ..empty })
    }

    pub(super) fn inputs(&self) -> Vec<Sql> {
        let named = |(sql, letter): (&Option<Sql>, char)| {
            let mut sql = sql.clone()?;
            sql.text(&format!(" as {letter}{}", self.position));
            Some(sql)
        };
        [(&self.first, 'a'), (&self.second, 'b'), (&self.currency, 'c')].into_iter().filter_map(named).collect()
    }

    /// Whether its values must be ranked within their group.
    pub(super) fn is_ranked(&self) -> bool {
        self.how == How::Median
    }

    /// The rank of each value among the values of its group (`r`), and how many these are (`s`).
    pub(super) fn rank(&self, within: &str) -> Option<String> {
        let i = self.position;
        self.is_ranked().then(|| {
            format!(
                "row_number() over ({within} order by a{i} nulls last) as r{i}, count(a{i}) over ({within}) as s{i}"
            )
        })
    }

    /// The expressions over the rows of a group, by the names of [`Measured::names`].
    pub(super) fn outputs(&self) -> Vec<String> {
        let (i, double, whole) = (self.position, self.double, self.whole);
        // The sum of whole numbers has another type on PostgreSQL.
        let sum = || match self.key_type {
            SqlType::Integer => format!("cast(sum(a{i}) as {whole})"),
            _ => format!("sum(a{i})"),
        };
        let middle = format!("case when r{i} in ((s{i} + 1) / 2, (s{i} + 2) / 2) then a{i} end");
        let values = match self.how {
            How::Count => vec!["count(*)".into()],
            How::Distinct => vec![format!("count(distinct a{i})")],
            How::Sum => vec![sum()],
            How::Mean => vec![format!("avg(a{i})")],
            How::WholeMean => vec![sum(), format!("count(a{i})")],
            How::Min => vec![format!("min(a{i})")],
            How::Max => vec![format!("max(a{i})")],
            How::Median => vec![format!("min({middle})"), format!("max({middle})")],
            How::Ratio => {
                vec![format!("100.0 * cast(sum(a{i}) as {double}) / nullif(cast(sum(b{i}) as {double}), 0)")]
            }
        };
        let currencies = self.currency.iter().flat_map(|_| [format!("min(c{i})"), format!("max(c{i})")]);
        let values = values.into_iter().chain(currencies).zip(self.names());
        values.map(|(value, name)| format!("{value} as {name}")).collect()
    }

    pub(super) fn names(&self) -> Vec<String> {
        let values: &[char] = match self.how {
            How::WholeMean | How::Median => &['m', 'n'],
            _ => &['m'],
        };
        let currencies: &[char] = if self.currency.is_some() { &['x', 'y'] } else { &[] };
        values.iter().chain(currencies).map(|letter| format!("{letter}{}", self.position)).collect()
    }

    /// What groups are sorted by, in terms of the outputs; null where the value is.
    pub(super) fn size(&self) -> String {
        let (i, double) = (self.position, self.double);
        let size = match self.how {
            How::WholeMean => format!("cast(m{i} as {double}) / nullif(n{i}, 0)"),
            How::Median => format!("(cast(m{i} as {double}) + n{i}) / 2.0"),
            _ => format!("m{i}"),
        };
        if self.currency.is_some() { format!("case when x{i} = y{i} then {size} end") } else { size }
    }

    /// The value, from the columns that begin at `column`, and whether there is none because of several currencies.
    pub(super) fn read(&self, row: &Row, column: &mut usize) -> Result<(Value, bool)> {
        let i = *column;
        let width = self.names().len();
        *column += width;
        match self.how {
            How::Count | How::Distinct => return Ok((Value::Integer(row.int(i)?), false)),
            How::Ratio | How::Mean => return Ok((real(row.real(i)?), false)),
            _ if self.key_type == SqlType::Real => {
                let values =
                    if self.how == How::Median { (row.real(i)?, row.real(i + 1)?) } else { (row.real(i)?, None) };
                return Ok((real(mean_of(values)), false));
            }
            _ => {}
        }
        let currency = match self.currency {
            Some(_) => match (row.text(i + width - 2)?, row.text(i + width - 1)?) {
                (Some(least), Some(greatest)) if least == greatest => Currency::parse(&least),
                (least, _) => return Ok((Value::Null, least.is_some())),
            },
            None => None,
        };
        let Some(first) = row.integer(i)? else { return Ok((Value::Null, false)) };
        let (sum, count) = match self.how {
            How::WholeMean => (i128::from(first), row.int(i + 1)?),
            How::Median => (i128::from(first) + i128::from(row.int(i + 1)?), 2),
            _ => (i128::from(first), 1),
        };
        Ok((self.whole_value(sum, i128::from(count), currency)?, false))
    }

    /// The value whose stored whole number is `sum / count`.
    fn whole_value(&self, sum: i128, count: i128, currency: Option<Currency>) -> Result<Value> {
        if let FieldType::Decimal { scale } = self.kind {
            // A mean may need more digits than the values have.
            const MORE_DIGITS: u32 = 4;
            let of = |n: i128, scale: u32| {
                Decimal::try_from_i128_with_scale(n, scale).map_err(|_| Error::internal("a sum is out of range"))
            };
            let mean = (of(sum, scale)? / of(count.max(1), 0)?).round_dp(scale + MORE_DIGITS);
            return Ok(Value::Decimal(mean.normalize()));
        }
        let whole = half_even(sum, count.max(1)).ok_or_else(|| Error::internal("a sum is out of range"))?;
        Ok(match self.kind {
            FieldType::Money => currency.map_or(Value::Null, |currency| Value::Money(Money { minor: whole, currency })),
            FieldType::Duration => Value::Duration(whole),
            FieldType::Date => date_of(whole).map_or(Value::Null, Value::Date),
            FieldType::DateTime => Timestamp::from_microsecond(whole).map_or(Value::Null, Value::DateTime),
            _ => Value::Integer(whole),
        })
    }
}

impl How {
    fn applies_to(self, term: &Term) -> bool {
        let kind = &term.kind;
        let number = matches!(
            kind,
            FieldType::Number
                | FieldType::Percent
                | FieldType::Rating
                | FieldType::Decimal { .. }
                | FieldType::Money
                | FieldType::Duration
        );
        let ordered = matches!(kind, FieldType::Date | FieldType::DateTime | FieldType::AutoNumber { .. });
        match self {
            Self::Distinct => term.key_type != SqlType::Json && !matches!(kind, FieldType::References { .. }),
            Self::Min | Self::Max => number || ordered,
            _ => number,
        }
    }
}

/// 1 for the records that match, else 0.
fn counted(source: &mut Source<'_>, filter: &crate::query::Filter, position: usize, part: &str) -> Result<Sql> {
    let at = format!("measures[{position}].{part}");
    check(filter, &at)?;
    let mut sql = Sql::new("case when ");
    sql.append(source.condition(filter, &at)?).text(" then 1 else 0 end");
    Ok(sql)
}

fn real(value: Option<f64>) -> Value {
    value.map_or(Value::Null, Value::Number)
}

fn mean_of((low, high): (Option<f64>, Option<f64>)) -> Option<f64> {
    match (low, high) {
        (Some(low), Some(high)) => Some(low / 2.0 + high / 2.0),
        (low, _) => low,
    }
}

/// The whole number nearest to a quotient; of two equally near ones the even one. `count` is positive.
fn half_even(sum: i128, count: i128) -> Option<i64> {
    let (floor, rest) = (sum.div_euclid(count), sum.rem_euclid(count));
    let up = match (2 * rest).cmp(&count) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => floor % 2 != 0,
        std::cmp::Ordering::Greater => true,
    };
    i64::try_from(floor + i128::from(up)).ok()
}

#[cfg(test)]
mod tests {
    use super::half_even;

    #[test]
    fn quotients_are_rounded_to_the_even_neighbour() {
        for (sum, count, rounded) in
            [(5, 2, 2), (7, 2, 4), (-5, 2, -2), (-7, 2, -4), (10, 3, 3), (11, 3, 4), (-10, 3, -3), (0, 1, 0)]
        {
            assert_eq!(half_even(sum, count), Some(rounded), "{sum}/{count}");
        }
        assert_eq!(half_even(i128::from(i64::MAX) * 2, 1), None);
    }
}
