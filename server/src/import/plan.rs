//! The plan of a step: its mapping held against the object's definition and the table's header, so that what does not
//! fit is told before any row is read.

use super::error::{MappingError, did_you_mean};
use super::mapping::{By, Field, FromNow, How, Step, Value};
use super::template::{Bound, Template};
use crm_core::money::Currency;
use crm_core::schema::{FieldDef, FieldType, ObjectDef, Schema};
use rust_decimal::Decimal;
use serde_json::Value as Json;
use std::sync::Arc;

/// How the rows of one table become records.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) object: Arc<ObjectDef>,
    pub(super) key: Bound,
    pub(super) distinct: bool,
    pub(super) update_only: bool,
    /// What is set when the record is made.
    pub(super) fields: Vec<Planned>,
    /// What is set once all steps are through.
    pub(super) later: Vec<Planned>,
    /// The table's header.
    pub(super) columns: Vec<String>,
}

/// What goes into one field.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) field: Arc<FieldDef>,
    /// The part of an address.
    pub(super) part: Option<String>,
    pub(super) value: Source,
    pub(super) reading: Reading,
}

/// Where the text of a value comes from.
#[derive(Debug)]
pub(super) enum Source {
    First(Vec<Bound>),
    Constant(Json),
}

/// How the text is read.
#[derive(Debug)]
pub(super) enum Reading {
    /// As the field's type says.
    Plain,
    /// A number, made larger or smaller and perhaps an amount of a currency.
    Number { scale: Option<Decimal>, currency: Option<String> },
    /// A day, perhaps written in its own way.
    Day { format: Option<String> },
    /// A span that counts from now.
    FromNow(FromNow),
    /// Several keys.
    Several { split: String },
    /// A record, or several.
    Reference { object: Bound, by: By, split: Option<String> },
}

/// The parts of an address.
const PARTS: [&str; 5] = ["street", "city", "region", "postal_code", "country"];

impl Plan {
    /// Plans a step; `at` is what errors call it. All that does not fit is told at once.
    pub(super) fn new(step: &Step, at: &str, schema: &Schema, columns: &[String]) -> Result<Self, Vec<MappingError>> {
        let one = |message: String| vec![MappingError::new(at, message)];
        let Some(object) = schema.object(&step.object) else {
            let near = did_you_mean(&step.object, schema.objects().map(|object| object.name.as_str()));
            return Err(one(format!("there is no object `{}`.{near}", step.object)));
        };
        let mut errors: Vec<MappingError> = step
            .replace
            .keys()
            .filter(|column| !columns.contains(column))
            .map(|column| {
                let near = did_you_mean(column, columns.iter().map(String::as_str));
                MappingError::new(
                    format!("{at}, replace.{column}"),
                    format!("the table has no column `{column}`.{near}"),
                )
            })
            .collect();
        let key = step.key.bind(columns).map_err(|message| MappingError::new(format!("{at}, key"), message));
        let (mut fields, mut later) = (Vec::new(), Vec::new());
        for (name, field) in &step.fields {
            match planned(object, name, field, columns) {
                Ok(planned) if field.how.later => later.push(planned),
                Ok(planned) => fields.push(planned),
                Err(message) => errors.push(MappingError::new(format!("{at}, field {name}"), message)),
            }
        }
        match key {
            Ok(key) if errors.is_empty() => Ok(Self {
                object: object.clone(),
                key,
                distinct: step.distinct,
                update_only: step.update_only,
                fields,
                later,
                columns: columns.to_vec(),
            }),
            key => {
                errors.extend(key.err());
                Err(errors)
            }
        }
    }
}

fn planned(object: &ObjectDef, name: &str, field: &Field, columns: &[String]) -> Result<Planned, String> {
    let (field_name, part) = name.split_once('.').map_or((name, None), |(field, part)| (field, Some(part)));
    let Some(def) = object.field(field_name).filter(|def| !def.system || def.name == "name") else {
        let near =
            did_you_mean(field_name, object.fields.iter().filter(|def| !def.system).map(|def| def.name.as_str()));
        return Err(format!("the object {} has no such field.{near}", object.name));
    };
    if def.name == "external_id" {
        return Err("the external_id is what `key` gives; leave the field out.".into());
    }
    if def.read_only || def.kind.is_computed() {
        return Err("the field is set by the system; leave it out.".into());
    }
    if let Some(part) = part {
        if def.kind != FieldType::Address {
            return Err(format!("`{field_name}` is no address; only addresses have parts."));
        }
        if !PARTS.contains(&part) {
            return Err(format!("an address has no part `{part}`; its parts are {}.", PARTS.join(", ")));
        }
    }
    let value = match &field.value {
        Value::First(templates) => {
            Source::First(templates.iter().map(|template| template.bind(columns)).collect::<Result<_, _>>()?)
        }
        Value::Constant(json) => Source::Constant(json.clone()),
    };
    let reading = reading(def, part, &field.how, columns)?;
    Ok(Planned { field: def.clone(), part: part.map(str::to_owned), value, reading })
}

fn reading(def: &FieldDef, part: Option<&str>, how: &How, columns: &[String]) -> Result<Reading, String> {
    let kind = def.kind.name();
    let only_for = |word: &str, kinds: &str| format!("`{word}` is for {kinds} fields; this is a {kind} field.");
    let is_reference = def.kind.is_reference();
    let is_time = matches!(def.kind, FieldType::Date | FieldType::DateTime);
    let is_number = matches!(
        def.kind,
        FieldType::Number
            | FieldType::Percent
            | FieldType::Rating
            | FieldType::Decimal { .. }
            | FieldType::Money
            | FieldType::Duration
    );
    let many = matches!(def.kind, FieldType::References { .. } | FieldType::MultiSelect { .. });
    let refused = [
        (how.scale.is_some() && !is_number, only_for("scale", "number")),
        (how.currency.is_some() && def.kind != FieldType::Money, only_for("currency", "money")),
        (how.date.is_some() && !is_time, only_for("date", "date and datetime")),
        (how.from_now.is_some() && !is_time, only_for("from_now", "date and datetime")),
        (how.split.is_some() && !many, only_for("split", "references and multi_select")),
        (how.reference.is_some() && !is_reference, only_for("reference", "reference")),
        (how.by.is_some() && how.reference.is_none(), "`by` needs `reference` beside it.".to_owned()),
        (how.date.is_some() && how.from_now.is_some(), "give `date` or `from_now`, not both.".to_owned()),
        (
            is_reference && how.reference.is_none() && part.is_none(),
            "the field refers to a record: say to which object, as in { value = …, reference = \"account\" }."
                .to_owned(),
        ),
    ];
    if let Some((_, message)) = refused.into_iter().find(|(wrong, _)| *wrong) {
        return Err(message);
    }
    if let Some(currency) = how.currency.as_deref().filter(|code| Currency::parse(code).is_none()) {
        return Err(format!("`{currency}` is no currency; give an ISO 4217 code such as USD."));
    }
    if let Some(template) = &how.reference {
        return reference(def, template, how, columns);
    }
    Ok(match (how.from_now, &how.split) {
        (Some(unit), _) => Reading::FromNow(unit),
        (None, Some(split)) => Reading::Several { split: split.clone() },
        (None, None) if part.is_some() => Reading::Plain,
        (None, None) if is_time => Reading::Day { format: how.date.clone() },
        (None, None) if is_number => {
            Reading::Number { scale: how.scale.map(|scale| scale.0), currency: how.currency.clone() }
        }
        (None, None) => Reading::Plain,
    })
}

fn reference(def: &FieldDef, template: &Template, how: &How, columns: &[String]) -> Result<Reading, String> {
    if let Some(object) = template.constant()
        && !def.kind.may_refer_to(object)
    {
        return Err(format!("the field does not refer to `{object}`."));
    }
    let by = how.by.unwrap_or(By::ExternalId);
    Ok(Reading::Reference { object: template.bind(columns)?, by, split: how.split.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Mapping;

    fn planned(fields: &str) -> Result<Plan, String> {
        let text =
            format!("version = 1\n[[step]]\nobject = \"account\"\nfile = \"a.csv\"\nkey = \"{{account}}\"\n{fields}");
        let mapping = Mapping::parse("m.toml", &text).unwrap();
        let columns = ["account", "sector", "revenue"].map(str::to_owned);
        let plan = Plan::new(&mapping.steps[0], "step 1 (account)", &Schema::standard(), &columns);
        plan.map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn what_fits_is_planned() {
        let plan = planned("[step.fields]\nname = \"{account}\"\nannual_revenue = { value = \"{revenue}\", scale = 1_000_000, currency = \"USD\" }\n\"billing_address.country\" = \"{sector}\"\nparent_id = { value = \"{account}\", reference = \"account\", later = true }\n").unwrap();
        assert_eq!((plan.fields.len(), plan.later.len()), (3, 1));
    }

    #[test]
    fn errors_name_step_field_and_column_and_come_all_at_once() {
        let errors =
            planned("[step.fields]\nindustri = \"{sector}\"\nname = \"{acount}\"\n[step.replace.sectr]\na = \"b\"\n")
                .err()
                .unwrap();
        assert!(
            errors.contains(
                "step 1 (account), field industri: the object account has no such field. Did you mean `industry`?"
            ),
            "{errors}"
        );
        assert!(
            errors.contains("step 1 (account), field name: the table has no column `acount`. Did you mean `account`?"),
            "{errors}"
        );
        assert!(errors.contains("step 1 (account), replace.sectr: the table has no column `sectr`."), "{errors}");
    }

    #[test]
    fn words_that_do_not_fit_the_type_are_refused() {
        let wrong = |field: &str, message: &str| {
            let errors = planned(&format!("[step.fields]\n{field}\n")).err().unwrap();
            assert!(errors.contains(message), "{errors}");
        };
        wrong(
            "industry = { value = \"{sector}\", currency = \"USD\" }",
            "`currency` is for money fields; this is a text field.",
        );
        wrong("annual_revenue = { value = \"{revenue}\", currency = \"dollars\" }", "`dollars` is no currency");
        wrong("parent_id = \"{account}\"", "say to which object");
        wrong("parent_id = { value = \"{account}\", reference = \"deal\" }", "does not refer to `deal`");
        wrong("\"billing_address.land\" = \"{sector}\"", "its parts are street, city");
        wrong("deal_count = \"{revenue}\"", "set by the system");
        wrong("external_id = \"{account}\"", "what `key` gives");
    }
}
