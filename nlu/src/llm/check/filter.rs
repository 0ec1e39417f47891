//! Conditions: paths that were shown, operators that fit, values that the field takes.

use super::value::Sense;
use super::words::{joined, sign};
use super::{Checked, Place, Refused};
use crate::staff::Condition;
use crm_core::query::{Filter, Operator, Related, operators};
use crm_core::schema::{FieldType, ObjectDef};
use serde_json::{Value as Json, json};

/// How deep conditions are nested at most.
const DEEPEST: usize = 4;
/// How many parts a condition has at most.
const MOST_PARTS: usize = 12;
/// How many values a list has at most.
const MOST_VALUES: usize = 50;

impl Checked<'_> {
    /// A condition, with handles turned into records.
    pub(super) fn condition(&self, object: &ObjectDef, filter: &Filter, depth: usize) -> Result<Condition, Refused> {
        if depth > DEEPEST {
            return Err(Refused::TooMuch);
        }
        match filter {
            Filter::Compare { field, op, value } => self.compared(object, field, *op, value),
            Filter::And { and } => {
                let (about, parts, shown) = self.parts(object, and, depth, " and ")?;
                Ok(Condition { about, filter: Filter::And { and: parts }, shown })
            }
            Filter::Or { or } => {
                let (about, parts, shown) = self.parts(object, or, depth, " or ")?;
                Ok(Condition { about, filter: Filter::Or { or: parts }, shown })
            }
            Filter::Not { not } => {
                let Condition { about, filter, shown } = self.condition(object, not, depth + 1)?;
                Ok(Condition { about, filter: Filter::Not { not: Box::new(filter) }, shown: format!("not ({shown})") })
            }
            Filter::Any { any } => {
                let (related, shown) = self.related(object, any, depth)?;
                Ok(Condition {
                    about: any.through.clone(),
                    filter: Filter::Any { any: related },
                    shown: format!("with {shown}"),
                })
            }
            Filter::None { none } => {
                let (related, shown) = self.related(object, none, depth)?;
                let shown = format!("without {shown}");
                Ok(Condition { about: none.through.clone(), filter: Filter::None { none: related }, shown })
            }
        }
    }

    fn parts(
        &self,
        object: &ObjectDef,
        parts: &[Filter],
        depth: usize,
        between: &str,
    ) -> Result<(String, Vec<Filter>, String), Refused> {
        if parts.is_empty() || parts.len() > MOST_PARTS {
            return Err(Refused::TooMuch);
        }
        let sound = parts.iter().map(|part| self.condition(object, part, depth + 1)).collect::<Result<Vec<_>, _>>()?;
        let about = sound.first().map(|first| first.about.clone()).unwrap_or_default();
        let shown: Vec<&str> = sound.iter().map(|part| part.shown.as_str()).collect();
        let shown = shown.join(between);
        Ok((about, sound.into_iter().map(|part| part.filter).collect(), shown))
    }

    fn related(&self, object: &ObjectDef, related: &Related, depth: usize) -> Result<(Related, String), Refused> {
        let shown = &self.prompt.shown;
        let relation = shown.schema.relations(&object.name).iter().find(|one| one.name == related.through);
        let target = match (relation, shown.field(object, &related.through).map(|field| &field.kind)) {
            (Some(relation), _) => relation.object.clone(),
            (None, Some(FieldType::References { references })) => references.clone(),
            _ => return Err(Refused::UnknownField),
        };
        let target = self.object(&target).map_err(|_| Refused::UnknownField)?;
        let label = target.plural_label.text(self.code()).to_owned();
        let Some(filter) = &related.filter else {
            return Ok((Related { through: related.through.clone(), filter: None }, label));
        };
        let inner = self.condition(target, filter, depth + 1)?;
        let filter = Some(Box::new(inner.filter));
        Ok((Related { through: related.through.clone(), filter }, format!("{label}: {}", inner.shown)))
    }

    fn compared(&self, object: &ObjectDef, path: &str, op: Operator, value: &Json) -> Result<Condition, Refused> {
        let place = self.place(object, path)?;
        let sense = Sense::of(&place.field);
        if !operators(&sense.kind).contains(&op) {
            return Err(Refused::Operator);
        }
        let (value, what) = match op {
            Operator::IsEmpty => return empty(place, value),
            Operator::Between => {
                let [low, high] = value.as_array().map(Vec::as_slice).ok_or(Refused::Value)? else {
                    return Err(Refused::Value);
                };
                let (low, high) = (self.value(&sense, low)?, self.value(&sense, high)?);
                (json!([low.0, high.0]), format!("{} and {}", low.1, high.1))
            }
            Operator::In => {
                let list = value.as_array().filter(|list| (1..=MOST_VALUES).contains(&list.len()));
                let list = list.ok_or(Refused::Value)?.iter().map(|one| self.value(&sense, one));
                let list = list.collect::<Result<Vec<_>, _>>()?;
                let (values, shown): (Vec<Json>, Vec<String>) = list.into_iter().unzip();
                (json!(values), joined(&shown))
            }
            Operator::Within => self.period(value)?,
            _ => self.value(&sense, value)?,
        };
        let days = matches!(sense.kind, FieldType::Date | FieldType::DateTime);
        let shown = format!("{} {} {what}", place.label, sign(op, days));
        Ok(Condition { filter: Filter::compare(place.text.as_str(), op, value), about: place.text, shown })
    }
}

/// Whether a field has no value.
fn empty(place: Place, value: &Json) -> Result<Condition, Refused> {
    let empty = value.as_bool().ok_or(Refused::Value)?;
    let shown = format!("{} {}", place.label, if empty { "is empty" } else { "is filled" });
    let filter = Filter::compare(place.text.as_str(), Operator::IsEmpty, empty);
    Ok(Condition { filter, about: place.text, shown })
}
