//! How standard objects are written down: a small vocabulary of constructors.
//!
//! ```
//! use crm_core::schema::*;
//! let vessel = object("vessel", "vessels", "Vessel", "Vessels")
//!     .also_called(["ship"])
//!     .field(text("call_sign", "Call sign").unique())
//!     .field(reference("account_id", "Account", "account"))
//!     .build();
//! assert_eq!(vessel.field("account").unwrap().name, "account_id");
//! ```

use super::*;
use serde_json::Value as Json;

/// Starts the definition of a standard object with an owner, tags and custom fields.
pub fn object(name: &'static str, plural: &str, label: &str, plural_label: &str) -> ObjectBuilder {
    ObjectBuilder {
        owned: true,
        tagged: true,
        def: ObjectDef {
            id: name.into(),
            name: name.into(),
            plural: plural.into(),
            label: label.into(),
            plural_label: plural_label.into(),
            description: Label::default(),
            also_called: Vec::new(),
            phrases: Vec::new(),
            fields: Vec::new(),
            rules: Vec::new(),
            name_from: Vec::new(),
            stored: Stored::Table(table_name(name)),
            extensible: true,
            custom: false,
            in_navigation: true,
            match_on: Vec::new(),
            customer_own: CustomerOwn::Nothing,
            opened_by: None,
            behaviour: None,
            by_name: HashMap::new(),
        },
    }
}

/// An object's definition being written.
#[derive(Debug)]
pub struct ObjectBuilder {
    def: ObjectDef,
    owned: bool,
    tagged: bool,
}

impl ObjectBuilder {
    /// What it is for, in English.
    pub fn description(mut self, text: &str) -> Self {
        self.def.description = text.into();
        self
    }

    /// The object's names in another language.
    pub fn label_in(mut self, language: &str, one: &str, many: &str) -> Self {
        self.def.label = self.def.label.or(language, one);
        self.def.plural_label = self.def.plural_label.or(language, many);
        self
    }

    /// Other words people use for it.
    pub fn also_called<const N: usize>(mut self, words: [&str; N]) -> Self {
        self.def.also_called = words.map(String::from).to_vec();
        self
    }

    /// Adds words for some of its records, or for what is measured of them.
    pub fn phrase(mut self, phrase: Phrase) -> Self {
        self.def.phrases.push(phrase);
        self
    }

    /// Adds a field.
    pub fn field(mut self, field: FieldBuilder) -> Self {
        self.def.fields.push(Arc::new(field.0));
        self
    }

    /// Derives the record's name from these fields.
    pub fn named_from<const N: usize>(mut self, fields: [&str; N]) -> Self {
        self.def.name_from = fields.map(String::from).to_vec();
        self
    }

    /// Records have no owner and no tags: configuration and parts of other records.
    pub fn plain(mut self) -> Self {
        (self.owned, self.tagged) = (false, false);
        self.def.extensible = false;
        self
    }

    /// Keeps it out of the console's navigation.
    pub fn hidden(mut self) -> Self {
        self.def.in_navigation = false;
        self
    }

    /// Adds a rule.
    pub fn rule(mut self, name: &str, expression: &str, message: &str) -> Self {
        self.def.rules.push(Rule { name: name.into(), expression: expression.into(), message: message.into() });
        self
    }

    /// The fields by which duplicates are found.
    pub fn match_on<const N: usize>(mut self, keys: [MatchKey; N]) -> Self {
        self.def.match_on = keys.to_vec();
        self
    }

    /// What customers own of it.
    pub fn customers_own(mut self, own: CustomerOwn) -> Self {
        self.def.customer_own = own;
        self
    }

    /// Opens records where this yes/no field is set to everybody who may read the object at all.
    pub fn opened_by(mut self, field: &'static str) -> Self {
        self.def.opened_by = Some(field);
        self
    }

    /// Special rules and actions.
    pub fn behaviour(mut self, behaviour: impl crate::record::Behaviour) -> Self {
        self.def.behaviour = Some(Arc::new(behaviour));
        self
    }

    /// The finished definition, with the fields that every record has.
    pub fn build(mut self) -> ObjectDef {
        let own = std::mem::take(&mut self.def.fields);
        self.def.fields = system_fields(&self.def.name, !self.def.name_from.is_empty(), self.owned, self.tagged);
        self.def.fields.extend(own);
        self.def.index_fields()
    }
}

/// The fields that every record has (`product.md`, "Names").
pub(crate) fn system_fields(object: &str, name_is_derived: bool, owned: bool, tagged: bool) -> Vec<Arc<FieldDef>> {
    let mut fields = vec![
        reference("id", "ID", object).system(),
        text("external_id", "External ID").unique().indexed().aka(["reference number"]),
        FieldBuilder(FieldDef { read_only: name_is_derived, ..text("name", "Name").required().indexed().0 }),
        user("created_by", "Created by").system(),
        datetime("created_at", "Created").system().indexed(),
        text("created_via", "Created through").system(),
        user("updated_by", "Changed by").system(),
        datetime("updated_at", "Changed").system().indexed(),
        text("updated_via", "Changed through").system(),
        datetime("deleted_at", "Deleted").system(),
        number("version", "Version").system(),
    ];
    if owned {
        fields.insert(3, user("owner_id", "Owner").aka(["owner", "owns", "assignee", "rep"]).indexed());
    }
    if tagged {
        fields.push(references("tags", "Tags", "tag").aka(["labels"]));
    }
    fields.into_iter().map(|field| Arc::new(field.0)).collect()
}

/// A field's definition being written.
#[derive(Debug, Clone)]
pub struct FieldBuilder(pub(crate) FieldDef);

fn field(name: &str, label: &str, kind: FieldType) -> FieldBuilder {
    let storage = match &kind {
        FieldType::References { .. } => Storage::Links,
        computed if computed.is_computed() => Storage::Computed,
        _ => Storage::Column,
    };
    let read_only = kind.is_computed() || matches!(kind, FieldType::AutoNumber { .. });
    FieldBuilder(FieldDef {
        id: name.into(),
        name: name.into(),
        label: label.into(),
        description: None,
        also_called: Vec::new(),
        filterable: kind.is_reference() || matches!(kind, FieldType::AutoNumber { .. }),
        unique: matches!(kind, FieldType::AutoNumber { .. }),
        kind,
        required: false,
        read_only,
        sensitive: false,
        system: false,
        custom: false,
        default: None,
        limits: Limits::default(),
        storage,
    })
}

macro_rules! constructors {
    ($($name:ident => $kind:ident, $doc:literal;)*) => {
        $(#[doc = $doc]
        pub fn $name(name: &str, label: &str) -> FieldBuilder {
            field(name, label, FieldType::$kind)
        })*
    };
}

constructors! {
    text => Text, "One line of text.";
    long_text => LongText, "Several lines of text.";
    rich_text => RichText, "Markdown.";
    number => Number, "A number.";
    money => Money, "Money.";
    percent => Percent, "A percentage.";
    boolean => Boolean, "Yes or no.";
    date => Date, "A day.";
    datetime => DateTime, "An instant.";
    duration => Duration, "A span of time.";
    email => Email, "An e-mail address.";
    phone => Phone, "A phone number.";
    url => Url, "A web address.";
    address => Address, "A postal address.";
    any_reference => AnyReference, "A record of any object.";
    json => Json, "Any JSON.";
    rating => Rating, "One to five stars.";
    file => File, "A file.";
}

/// One of these options, given as (key, label).
pub fn select<const N: usize>(name: &str, label: &str, options: [(&str, &str); N]) -> FieldBuilder {
    let options = options
        .map(|(key, label)| SelectOption { key: key.into(), label: label.into(), colour: None, archived: false })
        .to_vec();
    field(name, label, FieldType::Select { options })
}

/// A reference to one record of `object`.
pub fn reference(name: &str, label: &str, object: &str) -> FieldBuilder {
    field(name, label, FieldType::Reference { references: object.into() })
}

/// A reference to a user.
pub fn user(name: &str, label: &str) -> FieldBuilder {
    reference(name, label, "user")
}

/// References to many records of `object`.
pub fn references(name: &str, label: &str, object: &str) -> FieldBuilder {
    field(name, label, FieldType::References { references: object.into() })
}

/// A number that the tenant counts up, shown with a prefix.
pub fn auto_number(name: &str, label: &str, prefix: &str) -> FieldBuilder {
    field(name, label, FieldType::AutoNumber { prefix: prefix.into() })
}

/// A field computed from others of the record.
pub fn formula(name: &str, label: &str, formula: &str, result_type: ResultType) -> FieldBuilder {
    field(name, label, FieldType::Formula { formula: formula.into(), result_type })
}

/// A field computed over the records of `object` whose `via` refers here.
pub fn rollup(
    name: &str,
    label: &str,
    (object, via): (&str, &str),
    measure: RollupMeasure,
    of: Option<&str>,
) -> FieldBuilder {
    let rollup = Rollup { object: object.into(), field: via.into(), measure, of: of.map(String::from), filter: None };
    field(name, label, FieldType::Rollup { rollup })
}

impl FieldBuilder {
    /// A record must have a value.
    pub fn required(mut self) -> Self {
        self.0.required = true;
        self
    }

    /// No two records share a value.
    pub fn unique(mut self) -> Self {
        (self.0.unique, self.0.filterable) = (true, true);
        self
    }

    /// Filtered and sorted by often: it gets an index.
    pub fn indexed(mut self) -> Self {
        self.0.filterable = true;
        self
    }

    /// Only the system writes it.
    pub fn read_only(mut self) -> Self {
        self.0.read_only = true;
        self
    }

    /// Reading it needs the right to sensitive fields.
    pub fn sensitive(mut self) -> Self {
        self.0.sensitive = true;
        self
    }

    fn system(mut self) -> Self {
        (self.0.system, self.0.read_only) = (true, true);
        self
    }

    /// Other words people use for it.
    pub fn aka<const N: usize>(mut self, words: [&str; N]) -> Self {
        self.0.also_called = words.map(String::from).to_vec();
        self
    }

    /// The field's name in another language.
    pub fn label_in(mut self, language: &str, text: &str) -> Self {
        self.0.label = self.0.label.or(language, text);
        self
    }

    /// What it means, in English.
    pub fn description(mut self, text: &str) -> Self {
        self.0.description = Some(text.into());
        self
    }

    /// The value of a new record that gives none.
    pub fn default(mut self, value: impl Into<Json>) -> Self {
        self.0.default = Some(value.into());
        self
    }

    /// The numbers allowed.
    pub fn range(mut self, min: f64, max: f64) -> Self {
        (self.0.limits.min, self.0.limits.max) = (Some(min), Some(max));
        self
    }

    /// The most characters allowed.
    pub fn at_most(mut self, characters: usize) -> Self {
        self.0.limits.max_length = Some(characters);
        self
    }
}

/// The table of a standard object: its name, but for words that SQL reserves.
fn table_name(object: &'static str) -> &'static str {
    match object {
        "user" => "users",
        "call" => "calls",
        other => other,
    }
}
