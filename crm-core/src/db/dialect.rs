//! Everything that the two engines say differently. There is no other place.

use crate::schema::SqlType;

/// Which engine is underneath.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The embedded default.
    Sqlite,
    /// For many nodes.
    Postgres,
}

impl Engine {
    /// The value under `key` of a JSON object column, as a column type.
    pub(crate) fn json_get(self, column: &str, key: &str, as_type: SqlType) -> String {
        match (self, as_type) {
            (Self::Sqlite, SqlType::Json) => format!("({column} -> '{key}')"),
            (Self::Postgres, SqlType::Json) => format!("({column} -> '{key}')"),
            (Self::Sqlite, SqlType::Uuid) => format!("unhex(replace({column} ->> '{key}', '-', ''))"),
            (Self::Sqlite, other) => format!("cast({column} ->> '{key}' as {})", self.cast_name(other)),
            (Self::Postgres, other) => format!("({column} ->> '{key}')::{}", self.cast_name(other)),
        }
    }

    /// The name of a column type in a cast.
    pub(crate) fn cast_name(self, of: SqlType) -> &'static str {
        match (self, of) {
            (_, SqlType::Text) => "text",
            (Self::Sqlite, SqlType::Integer | SqlType::Boolean) => "integer",
            (Self::Sqlite, SqlType::Real) => "real",
            (Self::Postgres, SqlType::Integer) => "bigint",
            (Self::Postgres, SqlType::Real) => "double precision",
            (Self::Postgres, SqlType::Boolean) => "boolean",
            (_, SqlType::Uuid) => "uuid",
            (Self::Sqlite, SqlType::Json) => "text",
            (Self::Postgres, SqlType::Json) => "jsonb",
        }
    }

    /// An expression as another column type.
    pub(crate) fn cast(self, expression: &str, to: SqlType) -> String {
        format!("cast({expression} as {})", self.cast_name(to))
    }

    /// Whether a JSON array of texts has the element that the placeholder text `element` names.
    pub(crate) fn json_array_has(self, array: &str) -> (String, &'static str) {
        match self {
            Self::Sqlite => {
                (format!("exists (select 1 from json_each({array}) as element where element.value = "), ")")
            }
            Self::Postgres => (
                format!(
                    "exists (select 1 from jsonb_array_elements_text({array}) as element(value) where element.value = "
                ),
                ")",
            ),
        }
    }

    /// What stands before and after a JSON array of texts to make a table of its elements in the column `value`.
    pub(crate) fn elements(self, alias: &str) -> (&'static str, String) {
        match self {
            Self::Sqlite => ("json_each(", format!(") as {alias}")),
            Self::Postgres => ("jsonb_array_elements_text(", format!(") as {alias}(value)")),
        }
    }

    /// What joins to each row a table that is made from the row's own values; rows without any stay.
    pub(crate) fn left_join_own(self) -> &'static str {
        match self {
            Self::Sqlite => " left join ",
            Self::Postgres => " left join lateral ",
        }
    }

    /// What follows a computed text so that it is compared byte by byte, as the columns are.
    pub(crate) fn byte_order(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " collate \"C\"",
        }
    }

    /// What stands before a column so that no index on it is used. PostgreSQL knows how many rows a condition leaves,
    /// and needs no such word.
    pub(crate) fn no_index(self) -> &'static str {
        match self {
            Self::Sqlite => "+",
            Self::Postgres => "",
        }
    }

    /// Locks the rows that a statement reads until the end of the transaction. SQLite has one writer anyway.
    pub(crate) fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " for update",
        }
    }

    /// Locks rows that no one else has locked, and passes over the others.
    pub(crate) fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " for update skip locked",
        }
    }

    /// Whole days (towards the past) of a count of microseconds.
    pub(crate) fn floor_days(self, micros: &str) -> String {
        // Integer division truncates towards zero on both engines; shifting by a whole number of days far before
        // any date keeps it a floor.
        const SHIFT_DAYS: i64 = 4_000_000;
        const DAY: i64 = 86_400_000_000;
        format!("((({micros}) + {}) / {DAY} - {SHIFT_DAYS})", SHIFT_DAYS * DAY)
    }
}

/// What [`crate::expression`] needs.
impl Engine {
    /// A double (below 2^63) without its digits after the point.
    pub(crate) fn whole(self, double: &str) -> String {
        match self {
            Self::Sqlite => format!("cast(cast({double} as integer) as real)"),
            Self::Postgres => format!("trunc({double})"),
        }
    }

    /// A text that is compared byte by byte, and of which only ASCII letters change case.
    pub(crate) fn plain(self, text: &str) -> String {
        match self {
            Self::Sqlite => text.to_owned(),
            Self::Postgres => format!("({text} collate \"C\")"),
        }
    }

    /// A text with each character of `from` exchanged for the one of `to` in the same place.
    pub(crate) fn exchange(self, text: &str, from: &str, to: &str) -> String {
        match self {
            Self::Sqlite => from
                .chars()
                .zip(to.chars())
                .fold(text.to_owned(), |text, (from, to)| format!("replace({text},'{from}','{to}')")),
            Self::Postgres => format!("translate({text}, '{from}', '{to}')"),
        }
    }

    /// Where a text has a part: 0 if nowhere.
    pub(crate) fn position(self, text: &str, part: &str) -> String {
        match self {
            Self::Sqlite => format!("instr({text}, {part})"),
            Self::Postgres => format!("strpos({text}, {part})"),
        }
    }

    /// The least (or greatest) of several values that are not null.
    pub(crate) fn extreme(self, values: &[String], greatest: bool) -> String {
        let name = match (self, greatest) {
            (Self::Sqlite, false) => "min",
            (Self::Sqlite, true) => "max",
            (Self::Postgres, false) => "least",
            (Self::Postgres, true) => "greatest",
        };
        format!("{name}({})", values.join(", "))
    }

    /// The year, or the month from 1 to 12, of a count of days since 1970.
    pub(crate) fn calendar(self, days: &str, year: bool) -> String {
        match (self, year) {
            (Self::Sqlite, true) => format!("cast(strftime('%Y', ({days}) * 86400, 'unixepoch') as real)"),
            (Self::Sqlite, false) => format!("cast(strftime('%m', ({days}) * 86400, 'unixepoch') as real)"),
            (Self::Postgres, year) => {
                let part = if year { "year" } else { "month" };
                format!("cast(extract({part} from date '1970-01-01' + cast({days} as int)) as double precision)")
            }
        }
    }
}
