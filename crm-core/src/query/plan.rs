//! By which index a list is read, where the engine cannot know.
//!
//! PostgreSQL keeps statistics of every column. SQLite takes any comparison that an index serves for a rare one, or any
//! order that an index serves for the best, and is wrong by a thousand times on the wrong side: a rare stage sorted by
//! amount must be read by the stage, a common one by the amount. So the comparisons that an index serves are counted
//! first, as far as a few rows: the rare ones then keep their index, the others lose it. What a list answers does not
//! depend on it, only how fast.

use super::compile::Source;
use super::order::Order;
use super::{Filter, Operator, Sort};
use crate::db::{Db, Engine, Sql};
use crate::error::Result;

/// How many rows are few enough to be sorted for a page.
const FEW: i64 = 1_000;

/// The order and the condition of a list, written for the indexes that shall serve it.
pub(super) struct Plan {
    pub(super) order: Order,
    /// What the filter says, if it says anything.
    pub(super) condition: Option<Sql>,
}

/// A part of a filter that must match, and whether an index shall serve it.
struct Part<'f> {
    filter: &'f Filter,
    at: String,
    served: Served,
    /// The field of which it bounds a range.
    bounds: Option<&'f str>,
    keeps_index: bool,
}

impl Part<'_> {
    /// Whether an index serves both at once: they are the same, or bound one range, of which either end alone may leave
    /// many rows.
    fn is_served_with(&self, other: &Self) -> bool {
        self.at == other.at || self.bounds.is_some() && self.bounds == other.bounds
    }
}

/// How an index could serve a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Served {
    No,
    /// One value, or a few: the index has their rows in the order of their ids.
    Values,
    Range,
    /// By the very index that gives the order.
    InOrder,
}

/// Plans a list. The filter is taken to be checked.
pub(super) async fn plan(db: &Db, source: &mut Source<'_>, filter: Option<&Filter>, sort: &[Sort]) -> Result<Plan> {
    let order = Order::of(source, sort, "sort")?;
    let mut parts = Vec::new();
    if let Some(filter) = filter {
        collect(source, filter, "filter".into(), &order, &mut parts)?;
    }
    let few = if is_doubtful(source, &order, &parts) { choose(db, source, &order, &mut parts).await? } else { false };
    let order = if few { with_index(source, false, |source| Order::of(source, sort, "sort"))? } else { order };
    let mut conditions = Vec::new();
    for part in parts {
        conditions.push(with_index(source, part.keeps_index, |source| source.condition(part.filter, &part.at))?);
    }
    let condition = (!conditions.is_empty()).then(|| {
        let mut condition = Sql::default();
        condition.join(conditions, " and ");
        condition
    });
    Ok(Plan { order, condition })
}

/// The parts of a filter that must all match.
fn collect<'f>(
    source: &mut Source<'_>,
    filter: &'f Filter,
    at: String,
    order: &Order,
    parts: &mut Vec<Part<'f>>,
) -> Result<()> {
    if let Filter::And { and } = filter {
        let mut each = and.iter().enumerate();
        return each.try_for_each(|(i, part)| collect(source, part, format!("{at}.and[{i}]"), order, parts));
    }
    let (served, bounds) = served(source, filter, &at, order)?;
    parts.push(Part { filter, at, served, bounds, keeps_index: true });
    Ok(())
}

/// How an index could serve a comparison, and the field of which it bounds a range.
fn served<'f>(
    source: &mut Source<'_>,
    filter: &'f Filter,
    at: &str,
    order: &Order,
) -> Result<(Served, Option<&'f str>)> {
    let Filter::Compare { field, op, .. } = filter else { return Ok((Served::No, None)) };
    let kind = match op {
        Operator::Eq | Operator::In => Served::Values,
        Operator::Lt | Operator::Le | Operator::Gt | Operator::Ge | Operator::Between => Served::Range,
        Operator::StartsWith | Operator::Within => Served::Range,
        Operator::Ne | Operator::Contains | Operator::IsEmpty => return Ok((Served::No, None)),
    };
    let term = source.term(field, &format!("{at}.field"))?;
    let bounds = (kind == Served::Range).then_some(field.as_str());
    Ok(match term.indexed {
        false => (Served::No, None),
        true if order.is_by_index_of(&term.field) => (Served::InOrder, bounds),
        true => (kind, bounds),
    })
}

/// Whether more than one index offers itself, and the engine would guess.
fn is_doubtful(source: &Source<'_>, order: &Order, parts: &[Part<'_>]) -> bool {
    let served = parts.iter().filter(|part| part.served != Served::No);
    let one_by_value = served.clone().count() == 1 && served.clone().all(|part| part.served == Served::Values);
    let has_choice = served.clone().any(|part| part.served != Served::InOrder);
    source.context().engine == Engine::Sqlite && has_choice && (order.is_indexed() || !one_by_value)
}

/// Takes the index from all parts but those that it serves well, and tells whether some part leaves only few rows.
async fn choose(db: &Db, source: &mut Source<'_>, order: &Order, parts: &mut [Part<'_>]) -> Result<bool> {
    let mut few: Vec<bool> = Vec::new();
    for part in parts.iter() {
        let known = parts.iter().zip(&few).find(|(other, _)| part.is_served_with(other)).map(|(_, few)| *few);
        few.push(match known {
            Some(few) => few,
            None => {
                let together = parts.iter().filter(|other| part.is_served_with(other)).collect();
                part.served != Served::No && leaves_few(db, source, together).await?
            }
        });
    }
    let any_few = few.contains(&true);
    for (part, few) in parts.iter_mut().zip(few) {
        part.keeps_index = match part.served {
            _ if any_few => few,
            Served::No | Served::InOrder => true,
            Served::Values => !order.is_indexed(),
            Served::Range => false,
        };
    }
    Ok(any_few)
}

async fn leaves_few(db: &Db, source: &mut Source<'_>, parts: Vec<&Part<'_>>) -> Result<bool> {
    let mut sql = Sql::new("select count(*) from (select 1 from ");
    sql.append(source.own_table()).text(" where ").append(source.every_row());
    for part in parts {
        sql.text(" and ").append(source.condition(part.filter, &part.at)?);
    }
    sql.text(&format!(" limit {FEW})"));
    sql.dynamic = true;
    let row = db.row(source.context().actor.tenant(), sql).await?;
    Ok(row.map(|row| row.int(0)).transpose()?.is_some_and(|rows| rows < FEW))
}

fn with_index<T>(source: &mut Source<'_>, keep: bool, compile: impl FnOnce(&mut Source<'_>) -> T) -> T {
    source.without_index = !keep;
    let compiled = compile(source);
    source.without_index = false;
    compiled
}
