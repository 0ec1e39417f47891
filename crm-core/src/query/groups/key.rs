//! What records are grouped by.

use crate::access::{Verb, predicate};
use crate::db::{Db, Row, Sql};
use crate::error::{FieldError, Result};
use crate::query::compile::{Buckets, Context, Source, Term, Transitions};
use crate::query::{GroupBy, Unit};
use crate::schema::{FieldType, ObjectDef, SqlType};
use crate::value::Value;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// A key of groups. In the statement it is `g0`, the original spelling of a text `l0`, what orders it `o0`.
pub(super) struct Key {
    position: usize,
    term: Term,
    /// The key of one record as SQL.
    sql: Sql,
    buckets: Option<Buckets>,
    /// For fields with several values: makes a row of each.
    join: Option<Sql>,
    /// The object of a reference.
    target: Option<Arc<ObjectDef>>,
}

impl Key {
    pub(super) async fn new(db: &Db, source: &mut Source<'_>, by: &GroupBy, position: usize) -> Result<Self> {
        let at = format!("group[{position}].field");
        let term = source.term(&by.field, &at)?;
        let context = source.context();
        let buckets = buckets(context, &term, by, &at, position)?;
        let sql = match &buckets {
            Some(buckets) if matches!(term.kind, FieldType::DateTime) => {
                buckets.of_instants(&term.key, &transitions(db, context, &term).await?)
            }
            Some(buckets) => buckets.of_days(&term.key),
            None => term.key.clone(),
        };
        let many = term.each(context, source);
        let (sql, join) = match many {
            Some((sql, join)) => (sql, Some(join)),
            None => (sql, None),
        };
        let target = match &term.kind {
            FieldType::References { references } => Some(references.as_str()),
            kind => kind.target(),
        };
        let target = target.and_then(|target| context.actor.schema().object(target)).cloned();
        Ok(Self { position, sql, buckets, join, target, term })
    }

    pub(super) fn name(&self) -> String {
        format!("g{}", self.position)
    }

    pub(super) fn join(&self) -> Option<Sql> {
        self.join.clone()
    }

    fn has_spelling(&self) -> bool {
        self.term.kind.is_textual()
    }

    pub(super) fn inputs(&self) -> Vec<Sql> {
        let named = |mut sql: Sql, letter: char| {
            sql.text(&format!(" as {letter}{}", self.position));
            sql
        };
        let mut inputs = vec![named(self.sql.clone(), 'g')];
        if self.has_spelling() {
            inputs.push(named(self.term.shown.clone(), 'l'));
        }
        inputs
    }

    pub(super) fn grouped(&self) -> Vec<String> {
        let i = self.position;
        let mut columns = vec![format!("g{i}")];
        if self.has_spelling() {
            columns.push(format!("min(l{i}) as l{i}"));
        }
        columns
    }

    /// The label of a reference, and what orders the key where that is not the key itself.
    pub(super) fn labels(&self, context: Context<'_>) -> Result<Vec<Sql>> {
        let i = self.position;
        if let Some(target) = &self.target {
            let name = target.field("name").filter(|name| context.may_read(target, name));
            let shown = |column: &str| match name {
                Some(_) => self.of_target(context, target, column),
                None => Sql::new("cast(null as text)"),
            };
            let mut label = shown("name");
            label.text(&format!(" as l{i}"));
            let mut order = shown("name_folded");
            order.text(&format!(" as o{i}"));
            let mut columns = vec![label, order];
            if in_positions(target) {
                let mut place = self.of_target(context, target, "position");
                place.text(&format!(" as p{i}"));
                columns.push(place);
            }
            return Ok(columns);
        }
        Ok(match &self.term.kind {
            FieldType::Select { options } | FieldType::MultiSelect { options } => {
                let mut sql = Sql::new("case");
                for (place, option) in options.iter().enumerate() {
                    sql.text(&format!(" when g{i} = ")).bind(option.key.as_str()).text(&format!(" then {place}"));
                }
                if options.is_empty() {
                    sql.text(" when 1 = 0 then 0");
                }
                sql.text(&format!(" end as o{i}"));
                vec![sql]
            }
            _ => Vec::new(),
        })
    }

    /// A column of the record referred to, if the actor may see it.
    fn of_target(&self, context: Context<'_>, target: &ObjectDef, column: &str) -> Sql {
        let mut sql = Sql::new(format!("(select n.{column} from {} n where ", target.table()));
        sql.append(predicate::rows(context.actor, Verb::Read, target, "n"));
        sql.text(&format!(" and n.deleted_at is null and n.id = grouped.g{})", self.position));
        sql
    }

    pub(super) fn order(&self) -> Vec<String> {
        let i = self.position;
        let mut order = Vec::new();
        if self.target.as_deref().is_some_and(in_positions) {
            order.push(format!("p{i} nulls last"));
        }
        let is_select = matches!(self.term.kind, FieldType::Select { .. } | FieldType::MultiSelect { .. });
        if is_select || self.target.is_some() {
            order.push(format!("o{i} nulls last"));
        }
        order.push(format!("g{i} nulls last"));
        order
    }

    pub(super) fn outputs(&self) -> Vec<String> {
        let i = self.position;
        let mut columns = vec![format!("g{i}")];
        if self.has_spelling() || self.target.is_some() {
            columns.push(format!("l{i}"));
        }
        columns
    }

    /// The key's value and label, from the columns that begin at `column`.
    pub(super) fn read(&self, context: Context<'_>, row: &Row, column: &mut usize) -> Result<(Json, Option<String>)> {
        let i = *column;
        *column += self.outputs().len();
        if let Some(buckets) = &self.buckets {
            let start = row.integer(i)?.and_then(|number| buckets.start(number));
            return Ok(match start {
                Some(start) => (json!(start.to_string()), Some(buckets.unit.label(start))),
                None => (Json::Null, None),
            });
        }
        if self.target.is_some() {
            return Ok((json!(row.uuid(i)?), row.text(i + 1)?));
        }
        if self.has_spelling() {
            let spelling = row.text(i + 1)?;
            return Ok((json!(spelling), spelling));
        }
        let value = self.value(row, i)?;
        let label = label(context, &self.term.kind, &value);
        Ok((value.to_json(), label))
    }

    fn value(&self, row: &Row, i: usize) -> Result<Value> {
        Ok(match (&self.term.kind, self.term.key_type) {
            (FieldType::MultiSelect { .. }, _) => row.text(i)?.map_or(Value::Null, Value::Text),
            (FieldType::Boolean, SqlType::Integer) => row.integer(i)?.map_or(Value::Null, |n| Value::Bool(n != 0)),
            (FieldType::Decimal { scale }, _) => {
                row.integer(i)?.map_or(Value::Null, |n| Value::Decimal(Decimal::new(n, *scale).normalize()))
            }
            (kind, _) => row.cell(i, kind)?,
        })
    }
}

/// Whether people put its records in an order of their own, as the stages of a pipeline.
fn in_positions(object: &ObjectDef) -> bool {
    object.field("position").is_some_and(|field| matches!(field.kind, FieldType::Number) && !field.custom)
}

fn label(context: Context<'_>, kind: &FieldType, value: &Value) -> Option<String> {
    let language = context.actor.language();
    match value {
        Value::Null => None,
        Value::Bool(yes) => Some(match (language, yes) {
            ("de", true) => "Ja".into(),
            ("de", false) => "Nein".into(),
            (_, true) => "Yes".into(),
            (_, false) => "No".into(),
        }),
        Value::Text(key) => {
            let option = kind.options().iter().find(|option| option.key == *key);
            Some(option.map_or(key.as_str(), |option| option.label.text(language)).to_owned())
        }
        Value::Integer(n) => match kind {
            FieldType::AutoNumber { prefix } => Some(format!("{prefix}{n}")),
            _ => Some(n.to_string()),
        },
        other => Some(match other.to_json() {
            Json::String(text) => text,
            json => json.to_string(),
        }),
    }
}

fn buckets(context: Context<'_>, term: &Term, by: &GroupBy, at: &str, position: usize) -> Result<Option<Buckets>> {
    let kind = &term.kind;
    if matches!(kind, FieldType::Date | FieldType::DateTime) {
        let unit = by.by.unwrap_or(Unit::Day);
        return Ok(Some(Buckets { unit, week_start: context.actor.week_start() }));
    }
    if by.by.is_some() {
        let text = format!("`{}` is no date, so it has no days, weeks or months.", by.field);
        return Err(FieldError::new(format!("group[{position}].by"), "wrong_type", text).into());
    }
    let refused = matches!(
        kind,
        FieldType::Money | FieldType::AnyReference | FieldType::Address | FieldType::Location | FieldType::Json
    );
    if refused {
        let text = format!("Records cannot be grouped by `{}`, which is of type {}.", by.field, kind.name());
        return Err(FieldError::new(at, "not_groupable", text).value(&by.field.as_str().into()).into());
    }
    Ok(None)
}

/// The offsets of the actor's zone that the field's values need: those between the least and the greatest of all,
/// which an index tells at once.
async fn transitions(db: &Db, context: Context<'_>, term: &Term) -> Result<Transitions> {
    let home = term.home(context);
    let extreme = |direction: &str| {
        let mut sql = Sql::new("(select ");
        sql.append(term.key.clone()).text(" from ").append(home.own_table()).text(" where ").append(home.every_row());
        sql.text(" and ").append(term.key.clone()).text(" is not null order by ").append(term.key.clone());
        sql.text(&format!("{direction} limit 1)"));
        sql
    };
    let mut sql = Sql::new("select ");
    sql.append(extreme("")).text(", ").append(extreme(" desc"));
    sql.dynamic = true;
    let row = db.row(context.actor.tenant(), sql).await?;
    let instant = |i: usize| row.as_ref().map_or(Ok(None), |row| row.instant(i));
    let (min, max): (Option<Timestamp>, Option<Timestamp>) = (instant(0)?, instant(1)?);
    Ok(Transitions::of(context.actor.zone(), min.unwrap_or(context.now), max.unwrap_or(context.now)))
}
