//! From a row to the values of a record. What a row refers to is looked up afterwards, for many rows at once.

use super::lookup::Target;
use super::mapping::FromNow;
use super::plan::{Plan, Planned, Reading, Source};
use crm_core::schema::{FieldType, ParseContext};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

/// What the values of a row depend on besides the row.
#[derive(Debug, Clone)]
pub(super) struct Context<'a> {
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
    /// By how many days the dates of the tables are moved.
    pub(super) shift_days: i64,
    /// How the fields themselves read a value.
    pub(super) parsing: ParseContext<'a>,
}

/// A row's values.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Converted {
    pub(super) values: Map<String, Json>,
    pub(super) references: Vec<Wanted>,
}

/// References that still have to be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Their place among the planned fields.
    pub(super) place: usize,
    pub(super) targets: Vec<Target>,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Wrong {
    pub(super) column: String,
    pub(super) cell: String,
    pub(super) reason: String,
}

/// The values that `fields` take from a row; all that is wrong with it is told at once. `seen` hears each field's text.
pub(super) fn convert(
    plan: &Plan,
    fields: &[Planned],
    cells: &[String],
    context: &Context<'_>,
    mut seen: impl FnMut(usize, Option<&str>),
) -> Result<Converted, Vec<Wrong>> {
    let mut converted = Converted::default();
    let mut wrongs = Vec::new();
    for (place, planned) in fields.iter().enumerate() {
        let text = match &planned.value {
            Source::Constant(json) => {
                put(&mut converted.values, planned, json.clone());
                continue;
            }
            Source::First(templates) => {
                templates.iter().find_map(|template| template.fill(cells)).filter(|text| !text.is_empty())
            }
        };
        seen(place, text.as_deref());
        let Some(text) = text else { continue };
        if let Reading::Reference { object, by, split } = &planned.reading {
            let Some(object) = object.fill(cells) else { continue };
            let items = split.as_deref().map_or(vec![text.as_str()], |split| items(&text, split));
            let targets = items.into_iter().map(|item| Target::new(&object, *by, item)).collect();
            converted.references.push(Wanted { place, targets });
            continue;
        }
        match value(planned, &text, context) {
            Ok(json) => put(&mut converted.values, planned, json),
            Err(reason) => wrongs.push(Wrong { column: columns(plan, planned), cell: text, reason }),
        }
    }
    if wrongs.is_empty() { Ok(converted) } else { Err(wrongs) }
}

/// The columns that a field's value is made of, as errors name them.
pub(super) fn columns(plan: &Plan, planned: &Planned) -> String {
    let Source::First(templates) = &planned.value else { return String::new() };
    let mut names: Vec<&str> = Vec::new();
    for column in templates.iter().flat_map(super::template::Bound::columns) {
        let name = plan.columns.get(column).map_or("", String::as_str);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// Puts a value into its field, or into its part of an address.
fn put(values: &mut Map<String, Json>, planned: &Planned, json: Json) {
    match &planned.part {
        None => {
            values.insert(planned.field.name.clone(), json);
        }
        Some(part) => {
            let address = values.entry(planned.field.name.clone()).or_insert_with(|| json!({}));
            address[part] = json;
        }
    }
}

fn value(planned: &Planned, text: &str, context: &Context<'_>) -> Result<Json, String> {
    let kind = &planned.field.kind;
    let json = match &planned.reading {
        Reading::Plain => plain(kind, text),
        Reading::Number { scale, currency } => number(kind, text, *scale, currency.as_deref())?,
        Reading::Day { format } if *kind == FieldType::Date => day(text, format.as_deref(), context)?,
        Reading::Day { format } => instant(text, format.as_deref(), context)?,
        Reading::FromNow(unit) => from_now(kind, text, *unit, context)?,
        Reading::Several { split } => json!(items(text, split)),
        Reading::Reference { .. } => Json::Null,
    };
    // The field's own rules, asked here so that one bad cell does not cost a whole batch its transaction.
    if planned.part.is_none() {
        planned.field.parse(&json, &context.parsing).map_err(|error| match error.hint {
            Some(hint) => format!("{} {hint}", error.message),
            None => error.message,
        })?;
    }
    Ok(json)
}

fn items<'a>(text: &'a str, split: &str) -> Vec<&'a str> {
    text.split(split).map(str::trim).filter(|item| !item.is_empty()).collect()
}

fn plain(kind: &FieldType, text: &str) -> Json {
    match kind {
        FieldType::Boolean => match text.to_lowercase().as_str() {
            "true" | "yes" | "y" | "1" => Json::Bool(true),
            "false" | "no" | "n" | "0" => Json::Bool(false),
            _ => json!(text),
        },
        FieldType::MultiSelect { .. } => json!([text]),
        FieldType::Json | FieldType::Address | FieldType::Location => {
            serde_json::from_str(text).unwrap_or_else(|_| json!(text))
        }
        _ => json!(text),
    }
}

fn number(kind: &FieldType, text: &str, scale: Option<Decimal>, currency: Option<&str>) -> Result<Json, String> {
    let Ok(number) = text.parse::<Decimal>() else {
        // A span such as PT1H, or something that the field itself refuses with its own words.
        return Ok(json!(text));
    };
    let number = match scale {
        Some(scale) => number.checked_mul(scale).ok_or("The number is too large.")?.normalize(),
        None => number,
    };
    Ok(match (kind, currency) {
        (FieldType::Money, Some(currency)) => json!({"amount": number.to_string(), "currency": currency}),
        (FieldType::Money | FieldType::Decimal { .. }, _) => json!(number.to_string()),
        _ => serde_json::from_str(&number.to_string()).unwrap_or_else(|_| json!(text)),
    })
}

fn day(text: &str, format: Option<&str>, context: &Context<'_>) -> Result<Json, String> {
    let read = match format {
        Some(format) => Date::strptime(format, text).map_err(|_| written(text, format))?,
        // The field itself says what is wrong with it.
        None => match text.parse::<Date>() {
            Ok(day) => day,
            Err(_) => return Ok(json!(text)),
        },
    };
    Ok(json!(moved(DateTime::from(read), context)?.date().to_string()))
}

fn instant(text: &str, format: Option<&str>, context: &Context<'_>) -> Result<Json, String> {
    let read = match format {
        Some(format) => {
            let parts = jiff::fmt::strtime::parse(format, text).map_err(|_| written(text, format))?;
            parts.to_datetime().or_else(|_| parts.to_date().map(DateTime::from)).map_err(|_| written(text, format))?
        }
        None => match text
            .parse::<Timestamp>()
            .map(|at| at.to_zoned(context.zone.clone()).datetime())
            .or_else(|_| text.parse::<DateTime>())
        {
            Ok(read) => read,
            Err(_) => return Ok(json!(text)),
        },
    };
    let at = moved(read, context)?.to_zoned(context.zone.clone()).map_err(|error| error.to_string())?;
    Ok(json!(at.timestamp().to_string()))
}

fn written(text: &str, format: &str) -> String {
    format!("`{text}` is not written as {format}.")
}

fn moved(read: DateTime, context: &Context<'_>) -> Result<DateTime, String> {
    let far = |_| "The day is too far away.".to_owned();
    read.checked_add(Span::new().try_days(context.shift_days).map_err(far)?).map_err(far)
}

fn from_now(kind: &FieldType, text: &str, unit: FromNow, context: &Context<'_>) -> Result<Json, String> {
    let count: f64 = text.parse().map_err(|_| format!("`{text}` is no number."))?;
    let seconds = count * if unit == FromNow::Days { 86_400.0 } else { 3_600.0 };
    let span = SignedDuration::try_from_secs_f64(seconds.round()).map_err(|_| format!("`{text}` is too far away."))?;
    let at = context.now.checked_add(span).map_err(|_| format!("`{text}` is too far away."))?;
    Ok(match kind {
        FieldType::Date => json!(at.to_zoned(context.zone.clone()).date().to_string()),
        _ => json!(at.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Mapping;
    use crm_core::money::Currency;
    use crm_core::schema::Schema;

    fn converted(object: &str, field: &str, cell: &str, shift_days: i64) -> Result<Json, String> {
        let text = format!(
            "version = 1\n[[step]]\nobject = \"{object}\"\nfile = \"a.csv\"\nkey = \"{{c}}\"\n[step.fields]\n{field}\n"
        );
        let mapping = Mapping::parse("m.toml", &text).unwrap();
        let plan = Plan::new(&mapping.steps[0], "step", &Schema::standard(), &["c".to_owned()]).unwrap();
        let zone = TimeZone::UTC;
        let parsing = ParseContext { currency: Currency::parse("USD").unwrap(), zone: &zone, language: "en" };
        let context = Context { now: "2026-11-21T12:00:00Z".parse().unwrap(), zone: zone.clone(), shift_days, parsing };
        let name = field.split([' ', '.']).next().unwrap().trim_matches('"').to_owned();
        match convert(&plan, &plan.fields, &[cell.to_owned()], &context, |_, _| ()) {
            Ok(converted) => Ok(converted.values.get(&name).cloned().unwrap_or_default()),
            Err(wrongs) => Err(format!("{}: {}", wrongs[0].column, wrongs[0].reason)),
        }
    }

    #[test]
    fn money_is_scaled_exactly() {
        let field = "annual_revenue = { value = \"{c}\", scale = 1_000_000, currency = \"USD\" }";
        assert_eq!(
            converted("account", field, "1100.04", 0).unwrap(),
            json!({"amount": "1100040000", "currency": "USD"})
        );
        assert!(converted("account", field, "much", 0).unwrap_err().starts_with("c: "));
    }

    #[test]
    fn blank_cells_leave_the_field_out() {
        assert_eq!(converted("account", "industry = \"{c}\"", "  ", 0).unwrap(), Json::Null);
    }

    #[test]
    fn dates_are_read_and_moved() {
        assert_eq!(converted("deal", "close_date = \"{c}\"", "2017-12-31", 3246).unwrap(), json!("2026-11-20"));
        let german = "close_date = { value = \"{c}\", date = \"%d.%m.%Y\" }";
        assert_eq!(converted("deal", german, "31.12.2017", 0).unwrap(), json!("2017-12-31"));
        assert_eq!(
            converted("deal", german, "12/31/2017", 0).unwrap_err(),
            "c: `12/31/2017` is not written as %d.%m.%Y."
        );
        assert_eq!(
            converted("task", "due_at = \"{c}\"", "2017-12-31T10:00:00Z", 1).unwrap(),
            json!("2018-01-01T10:00:00Z")
        );
    }

    #[test]
    fn spans_count_from_now() {
        assert_eq!(
            converted("deal", "close_date = { value = \"{c}\", from_now = \"days\" }", "-1", 99).unwrap(),
            json!("2026-11-20")
        );
        assert_eq!(
            converted("task", "due_at = { value = \"{c}\", from_now = \"hours\" }", "1.5", 99).unwrap(),
            json!("2026-11-21T13:30:00Z")
        );
    }

    #[test]
    fn parts_make_an_address() {
        assert_eq!(
            converted("account", "\"billing_address.country\" = \"{c}\"", "Kenya", 0).unwrap(),
            json!({"country": "Kenya"})
        );
    }
}
