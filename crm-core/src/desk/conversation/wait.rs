//! How long a customer will wait: by the team's hours and by how long others waited.

use crate::db::Sql;
use crate::desk::Hours;
use crate::error::Result;
use crate::record::Writing;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// The wait to expect.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// The team has hours.
    Open {
        /// How many others wait already.
        ahead: i64,
        /// Within how many minutes three of four customers were answered lately; none if there were too few.
        minutes: Option<i64>,
        /// Whether anybody of the team is signed in and at work now.
        present: bool,
    },
    /// Nobody is there.
    Closed {
        /// When the team is back.
        opens_at: Option<Timestamp>,
        /// The team's time zone.
        zone: TimeZone,
    },
}

/// What of a team matters to those who wait.
#[derive(Debug)]
pub(super) struct Team {
    id: Option<Uuid>,
    hours: Hours,
    zone: TimeZone,
    /// How long a customer waits before they are told that it will be later, in seconds.
    pub(super) answer_within: i64,
}

/// How long customers wait in the chat where the team says nothing else: two minutes.
const ANSWER_WITHIN: i64 = 120;
/// How many earlier waits tell how long it takes, and how few tell nothing.
const SAMPLE: usize = 20;
const TOO_FEW: usize = 3;

/// The team, or one without hours.
pub(super) async fn team(writing: &mut Writing<'_>, id: Option<Uuid>) -> Result<Team> {
    let home = writing.actor.zone().clone();
    let always = Team { id, hours: Hours::always(home.clone()), zone: home.clone(), answer_within: ANSWER_WITHIN };
    let Some(id) = id else { return Ok(always) };
    let sql = Sql::fixed(
        "select hours, holidays, time_zone, answer_within from team where tenant_id = ? and id = ? and deleted_at is null",
        [writing.actor.tenant().into(), id.into()],
    );
    let Some(row) = writing.tx.row(sql).await? else { return Ok(always) };
    let zone = row.text(2)?.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(home);
    // What cannot be read was refused when it was written.
    let hours = Hours::parse(&row.string(0)?, &row.string(1)?, zone.clone()).unwrap_or(always.hours);
    Ok(Team { id: Some(id), hours, zone, answer_within: row.integer(3)?.unwrap_or(ANSWER_WITHIN) })
}

/// The wait of somebody who joins the team's queue now.
pub(super) async fn expect(writing: &mut Writing<'_>, team: &Team) -> Result<Wait> {
    if !team.hours.is_open(writing.now) {
        return Ok(Wait::Closed { opens_at: team.hours.opens_at(writing.now), zone: team.zone.clone() });
    }
    let mut ahead = Sql::fixed(
        "select count(*) from conversation where tenant_id = ? and state = 'queued' and deleted_at is null",
        [writing.actor.tenant().into()],
    );
    of_team(&mut ahead, team.id);
    let ahead = writing.tx.row(ahead).await?.map_or(Ok(0), |row| row.int(0))?;
    let mut lately = Sql::fixed(
        "select taken_at - queued_at from conversation where tenant_id = ? and taken_at is not null and queued_at is not null \
         and deleted_at is null",
        [writing.actor.tenant().into()],
    );
    of_team(&mut lately, team.id);
    lately.text(&format!(" order by taken_at desc limit {SAMPLE}"));
    let mut waits = writing.tx.rows(lately).await?.iter().map(|row| row.int(0)).collect::<Result<Vec<_>>>()?;
    waits.sort_unstable();
    let three_of_four = waits.get(waits.len() * 3 / 4).copied().filter(|_| waits.len() >= TOO_FEW);
    const MINUTE: i64 = 60_000_000;
    let minutes = three_of_four.map(|micros| (micros + MINUTE - 1) / MINUTE);
    Ok(Wait::Open { ahead, minutes, present: is_anybody_there(writing, team.id).await? })
}

/// Whether anybody of the team, or of the company where there is no team, has the console open. Browsers say so every
/// few minutes.
async fn is_anybody_there(writing: &mut Writing<'_>, team: Option<Uuid>) -> Result<bool> {
    const LATELY: SignedDuration = SignedDuration::from_mins(10);
    let since = writing.now.checked_sub(LATELY).unwrap_or(Timestamp::MIN);
    let mut sql = Sql::fixed(
        "select 1 from session s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id where s.tenant_id = ? \
         and s.last_seen_at > ? and s.expires_at > ? and u.deleted_at is null and u.is_active",
        [writing.actor.tenant().into(), since.into(), writing.now.into()],
    );
    if let Some(team) = team {
        sql.text(" and u.team_id = ").bind(team);
    }
    sql.text(" limit 1");
    Ok(writing.tx.row(sql).await?.is_some())
}

fn of_team(sql: &mut Sql, team: Option<Uuid>) {
    match team {
        Some(team) => sql.text(" and team_id = ").bind(team),
        None => sql.text(" and team_id is null"),
    };
}
