//! What may have been meant by a name that nothing has.

use crate::staff::vocabulary::{Name, Vocabulary};
use crm_core::text::fold;
use std::ops::Range;

/// How alike a name is at least, of 1, to be offered.
const ALIKE: f64 = 0.85;
/// How many are offered.
const OFFERED: usize = 3;

/// A record that may have been meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Instead {
    /// It.
    pub name: Name,
    /// What was said, with its name in the place of the one that nothing has.
    pub text: String,
}

impl Instead {
    pub(super) fn of(said: &str, span: Range<usize>, name: &Name) -> Self {
        let before = said.get(..span.start).unwrap_or_default();
        let behind = said.get(span.end..).unwrap_or_default();
        Self { text: format!("{before}{}{behind}", name.name), name: name.clone() }
    }
}

/// The records whose names are most alike: of one object, or of those that people speak about.
pub(super) fn near<'a>(vocabulary: &'a Vocabulary, said: &str, object: Option<&str>) -> Vec<&'a Name> {
    let said = fold(said);
    let is_spoken_of = |name: &Name| match object {
        Some(object) => name.object == object,
        None => {
            let object = vocabulary.schema.object(&name.object);
            name.object == "user" || object.is_some_and(|object| object.in_navigation)
        }
    };
    let names = vocabulary.names().filter(|name| is_spoken_of(name));
    let mut near: Vec<(f64, &Name)> =
        names.map(|name| (alike(&said, &fold(&name.name)), name)).filter(|(alike, _)| *alike >= ALIKE).collect();
    near.sort_by(|(one, first), (other, second)| other.total_cmp(one).then(first.name.cmp(&second.name)));
    near.dedup_by_key(|(_, name)| name.id);
    near.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}

/// How alike two folded names are: as wholes, or what was said and one word of the name.
fn alike(said: &str, name: &str) -> f64 {
    let words = name.split_whitespace().filter(|_| !said.contains(' '));
    words.chain([name]).map(|part| strsim::jaro_winkler(said, part)).fold(0.0, f64::max)
}
