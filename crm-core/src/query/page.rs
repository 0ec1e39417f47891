//! A page of records.

use super::compile::{Columns, Context, Source, check};
use super::cursor::{self, Cursor};
use super::order::{Order, Phase};
use super::plan::{self, Plan};
use super::{Filter, Operator, Query};
use crate::access::{Verb, predicate, unknown_object};
use crate::actor::Actor;
use crate::db::{Bind, Db, Row, Sql};
use crate::error::{Error, FieldError, Result};
use crate::record::Record;
use crate::schema::ObjectDef;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// A page of records.
#[derive(Debug, Clone)]
pub struct Page {
    /// The records, in order.
    pub records: Vec<Record>,
    /// The cursor of the next page; none if this is the last.
    pub next: Option<String>,
    /// How many records match, if that was asked.
    pub total: Option<i64>,
}

/// Answers a query.
pub(crate) async fn fetch(db: &Db, actor: &Actor, query: &Query, now: Timestamp) -> Result<Page> {
    let reading = Reading::new(db, actor, query, now).await?;
    let (page, total) = tokio::try_join!(reading.page(), reading.total())?;
    Ok(Page { total, ..page })
}

/// The object that a query names, if it exists for the actor and its records may be read.
pub(super) fn object<'a>(actor: &'a Actor, name: &str) -> Result<&'a Arc<ObjectDef>> {
    let object = actor.schema().object(name).filter(|object| actor.rights().may_see(&object.name));
    let object = object.ok_or_else(|| unknown_object(name))?;
    actor.rights().check(Verb::Read, object)?;
    Ok(object)
}

/// A query, compiled.
struct Reading<'a> {
    db: &'a Db,
    context: Context<'a>,
    query: &'a Query,
    object: &'a Arc<ObjectDef>,
    columns: Columns,
    order: Order,
    limit: usize,
    from: Sql,
    /// Everything but the place in the order.
    which: Sql,
}

/// A row of a page, with its place in the order.
struct Found {
    row: Row,
    phase: usize,
}

impl<'a> Reading<'a> {
    async fn new(db: &'a Db, actor: &'a Actor, query: &'a Query, now: Timestamp) -> Result<Self> {
        let object = object(actor, &query.object)?;
        let context = Context::new(actor, db.engine(), now);
        let columns = Columns::of(context, object, "t", query.fields.as_deref(), "fields")?;
        let limit = limit(query)?;
        let mut source = Source::new(context, object.clone(), "t");
        let mut which = source.rows(Verb::Read);
        if query.deleted {
            actor.rights().check(Verb::Delete, object)?;
            which.text(" and ").append(source.rows(Verb::Delete)).text(" and t.deleted_at is not null");
        } else {
            // In the very words of the partial indexes.
            which.text(" and t.deleted_at is null");
        }
        if let Some(filter) = &query.filter {
            check(filter, "filter")?;
        }
        let Plan { order, condition } = plan::plan(db, &mut source, query.filter.as_ref(), &query.sort).await?;
        if let Some(condition) = condition {
            which.text(" and ").append(condition);
        }
        Ok(Self { db, context, query, object, columns, order, limit, from: source.from(), which })
    }

    async fn page(&self) -> Result<Page> {
        let mark = cursor::mark(self.context.actor.tenant(), self.query);
        let cursor = match &self.query.after {
            Some(text) => Some(Cursor::read(text, &mark, |phase| self.order.types(phase))?),
            None => None,
        };
        let mut found = self.find(cursor).await?;
        let more = found.len() > self.limit;
        found.truncate(self.limit);
        let last = found.last().filter(|_| more);
        let next = last.map(|last| self.cursor(last)).transpose()?.map(|cursor| cursor.write(&mark));
        Ok(Page { records: self.records(found).await?, next, total: None })
    }

    /// The page's rows and one more, through as many phases as that takes.
    async fn find(&self, mut cursor: Option<Cursor>) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        let begin = cursor.as_ref().map_or(0, |cursor| cursor.phase);
        for (phase, part) in self.order.phases().iter().enumerate().skip(begin) {
            let wanted = self.limit + 1 - found.len();
            let sql = self.statement(part, cursor.take().as_ref(), wanted);
            let rows = self.db.rows(self.context.actor.tenant(), sql).await?;
            found.extend(rows.into_iter().map(|row| Found { row, phase }));
            if found.len() > self.limit {
                break;
            }
        }
        Ok(found)
    }

    fn statement(&self, phase: &Phase, after: Option<&Cursor>, limit: usize) -> Sql {
        let mut sql = Sql::new("select ");
        sql.append(if self.columns.is_costly() { Sql::new("t.id") } else { self.columns.list("t") });
        for key in &phase.keys {
            sql.text(", ").append(key.sql.clone());
        }
        sql.text(" from ").append(self.from.clone()).text(" where ").append(self.which.clone());
        sql.append(phase.condition.clone());
        if let Some(cursor) = after {
            sql.append(phase.after(cursor));
        }
        sql.append(phase.order()).text(&format!(" limit {limit}"));
        sql.dynamic = !self.is_by_id();
        sql
    }

    /// Whether records are asked for by their ids alone, for which there is one good plan.
    fn is_by_id(&self) -> bool {
        let by_id = |filter: &Filter| matches!(filter, Filter::Compare { field, op: Operator::Eq | Operator::In, .. } if field == "id");
        self.query.sort.is_empty() && self.query.filter.as_ref().is_some_and(by_id)
    }

    /// Where a row stands in the order.
    fn cursor(&self, found: &Found) -> Result<Cursor> {
        let first = if self.columns.is_costly() { 1 } else { self.columns.width() };
        let types = self.order.types(found.phase).unwrap_or_default();
        let keys = types.into_iter().enumerate().map(|(i, of)| cursor::key(&found.row, first + i, of));
        let keys = keys.collect::<Result<Vec<Bind>>>()?;
        Ok(Cursor { phase: found.phase, keys, id: found.row.id(0)? })
    }

    async fn records(&self, found: Vec<Found>) -> Result<Vec<Record>> {
        let tenant = self.context.actor.tenant();
        let ids = found.iter().map(|found| found.row.id(0)).collect::<Result<Vec<Uuid>>>()?;
        let mut records = if self.columns.is_costly() && !ids.is_empty() {
            let rows = self.db.rows(tenant, self.by_ids(&ids)).await?;
            let read = rows.iter().map(|row| self.columns.decode(row)).collect::<Result<Vec<_>>>()?;
            in_order(read, &ids)
        } else {
            found.iter().map(|found| self.columns.decode(&found.row)).collect::<Result<Vec<_>>>()?
        };
        if let Some(sql) = self.columns.links(&ids) {
            let rows = self.db.rows(tenant, sql).await?;
            self.columns.attach(&mut records, &rows)?;
        }
        Ok(records)
    }

    /// The records of a page whose rows were found without their columns.
    fn by_ids(&self, ids: &[Uuid]) -> Sql {
        let mut sql = Sql::new("select ");
        sql.append(self.columns.list("t")).text(&format!(" from {} t where ", self.object.table()));
        sql.append(predicate::rows(self.context.actor, Verb::Read, self.object, "t")).text(" and t.id in (");
        sql.join(ids.iter().map(|id| Sql::fixed("?", [(*id).into()])), ", ").text(")");
        sql
    }

    async fn total(&self) -> Result<Option<i64>> {
        if !self.query.total {
            return Ok(None);
        }
        let mut sql = Sql::new("select count(*) from ");
        sql.append(self.from.clone()).text(" where ").append(self.which.clone());
        sql.dynamic = true;
        let row = self.db.row(self.context.actor.tenant(), sql).await?;
        row.map(|row| row.int(0)).transpose()
    }
}

fn limit(query: &Query) -> Result<usize> {
    let limit = query.limit.unwrap_or(Query::DEFAULT_LIMIT);
    if (1..=Query::MAX_LIMIT).contains(&limit) {
        return Ok(limit);
    }
    let text = format!("A page has 1 to {} records.", Query::MAX_LIMIT);
    Err(Error::from(FieldError::new("limit", "out_of_range", text).value(&limit.into())))
}

fn in_order(records: Vec<Record>, ids: &[Uuid]) -> Vec<Record> {
    let mut by_id: HashMap<Uuid, Record> = records.into_iter().map(|record| (record.id, record)).collect();
    ids.iter().filter_map(|id| by_id.remove(id)).collect()
}
