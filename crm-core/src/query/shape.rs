//! Says what is wrong with a filter that cannot be read: the first fault, and where it is.

use crate::error::FieldError;
use serde_json::Value as Json;

const OPERATORS: [&str; 12] =
    ["eq", "ne", "lt", "le", "gt", "ge", "in", "between", "contains", "starts_with", "is_empty", "within"];

/// The first fault of the filter at `path`.
pub fn complaint(filter: &Json, path: &str) -> Option<FieldError> {
    let Some(map) = filter.as_object() else {
        return Some(wrong(path, filter, "A filter is an object."));
    };
    let parts = ["and", "or"].into_iter().find_map(|key| Some((key, map.get(key)?)));
    if let Some((key, parts)) = parts {
        let Some(list) = parts.as_array() else {
            return Some(wrong(&format!("{path}.{key}"), parts, "This must be a list of filters."));
        };
        let inner = list.iter().enumerate().find_map(|(i, part)| complaint(part, &format!("{path}.{key}[{i}]")));
        return inner.or_else(|| surplus(map, &[key], path));
    }
    if let Some(part) = map.get("not") {
        return complaint(part, &format!("{path}.not")).or_else(|| surplus(map, &["not"], path));
    }
    if let Some((key, related)) = ["any", "none"].into_iter().find_map(|key| Some((key, map.get(key)?))) {
        let path = format!("{path}.{key}");
        if related.get("through").is_none_or(|through| !through.is_string()) {
            return Some(wrong(&path, related, "It needs `through`, the name of a relation."));
        }
        let inner = related.get("filter").and_then(|filter| complaint(filter, &format!("{path}.filter")));
        let known = related.as_object().and_then(|related| surplus(related, &["through", "filter"], &path));
        return inner.or(known).or_else(|| surplus(map, &[key], &path));
    }
    comparison(filter, map, path)
}

fn comparison(filter: &Json, map: &serde_json::Map<String, Json>, path: &str) -> Option<FieldError> {
    if map.get("field").is_none_or(|field| !field.is_string()) {
        let text = "A condition needs `field`, the name of a field, or one of and, or, not, any, none.";
        return Some(wrong(path, filter, text));
    }
    let op = map.get("op").unwrap_or(&Json::Null);
    if op.as_str().is_none_or(|op| !OPERATORS.contains(&op)) {
        let error = wrong(&format!("{path}.op"), op, "There is no such operator.");
        return Some(error.hint(format!("Operators are {}.", OPERATORS.join(", "))));
    }
    surplus(map, &["field", "op", "value"], path)
}

fn surplus(map: &serde_json::Map<String, Json>, known: &[&str], path: &str) -> Option<FieldError> {
    let key = map.keys().find(|key| !known.contains(&key.as_str()))?;
    let text = format!("A filter with `{}` has no `{key}`.", known[0]);
    Some(FieldError::new(format!("{path}.{key}"), "unknown_field", text))
}

fn wrong(path: &str, value: &Json, message: &str) -> FieldError {
    FieldError::new(path, "wrong_type", message).value(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Filter;
    use serde_json::json;

    #[test]
    fn the_fault_is_found_where_it_is() {
        let filter = json!({"and": [{"field": "name", "op": "eq", "value": "x"}, {"field": "name", "op": "like"}]});
        assert_eq!(complaint(&filter, "filter").map(|error| error.field), Some("filter.and[1].op".into()));
        let filter = json!({"any": {"through": "tasks", "filter": {"or": 3}}});
        assert_eq!(complaint(&filter, "filter").map(|error| error.field), Some("filter.any.filter.or".into()));
    }

    #[test]
    fn what_can_be_read_has_no_fault() {
        let filter =
            json!({"not": {"none": {"through": "tasks", "filter": {"field": "a.b", "op": "is_empty", "value": true}}}});
        assert!(serde_json::from_value::<Filter>(filter.clone()).is_ok());
        assert_eq!(complaint(&filter, "filter"), None);
    }
}
