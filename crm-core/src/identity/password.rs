//! Passwords: policy, hashing (argon2id), changing.

use super::throttle;
use crate::access::Verb;
use crate::actor::{Actor, Principal};
use crate::crm::Crm;
use crate::db::{Sql, Tx};
use crate::error::{Error, FieldError, Result};
use crate::event::{NewEvent, Together, append};
use argon2::password_hash::{PasswordHash, SaltString, rand_core::OsRng};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use futures_util::FutureExt;
use serde_json::Map;
use std::collections::HashSet;
use std::sync::LazyLock;
use uuid::Uuid;

const SHORTEST: usize = 10;
const LONGEST: usize = 200;
/// How much of a password must be more than the person's own name.
const OWN_PART: usize = 6;

/// The passwords that leak lists name first, ten characters or longer, folded.
static BREACHED: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("breached_passwords.txt").lines().collect());

/// 19 MiB, two passes: the least that OWASP's password storage cheat sheet asks of argon2id.
fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// Refuses a password that is too short, leaked, or the person's own name or address.
fn check(password: &str, personal: &[&str]) -> Result<(), FieldError> {
    let refuse = |message: &str, hint: &str| Err(FieldError::new("password", "weak_password", message).hint(hint));
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return refuse(
            &format!("A password has {SHORTEST} to {LONGEST} characters; this one has {length}."),
            "Four random words make a good password.",
        );
    }
    let folded = crate::text::fold(password);
    let core: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    let distinct = folded.chars().collect::<HashSet<_>>().len();
    if BREACHED.contains(folded.as_str()) || BREACHED.contains(core.as_str()) || distinct < 4 {
        return refuse(
            "This password is on the lists that attackers try first.",
            "Four random words make a good password.",
        );
    }
    let parts = personal.iter().flat_map(|text| text.split(['@', '.', ' '])).filter(|part| part.chars().count() >= 3);
    let rest = parts.fold(core.clone(), |rest, part| rest.replace(&crate::text::fold(part), ""));
    if rest != core && rest.chars().count() < OWN_PART {
        return refuse(
            "The password is too close to the name or e-mail address.",
            "Four random words make a good password.",
        );
    }
    Ok(())
}

/// Hashing takes tens of milliseconds on purpose: off the async threads.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::internal(error.to_string()))?
}

async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    blocking(move || {
        let salt = SaltString::generate(&mut OsRng);
        let hashed = hasher().hash_password(password.as_bytes(), &salt);
        hashed.map(|hash| hash.to_string()).map_err(|error| Error::internal(error.to_string()))
    })
    .await
}

/// Whether the password is the one that `stored` is of. Without a stored one the same time passes.
pub(super) async fn verify(password: &str, stored: Option<String>) -> Result<bool> {
    static NOBODY: LazyLock<String> = LazyLock::new(|| {
        let salt = SaltString::generate(&mut OsRng);
        hasher().hash_password(b"nobody's password", &salt).map(|hash| hash.to_string()).unwrap_or_default()
    });
    let password = password.to_owned();
    blocking(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let parsed = PasswordHash::new(&stored).map_err(|error| Error::internal(error.to_string()))?;
        Ok(hasher().verify_password(password.as_bytes(), &parsed).is_ok() && known)
    })
    .await
}

pub(super) async fn store(tx: &mut Tx, actor: &Actor, now: jiff::Timestamp, user: Uuid, hash: &str) -> Result<()> {
    let sql = Sql::fixed(
        "insert into credential (tenant_id, user_id, password_hash, changed_at) values (?, ?, ?, ?) \
         on conflict (tenant_id, user_id) do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at",
        [actor.tenant().into(), user.into(), hash.into(), now.into()],
    );
    tx.execute(sql).await.map(drop)
}

impl Crm {
    /// Sets a colleague's password and ends their sessions.
    ///
    /// # Errors
    /// When the actor may not configure users, or the password is weak.
    pub async fn set_password(&self, actor: &Actor, user: Uuid, new: &str) -> Result<()> {
        if !actor.rights().may(Verb::Configure, "user") {
            return Err(Error::Forbidden { verb: "set the password of".into(), what: "other users".into() });
        }
        self.store_password(actor, user, new, None).await
    }

    /// Changes one's own password; ends all other sessions.
    ///
    /// # Errors
    /// When the present password is wrong (counted as a failed sign-in), or the new one is weak.
    pub async fn change_password(&self, actor: &Actor, current: &str, new: &str, keep_session: Uuid) -> Result<()> {
        let Principal::User { id } = *actor.who() else {
            return Err(Error::Forbidden { verb: "change".into(), what: "a password through a key".into() });
        };
        let account = throttle::account(actor.tenant(), id);
        throttle::refuse_blocked(self, &[&account]).await?;
        let sql = Sql::fixed(
            "select password_hash from credential where tenant_id = ? and user_id = ?",
            [actor.tenant().into(), id.into()],
        );
        let stored = self.db().row(actor.tenant(), sql).await?.map(|row| row.string(0)).transpose()?;
        if !verify(current, stored).await? {
            throttle::failed(self, &[&account]).await?;
            return Err(Error::field("current", "wrong_password", "This is not your present password."));
        }
        self.store_password(actor, id, new, Some(keep_session)).await
    }

    async fn store_password(&self, actor: &Actor, user: Uuid, new: &str, keep_session: Option<Uuid>) -> Result<()> {
        let record = self.get(actor, "user", user).await?;
        check(new, &[record.name(), record.get("email").as_text().unwrap_or_default()])?;
        let (hash, author, now, name) = (hash(new).await?, actor.clone(), self.now(), record.name().to_owned());
        let version = record.version;
        self.db()
            .transact(actor.tenant(), move |tx| {
                let (hash, author, name) = (hash.clone(), author.clone(), name.clone());
                async move {
                    store(tx, &author, now, user, &hash).await?;
                    let keep = keep_session.unwrap_or_else(Uuid::nil);
                    let ended = Sql::fixed(
                        "delete from session where tenant_id = ? and user_id = ? and id <> ?",
                        [author.tenant().into(), user.into(), keep.into()],
                    );
                    tx.execute(ended).await?;
                    let event = NewEvent {
                        kind: "password_changed",
                        object: "user".into(),
                        record_id: user,
                        record_name: name,
                        version,
                        changes: Map::new(),
                    };
                    append(tx, &author, now, Together::default(), vec![event]).await.map(drop)
                }
                .boxed()
            })
            .await?;
        self.hint(actor.tenant());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused_and_long_ones_taken() {
        for weak in ["short", "password123", "aaaaaaaaaaaa", "1234567890", "janedoe2024"] {
            assert!(check(weak, &["Jane Doe", "jane.doe@acme.example"]).is_err(), "{weak}");
        }
        assert!(check("violet lantern crossing 88", &["Jane Doe"]).is_ok());
    }
}
