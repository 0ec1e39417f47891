//! When something comes again, by the clock on the wall: kept, counted on and told.

use super::telling::fill;
use crate::Language;
use crate::values::{Grain, Recurrence};
use jiff::Span;
use jiff::civil::{Date, DateTime, Time, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The time of day of what comes again without one.
const USUAL: Time = Time::constant(8, 0, 0, 0);
/// Nothing is looked for further ahead, in days.
const AHEAD: i64 = 366 * 20;

/// When something comes again: days and a time of day, in whatever zone its reader is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    every: u32,
    unit: Unit,
    /// Days of the week, Monday is 1; of weeks only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    weekdays: Vec<i8>,
    /// The day of the month, -1 is the last; of months only. In a shorter month its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    month_day: Option<i8>,
    time: Time,
    /// A day from which is counted.
    from: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Unit {
    Day,
    Week,
    Month,
}

impl Rhythm {
    /// What somebody said, at eight in the morning if they did not say when; none if it comes more often than daily.
    #[must_use]
    pub fn of(said: &Recurrence) -> Option<Self> {
        let (unit, times) = match said.unit {
            Grain::Second | Grain::Minute | Grain::Hour => return None,
            Grain::Day => (Unit::Day, 1),
            Grain::Week => (Unit::Week, 1),
            Grain::Month => (Unit::Month, 1),
            Grain::Quarter => (Unit::Month, 3),
            Grain::Year => (Unit::Month, 12),
        };
        let from = said.first.date();
        let mut weekdays: Vec<i8> = said.weekdays.iter().map(|day| day.to_monday_one_offset()).collect();
        if unit == Unit::Week && weekdays.is_empty() {
            weekdays.push(from.weekday().to_monday_one_offset());
        }
        weekdays.sort_unstable();
        weekdays.dedup();
        let month_day = (unit == Unit::Month).then(|| said.month_day.unwrap_or(from.day()));
        Some(Self {
            every: said.every.max(1).saturating_mul(times),
            unit,
            weekdays,
            month_day,
            time: said.time.unwrap_or(USUAL),
            from,
        })
    }

    /// The first time behind a moment; none if there is none for years.
    #[must_use]
    pub fn after(&self, moment: DateTime) -> Option<DateTime> {
        let days = (0..AHEAD).map_while(|ahead| moment.date().checked_add(Span::new().days(ahead)).ok());
        days.filter(|day| self.falls_on(*day)).map(|day| day.to_datetime(self.time)).find(|at| *at > moment)
    }

    /// Whether it comes on this day of the week by name.
    #[must_use]
    pub fn comes_on(&self, day: Weekday) -> bool {
        self.weekdays.contains(&day.to_monday_one_offset())
    }

    fn falls_on(&self, day: Date) -> bool {
        let every = i64::from(self.every);
        match self.unit {
            Unit::Day => days_between(self.from, day) % every == 0,
            Unit::Week => {
                let weeks = days_between(monday(self.from), monday(day)) / 7;
                weeks % every == 0 && self.weekdays.contains(&day.weekday().to_monday_one_offset())
            }
            Unit::Month => {
                let month = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
                let wanted = match self.month_day {
                    Some(wanted @ 1..) => wanted.min(day.days_in_month()),
                    _ => day.days_in_month(),
                };
                (month(day) - month(self.from)) % every == 0 && day.day() == wanted
            }
        }
    }

    /// "every Monday at 08:00".
    #[must_use]
    pub fn told(&self, language: Language) -> String {
        let words = words(language);
        let (every, time) = (self.every.to_string(), clock(self.time));
        let weekdays: Vec<&str> = self
            .weekdays
            .iter()
            .filter_map(|day| words.weekdays.get(usize::try_from(*day - 1).ok()?).map(String::as_str))
            .collect();
        let weekdays = weekdays.join(", ");
        let day = self
            .month_day
            .filter(|day| *day > 0)
            .map_or_else(|| words.last.clone(), |day| fill(&words.nth, &[&day.to_string()]));
        match (self.unit, self.every) {
            (Unit::Day, 1) => fill(&words.daily, &[&time]),
            (Unit::Day, _) => fill(&words.days, &[&every, &time]),
            (Unit::Week, 1) if self.weekdays == [1, 2, 3, 4, 5] => fill(&words.workdays, &[&time]),
            (Unit::Week, 1) => fill(&words.weekly, &[&weekdays, &time]),
            (Unit::Week, _) => fill(&words.weeks, &[&every, &weekdays, &time]),
            (Unit::Month, 1) => fill(&words.monthly, &[&day, &time]),
            (Unit::Month, _) => fill(&words.months, &[&every, &day, &time]),
        }
    }
}

/// A moment as it is told: "Monday, 2026-11-23 08:00".
#[must_use]
pub fn moment_told(at: DateTime, language: Language) -> String {
    let day = usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or_default();
    let weekday = words(language).weekdays.get(day).map_or("", String::as_str);
    format!("{weekday}, {} {}", at.date(), clock(at.time()))
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn monday(day: Date) -> Date {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(Span::new().days(since)).unwrap_or(day)
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// One language's words. `{0}` and those after it stand for what is told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    weekdays: Vec<String>,
    daily: String,
    days: String,
    workdays: String,
    weekly: String,
    weeks: String,
    monthly: String,
    months: String,
    nth: String,
    last: String,
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
static WORDS: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| toml::from_str(include_str!("words/rhythm.toml")).expect("the file of words is well formed"));

#[expect(clippy::expect_used, reason = "a test asks for every language")]
fn words(language: Language) -> &'static Words {
    WORDS.get(language.code()).expect("every language tells when something comes again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{Value, When, find};
    use jiff::civil::datetime;
    use jiff::tz::TimeZone;

    /// What comes again by these words, said on Sunday, December 31, 2017 at noon.
    fn rhythm(text: &str, language: Language) -> Rhythm {
        let now = datetime(2017, 12, 31, 12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        let found = find(text, &now, language).into_iter().find_map(|found| match found.value {
            Value::Time(When::Recurring(again)) => Rhythm::of(&again),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("{text}"))
    }

    fn three(text: &str) -> String {
        let rhythm = rhythm(text, Language::En);
        let mut at = datetime(2017, 12, 31, 12, 0, 0, 0);
        let times = (0..3).map(|_| {
            at = rhythm.after(at).unwrap();
            at.strftime("%m-%d %H:%M").to_string()
        });
        times.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_comes_again_comes_on_its_days() {
        assert_eq!(three("every Monday at 8"), "01-01 08:00 01-08 08:00 01-15 08:00");
        assert_eq!(three("every weekday at 7:30"), "01-01 07:30 01-02 07:30 01-03 07:30");
        assert_eq!(three("every day"), "01-01 08:00 01-02 08:00 01-03 08:00");
        assert_eq!(three("every month on the 31st"), "01-31 08:00 02-28 08:00 03-31 08:00");
        assert_eq!(three("every month on the 1st"), "01-01 08:00 02-01 08:00 03-01 08:00");
        assert_eq!(three("every two weeks on Friday at 16:00"), "01-05 16:00 01-19 16:00 02-02 16:00");
    }

    #[test]
    fn what_would_come_more_often_than_daily_is_no_rhythm() {
        let now = datetime(2017, 12, 31, 12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        let found = find("every hour", &now, Language::En).remove(0);
        let Value::Time(When::Recurring(again)) = found.value else { panic!("{found:?}") };
        assert_eq!(Rhythm::of(&again), None);
    }

    #[test]
    fn it_is_told_in_each_language() {
        for (language, said, told) in [
            (Language::En, "every Monday at 8", "every Monday at 08:00"),
            (Language::De, "jeden Montag um 8", "jeden Montag um 08:00"),
            (Language::Fr, "chaque lundi à 8h", "chaque lundi à 08:00"),
            (Language::Es, "cada lunes a las 8", "cada lunes a las 08:00"),
            (Language::Pt, "toda segunda-feira às 8", "toda segunda-feira às 08:00"),
        ] {
            assert_eq!(rhythm(said, language).told(language), told);
        }
        for language in Language::ALL {
            assert_eq!(words(language).weekdays.len(), 7, "{language:?}");
        }
    }
}
