//! Conditions in words that can be checked at a glance, as [`crate::staff`] writes them.

use crm_core::query::{Operator, Period, Relative};

/// How a comparison is said.
pub(super) fn sign(op: Operator, days: bool) -> &'static str {
    match (op, days) {
        (Operator::Eq | Operator::In, _) => "is",
        (Operator::Ne, _) => "is not",
        (Operator::Lt, true) => "before",
        (Operator::Le, true) => "until",
        (Operator::Gt, true) => "after",
        (Operator::Ge, true) => "from",
        (Operator::Lt, false) => "under",
        (Operator::Le, false) => "at most",
        (Operator::Gt, false) => "over",
        (Operator::Ge, false) => "at least",
        (Operator::Between, _) => "between",
        (Operator::Contains, _) => "contains",
        (Operator::StartsWith, _) => "starts with",
        (Operator::Within, _) => "in",
        (Operator::IsEmpty, _) => "is empty",
    }
}

/// Several values of which one is meant.
pub(super) fn joined(values: &[String]) -> String {
    match values.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => values.concat(),
    }
}

/// A period as it is said: "this month", "the last 7 days".
pub(super) fn period(period: Period) -> String {
    let units = |count: u16, unit| format!("{count} {}{}", unit_name(unit), if count == 1 { "" } else { "s" });
    match period {
        Period::Named(named) => String::from(named).replace('_', " "),
        Period::Last { last, unit } => format!("the last {}", units(last, unit)),
        Period::Next { next, unit } => format!("the next {}", units(next, unit)),
        Period::ToDate { unit, to_date: true } => format!("this {} to date", unit_name(unit)),
        Period::ToDate { unit, to_date: false } => format!("this {}", unit_name(unit)),
    }
}

/// A day relative to today: "30 days ago".
pub(super) fn relative(Relative { relative, unit }: Relative) -> String {
    let count = relative.unsigned_abs();
    let units = format!("{count} {}{}", unit_name(unit), if count == 1 { "" } else { "s" });
    match relative {
        0 => "today".to_owned(),
        ..0 => format!("{units} ago"),
        _ => format!("in {units}"),
    }
}

fn unit_name(unit: crm_core::query::Unit) -> String {
    serde_json::to_value(unit).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn periods_are_said_as_people_say_them() {
        let say = |written: serde_json::Value| period(serde_json::from_value(written).unwrap());
        assert_eq!(say(json!("last_quarter")), "last quarter");
        assert_eq!(say(json!({"last": 7, "unit": "day"})), "the last 7 days");
        assert_eq!(say(json!({"next": 1, "unit": "month"})), "the next 1 month");
        assert_eq!(say(json!({"unit": "year", "to_date": true})), "this year to date");
        let day = |n| relative(serde_json::from_value(json!({"relative": n, "unit": "week"})).unwrap());
        assert_eq!((day(-2).as_str(), day(1).as_str(), day(0).as_str()), ("2 weeks ago", "in 1 week", "today"));
    }
}
