//! When a meeting can be: who asks for one without a time is asked for it, and offered times at which all who take part
//! are free.

use super::answer::Answer;
use super::dialogue::{Offered, Outcome, Standing, Turn};
use super::{Kind, Staff};
use crm_core::desk::{Hours, MOST_PEOPLE, USUAL_MEETING};
use crm_core::query::{Filter, Query};
use crm_core::schema::Schema;
use crm_core::{Actor, Error, Result};
use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Span, Timestamp, Zoned};
use nlu::Language;
use nlu::staff::{Action, Assigned, Change, moment_told};
use nlu::values::{Found, Value, find};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use uuid::Uuid;

const MEETING: &str = "meeting";
const BEGINS: &str = "starts_at";
const ENDS: &str = "ends_at";
const COLLEAGUES: &str = "user_ids";

/// How many times are offered.
const OFFERED: usize = 6;
/// How far ahead is looked where nothing was said, and at most.
const AHEAD: i64 = 7;
const FURTHEST: i64 = 31;
/// When people work whose team does not say.
const WORKING: &str = "mon-fri 09:00-17:00";
/// Meetings begin at the half hour.
const STEP: i64 = 30;
/// How far apart the times are that are offered on one of several days.
const APART: SignedDuration = SignedDuration::from_hours(4);
/// A text of a time and so many further words says when, and nothing else.
const BESIDE: usize = 3;

/// A meeting whose time is still asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Planned {
    change: Change,
    /// In which stretch of time it shall begin.
    from: DateTime,
    until: DateTime,
    /// The times that are offered.
    times: Vec<DateTime>,
}

impl Planned {
    pub(super) fn is_anybody_free(&self) -> bool {
        !self.times.is_empty()
    }
}

/// Whether it is a meeting of which only the time is missing.
pub(super) fn lacks_its_time(change: &Change) -> bool {
    change.object == MEETING && change.action == Action::Create && change.missing == [BEGINS]
}

impl Staff {
    /// The same change, with the people of a team that was named instead of the team.
    pub(super) async fn with_members(&self, actor: &Actor, mut change: Change) -> Result<Change> {
        let team = |assigned: &Assigned| assigned.value["object"] == "team";
        let Some(place) = change.values.iter().position(|assigned| change.object == MEETING && team(assigned)) else {
            return Ok(change);
        };
        let Some(team) = change.values.get(place).map(|assigned| assigned.value["id"].clone()) else {
            return Ok(change);
        };
        let query = Query {
            fields: Some(vec!["name".into()]),
            limit: Some(MOST_PEOPLE),
            ..Query::of("user").filter(Filter::all([Filter::eq("team", team), Filter::eq("is_active", true)]))
        };
        let me = actor.who().user();
        let members = self.crm.query(actor, &query).await?.records;
        let members: Vec<_> = members.iter().filter(|member| Some(member.id) != me).collect();
        if members.is_empty() {
            return Ok(change);
        }
        change.values.remove(place);
        let named = change.values.iter().position(|assigned| assigned.field == COLLEAGUES);
        let (mut ids, mut names) = match named.map(|at| change.values.remove(at)) {
            Some(named) => (ids_of(&named.value), vec![named.shown]),
            None => (Vec::new(), Vec::new()),
        };
        for member in members {
            if !ids.contains(&member.id) {
                ids.push(member.id);
                names.push(member.name().to_owned());
            }
        }
        change.values.push(Assigned { field: COLLEAGUES.into(), value: json!(ids), shown: names.join(", ") });
        Ok(change)
    }

    /// Asks when a meeting shall be, and offers times.
    pub(super) async fn ask_when(
        &self,
        actor: &Actor,
        change: Change,
        schema: &Schema,
        language: Language,
        bare: Answer,
    ) -> Result<Answer> {
        let now = self.now_of(actor);
        let today = now.date().to_datetime(Time::midnight());
        let (from, until) = change.within.unwrap_or((today, later(today, AHEAD)));
        let until = until.min(later(from, FURTHEST));
        let busy = self.busy(actor, &change, (from, until)).await?;
        let times = free_times((from, until), &now, &self.hours(actor).await?, &busy);
        let label = schema.object(MEETING).and_then(|object| object.field(BEGINS));
        let label = label.map_or(BEGINS, |field| field.label.text(language.code())).to_owned();
        Ok(Answer {
            kind: Kind::Clarify,
            understood: format!("{} · {label}?", change.shown(schema, language)),
            missing: vec![label],
            offers: times.iter().map(|at| moment_told(*at, language)).collect(),
            offered: Some(Offered::Times(Box::new(Planned { change, from, until, times }))),
            ..bare
        })
    }

    /// When somebody who takes part in a meeting has another one.
    async fn busy(
        &self,
        actor: &Actor,
        change: &Change,
        (from, until): (DateTime, DateTime),
    ) -> Result<Vec<(Timestamp, Timestamp)>> {
        let value = |field: &str| change.values.iter().find(|assigned| assigned.field == field);
        let ids = |field: &str| value(field).map_or_else(Vec::new, |assigned| ids_of(&assigned.value));
        let mut contacts = ids("attendee_ids");
        let about = value("related_id").filter(|about| about.value["object"] == "contact");
        contacts.extend(about.and_then(|about| about.value["id"].as_str()?.parse::<Uuid>().ok()));
        // Beyond the end of time nobody has a meeting.
        let instant = |at: DateTime| actor.zone().to_timestamp(at).ok();
        let Some(stretch) = instant(from).zip(instant(until)) else { return Ok(Vec::new()) };
        self.crm.busy(actor, &ids(COLLEAGUES), &contacts, stretch).await
    }

    /// When somebody works, in their own zone: as their team does, or else in the usual hours.
    async fn hours(&self, actor: &Actor) -> Result<Hours> {
        let usual = || Hours::parse(WORKING, "", actor.zone().clone());
        let team = self.me(actor).await?.and_then(|me| me.team);
        let team = match team {
            Some(team) => match self.crm.get(actor, "team", team).await {
                Ok(team) => Some(team),
                Err(Error::NotFound { .. } | Error::Forbidden { .. }) => None,
                Err(error) => return Err(error),
            },
            None => None,
        };
        let text =
            |field: &str| team.as_ref().and_then(|team| team.get(field).as_text()).unwrap_or_default().to_owned();
        let hours = Some(text("hours")).filter(|hours| !hours.trim().is_empty()).unwrap_or_else(|| WORKING.to_owned());
        let hours = Hours::parse(&hours, &text("holidays"), actor.zone().clone()).or_else(|_| usual());
        hours.map_err(Error::Internal)
    }
}

impl Turn<'_> {
    /// Goes on with a meeting whose time was asked for, if a text says when it shall be.
    pub(super) async fn when(&self, planned: &Planned, text: &str, standing: &Standing) -> Result<Option<Outcome>> {
        let now = self.staff.now_of(self.actor);
        let Some((from, until)) = time_in(text, planned, &now, self.language) else { return Ok(None) };
        if until.duration_since(from) <= USUAL_MEETING {
            return self.at(planned, from, standing).await.map(Some);
        }
        let change = Change { within: Some((from, until)), ..planned.change.clone() };
        self.proposed(change, standing).await.map(Some)
    }

    /// The meeting at one of the times that were offered.
    pub(super) async fn at_offered(
        &self,
        planned: &Planned,
        place: usize,
        standing: &Standing,
    ) -> Result<Option<Outcome>> {
        match planned.times.get(place) {
            Some(at) => self.at(planned, *at, standing).await.map(Some),
            None => Ok(None),
        }
    }

    /// The meeting at this time, as a proposal; who takes part may have another one then.
    async fn at(&self, planned: &Planned, at: DateTime, standing: &Standing) -> Result<Outcome> {
        let mut change = planned.change.clone();
        let ends = at.checked_add(USUAL_MEETING).unwrap_or(at);
        let busy = self.staff.busy(self.actor, &change, (at, ends)).await?;
        change.values.push(moment(BEGINS, at));
        change.values.push(moment(ENDS, ends));
        (change.missing, change.within) = (Vec::new(), None);
        let mut outcome = self.proposed(change, standing).await?;
        if !busy.is_empty()
            && let Some(message) = &mut outcome.message
        {
            *message = format!("{} {message}", self.texts().not_free);
        }
        Ok(outcome)
    }

    async fn proposed(&self, change: Change, standing: &Standing) -> Result<Outcome> {
        let schema = self.staff.crm.schema(self.actor);
        let answer = self.staff.proposal(self.actor, change, &schema, self.language, Answer::bare(1.0)).await?;
        Ok(self.outcome("", standing, answer))
    }
}

fn moment(field: &str, at: DateTime) -> Assigned {
    Assigned { field: field.into(), value: json!(at.to_string()), shown: at.strftime("%Y-%m-%d %H:%M").to_string() }
}

fn ids_of(value: &Json) -> Vec<Uuid> {
    value.as_array().into_iter().flatten().filter_map(|id| id.as_str()?.parse().ok()).collect()
}

fn later(at: DateTime, days: i64) -> DateTime {
    at.checked_add(Span::new().days(days)).unwrap_or(at)
}

/// The time that a text says and nothing else, in the stretch of time that was spoken of: "Tuesday at 2" is the Tuesday
/// of the week that the meeting shall be in.
fn time_in(text: &str, planned: &Planned, now: &Zoned, language: Language) -> Option<(DateTime, DateTime)> {
    let before = planned.from.checked_sub(Span::new().hours(1)).ok();
    let before = before.and_then(|before| before.to_zoned(now.time_zone().clone()).ok());
    let nows = [Some(now.clone()), before].into_iter().flatten();
    let languages = [language, Language::En];
    let said = languages.iter().find_map(|language| {
        let said: Vec<_> = nows.clone().filter_map(|now| time_of(&find(text, &now, *language), text)).collect();
        (!said.is_empty()).then_some(said)
    })?;
    let fits = |(from, _): &&(DateTime, DateTime)| planned.from <= *from && *from < planned.until;
    said.iter().find(fits).or(said.first()).copied()
}

/// The only time of a text that says little else.
fn time_of(found: &[Found], text: &str) -> Option<(DateTime, DateTime)> {
    let [found] = found else { return None };
    let beside = [text.get(..found.span.start), text.get(found.span.end..)];
    let words: usize = beside.into_iter().flatten().map(|text| text.split_whitespace().count()).sum();
    let Value::Time(when) = found.future() else { return None };
    let (from, until) = when.bounds();
    from.zip(until).filter(|_| words <= BESIDE)
}

/// Times in a stretch at which all are free, spread over its days.
fn free_times(
    (from, until): (DateTime, DateTime),
    now: &Zoned,
    hours: &Hours,
    busy: &[(Timestamp, Timestamp)],
) -> Vec<DateTime> {
    let (first, mut times) = (from.max(now.datetime()), Vec::new());
    let apart = if from.date() == last_day(until) { USUAL_MEETING } else { APART };
    let mut day = Some(first.date());
    while let Some(at) = day.filter(|day| day.to_datetime(Time::midnight()) < until && times.len() < OFFERED) {
        let mut next = first;
        for begins in half_hours(at) {
            let is_free = begins >= next && begins < until && fits(begins, now, hours, busy);
            if is_free && times.len() < OFFERED {
                times.push(begins);
                next = begins.checked_add(apart).unwrap_or(begins);
            }
        }
        day = at.tomorrow().ok();
    }
    times
}

fn last_day(until: DateTime) -> Date {
    until.checked_sub(Span::new().seconds(1)).unwrap_or(until).date()
}

fn half_hours(day: Date) -> impl Iterator<Item = DateTime> {
    let midnight = day.to_datetime(Time::midnight());
    (0..48).filter_map(move |n| midnight.checked_add(Span::new().minutes(n * STEP)).ok())
}

/// Whether a meeting that begins then lies in the hours, and meets no other.
fn fits(begins: DateTime, now: &Zoned, hours: &Hours, busy: &[(Timestamp, Timestamp)]) -> bool {
    let Ok(begins) = now.time_zone().to_timestamp(begins) else { return false };
    let Ok(ends) = begins.checked_add(USUAL_MEETING) else { return false };
    let last = ends.checked_sub(SignedDuration::from_secs(1)).unwrap_or(ends);
    let is_met = busy.iter().any(|(from, until)| *from < ends && begins < *until);
    !is_met && hours.is_open(begins) && hours.is_open(last)
}
