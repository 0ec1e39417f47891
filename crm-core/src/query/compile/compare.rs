//! One field compared with a value.

use super::operand::{Operand, operand, part};
use super::term::surround;
use super::{Context, Term};
use crate::db::{Bind, Sql};
use crate::error::{FieldError, Result};
use crate::query::Operator;
use crate::query::Operator::{Between, Contains, Eq, Ge, Gt, In, IsEmpty, Le, Lt, Ne, StartsWith, Within};
use crate::schema::FieldType;
use crate::text::escape_like;
use serde_json::Value as Json;

/// A comparison as a condition, which is null where the field has no value. `at` is the comparison's place in the
/// input.
pub(super) fn compare(context: Context<'_>, term: &Term, op: Operator, value: &Json, at: &str) -> Result<Sql> {
    let allowed = operators(&term.kind);
    if !allowed.contains(&op) {
        return Err(wrong_operator(term, op, allowed, at));
    }
    let at = format!("{at}.value");
    let one = |json: &Json, at: &str| -> Result<Operand> {
        operand(context, term, json).map_err(|error| FieldError { field: at.to_owned(), ..error }.into())
    };
    let text = |json: &Json| part(term, json).map_err(|error| FieldError { field: at.clone(), ..error });
    Ok(match op {
        Eq | Within => equal(term, one(value, &at)?),
        Ne => surround("not coalesce(", equal(term, one(value, &at)?), ", false)"),
        Lt | Le | Gt | Ge => ordered(term, op, one(value, &at)?),
        Between => {
            let [low, high] = pair(value, &at)?;
            let mut sql = surround("(", ordered(term, Ge, one(low, &format!("{at}[0]"))?), " and ");
            sql.append(ordered(term, Le, one(high, &format!("{at}[1]"))?)).text(")");
            sql
        }
        In => {
            let values = list(value, &at)?.iter().enumerate();
            let values = values.map(|(i, json)| one(json, &format!("{at}[{i}]"))).collect::<Result<Vec<_>>>()?;
            one_of(context, term, values)
        }
        Contains if term.kind.is_textual() => {
            let pattern = format!("%{}%", escape_like(&text(value)?));
            let mut sql = term.key.clone();
            sql.text(" like ").bind(pattern).text(" escape '\\'");
            sql
        }
        Contains => one_of(context, term, vec![one(value, &at)?]),
        StartsWith => starts_with(term, text(value)?),
        IsEmpty => is_empty(context, term, value, &at)?,
    })
}

/// The operators that make sense for a type.
pub fn operators(kind: &FieldType) -> &'static [Operator] {
    match kind {
        kind if kind.is_textual() => &[Eq, Ne, Lt, Le, Gt, Ge, In, Between, Contains, StartsWith, IsEmpty],
        FieldType::Date | FieldType::DateTime => &[Eq, Ne, Lt, Le, Gt, Ge, In, Between, Within, IsEmpty],
        FieldType::MultiSelect { .. } | FieldType::References { .. } => &[Contains, In, IsEmpty],
        FieldType::Address | FieldType::Location | FieldType::Json => &[IsEmpty],
        FieldType::Boolean | FieldType::Select { .. } => &[Eq, Ne, In, IsEmpty],
        kind if kind.is_reference() => &[Eq, Ne, In, IsEmpty],
        _ => &[Eq, Ne, Lt, Le, Gt, Ge, In, Between, IsEmpty],
    }
}

fn wrong_operator(term: &Term, op: Operator, allowed: &[Operator], at: &str) -> crate::error::Error {
    let name = |op: &Operator| match serde_json::to_value(op) {
        Ok(Json::String(name)) => name,
        _ => String::new(),
    };
    let text =
        format!("`{}` does not apply to `{}`, which is of type {}.", name(&op), term.field.name, term.kind.name());
    let names: Vec<_> = allowed.iter().map(|op| format!("`{}`", name(op))).collect();
    let error = FieldError::new(format!("{at}.op"), "wrong_operator", text).value(&name(&op).into());
    error.hint(format!("It takes {}.", names.join(", "))).into()
}

fn equal(term: &Term, operand: Operand) -> Sql {
    let mut sql = term.key.clone();
    match operand {
        Operand::Key(bind) => {
            sql.text(" = ").bind(bind);
        }
        Operand::Money { minor, currency } => return with_companion(term, sql, " = ", minor.into(), &currency),
        Operand::Any { object, id } => return with_companion(term, sql, " = ", id.into(), &object),
        Operand::Span(first, end) if end == first + 1 => {
            sql.text(" = ").bind(first);
        }
        Operand::Span(first, end) => {
            sql.text(" >= ").bind(first).text(" and ").append(term.key.clone()).text(" < ").bind(end);
            return surround("(", sql, ")");
        }
        Operand::Nothing => return Sql::new("1 = 0"),
    }
    sql
}

fn with_companion(term: &Term, mut sql: Sql, sign: &str, bind: Bind, companion: &str) -> Sql {
    sql.text(sign).bind(bind);
    if let Some(column) = &term.companion {
        sql.text(" and ").append(column.clone()).text(" = ").bind(companion);
    }
    surround("(", sql, ")")
}

/// `op` is one of the four orders.
fn ordered(term: &Term, op: Operator, operand: Operand) -> Sql {
    let sign = match op {
        Lt => " < ",
        Le => " <= ",
        Gt => " > ",
        _ => " >= ",
    };
    let mut sql = term.key.clone();
    match operand {
        Operand::Key(bind) => sql.text(sign).bind(bind),
        Operand::Money { minor, currency } => return with_companion(term, sql, sign, minor.into(), &currency),
        Operand::Span(first, end) => match op {
            Lt => sql.text(" < ").bind(first),
            Le => sql.text(" < ").bind(end),
            Gt => sql.text(" >= ").bind(end),
            _ => sql.text(" >= ").bind(first),
        },
        Operand::Any { .. } | Operand::Nothing => return Sql::new("1 = 0"),
    };
    sql
}

/// Whether the value, or one of several values, is among `values`.
fn one_of(context: Context<'_>, term: &Term, values: Vec<Operand>) -> Sql {
    if values.is_empty() {
        return Sql::new("1 = 0");
    }
    match &term.kind {
        FieldType::References { .. } => {
            let mut sql =
                Sql::new(format!("{}.id in (select l.source_id from link l where l.tenant_id = ", term.alias));
            sql.bind(context.actor.tenant).text(" and l.field_id = ").bind(term.link_field());
            sql.text(" and l.target_id in (").join(keys(&values), ", ").text("))");
            sql
        }
        FieldType::MultiSelect { .. } => {
            let (before, after) = context.engine.elements("element");
            let mut sql = surround(&format!("exists (select 1 from {before}"), term.key.clone(), &after);
            sql.text(" where element.value in (");
            sql.join(keys(&values), ", ").text("))");
            sql
        }
        _ if values.iter().all(|value| matches!(value, Operand::Key(_))) => {
            let mut sql = surround("", term.key.clone(), " in (");
            sql.join(keys(&values), ", ").text(")");
            sql
        }
        _ => {
            let mut sql = Sql::new("(");
            sql.join(values.into_iter().map(|value| equal(term, value)), " or ").text(")");
            sql
        }
    }
}

fn keys(values: &[Operand]) -> impl Iterator<Item = Sql> {
    values.iter().filter_map(|value| match value {
        Operand::Key(bind) => {
            let mut sql = Sql::default();
            sql.bind(bind.clone());
            Some(sql)
        }
        _ => None,
    })
}

/// As a range, which an index serves on both engines: texts are compared byte by byte.
fn starts_with(term: &Term, start: String) -> Sql {
    let mut sql = surround("", term.key.clone(), " >= ");
    sql.bind(start.as_str());
    if let Some(end) = after_all_with(&start) {
        sql.text(" and ").append(term.key.clone()).text(" < ").bind(end);
    }
    surround("(", sql, ")")
}

/// The least text that is greater than every text that starts so; none if there is no greater one.
fn after_all_with(start: &str) -> Option<String> {
    let mut chars: Vec<char> = start.chars().collect();
    while let Some(last) = chars.pop() {
        // The step over the surrogates is the only gap below the greatest character.
        let next = if last == '\u{d7ff}' { Some('\u{e000}') } else { char::from_u32(u32::from(last) + 1) };
        if let Some(next) = next {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

fn is_empty(context: Context<'_>, term: &Term, value: &Json, at: &str) -> Result<Sql> {
    let empty = match value {
        Json::Null | Json::Bool(true) => true,
        Json::Bool(false) => false,
        other => {
            let text = "`is_empty` takes true (has no value) or false (has one).";
            return Err(FieldError::new(at, "wrong_type", text).value(other).into());
        }
    };
    if matches!(term.kind, FieldType::References { .. }) {
        let mut sql = Sql::new("exists (select 1 from link l where l.tenant_id = ");
        sql.bind(context.actor.tenant).text(" and l.field_id = ").bind(term.link_field());
        sql.text(&format!(" and l.source_id = {}.id)", term.alias));
        return Ok(if empty { surround("not ", sql, "") } else { sql });
    }
    let mut sql = term.key.clone();
    if term.field.name == "name" {
        // The one text that is never null: a record without a name has an empty one, and one behind a path may have none.
        sql = surround("nullif(", sql, ", '')");
    }
    sql.text(if empty { " is null" } else { " is not null" });
    Ok(sql)
}

fn list<'j>(value: &'j Json, at: &str) -> Result<&'j [Json]> {
    let Some(list) = value.as_array() else {
        return Err(FieldError::new(at, "wrong_type", "A list of values is needed.").value(value).into());
    };
    Ok(list)
}

fn pair<'j>(value: &'j Json, at: &str) -> Result<[&'j Json; 2]> {
    match value.as_array().map(Vec::as_slice) {
        Some([low, high]) => Ok([low, high]),
        _ => {
            let text = "A list of two values is needed: the least and the greatest.";
            Err(FieldError::new(at, "wrong_type", text).value(value).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_prefix_is_above_everything_that_starts_so() {
        assert_eq!(after_all_with("ab").as_deref(), Some("ac"));
        assert_eq!(after_all_with("a\u{10ffff}").as_deref(), Some("b"));
        assert_eq!(after_all_with("\u{d7ff}").as_deref(), Some("\u{e000}"));
        assert_eq!(after_all_with("\u{10ffff}"), None);
        assert_eq!(after_all_with(""), None);
    }
}
