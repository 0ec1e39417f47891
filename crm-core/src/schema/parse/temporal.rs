//! Days, instants and spans of time.

use super::{Refusal, refuse};
use crate::value::Value;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};
use serde_json::Value as Json;

/// A day, alone or the day of a written instant.
pub(super) fn date(json: &Json) -> Result<Value, Refusal> {
    const MEND: &str = "Write it such as 2027-03-31.";
    match json.as_str().map(str::trim) {
        Some("") => Ok(Value::Null),
        Some(text) => match text.parse::<Date>() {
            Ok(date) if (1..=9999).contains(&date.year()) => Ok(Value::Date(date)),
            _ => refuse("wrong_type", "must be a date", MEND),
        },
        None => refuse("wrong_type", "must be a date", MEND),
    }
}

/// An instant: with an offset, or local in the writer's zone.
pub(super) fn datetime(json: &Json, zone: &TimeZone) -> Result<Value, Refusal> {
    const MEND: &str = "Write it such as 2027-03-31T14:00:00Z.";
    let Some(text) = json.as_str().map(str::trim) else {
        return refuse("wrong_type", "must be a date and time", MEND);
    };
    if text.is_empty() {
        return Ok(Value::Null);
    }
    let local = || text.parse::<DateTime>().ok()?.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
    let at = text.parse::<Timestamp>().ok().or_else(local);
    let micros = at.map(|at| at.as_microsecond()).and_then(|micros| Timestamp::from_microsecond(micros).ok());
    let Some(at) = micros.filter(|at| (1..=9998).contains(&at.to_zoned(TimeZone::UTC).year())) else {
        return refuse("wrong_type", "must be a date and time", MEND);
    };
    Ok(Value::DateTime(at))
}

/// A span in seconds, or as ISO 8601 in hours, minutes and seconds (a day has 24 hours).
pub(super) fn duration(json: &Json) -> Result<Value, Refusal> {
    const MEND: &str = "Write it such as PT1H30M, or in seconds.";
    const LONGEST: i64 = 1_000 * 366 * 86_400;
    let seconds = match json {
        Json::Number(number) => number.as_i64(),
        Json::String(text) if text.trim().is_empty() => return Ok(Value::Null),
        Json::String(text) => {
            let text = text.trim();
            let span = || text.parse::<Span>().ok()?.to_duration(SpanRelativeTo::days_are_24_hours()).ok();
            text.parse::<SignedDuration>().ok().or_else(span).map(|duration| duration.as_secs())
        }
        _ => None,
    };
    match seconds.filter(|seconds| (-LONGEST..=LONGEST).contains(seconds)) {
        Some(seconds) => Ok(Value::Duration(seconds)),
        None => refuse("wrong_type", "must be a span of time", MEND),
    }
}
