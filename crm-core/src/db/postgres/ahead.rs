//! What a transaction knows before the server does: rows that it inserts, numbers that it counts.
//!
//! Nothing waits for the answer to an insert. So rows are kept until a statement names their table, or until the
//! commit: those of several records, and of several jobs in one transaction, then go in one statement. A counter is
//! locked once, counted here, and written once.

use super::super::{Bind, Counter, Engine, Sql, failure};
use crate::error::Result;
use sqlx::postgres::PgArguments;
use sqlx::{Arguments, Error};

/// What the server is still to be told.
#[derive(Default)]
pub(super) struct Ahead {
    rows: Vec<Rows>,
    counters: Vec<Counted>,
}

/// Rows of a table that have values in the same columns.
struct Rows {
    table: String,
    columns: Vec<String>,
    rows: Vec<Vec<Bind>>,
}

/// A counter that this transaction has locked.
struct Counted {
    counter: Counter,
    last: i64,
    is_told: bool,
}

/// A statement that tells the server several things.
#[derive(Default)]
pub(super) struct Telling {
    parts: Vec<String>,
    values: PgArguments,
}

/// How many things go in one statement. Most transactions have no more; the rest would each be a statement of their own
/// making.
const TOGETHER: usize = 4;

impl Ahead {
    pub(super) fn insert(&mut self, table: &str, columns: Vec<String>, rows: Vec<Vec<Bind>>) {
        let same = self.rows.iter_mut().find(|known| known.table == table && known.columns == columns);
        match same {
            Some(known) => known.rows.extend(rows),
            None => self.rows.push(Rows { table: table.to_owned(), columns, rows }),
        }
    }

    /// The last number of a counter, if it is locked.
    pub(super) fn last(&self, counter: &Counter) -> Option<i64> {
        Some(self.counters.iter().find(|counted| counted.counter.name == counter.name)?.last)
    }

    /// Remembers the last number of a counter; `is_told` if it is what the server has.
    pub(super) fn count(&mut self, counter: Counter, last: i64, is_told: bool) {
        self.counters.retain(|counted| counted.counter.name != counter.name);
        self.counters.push(Counted { counter, last, is_told });
    }

    /// Takes over what somebody else had to tell.
    pub(super) fn absorb(&mut self, other: Self) {
        other.rows.into_iter().for_each(|rows| self.insert(&rows.table, rows.columns, rows.rows));
        other.counters.into_iter().for_each(|counted| self.count(counted.counter, counted.last, counted.is_told));
    }

    /// What must be told of the tables that are named.
    pub(super) fn tell(&mut self, named: impl Fn(&str) -> bool) -> Result<Vec<Telling>> {
        let mut telling = vec![Telling::default()];
        for rows in self.rows.extract_if(.., |rows| named(&rows.table)) {
            rows.write(room(&mut telling))?;
        }
        for counted in self.counters.iter_mut().filter(|counted| !counted.is_told && named(counted.counter.table)) {
            counted.is_told = true;
            room(&mut telling).add((counted.counter.set)(counted.last))?;
        }
        telling.retain(|telling| !telling.parts.is_empty());
        Ok(telling)
    }
}

/// The last of the statements, or a new one if it is full.
fn room(telling: &mut Vec<Telling>) -> &mut Telling {
    if telling.last().is_none_or(|last| last.parts.len() == TOGETHER) {
        telling.push(Telling::default());
    }
    let last = telling.len() - 1;
    &mut telling[last]
}

impl Telling {
    fn add(&mut self, sql: Sql) -> Result<()> {
        let (text, binds) = sql.render_after(Engine::Postgres, self.values.len());
        for bind in binds {
            match bind {
                Bind::Text(value) => self.values.add(value),
                Bind::Integer(value) => self.values.add(value),
                Bind::Real(value) => self.values.add(value),
                Bind::Boolean(value) => self.values.add(value),
                Bind::Uuid(value) => self.values.add(value),
                Bind::Json(value) => self.values.add(value),
            }
            .map_err(not_encoded)?;
        }
        self.parts.push(text);
        Ok(())
    }

    pub(super) fn finish(self) -> (String, PgArguments) {
        let (mut text, count) = (String::new(), self.parts.len());
        for (i, part) in self.parts.iter().enumerate() {
            match i + 1 < count {
                true => text.push_str(&format!("{} part_{i} as ({part})", if i == 0 { "with" } else { "," })),
                false => text.push_str(&format!("{}{part}", if i == 0 { "" } else { " " })),
            }
        }
        (text, self.values)
    }
}

fn not_encoded(error: sqlx::error::BoxDynError) -> crate::Error {
    failure(Error::Encode(error))
}

impl Rows {
    /// One text for any number of rows: each column is an array.
    fn write(self, telling: &mut Telling) -> Result<()> {
        let mut columns: Vec<Vec<Bind>> = self.columns.iter().map(|_| Vec::with_capacity(self.rows.len())).collect();
        for row in self.rows {
            columns.iter_mut().zip(row).for_each(|(column, bind)| column.push(bind));
        }
        let mut arrays = Vec::with_capacity(columns.len());
        for column in columns {
            let of = add_array(&mut telling.values, column)?;
            arrays.push(format!("${}::{of}[]", telling.values.len()));
        }
        let (table, columns, arrays) = (self.table, self.columns.join(", "), arrays.join(", "));
        telling.parts.push(format!("insert into {table} ({columns}) select * from unnest({arrays})"));
        Ok(())
    }
}

/// Adds the values of a column, which are all of one type, and names the type.
fn add_array(values: &mut PgArguments, column: Vec<Bind>) -> Result<&'static str> {
    macro_rules! array {
        ($variant:ident, $name:literal) => {{
            let array: Vec<_> =
                column.into_iter().map(|bind| if let Bind::$variant(value) = bind { value } else { None }).collect();
            values.add(array).map_err(not_encoded)?;
            Ok($name)
        }};
    }
    match column.first() {
        Some(Bind::Integer(_)) => array!(Integer, "bigint"),
        Some(Bind::Real(_)) => array!(Real, "double precision"),
        Some(Bind::Boolean(_)) => array!(Boolean, "boolean"),
        Some(Bind::Uuid(_)) => array!(Uuid, "uuid"),
        Some(Bind::Json(_)) => array!(Json, "jsonb"),
        Some(Bind::Text(_)) | None => array!(Text, "text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(ahead: &mut Ahead, before: Option<&'static str>) -> Vec<String> {
        let told = ahead.tell(|table| before.is_none_or(|text| Sql::new(text).names(table))).unwrap().into_iter();
        told.map(|telling| telling.finish().0).collect()
    }

    #[test]
    fn everything_goes_in_one_statement_and_rows_with_the_same_columns_in_one_part() {
        let mut ahead = Ahead::default();
        for name in ["a", "b"] {
            ahead.insert("deal", vec!["id".into(), "name".into()], vec![vec![1.into(), name.into()]]);
        }
        ahead.insert("deal", vec!["id".into()], vec![vec![3.into()]]);
        assert_eq!(
            texts(&mut ahead, None),
            ["with part_0 as (insert into deal (id, name) select * from unnest($1::bigint[], $2::text[])) \
                 insert into deal (id) select * from unnest($3::bigint[])"]
        );
        assert!(texts(&mut ahead, None).is_empty(), "they are told once");
    }

    #[test]
    fn a_statement_hears_first_of_the_tables_that_it_names_and_of_no_others() {
        let mut ahead = Ahead::default();
        ahead.insert("deal", vec!["id".into()], vec![vec![1.into()]]);
        ahead.insert("event", vec!["id".into()], vec![vec![1.into()]]);
        assert!(texts(&mut ahead, Some("select s.id from stage s")).is_empty());
        assert_eq!(texts(&mut ahead, Some("select d.id from deal d")).len(), 1);
        assert_eq!(texts(&mut ahead, None).len(), 1);
    }

    #[test]
    fn a_counter_is_written_once_with_its_last_number() {
        let counter = || {
            Counter::new("n", "counter", Sql::new("select 1"), |last| {
                let mut sql = Sql::new("update counter set last = ");
                sql.text(&last.to_string());
                sql
            })
        };
        let mut ahead = Ahead::default();
        ahead.count(counter(), 7, true);
        assert!(texts(&mut ahead, None).is_empty());
        ahead.count(counter(), 8, false);
        ahead.count(counter(), 9, false);
        assert_eq!(ahead.last(&counter()), Some(9));
        assert_eq!(texts(&mut ahead, None), ["update counter set last = 9"]);
        assert!(texts(&mut ahead, None).is_empty());
    }
}
