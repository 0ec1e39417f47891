//! The mapping as it is written: TOML, read into types that refuse what they do not know.

use super::error::{ImportError, MappingError};
use super::template::Template;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// Which tables become which records.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
    version: u32,
    /// Custom fields that are defined first.
    #[serde(default, rename = "field")]
    pub(super) fields: Vec<Map<String, Json>>,
    /// What is imported, in this order.
    #[serde(default, rename = "step")]
    pub(super) steps: Vec<Step>,
}

/// One kind of record from one table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) object: String,
    file: Option<String>,
    files: Option<String>,
    rows: Option<Vec<BTreeMap<String, Cell>>>,
    pub(super) key: Template,
    #[serde(default)]
    pub(super) distinct: bool,
    #[serde(default)]
    pub(super) update_only: bool,
    #[serde(default)]
    pub(super) replace: HashMap<String, HashMap<String, String>>,
    #[serde(default)]
    pub(super) fields: BTreeMap<String, Field>,
}

/// Where a step's rows come from.
#[derive(Debug, Clone, Copy)]
pub(super) enum From<'a> {
    /// A CSV file.
    Csv(&'a str),
    /// Markdown files, as `articles/*.md`.
    Markdown(&'a str),
    /// The mapping itself.
    Rows(&'a [BTreeMap<String, Cell>]),
}

/// A cell of a row in the mapping.
#[derive(Debug, Clone)]
pub(super) struct Cell(pub(super) String);

/// What goes into a field, and how it is read.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) value: Value,
    pub(super) how: How,
}

/// What goes into a field.
#[derive(Debug)]
pub(super) enum Value {
    /// The first of these templates that is not blank.
    First(Vec<Template>),
    /// Always this.
    Constant(Json),
}

/// How a value is read, beyond its field's type.
#[derive(Debug, Default)]
pub(super) struct How {
    pub(super) scale: Option<Scale>,
    pub(super) currency: Option<String>,
    pub(super) date: Option<String>,
    pub(super) from_now: Option<FromNow>,
    pub(super) split: Option<String>,
    pub(super) reference: Option<Template>,
    pub(super) by: Option<By>,
    pub(super) later: bool,
}

/// What a number that counts from now counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum FromNow {
    Days,
    Hours,
}

/// By what a reference names its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum By {
    ExternalId,
    Name,
    Email,
}

impl By {
    /// The field that is compared.
    pub(super) fn field(self) -> &'static str {
        match self {
            Self::ExternalId => "external_id",
            Self::Name => "name",
            Self::Email => "email",
        }
    }
}

/// An exact factor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale(pub(super) rust_decimal::Decimal);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    value: Value,
    scale: Option<Scale>,
    currency: Option<String>,
    date: Option<String>,
    from_now: Option<FromNow>,
    split: Option<String>,
    reference: Option<Template>,
    by: Option<By>,
    #[serde(default)]
    later: bool,
}

impl Mapping {
    /// Reads a mapping; `name` is what errors call it.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Self, ImportError> {
        let one = |message: String| ImportError::Mapping(vec![MappingError::new(name, message)]);
        let mapping: Self = toml::from_str(text).map_err(|error| one(error.to_string().trim_end().to_owned()))?;
        if mapping.version != 1 {
            return Err(one(format!(
                "version = {} is not known to this program; it reads version 1.",
                mapping.version
            )));
        }
        let errors: Vec<_> = mapping
            .steps
            .iter()
            .enumerate()
            .filter_map(|(i, step)| step.rows_from().err().map(|message| MappingError::new(step.at(i), message)))
            .collect();
        if errors.is_empty() { Ok(mapping) } else { Err(ImportError::Mapping(errors)) }
    }
}

impl Step {
    /// What errors call the `i`th step.
    pub(super) fn at(&self, i: usize) -> String {
        format!("step {} ({})", i + 1, self.object)
    }

    /// Where the rows come from.
    pub(super) fn rows_from(&self) -> Result<From<'_>, String> {
        match (&self.file, &self.files, &self.rows) {
            (Some(file), None, None) => Ok(From::Csv(file)),
            (None, Some(pattern), None) => Ok(From::Markdown(pattern)),
            (None, None, Some(rows)) => Ok(From::Rows(rows)),
            _ => Err("give exactly one of `file`, `files` and `rows`.".into()),
        }
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Json::deserialize(deserializer)? {
            Json::String(text) => Ok(Self(text)),
            Json::Bool(yes) => Ok(Self(yes.to_string())),
            Json::Number(number) => Ok(Self(number.to_string())),
            other => Err(D::Error::custom(format!("a cell is a text, a number, true or false, not {other}"))),
        }
    }
}

impl<'de> Deserialize<'de> for Scale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?.to_string();
        let factor = number.parse().or_else(|_| rust_decimal::Decimal::from_scientific(&number));
        factor.map(Self).map_err(|_| D::Error::custom(format!("`{number}` is no factor")))
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a template, a list of templates, true, false or a number")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        Template::try_from(text.to_owned()).map(|template| Value::First(vec![template])).map_err(E::custom)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::Constant(yes.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Constant(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Constant(number.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut templates = Vec::new();
        while let Some(template) = items.next_element()? {
            templates.push(template);
        }
        if templates.is_empty() {
            return Err(A::Error::custom("the list of templates is empty"));
        }
        Ok(Value::First(templates))
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct FieldVisitor;

impl<'de> Visitor<'de> for FieldVisitor {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a template, a list of templates, true, false, a number or a table with `value`")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Field, E> {
        ValueVisitor.visit_str(text).map(Field::plain)
    }

    fn visit_bool<E: serde::de::Error>(self, yes: bool) -> Result<Field, E> {
        ValueVisitor.visit_bool(yes).map(Field::plain)
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Field, E> {
        ValueVisitor.visit_i64(number).map(Field::plain)
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Field, E> {
        ValueVisitor.visit_f64(number).map(Field::plain)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Field, A::Error> {
        ValueVisitor.visit_seq(items).map(Field::plain)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Field, A::Error> {
        let Table { value, scale, currency, date, from_now, split, reference, by, later } =
            Table::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Field { value, how: How { scale, currency, date, from_now, split, reference, by, later } })
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

impl Field {
    fn plain(value: Value) -> Self {
        Self { value, how: How::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Mapping::parse("m.toml", text).unwrap_err().to_string()
    }

    const STEP: &str = "version = 1\n[[step]]\nobject = \"account\"\nfile = \"a.csv\"\nkey = \"{id}\"\n";

    #[test]
    fn the_mapping_of_the_example_is_understood() {
        let text = include_str!("../../../examples/crm-sales/mapping.toml");
        let mapping = Mapping::parse("mapping.toml", text).unwrap();
        assert_eq!(mapping.steps.len(), 8);
        assert_eq!(mapping.fields[0]["name"], "engage_date");
    }

    #[test]
    fn a_word_that_is_not_known_is_refused_with_its_line() {
        let error = refused(&format!("{STEP}disctinct = true\n"));
        assert!(error.contains("m.toml") && error.contains("line 6") && error.contains("disctinct"), "{error}");
        let error = refused(&format!("{STEP}[step.fields]\nname = {{ value = \"{{a}}\", scael = 2 }}\n"));
        assert!(error.contains("scael") && error.contains("scale"), "{error}");
    }

    #[test]
    fn a_step_has_exactly_one_source_of_rows() {
        let error = refused("version = 1\n[[step]]\nobject = \"account\"\nkey = \"{id}\"\n");
        assert_eq!(error, "step 1 (account): give exactly one of `file`, `files` and `rows`.");
    }

    #[test]
    fn another_version_is_refused() {
        assert!(refused("version = 2\n").contains("it reads version 1"));
    }

    #[test]
    fn a_template_that_cannot_be_read_is_refused_with_its_line() {
        let error = refused(&format!("{STEP}[step.fields]\nname = \"{{a\"\n"));
        assert!(error.contains("line 7") && error.contains("without its"), "{error}");
    }
}
