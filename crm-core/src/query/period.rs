//! Periods and days that move with the present: "last month", "seven days ago".
//!
//! They are resolved to days of the actor's calendar, `[first, end)`; what a day means as instants is the zone's
//! business (see [`midnight`]).

use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// A stretch of days, relative to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Period {
    /// `today`, `this_week`, `last_month`, `next_quarter` …
    Named(Named),
    /// The whole units before the current one: the last 7 days end with yesterday.
    Last {
        /// How many.
        last: u16,
        /// Of what.
        unit: Unit,
    },
    /// The whole units after the current one: the next 7 days begin tomorrow.
    Next {
        /// How many.
        next: u16,
        /// Of what.
        unit: Unit,
    },
    /// The current unit so far, today included.
    ToDate {
        /// Of what.
        unit: Unit,
        /// `true`; with `false`, the whole current unit.
        to_date: bool,
    },
}

/// One unit: the one before the current, the current, or the one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Named {
    /// -1, 0 or 1.
    offset: i8,
    unit: Unit,
}

/// A day relative to today, as `{"relative": -7, "unit": "day"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relative {
    /// How many units; negative ones are past.
    pub relative: i32,
    /// Of what.
    pub unit: Unit,
}

impl Unit {
    const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    fn times(self, n: i64) -> Option<Span> {
        let span = Span::new();
        match self {
            Self::Day => span.try_days(n),
            Self::Week => span.try_weeks(n),
            Self::Month => span.try_months(n),
            Self::Quarter => span.try_months(n.checked_mul(3)?),
            Self::Year => span.try_years(n),
        }
        .ok()
    }

    /// The day that is so many units after `day`; the last of the month where there is no such day in it.
    pub fn after(self, day: Date, n: i64) -> Option<Date> {
        day.checked_add(self.times(n)?).ok()
    }

    /// The first day of the unit that `day` lies in.
    pub fn start(self, day: Date, week_start: Weekday) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let since = week_start.until(day.weekday());
                day.saturating_sub(i32::from(since).days())
            }
            Self::Month => day.first_of_month(),
            Self::Quarter => date(day.year(), (day.month() - 1) / 3 * 3 + 1, 1),
            Self::Year => day.first_of_year(),
        }
    }

    /// What people call the unit that starts with `start`: `2017-03-01`, `2017-W09`, `2017-03`, `2017-Q1`, `2017`.
    pub fn label(self, start: Date) -> String {
        match self {
            Self::Day => start.to_string(),
            Self::Week => {
                // A week that starts on another day than Monday goes by the ISO week that most of it lies in.
                let week = start.saturating_add(3.days()).iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Month => format!("{:04}-{:02}", start.year(), start.month()),
            Self::Quarter => format!("{:04}-Q{}", start.year(), (start.month() - 1) / 3 + 1),
            Self::Year => format!("{:04}", start.year()),
        }
    }
}

impl Period {
    /// The current unit: `this_month`.
    pub fn this(unit: Unit) -> Self {
        Self::Named(Named { offset: 0, unit })
    }

    /// The unit before the current one: `last_month`.
    pub fn last(unit: Unit) -> Self {
        Self::Named(Named { offset: -1, unit })
    }

    /// The unit after the current one: `next_month`.
    pub fn next(unit: Unit) -> Self {
        Self::Named(Named { offset: 1, unit })
    }

    /// Its days: from the first to the one before the second; none beyond the calendar's ends.
    pub fn resolve(self, today: Date, week_start: Weekday) -> Option<(Date, Date)> {
        let (unit, from, to) = match self {
            Self::Named(Named { offset, unit }) => (unit, i64::from(offset), i64::from(offset) + 1),
            Self::Last { last, unit } => (unit, -i64::from(last), 0),
            Self::Next { next, unit } => (unit, 1, 1 + i64::from(next)),
            Self::ToDate { unit, to_date: true } => {
                return Some((unit.start(today, week_start), today.tomorrow().ok()?));
            }
            Self::ToDate { unit, to_date: false } => (unit, 0, 1),
        };
        let current = unit.start(today, week_start);
        Some((unit.after(current, from)?, unit.after(current, to)?))
    }
}

impl Relative {
    /// The day that it means.
    pub fn resolve(self, today: Date) -> Option<Date> {
        self.unit.after(today, self.relative.into())
    }
}

impl From<Named> for String {
    fn from(Named { offset, unit }: Named) -> Self {
        match (offset, unit) {
            (0, Unit::Day) => "today".into(),
            (-1, Unit::Day) => "yesterday".into(),
            (1, Unit::Day) => "tomorrow".into(),
            (0, unit) => format!("this_{}", unit.name()),
            (..0, unit) => format!("last_{}", unit.name()),
            (_, unit) => format!("next_{}", unit.name()),
        }
    }
}

impl TryFrom<String> for Named {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let all = [-1, 0, 1].into_iter().flat_map(|offset| Unit::ALL.map(|unit| Self { offset, unit }));
        let mut named = all.filter(|named| String::from(*named) == text);
        named.next().ok_or_else(|| format!("`{text}` is no period"))
    }
}

/// The instant at which a day begins in a zone. Where midnight is skipped, the first instant after the gap.
pub(crate) fn midnight(day: Date, zone: &TimeZone) -> Timestamp {
    let bound = if day.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(bound)
}

/// The day that an instant falls on in a zone.
pub(crate) fn day_of(at: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(at).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn resolve(period: serde_json::Value, week_start: Weekday) -> String {
        let period: Period = serde_json::from_value(period).unwrap();
        // A Wednesday.
        let (first, end) = period.resolve(date(2017, 3, 1), week_start).unwrap();
        format!("{first}..{end}")
    }

    #[test]
    fn periods_are_whole_units_of_the_calendar() {
        let monday = Weekday::Monday;
        for (period, days) in [
            (json!("today"), "2017-03-01..2017-03-02"),
            (json!("yesterday"), "2017-02-28..2017-03-01"),
            (json!("tomorrow"), "2017-03-02..2017-03-03"),
            (json!("this_week"), "2017-02-27..2017-03-06"),
            (json!("last_month"), "2017-02-01..2017-03-01"),
            (json!("next_quarter"), "2017-04-01..2017-07-01"),
            (json!("this_year"), "2017-01-01..2018-01-01"),
            (json!({"last": 7, "unit": "day"}), "2017-02-22..2017-03-01"),
            (json!({"next": 3, "unit": "month"}), "2017-04-01..2017-07-01"),
            (json!({"last": 2, "unit": "quarter"}), "2016-07-01..2017-01-01"),
            (json!({"unit": "quarter", "to_date": true}), "2017-01-01..2017-03-02"),
        ] {
            assert_eq!(resolve(period.clone(), monday), days, "{period}");
        }
    }

    #[test]
    fn a_week_starts_where_the_actor_says() {
        assert_eq!(resolve(json!("this_week"), Weekday::Sunday), "2017-02-26..2017-03-05");
        assert_eq!(resolve(json!("this_week"), Weekday::Saturday), "2017-02-25..2017-03-04");
        assert_eq!(resolve(json!("this_week"), Weekday::Wednesday), "2017-03-01..2017-03-08");
    }

    #[test]
    fn a_period_is_written_as_it_was_read() {
        for period in [json!("today"), json!("last_day"), json!("next_week"), json!({"last": 7, "unit": "day"})] {
            let read = serde_json::from_value::<Period>(period.clone());
            match read {
                Ok(read) => assert_eq!(serde_json::to_value(read).unwrap(), period),
                Err(_) => assert_eq!(period, json!("last_day"), "yesterday has one name"),
            }
        }
    }

    #[test]
    fn a_period_beyond_the_calendar_is_none() {
        let period = Period::Next { next: u16::MAX, unit: Unit::Year };
        assert_eq!(period.resolve(date(2017, 3, 1), Weekday::Monday), None);
    }

    #[test]
    fn relative_days_stay_within_their_month() {
        let relative = Relative { relative: -1, unit: Unit::Month };
        assert_eq!(relative.resolve(date(2017, 3, 31)), Some(date(2017, 2, 28)));
    }

    #[test]
    fn a_day_begins_after_a_skipped_midnight() {
        let zone = TimeZone::get("America/Sao_Paulo").unwrap();
        assert_eq!(midnight(date(2017, 10, 15), &zone).to_string(), "2017-10-15T03:00:00Z");
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(midnight(date(2017, 3, 26), &berlin).to_string(), "2017-03-25T23:00:00Z");
        assert_eq!(midnight(date(2017, 3, 27), &berlin).to_string(), "2017-03-26T22:00:00Z");
    }

    #[test]
    fn labels_name_the_unit() {
        let labels = |day: Date| Unit::ALL.map(|unit| unit.label(unit.start(day, Weekday::Monday)));
        assert_eq!(labels(date(2017, 3, 1)), ["2017-03-01", "2017-W09", "2017-03", "2017-Q1", "2017"]);
        assert_eq!(Unit::Week.label(date(2016, 12, 26)), "2016-W52");
        assert_eq!(Unit::Week.label(date(2017, 1, 1)), "2017-W01");
    }
}
