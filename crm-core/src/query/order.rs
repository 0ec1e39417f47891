//! The order of a list, in phases that an index serves.
//!
//! Empty values come last, on both engines alike. Where an index of the table has the first sort key, the list is
//! read in phases, first the records with a value in the plain order of the index, then those without. A select field
//! is in the order of its options: one phase each. A page may need several phases; its cursor says in which it ended.

use super::Sort;
use super::compile::{Source, Term};
use super::cursor::Cursor;
use crate::db::{Bind, Sql};
use crate::error::{FieldError, Result};
use crate::schema::{FieldDef, FieldType, SqlType};
use std::sync::Arc;
use uuid::Uuid;

/// How many sort keys a list may have.
const KEYS: usize = 3;

/// The order of a list.
#[derive(Debug)]
pub(super) struct Order {
    phases: Vec<Phase>,
    /// The field whose index has the order.
    index: Option<Arc<FieldDef>>,
}

/// A part of a list, in an order of its own.
#[derive(Debug)]
pub(super) struct Phase {
    /// Which records are in it, as ` and …`; empty for all.
    pub(super) condition: Sql,
    pub(super) keys: Vec<Key>,
    /// The id as SQL.
    id: String,
    /// Ties go by id in the direction of the first key, which is how an index has them.
    descending: bool,
}

/// A sort key.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) sql: Sql,
    pub(super) of: SqlType,
    descending: bool,
    nullable: bool,
}

impl Order {
    /// Reads the sort keys; `at` is their place in the input. If the source is to leave indexes alone, no index gives
    /// the order; its phases are the same then.
    pub(super) fn of(source: &mut Source<'_>, sort: &[Sort], at: &str) -> Result<Self> {
        if sort.len() > KEYS {
            let text = format!("A list may be sorted by {KEYS} fields at most.");
            return Err(FieldError::new(at, "too_large", text).into());
        }
        let terms = sort
            .iter()
            .enumerate()
            .map(|(i, sort)| Ok((sortable(source, &sort.field, &format!("{at}[{i}].field"))?, sort.descending)))
            .collect::<Result<Vec<_>>>()?;
        let id =
            if source.without_index { format!("{}t.id", source.context().engine.no_index()) } else { "t.id".into() };
        let whole = |keys, descending| Phase { condition: Sql::default(), keys, id: id.clone(), descending };
        let Some(((first, descending), rest)) = terms.split_first() else {
            // The newest first.
            return Ok(Self { phases: vec![whole(Vec::new(), true)], index: None });
        };
        let rest: Vec<Key> = rest.iter().map(|(term, descending)| Key::of(source, term, *descending)).collect();
        let key = Key::of(source, first, *descending);
        if !first.indexed {
            let keys = std::iter::once(key).chain(rest).collect();
            return Ok(Self { phases: vec![whole(keys, *descending)], index: None });
        }
        Ok(Self { phases: phases(first, key, &rest, &id), index: Some(first.field.clone()) })
    }

    pub(super) fn is_indexed(&self) -> bool {
        self.index.is_some()
    }

    pub(super) fn is_by_index_of(&self, field: &FieldDef) -> bool {
        self.index.as_ref().is_some_and(|index| index.id == field.id)
    }

    pub(super) fn phases(&self) -> &[Phase] {
        &self.phases
    }

    /// The types of the keys that a cursor of a phase has.
    pub(super) fn types(&self, phase: usize) -> Option<Vec<SqlType>> {
        Some(self.phases.get(phase)?.keys.iter().map(|key| key.of).collect())
    }
}

fn sortable(source: &mut Source<'_>, path: &str, at: &str) -> Result<Term> {
    let term = source.term(path, at)?;
    if !term.field.sortable() {
        let text = format!("A list cannot be sorted by `{}`, which is of type {}.", path, term.kind.name());
        return Err(FieldError::new(at, "not_sortable", text).value(&path.into()).into());
    }
    // People sort by what they see, which is the name of the record referred to.
    let named = term.field.name != "id" && term.kind.target().is_some_and(|target| source.may_see(target));
    if named { source.term(&format!("{path}.name"), at) } else { Ok(term) }
}

fn phases(first: &Term, key: Key, rest: &[Key], id: &str) -> Vec<Phase> {
    let phase = |condition, keys| Phase { condition, keys, id: id.to_owned(), descending: key.descending };
    let with = |sign: &str| {
        let mut sql = Sql::new(" and ");
        sql.append(first.key.clone()).text(sign);
        sql
    };
    let mut phases = Vec::new();
    let mut others = with(" is not null");
    if let FieldType::Select { options } = &first.kind {
        let mut keys: Vec<&str> = options.iter().map(|option| option.key.as_str()).collect();
        if key.descending {
            keys.reverse();
        }
        for option in &keys {
            let mut condition = with(" = ");
            condition.bind(*option);
            phases.push(phase(condition, rest.to_vec()));
        }
        if !keys.is_empty() {
            // Options that were taken out of the definition.
            others.append(with(" not in (")).join(keys.into_iter().map(bound), ", ").text(")");
        }
    }
    // What an index holds is the plain value, also of a select.
    let plain = Key { sql: first.key.clone(), of: first.key_type, descending: key.descending, nullable: false };
    let with_first = std::iter::once(plain).chain(rest.iter().cloned()).collect();
    if first.never_null() {
        phases.push(phase(Sql::default(), with_first));
    } else {
        phases.push(phase(others, with_first));
        phases.push(phase(with(" is null"), rest.to_vec()));
    }
    phases
}

impl Key {
    fn of(source: &Source<'_>, term: &Term, descending: bool) -> Self {
        let (sql, of) = term.rank(source.context());
        Self { sql, of, descending, nullable: !term.never_null() }
    }

    fn order(&self) -> Sql {
        let mut sql = Sql::default();
        if self.nullable {
            sql.text("(").append(self.sql.clone()).text(" is null), ");
        }
        sql.append(self.sql.clone()).text(direction(self.descending));
        sql
    }

    fn compare(&self, sign: &str, value: &Bind) -> Sql {
        let mut sql = self.sql.clone();
        sql.text(sign).bind(value.clone());
        sql
    }
}

impl Phase {
    /// ` order by …`.
    pub(super) fn order(&self) -> Sql {
        let mut sql = Sql::new(" order by ");
        for key in &self.keys {
            sql.append(key.order()).text(", ");
        }
        sql.text(&self.id).text(direction(self.descending));
        sql
    }

    /// ` and …`: the records of this phase that come after the cursor's.
    pub(super) fn after(&self, cursor: &Cursor) -> Sql {
        let mut sql = Sql::new(" and ");
        match (&self.keys[..], &cursor.keys[..]) {
            // One comparison of rows, which an index serves as a range.
            ([key], [value]) if !key.nullable && key.descending == self.descending => {
                sql.text("(")
                    .append(key.sql.clone())
                    .text(", ")
                    .text(&self.id)
                    .text(")")
                    .text(beyond(self.descending))
                    .text("(");
                sql.bind(value.clone()).text(", ").bind(cursor.id).text(")");
            }
            ([first, ..], [value, ..]) if !first.nullable => {
                // Says nothing new, but is a range.
                sql.append(first.compare(if first.descending { " <= " } else { " >= " }, value)).text(" and ");
                sql.append(self.beyond(&self.keys, &cursor.keys, cursor.id));
            }
            _ => {
                sql.append(self.beyond(&self.keys, &cursor.keys, cursor.id));
            }
        }
        sql
    }

    fn beyond(&self, keys: &[Key], values: &[Bind], id: Uuid) -> Sql {
        let (Some((key, keys)), Some((value, values))) = (keys.split_first(), values.split_first()) else {
            let mut sql = Sql::new(self.id.as_str());
            sql.text(beyond(self.descending)).bind(id);
            return sql;
        };
        let further = self.beyond(keys, values, id);
        let mut sql = Sql::new("(");
        if value.is_null() {
            sql.append(key.sql.clone()).text(" is null and ").append(further).text(")");
            return sql;
        }
        sql.append(key.compare(beyond(key.descending), value)).text(" or ");
        if key.nullable {
            sql.append(key.sql.clone()).text(" is null or ");
        }
        sql.append(key.compare(" = ", value)).text(" and ").append(further).text(")");
        sql
    }
}

fn beyond(descending: bool) -> &'static str {
    if descending { " < " } else { " > " }
}

fn direction(descending: bool) -> &'static str {
    if descending { " desc" } else { "" }
}

fn bound(key: &str) -> Sql {
    let mut sql = Sql::default();
    sql.bind(key);
    sql
}
