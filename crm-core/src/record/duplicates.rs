//! Records that may be the same: found by shared normalised keys, ranked by how alike they are.

use super::Draft;
use crate::access::{Verb, predicate};
use crate::actor::Actor;
use crate::db::{Db, Sql, Tx};
use crate::error::{Error, Result};
use crate::schema::{FieldDef, MatchKey, ObjectDef, ParseContext};
use crate::text::fold;
use crate::value::Value;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use url::Url;
use uuid::Uuid;

/// A record that may be the same as another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Duplicate {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// How sure it is, 0 to 1.
    pub score: f64,
    /// Why: "same e-mail", "similar name".
    pub reasons: Vec<String>,
}

/// Groups of records that share a key.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The groups.
    pub groups: Vec<DuplicateGroup>,
    /// Where to go on, if there may be more.
    pub next: Option<String>,
}

/// Records that share a key.
#[derive(Debug, Clone, Serialize)]
pub struct DuplicateGroup {
    /// What they share.
    pub reason: String,
    /// The records, as (id, name).
    pub records: Vec<DuplicateRecord>,
}

/// A record of a group.
#[derive(Debug, Clone, Serialize)]
pub struct DuplicateRecord {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// How many candidates are looked at, and how many told.
const LOOKED_AT: usize = 200;
const TOLD: usize = 5;
/// Names less alike than this are different.
const ALIKE: f64 = 0.9;

/// What weak keys begin with: a letter after those of strong ones, so that it sorts last by any language's rules.
const WEAK: &str = "z";

/// Words that say what kind of company it is, not which.
const LEGAL_FORMS: [&str; 24] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "llp",
    "plc",
    "gmbh",
    "ag",
    "kg",
    "se",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "ab",
    "oy",
];

/// Hosts that say nothing about the company.
const FREE_MAIL: [&str; 12] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "icloud.com",
    "aol.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "proton.me",
    "live.com",
];

/// The keys of a record. Those that begin with [`WEAK`] are weak: equal ones make candidates, not duplicates.
pub(crate) fn keys(object: &ObjectDef, get: &dyn Fn(&str) -> Value) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for key in &object.match_on {
        let (MatchKey::Name(field) | MatchKey::Email(field) | MatchKey::Phone(field) | MatchKey::Domain(field)) = *key;
        let Value::Text(text) = get(field) else { continue };
        match key {
            MatchKey::Email(_) => drop(keys.insert(format!("e:{}", fold(&text)))),
            MatchKey::Phone(_) => drop(keys.insert(format!("p:{text}"))),
            MatchKey::Domain(_) => keys.extend(domain(&text).map(|host| format!("d:{host}"))),
            MatchKey::Name(_) => {
                let words = name_words(&text);
                if !words.is_empty() {
                    keys.insert(format!("n:{}", words.join(" ")));
                    keys.extend(
                        words
                            .iter()
                            .filter(|word| word.len() > 2)
                            .take(4)
                            .map(|word| format!("{WEAK}:{}", sound(word))),
                    );
                }
            }
        }
    }
    keys
}

/// The words of a name that tell it from others, sorted.
fn name_words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let all: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut telling: Vec<String> =
        all.iter().filter(|word| !LEGAL_FORMS.contains(word)).map(|word| (*word).to_owned()).collect();
    if telling.is_empty() {
        telling = all.into_iter().map(String::from).collect();
    }
    telling.sort_unstable();
    telling
}

/// A word without what is easily misspelt: its first letter and then its consonants, doubles once.
fn sound(word: &str) -> String {
    let mut sound = String::new();
    for (i, c) in word.chars().enumerate() {
        let silent = i > 0 && matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w');
        let c = match c {
            'c' | 'q' => 'k',
            'z' => 's',
            'v' => 'f',
            other => other,
        };
        if !silent && !sound.ends_with(c) {
            sound.push(c);
        }
    }
    sound.chars().take(6).collect()
}

fn domain(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.trim_start_matches("www.").to_lowercase();
    (!FREE_MAIL.contains(&host.as_str())).then_some(host)
}

/// Stores the keys of a draft, if they changed.
pub(super) async fn replace_keys(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<()> {
    if draft.object.match_on.is_empty() {
        return Ok(());
    }
    let new = keys(&draft.object, &|field| draft.get(field).clone());
    if let Some(old) = &draft.old {
        let deleted = !old.get("deleted_at").is_null();
        if !deleted && keys(&draft.object, &|field| old.get(field).clone()) == new {
            return Ok(());
        }
        forget_keys(tx, actor, draft).await?;
    }
    let object = draft.object.id.as_str();
    let row = |key: String| vec![actor.tenant().into(), object.into(), key.into(), draft.id.into()];
    let columns = ["tenant_id", "object", "key", "record_id"].map(String::from).to_vec();
    tx.insert("match_key", columns, new.into_iter().map(row).collect()).await
}

pub(super) async fn forget_keys(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<()> {
    if draft.object.match_on.is_empty() {
        return Ok(());
    }
    let sql = Sql::fixed(
        "delete from match_key where tenant_id = ? and object = ? and record_id = ?",
        [actor.tenant().into(), draft.object.id.as_str().into(), draft.id.into()],
    );
    tx.execute(sql).await.map(drop)
}

/// Records of the object, visible to the actor, that may be the same as one with these values.
pub(crate) async fn candidates(
    db: &Db,
    actor: &Actor,
    object: &Arc<ObjectDef>,
    values: &Map<String, Json>,
) -> Result<Vec<Duplicate>> {
    if !actor.rights().may(Verb::Read, &object.name) {
        return Ok(Vec::new());
    }
    let given = read_leniently(actor, object, values);
    let own = keys(object, &|field| given.get(field).cloned().unwrap_or_default());
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("select r.id, r.name, m.key from match_key m join ");
    sql.text(object.table()).text(" r on r.tenant_id = m.tenant_id and r.id = m.record_id where m.tenant_id = ");
    sql.bind(actor.tenant()).text(" and m.object = ").bind(object.id.as_str()).text(" and m.key in (");
    sql.join(own.iter().map(|key| Sql::fixed("?", [key.as_str().into()])), ", ");
    // Strong keys sort before the weak: they are never crowded out.
    sql.text(") and r.deleted_at is null and ").append(predicate::rows(actor, Verb::Read, object, "r"));
    sql.text(&format!(" order by m.key limit {LOOKED_AT}"));
    let mut found: BTreeMap<Uuid, (String, Vec<String>)> = BTreeMap::new();
    for row in db.rows(actor.tenant(), sql).await? {
        let entry = found.entry(row.id(0)?).or_insert((row.string(1)?, Vec::new()));
        entry.1.push(row.string(2)?);
    }
    let name = given.get("name").and_then(Value::as_text).unwrap_or_default().to_owned();
    let mut all: Vec<Duplicate> =
        found.into_iter().filter_map(|(id, (other, shared))| judge(id, &name, other, &shared)).collect();
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
    all.truncate(TOLD);
    Ok(all)
}

/// The values that can be read; what cannot is told elsewhere.
fn read_leniently(actor: &Actor, object: &ObjectDef, values: &Map<String, Json>) -> BTreeMap<String, Value> {
    let context = ParseContext::of(actor);
    let read = |(name, json): (&String, &Json)| {
        let field: &Arc<FieldDef> = object.field(name)?;
        Some((field.name.clone(), field.parse(json, &context).ok()?))
    };
    let mut given: BTreeMap<String, Value> = values.iter().filter_map(read).collect();
    if !object.name_from.is_empty() {
        let parts: Vec<&str> = object.name_from.iter().filter_map(|field| given.get(field)?.as_text()).collect();
        given.insert("name".into(), parts.join(" ").as_str().into());
    }
    given
}

fn judge(id: Uuid, name: &str, other: String, shared: &[String]) -> Option<Duplicate> {
    let alike = strsim::jaro_winkler(&name_words(name).join(" "), &name_words(&other).join(" "));
    let mut reasons = Vec::new();
    let mut score: f64 = 0.0;
    for (prefix, reason, weight) in [
        ("e:", "same e-mail", 0.95),
        ("p:", "same phone", 0.9),
        ("d:", "same web address", 0.85),
        ("n:", "same name", 0.9),
    ] {
        if shared.iter().any(|key| key.starts_with(prefix)) {
            reasons.push(reason.to_owned());
            score = score.max(weight);
        }
    }
    if alike >= ALIKE && !reasons.iter().any(|reason| reason == "same name") {
        reasons.push("similar name".to_owned());
        score = score.max(alike - 0.1);
    }
    let score = (score + 0.02 * (reasons.len().saturating_sub(1)) as f64).min(1.0);
    (!reasons.is_empty()).then_some(Duplicate { id, name: other, score, reasons })
}

/// Groups of visible records that share a strong key, after the key `after`.
pub(crate) async fn report(
    db: &Db,
    actor: &Actor,
    object: &Arc<ObjectDef>,
    after: Option<&str>,
    limit: usize,
) -> Result<Report> {
    if object.match_on.is_empty() {
        return Err(Error::Conflict(format!(
            "{} are not compared for duplicates.",
            object.plural_label.text(actor.language())
        )));
    }
    const MOST_IN_GROUP: usize = 20;
    let limit = limit.clamp(1, 100);
    let visible = |sql: &mut Sql| {
        sql.text(&format!(
            " from match_key m join {} r on r.tenant_id = m.tenant_id and r.id = m.record_id where m.tenant_id = ",
            object.table()
        ));
        sql.bind(actor.tenant()).text(" and m.object = ").bind(object.id.as_str());
        sql.text(" and r.deleted_at is null and ").append(predicate::rows(actor, Verb::Read, object, "r"));
    };
    let mut sql = Sql::new("select m.key");
    visible(&mut sql);
    sql.text(" and m.key > ").bind(after.unwrap_or_default()).text(" and m.key < ").bind(WEAK);
    sql.text(&format!(" group by m.key having count(*) > 1 order by m.key limit {}", limit + 1));
    let mut shared: Vec<String> =
        db.rows(actor.tenant(), sql).await?.iter().map(|row| row.string(0)).collect::<Result<_>>()?;
    let more = shared.len() > limit;
    shared.truncate(limit);
    let mut groups = Vec::new();
    for key in &shared {
        let mut sql = Sql::new("select r.id, r.name");
        visible(&mut sql);
        sql.text(" and m.key = ").bind(key.as_str()).text(&format!(" order by r.id limit {MOST_IN_GROUP}"));
        let rows = db.rows(actor.tenant(), sql).await?;
        let records = rows
            .iter()
            .map(|row| Ok(DuplicateRecord { id: row.id(0)?, name: row.string(1)? }))
            .collect::<Result<_>>()?;
        groups.push(DuplicateGroup { reason: reason(key), records });
    }
    Ok(Report { groups, next: more.then(|| shared.last().cloned()).flatten() })
}

fn reason(key: &str) -> String {
    let (kind, value) = key.split_once(':').unwrap_or(("", key));
    let what = match kind {
        "e" => "same e-mail",
        "p" => "same phone",
        "d" => "same web address",
        _ => "same name",
    };
    format!("{what}: {value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_order_and_spelling_do_not_hide_a_duplicate() {
        assert_eq!(name_words("ACME Corporation"), name_words("Acme, Inc."));
        assert_eq!(name_words("Doe Jane"), name_words("Jane Doe"));
        assert_eq!(sound("smith"), sound("smyth"));
        assert_eq!(sound("philips"), sound("phillips"));
        assert_ne!(sound("miller"), sound("smith"));
    }

    #[test]
    fn a_similar_name_alone_is_told_and_a_different_one_is_not() {
        let similar = judge(Uuid::nil(), "Jon Smith", "John Smith".into(), &["z:sm".into()]).unwrap();
        assert_eq!(similar.reasons, ["similar name"]);
        assert_eq!(judge(Uuid::nil(), "Mary Jones", "John Smith".into(), &["z:sm".into()]), None);
    }
}
