//! When people have time for a meeting: what is told of those whose meetings one may not see.

use crate::actor::{Actor, Surface};
use crate::crm::Crm;
use crate::error::{Error, Result};
use crate::query::{Filter, Operator, Query, Sort};
use crate::record::Record;
use crate::value::Value;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

/// A meeting that does not say when it ends is over after this.
pub const USUAL_MEETING: SignedDuration = SignedDuration::from_hours(1);
/// No meeting that began longer before a stretch of time is looked at.
const LONGEST: SignedDuration = SignedDuration::from_hours(14 * 24);
/// So many meetings are looked at: who has more has no time.
const MOST: usize = 2_000;
/// So many people are asked about at once.
pub const MOST_PEOPLE: usize = 50;

impl Crm {
    /// When somebody of these colleagues and contacts, or the actor, has a meeting between two instants: stretches of
    /// time in order, none of which touches another.
    ///
    /// All meetings count, also those that the actor may not see. So nothing is told of a stretch but that it is taken:
    /// neither by what, nor whose meeting it is. Colleagues and contacts whom the actor may not see do not count, and of
    /// more than [`MOST_PEOPLE`] the first do.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn busy(
        &self,
        actor: &Actor,
        colleagues: &[Uuid],
        contacts: &[Uuid],
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Vec<(Timestamp, Timestamp)>> {
        let mut colleagues = self.seen(actor, "user", colleagues).await?;
        colleagues.extend(actor.who().user().filter(|me| !colleagues.contains(me)));
        let contacts = self.seen(actor, "contact", contacts).await?;
        let calendar = self.product(actor.tenant(), "calendar", Surface::System).await?;
        let mut query = Query {
            fields: Some(vec!["starts_at".into(), "ends_at".into()]),
            sort: vec![Sort { field: "starts_at".into(), descending: false }],
            ..Query::of("meeting").filter(taken(&colleagues, &contacts, from, until))
        };
        let mut meetings = Vec::new();
        while meetings.len() < MOST {
            query.limit = Some(Query::MAX_LIMIT);
            let page = self.query(&calendar, &query).await?;
            meetings.extend(page.records.iter().filter_map(stretch));
            let Some(next) = page.next else { break };
            query.after = Some(next);
        }
        Ok(joined(meetings.into_iter().filter(|(_, end)| *end > from)))
    }

    /// Those of these records that the actor may see.
    async fn seen(&self, actor: &Actor, object: &str, ids: &[Uuid]) -> Result<Vec<Uuid>> {
        let ids = ids.get(..MOST_PEOPLE).unwrap_or(ids);
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let query = Query {
            fields: Some(vec!["id".into()]),
            limit: Some(ids.len()),
            ..Query::of(object).filter(Filter::compare("id", Operator::In, json!(ids)))
        };
        match self.query(actor, &query).await {
            Ok(page) => Ok(page.records.iter().map(|record| record.id).collect()),
            Err(Error::NotFound { .. } | Error::Forbidden { .. }) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}

/// The meetings that these people have between two instants.
fn taken(colleagues: &[Uuid], contacts: &[Uuid], from: Timestamp, until: Timestamp) -> Filter {
    let one_of = |field: &str, ids: &[Uuid]| Filter::compare(field, Operator::In, json!(ids));
    let mut takes_part = vec![one_of("owner_id", colleagues), one_of("user_ids", colleagues)];
    if !contacts.is_empty() {
        takes_part.push(one_of("attendee_ids", contacts));
    }
    takes_part
        .extend(contacts.iter().map(|contact| Filter::eq("related_id", json!({"object": "contact", "id": contact}))));
    let earliest = from.checked_sub(LONGEST).unwrap_or(from);
    Filter::all(vec![
        Filter::compare("starts_at", Operator::Ge, json!(earliest.to_string())),
        Filter::compare("starts_at", Operator::Lt, json!(until.to_string())),
        Filter::Or { or: takes_part },
    ])
}

fn stretch(meeting: &Record) -> Option<(Timestamp, Timestamp)> {
    let instant = |field: &str| match meeting.get(field) {
        Value::DateTime(at) => Some(*at),
        _ => None,
    };
    let begins = instant("starts_at")?;
    Some((begins, instant("ends_at").or_else(|| begins.checked_add(USUAL_MEETING).ok())?))
}

/// Stretches of time, put in order by their beginning, with those that touch made one.
fn joined(stretches: impl Iterator<Item = (Timestamp, Timestamp)>) -> Vec<(Timestamp, Timestamp)> {
    let mut all: Vec<(Timestamp, Timestamp)> = Vec::new();
    for (begins, ends) in stretches {
        match all.last_mut().filter(|last| begins <= last.1) {
            Some(last) => last.1 = last.1.max(ends),
            None => all.push((begins, ends)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meetings_that_touch_are_one_stretch_of_time() {
        let at = |hour: i64| Timestamp::from_second(hour * 3_600).unwrap();
        let meetings = [(at(1), at(3)), (at(2), at(3)), (at(3), at(4)), (at(5), at(6))];
        assert_eq!(joined(meetings.into_iter()), [(at(1), at(4)), (at(5), at(6))]);
    }
}
