//! Fields: their types, limits and where their values are kept.

use super::Label;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// The type of a field's values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldType {
    /// One line of text.
    Text,
    /// Several lines of plain text.
    LongText,
    /// Markdown.
    RichText,
    /// A number.
    Number,
    /// An exact number with up to `scale` digits after the point.
    Decimal {
        /// Digits after the point, at most 9.
        scale: u32,
    },
    /// An amount with a currency.
    Money,
    /// A percentage; 75 is 75 %.
    Percent,
    /// Yes or no.
    Boolean,
    /// A calendar day.
    Date,
    /// An instant.
    #[serde(rename = "datetime")]
    DateTime,
    /// A span of time.
    Duration,
    /// One of several options.
    Select {
        /// The options, in order.
        options: Vec<SelectOption>,
    },
    /// Any of several options.
    MultiSelect {
        /// The options, in order.
        options: Vec<SelectOption>,
    },
    /// One record of an object; to users, `references` is `user`.
    Reference {
        /// The object referred to.
        references: String,
    },
    /// One record of any object.
    AnyReference,
    /// Many records of an object.
    References {
        /// The object referred to.
        references: String,
    },
    /// An e-mail address.
    Email,
    /// A phone number, kept as E.164.
    Phone,
    /// A web address.
    Url,
    /// A postal address.
    Address,
    /// Latitude and longitude in degrees.
    Location,
    /// One to five stars.
    Rating,
    /// A file: a reference to an attachment.
    File,
    /// Any JSON.
    Json,
    /// A number counted up by the tenant, shown with a prefix: `T-1042`.
    AutoNumber {
        /// What is put before the number: `T-`.
        prefix: String,
    },
    /// Computed from the own record's fields.
    Formula {
        /// The expression (see [`crate::expression`]).
        formula: String,
        /// What it yields.
        result_type: ResultType,
    },
    /// Computed over the records that refer to this one.
    Rollup {
        /// What is computed.
        rollup: Rollup,
    },
}

/// What a formula yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultType {
    /// A number.
    Number,
    /// A text.
    Text,
    /// Yes or no.
    Boolean,
    /// A calendar day.
    Date,
}

/// A roll-up over related records that the asking person may see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rollup {
    /// The object of the related records.
    pub object: String,
    /// Their field that refers to this record.
    pub field: String,
    /// What is computed.
    pub measure: RollupMeasure,
    /// The field it is computed of; none for a count.
    #[serde(default)]
    pub of: Option<String>,
    /// Which of them count.
    #[serde(default)]
    pub filter: Option<crate::query::Filter>,
}

/// What a roll-up computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollupMeasure {
    /// How many records.
    Count,
    /// The sum.
    Sum,
    /// The mean.
    Avg,
    /// The least.
    Min,
    /// The greatest.
    Max,
}

/// One option of a select field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectOption {
    /// What is stored.
    pub key: String,
    /// What is shown.
    pub label: Label,
    /// `#rrggbb`, where the option has a colour.
    #[serde(default)]
    pub colour: Option<String>,
    /// Kept on old records, not offered any more.
    #[serde(default)]
    pub archived: bool,
}

impl FieldType {
    /// The type's name as in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::RichText => "rich_text",
            Self::Number => "number",
            Self::Decimal { .. } => "decimal",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::Duration => "duration",
            Self::Select { .. } => "select",
            Self::MultiSelect { .. } => "multi_select",
            Self::Reference { references } if references == "user" => "user",
            Self::Reference { .. } => "reference",
            Self::AnyReference => "any_reference",
            Self::References { .. } => "references",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Url => "url",
            Self::Address => "address",
            Self::Location => "location",
            Self::Rating => "rating",
            Self::File => "file",
            Self::Json => "json",
            Self::AutoNumber { .. } => "auto_number",
            Self::Formula { .. } => "formula",
            Self::Rollup { .. } => "rollup",
        }
    }

    /// The object that a single reference points to.
    pub fn target(&self) -> Option<&str> {
        match self {
            Self::Reference { references } => Some(references),
            Self::File => Some("attachment"),
            _ => None,
        }
    }

    /// Whether it is a reference of any kind.
    pub fn is_reference(&self) -> bool {
        self.target().is_some() || matches!(self, Self::AnyReference | Self::References { .. })
    }

    /// Whether a value may point to a record of `object`.
    pub fn may_refer_to(&self, object: &str) -> bool {
        match self {
            Self::References { references } => references == object,
            Self::AnyReference => true,
            other => other.target() == Some(object),
        }
    }

    /// Whether people compare it as text, ignoring case and accents.
    pub fn is_textual(&self) -> bool {
        matches!(self, Self::Text | Self::LongText | Self::RichText | Self::Email | Self::Phone | Self::Url)
    }

    /// Whether it is computed and never written.
    pub fn is_computed(&self) -> bool {
        matches!(self, Self::Formula { .. } | Self::Rollup { .. })
    }

    /// The options of a select or multi-select.
    pub fn options(&self) -> &[SelectOption] {
        match self {
            Self::Select { options } | Self::MultiSelect { options } => options,
            _ => &[],
        }
    }

    /// How the value lies in the database; `None` for links and computed fields.
    pub(crate) fn sql_type(&self) -> Option<SqlType> {
        Some(match self {
            Self::Number | Self::Percent | Self::Rating => SqlType::Real,
            Self::Decimal { .. }
            | Self::Money
            | Self::Date
            | Self::DateTime
            | Self::Duration
            | Self::AutoNumber { .. } => SqlType::Integer,
            Self::Boolean => SqlType::Boolean,
            Self::Reference { .. } | Self::AnyReference | Self::File => SqlType::Uuid,
            Self::MultiSelect { .. } | Self::Address | Self::Location | Self::Json => SqlType::Json,
            Self::References { .. } | Self::Formula { .. } | Self::Rollup { .. } => return None,
            _ => SqlType::Text,
        })
    }

    /// The suffix of the second column that some types need: the folded twin of a text, the currency of money, the
    /// object of a reference to anything.
    pub(crate) fn companion(&self) -> Option<&'static str> {
        match self {
            textual if textual.is_textual() => Some("_folded"),
            Self::Money => Some("_currency"),
            Self::AnyReference => Some("_object"),
            _ => None,
        }
    }
}

/// The portable column types: the only ones that both engines keep and compare alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SqlType {
    /// `text`.
    Text,
    /// `bigint`: whole numbers, minor units, days since 1970, microseconds since 1970, seconds.
    Integer,
    /// `double precision`.
    Real,
    /// `boolean`.
    Boolean,
    /// `uuid`.
    Uuid,
    /// `jsonb` (text on SQLite).
    Json,
}

/// Where a field's value is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// In the column of the field's name.
    Column,
    /// In the record's JSON document under the field's id, and, if filterable, also in a typed, indexed slot.
    Custom {
        /// The slot column, such as `s3`.
        slot: Option<String>,
    },
    /// In the table of links.
    Links,
    /// Nowhere: computed on reading.
    Computed,
}

/// The definition of one field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDef {
    /// Immutable: a standard field's name, a custom field's UUID.
    pub id: String,
    /// `snake_case`; single references end in `_id`, many-to-many ones in `_ids` (but `tags`).
    pub name: String,
    /// For people.
    pub label: Label,
    /// What it means.
    pub description: Option<Label>,
    /// Other words people use for it.
    pub also_called: Vec<String>,
    /// The type of its values.
    pub kind: FieldType,
    /// Whether a record must have a value.
    pub required: bool,
    /// Whether no two records of the tenant may share a value.
    pub unique: bool,
    /// Whether only the system writes it.
    pub read_only: bool,
    /// Whether it can be filtered and sorted by through an index.
    pub filterable: bool,
    /// Whether reading it needs the right to sensitive fields.
    pub sensitive: bool,
    /// Whether every object has it (id, version, created at…).
    pub system: bool,
    /// Whether an admin defined it.
    pub custom: bool,
    /// The value of a new record that gives none, as JSON.
    pub default: Option<Json>,
    /// Limits of its values.
    pub limits: Limits,
    /// Where it is kept.
    pub storage: Storage,
}

/// Limits of a field's values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// The least number allowed.
    #[serde(default)]
    pub min: Option<f64>,
    /// The greatest number allowed.
    #[serde(default)]
    pub max: Option<f64>,
    /// The most characters allowed.
    #[serde(default)]
    pub max_length: Option<usize>,
    /// A regular expression that a text must match as a whole.
    #[serde(default)]
    pub pattern: Option<String>,
}

impl FieldDef {
    /// The most characters that a text of this field may have.
    pub fn max_length(&self) -> usize {
        let most = match self.kind {
            FieldType::LongText | FieldType::RichText => 100_000,
            FieldType::Url => 2_000,
            _ => 500,
        };
        self.limits.max_length.unwrap_or(most).min(most)
    }

    /// Whether sorting by it makes sense.
    pub fn sortable(&self) -> bool {
        !matches!(self.kind.sql_type(), Some(SqlType::Json))
            && !matches!(self.kind, FieldType::References { .. } | FieldType::AnyReference)
    }
}

impl FieldDef {
    /// A value of this field as JSON: an auto-number with its prefix, everything else as it is.
    pub fn show(&self, value: &crate::value::Value) -> Json {
        match (&self.kind, value) {
            (FieldType::AutoNumber { prefix }, crate::value::Value::Integer(n)) => Json::String(format!("{prefix}{n}")),
            (FieldType::References { .. }, crate::value::Value::Null) => Json::Array(Vec::new()),
            (_, value) => value.to_json(),
        }
    }
}
