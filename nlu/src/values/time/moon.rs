//! Moon and sun, as exactly as calendars that follow them need it (after Meeus, "Astronomical Algorithms").

use super::super::calendar::{DAY, civil};
use super::evaluate::number;

/// The first new moon of the year 2000 is number 0 of the count of moons; in days since 1970, and between two.
const FIRST: f64 = 10_962.597_66;
const MONTH: f64 = 29.530_588_861;
/// Noon of the first day of the year 2000, in days since 1970.
const EPOCH: f64 = 10_957.5;
/// Where the day of the Islamic and of the Hindu calendar is reckoned, in parts of a day east of Greenwich.
const MECCA: f64 = 3.0 / 24.0;
const INDIA: f64 = 5.5 / 24.0;

fn sin(degrees: f64) -> f64 {
    degrees.to_radians().sin()
}

#[expect(clippy::cast_possible_truncation, reason = "days of the calendar are small numbers")]
fn whole(days: f64) -> i64 {
    days.floor() as i64
}

#[expect(clippy::cast_precision_loss, reason = "days of the calendar are small numbers")]
fn float(days: i64) -> f64 {
    days as f64
}

/// When a new moon is, in days since 1970 at Greenwich.
fn new_moon(count: i64) -> f64 {
    let k = float(count);
    let t = k / 1_236.85;
    let sun = 2.5534 + 29.105_356_7 * k;
    let moon = 201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t;
    let node = 160.7108 + 390.670_502_84 * k - 0.001_611_8 * t * t;
    let correction = -0.4072 * sin(moon)
        + 0.172_41 * sin(sun)
        + 0.016_08 * sin(2.0 * moon)
        + 0.010_39 * sin(2.0 * node)
        + 0.007_39 * sin(moon - sun)
        - 0.005_14 * sin(moon + sun)
        + 0.002_08 * sin(2.0 * sun);
    FIRST + MONTH * k + 0.000_154_37 * t * t + correction
}

/// The number of a new moon about the beginning of a year.
fn count_of(year: i64) -> i64 {
    whole((float(year) - 2_000.0) * 12.3685)
}

/// The sun's longitude.
fn sun(day: f64) -> f64 {
    let n = day - EPOCH;
    let anomaly = 357.529 + 0.985_600_28 * n;
    280.459 + 0.985_647_36 * n + 1.915 * sin(anomaly) + 0.020 * sin(2.0 * anomaly)
}

/// The sun's longitude among the stars, as India reckons it (Lahiri).
fn sidereal_sun(day: f64) -> f64 {
    (sun(day) - 23.853 - (day - EPOCH) / 365.25 * 0.013_97).rem_euclid(360.0)
}

/// How far the moon is ahead of the sun.
fn elongation(day: f64) -> f64 {
    let n = day - EPOCH;
    let anomaly = 134.963 + 13.064_992_95 * n;
    let distance = 297.850 + 12.190_749_12 * n;
    let solar = 357.529 + 0.985_600_28 * n;
    let latitude = 93.272 + 13.229_350_24 * n;
    let moon = 218.316
        + 13.176_396_47 * n
        + 6.289 * sin(anomaly)
        + 1.274 * sin(2.0 * distance - anomaly)
        + 0.658 * sin(2.0 * distance)
        + 0.214 * sin(2.0 * anomaly)
        - 0.185 * sin(solar)
        - 0.114 * sin(2.0 * latitude)
        + 0.059 * sin(2.0 * distance - 2.0 * anomaly)
        + 0.057 * sin(2.0 * distance - solar - anomaly)
        + 0.053 * sin(2.0 * distance + anomaly)
        + 0.046 * sin(2.0 * distance - solar)
        - 0.041 * sin(solar - anomaly)
        - 0.035 * sin(distance)
        - 0.030 * sin(solar + anomaly);
    (moon - sun(day)).rem_euclid(360.0)
}

/// The first day of an Islamic month: the one after the evening that follows the new moon.
fn islamic_start(months: i64) -> i64 {
    // The new moon before Muharram 1440, in September 2018, is number 231.
    let moon = new_moon(231 + months - 1_439 * 12) + MECCA;
    let evening = 0.75;
    whole(moon) + if moon.fract() < evening { 1 } else { 2 }
}

/// The Islamic years that touch a Gregorian one.
fn islamic_years(year: i64) -> impl Iterator<Item = i64> {
    let about = (year - 622) * 33 / 32;
    about - 1..=about + 2
}

/// A day of the Islamic calendar in a Gregorian year, the first if there are two.
pub(super) fn islamic(year: i64, month: i64, day: i64) -> Option<i64> {
    islamic_years(year)
        .map(|islamic| islamic_start((islamic - 1) * 12 + month - 1) + day - 1)
        .find(|day| civil(day * DAY).0 == year)
}

/// How many days the Islamic month has that begins on a day of a Gregorian year.
pub(super) fn islamic_month_days(year: i64, month: i64, first: i64) -> i64 {
    islamic_years(year)
        .map(|islamic| (islamic - 1) * 12 + month - 1)
        .find(|months| islamic_start(*months) == first)
        .map_or(30, |months| islamic_start(months + 1) - first)
}

/// A day of the Hindu calendar in a year: of the lunar month (Chaitra is 1) that is not one too many.
pub(super) fn hindu(year: i64, month: i64, day: i64, hour: i64) -> Option<i64> {
    let first = count_of(year) - 2;
    (first..first + 17)
        .filter(|moon| hindu_month(*moon) == Some(month))
        .filter_map(|moon| lunar_day(moon, day, hour))
        .find(|day| civil(day * DAY).0 == year)
}

/// The month that begins with a new moon; none if the sun stays in one sign, which makes it one too many.
fn hindu_month(moon: i64) -> Option<i64> {
    let sign = |count| whole(sidereal_sun(new_moon(count)) / 30.0);
    let (present, next) = (sign(moon), sign(moon + 1));
    (present != next).then_some((present + 1) % 12 + 1)
}

/// The day on which a lunar day of a month holds at an hour in India.
fn lunar_day(moon: i64, day: i64, hour: i64) -> Option<i64> {
    let (begin, end) = (new_moon(moon), new_moon(moon + 1));
    let first = whole(begin + INDIA);
    let holds = |number: &i64| {
        let at = float(*number) + float(hour) / 24.0 - INDIA;
        let ahead = elongation(at);
        // Next to the new moons the angle may lie on the other side of them.
        let ahead = match () {
            () if at < begin + 3.0 && ahead > 300.0 => 0.0,
            () if at > end - 3.0 && ahead < 60.0 => 360.0,
            () => ahead,
        };
        at >= begin - 0.5 && ahead >= float(day - 1) * 12.0
    };
    (first..first + 32).find(holds)
}

/// When the sun stands at a place among the stars: the day in India, the next one if it is after sunset.
pub(super) fn solar(year: i64, degrees: f64) -> Option<i64> {
    let evening = |day: i64| float(day) + 0.75 - INDIA;
    let passed = |day: i64| (sidereal_sun(evening(day)) - degrees).rem_euclid(360.0) < 180.0;
    let start = number(year, 1, 1);
    (start..start + 366).find(|day| passed(*day) && !passed(day - 1))
}
