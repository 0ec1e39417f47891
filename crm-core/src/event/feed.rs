//! Reading the log: the change feed, a record's timeline, what changed since a version. Only events of records that
//! the reader may see, and of those only the fields they may read.

use super::log::{COLUMNS, Event, decode};
use crate::access::{Scope, Verb, predicate};
use crate::actor::Actor;
use crate::db::{Db, Row, Sql, Tx};
use crate::error::{Error, Result};
use crate::schema::ObjectDef;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;
use uuid::Uuid;

/// Asks for events.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventQuery {
    /// Only events after this number; or before it, newest first.
    pub after: Option<i64>,
    /// Newest first.
    pub newest_first: bool,
    /// How many at most, 1 to 500.
    pub limit: Option<usize>,
    /// Only of this object.
    pub object: Option<String>,
    /// Only of this record.
    pub record_id: Option<Uuid>,
    /// Only by this user (or programs acting for them).
    pub by: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<String>,
}

/// A page of events.
#[derive(Debug, Clone)]
pub struct Events {
    /// The events.
    pub events: Vec<Event>,
    /// Where to go on, if there may be more.
    pub next: Option<i64>,
}

const DEFAULT_LIMIT: usize = 50;
const MAX_LIMIT: usize = 500;

/// The events that `actor` may see.
pub(crate) async fn fetch(db: &Db, actor: &Actor, query: &EventQuery) -> Result<Events> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
    let mut sql = Sql::new(format!("select {COLUMNS} from event e where e.tenant_id = "));
    sql.dynamic = true;
    sql.bind(actor.tenant());
    if let Some(after) = query.after {
        sql.text(if query.newest_first { " and e.sequence < " } else { " and e.sequence > " }).bind(after);
    }
    if let Some(object) = &query.object {
        let object = visible_object(actor, object)?;
        sql.text(" and e.object = ").bind(object.name.as_str());
    }
    if let Some(id) = query.record_id {
        sql.text(" and e.record_id = ").bind(id);
    }
    if let Some(user) = query.by {
        sql.text(" and e.user_id = ").bind(user);
    }
    if let Some(kind) = &query.kind {
        sql.text(" and e.kind = ").bind(kind.as_str());
    }
    sql.text(" and ").append(visible(actor));
    sql.text(if query.newest_first { " order by e.sequence desc" } else { " order by e.sequence" });
    sql.text(&format!(" limit {}", limit + 1));
    let mut events = read(db, actor, sql).await?;
    let more = events.len() > limit;
    events.truncate(limit);
    let next = more.then(|| events.last().map(|event| event.sequence)).flatten();
    Ok(Events { events, next })
}

/// The timeline of one record and of those merged into it, newest first.
pub(crate) async fn of_record(
    db: &Db,
    actor: &Actor,
    object: &ObjectDef,
    id: Uuid,
    before: Option<i64>,
    limit: usize,
) -> Result<Events> {
    let mut sql = Sql::new(format!("select {COLUMNS} from event e where e.tenant_id = "));
    sql.bind(actor.tenant()).text(" and e.object = ").bind(object.name.as_str());
    sql.text(" and (e.record_id = ").bind(id);
    sql.text(" or e.record_id in (select m.loser_id from merged_record m where m.tenant_id = ").bind(actor.tenant());
    sql.text(" and m.object = ").bind(object.id.as_str()).text(" and m.winner_id = ").bind(id).text("))");
    if let Some(before) = before {
        sql.text(" and e.sequence < ").bind(before);
    }
    let limit = limit.clamp(1, MAX_LIMIT);
    sql.text(&format!(" order by e.sequence desc limit {}", limit + 1));
    let mut events = read(db, actor, sql).await?;
    let more = events.len() > limit;
    events.truncate(limit);
    let next = more.then(|| events.last().map(|event| event.sequence)).flatten();
    Ok(Events { events, next })
}

/// The events of one record after a version, as they stand; for the person who was about to write over them.
pub(crate) async fn since_version(
    tx: &mut Tx,
    actor: &Actor,
    object: &ObjectDef,
    id: Uuid,
    version: i64,
) -> Result<Vec<Event>> {
    let mut sql = Sql::new(format!("select {COLUMNS} from event e where e.tenant_id = "));
    sql.bind(actor.tenant()).text(" and e.object = ").bind(object.name.as_str());
    sql.text(" and e.record_id = ").bind(id).text(" and e.version > ").bind(version);
    sql.text(" order by e.sequence limit 100");
    let rows = tx.rows(sql).await?;
    let mut events: Vec<Event> = rows.iter().map(|row| Ok(cut(actor, decode(row)?))).collect::<Result<_>>()?;
    if let Some(sql) = users_of(actor, &events) {
        set_names(&mut events, &tx.rows(sql).await?)?;
    }
    Ok(events)
}

/// The events of one bulk operation, the last first; refuses more than can be undone at once.
pub(crate) async fn of_batch(tx: &mut Tx, actor: &Actor, batch: Uuid) -> Result<Vec<Event>> {
    const MOST: usize = 10_000;
    let mut sql = Sql::new(format!("select {COLUMNS} from event e where e.tenant_id = "));
    sql.bind(actor.tenant()).text(" and e.batch = ").bind(batch);
    sql.text(&format!(" order by e.sequence desc limit {}", MOST + 1));
    let rows = tx.rows(sql).await?;
    if rows.len() > MOST {
        return Err(Error::TooLarge(format!(
            "The operation changed more than {MOST} records; it cannot be reverted at once."
        )));
    }
    rows.iter().map(decode).collect()
}

async fn read(db: &Db, actor: &Actor, sql: Sql) -> Result<Vec<Event>> {
    let rows = db.rows(actor.tenant(), sql).await?;
    let mut events: Vec<Event> = rows.iter().map(|row| Ok(cut(actor, decode(row)?))).collect::<Result<_>>()?;
    name_users(db, actor, &mut events).await?;
    Ok(events)
}

/// Puts names to the users of events, in one statement.
async fn name_users(db: &Db, actor: &Actor, events: &mut [Event]) -> Result<()> {
    if let Some(sql) = users_of(actor, events) {
        set_names(events, &db.rows(actor.tenant(), sql).await?)?;
    }
    Ok(())
}

/// Asks for the names of the users of events.
fn users_of(actor: &Actor, events: &[Event]) -> Option<Sql> {
    let mut ids: Vec<Uuid> = events.iter().flat_map(|event| [event.by.user(), event.asked_by]).flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return None;
    }
    let mut sql = Sql::new("select u.id, u.name from users u where u.tenant_id = ");
    sql.dynamic = true;
    sql.bind(actor.tenant()).text(" and u.id in (");
    sql.join(ids.iter().map(|id| Sql::fixed("?", [(*id).into()])), ", ").text(")");
    Some(sql)
}

fn set_names(events: &mut [Event], rows: &[Row]) -> Result<()> {
    let names = rows.iter().map(|row| Ok((row.id(0)?, row.string(1)?))).collect::<Result<HashMap<_, _>>>()?;
    for event in events {
        let named = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned());
        (event.by_name, event.asked_by_name) = (named(event.by.user()), named(event.asked_by));
    }
    Ok(())
}

fn cut(actor: &Actor, mut event: Event) -> Event {
    event.changes = readable_changes(actor, &event.object, event.changes);
    event
}

/// Leaves only the changes of fields that the actor may read.
pub(crate) fn readable_changes(actor: &Actor, object: &str, mut changes: Map<String, Json>) -> Map<String, Json> {
    let known = actor.schema().object(object);
    changes.retain(|name, _| {
        known
            .and_then(|known| known.field(name).map(|field| actor.rights().may_read_field(&known.name, field)))
            .unwrap_or_else(
                // Changes of something that is no field (a definition, a right): for those who may configure.
                || actor.rights().may(Verb::Configure, object),
            )
    });
    changes
}

/// The condition under which the event `e` exists for the actor.
pub(super) fn visible(actor: &Actor) -> Sql {
    let mut all = Vec::new();
    let mut some = Vec::new();
    for object in actor.schema().objects() {
        match actor.rights().scope(Verb::Read, &object.name) {
            Scope::None => {}
            Scope::All => all.push(Sql::fixed("?", [object.name.as_str().into()])),
            _ => some.push(visible_of(actor, object)),
        }
    }
    let mut any = Vec::new();
    if !all.is_empty() {
        let mut sql = Sql::new("e.object in (");
        sql.join(all, ", ").text(")");
        any.push(sql);
    }
    any.extend(some);
    if any.is_empty() {
        return Sql::new("1 = 0");
    }
    let mut sql = Sql::new("(");
    sql.join(any, " or ").text(")");
    sql
}

fn visible_of(actor: &Actor, object: &ObjectDef) -> Sql {
    let mut sql = Sql::fixed("(e.object = ? and e.record_id in (select r.id from ", [object.name.as_str().into()]);
    sql.text(object.table()).text(" r where ").append(predicate::rows(actor, Verb::Read, object, "r")).text("))");
    sql
}

fn visible_object<'a>(actor: &'a Actor, name: &str) -> Result<&'a ObjectDef> {
    let object = actor.schema().object(name).filter(|object| actor.rights().may(Verb::Read, &object.name));
    object.map(AsRef::as_ref).ok_or_else(|| crate::access::unknown_object(name))
}

/// Whether the record, living or deleted, exists for the actor.
pub(crate) async fn visible_record(db: &Db, actor: &Actor, object: &ObjectDef, id: Uuid) -> Result<bool> {
    let mut sql = Sql::new(format!("select r.version from {} r where ", object.table()));
    sql.append(predicate::rows(actor, Verb::Read, object, "r")).text(" and r.id = ").bind(id);
    Ok(db.row(actor.tenant(), sql).await?.is_some())
}
