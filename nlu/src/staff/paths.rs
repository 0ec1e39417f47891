//! Ways from one object to a field of another, through references.

use crm_core::schema::{FieldDef, ObjectDef, Schema};
use std::sync::Arc;

/// A field, from an object on: `account.industry`.
#[derive(Debug, Clone)]
pub(super) struct Path {
    /// As queries write it.
    pub(super) text: String,
    /// The field at its end.
    pub(super) field: Arc<FieldDef>,
    /// How many references lie between.
    pub(super) hops: usize,
}

/// The longest ways that are looked for.
const MOST_HOPS: usize = 3;

/// The shortest way from `from` to `field` of `object`; among equally short ones that through the owner, then that
/// through the field defined first.
pub(super) fn to_field(schema: &Schema, from: &str, object: &str, field: &str) -> Option<Path> {
    let mut ends: Vec<(String, &Arc<ObjectDef>)> = vec![(String::new(), schema.object(from)?)];
    for hops in 0..=MOST_HOPS {
        let here = ends.iter().find(|(_, end)| end.name == object);
        if let Some((prefix, end)) = here {
            let field = end.field(field)?.clone();
            return Some(Path { text: format!("{prefix}{}", short(&field)), field, hops });
        }
        ends = ends.iter().flat_map(|(prefix, end)| steps(schema, prefix, end)).collect();
    }
    None
}

/// The shortest way to a reference to records of `object`.
pub(super) fn to_record(schema: &Schema, from: &str, object: &str) -> Option<Path> {
    let mut ends: Vec<(String, &Arc<ObjectDef>)> = vec![(String::new(), schema.object(from)?)];
    for hops in 0..MOST_HOPS {
        for (prefix, end) in &ends {
            if let Some(field) = references(end).find(|field| field.kind.target() == Some(object)) {
                return Some(Path { text: format!("{prefix}{}", short(field)), field: field.clone(), hops });
            }
        }
        if let Some((prefix, field)) = ends.iter().find_map(|(prefix, end)| {
            end.fields
                .iter()
                .find(|field| {
                    !field.system && field.kind.may_refer_to(object) && field.kind.target().is_none() && !is_list(field)
                })
                .map(|field| (prefix, field))
        }) {
            return Some(Path { text: format!("{prefix}{}", short(field)), field: field.clone(), hops });
        }
        ends = ends.iter().flat_map(|(prefix, end)| steps(schema, prefix, end)).collect();
    }
    None
}

fn is_list(field: &FieldDef) -> bool {
    matches!(field.kind, crm_core::schema::FieldType::References { .. })
}

fn steps<'a>(schema: &'a Schema, prefix: &str, end: &'a Arc<ObjectDef>) -> Vec<(String, &'a Arc<ObjectDef>)> {
    references(end)
        .filter_map(|field| Some((format!("{prefix}{}.", short(field)), schema.object(field.kind.target()?)?)))
        .collect()
}

/// The references that say what a record is about: the owner first; not who wrote it, and not its own file.
fn references(object: &ObjectDef) -> impl Iterator<Item = &Arc<FieldDef>> {
    let owner = object.fields.iter().filter(|field| field.name == "owner_id");
    let others = object.fields.iter().filter(|field| {
        field.name != "owner_id"
            && !matches!(field.name.as_str(), "id" | "created_by" | "updated_by")
            && field.kind.target().is_some_and(|target| target != "attachment")
    });
    owner.chain(others)
}

/// A field's name in a path: a reference without its ending.
pub(crate) fn short(field: &FieldDef) -> &str {
    if field.kind.target().is_some() { field.name.strip_suffix("_id").unwrap_or(&field.name) } else { &field.name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(from: &str, object: &str, field: &str) -> Option<String> {
        to_field(&Schema::standard(), from, object, field).map(|path| path.text)
    }

    #[test]
    fn a_field_of_the_object_itself_needs_no_way() {
        assert_eq!(way("deal", "deal", "amount").as_deref(), Some("amount"));
    }

    #[test]
    fn the_shortest_way_is_taken_and_the_owners_first() {
        assert_eq!(way("deal", "account", "industry").as_deref(), Some("account.industry"));
        assert_eq!(way("deal", "team", "region").as_deref(), Some("owner.team.region"));
    }

    #[test]
    fn records_are_reached_by_the_reference_to_them() {
        let way = |from, object| to_record(&Schema::standard(), from, object).map(|path| path.text);
        assert_eq!(way("deal", "user").as_deref(), Some("owner"));
        assert_eq!(way("deal", "account").as_deref(), Some("account"));
        assert_eq!(way("task", "account").as_deref(), Some("related_id"));
        assert_eq!(way("account", "account").as_deref(), Some("parent"));
    }
}
