//! The bounds of a filter, checked before anything is compiled.

use crate::error::{FieldError, Result};
use crate::query::{Filter, Operator};

/// How deep conditions may be nested.
const DEPTH: usize = 16;
/// How many conditions a filter may have.
const NODES: usize = 200;
/// How many values a list may have, and all lists of a filter together.
const VALUES: usize = 1_000;

/// Refuses a filter that is too deep or too large. `at` is the filter's place in the input.
pub(crate) fn check(filter: &Filter, at: &str) -> Result<()> {
    let mut size = Size { nodes: 0, values: 0 };
    size.add(filter, at, 1)
}

struct Size {
    nodes: usize,
    values: usize,
}

impl Size {
    fn add(&mut self, filter: &Filter, at: &str, depth: usize) -> Result<()> {
        self.nodes += 1;
        if depth > DEPTH {
            return Err(too_large(at, format!("Conditions may be nested {DEPTH} deep at most.")));
        }
        if self.nodes > NODES {
            return Err(too_large(at, format!("A filter may have {NODES} conditions at most.")));
        }
        match filter {
            Filter::And { and: parts } => self.add_all(parts, at, "and", depth),
            Filter::Or { or: parts } => self.add_all(parts, at, "or", depth),
            Filter::Not { not } => self.add(not, &format!("{at}.not"), depth + 1),
            Filter::Any { any: related } => self.add_related(related, &format!("{at}.any"), depth),
            Filter::None { none: related } => self.add_related(related, &format!("{at}.none"), depth),
            Filter::Compare { op: Operator::In, value, .. } => {
                self.values += value.as_array().map_or(0, Vec::len);
                if self.values > VALUES {
                    return Err(too_large(&format!("{at}.value"), format!("Lists may have {VALUES} values at most.")));
                }
                Ok(())
            }
            Filter::Compare { .. } => Ok(()),
        }
    }

    fn add_all(&mut self, parts: &[Filter], at: &str, name: &str, depth: usize) -> Result<()> {
        parts.iter().enumerate().try_for_each(|(i, part)| self.add(part, &format!("{at}.{name}[{i}]"), depth + 1))
    }

    fn add_related(&mut self, related: &crate::query::Related, at: &str, depth: usize) -> Result<()> {
        related.filter.as_deref().map_or(Ok(()), |filter| self.add(filter, &format!("{at}.filter"), depth + 1))
    }
}

fn too_large(at: &str, message: String) -> crate::error::Error {
    FieldError::new(at, "too_large", message).hint("Ask in several steps.").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(filter: &Filter) -> String {
        match check(filter, "filter") {
            Err(crate::Error::Invalid(errors)) => errors[0].field.clone(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_filter_is_bounded_in_depth_size_and_values() {
        let leaf = || Filter::eq("name", "x");
        let deep = (0..DEPTH).fold(leaf(), |inner, _| Filter::Not { not: Box::new(inner) });
        assert!(refused(&deep).starts_with("filter.not.not"));
        let wide = Filter::all((0..NODES).map(|_| leaf()));
        assert_eq!(refused(&wide), "filter.and[199]");
        let long = Filter::compare("name", Operator::In, json!(vec!["x"; VALUES + 1]));
        assert_eq!(refused(&Filter::all([leaf(), long])), "filter.and[1].value");
        assert!(check(&Filter::all((1..NODES).map(|_| leaf())), "filter").is_ok());
    }
}
