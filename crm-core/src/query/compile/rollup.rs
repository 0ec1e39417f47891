//! Roll-ups: a sub-select over the related records that the asking person may see.

use super::term::{Parts, surround};
use super::{Context, Source, Term, filter};
use crate::access::Verb;
use crate::db::Sql;
use crate::error::Result;
use crate::schema::{FieldType, ObjectDef, Rollup, RollupMeasure, SqlType};
use std::sync::Arc;

/// How many roll-ups may be inside one another: definitions may refer to each other in a circle.
const NESTED: u8 = 2;

/// What is asked of the related records: the value, the currency if it is money, and what the value is.
struct Measured {
    value: Sql,
    currency: Option<Sql>,
    kind: FieldType,
    value_type: SqlType,
}

/// A roll-up of the record under `alias`. Without the right to read what it is computed of, it is empty.
pub(super) fn parts(context: Context<'_>, object: &Arc<ObjectDef>, alias: &str, rollup: &Rollup) -> Result<Parts> {
    let inner = Context { rollups: context.rollups + 1, ..context };
    let Some(child) = context.actor.schema().object(&rollup.object).filter(|_| inner.rollups <= NESTED).cloned() else {
        return Ok(empty(context));
    };
    let mut source = Source::new(inner, child.clone(), &format!("{alias}_r"));
    source.without_index = true;
    let Some(measured) = measured(&mut source, rollup)? else { return Ok(empty(context)) };
    let Some(via) = child.field(&rollup.field) else { return Ok(empty(context)) };
    let mut which = source.rows(Verb::Read);
    which.text(&format!(" and {}.deleted_at is null and ", source.alias));
    which.append(filter::refers(inner, &child, &source.alias, via, object, alias)?);
    if let Some(condition) = &rollup.filter {
        // The admin who defined the roll-up chose what counts; the rows stay those that the person may see.
        source.context = inner.with_every_field();
        which.text(" and (").append(source.condition(condition, "filter")?).text(")");
    }
    let select = |what: Sql| {
        let mut sql = surround("(select ", what, " from ");
        sql.append(source.from()).text(" where ").append(which.clone()).text(")");
        sql
    };
    Ok(Parts {
        kind: measured.kind,
        key: select(measured.value),
        key_type: measured.value_type,
        shown: None,
        companion: measured.currency.map(select),
    })
}

fn measured(source: &mut Source<'_>, rollup: &Rollup) -> Result<Option<Measured>> {
    let context = source.context;
    let real = |value: Sql| Measured { value, currency: None, kind: FieldType::Number, value_type: SqlType::Real };
    let double = context.engine.cast_name(SqlType::Real);
    if rollup.measure == RollupMeasure::Count {
        return Ok(Some(real(Sql::new(format!("cast(count(*) as {double})")))));
    }
    let of = rollup.of.as_deref().and_then(|of| source.object.field(of)).cloned();
    let Some(of) = of.filter(|of| context.may_read(&source.object, of)) else { return Ok(None) };
    let term = Term::new(context, &source.object, &source.alias, of, false)?;
    let one_currency = |value: Sql| match &term.companion {
        Some(currency) => {
            let mut sql = surround("case when min(", currency.clone(), ") = max(");
            sql.append(currency.clone()).text(") then ").append(value).text(" end");
            sql
        }
        None => value,
    };
    if rollup.measure == RollupMeasure::Avg {
        let Some(number) = term.number(context) else { return Ok(None) };
        return Ok(Some(real(one_currency(surround("avg(", number, ")")))));
    }
    let summable = term.number(context).is_some();
    let value = match rollup.measure {
        RollupMeasure::Min => surround("min(", term.key.clone(), ")"),
        RollupMeasure::Max => surround("max(", term.key.clone(), ")"),
        _ if !summable => return Ok(None),
        // The sum of whole numbers is of another type on PostgreSQL.
        _ => surround("cast(sum(", term.key.clone(), &format!(") as {})", context.engine.cast_name(term.key_type))),
    };
    if !summable && !matches!(term.kind, FieldType::Date | FieldType::DateTime) {
        return Ok(None);
    }
    let currency = term.companion.as_ref().map(|currency| one_currency(surround("min(", currency.clone(), ")")));
    Ok(Some(Measured { value: one_currency(value), currency, kind: term.kind.clone(), value_type: term.key_type }))
}

fn empty(context: Context<'_>) -> Parts {
    let key = Sql::new(context.engine.cast("null", SqlType::Real));
    Parts { kind: FieldType::Number, key, key_type: SqlType::Real, shown: None, companion: None }
}
