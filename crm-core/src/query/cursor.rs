//! Where a page ended: opaque text for the caller, bound to the question it belongs to.

use super::Query;
use crate::TenantId;
use crate::db::{Bind, Row};
use crate::error::{Error, Result};
use crate::schema::SqlType;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The position after a record.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cursor {
    /// Which phase of the order the record was in.
    pub(super) phase: usize,
    /// The record's sort keys.
    pub(super) keys: Vec<Bind>,
    /// The record.
    pub(super) id: Uuid,
}

#[derive(Serialize, Deserialize)]
struct Written {
    /// The mark of the question.
    q: String,
    p: usize,
    k: Vec<Json>,
    i: Uuid,
}

/// What a cursor belongs to: the tenant, the object, the filter and the order. The rows it leads to are guarded by
/// the statement itself, as those of the first page are.
pub(super) fn mark(tenant: TenantId, query: &Query) -> String {
    let question = json!([tenant, query.object, query.filter, query.sort, query.deleted]);
    let hash = Sha256::digest(question.to_string());
    hex::encode(&hash[..8])
}

impl Cursor {
    pub(super) fn write(&self, mark: &str) -> String {
        let keys = self.keys.iter().map(to_json).collect();
        let written = Written { q: mark.to_owned(), p: self.phase, k: keys, i: self.id };
        // Serialising plain values cannot fail; an empty cursor would be refused as malformed.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&written).unwrap_or_default())
    }

    /// Reads a cursor whose keys, in each phase, are of these types.
    pub(super) fn read(text: &str, mark: &str, types_of: impl Fn(usize) -> Option<Vec<SqlType>>) -> Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed())?;
        let written: Written = serde_json::from_slice(&bytes).map_err(|_| malformed())?;
        if written.q != mark {
            let text = "The cursor belongs to another question. Leave out `after` to begin with the first page.";
            return Err(Error::Malformed(text.into()));
        }
        let types = types_of(written.p).filter(|types| types.len() == written.k.len()).ok_or_else(malformed)?;
        let keys = types.into_iter().zip(&written.k).map(|(of, json)| from_json(json, of));
        let keys = keys.collect::<Option<Vec<_>>>().ok_or_else(malformed)?;
        Ok(Self { phase: written.p, keys, id: written.i })
    }
}

fn malformed() -> Error {
    Error::Malformed("The cursor cannot be read. Use `next` of the page before as it is.".into())
}

/// The sort key in a row's column.
pub(super) fn key(row: &Row, column: usize, of: SqlType) -> Result<Bind> {
    Ok(match of {
        SqlType::Text | SqlType::Json => Bind::Text(row.text(column)?),
        SqlType::Integer => Bind::Integer(row.integer(column)?),
        SqlType::Real => Bind::Real(row.real(column)?),
        SqlType::Boolean => Bind::Boolean(row.boolean(column)?),
        SqlType::Uuid => Bind::Uuid(row.uuid(column)?),
    })
}

/// Doubles are written as texts: the shortest that reads back as the very same number.
fn to_json(key: &Bind) -> Json {
    match key {
        Bind::Text(text) => json!(text),
        Bind::Integer(n) => json!(n),
        Bind::Real(n) => n.map_or(Json::Null, |n| json!(n.to_string())),
        Bind::Boolean(b) => json!(b),
        Bind::Uuid(id) => json!(id),
        Bind::Json(_) => Json::Null,
    }
}

fn from_json(json: &Json, of: SqlType) -> Option<Bind> {
    if json.is_null() {
        return Some(Bind::null(of));
    }
    Some(match of {
        SqlType::Text | SqlType::Json => Bind::from(json.as_str().filter(|text| !text.contains('\0'))?),
        SqlType::Integer => Bind::from(json.as_i64()?),
        SqlType::Real => Bind::from(json.as_str()?.parse::<f64>().ok().filter(|n| !n.is_nan())?),
        SqlType::Boolean => Bind::from(json.as_bool()?),
        SqlType::Uuid => Bind::from(json.as_str()?.parse::<Uuid>().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Filter, Sort};
    use proptest::prelude::*;

    const TYPES: [SqlType; 5] = [SqlType::Text, SqlType::Integer, SqlType::Real, SqlType::Boolean, SqlType::Uuid];

    fn tenant(n: u128) -> TenantId {
        TenantId(Uuid::from_u128(n))
    }

    fn read(text: &str) -> Result<Cursor> {
        Cursor::read(text, &mark(tenant(1), &Query::of("deal")), |phase| (phase < 2).then(|| TYPES.to_vec()))
    }

    proptest! {
        #[test]
        fn a_cursor_reads_back_as_it_was(text: Option<String>, whole: Option<i64>, real in proptest::option::of(proptest::num::f64::NORMAL), yes: bool, id: u128) {
            let text = text.map(|text| text.replace('\0', ""));
            let keys = vec![
                Bind::Text(text), Bind::Integer(whole), Bind::Real(real), Bind::from(yes), Bind::Uuid(None),
            ];
            let cursor = Cursor { phase: 1, keys, id: Uuid::from_u128(id) };
            let written = cursor.write(&mark(tenant(1), &Query::of("deal")));
            prop_assert_eq!(read(&written).unwrap(), cursor);
        }

        #[test]
        fn anything_else_is_malformed_and_never_a_panic(text in ".{0,80}", bytes: Vec<u8>) {
            prop_assert!(matches!(read(&text), Err(Error::Malformed(_))));
            let (encoded, json) = (URL_SAFE_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&text));
            prop_assert!(matches!(read(&encoded), Err(Error::Malformed(_))));
            prop_assert!(matches!(read(&json), Err(Error::Malformed(_))));
        }
    }

    #[test]
    fn a_cursor_belongs_to_its_tenant_object_filter_and_order() {
        let query = Query::of("deal");
        let sort = vec![Sort { field: "name".into(), descending: false }];
        let marks = [
            mark(tenant(1), &query),
            mark(tenant(2), &query),
            mark(tenant(1), &Query::of("lead")),
            mark(tenant(1), &query.clone().filter(Filter::eq("name", "x"))),
            mark(tenant(1), &Query { sort, ..query.clone() }),
            mark(tenant(1), &Query { deleted: true, ..query.clone() }),
        ];
        for (i, mark) in marks.iter().enumerate() {
            assert!(!marks[..i].contains(mark));
        }
        assert_eq!(mark(tenant(1), &Query { limit: Some(7), total: true, ..query.clone() }), marks[0]);
        let cursor = Cursor { phase: 0, keys: Vec::new(), id: Uuid::nil() };
        assert!(read(&cursor.write(&marks[1])).unwrap_err().to_string().contains("another question"));
    }

    #[test]
    fn a_forged_cursor_is_malformed() {
        let mark = mark(tenant(1), &Query::of("deal"));
        let forged = [
            json!({"q": mark, "p": 9, "k": [null, null, null, null, null], "i": Uuid::nil()}),
            json!({"q": mark, "p": 0, "k": [], "i": Uuid::nil()}),
            json!({"q": mark, "p": 0, "k": [1, null, null, null, null], "i": Uuid::nil()}),
            json!({"q": mark, "p": 0, "k": ["a\u{0}", null, null, null, null], "i": Uuid::nil()}),
            json!({"q": mark, "p": 0, "k": [null, null, "NaN", null, null], "i": Uuid::nil()}),
            json!({"q": mark, "p": -1, "k": [], "i": "x"}),
        ];
        for forged in forged {
            let text = URL_SAFE_NO_PAD.encode(forged.to_string());
            assert!(matches!(read(&text), Err(Error::Malformed(_))), "{forged}");
        }
    }
}
