//! The `from` of a statement: a table, and the records that paths through references lead to.

use super::{Context, Term};
use crate::access::{Verb, predicate};
use crate::actor::Actor;
use crate::db::Sql;
use crate::error::{Error, FieldError, Result};
use crate::schema::{FieldDef, FieldType, ObjectDef, Relation, Stored};
use std::sync::Arc;

/// How many references a path may go through.
const DEPTH: usize = 4;

/// A table under an alias, with the left joins that paths from it need. Joined records are only those that live and
/// that the actor may see: behind any other there is nothing.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub(super) context: Context<'a>,
    pub(super) object: Arc<ObjectDef>,
    pub(super) alias: String,
    joins: Vec<Join>,
    aliases: usize,
    /// Whether conditions shall leave the indexes of the own table alone, because another one serves better.
    pub(crate) without_index: bool,
}

#[derive(Debug)]
struct Join {
    /// The alias and the field that lead to it.
    from: (String, String),
    object: Arc<ObjectDef>,
    alias: String,
    sql: Sql,
}

/// Where a path ends: a field of the records under an alias.
pub(super) struct Place {
    pub(super) object: Arc<ObjectDef>,
    pub(super) alias: String,
    pub(super) field: Arc<FieldDef>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(context: Context<'a>, object: Arc<ObjectDef>, alias: &str) -> Self {
        Self { context, object, alias: alias.to_owned(), joins: Vec::new(), aliases: 0, without_index: false }
    }

    pub(crate) fn context(&self) -> Context<'a> {
        self.context
    }

    /// `deal t left join account t_1 on …`.
    pub(crate) fn from(&self) -> Sql {
        let mut sql = self.own_table();
        for join in &self.joins {
            sql.append(join.sql.clone());
        }
        sql
    }

    /// `deal t`, without the joins.
    pub(crate) fn own_table(&self) -> Sql {
        Sql::new(format!("{} {}", self.object.table(), self.alias))
    }

    /// The condition for all living rows of the object, whoever may see them: for facts that nobody is told, such as
    /// the extent of a column.
    pub(crate) fn every_row(&self) -> Sql {
        let mut sql = Sql::new(format!("{}.tenant_id = ", self.alias));
        sql.bind(self.context.actor.tenant);
        if self.object.stored == Stored::Shared {
            sql.text(&format!(" and {}.object_id = ", self.alias)).bind(self.object.id.as_str());
        }
        sql.text(&format!(" and {}.deleted_at is null", self.alias));
        sql
    }

    /// The condition under which the actor's verb reaches a row; it says nothing of deletion.
    pub(crate) fn rows(&self, verb: Verb) -> Sql {
        predicate::rows(self.context.actor, verb, &self.object, &self.alias)
    }

    /// A field or path as SQL. `at` is its place in the input, for errors.
    pub(crate) fn term(&mut self, path: &str, at: &str) -> Result<Term> {
        let place = self.place(path, at)?;
        let own = place.alias == self.alias;
        let term = Term::new(self.context, &place.object, &place.alias, place.field, own)?;
        // Where the path leads to no record, nothing is computed: not even a count of 0.
        if own && term.indexed && self.without_index {
            return Ok(term.without_index(self.context.engine));
        }
        Ok(if own || !term.field.kind.is_computed() { term } else { term.where_there_is_a_record() })
    }

    /// Whether an object exists for the actor.
    pub(crate) fn may_see(&self, object: &str) -> bool {
        self.context.actor.rights().may_see(object) && self.context.actor.schema().object(object).is_some()
    }

    /// An alias that nothing in this source has.
    pub(super) fn next_alias(&mut self) -> String {
        self.aliases += 1;
        format!("{}_{}", self.alias, self.aliases)
    }

    pub(super) fn place(&mut self, path: &str, at: &str) -> Result<Place> {
        let (way, last) = path.rsplit_once('.').map_or((None, path), |(way, last)| (Some(way), last));
        let (object, alias) = self.follow(way, path, at)?;
        let field = self.visible_field(&object, last, path, at)?;
        Ok(Place { object, alias, field })
    }

    /// Joins the records that a path of references leads to, once for each path.
    pub(super) fn follow(&mut self, way: Option<&str>, path: &str, at: &str) -> Result<(Arc<ObjectDef>, String)> {
        let mut here = (self.object.clone(), self.alias.clone());
        for (depth, segment) in way.into_iter().flat_map(|way| way.split('.')).enumerate() {
            if depth == DEPTH {
                let text = format!("A path may go through {DEPTH} references at most.");
                return Err(FieldError::new(at, "too_deep", text).value(&path.into()).into());
            }
            let field = self.visible_field(&here.0, segment, path, at)?;
            here = self.join(here, &field, path, at)?;
        }
        Ok(here)
    }

    fn join(
        &mut self,
        (object, from): (Arc<ObjectDef>, String),
        field: &Arc<FieldDef>,
        path: &str,
        at: &str,
    ) -> Result<(Arc<ObjectDef>, String)> {
        let key = (from, field.name.clone());
        if let Some(join) = self.joins.iter().find(|join| join.from == key) {
            return Ok((join.object.clone(), join.alias.clone()));
        }
        let Some(name) = field.kind.target() else { return Err(no_path_through(&object, field, path, at)) };
        let target = self.context.actor.schema().object(name).filter(|_| self.may_see(name)).cloned();
        let Some(target) = target else {
            // The object behind it does not exist for the actor, so neither does the way there.
            return Err(self.unknown_field(&object, path, path, at));
        };
        let term = Term::new(self.context, &object, &key.0, field.clone(), false)?;
        let alias = self.next_alias();
        let mut sql = Sql::new(format!(" left join {} {alias} on ", target.table()));
        sql.append(predicate::rows(self.context.actor, Verb::Read, &target, &alias));
        sql.text(&format!(" and {alias}.deleted_at is null and {alias}.id = ")).append(term.key);
        self.joins.push(Join { from: key, object: target.clone(), alias: alias.clone(), sql });
        Ok((target, alias))
    }

    /// A field of the source's own records.
    pub(super) fn own_field(&self, name: &str, at: &str) -> Result<Arc<FieldDef>> {
        self.visible_field(&self.object, name, name, at)
    }

    fn visible_field(&self, object: &ObjectDef, name: &str, path: &str, at: &str) -> Result<Arc<FieldDef>> {
        let field = object.field(name).filter(|field| self.context.may_read(object, field));
        field.cloned().ok_or_else(|| self.unknown_field(object, name, path, at))
    }

    fn unknown_field(&self, object: &ObjectDef, name: &str, path: &str, at: &str) -> Error {
        let visible = |field: &FieldDef| self.context.may_read(object, field);
        unknown_field(self.context.actor, object, name, at, visible).value(&path.into()).into()
    }

    /// The to-many relation of `object` with this name, if the actor may see both its ends.
    pub(super) fn relation(&self, object: &ObjectDef, name: &str) -> Option<(Relation, Arc<ObjectDef>)> {
        self.visible_relations(object).find(|(relation, _)| relation.name == name)
    }

    pub(super) fn visible_relations(&self, object: &ObjectDef) -> impl Iterator<Item = (Relation, Arc<ObjectDef>)> {
        let schema = self.context.actor.schema();
        schema.relations(&object.name).iter().filter_map(|relation| {
            let child = schema.object(&relation.object)?;
            let field = child.field(&relation.field)?;
            self.context.may_read(child, field).then(|| (relation.clone(), child.clone()))
        })
    }
}

fn no_path_through(object: &ObjectDef, field: &FieldDef, path: &str, at: &str) -> Error {
    let hint = match field.kind {
        FieldType::References { .. } => format!("Ask for it with {{\"any\": {{\"through\": \"{}\", …}}}}.", field.name),
        FieldType::AnyReference => "It may refer to records of any object: ask from the other object.".into(),
        _ => format!("`{}` is no reference.", field.name),
    };
    let text = format!("A path cannot go through `{}` of `{}`.", field.name, object.name);
    FieldError::new(at, "no_path", text).value(&path.into()).hint(hint).into()
}

/// The error for a field that is not there or not to be seen: the same in both cases.
pub(crate) fn unknown_field(
    actor: &Actor,
    object: &ObjectDef,
    name: &str,
    at: &str,
    visible: impl Fn(&FieldDef) -> bool,
) -> FieldError {
    let visible = object.fields.iter().filter(|field| visible(field));
    let hint = similar(name, visible.map(|field| field.name.as_str()));
    let shown: String = name.chars().take(80).collect();
    let label = object.label.text(actor.language());
    FieldError::new(at, "unknown_field", format!("{label} has no field `{shown}`.")).hint(hint)
}

/// A hint with the names most like the wrong one.
pub(super) fn similar<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> String {
    const LIKE: f64 = 0.75;
    const SHOWN: usize = 3;
    let names: Vec<&str> = names.collect();
    let mut like: Vec<(f64, &str)> = names
        .iter()
        .map(|name| (strsim::jaro_winkler(wrong, name), *name))
        .filter(|(likeness, _)| *likeness >= LIKE)
        .collect();
    like.sort_by(|a, b| b.0.total_cmp(&a.0));
    let quoted = |names: Vec<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if like.is_empty() {
        return format!("There are {}.", quoted(names));
    }
    format!("Did you mean {}?", quoted(like.into_iter().take(SHOWN).map(|(_, name)| name).collect()))
}
