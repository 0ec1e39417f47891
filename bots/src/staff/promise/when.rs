//! When a promise is due: by the clock on the person's wall, and not in their quiet hours.

use crm_core::desk::QuietHours;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use nlu::staff::Rhythm;

/// The first time behind an instant that a rhythm comes in a zone.
pub(super) fn next(rhythm: &Rhythm, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let mut local = after.to_zoned(zone.clone()).datetime();
    // Where clocks are set back an hour comes twice, but what is due in it only once.
    for _ in 0..2 {
        local = rhythm.after(local)?;
        let at = zone.to_timestamp(local).ok()?;
        if at > after {
            return Some(at);
        }
    }
    None
}

/// The instant itself, or the end of the quiet hours that it is in.
pub(super) fn not_quiet(at: Timestamp, zone: &TimeZone, quiet: Option<QuietHours>) -> Timestamp {
    quiet.and_then(|quiet| quiet.end_of(&at.to_zoned(zone.clone()))).map_or(at, |end| end.timestamp())
}

/// The same time on the wall in another zone: who has moved is told at eight where they are now.
pub(super) fn moved(at: Timestamp, from: &str, to: &TimeZone) -> Option<Timestamp> {
    let from = TimeZone::get(from).ok().filter(|_| to.iana_name() != Some(from))?;
    to.to_timestamp(at.to_zoned(from).datetime()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;
    use nlu::Language;
    use nlu::values::{Value, When, find};

    fn daily_at(time: &str) -> Rhythm {
        let now = datetime(2018, 1, 1, 12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        let Value::Time(When::Recurring(again)) =
            find(&format!("every day at {time}"), &now, Language::En).remove(0).value
        else {
            panic!("no rhythm")
        };
        Rhythm::of(&again).unwrap()
    }

    fn times(rhythm: &Rhythm, from: &str) -> Vec<String> {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let mut at: Timestamp = from.parse().unwrap();
        let mut next_time = || {
            at = next(rhythm, at, &zone).unwrap();
            at.to_string()
        };
        (0..3).map(|_| next_time()).collect()
    }

    #[test]
    fn eight_is_eight_on_both_sides_of_a_change_of_the_clocks() {
        let eight = times(&daily_at("8:00"), "2018-03-24T00:00:00Z");
        assert_eq!(eight, ["2018-03-24T07:00:00Z", "2018-03-25T06:00:00Z", "2018-03-26T06:00:00Z"]);
    }

    #[test]
    fn what_falls_in_an_hour_that_comes_twice_or_never_comes_once() {
        let in_autumn = times(&daily_at("2:30 am"), "2018-10-27T12:00:00Z");
        assert_eq!(in_autumn, ["2018-10-28T00:30:00Z", "2018-10-29T01:30:00Z", "2018-10-30T01:30:00Z"]);
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let second_time: Timestamp = "2018-10-28T01:10:00Z".parse().unwrap();
        assert_eq!(next(&daily_at("2:30 am"), second_time, &berlin).unwrap().to_string(), "2018-10-29T01:30:00Z");
        let in_spring = times(&daily_at("2:30 am"), "2018-03-24T12:00:00Z");
        assert_eq!(in_spring, ["2018-03-25T01:30:00Z", "2018-03-26T00:30:00Z", "2018-03-27T00:30:00Z"]);
    }

    #[test]
    fn who_moves_is_told_at_the_same_time_on_the_wall() {
        let new_york = TimeZone::get("America/New_York").unwrap();
        let eight: Timestamp = "2018-01-01T07:00:00Z".parse().unwrap();
        assert_eq!(moved(eight, "Europe/Berlin", &new_york).unwrap().to_string(), "2018-01-01T13:00:00Z");
        assert_eq!(moved(eight, "America/New_York", &new_york), None);
    }
}
