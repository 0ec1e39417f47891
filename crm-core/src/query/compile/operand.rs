//! What a field is compared with: a caller's JSON, read by the field's type.

use super::{Context, Term};
use crate::db::{Bind, days};
use crate::error::FieldError;
use crate::query::period::{day_of, midnight};
use crate::query::{Period, Relative};
use crate::schema::{FieldDef, FieldType, Limits, ParseContext, SelectOption, SqlType};
use crate::text::fold;
use crate::value::Value;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// The most characters of a text that is compared.
const LONGEST: usize = 1_000;

/// A value to compare with.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    /// As the key is stored.
    Key(Bind),
    /// An amount of one currency.
    Money { minor: i64, currency: String },
    /// A record of any object, by the object's immutable id.
    Any { object: String, id: Uuid },
    /// From the first up to, and without, the second, in days or microseconds since 1970.
    Span(i64, i64),
    /// Nobody: "me" of an actor who is no user.
    Nothing,
}

/// Reads one value. The error's `field` is left to the caller, who knows the place.
pub(super) fn operand(context: Context<'_>, term: &Term, json: &Json) -> Result<Operand, FieldError> {
    if json.is_null() {
        return Err(FieldError::new("", "wrong_type", "Null equals nothing and is in no order.")
            .hint(r#"Ask {"op": "is_empty", "value": true} for records without a value."#));
    }
    match &term.kind {
        FieldType::Date | FieldType::DateTime => span(context, term, json),
        kind if kind.is_textual() => text(context, term, json),
        FieldType::Select { options } | FieldType::MultiSelect { options } => option(options, json),
        FieldType::AutoNumber { prefix } => counted(prefix, json),
        FieldType::Reference { references } if references == "user" && *json == json!({"me": true}) => {
            let me = context.actor.who().user();
            Ok(me.map_or(Operand::Nothing, |id| Operand::Key(id.into())))
        }
        _ => typed(context, term, json),
    }
}

/// A value of the types whose written form is the stored one's.
fn typed(context: Context<'_>, term: &Term, json: &Json) -> Result<Operand, FieldError> {
    let wanted = match &term.kind {
        // A many-to-many field is asked for one record at a time.
        FieldType::References { references } => FieldType::Reference { references: references.clone() },
        FieldType::Rating => FieldType::Number,
        kind => kind.clone(),
    };
    let value = parse(context, term, wanted, json)?;
    Ok(match value {
        Value::Money(money) => Operand::Money { minor: money.minor, currency: money.currency.code().into() },
        Value::AnyId { object, id } => {
            let def = context.actor.schema().object(&object);
            Operand::Any { object: def.map_or(object, |def| def.id.clone()), id }
        }
        Value::Bool(yes) if term.key_type == SqlType::Integer => Operand::Key(Bind::from(i64::from(yes))),
        Value::Decimal(mut decimal) => {
            let FieldType::Decimal { scale } = term.kind else { return Err(wrong("A number is needed.", json)) };
            decimal.rescale(scale);
            Operand::Key(i64::try_from(decimal.mantissa()).map_err(|_| wrong("The number is too great.", json))?.into())
        }
        value => match Bind::value(&value, term.key_type) {
            bind if bind.is_null() => return Err(wrong("The value cannot be compared with this field.", json)),
            bind => Operand::Key(bind),
        },
    })
}

/// The field's own way of reading a value, without its limits: one may ask for what cannot be.
fn parse(context: Context<'_>, term: &Term, kind: FieldType, json: &Json) -> Result<Value, FieldError> {
    let field = FieldDef { kind, limits: Limits::default(), required: false, ..FieldDef::clone(&term.field) };
    field.parse(json, &ParseContext::of(context.actor))
}

fn text(context: Context<'_>, term: &Term, json: &Json) -> Result<Operand, FieldError> {
    let text = plain_text(json)?;
    // Phones and addresses are compared in the form they are stored in, if the text is a whole one.
    let stored = match &term.kind {
        FieldType::Phone | FieldType::Url => parse(context, term, term.kind.clone(), json).ok(),
        _ => None,
    };
    let text = stored.as_ref().and_then(Value::as_text).unwrap_or(&text);
    Ok(Operand::Key(if term.is_folded() { fold(text).into() } else { Bind::from(text) }))
}

/// The folded part of a text to look for.
pub(super) fn part(term: &Term, json: &Json) -> Result<String, FieldError> {
    let text = plain_text(json)?;
    Ok(if term.is_folded() { fold(&text) } else { text })
}

fn plain_text(json: &Json) -> Result<String, FieldError> {
    let text = match json {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => return Err(wrong("A text is needed.", json)),
    };
    if text.chars().count() > LONGEST || text.contains('\0') {
        return Err(wrong(&format!("The text has more than {LONGEST} characters, or unprintable ones."), json));
    }
    Ok(text)
}

/// The key of an option, given by key or by label in any language.
fn option(options: &[SelectOption], json: &Json) -> Result<Operand, FieldError> {
    let text = json.as_str().unwrap_or_default();
    let folded = fold(text);
    let labelled = |option: &&SelectOption| option.label.texts().any(|label| fold(label) == folded);
    let found = options.iter().find(|option| option.key == text);
    let found = found.or_else(|| options.iter().find(|option| fold(&option.key) == folded));
    match found.or_else(|| options.iter().find(labelled)) {
        Some(option) => Ok(Operand::Key(option.key.as_str().into())),
        None => {
            let keys: Vec<_> = options.iter().map(|option| format!("`{}`", option.key)).collect();
            let error = FieldError::new("", "unknown_option", "There is no such option.");
            Err(error.value(json).hint(format!("The options are {}.", keys.join(", "))))
        }
    }
}

/// An auto-number, with or without its prefix.
fn counted(prefix: &str, json: &Json) -> Result<Operand, FieldError> {
    let from_text = |text: &str| {
        let folded = fold(text);
        folded.strip_prefix(fold(prefix).as_str()).unwrap_or(&folded).parse().ok()
    };
    let number: Option<i64> = json.as_i64().or_else(|| json.as_str().and_then(from_text));
    let number = number.ok_or_else(|| wrong(&format!("A number such as {prefix}42 is needed."), json))?;
    Ok(Operand::Key(number.into()))
}

/// A day, an instant or a period. A day compared with instants is the whole day of the actor's zone.
fn span(context: Context<'_>, term: &Term, json: &Json) -> Result<Operand, FieldError> {
    let zone = context.actor.zone();
    let instants = matches!(term.kind, FieldType::DateTime);
    let (first, end) = match when(context, json)? {
        When::Days(first, end) if instants => {
            (midnight(first, zone).as_microsecond(), midnight(end, zone).as_microsecond())
        }
        When::Days(first, end) => (days(first), days(end)),
        When::Instant(at) if instants => (at.as_microsecond(), at.as_microsecond() + 1),
        When::Instant(at) => {
            let day = days(day_of(at, zone));
            (day, day + 1)
        }
    };
    Ok(Operand::Span(first, end))
}

enum When {
    Days(Date, Date),
    Instant(Timestamp),
}

fn when(context: Context<'_>, json: &Json) -> Result<When, FieldError> {
    let zone = context.actor.zone();
    let today = day_of(context.now, zone);
    let beyond = || wrong("That is beyond the calendar's end.", json);
    let day = |day: Date| Ok(When::Days(day, day.tomorrow().map_err(|_| beyond())?));
    if json == "now" {
        return Ok(When::Instant(context.now));
    }
    if let Ok(relative) = serde_json::from_value::<Relative>(json.clone()) {
        return day(relative.resolve(today).ok_or_else(beyond)?);
    }
    if let Ok(period) = serde_json::from_value::<Period>(json.clone()) {
        let (first, end) = period.resolve(today, context.actor.week_start()).ok_or_else(beyond)?;
        return Ok(When::Days(first, end));
    }
    let text = json.as_str().unwrap_or_default();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(When::Instant(at));
    }
    if let (true, Ok(at)) = (text.contains([':']), text.parse::<DateTime>()) {
        return Ok(When::Instant(zone.to_timestamp(at).map_err(|_| beyond())?));
    }
    match text.parse::<Date>() {
        Ok(date) => day(date),
        Err(_) => Err(wrong("A day, an instant or a period is needed.", json).hint(
            r#"Write 2017-03-01, 2017-03-01T14:00:00Z, "now", {"relative": -7, "unit": "day"}, or a period: "today", "this_week", "last_month", "next_quarter", {"last": 7, "unit": "day"}, {"unit": "month", "to_date": true}."#,
        )),
    }
}

fn wrong(message: &str, json: &Json) -> FieldError {
    FieldError::new("", "wrong_type", message).value(json)
}

impl Term {
    /// Whether its key is a folded twin; the text of a formula has none.
    pub(super) fn is_folded(&self) -> bool {
        self.kind.is_textual() && !self.field.kind.is_computed()
    }
}
