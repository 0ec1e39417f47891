//! Values as the files of this test write them.

use super::values::{Duration, Found, Grain, Recurrence, Value, When};
use jiff::civil::DateTime;

/// What was found in a text: `next Friday = 2026-11-27; 75% = 75 %`.
pub(crate) fn all(text: &str, found: &[Found]) -> String {
    let one = |found: &Found| format!("{} = {}", &text[found.span.clone()], value(&found.value));
    found.iter().map(one).collect::<Vec<_>>().join("; ")
}

pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::Number(number) => number.value.to_string(),
        Value::Ordinal(ordinal) => format!("#{ordinal}"),
        Value::Percent(percent) => format!("{percent} %"),
        Value::Money(money) => {
            format!("{} {}", money.amount, money.currency.map_or("?".to_owned(), |currency| currency.code().to_owned()))
        }
        Value::Duration(duration) => length(duration),
        Value::Time(time) => when(time),
        Value::Email(text) | Value::Phone(text) | Value::Url(text) => text.clone(),
    }
}

fn length(duration: &Duration) -> String {
    let days = if duration.business { "business days" } else { "days" };
    let parts = [
        (duration.months != 0).then(|| format!("{} months", duration.months)),
        (duration.days != 0).then(|| format!("{} {days}", duration.days)),
        (duration.seconds != 0.0).then(|| format!("{} s", duration.seconds)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn when(time: &When) -> String {
    match time {
        When::Moment { at, grain: Grain::Day } => at.date().to_string(),
        When::Moment { at, .. } => at.strftime("%F %R").to_string(),
        When::Range { from, until, .. } => format!("{}..{}", end(*from), end(*until)),
        When::Recurring(recurrence) => again(recurrence),
    }
}

fn end(at: Option<DateTime>) -> String {
    at.map_or(String::new(), |at| {
        if at.time() == jiff::civil::Time::midnight() {
            at.date().to_string()
        } else {
            at.strftime("%F %R").to_string()
        }
    })
}

fn again(recurrence: &Recurrence) -> String {
    let mut text = format!("every {} {:?}", recurrence.every, recurrence.unit);
    for day in &recurrence.weekdays {
        text += &format!(" {day:?}");
    }
    text += &recurrence.month_day.map_or(String::new(), |day| format!(" day {day}"));
    text += &recurrence.time.map_or(String::new(), |time| format!(" at {}", time.strftime("%R")));
    text
}
