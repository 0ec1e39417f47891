//! The calendar in SQL: which day of a zone an instant falls on, which unit a day falls in. Whole numbers only, the
//! same text on both engines.

use super::term::surround;
use crate::db::{Sql, date_of};
use crate::query::Unit;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;

const DAY: i64 = 86_400_000_000;
/// Far before any date, in whole 400-year eras and whole weeks: integer division truncates towards zero on both
/// engines, so it is a floor only of what is not negative.
const ERAS_BEFORE: i64 = 32;
const DAYS_OF_ERA: i64 = 146_097;
/// From 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// The offsets of a zone over a stretch of time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Transitions {
    /// Before the first transition, in microseconds.
    first: i64,
    /// Instants from which on another offset holds, in order, both in microseconds.
    later: Vec<(i64, i64)>,
}

impl Transitions {
    /// How many are told apart: a thousand years of daylight saving. Beyond them the last offset goes on.
    const MOST: usize = 2_000;

    /// The offsets that instants from `min` to `max` need.
    pub(crate) fn of(zone: &TimeZone, min: Timestamp, max: Timestamp) -> Self {
        let offset = |at: Timestamp| i64::from(zone.to_offset(at).seconds()) * 1_000_000;
        let later = zone.following(min).take_while(|transition| transition.timestamp() <= max).take(Self::MOST);
        let later = later.map(|transition| {
            (transition.timestamp().as_microsecond(), i64::from(transition.offset().seconds()) * 1_000_000)
        });
        Self { first: offset(min), later: later.collect() }
    }

    /// The days since 1970 of a column of microseconds, in the zone.
    fn days(&self, micros: &Sql) -> Sql {
        let mut sql = surround("((", micros.clone(), " + ");
        sql.append(choose(micros, self.first, &self.later));
        let shift = ERAS_BEFORE * DAYS_OF_ERA;
        sql.text(&format!(" + {}) / {DAY} - {shift})", shift * DAY));
        sql
    }
}

/// A search by halves for the offset that holds at an instant.
fn choose(micros: &Sql, first: i64, later: &[(i64, i64)]) -> Sql {
    let middle = later.len() / 2;
    let Some((at, offset)) = later.get(middle).copied() else { return Sql::new(first.to_string()) };
    let mut sql = surround("case when ", micros.clone(), &format!(" < {at} then "));
    sql.append(choose(micros, first, &later[..middle])).text(" else ");
    sql.append(choose(micros, offset, &later[middle + 1..])).text(" end");
    sql
}

/// Days gathered into units of the calendar. In SQL a unit is a number; [`Buckets::start`] tells its first day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Buckets {
    pub(crate) unit: Unit,
    pub(crate) week_start: Weekday,
}

impl Buckets {
    /// The number of the unit that a column of days since 1970 falls in.
    pub(crate) fn of_days(self, days: &Sql) -> Sql {
        let shift = ERAS_BEFORE * DAYS_OF_ERA;
        match self.unit {
            Unit::Day => days.clone(),
            Unit::Week => surround("((", days.clone(), &format!(" + {}) / 7)", shift + self.days_into_week())),
            Unit::Month => months(days),
            Unit::Quarter => surround("(", months(days), " / 3)"),
            Unit::Year => surround("(", months(days), " / 12)"),
        }
    }

    /// The number of the unit that a column of microseconds since 1970 falls in.
    pub(crate) fn of_instants(self, micros: &Sql, zone: &Transitions) -> Sql {
        self.of_days(&zone.days(micros))
    }

    /// The first day of the unit with a number.
    pub(crate) fn start(self, number: i64) -> Option<Date> {
        let of_month = |month: i64| {
            let month = month - ERAS_BEFORE * 400 * 12;
            let year = i16::try_from(month.div_euclid(12)).ok()?;
            Date::new(year, i8::try_from(month.rem_euclid(12)).ok()? + 1, 1).ok()
        };
        match self.unit {
            Unit::Day => date_of(number),
            Unit::Week => date_of(number * 7 - ERAS_BEFORE * DAYS_OF_ERA - self.days_into_week()),
            Unit::Month => of_month(number),
            Unit::Quarter => of_month(number * 3),
            Unit::Year => of_month(number * 12),
        }
    }

    /// How many days of its week were over on 1970-01-01.
    fn days_into_week(self) -> i64 {
        i64::from(self.week_start.until(date(1970, 1, 1).weekday()))
    }
}

/// The months from the calendar's far beginning to a day, by whole numbers (Neri and Schneider, "Euclidean affine
/// functions and their application to calendar algorithms"): years begin in March, so that the leap day is their last.
fn months(days: &Sql) -> Sql {
    let shifted = surround("(", days.clone(), &format!(" + {})", EPOCH + ERAS_BEFORE * DAYS_OF_ERA));
    let century = surround("((4 * ", shifted.clone(), &format!(" + 3) / {DAYS_OF_ERA})"));
    let of_century = surround("((4 * ", shifted, &format!(" + 3) % {DAYS_OF_ERA} / 4)"));
    let year = surround("((4 * ", of_century.clone(), " + 3) / 1461)");
    let of_year = surround("((4 * ", of_century, " + 3) % 1461 / 4)");
    let month = surround("((5 * ", of_year, " + 461) / 153)");
    let mut sql = surround("(1200 * ", century, " + 12 * ");
    sql.append(year).text(" + ").append(month).text(" - 1)");
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Db, days};
    use crate::query::period::day_of;

    const ZONES: [&str; 5] =
        ["Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe", "America/Havana"];

    /// Asks SQLite for the unit of each value.
    async fn ask(values: &[i64], unit_of: impl Fn(&Sql) -> Sql) -> Vec<i64> {
        let db = Db::open("sqlite::memory:").await.unwrap();
        let rows: Vec<_> = values.iter().map(|value| format!("({value})")).collect();
        let mut sql = Sql::new("select ");
        sql.append(unit_of(&Sql::new("column1"))).text(&format!(" from (values {})", rows.join(", ")));
        let rows = db.rows(crate::db::Scope::System, sql).await.unwrap();
        rows.iter().map(|row| row.int(0).unwrap()).collect()
    }

    #[tokio::test]
    async fn units_of_days_are_those_of_the_calendar() {
        let dates: Vec<Date> = (-9990..9990)
            .step_by(37)
            .chain([1899, 1900, 1969, 1970, 2000, 2016, 2017, 2024, 2100])
            .flat_map(|year| {
                [date(year, 1, 1), date(year, 2, 28), date(year, 3, 1), date(year, 12, 31), date(year, 7, 19)]
            })
            .collect();
        let numbers: Vec<i64> = dates.iter().map(|day| days(*day)).collect();
        for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year] {
            for week_start in [Weekday::Monday, Weekday::Sunday, Weekday::Saturday] {
                let buckets = Buckets { unit, week_start };
                let found = ask(&numbers, |days| buckets.of_days(days)).await;
                for (day, number) in dates.iter().zip(found) {
                    assert_eq!(buckets.start(number), Some(unit.start(*day, week_start)), "{day} by {unit:?}");
                }
            }
        }
    }

    #[tokio::test]
    async fn an_instant_falls_on_the_day_of_its_zone() {
        let (min, max) = ("1975-01-01T00:00:00Z".parse().unwrap(), "2040-01-01T00:00:00Z".parse().unwrap());
        for name in ZONES {
            let zone = TimeZone::get(name).unwrap();
            let transitions = Transitions::of(&zone, min, max);
            // Around each transition, by the hour, and around the midnights of its days.
            let instants: Vec<Timestamp> = zone
                .following(min)
                .take_while(|transition| transition.timestamp() < max)
                .flat_map(|transition| (-30..30).map(move |hours| (transition.timestamp(), hours)))
                .flat_map(|(at, hours)| {
                    let at = at + jiff::SignedDuration::from_hours(hours);
                    [at, at - jiff::SignedDuration::from_micros(1)]
                })
                .filter(|at| (min..=max).contains(at))
                .collect();
            let micros: Vec<i64> = instants.iter().map(|at| at.as_microsecond()).collect();
            let buckets = Buckets { unit: Unit::Day, week_start: Weekday::Monday };
            let found = ask(&micros, |at| buckets.of_instants(at, &transitions)).await;
            for (at, number) in instants.iter().zip(found) {
                assert_eq!(buckets.start(number), Some(day_of(*at, &zone)), "{at} in {name}");
            }
        }
    }
}
