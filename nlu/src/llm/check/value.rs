//! Values: of the field's type, within its limits, and records only by the handles under which they were shown.

use super::words::{period, relative};
use super::{Checked, Refused};
use crate::llm::reply::Handle;
use crate::staff::Name;
use crm_core::money::Currency;
use crm_core::query::{Period, Relative};
use crm_core::schema::{FieldDef, FieldType, ParseContext, ResultType};
use crm_core::text::fold;
use crm_core::value::Value;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde_json::{Value as Json, json};

/// The longest text that is looked for.
const LONGEST: usize = 200;
/// Nobody asks for other years.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;
/// Nor for longer periods, in units.
const MOST_UNITS: u32 = 1_000;

/// A field, as far as its values go.
pub(super) struct Sense {
    field: FieldDef,
    /// The type of its values; of a computed field, what is computed.
    pub(super) kind: FieldType,
}

impl Sense {
    pub(super) fn of(field: &FieldDef) -> Self {
        let kind = match &field.kind {
            FieldType::Formula { result_type, .. } => match result_type {
                ResultType::Number => FieldType::Number,
                ResultType::Text => FieldType::Text,
                ResultType::Boolean => FieldType::Boolean,
                ResultType::Date => FieldType::Date,
            },
            FieldType::Rollup { .. } => FieldType::Number,
            kind => kind.clone(),
        };
        Self { field: FieldDef { kind: kind.clone(), required: false, ..field.clone() }, kind }
    }
}

/// A value as the engine takes it, and as people read it.
pub(super) type Told = (Json, String);

impl Checked<'_> {
    /// A value that is compared with.
    pub(super) fn value(&self, sense: &Sense, value: &Json) -> Result<Told, Refused> {
        match &sense.kind {
            FieldType::Date | FieldType::DateTime => self.time(value),
            FieldType::Select { .. } | FieldType::MultiSelect { .. } => self.option(&sense.kind, value),
            kind if kind.is_reference() => self.reference(kind, value),
            kind if kind.is_textual() => text(value),
            FieldType::AutoNumber { .. } if value.is_string() => text(value),
            FieldType::AutoNumber { .. } => value.as_u64().map(|n| (json!(n), n.to_string())).ok_or(Refused::Value),
            _ => self.parsed(&sense.field, value),
        }
    }

    /// A value that a field gets: as the field itself reads it, but records and options as they were shown.
    pub(super) fn assigned(&self, field: &FieldDef, value: &Json) -> Result<Told, Refused> {
        match &field.kind {
            FieldType::References { .. } => {
                let list = value.as_array().ok_or(Refused::Value)?;
                let list = list.iter().map(|one| self.reference(&field.kind, one));
                let (ids, names): (Vec<Json>, Vec<String>) = list.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
                Ok((json!(ids), names.join(", ")))
            }
            FieldType::MultiSelect { .. } => {
                let list = value.as_array().ok_or(Refused::Value)?;
                let list = list.iter().map(|one| self.option(&field.kind, one));
                let (keys, labels): (Vec<Json>, Vec<String>) = list.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
                Ok((json!(keys), labels.join(", ")))
            }
            FieldType::Select { .. } => self.option(&field.kind, value),
            kind if kind.is_reference() => self.reference(kind, value),
            FieldType::Date | FieldType::DateTime => {
                let written = value.as_str().ok_or(Refused::Value)?;
                self.parsed(field, value)?;
                day_of(written).map(|_| (value.clone(), written.to_owned()))
            }
            _ => self.parsed(field, value),
        }
    }

    /// A period of the calendar.
    pub(super) fn period(&self, value: &Json) -> Result<Told, Refused> {
        let read: Period = serde_json::from_value(value.clone()).map_err(|_| Refused::Value)?;
        let length = match read {
            Period::Last { last: count, .. } | Period::Next { next: count, .. } => u32::from(count),
            Period::Named(_) | Period::ToDate { .. } => 1,
        };
        // A period may not bring along what is none.
        let same = serde_json::to_value(read).is_ok_and(|written| written == *value);
        ((1..=MOST_UNITS).contains(&length) && same).then(|| (value.clone(), period(read))).ok_or(Refused::Value)
    }

    fn time(&self, value: &Json) -> Result<Told, Refused> {
        if let Ok(day) = serde_json::from_value::<Relative>(value.clone()) {
            let near = day.relative.unsigned_abs() <= MOST_UNITS * 10;
            return near.then(|| (value.clone(), relative(day))).ok_or(Refused::Value);
        }
        if let Ok(told) = self.period(value) {
            return Ok(told);
        }
        let written = value.as_str().ok_or(Refused::Value)?;
        if written != "now" {
            day_of(written)?;
        }
        Ok((value.clone(), written.to_owned()))
    }

    fn option(&self, kind: &FieldType, value: &Json) -> Result<Told, Refused> {
        let text = value.as_str().ok_or(Refused::Value)?;
        let is = |label: &str| fold(label) == fold(text);
        let options = kind.options();
        let option = options.iter().find(|option| option.key == text);
        let option = option.or_else(|| options.iter().find(|option| option.label.texts().any(is)));
        let option = option.ok_or(Refused::Value)?;
        Ok((json!(option.key), option.label.text(self.code()).to_owned()))
    }

    /// A record by its handle, or the person who asks.
    fn reference(&self, kind: &FieldType, value: &Json) -> Result<Told, Refused> {
        if *value == json!({"me": true}) {
            let is_user = kind.target() == Some("user") && self.prompt.shown.me.is_some();
            return is_user.then(|| (value.clone(), "me".to_owned())).ok_or(Refused::Value);
        }
        let handle: Handle = serde_json::from_value(value.clone()).map_err(|_| Refused::UnknownRecord)?;
        let name = self.record(&handle.record)?;
        if !kind.may_refer_to(&name.object) {
            return Err(Refused::UnknownRecord);
        }
        let id = match kind {
            FieldType::AnyReference => json!({"object": name.object, "id": name.id}),
            _ => json!(name.id),
        };
        Ok((id, name.name.clone()))
    }

    pub(super) fn record(&self, handle: &str) -> Result<&Name, Refused> {
        self.prompt.shown.record(handle).ok_or(Refused::UnknownRecord)
    }

    /// A value as the field itself reads it, with its limits.
    fn parsed(&self, field: &FieldDef, value: &Json) -> Result<Told, Refused> {
        let currency = Currency::parse("USD").ok_or(Refused::Value)?;
        let context = ParseContext { currency, zone: self.prompt.now.time_zone(), language: self.code() };
        match field.parse(value, &context) {
            Ok(Value::Null) | Err(_) => Err(Refused::Value),
            Ok(_) => Ok((value.clone(), shown(field, value))),
        }
    }
}

/// A value for people.
fn shown(field: &FieldDef, value: &Json) -> String {
    let amount = value.get("amount").and_then(Json::as_str).map(str::to_owned);
    let currency = value.get("currency").and_then(Json::as_str);
    let bare = amount.or_else(|| value.as_str().map(str::to_owned)).unwrap_or_else(|| match value {
        Json::Bool(true) => "yes".to_owned(),
        Json::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    });
    match (currency, &field.kind) {
        (Some(currency), _) => format!("{bare} {currency}"),
        (None, FieldType::Percent) => format!("{bare} %"),
        _ => bare,
    }
}

fn text(value: &Json) -> Result<Told, Refused> {
    let text = value.as_str().ok_or(Refused::Value)?;
    let fits = (1..=LONGEST).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    fits.then(|| (value.clone(), text.to_owned())).ok_or(Refused::Value)
}

/// The day of a day or time as it is written, if it is one that people speak of.
fn day_of(written: &str) -> Result<Date, Refused> {
    let instant = written.parse::<Timestamp>().map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
    let day = instant.or_else(|_| written.parse::<DateTime>().map(|at| at.date()));
    let day = day.or_else(|_| written.parse::<Date>()).map_err(|_| Refused::Value)?;
    YEARS.contains(&day.year()).then_some(day).ok_or(Refused::Value)
}
