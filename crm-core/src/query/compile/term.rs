//! A field as SQL.

use super::{Context, Source, rollup};
use crate::db::{Engine, Sql};
use crate::error::{Error, Result};
use crate::expression::Expression;
use crate::schema::{FieldDef, FieldType, ObjectDef, ResultType, SqlType, Storage};
use std::sync::Arc;

/// A field of the records under an alias, as SQL.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    pub(crate) object: Arc<ObjectDef>,
    pub(crate) field: Arc<FieldDef>,
    pub(super) alias: String,
    /// The type of its values; of a computed field, what is computed.
    pub(crate) kind: FieldType,
    /// What is compared, sorted and grouped: of a text its folded twin. Empty for many-to-many fields.
    pub(crate) key: Sql,
    pub(crate) key_type: SqlType,
    /// What is shown: of a text its original spelling.
    pub(crate) shown: Sql,
    /// The currency of money, the object of a reference to anything.
    pub(crate) companion: Option<Sql>,
    /// Whether an index of the source's own table serves comparing and sorting.
    pub(crate) indexed: bool,
}

impl Term {
    /// `own` says that the alias is the source's own table, not one joined to it.
    pub(super) fn new(
        context: Context<'_>,
        object: &Arc<ObjectDef>,
        alias: &str,
        field: Arc<FieldDef>,
        own: bool,
    ) -> Result<Self> {
        let parts = match (&field.storage, &field.kind) {
            (_, FieldType::Formula { formula, result_type }) => {
                self::formula(context, object, alias, formula, *result_type)?
            }
            (_, FieldType::Rollup { rollup }) => rollup::parts(context, object, alias, rollup)?,
            (Storage::Custom { slot }, kind) => custom(context, alias, &field.id, kind, slot.as_deref()),
            (_, kind) => column(context, alias, &field.name, kind),
        };
        let stored = matches!(field.storage, Storage::Column | Storage::Custom { slot: Some(_) });
        let Parts { kind, key, key_type, shown, companion } = parts;
        Ok(Self {
            object: object.clone(),
            alias: alias.to_owned(),
            indexed: own && stored && field.filterable,
            field,
            kind,
            shown: shown.unwrap_or_else(|| key.clone()),
            key,
            key_type,
            companion,
        })
    }

    /// The same, empty where its alias stands for no record.
    pub(super) fn where_there_is_a_record(self) -> Self {
        let only = |sql: Sql| surround(&format!("case when {}.id is not null then ", self.alias), sql, " end");
        Self { key: only(self.key), shown: only(self.shown), companion: self.companion.map(only), ..self }
    }

    /// The same, written so that no index on it is used.
    pub(crate) fn without_index(self, engine: Engine) -> Self {
        Self { key: surround(engine.no_index(), self.key, ""), ..self }
    }

    /// Whether every record has a value, by the table's own constraint.
    pub(crate) fn never_null(&self) -> bool {
        matches!(self.field.name.as_str(), "id" | "name" | "created_at" | "updated_at" | "version") && self.indexed
    }

    /// The value as a double, money in major units, spans of time in seconds; none for what is no number.
    pub(crate) fn number(&self, context: Context<'_>) -> Option<Sql> {
        let double =
            |sql: &Sql| surround("cast(", sql.clone(), &format!(" as {})", context.engine.cast_name(SqlType::Real)));
        Some(match &self.kind {
            FieldType::Number | FieldType::Percent | FieldType::Rating => self.key.clone(),
            FieldType::Decimal { scale } => surround("(", double(&self.key), &format!(" / {}.0)", 10_i64.pow(*scale))),
            FieldType::Duration | FieldType::AutoNumber { .. } => double(&self.key),
            FieldType::Money => {
                let mut sql = surround("(", double(&self.key), " / ");
                sql.append(minor_units(self.companion.clone()?)).text(")");
                sql
            }
            _ => return None,
        })
    }

    /// What sorts it: the key, but of a select the position of its option.
    pub(crate) fn rank(&self, context: Context<'_>) -> (Sql, SqlType) {
        let FieldType::Select { options } = &self.kind else { return (self.key.clone(), self.key_type) };
        let mut sql = surround("cast(case when ", self.key.clone(), " is null then null");
        for (position, option) in options.iter().enumerate() {
            sql.text(" when ").append(self.key.clone()).text(" = ").bind(option.key.as_str());
            sql.text(&format!(" then {position}"));
        }
        // Options that were taken out of the definition come last.
        let integer = context.engine.cast_name(SqlType::Integer);
        sql.text(&format!(" else {} end as {integer})", options.len()));
        (sql, SqlType::Integer)
    }

    /// For a field with several values: one of them as SQL, and the join that makes a row of each, or one without a
    /// value.
    pub(crate) fn each(&self, context: Context<'_>, source: &mut Source<'_>) -> Option<(Sql, Sql)> {
        let alias = source.next_alias();
        match &self.kind {
            FieldType::References { .. } => {
                let mut join = Sql::new(format!(" left join link {alias} on {alias}.tenant_id = "));
                join.bind(context.actor.tenant).text(&format!(" and {alias}.field_id = ")).bind(self.link_field());
                join.text(&format!(" and {alias}.source_id = {}.id", self.alias));
                Some((Sql::new(format!("{alias}.target_id")), join))
            }
            FieldType::MultiSelect { .. } => {
                let (before, after) = context.engine.elements(&alias);
                let before = format!("{}{before}", context.engine.left_join_own());
                let join = surround(&before, self.key.clone(), &format!("{after} on 1 = 1"));
                Some((Sql::new(format!("{alias}.value")), join))
            }
            _ => None,
        }
    }

    /// The source that its records come from, without the way there.
    pub(crate) fn home<'a>(&self, context: Context<'a>) -> Source<'a> {
        Source::new(context, self.object.clone(), &self.alias)
    }

    /// The name of its links in the table of links.
    pub(crate) fn link_field(&self) -> String {
        format!("{}.{}", self.object.id, self.field.id)
    }
}

/// What differs from one kind of storage to another.
pub(super) struct Parts {
    pub(super) kind: FieldType,
    pub(super) key: Sql,
    pub(super) key_type: SqlType,
    /// Absent where it is the same as the key.
    pub(super) shown: Option<Sql>,
    pub(super) companion: Option<Sql>,
}

fn column(context: Context<'_>, alias: &str, name: &str, kind: &FieldType) -> Parts {
    let column = Sql::new(format!("{alias}.{name}"));
    let companion = kind.companion().map(|suffix| Sql::new(format!("{alias}.{name}{suffix}")));
    let mut parts = Parts { kind: kind.clone(), key: column, key_type: key_type(kind), shown: None, companion: None };
    if name == "version" {
        // The one number that is counted in whole steps, so its column is whole.
        parts.key = Sql::new(context.engine.cast(&format!("{alias}.{name}"), SqlType::Real));
    } else if let (true, Some(folded)) = (kind.is_textual(), &companion) {
        parts.shown = Some(std::mem::replace(&mut parts.key, folded.clone()));
    } else {
        parts.companion = companion;
    }
    if matches!(kind, FieldType::References { .. }) {
        parts.key = Sql::default();
    }
    parts
}

fn custom(context: Context<'_>, alias: &str, id: &str, kind: &FieldType, slot: Option<&str>) -> Parts {
    let document = format!("{alias}.custom");
    let value = |key: &str, of: SqlType| {
        let value = context.engine.json_get(&document, key, of);
        Sql::new(if of == SqlType::Text { context.engine.plain(&value) } else { value })
    };
    let companion = kind.companion().map(|suffix| value(&format!("{id}{suffix}"), SqlType::Text));
    let (folded, companion) = if kind.is_textual() { (companion, None) } else { (None, companion) };
    let of = key_type(kind);
    let stored = value(id, of);
    let key = match slot {
        Some(slot) => Sql::new(format!("{alias}.{slot}")),
        None => folded.clone().unwrap_or_else(|| stored.clone()),
    };
    // Slots keep yes and no as 1 and 0.
    let key_type = if slot.is_some() && of == SqlType::Boolean { SqlType::Integer } else { of };
    Parts { kind: kind.clone(), key, key_type, shown: Some(stored), companion }
}

fn key_type(kind: &FieldType) -> SqlType {
    kind.sql_type().unwrap_or(SqlType::Uuid)
}

fn formula(
    context: Context<'_>,
    object: &Arc<ObjectDef>,
    alias: &str,
    text: &str,
    result: ResultType,
) -> Result<Parts> {
    let (kind, key_type) = match result {
        ResultType::Number => (FieldType::Number, SqlType::Real),
        ResultType::Text => (FieldType::Text, SqlType::Text),
        ResultType::Boolean => (FieldType::Boolean, SqlType::Boolean),
        ResultType::Date => (FieldType::Date, SqlType::Integer),
    };
    let mut operands: Vec<Sql> = Vec::new();
    let mut operand = |name: &str| {
        operands.push(formula_operand(context, object, alias, name)?);
        Ok(format!("{MARK}{}{MARK}", operands.len() - 1))
    };
    let written = Expression::of(object, text)
        .map_err(Error::from)
        .and_then(|expression| expression.sql(context.engine, object, &mut operand));
    let filled = written.and_then(|text| fill(&text, &operands)).unwrap_or_else(|error| {
        // A definition that fits no more, for example to a field taken away, must not take the whole list with it.
        tracing::warn!(object = object.name, formula = text, %error, "a formula cannot be computed");
        Sql::new("null")
    });
    let mut key = surround("cast(", filled, &format!(" as {})", context.engine.cast_name(key_type)));
    if key_type == SqlType::Text {
        key.text(context.engine.byte_order());
    }
    Ok(Parts { kind, key, key_type, shown: None, companion: None })
}

/// Stands around the number of an operand in a formula's text until the operand, which may bind values, takes its
/// place.
const MARK: char = '\u{1}';

fn fill(text: &str, operands: &[Sql]) -> Result<Sql> {
    let mut sql = Sql::new("(");
    for (i, piece) in text.split(MARK).enumerate() {
        if i % 2 == 0 {
            sql.text(piece);
        } else {
            let operand = piece.parse().ok().and_then(|n: usize| operands.get(n));
            sql.append(operand.ok_or_else(|| Error::internal("an operand of a formula is missing"))?.clone());
        }
    }
    sql.text(")");
    Ok(sql)
}

/// A field inside a formula. One that the actor may not read is empty, so that a formula tells nothing of it.
fn formula_operand(context: Context<'_>, object: &Arc<ObjectDef>, alias: &str, name: &str) -> Result<Sql> {
    let field = object.field(name).cloned();
    let field = field.ok_or_else(|| Error::internal(format!("a formula of {} uses {name}", object.name)))?;
    let readable = context.may_read(object, &field);
    let term = Term::new(context, object, alias, field, false)?;
    let of = if term.number(context).is_some() { SqlType::Real } else { term.key_type };
    if !readable {
        return Ok(Sql::new(context.engine.cast("null", of)));
    }
    Ok(match term.number(context) {
        Some(number) => number,
        None if term.kind.is_textual() => term.shown,
        None if matches!((&term.kind, term.key_type), (FieldType::Boolean, SqlType::Integer)) => {
            surround("(", term.key, " <> 0)")
        }
        None => term.key,
    })
}

pub(super) fn surround(before: &str, sql: Sql, after: &str) -> Sql {
    let mut around = Sql::new(before);
    around.append(sql).text(after);
    around
}

/// Currencies whose minor unit is the whole, and those with a thousandth (see [`crate::money::Currency::digits`]).
const WHOLE: &str =
    "'BIF','CLP','DJF','GNF','ISK','JPY','KMF','KRW','PYG','RWF','UGX','UYI','VND','VUV','XAF','XOF','XPF'";
const THOUSANDTH: &str = "'BHD','IQD','JOD','KWD','LYD','OMR','TND'";

/// How many minor units one unit of a currency has.
fn minor_units(currency: Sql) -> Sql {
    let mut sql = surround("case when ", currency.clone(), &format!(" in ({WHOLE}) then 1.0 when "));
    sql.append(currency).text(&format!(" in ({THOUSANDTH}) then 1000.0 else 100.0 end"));
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn minor_units_are_those_of_the_currencies() {
        let letters = || 'A'..='Z';
        for code in letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}")))) {
            let digits = match format!("'{code}'") {
                code if WHOLE.contains(&code) => 0,
                code if THOUSANDTH.contains(&code) => 3,
                _ => 2,
            };
            assert_eq!(Currency::parse(&code).unwrap().digits(), digits, "{code}");
        }
    }
}
