//! What an administrator writes to define a field or an object, read and checked.

use crate::error::{Error, FieldError, Result};
use crate::query::compile;
use crate::schema::{FieldDef, FieldType, Label, Limits, ObjectDef, Schema, Storage};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

/// A field to be defined. Its JSON has the type's parameters beside the rest, as definitions are shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewField {
    /// `snake_case`; references get `_id` or `_ids` appended where it lacks.
    #[serde(default)]
    pub name: String,
    /// For people.
    pub label: Label,
    /// What it means.
    #[serde(default)]
    pub description: Option<Label>,
    /// Other words people use for it.
    #[serde(default)]
    pub also_called: Vec<String>,
    /// Its type, with parameters.
    #[serde(flatten)]
    pub kind: FieldType,
    /// Whether a record must have a value.
    #[serde(default)]
    pub required: bool,
    /// Whether no two records may share a value.
    #[serde(default)]
    pub unique: bool,
    /// Whether it gets an index; if absent, while there is room for one.
    #[serde(default)]
    pub filterable: Option<bool>,
    /// Whether reading it needs the right to sensitive fields.
    #[serde(default)]
    pub sensitive: bool,
    /// The value of a new record that gives none.
    #[serde(default)]
    pub default: Option<Json>,
    /// Limits of its values.
    #[serde(flatten)]
    pub limits: Limits,
}

/// A change of a field: what is absent stays. The type stays always; a select's options may change.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the member of NewField of the same name")]
pub struct FieldPatch {
    pub label: Option<Label>,
    pub description: Option<Label>,
    pub also_called: Option<Vec<String>>,
    pub required: Option<bool>,
    pub filterable: Option<bool>,
    pub sensitive: Option<bool>,
    pub default: Option<Json>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub max_length: Option<usize>,
    pub pattern: Option<String>,
    pub options: Option<Vec<crate::schema::SelectOption>>,
    pub formula: Option<String>,
}

/// An object to be defined.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewObject {
    /// Singular, `snake_case`.
    pub name: String,
    /// Singular, for people.
    pub label: Label,
    /// Plural, `snake_case`; the name with an `s` if absent.
    #[serde(default)]
    pub plural: Option<String>,
    /// Plural, for people.
    #[serde(default)]
    pub plural_label: Option<Label>,
    /// What it is for.
    #[serde(default)]
    pub description: Label,
    /// Other words people use for it.
    #[serde(default)]
    pub also_called: Vec<String>,
    /// Its first fields, each as for [`NewField::read`].
    #[serde(default, skip_serializing)]
    pub fields: Vec<Json>,
}

/// A change of an object: what is absent stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the member of NewObject of the same name")]
pub struct ObjectPatch {
    pub label: Option<Label>,
    pub plural_label: Option<Label>,
    pub description: Option<Label>,
    pub also_called: Option<Vec<String>>,
}

/// Members of a record's JSON, columns of every table, and words of expressions.
const RESERVED: [&str; 9] = ["object", "custom", "tenant_id", "and", "or", "not", "true", "false", "null"];

const KNOWN: [&str; 22] = [
    "name",
    "label",
    "description",
    "also_called",
    "type",
    "required",
    "unique",
    "filterable",
    "sensitive",
    "default",
    "min",
    "max",
    "max_length",
    "pattern",
    "options",
    "references",
    "formula",
    "result_type",
    "rollup",
    "scale",
    "prefix",
    "id",
];

impl NewField {
    /// Reads a field's definition.
    ///
    /// # Errors
    /// Errors of its members.
    pub fn read(json: &Json) -> Result<Self> {
        let Json::Object(members) = json else {
            return Err(Error::field("", "wrong_type", "A field is defined by an object with name, label and type."));
        };
        if let Some(other) = members.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            let error = FieldError::new(other, "unknown_field", format!("A field's definition has no `{other}`."));
            return Err(error.hint(format!("It may have {}.", KNOWN.join(", "))).into());
        }
        let mut members = members.clone();
        if members.get("type") == Some(&json!("user")) {
            members.insert("type".into(), json!("reference"));
            members.insert("references".into(), json!("user"));
        }
        serde_json::from_value(Json::Object(members)).map_err(|error| {
            let error = FieldError::new("type", "wrong_type", format!("The definition cannot be read: {error}."));
            error.hint("Give name, label, type and what the type needs, such as options or references.").into()
        })
    }

    /// Checks it for an object of a schema, and makes the definition, without a slot.
    pub(super) fn define(
        mut self,
        id: String,
        object: &ObjectDef,
        schema: &Schema,
        actor: &crate::Actor,
    ) -> Result<FieldDef> {
        self.complete_name();
        let mut errors = Vec::new();
        errors.extend(check_name("name", &self.name));
        if object.field(&self.name).is_some() || RESERVED.contains(&self.name.as_str()) {
            let message = format!("There is already a field `{}`, or the word is reserved.", self.name);
            errors.push(FieldError::new("name", "not_unique", message).value(&json!(self.name)));
        }
        if self.label.text("en").trim().is_empty() {
            errors.push(FieldError::new("label", "required", "A field needs a label."));
        }
        errors.extend(check_kind(&self.kind, object, schema, actor));
        errors.extend(check_pattern(&self.limits));
        if self.unique
            && (self.kind.is_computed()
                || matches!(
                    self.kind,
                    FieldType::References { .. }
                        | FieldType::Json
                        | FieldType::MultiSelect { .. }
                        | FieldType::Address
                        | FieldType::Location
                ))
        {
            errors.push(FieldError::new("unique", "invalid", format!("A {} cannot be unique.", self.kind.name())));
        }
        if self.required && self.kind.is_computed() {
            errors.push(FieldError::new("required", "invalid", "A computed field cannot be required."));
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        let field = self.into_def(id);
        if let Some(default) = &field.default {
            field
                .parse(default, &crate::schema::ParseContext::of(actor))
                .map_err(|error| FieldError { field: "default".into(), ..error })?;
        }
        Ok(field)
    }

    /// References say what they refer to by their name's end.
    fn complete_name(&mut self) {
        let end = match self.kind {
            FieldType::Reference { .. } | FieldType::AnyReference => "_id",
            FieldType::References { .. } => "_ids",
            _ => return,
        };
        if !self.name.ends_with(end) {
            self.name.push_str(end);
        }
    }

    pub(super) fn into_def(self, id: String) -> FieldDef {
        let storage = match &self.kind {
            FieldType::References { .. } => Storage::Links,
            kind if kind.is_computed() => Storage::Computed,
            _ => Storage::Custom { slot: None },
        };
        FieldDef {
            id,
            name: self.name,
            label: self.label,
            description: self.description,
            also_called: self.also_called,
            read_only: self.kind.is_computed() || matches!(self.kind, FieldType::AutoNumber { .. }),
            filterable: matches!(storage, Storage::Links),
            kind: self.kind,
            required: self.required,
            unique: self.unique,
            sensitive: self.sensitive,
            system: false,
            custom: true,
            default: self.default.filter(|default| !default.is_null()),
            limits: self.limits,
            storage,
        }
    }
}

pub(super) fn check_name(member: &str, name: &str) -> Option<FieldError> {
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    let rest = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (!starts || !rest || name.len() > 40).then(|| {
        FieldError::new(
            member,
            "invalid",
            "A name has 1 to 40 small letters, digits and underscores, and starts with a letter.",
        )
        .value(&json!(name))
        .hint("Write it such as call_sign.")
    })
}

fn check_pattern(limits: &Limits) -> Option<FieldError> {
    let pattern = limits.pattern.as_ref()?;
    let error = regex::RegexBuilder::new(pattern).size_limit(1 << 20).build().err()?;
    Some(
        FieldError::new("pattern", "invalid", format!("The pattern is no regular expression: {error}."))
            .value(&json!(pattern)),
    )
}

fn check_kind(kind: &FieldType, object: &ObjectDef, schema: &Schema, actor: &crate::Actor) -> Vec<FieldError> {
    match kind {
        FieldType::Reference { references } | FieldType::References { references } => {
            let unknown = || {
                FieldError::new("references", "dangling_reference", format!("There is no object `{references}`."))
                    .value(&json!(references))
            };
            (references != &object.name && schema.object(references).is_none()).then(unknown).into_iter().collect()
        }
        FieldType::Select { options } | FieldType::MultiSelect { options } => check_options(options),
        FieldType::Decimal { scale } if *scale > 9 => {
            vec![FieldError::new("scale", "out_of_range", "At most 9 digits can be kept.")]
        }
        FieldType::Formula { formula, result_type } => {
            match crate::expression::check(object, formula, crate::expression::Purpose::Formula(*result_type)) {
                Ok(_) => Vec::new(),
                Err(error) => vec![FieldError { field: "formula".into(), ..error }],
            }
        }
        FieldType::Rollup { rollup } => match check_rollup(rollup, object, schema) {
            Some(error) => vec![error],
            None => check_rollup_filter(rollup, schema, actor),
        },
        _ => Vec::new(),
    }
}

fn check_options(options: &[crate::schema::SelectOption]) -> Vec<FieldError> {
    const MOST: usize = 500;
    let mut errors = Vec::new();
    if options.is_empty() || options.len() > MOST {
        errors.push(FieldError::new("options", "out_of_range", format!("A select has 1 to {MOST} options.")));
    }
    for (i, option) in options.iter().enumerate() {
        let at = format!("options[{i}].key");
        if option.key.trim().is_empty() || option.key.len() > 100 || option.key.chars().any(char::is_control) {
            errors.push(
                FieldError::new(&at, "invalid", "An option's key has 1 to 100 characters.").value(&json!(option.key)),
            );
        } else if options[..i].iter().any(|other| other.key == option.key) {
            errors.push(FieldError::new(&at, "not_unique", "Two options have the same key.").value(&json!(option.key)));
        }
    }
    errors
}

fn check_rollup(rollup: &crate::schema::Rollup, object: &ObjectDef, schema: &Schema) -> Option<FieldError> {
    use crate::schema::RollupMeasure;
    let refuse = |field: &str, message: String| Some(FieldError::new(field, "invalid", message));
    let Some(child) = schema.object(&rollup.object) else {
        return refuse("rollup.object", format!("There is no object `{}`.", rollup.object));
    };
    let refers = child.field(&rollup.field).is_some_and(|field| field.kind.target() == Some(&object.name));
    if !refers {
        return refuse(
            "rollup.field",
            format!("`{}` of {} does not refer to {}.", rollup.field, rollup.object, object.name),
        );
    }
    if rollup.measure == RollupMeasure::Count {
        return None;
    }
    let numeric = rollup.of.as_deref().and_then(|of| child.field(of)).is_some_and(|field| {
        matches!(
            field.kind,
            FieldType::Number
                | FieldType::Percent
                | FieldType::Decimal { .. }
                | FieldType::Money
                | FieldType::Duration
                | FieldType::Rating
        )
    });
    if numeric { None } else { refuse("rollup.of", "Name a field with numbers or money.".into()) }
}

/// Compiles the filter of a roll-up for trial: a wrong one would spoil every list of the object.
fn check_rollup_filter(rollup: &crate::schema::Rollup, schema: &Schema, actor: &crate::Actor) -> Vec<FieldError> {
    const AT: &str = "rollup.filter";
    let (Some(filter), Some(child)) = (&rollup.filter, schema.object(&rollup.object)) else { return Vec::new() };
    // What is wrong is wrong on either engine and at any time.
    let context = compile::Context::new(actor, crate::db::Engine::Sqlite, jiff::Timestamp::UNIX_EPOCH);
    let compiled = compile::check(filter, AT)
        .and_then(|()| compile::Source::new(context, child.clone(), "r").condition(filter, AT).map(drop));
    match compiled {
        Ok(()) => Vec::new(),
        Err(Error::Invalid(errors)) => errors,
        Err(other) => vec![FieldError::new(AT, "invalid", other.to_string())],
    }
}

/// A definition as it is stored: everything but name and slot, which have columns.
pub(super) fn stored_field(field: &FieldDef) -> Json {
    let whole = NewField {
        name: String::new(),
        label: field.label.clone(),
        description: field.description.clone(),
        also_called: field.also_called.clone(),
        kind: field.kind.clone(),
        required: field.required,
        unique: field.unique,
        filterable: Some(field.filterable),
        sensitive: field.sensitive,
        default: field.default.clone(),
        limits: field.limits.clone(),
    };
    let mut json = serde_json::to_value(whole).unwrap_or_default();
    if let Json::Object(members) = &mut json {
        members.retain(|_, value| !value.is_null());
        members.remove("name");
    }
    json
}

/// Members as the log shows them.
pub(super) fn definition_change(before: Option<Json>, after: Option<Json>) -> Map<String, Json> {
    Map::from_iter([("definition".to_owned(), json!([before, after]))])
}
