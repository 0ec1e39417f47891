//! Groups of records and what is measured of them.
//!
//! One statement: the records with the inputs of keys and measures (`base`), for medians their ranks within the group
//! (`ranked`), the groups (`grouped`), their labels and what orders them (`labelled`), and for "the first n" their
//! places (`placed`).

mod key;
mod measure;

use self::key::Key;
use self::measure::Measured;
use super::compile::{Context, Source, check};
use super::page::object;
use super::{Aggregate, Measure};
use crate::access::Verb;
use crate::actor::Actor;
use crate::db::{Db, Row, Sql};
use crate::error::{FieldError, Result};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value as Json;

/// How many groups are answered at most.
const MOST: usize = 1_000;
/// How many keys and measures may be asked for.
const KEYS: usize = 2;
const MEASURES: usize = 10;

/// Groups of records.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Groups {
    /// The groups, in order.
    pub groups: Vec<Group>,
    /// Whether there are more than could be answered.
    pub more: bool,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The value of each key, as in a record; of a period its first day.
    pub keys: Vec<Json>,
    /// What people call each key; none for records without a value and for records one may not see.
    pub labels: Vec<Option<String>>,
    /// The value of each measure.
    pub values: Vec<Json>,
    /// Whether a measure is null because its money has several currencies.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mixed_currencies: bool,
}

/// Answers a question for groups.
pub(crate) async fn fetch(db: &Db, actor: &Actor, aggregate: &Aggregate, now: Timestamp) -> Result<Groups> {
    let grouping = Grouping::new(db, actor, aggregate, now).await?;
    let rows = db.rows(actor.tenant(), grouping.statement(aggregate)?).await?;
    let more = rows.len() > MOST;
    let groups = rows.iter().take(MOST).map(|row| grouping.group(row)).collect::<Result<_>>()?;
    Ok(Groups { groups, more })
}

/// A question for groups, compiled.
struct Grouping<'a> {
    context: Context<'a>,
    keys: Vec<Key>,
    measures: Vec<Measured>,
    from: Sql,
    which: Sql,
}

impl<'a> Grouping<'a> {
    async fn new(db: &Db, actor: &'a Actor, aggregate: &Aggregate, now: Timestamp) -> Result<Self> {
        bounded(aggregate)?;
        let object = object(actor, &aggregate.object)?;
        let context = Context::new(actor, db.engine(), now);
        let mut source = Source::new(context, object.clone(), "t");
        let mut which = source.rows(Verb::Read);
        which.text(" and t.deleted_at is null");
        if let Some(filter) = &aggregate.filter {
            check(filter, "filter")?;
            which.text(" and ").append(source.condition(filter, "filter")?);
        }
        let mut keys = Vec::new();
        for (i, by) in aggregate.group.iter().enumerate() {
            keys.push(Key::new(db, &mut source, by, i).await?);
        }
        let asked = if aggregate.measures.is_empty() { &[Measure::Count][..] } else { &aggregate.measures };
        let measures = asked.iter().enumerate().map(|(i, measure)| Measured::new(&mut source, measure, i));
        let measures = measures.collect::<Result<_>>()?;
        let mut from = source.from();
        from.join(keys.iter().filter_map(Key::join), "");
        Ok(Self { context, keys, measures, from, which })
    }

    fn statement(&self, aggregate: &Aggregate) -> Result<Sql> {
        let mut sql = Sql::new("with base as (");
        sql.append(self.base()).text("), ");
        let mut groups_of = "base";
        if self.measures.iter().any(Measured::is_ranked) {
            sql.text("ranked as (").append(self.ranked()).text("), ");
            groups_of = "ranked";
        }
        sql.text("grouped as (").append(self.grouped(groups_of)).text("), ");
        sql.text("labelled as (").append(self.labelled(aggregate)?).text(")");
        let order = self.order(aggregate);
        let columns: Vec<String> = self.outputs().collect();
        let columns = columns.join(", ");
        match aggregate.top {
            Some(top) => {
                // Rows with the same rank tie; what only makes the order certain does not count.
                let by = if aggregate.sort.is_some() { direction(aggregate) } else { order.clone() };
                sql.text(&format!(
                    ", placed as (select labelled.*, rank() over (order by {by}) as place from labelled) "
                ));
                sql.text(&format!("select {columns} from placed where place <= {top}"));
            }
            None => {
                sql.text(&format!(" select {columns} from labelled"));
            }
        }
        sql.text(&format!(" order by {order} limit {}", MOST + 1));
        sql.dynamic = true;
        Ok(sql)
    }

    /// The records, with what keys and measures are made of.
    fn base(&self) -> Sql {
        let mut sql = Sql::new("select ");
        let inputs: Vec<Sql> =
            self.keys.iter().flat_map(Key::inputs).chain(self.measures.iter().flat_map(Measured::inputs)).collect();
        if inputs.is_empty() {
            sql.text("1 as one");
        }
        sql.join(inputs, ", ").text(" from ").append(self.from.clone());
        sql.text(" where ").append(self.which.clone());
        sql
    }

    /// The same, with the place of each value that a median is taken of.
    fn ranked(&self) -> Sql {
        let keys = self.key_names();
        let within = if keys.is_empty() { String::new() } else { format!("partition by {}", keys.join(", ")) };
        let ranks: Vec<_> = self.measures.iter().filter_map(|measure| measure.rank(&within)).collect();
        Sql::new(format!("select base.*, {} from base", ranks.join(", ")))
    }

    fn grouped(&self, from: &str) -> Sql {
        let names = self.key_names();
        let outputs: Vec<_> =
            self.keys.iter().flat_map(Key::grouped).chain(self.measures.iter().flat_map(Measured::outputs)).collect();
        let mut sql = Sql::new(format!("select {} from {from}", outputs.join(", ")));
        if !names.is_empty() {
            sql.text(&format!(" group by {}", names.join(", ")));
        }
        sql
    }

    fn labelled(&self, aggregate: &Aggregate) -> Result<Sql> {
        let mut sql = Sql::new("select grouped.*");
        for key in &self.keys {
            for column in key.labels(self.context)? {
                sql.text(", ").append(column);
            }
        }
        if let Some(measure) = aggregate.sort.and_then(|sort| self.measures.get(sort.measure)) {
            sql.text(&format!(", {} as size", measure.size()));
        }
        sql.text(" from grouped");
        Ok(sql)
    }

    fn order(&self, aggregate: &Aggregate) -> String {
        let by_size = aggregate.sort.is_some().then(|| direction(aggregate));
        let by_key = self.keys.iter().flat_map(Key::order);
        let order: Vec<String> = by_size.into_iter().chain(by_key).collect();
        if order.is_empty() { "1".into() } else { order.join(", ") }
    }

    fn key_names(&self) -> Vec<String> {
        self.keys.iter().map(Key::name).collect()
    }

    /// The columns of the answer.
    fn outputs(&self) -> impl Iterator<Item = String> {
        self.keys.iter().flat_map(Key::outputs).chain(self.measures.iter().flat_map(Measured::names))
    }

    fn group(&self, row: &Row) -> Result<Group> {
        let mut column = 0;
        let (mut keys, mut labels, mut values, mut mixed_currencies) = (Vec::new(), Vec::new(), Vec::new(), false);
        for key in &self.keys {
            let (value, label) = key.read(self.context, row, &mut column)?;
            keys.push(value);
            labels.push(label);
        }
        for measure in &self.measures {
            let (value, mixed) = measure.read(row, &mut column)?;
            values.push(value.to_json());
            mixed_currencies |= mixed;
        }
        Ok(Group { keys, labels, values, mixed_currencies })
    }
}

fn direction(aggregate: &Aggregate) -> String {
    let descending = aggregate.sort.is_some_and(|sort| sort.descending);
    format!("size{} nulls last", if descending { " desc" } else { "" })
}

fn bounded(aggregate: &Aggregate) -> Result<()> {
    let refused = |at: &str, message: String| Err(FieldError::new(at, "out_of_range", message).into());
    if aggregate.group.len() > KEYS {
        return refused("group", format!("Records can be grouped by {KEYS} fields at most."));
    }
    if aggregate.measures.len() > MEASURES {
        return refused("measures", format!("There may be {MEASURES} measures at most."));
    }
    if aggregate.sort.is_some_and(|sort| sort.measure >= aggregate.measures.len().max(1)) {
        return refused("sort.measure", "There is no measure at this position; the first one is 0.".into());
    }
    if aggregate.top.is_some_and(|top| !(1..=MOST).contains(&top)) {
        return refused("top", format!("Ask for 1 to {MOST} groups."));
    }
    Ok(())
}
