//! Filters as conditions.
//!
//! Conditions may be SQL null where a value is missing, which a `where` takes for false and an index understands;
//! only where a condition is turned round, null is made false first, so that `not` is two-valued.

use super::term::surround;
use super::{Context, Source, Term, compare, source};
use crate::access::Verb;
use crate::db::Sql;
use crate::error::{Error, FieldError, Result};
use crate::query::{Filter, Operator, Related};
use crate::schema::{FieldDef, FieldType, ObjectDef};
use std::sync::Arc;

impl Source<'_> {
    /// A filter over the source's records as a condition. `at` is the filter's place in the input, for errors. The
    /// filter is taken to be [`check`](super::check)ed.
    pub(crate) fn condition(&mut self, filter: &Filter, at: &str) -> Result<Sql> {
        match filter {
            Filter::And { and } => self.all(and, at, "and", "1 = 1"),
            Filter::Or { or } => self.all(or, at, "or", "1 = 0"),
            Filter::Not { not } => Ok(negated(self.condition(not, &format!("{at}.not"))?)),
            Filter::Any { any } => self.related(any, &format!("{at}.any")),
            Filter::None { none } => Ok(surround("not ", self.related(none, &format!("{at}.none"))?, "")),
            Filter::Compare { field, op, value } => {
                let term = self.term(field, &format!("{at}.field"))?;
                match op {
                    Operator::Ne => Ok(negated(compare::compare(self.context, &term, Operator::Eq, value, at)?)),
                    op => compare::compare(self.context, &term, *op, value, at),
                }
            }
        }
    }

    fn all(&mut self, parts: &[Filter], at: &str, name: &str, none: &str) -> Result<Sql> {
        if parts.is_empty() {
            return Ok(Sql::new(none));
        }
        let parts = parts
            .iter()
            .enumerate()
            .map(|(i, part)| self.condition(part, &format!("{at}.{name}[{i}]")))
            .collect::<Result<Vec<_>>>()?;
        let mut sql = Sql::new("(");
        sql.join(parts, &format!(" {name} ")).text(")");
        Ok(sql)
    }

    /// Whether there is a record on the other side of a to-many relation or field; never null.
    fn related(&mut self, related: &Related, at: &str) -> Result<Sql> {
        let through = format!("{at}.through");
        let (way, name) =
            related.through.rsplit_once('.').map_or((None, &*related.through), |(way, name)| (Some(way), name));
        let (parent, parent_alias) = self.follow(way, &related.through, &through)?;
        let alias = self.next_alias();
        let (child, joined) = match self.relation(&parent, name) {
            Some((relation, child)) => {
                let field = child.field(&relation.field).ok_or_else(|| Error::internal("a relation without field"))?;
                let joined = refers(self.context, &child, &alias, field, &parent, &parent_alias)?;
                (child, joined)
            }
            None => self.linked(&parent, &parent_alias, name, &alias, &through)?,
        };
        let mut inner = Source::new(self.context, child, &alias);
        // The reference is the way to the few related records, whatever else is asked of them.
        inner.without_index = true;
        let mut which = inner.rows(Verb::Read);
        which.text(&format!(" and {alias}.deleted_at is null and ")).append(joined);
        if let Some(filter) = &related.filter {
            which.text(" and ").append(inner.condition(filter, &format!("{at}.filter"))?);
        }
        let mut sql = surround("exists (select 1 from ", inner.from(), " where ");
        sql.append(which).text(")");
        Ok(sql)
    }

    /// The records of a many-to-many field of `parent`.
    fn linked(
        &self,
        parent: &Arc<ObjectDef>,
        parent_alias: &str,
        name: &str,
        alias: &str,
        at: &str,
    ) -> Result<(Arc<ObjectDef>, Sql)> {
        let field = parent.field(name).filter(|field| self.context.may_read(parent, field));
        let target = field.and_then(|field| match &field.kind {
            FieldType::References { references } => Some((field, self.context.actor.schema().object(references)?)),
            _ => None,
        });
        let Some((field, target)) = target else { return Err(self.unknown_relation(parent, name, at)) };
        let mut sql = Sql::new(format!("{alias}.id in (select l.target_id from link l where l.tenant_id = "));
        sql.bind(self.context.actor.tenant).text(" and l.field_id = ").bind(format!("{}.{}", parent.id, field.id));
        sql.text(&format!(" and l.source_id = {parent_alias}.id)"));
        Ok((target.clone(), sql))
    }

    fn unknown_relation(&self, object: &ObjectDef, name: &str, at: &str) -> Error {
        let relations: Vec<String> = self.visible_relations(object).map(|(relation, _)| relation.name).collect();
        let many = object
            .fields
            .iter()
            .filter(|field| matches!(field.kind, FieldType::References { .. }) && self.context.may_read(object, field));
        let names = relations.iter().map(String::as_str).chain(many.map(|field| field.name.as_str()));
        let hint = source::similar(name, names);
        let shown: String = name.chars().take(80).collect();
        let text = format!("{} has no relation `{shown}`.", object.label.text(self.context.actor.language()));
        FieldError::new(at, "unknown_relation", text).value(&name.into()).hint(hint).into()
    }
}

/// The condition that the record of `child` under `alias` refers, by `field`, to the one of `parent`.
pub(super) fn refers(
    context: Context<'_>,
    child: &Arc<ObjectDef>,
    alias: &str,
    field: &Arc<FieldDef>,
    parent: &ObjectDef,
    parent_alias: &str,
) -> Result<Sql> {
    if matches!(field.kind, FieldType::References { .. }) {
        let mut sql = Sql::new(format!("{alias}.id in (select l.source_id from link l where l.tenant_id = "));
        sql.bind(context.actor.tenant).text(" and l.field_id = ").bind(format!("{}.{}", child.id, field.id));
        sql.text(&format!(" and l.target_id = {parent_alias}.id)"));
        return Ok(sql);
    }
    let term = Term::new(context, child, alias, field.clone(), false)?;
    let mut sql = surround("", term.key, &format!(" = {parent_alias}.id"));
    if let Some(object) = term.companion {
        sql.text(" and ").append(object).text(" = ").bind(parent.id.as_str());
    }
    Ok(sql)
}

/// The opposite of a condition, with null taken for false.
fn negated(condition: Sql) -> Sql {
    surround("not coalesce(", condition, ", false)")
}
