//! Figures as people read them.

use super::texts::{self, Texts};
use nlu::Language;
use serde::{Deserialize, Serialize};

/// What figures are counted in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Nothing but their number.
    #[default]
    Number,
    /// Hundredths.
    Percent,
    /// Seconds.
    Duration,
    /// Money of this currency.
    Money(String),
}

/// A figure in full: "1,234.50 USD".
pub(crate) fn full(value: f64, unit: &Unit, language: Language) -> String {
    let texts = texts::of(language);
    match unit {
        Unit::Number => plain(value, 2, false, texts),
        Unit::Percent => format!("{} %", plain(value, 1, false, texts)),
        Unit::Duration => duration(value),
        Unit::Money(currency) => {
            let digits = crm_core::money::Currency::parse(currency).map_or(2, |currency| currency.digits());
            format!("{} {currency}", plain(value, digits as usize, value.fract() != 0.0, texts))
        }
    }
}

/// A figure at an axis, where there is little room: "1.2M".
pub(super) fn short(value: f64, unit: &Unit, language: Language) -> String {
    let texts = texts::of(language);
    if *unit == Unit::Duration {
        return duration(value);
    }
    let steps = [(1e9, 2), (1e6, 1), (1e3, 0)];
    let cut = steps.into_iter().find(|(size, _)| value.abs() >= *size && value.abs() >= 10_000.0_f64.min(*size * 10.0));
    match cut {
        Some((size, place)) => {
            let name = texts.large.get(place).map_or("", String::as_str);
            format!("{}{name}", plain(value / size, 1, false, texts))
        }
        None => plain(value, 2, false, texts),
    }
}

/// A number with its thousands apart; with all of its digits, or without the zeros at its end.
fn plain(value: f64, digits: usize, all: bool, texts: &Texts) -> String {
    let written = format!("{:.digits$}", value.abs());
    let (whole, rest) = written.split_once('.').unwrap_or((&written, ""));
    let rest = if all { rest } else { rest.trim_end_matches('0') };
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push_str(&texts.group);
        }
        grouped.push(digit);
    }
    let is_zero = whole == "0" && rest.chars().all(|digit| digit == '0');
    let sign = if value < 0.0 && !is_zero { "-" } else { "" };
    let rest = if rest.is_empty() { String::new() } else { format!("{}{rest}", texts.decimal) };
    format!("{sign}{grouped}{rest}")
}

fn duration(seconds: f64) -> String {
    let sign = if seconds < 0.0 { "-" } else { "" };
    let minutes = (seconds.abs() / 60.0).round();
    let (days, hours, rest) = ((minutes / 1440.0).floor(), (minutes % 1440.0 / 60.0).floor(), minutes % 60.0);
    let parts = [(days, "d"), (hours, "h"), (rest, "min")];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0.0).map(|(count, name)| format!("{count} {name}")).collect();
    if said.is_empty() { "0 min".to_owned() } else { format!("{sign}{}", said.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_language_writes_them() {
        let usd = Unit::Money("USD".into());
        assert_eq!(full(1_234_567.5, &usd, Language::En), "1,234,567.50 USD");
        assert_eq!(full(1_234_567.5, &usd, Language::De), "1.234.567,50 USD");
        assert_eq!(full(1_234.0, &usd, Language::Fr), "1\u{202F}234 USD");
        assert_eq!(full(1_234.0, &Unit::Money("JPY".into()), Language::En), "1,234 JPY");
        assert_eq!(full(-0.001, &Unit::Number, Language::En), "0");
        assert_eq!(full(-12.5, &Unit::Number, Language::En), "-12.5");
        assert_eq!(full(63.15, &Unit::Percent, Language::De), "63,1 %");
        assert_eq!(full(95_400.0, &Unit::Duration, Language::En), "1 d 2 h 30 min");
    }

    #[test]
    fn little_room_takes_short_numbers() {
        assert_eq!(short(1_250_000.0, &Unit::Number, Language::En), "1.2M");
        assert_eq!(short(300_000.0, &Unit::Number, Language::De), "300 Tsd.");
        assert_eq!(short(4_000.0, &Unit::Number, Language::En), "4,000");
        assert_eq!(short(0.5, &Unit::Number, Language::En), "0.5");
    }
}
