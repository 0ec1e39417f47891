//! A person allows a program something; the program gets a code, and for the code tokens (RFC 6749, section 4.1, with
//! PKCE, RFC 7636).

use super::consent::remember;
use super::refusal::Refusal;
use super::registration::{Registration, later};
use super::token::{Family, Tokens, issue, revoke_family};
use super::told::{event, tell};
use crate::TenantId;
use crate::actor::{Actor, Principal, Surface};
use crate::crm::Crm;
use crate::db::{Scope, Sql, Tx};
use crate::error::{Error, Result};
use crate::identity::token;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use url::Url;
use uuid::Uuid;

/// How long a program has to fetch its tokens.
const CODE_LASTS: SignedDuration = SignedDuration::from_secs(60);

/// What a person allows a program.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// The program.
    pub client: Registration,
    /// What it may do.
    pub scopes: Vec<String>,
    /// With what.
    pub resource: String,
    /// Where it is answered.
    pub redirect_uri: String,
    /// The hash of the secret that it will show with the code.
    pub challenge: String,
}

/// A program that comes with a code.
#[derive(Clone)]
pub struct Redemption<'a> {
    /// Who it says it is.
    pub client_id: &'a str,
    /// Its code.
    pub code: &'a str,
    /// Where it was answered.
    pub redirect_uri: &'a str,
    /// The secret whose hash it had sent.
    pub verifier: &'a str,
    /// What the token is to be for, if it says so.
    pub resource: Option<&'a str>,
}

impl Crm {
    /// The person allows a program something: its code. None if the company has blocked the program.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the actor is a person who is signed in.
    pub async fn allow_client(&self, actor: &Actor, allowance: &Allowance) -> Result<Option<String>> {
        let user = person(actor)?;
        let (code, now) = (token::new("pc_"), self.now());
        let (hash, until) = (token::hash(&code), later(now, CODE_LASTS)?);
        let (author, given) = (actor.clone(), allowance.clone());
        let allowed = self
            .db()
            .transact(actor.tenant(), move |tx| {
                let (author, given, hash) = (author.clone(), given.clone(), hash.clone());
                async move {
                    let Some(client) = known_client(tx, author.tenant(), &given.client, now).await? else {
                        return Ok(false);
                    };
                    remember(tx, author.tenant(), client, user, &given.scopes, now).await?;
                    let begun = Sql::fixed(
                        "insert into oauth_grant (tenant_id, id, client, user_id, scopes, resource, code_hash, code_expires_at, \
                         redirect_uri, challenge, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        [
                            author.tenant().into(),
                            Uuid::now_v7().into(),
                            client.into(),
                            user.into(),
                            json!(given.scopes).into(),
                            given.resource.as_str().into(),
                            hash.as_str().into(),
                            until.into(),
                            given.redirect_uri.as_str().into(),
                            given.challenge.as_str().into(),
                            now.into(),
                        ],
                    );
                    tx.execute(begun).await?;
                    let told = event("client_allowed", user, &given.client.metadata.client_name, &given.scopes);
                    tell(tx, &author, now, told).await?;
                    Ok(true)
                }
                .boxed()
            })
            .await?;
        if !allowed {
            return Ok(None);
        }
        self.registration_used(&allowance.client.client_id).await?;
        self.hint(actor.tenant());
        Ok(Some(code))
    }

    /// The person allows a program nothing.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the actor is a person who is signed in.
    pub async fn refuse_client(&self, actor: &Actor, client: &Registration, scopes: &[String]) -> Result<()> {
        let told = event("client_refused", person(actor)?, &client.metadata.client_name, scopes);
        self.tell_alone(actor, told).await
    }

    /// The tokens for a code. A code that comes a second time was stolen, before or now: its family ends.
    ///
    /// # Errors
    /// [`Refusal::Grant`] unless everything is right; [`Refusal::Target`].
    pub async fn redeem_code(&self, redemption: &Redemption<'_>) -> Result<Tokens, Refusal> {
        let found = self.grant_of_code(redemption.code).await?.ok_or(Refusal::Grant)?;
        let fits = found.client_id == redemption.client_id
            && found.redirect_uri == redemption.redirect_uri
            && proves(redemption.verifier, &found.challenge);
        if !fits || found.expires_at <= self.now() && !found.used {
            return Err(Refusal::Grant);
        }
        if redemption.resource.is_some_and(|wanted| wanted != found.family.resource) {
            return Err(Refusal::Target);
        }
        let family = found.family;
        let author = self.delegate_of(&family).await?;
        let now = self.now();
        let tenant = family.tenant;
        let issued = self
            .db()
            .transact(tenant, move |tx| {
                let (family, author) = (family.clone(), author.clone());
                async move {
                    let used = Sql::fixed(
                        "update oauth_grant set code_used_at = ? where tenant_id = ? and id = ? and code_used_at is null \
                         and revoked_at is null",
                        [now.into(), family.tenant.into(), family.id.into()],
                    );
                    if tx.execute(used).await? == 0 {
                        revoke_family(tx, &author, &family, now, "client_code_reused").await?;
                        return Ok(None);
                    }
                    let tokens = issue(tx, &family, &family.scopes, now).await?;
                    tell(tx, &author, now, event("client_connected", family.user, &family.client_name, &family.scopes)).await?;
                    Ok(Some(tokens))
                }
                .boxed()
            })
            .await?;
        self.hint(tenant);
        issued.ok_or(Refusal::Grant)
    }

    async fn grant_of_code(&self, code: &str) -> Result<Option<Begun>> {
        let mut sql = Sql::new(format!(
            "select {}, g.redirect_uri, g.challenge, g.code_expires_at, g.code_used_at, c.client_id from oauth_grant g \
             join oauth_client c on c.tenant_id = g.tenant_id and c.id = g.client where c.blocked_at is null and g.code_hash = ",
            Family::COLUMNS
        ));
        sql.bind(token::hash(code));
        let Some(row) = self.db().row(Scope::System, sql).await? else { return Ok(None) };
        let after = Family::WIDTH;
        Ok(Some(Begun {
            family: Family::read(&row)?,
            redirect_uri: row.string(after)?,
            challenge: row.string(after + 1)?,
            expires_at: row.instant(after + 2)?.unwrap_or(Timestamp::MIN),
            used: row.instant(after + 3)?.is_some(),
            client_id: row.string(after + 4)?,
        }))
    }

    /// The program of a family at work for its person, who must still be there.
    pub(super) async fn delegate_of(&self, family: &Family) -> Result<Actor, Refusal> {
        let revision = self.revision(family.tenant).await?;
        match self.delegate(family.tenant, revision, family.user, family.client, Surface::Mcp).await {
            Err(Error::Unauthenticated(_)) => Err(Refusal::Grant),
            other => Ok(other?),
        }
    }
}

/// A grant whose code is asked for.
struct Begun {
    family: Family,
    client_id: String,
    redirect_uri: String,
    challenge: String,
    expires_at: Timestamp,
    used: bool,
}

/// Whether a secret is the one whose hash was sent before (RFC 7636, section 4.6, S256).
fn proves(verifier: &str, challenge: &str) -> bool {
    let unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let well_formed = (43..=128).contains(&verifier.len()) && verifier.chars().all(unreserved);
    well_formed && bool::from(hash.as_bytes().ct_eq(challenge.as_bytes()))
}

/// The signed-in person. A program cannot let another one in.
pub(super) fn person(actor: &Actor) -> Result<Uuid> {
    match *actor.who() {
        Principal::User { id } => Ok(id),
        _ => {
            Err(Error::Forbidden { verb: "let".into(), what: "a program in unless you are signed in yourself".into() })
        }
    }
}

/// The program as the company knows it, from now on at the latest; none if it is blocked.
async fn known_client(tx: &mut Tx, tenant: TenantId, client: &Registration, now: Timestamp) -> Result<Option<Uuid>> {
    let host =
        client.metadata.redirect_uris.first().and_then(|first| Url::parse(first).ok()?.host_str().map(str::to_owned));
    let sql = Sql::fixed(
        "insert into oauth_client (tenant_id, id, client_id, kind, name, host, scopes, created_at) values (?, ?, ?, ?, ?, ?, ?, ?) \
         on conflict (tenant_id, client_id) do update set name = excluded.name, host = excluded.host returning id, blocked_at",
        [
            tenant.into(),
            Uuid::now_v7().into(),
            client.client_id.as_str().into(),
            if client.document { "document" } else { "dynamic" }.into(),
            client.metadata.client_name.as_str().into(),
            host.unwrap_or_default().into(),
            json!([]).into(),
            now.into(),
        ],
    );
    let row = tx.row(sql).await?.ok_or_else(|| Error::internal("a client that was written is not there"))?;
    Ok(if row.instant(1)?.is_some() { None } else { Some(row.id(0)?) })
}

#[cfg(test)]
mod tests {
    use super::proves;

    #[test]
    fn the_example_of_the_rfc_proves_itself() {
        let (verifier, challenge) =
            ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(proves(verifier, challenge));
        assert!(!proves(&verifier.replace('d', "e"), challenge));
        assert!(!proves(challenge, challenge), "the hash is not the secret");
        assert!(!proves("short", "short"));
    }
}
