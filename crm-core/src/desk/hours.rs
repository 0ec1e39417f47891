//! Business hours: when a team answers.
//!
//! `mon-fri 09:00-17:00, sat 22:00-02:00`: shifts of the week in the team's own time zone, without its holidays. A
//! shift that ends before it begins goes on after midnight.

use crate::error::{FieldError, Result};
use crate::record::Draft;
use crate::value::Value;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::json;

/// When a team answers.
#[derive(Debug, Clone)]
pub struct Hours {
    /// None: always.
    shifts: Vec<Shift>,
    zone: TimeZone,
    holidays: Vec<Date>,
}

/// Hours of one day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shift {
    day: Weekday,
    from: Time,
    to: Time,
}

/// How far ahead the next opening is looked for.
const DAYS_AHEAD: i32 = 60;
const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl Hours {
    /// Always.
    pub fn always(zone: TimeZone) -> Self {
        Self { shifts: Vec::new(), zone, holidays: Vec::new() }
    }

    /// Reads hours and holidays; a line or entry that cannot be read is the error.
    ///
    /// # Errors
    /// The piece of text that is no shift or no day.
    pub fn parse(hours: &str, holidays: &str, zone: TimeZone) -> Result<Self, String> {
        let mut shifts = Vec::new();
        for entry in hours.split([',', ';', '\n']).map(str::trim).filter(|entry| !entry.is_empty()) {
            shifts.extend(shifts_of(entry).ok_or_else(|| entry.to_owned())?);
        }
        let days = holidays.split([',', ';', '\n', ' ']).map(str::trim).filter(|day| !day.is_empty());
        let holidays = days.map(|day| day.parse().map_err(|_| day.to_owned())).collect::<Result<_, _>>()?;
        Ok(Self { shifts, zone, holidays })
    }

    /// Whether the team answers at this instant.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.shifts.is_empty() && !self.is_holiday(at.to_zoned(self.zone.clone()).date())
            || self.openings(at).any(|(from, to)| from <= at && at < to)
    }

    /// When the team answers next: now, if it does; none if not in the next weeks.
    pub fn opens_at(&self, at: Timestamp) -> Option<Timestamp> {
        if self.is_open(at) {
            return Some(at);
        }
        if self.shifts.is_empty() {
            let today = at.to_zoned(self.zone.clone()).date();
            let day =
                (1..DAYS_AHEAD).filter_map(|n| today.checked_add(n.days()).ok()).find(|day| !self.is_holiday(*day))?;
            return day.to_zoned(self.zone.clone()).ok().map(|start| start.timestamp());
        }
        self.openings(at).map(|(from, _)| from).filter(|from| *from > at).min()
    }

    fn is_holiday(&self, day: Date) -> bool {
        self.holidays.contains(&day)
    }

    /// The shifts from yesterday on, as instants.
    fn openings(&self, at: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let today = at.to_zoned(self.zone.clone()).date();
        let days = (-1..DAYS_AHEAD).filter_map(move |n| today.checked_add(n.days()).ok());
        let days = days.filter(|day| !self.is_holiday(*day));
        days.flat_map(move |day| {
            let shifts = self.shifts.iter().filter(move |shift| shift.day == day.weekday());
            shifts.filter_map(move |shift| {
                let ends = if shift.to > shift.from { day } else { day.tomorrow().ok()? };
                let instant =
                    |day: Date, time| Some(day.to_datetime(time).to_zoned(self.zone.clone()).ok()?.timestamp());
                Some((instant(day, shift.from)?, instant(ends, shift.to)?))
            })
        })
    }
}

/// `mon-fri 09:00-17:00` as a shift for each day.
fn shifts_of(entry: &str) -> Option<Vec<Shift>> {
    let entry = entry.to_lowercase();
    let (days, times) = entry.split_once(char::is_whitespace)?;
    let (first, last) = days.split_once('-').unwrap_or((days, days));
    let (from, to) = times.trim().split_once('-')?;
    let (from, to) = (time(from)?, time(to)?);
    let place = |name: &str| DAYS.iter().position(|(short, _)| name.get(..3) == Some(*short));
    let (first, last) = (place(first.trim())?, place(last.trim())?);
    let count = (last + DAYS.len() - first) % DAYS.len() + 1;
    Some((0..count).map(|n| Shift { day: DAYS[(first + n) % DAYS.len()].1, from, to }).collect())
}

fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute) = (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?);
    // The end of the day is the start of the next.
    if hour == 24 && minute == 0 { Some(Time::midnight()) } else { Time::new(hour, minute, 0, 0).ok() }
}

/// Refuses a team whose hours cannot be read.
pub(crate) fn check_hours(draft: &Draft) -> Result<()> {
    let text = |field: &str| draft.get(field).as_text().unwrap_or_default().to_owned();
    let zone = text("time_zone");
    if !zone.is_empty() && TimeZone::get(&zone).is_err() {
        let error = FieldError::new("time_zone", "invalid", "The time zone is an IANA name such as Europe/Berlin.");
        return Err(error.value(&json!(zone)).into());
    }
    if let Err(piece) = Hours::parse(&text("hours"), "", TimeZone::UTC) {
        let error = FieldError::new("hours", "invalid", format!("`{piece}` cannot be read as business hours."));
        return Err(error
            .value(&json!(text("hours")))
            .hint("Write days and times: mon-fri 09:00-17:00, sat 10:00-14:00.")
            .into());
    }
    if let Err(piece) = Hours::parse("", &text("holidays"), TimeZone::UTC) {
        let error = FieldError::new("holidays", "invalid", format!("`{piece}` is no day."));
        return Err(error.value(&json!(text("holidays"))).hint("Write a day a line: 2026-12-25.").into());
    }
    match draft.get("answer_within") {
        Value::Duration(seconds) if !(30..=86_400).contains(seconds) => {
            let message = "The time to answer lies between 30 seconds and one day.";
            Err(FieldError::new("answer_within", "out_of_range", message).value(&json!(seconds)).into())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin(hours: &str) -> Hours {
        Hours::parse(hours, "2026-12-25", TimeZone::get("Europe/Berlin").unwrap()).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_team_is_open_within_its_shifts_in_its_own_zone() {
        let hours = berlin("mon-fri 09:00-17:00");
        assert!(hours.is_open(at("2026-11-20T08:00:00Z")), "Friday, 9 in Berlin");
        assert!(!hours.is_open(at("2026-11-20T16:00:00Z")), "Friday, 17 in Berlin");
        assert_eq!(hours.opens_at(at("2026-11-20T16:00:00Z")), Some(at("2026-11-23T08:00:00Z")), "Monday morning");
    }

    #[test]
    fn a_night_shift_goes_on_after_midnight() {
        let hours = berlin("fri 22:00-02:00");
        assert!(hours.is_open(at("2026-11-21T00:30:00Z")));
        assert!(!hours.is_open(at("2026-11-21T01:00:00Z")));
    }

    #[test]
    fn nobody_answers_on_a_holiday() {
        let hours = berlin("mon-sun 00:00-24:00");
        assert!(!hours.is_open(at("2026-12-25T11:00:00Z")));
        assert_eq!(hours.opens_at(at("2026-12-25T11:00:00Z")), Some(at("2026-12-25T23:00:00Z")));
        assert!(!berlin("").is_open(at("2026-12-25T11:00:00Z")));
    }

    #[test]
    fn shifts_keep_the_clock_on_the_wall_when_it_changes() {
        let hours = berlin("mon-sun 09:00-17:00");
        assert_eq!(hours.opens_at(at("2026-03-28T20:00:00Z")), Some(at("2026-03-29T07:00:00Z")));
    }

    #[test]
    fn a_team_without_hours_is_always_open() {
        assert!(berlin("").is_open(at("2026-11-22T03:00:00Z")));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert_eq!(Hours::parse("mon-fri 9-17", "", TimeZone::UTC).unwrap_err(), "mon-fri 9-17");
        assert_eq!(Hours::parse("", "Christmas", TimeZone::UTC).unwrap_err(), "Christmas");
    }
}
