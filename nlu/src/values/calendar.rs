//! The calendar as numbers: seconds since 1970 on a clock that knows no zone.

use super::value::Grain;
use jiff::civil::DateTime;

/// Seconds since the beginning of 1970, as a clock on the wall shows them.
pub(super) type Second = i64;

pub(super) const MINUTE: Second = 60;
pub(super) const HOUR: Second = 3_600;
pub(super) const DAY: Second = 86_400;

/// Before and after all times: the open end of a slot.
pub(super) const EVER: Second = i64::MAX / 4;

/// A span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) start: Second,
    /// The first second behind it.
    pub(super) end: Second,
    pub(super) grain: Grain,
}

/// What the calendar is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    BusinessDay,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Half,
    Season,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// How many months it has, if it is counted in months.
    pub(super) fn months(self) -> Option<i64> {
        match self {
            Self::Month => Some(1),
            Self::Quarter | Self::Season => Some(3),
            Self::Half => Some(6),
            Self::Year => Some(12),
            Self::Decade => Some(120),
            Self::Century => Some(1_200),
            _ => None,
        }
    }

    /// How long it is, a month counted as 30 days and a year as 365.
    pub(super) fn seconds(self) -> Second {
        match self {
            Self::Second => 1,
            Self::Minute => MINUTE,
            Self::Hour => HOUR,
            Self::Day | Self::BusinessDay => DAY,
            Self::Weekend => 2 * DAY,
            Self::Week => 7 * DAY,
            Self::Fortnight => 14 * DAY,
            Self::Year | Self::Decade | Self::Century => self.months().unwrap_or(0) / 12 * 365 * DAY,
            Self::Month | Self::Quarter | Self::Season | Self::Half => self.months().unwrap_or(0) * 30 * DAY,
        }
    }

    pub(super) fn grain(self) -> Grain {
        match self {
            Self::Second => Grain::Second,
            Self::Minute => Grain::Minute,
            Self::Hour => Grain::Hour,
            Self::Day | Self::BusinessDay | Self::Weekend => Grain::Day,
            Self::Week | Self::Fortnight => Grain::Week,
            Self::Month => Grain::Month,
            Self::Quarter | Self::Season | Self::Half => Grain::Quarter,
            Self::Year | Self::Decade | Self::Century => Grain::Year,
        }
    }
}

/// The number of a day since 1970.
pub(super) fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a second.
pub(super) fn civil(at: Second) -> (i64, i64, i64) {
    let number = at.div_euclid(DAY) + 719_468;
    let era = number.div_euclid(146_097);
    let of_era = number.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

/// The midnight that a day begins with.
pub(super) fn midnight(year: i64, month: i64, day: i64) -> Second {
    day_number(year, month, day) * DAY
}

/// The midnight of a day, if the calendar has that day.
pub(super) fn date(year: i64, month: i64, day: i64) -> Option<Second> {
    let fits =
        (-9_000..=9_000).contains(&year) && (1..=12).contains(&month) && (1..=month_days(year, month)).contains(&day);
    fits.then(|| midnight(year, month, day))
}

/// How many days a month has.
pub(super) fn month_days(year: i64, month: i64) -> i64 {
    let next = if month == 12 { day_number(year + 1, 1, 1) } else { day_number(year, month + 1, 1) };
    next - day_number(year, month, 1)
}

/// The day of the week, Monday being 0.
pub(super) fn weekday(at: Second) -> i64 {
    (at.div_euclid(DAY) + 3).rem_euclid(7)
}

/// The beginning of the unit that a second lies in.
pub(super) fn floor(at: Second, unit: Unit) -> Second {
    let day = at.div_euclid(DAY) * DAY;
    if let Some(months) = unit.months() {
        let (year, month, _) = civil(at);
        let number = (year * 12 + month - 1).div_euclid(months) * months;
        return midnight(number.div_euclid(12), number.rem_euclid(12) + 1, 1);
    }
    match unit {
        Unit::Week | Unit::Fortnight => day - weekday(at) * DAY,
        Unit::Weekend => day - weekday(at) * DAY + 5 * DAY,
        Unit::Day | Unit::BusinessDay => day,
        _ => at.div_euclid(unit.seconds()) * unit.seconds(),
    }
}

/// So many units later, or earlier: a month later is the same day, or the last one of a shorter month.
pub(super) fn add(at: Second, count: i64, unit: Unit) -> Second {
    if at.abs() >= EVER {
        return at;
    }
    if let Some(months) = unit.months() {
        return add_months(at, count.saturating_mul(months));
    }
    match unit {
        Unit::BusinessDay => add_business_days(at, count),
        Unit::Weekend => at.saturating_add(count.saturating_mul(7 * DAY)),
        _ => at.saturating_add(count.saturating_mul(unit.seconds())),
    }
}

fn add_months(at: Second, months: i64) -> Second {
    let (year, month, day) = civil(at);
    let number = (year * 12 + month - 1).saturating_add(months).clamp(-9_000 * 12, 9_000 * 12);
    let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
    midnight(year, month, day.min(month_days(year, month))) + at.rem_euclid(DAY)
}

fn add_business_days(at: Second, count: i64) -> Second {
    let count = count.clamp(-20_000, 20_000);
    let step = count.signum() * DAY;
    let mut at = at;
    for _ in 0..count.abs() {
        at += step;
        while weekday(at) > 4 {
            at += step;
        }
    }
    at
}

/// A second as the date and time that it shows, if the calendar reaches so far.
pub(super) fn shown(at: Second) -> Option<DateTime> {
    let (year, month, day) = civil(at);
    let of_day = at.rem_euclid(DAY);
    let part = |number: i64| i8::try_from(number).ok();
    DateTime::new(
        i16::try_from(year).ok()?,
        part(month)?,
        part(day)?,
        part(of_day / HOUR)?,
        part(of_day % HOUR / MINUTE)?,
        part(of_day % MINUTE)?,
        0,
    )
    .ok()
}

/// A date and time as a second.
pub(super) fn second(at: DateTime) -> Second {
    midnight(i64::from(at.year()), i64::from(at.month()), i64::from(at.day()))
        + i64::from(at.hour()) * HOUR
        + i64::from(at.minute()) * MINUTE
        + i64::from(at.second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    fn at(year: i16, month: i8, of_month: i8) -> Second {
        second(day(year, month, of_month).at(0, 0, 0, 0))
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let mut expected = day(-1, 1, 1);
        while expected.year() < 2_400 {
            let here = at(expected.year(), expected.month(), expected.day());
            assert_eq!(shown(here).map(|shown| shown.date()), Some(expected));
            assert_eq!(weekday(here), i64::from(expected.weekday().to_monday_zero_offset()));
            expected = expected.checked_add(jiff::Span::new().days(17)).unwrap();
        }
    }

    #[test]
    fn a_month_after_the_last_day_is_the_last_day() {
        assert_eq!(add(at(2024, 1, 31), 1, Unit::Month), at(2024, 2, 29));
        assert_eq!(add(at(2024, 2, 29), -1, Unit::Year), at(2023, 2, 28));
    }

    #[test]
    fn business_days_leave_out_the_weekend() {
        assert_eq!(add(at(2026, 11, 20), 1, Unit::BusinessDay), at(2026, 11, 23));
        assert_eq!(add(at(2026, 11, 21), -1, Unit::BusinessDay), at(2026, 11, 20));
    }

    #[test]
    fn weeks_begin_on_monday_and_quarters_in_january() {
        assert_eq!(floor(at(2026, 11, 22), Unit::Week), at(2026, 11, 16));
        assert_eq!(floor(at(2026, 11, 22), Unit::Quarter), at(2026, 10, 1));
    }
}
