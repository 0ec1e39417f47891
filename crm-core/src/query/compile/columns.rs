//! What a statement selects of a record, and how its rows become [`Record`]s again.

use super::{Context, Source, Term};
use crate::TenantId;
use crate::actor::Actor;
use crate::db::{Row, Sql, date_of};
use crate::error::Result;
use crate::money::{Currency, Money};
use crate::record::{Fields, Record};
use crate::schema::{FieldDef, FieldType, ObjectDef, Schema, SqlType, Storage};
use crate::value::Value;
use rust_decimal::Decimal;
use serde_json::Value as Json;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// The columns of the fields that were asked for.
///
/// Many-to-many values are not in a row: they are read for all records at once, by [`Columns::links`].
#[derive(Debug)]
pub(crate) struct Columns {
    schema: Arc<Schema>,
    tenant: TenantId,
    object: Arc<ObjectDef>,
    cells: Vec<Cell>,
    many: Vec<Arc<FieldDef>>,
    has_custom: bool,
    /// What the records are to have, and where in it the value of each cell goes; known when all cells are.
    shape: OnceLock<(Arc<Fields>, Vec<usize>)>,
}

/// A field in a row.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "a few a statement, and the large one is rare")]
enum Cell {
    /// In a column of its own, and another if the type has a companion that is read.
    Column { field: Arc<FieldDef> },
    /// In the document of custom values.
    Custom { field: Arc<FieldDef> },
    /// The version, which every row has.
    Version { field: Arc<FieldDef> },
    /// Computed by the statement.
    Computed { field: Arc<FieldDef>, kind: FieldType, sql: Sql, companion: Option<Sql> },
}

/// The columns that every row begins with; the document of custom values only if one of them was asked for.
const ID: usize = 0;
const VERSION: usize = 1;
const CUSTOM: usize = 2;

impl Columns {
    /// The named fields, or all, of those that the actor may read, for the table under an alias. `at` is the place of
    /// the names in the input.
    pub(crate) fn of(
        context: Context<'_>,
        object: &Arc<ObjectDef>,
        alias: &str,
        fields: Option<&[String]>,
        at: &str,
    ) -> Result<Self> {
        let fields: Vec<_> = match fields {
            Some(names) => {
                let source = Source::new(context, object.clone(), alias);
                let own = |(i, name): (usize, &String)| source.own_field(name, &format!("{at}[{i}]"));
                names.iter().enumerate().map(own).collect::<Result<_>>()?
            }
            None => object.fields.iter().filter(|field| context.may_read(object, field)).cloned().collect(),
        };
        let (computed, stored): (Vec<_>, Vec<_>) =
            fields.into_iter().partition(|field| field.storage == Storage::Computed);
        let mut columns = Self::new(context.actor, object, stored);
        for field in computed {
            let Term { field, kind, key: sql, companion, .. } = Term::new(context, object, alias, field, true)?;
            columns.cells.push(Cell::Computed { field, kind, sql, companion });
        }
        Ok(columns)
    }

    /// Every stored field, whatever the actor may read: for the write path, which checks rights itself.
    pub(crate) fn stored(actor: &Actor, object: &Arc<ObjectDef>) -> Self {
        let stored = object.fields.iter().filter(|field| field.storage != Storage::Computed);
        Self::new(actor, object, stored.cloned().collect())
    }

    /// The same without many-to-many values that need not be there: whoever writes the record leaves them as they are.
    pub(crate) fn of_row(actor: &Actor, object: &Arc<ObjectDef>) -> Self {
        let is_needed = |field: &&Arc<FieldDef>| match field.storage {
            Storage::Computed => false,
            Storage::Links => field.required,
            _ => true,
        };
        Self::new(actor, object, object.fields.iter().filter(is_needed).cloned().collect())
    }

    fn new(actor: &Actor, object: &Arc<ObjectDef>, stored: Vec<Arc<FieldDef>>) -> Self {
        let (many, stored): (Vec<_>, Vec<_>) = stored.into_iter().partition(|field| field.storage == Storage::Links);
        let cell = |field: Arc<FieldDef>| match &field.storage {
            Storage::Custom { .. } => Cell::Custom { field },
            _ if field.name == "version" => Cell::Version { field },
            _ => Cell::Column { field },
        };
        Self {
            schema: actor.schema().clone(),
            tenant: actor.tenant(),
            object: object.clone(),
            has_custom: stored.iter().any(|field| matches!(field.storage, Storage::Custom { .. })),
            cells: stored.into_iter().map(cell).collect(),
            many,
            shape: OnceLock::new(),
        }
    }

    /// `t.id, t.version, …`: the select list, for the alias that the columns were made for; stored ones fit any.
    pub(crate) fn list(&self, alias: &str) -> Sql {
        let mut sql = Sql::new(format!("{alias}.id, {alias}.version"));
        if self.has_custom {
            sql.text(&format!(", {alias}.custom"));
        }
        for cell in &self.cells {
            match cell {
                Cell::Custom { .. } | Cell::Version { .. } => {}
                Cell::Column { field } => {
                    sql.text(&format!(", {alias}.{}", field.name));
                    if let Some(suffix) = read_companion(&field.kind) {
                        sql.text(&format!(", {alias}.{}{suffix}", field.name));
                    }
                }
                Cell::Computed { sql: computed, companion, .. } => {
                    sql.text(", ").append(computed.clone());
                    if let Some(companion) = companion {
                        sql.text(", ").append(companion.clone());
                    }
                }
            }
        }
        sql
    }

    /// How many columns the list has.
    pub(crate) fn width(&self) -> usize {
        self.first() + self.cells.iter().map(Cell::width).sum::<usize>()
    }

    fn first(&self) -> usize {
        CUSTOM + usize::from(self.has_custom)
    }

    /// Whether a row costs more than reading it, so that it should not be read only to be sorted away.
    pub(crate) fn is_costly(&self) -> bool {
        self.cells
            .iter()
            .any(|cell| matches!(cell, Cell::Computed { field, .. } if matches!(field.kind, FieldType::Rollup { .. })))
    }

    /// A row that begins with the [`Columns::list`], as a record. Its many-to-many values are empty until
    /// [`Columns::attach`].
    pub(crate) fn decode(&self, row: &Row) -> Result<Record> {
        let version = row.int(VERSION)?;
        let document = if self.has_custom { row.json(CUSTOM)?.unwrap_or_default() } else { Json::Null };
        let (fields, places) = self.shape();
        let mut record = Record::empty(self.object.clone(), row.id(ID)?, version, fields.clone());
        let mut column = self.first();
        for (cell, place) in self.cells.iter().zip(places) {
            let value = match cell {
                Cell::Column { field } => row.cell(column, &field.kind)?,
                Cell::Computed { kind, .. } => row.cell(column, kind)?,
                Cell::Version { .. } => Value::Number(version as f64),
                Cell::Custom { field } => custom(&document, field),
            };
            column += cell.width();
            record.set(*place, self.shown(value));
        }
        Ok(record)
    }

    fn shape(&self) -> &(Arc<Fields>, Vec<usize>) {
        self.shape.get_or_init(|| {
            let fields = self.cells.iter().map(Cell::field).chain(&self.many).cloned();
            let fields = Fields::of(&self.object, fields.collect());
            let places = self.cells.iter().filter_map(|cell| fields.place(&cell.field().name)).collect();
            (Arc::new(fields), places)
        })
    }

    /// References to anything are stored with the object's immutable id, and shown with its name.
    fn shown(&self, value: Value) -> Value {
        let Value::AnyId { object, id } = value else { return value };
        let name = self.schema.objects().find(|def| def.id == object).map(|def| def.name.clone());
        Value::AnyId { object: name.unwrap_or(object), id }
    }

    /// The statement that reads the many-to-many values of records; none if no such field was asked for.
    pub(crate) fn links(&self, ids: &[Uuid]) -> Option<Sql> {
        if self.many.is_empty() || ids.is_empty() {
            return None;
        }
        let mut sql = Sql::new("select field_id, source_id, target_id from link where tenant_id = ");
        let fields = self.many.iter().map(|field| {
            let mut sql = Sql::default();
            sql.bind(self.link_field(field));
            sql
        });
        sql.bind(self.tenant).text(" and field_id in (").join(fields, ", ");
        sql.text(") and source_id in (").join(ids.iter().map(one), ", ");
        sql.text(") order by position, target_id");
        Some(sql)
    }

    /// Gives records their many-to-many values, from the rows of [`Columns::links`].
    pub(crate) fn attach(&self, records: &mut [Record], rows: &[Row]) -> Result<()> {
        let mut linked: HashMap<(String, Uuid), Vec<Uuid>> = HashMap::new();
        for row in rows {
            linked.entry((row.string(0)?, row.id(1)?)).or_default().push(row.id(2)?);
        }
        for record in records {
            for field in &self.many {
                if let Some(ids) = linked.remove(&(self.link_field(field), record.id))
                    && let Some(place) = self.shape().0.place(&field.name)
                {
                    record.set(place, Value::Ids(ids));
                }
            }
        }
        Ok(())
    }

    fn link_field(&self, field: &FieldDef) -> String {
        format!("{}.{}", self.object.id, field.id)
    }
}

fn one(id: &Uuid) -> Sql {
    let mut sql = Sql::default();
    sql.bind(*id);
    sql
}

/// A value of the document of custom values, where it is encoded as in a column.
fn custom(document: &Json, field: &FieldDef) -> Value {
    let json = document.get(&field.id).unwrap_or(&Json::Null);
    let companion = |suffix: &str| document.get(format!("{}{suffix}", field.id)).and_then(Json::as_str);
    decoded(json, &field.kind, companion).unwrap_or_default()
}

fn decoded<'j>(json: &'j Json, kind: &FieldType, companion: impl Fn(&str) -> Option<&'j str>) -> Option<Value> {
    let text = || json.as_str();
    let id = || text().and_then(|id| id.parse::<Uuid>().ok());
    Some(match kind {
        FieldType::Decimal { scale } => Value::Decimal(Decimal::new(json.as_i64()?, *scale).normalize()),
        FieldType::Money => {
            let currency = companion("_currency").and_then(Currency::parse)?;
            Value::Money(Money { minor: json.as_i64()?, currency })
        }
        FieldType::Date => Value::Date(date_of(json.as_i64()?)?),
        FieldType::DateTime => Value::DateTime(jiff::Timestamp::from_microsecond(json.as_i64()?).ok()?),
        FieldType::Duration => Value::Duration(json.as_i64()?),
        FieldType::AutoNumber { .. } => Value::Integer(json.as_i64()?),
        FieldType::AnyReference => Value::AnyId { object: companion("_object")?.to_owned(), id: id()? },
        FieldType::MultiSelect { .. } => {
            Value::Keys(json.as_array()?.iter().filter_map(|key| key.as_str().map(String::from)).collect())
        }
        kind => match kind.sql_type()? {
            SqlType::Real => Value::Number(json.as_f64()?),
            SqlType::Boolean => Value::Bool(json.as_bool()?),
            SqlType::Uuid => Value::Id(id()?),
            SqlType::Json if json.is_null() => return None,
            SqlType::Json => Value::Json(json.clone()),
            SqlType::Text | SqlType::Integer => Value::Text(text()?.to_owned()),
        },
    })
}

impl Cell {
    fn field(&self) -> &Arc<FieldDef> {
        match self {
            Self::Column { field } | Self::Custom { field } | Self::Version { field } => field,
            Self::Computed { field, .. } => field,
        }
    }

    fn width(&self) -> usize {
        match self {
            Self::Custom { .. } | Self::Version { .. } => 0,
            Self::Column { field } => 1 + usize::from(read_companion(&field.kind).is_some()),
            Self::Computed { companion, .. } => 1 + usize::from(companion.is_some()),
        }
    }
}

/// The suffix of a companion that is part of the value; the folded twin of a text is not.
fn read_companion(kind: &FieldType) -> Option<&'static str> {
    kind.companion().filter(|_| !kind.is_textual())
}
