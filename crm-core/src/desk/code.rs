//! One-time codes: a visitor of the chat proves that an address is theirs by the code that was sent to it.
//!
//! Six digits, good for [`GOOD_FOR`] and [`TRIES`]. Whatever a visitor with an open code says is looked at before it is
//! stored ([`look`]): the code never gets into the conversation. Codes are sent whether or not the address is a
//! customer's, so that nobody learns from them who is one.

use super::visitor::{ProvenIdentity, Visitor, proven_contact};
use crate::access::Verb;
use crate::db::{Bind, Row, Sql};
use crate::error::Result;
use crate::identity::token;
use crate::money::Currency;
use crate::record::Writing;
use crate::schema::ParseContext;
use crate::text;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::ops::Range;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// How long a code is good for.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(10);
/// How often it may be tried.
const TRIES: i64 = 3;
/// How many codes one visitor is sent in [`LATELY`], and one address.
const FOR_VISITOR: i64 = 3;
const FOR_ADDRESS: i64 = 5;
const LATELY: SignedDuration = SignedDuration::from_hours(1);
/// How long it is remembered that a code was sent.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
/// Nobody says more around a code, in characters.
const LONGEST: usize = 60;
/// What stands in the conversation in place of a code.
const HIDDEN: &str = "••••••";

/// The mail that brings a code.
#[derive(Debug, Clone)]
pub struct CodeMail {
    /// What it is about.
    pub subject: String,
    /// The text, with `{code}` where the code goes.
    pub body: String,
}

/// Whether a code was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeSent {
    /// It is on its way.
    Sent,
    /// The visitor, or somebody at this address, was sent too many lately.
    TooMany,
}

/// What a code that a visitor showed was worth. Kept with the message that brought it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum CodeShown {
    /// It is the code: the address is the visitor's.
    Right,
    /// It is not.
    Wrong {
        /// How often another one may be tried.
        left: i64,
    },
    /// The code is not good any more: it was tried too often, or is too old.
    Ended,
}

/// Sends a code to an address, unless too many were sent lately.
pub(super) async fn send(writing: &mut Writing<'_>, visitor: Uuid, address: &str, mail: &CodeMail) -> Result<CodeSent> {
    let (tenant, now, folded) = (writing.actor.tenant(), writing.now, text::fold(address));
    let before = |span: SignedDuration| now.checked_sub(span).unwrap_or(Timestamp::MIN);
    let to: [(&str, Bind, i64); 2] =
        [("visitor_id", visitor.into(), FOR_VISITOR), ("address_folded", folded.as_str().into(), FOR_ADDRESS)];
    for (whose, key, most) in to {
        let mut sql =
            Sql::fixed("select count(*) from visitor_code where tenant_id = ? and sent_at > ", [tenant.into()]);
        sql.bind(before(LATELY)).text(&format!(" and {whose} = "));
        let sent = writing.tx.row(sql.bind(key).clone()).await?.map_or(Ok(0), |row| row.int(0))?;
        if sent >= most {
            return Ok(CodeSent::TooMany);
        }
    }
    let forget = "delete from visitor_code where tenant_id = ? and address_folded = ? and sent_at < ?";
    let old = Sql::fixed(forget, [tenant.into(), folded.as_str().into(), before(REMEMBERED).into()]);
    writing.tx.execute(old).await?;
    let (id, code) = (crate::record::new_id(now), format!("{:06}", rand::rng().random_range(0..1_000_000)));
    let keep = Sql::fixed(
        "insert into visitor_code (tenant_id, id, visitor_id, address, address_folded, code_hash, tries, sent_at, expires_at) \
         values (?, ?, ?, ?, ?, ?, 0, ?, ?)",
        [
            tenant.into(),
            id.into(),
            visitor.into(),
            address.into(),
            folded.into(),
            hash(id, &code).into(),
            now.into(),
            now.checked_add(GOOD_FOR).unwrap_or(now).into(),
        ],
    );
    writing.tx.execute(keep).await?;
    // The mail is of no conversation: who reads the conversation's mail shall not read the code.
    let values = json!({
        "subject": mail.subject, "direction": "outbound", "status": "queued", "to_address": address,
        "body": mail.body.replace("{code}", &code),
    });
    let object = writing.object("email_message")?;
    writing.create_unchecked(&object, &super::conversation::map(values), true).await?;
    Ok(CodeSent::Sent)
}

/// What a visitor says, if it shows a code: with the code hidden, and what the code was worth. If it is the right one,
/// the visitor is known from now on.
pub(super) async fn look(
    writing: &mut Writing<'_>,
    visitor: &mut Visitor,
    said: &str,
) -> Result<Option<(String, CodeShown)>> {
    let Some((place, digits)) = code_in(said) else { return Ok(None) };
    let Some(open) = Open::of(writing, visitor.id).await? else { return Ok(None) };
    let (before, after) = (said.get(..place.start).unwrap_or_default(), said.get(place.end..).unwrap_or_default());
    let hidden = format!("{before}{HIDDEN}{after}");
    let shown = open.shown(writing, &digits).await?;
    if shown == CodeShown::Right && visitor.contact.is_none() {
        visitor.contact = Some(now_known(writing, visitor, &open.address).await?);
    }
    Ok(Some((hidden, shown)))
}

/// The contact whose address it is, or a new one, is who the visitor is.
async fn now_known(writing: &mut Writing<'_>, visitor: &Visitor, address: &str) -> Result<Uuid> {
    let who = ProvenIdentity { external_id: None, email: Some(address.to_owned()), name: visitor.name.clone() };
    let contact = proven_contact(writing, &who).await?;
    let object = writing.object("visitor")?;
    let found = writing.find(&object, visitor.id, Verb::Update).await?;
    let values = super::conversation::map(json!({"contact_id": contact, "given_email": address}));
    writing.update_unchecked(found, &values, true).await?;
    Ok(contact)
}

/// The last code that a visitor was sent, as long as it was not used.
struct Open {
    id: Uuid,
    address: String,
    code_hash: String,
    tries: i64,
    expires_at: Timestamp,
}

impl Open {
    async fn of(writing: &mut Writing<'_>, visitor: Uuid) -> Result<Option<Self>> {
        let lately = writing.now.checked_sub(LATELY).unwrap_or(Timestamp::MIN);
        let sql = Sql::fixed(
            "select id, address, code_hash, tries, expires_at, used_at from visitor_code \
             where tenant_id = ? and visitor_id = ? and sent_at > ? order by sent_at desc, id desc limit 1",
            [writing.actor.tenant().into(), visitor.into(), lately.into()],
        );
        let Some(row) = writing.tx.row(sql).await? else { return Ok(None) };
        if row.instant(5)?.is_some() { Ok(None) } else { Self::read(&row).map(Some) }
    }

    fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.id(0)?,
            address: row.string(1)?,
            code_hash: row.string(2)?,
            tries: row.int(3)?,
            expires_at: row.instant(4)?.unwrap_or(Timestamp::MIN),
        })
    }

    /// Counts a try.
    async fn shown(&self, writing: &mut Writing<'_>, digits: &str) -> Result<CodeShown> {
        if self.tries >= TRIES || self.expires_at <= writing.now {
            return Ok(CodeShown::Ended);
        }
        let right: bool = hash(self.id, digits).as_bytes().ct_eq(self.code_hash.as_bytes()).into();
        let used_at = right.then_some(writing.now);
        let sql = Sql::fixed(
            "update visitor_code set tries = tries + 1, used_at = ? where tenant_id = ? and id = ?",
            [used_at.into(), writing.actor.tenant().into(), self.id.into()],
        );
        writing.tx.execute(sql).await?;
        Ok(match TRIES - self.tries - 1 {
            _ if right => CodeShown::Right,
            0 => CodeShown::Ended,
            left => CodeShown::Wrong { left },
        })
    }
}

/// So short a secret can be found from its hash by trying: what keeps it is that it is good for ten minutes.
fn hash(id: Uuid, code: &str) -> String {
    token::hash(&format!("{id}:{code}"))
}

/// The first e-mail address in what somebody says.
pub fn address_in(said: &str) -> Option<String> {
    let field = crate::schema::email("email", "E-mail").0;
    let context = ParseContext { currency: Currency::parse("EUR")?, zone: &TimeZone::UTC, language: "en" };
    let words = said.split(|c: char| c.is_whitespace() || "<>,;:()[]\"".contains(c)).filter(|word| word.contains('@'));
    let trimmed = words.map(|word| word.trim_end_matches(['.', '!', '?', '\'']));
    let mut addresses = trimmed.filter_map(|word| field.parse_stored(&json!(word), &context).ok());
    addresses.find_map(|address| address.as_text().map(str::to_owned))
}

/// Whether what somebody says may show a code.
pub(super) fn may_be_in(said: &str) -> bool {
    code_in(said).is_some()
}

/// The six digits in a short text, with the place where they stand. People part digits by blanks and hyphens.
fn code_in(said: &str) -> Option<(Range<usize>, String)> {
    const DIGITS: usize = 6;
    if said.contains('@') || said.chars().count() > LONGEST {
        return None;
    }
    let (mut place, mut digits) = (0..0, String::new());
    // A letter more ends the last digits, too.
    for (at, c) in said.char_indices().chain([(said.len(), '.')]) {
        match c {
            c if c.is_ascii_digit() => {
                if digits.is_empty() {
                    place.start = at;
                }
                digits.push(c);
                place.end = at + 1;
            }
            ' ' | '-' | '\u{a0}' => {}
            _ if digits.len() == DIGITS => return Some((place, digits)),
            _ => digits.clear(),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{address_in, code_in};

    fn found(said: &str) -> Option<String> {
        code_in(said).map(|(_, digits)| digits)
    }

    #[test]
    fn a_code_is_found_as_people_write_it() {
        for said in ["123456", "123 456", "It is 123-456.", " 12 34 56 thanks", "code:123456"] {
            assert_eq!(found(said).as_deref(), Some("123456"), "{said}");
        }
    }

    #[test]
    fn other_numbers_are_no_code() {
        for said in ["12345", "1234567", "call 0171 123456", "jo123456@example.com", "T-1042", ""] {
            assert_eq!(found(said), None, "{said}");
        }
    }

    #[test]
    fn an_address_is_found_among_words() {
        let found = |said: &str| address_in(said);
        assert_eq!(found("It is Jo.Lee@Example.COM.").as_deref(), Some("Jo.Lee@example.com"));
        assert_eq!(found("mail: <jo@example.com>, thanks").as_deref(), Some("jo@example.com"));
        assert_eq!(found("jo@example"), None);
        assert_eq!(found("I have none"), None);
    }

    #[test]
    fn the_place_is_that_of_the_digits() {
        let said = "Günther: 123 456!";
        assert_eq!(&said[code_in(said).unwrap().0], "123 456");
    }
}
