//! Holidays: when they are in a year.

use super::super::calendar::{DAY, Slot, civil, weekday};
use super::evaluate::{day_slot, number};
use super::moon;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A holiday and the rule that says when it is.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Holiday {
    rule: Rule,
    /// How many days it lasts.
    days: i64,
}

/// When a holiday is. How rules are written stands at the top of `holidays.toml`.
#[derive(Debug, PartialEq)]
enum Rule {
    Fixed {
        month: i64,
        day: i64,
    },
    /// A fixed day, moved to the nearest working day.
    Working {
        month: i64,
        day: i64,
    },
    Weekday {
        day: i64,
        nth: i64,
        month: i64,
        shift: i64,
    },
    Easter {
        shift: i64,
    },
    OrthodoxEaster {
        shift: i64,
    },
    Hebrew {
        month: i64,
        day: i64,
        shift: i64,
    },
    Islamic {
        month: i64,
        day: i64,
    },
    /// A lunar day of a month of the Hindu calendar that holds at an hour.
    Hindu {
        month: i64,
        day: i64,
        hour: i64,
        shift: i64,
    },
    /// When the sun stands at a place among the stars.
    Solar {
        degrees: f64,
        shift: i64,
    },
    /// A fixed day that a Sunday moves to the Saturday.
    Saturday {
        month: i64,
        day: i64,
    },
    /// The days of some years.
    Known(Vec<i64>),
}

static ALL: LazyLock<BTreeMap<String, Holiday>> = LazyLock::new(|| {
    let source: BTreeMap<String, String> = toml::from_str(include_str!("../words/holidays.toml")).unwrap_or_default();
    let read = |name: &str, text: &str| Some((name.to_owned(), Holiday::read(text)?));
    source.iter().filter_map(|(name, text)| read(name, text)).collect()
});

impl Holiday {
    /// The holiday of a name in `holidays.toml`.
    pub(in super::super) fn named(name: &str) -> Option<&'static Self> {
        ALL.get(name)
    }

    fn read(text: &str) -> Option<Self> {
        let (text, days) = match text.split_once(" for ") {
            Some((text, days)) => (text, days.parse().ok()?),
            None => (text, 1),
        };
        Some(Self { rule: Rule::read(text)?, days })
    }

    /// Its days in a year.
    pub(super) fn slot(&self, year: i64) -> Option<Slot> {
        let day = self.rule.day(year)?;
        let days = match &self.rule {
            Rule::Islamic { month, .. } if self.days == 0 => moon::islamic_month_days(year, *month, day),
            _ => self.days,
        };
        Some(day_slot(day, days))
    }
}

impl Rule {
    fn read(text: &str) -> Option<Self> {
        let (text, shift) = match text.split_once(['+']) {
            Some((text, shift)) => (text.trim(), shift.trim().parse().ok()?),
            None => match text.split_once(" - ") {
                Some((text, shift)) => (text.trim(), -shift.trim().parse::<i64>().ok()?),
                None => (text, 0),
            },
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        let pair =
            |text: &str| text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        Some(match words.as_slice() {
            ["easter"] => Self::Easter { shift },
            ["orthodox"] => Self::OrthodoxEaster { shift },
            ["working", day] => pair(day).map(|(month, day)| Self::Working { month, day })?,
            ["hebrew", day] => pair(day).map(|(month, day)| Self::Hebrew { month, day, shift })?,
            ["islamic", day] => pair(day).map(|(month, day)| Self::Islamic { month, day })?,
            [nth, day, month] if day.len() == 3 => Self::Weekday {
                day: i64::try_from(
                    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|name| name == day)?,
                )
                .ok()?,
                nth: nth.parse().ok()?,
                month: month.parse().ok()?,
                shift,
            },
            ["hindu", day] => pair(day).map(|(month, day)| Self::Hindu { month, day, hour: 6, shift })?,
            ["hindu", day, "at", hour] => {
                let (month, day) = pair(day)?;
                Self::Hindu { month, day, hour: hour.parse().ok()?, shift }
            }
            ["solar", degrees] => Self::Solar { degrees: degrees.parse().ok()?, shift },
            ["saturday", day] => pair(day).map(|(month, day)| Self::Saturday { month, day })?,
            ["on", days @ ..] => Self::Known(days.iter().filter_map(|day| known(day)).collect()),
            [day] => pair(day).map(|(month, day)| Self::Fixed { month, day })?,
            _ => return None,
        })
    }

    fn day(&self, year: i64) -> Option<i64> {
        match self {
            Self::Fixed { month, day } => Some(number(year, *month, *day)),
            Self::Working { month, day } => {
                let day = number(year, *month, *day);
                Some(match weekday(day * DAY) {
                    5 => day - 1,
                    6 => day + 1,
                    _ => day,
                })
            }
            Self::Weekday { day, nth, month, shift } => Some(nth_weekday(year, *month, *day, *nth) + shift),
            Self::Easter { shift } => Some(easter(year) + shift),
            Self::OrthodoxEaster { shift } => Some(orthodox_easter(year) + shift),
            Self::Hebrew { month, day, shift } => Some(hebrew(year, *month, *day) + shift),
            Self::Islamic { month, day } => moon::islamic(year, *month, *day),
            Self::Hindu { month, day, hour, shift } => moon::hindu(year, *month, *day, *hour).map(|day| day + shift),
            Self::Solar { degrees, shift } => moon::solar(year, *degrees).map(|day| day + shift),
            Self::Saturday { month, day } => {
                let day = number(year, *month, *day);
                Some(if weekday(day * DAY) == 6 { day - 1 } else { day })
            }
            Self::Known(days) => days.iter().find(|day| civil(**day * DAY).0 == year).copied(),
        }
    }
}

fn known(text: &str) -> Option<i64> {
    let mut parts = text.split('-').map(str::parse);
    Some(number(parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?))
}

fn nth_weekday(year: i64, month: i64, day: i64, nth: i64) -> i64 {
    if nth > 0 {
        let first = number(year, month, 1);
        first + (day - weekday(first * DAY)).rem_euclid(7) + (nth - 1) * 7
    } else {
        let next = if month == 12 { number(year + 1, 1, 1) } else { number(year, month + 1, 1) };
        next - 1 - (weekday((next - 1) * DAY) - day).rem_euclid(7) + (nth + 1) * 7
    }
}

/// Easter Sunday of the Gregorian calendar (the "anonymous" computus).
fn easter(year: i64) -> i64 {
    let (golden, century) = (year % 19, year / 100);
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - moon - year % 100 % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let day = moon + sunday - 7 * late + 114;
    number(year, day / 31, day % 31 + 1)
}

/// Easter Sunday of the Julian calendar (Meeus), as a Gregorian day.
fn orthodox_easter(year: i64) -> i64 {
    let moon = (19 * (year % 19) + 15) % 30;
    let sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
    let day = moon + sunday + 114;
    number(year, day / 31, day % 31 + 1) + 13
}

/// A day of the Hebrew calendar, months counted from Nisan, in the Hebrew year that has it in a Gregorian one.
fn hebrew(year: i64, month: i64, day: i64) -> i64 {
    // Nisan to Elul end the Hebrew year 3760 + y; Tishri begins the next.
    let hebrew_year = if (7..10).contains(&month) { year + 3_761 } else { year + 3_760 };
    let lengths = hebrew_months(hebrew_year);
    let from_tishri: Vec<i64> = if lengths.len() == 13 {
        vec![7, 8, 9, 10, 11, 13, 12, 1, 2, 3, 4, 5, 6]
    } else {
        vec![7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6]
    };
    let before: i64 =
        from_tishri.iter().zip(&lengths).take_while(|(name, _)| **name != month).map(|(_, length)| length).sum();
    hebrew_new_year(hebrew_year) + before + day - 1
}

fn hebrew_new_year(year: i64) -> i64 {
    let months = (235 * year - 234) / 19;
    let parts = 12_084 + 13_753 * months;
    let day = months * 29 + parts / 25_920;
    let day = if 3 * (day + 1) % 7 < 3 { day + 1 } else { day };
    // The day before the first of the count, in days since 1970.
    day - 2_092_590 + correction(year)
}

fn elapsed(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * months;
    let day = months * 29 + parts.div_euclid(25_920);
    if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
}

fn correction(year: i64) -> i64 {
    let (last, present, next) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    if next - present == 356 {
        2
    } else if present - last == 382 {
        1
    } else {
        0
    }
}

fn hebrew_months(year: i64) -> Vec<i64> {
    let days = hebrew_new_year(year + 1) - hebrew_new_year(year);
    let (heshvan, kislev) = (if days % 10 == 5 { 30 } else { 29 }, if days % 10 == 3 { 29 } else { 30 });
    let mut lengths = vec![30, heshvan, kislev, 29, 30];
    if days > 380 {
        lengths.push(30);
    }
    lengths.extend([29, 30, 29, 30, 29, 30, 29]);
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(name: &str, year: i64) -> String {
        let slot = Holiday::named(name).and_then(|holiday| holiday.slot(year)).unwrap();
        let (year, month, day) = civil(slot.start);
        format!("{year}-{month:02}-{day:02}")
    }

    #[test]
    fn holidays_move_as_their_rules_say() {
        assert_eq!(day("easter", 2026), "2026-04-05");
        assert_eq!(day("orthodox_easter", 2026), "2026-04-12");
        assert_eq!(day("thanksgiving", 2026), "2026-11-26");
        assert_eq!(day("memorial_day", 2026), "2026-05-25");
        assert_eq!(day("rosh_hashanah", 2024), "2024-10-02");
        assert_eq!(day("passover", 2025), "2025-04-12");
        assert_eq!(day("eid_al_fitr", 2026), "2026-03-20");
        assert_eq!(day("diwali", 2026), "2026-11-08");
        assert_eq!(day("pongal", 2026), "2026-01-14");
        assert_eq!(day("black_friday", 2026), "2026-11-27");
    }

    #[test]
    fn every_rule_is_understood() {
        let source: BTreeMap<String, String> = toml::from_str(include_str!("../words/holidays.toml")).unwrap();
        for name in source.keys() {
            assert!(Holiday::named(name).is_some(), "{name}");
        }
    }
}
