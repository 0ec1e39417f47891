//! Programs that administrators make: servers that come with a secret and without a person at them, for one person
//! (RFC 6749, section 4.4).

use super::client::administrator;
use super::code::person;
use super::refusal::Refusal;
use super::scopes;
use super::token::{Family, Tokens, issue_access};
use super::told::{event, tell};
use crate::TenantId;
use crate::actor::{Actor, Surface};
use crate::crm::Crm;
use crate::db::{Row, Scope, Sql};
use crate::error::{Error, FieldError, Result};
use crate::identity::{throttle, token};
use futures_util::FutureExt;
use serde_json::json;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// A program to be.
#[derive(Debug, Clone)]
pub struct NewProgram {
    /// What it is called.
    pub name: String,
    /// For whom it acts.
    pub user: Uuid,
    /// What it may do at most.
    pub scopes: Vec<String>,
}

/// How a program shows who it is; the secret is shown this once.
#[derive(Clone)]
pub struct ProgramSecret {
    /// Its id in the company.
    pub id: Uuid,
    /// By which it is known.
    pub client_id: String,
    /// Its secret.
    pub secret: String,
}

/// A program as it stands in its row.
struct Stored {
    tenant: TenantId,
    id: Uuid,
    name: String,
    secret_hash: String,
    user: Uuid,
    scopes: Vec<String>,
}

impl Stored {
    fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            tenant: TenantId(row.id(0)?),
            id: row.id(1)?,
            name: row.string(2)?,
            secret_hash: row.string(3)?,
            user: row.id(4)?,
            scopes: scopes(row.json(5)?),
        })
    }
}

impl Crm {
    /// Makes a program that acts for a person.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the actor is signed in and may configure users; errors of the fields.
    pub async fn make_program(&self, actor: &Actor, new: &NewProgram) -> Result<ProgramSecret> {
        administrator(actor)?;
        let by = person(actor)?;
        let name = new.name.trim();
        if name.is_empty() || name.chars().count() > 80 {
            let error = FieldError::new("name", "required", "A program needs a name of 1 to 80 characters.");
            return Err(error.value(&json!(new.name)).into());
        }
        if new.scopes.is_empty() {
            return Err(FieldError::new("scopes", "required", "A program needs at least one scope.").into());
        }
        if self.actor_for_user(actor.tenant(), new.user, Surface::Mcp).await.is_err() {
            return Err(Error::field("user_id", "not_found", "This is no active user."));
        }
        let made = ProgramSecret {
            id: Uuid::now_v7(),
            client_id: format!("program_{}", Uuid::new_v4().simple()),
            secret: token::new("px_"),
        };
        let row = Sql::fixed(
            "insert into oauth_client (tenant_id, id, client_id, kind, name, host, secret_hash, user_id, scopes, created_at, created_by) \
             values (?, ?, ?, 'program', ?, '', ?, ?, ?, ?, ?)",
            [
                actor.tenant().into(),
                made.id.into(),
                made.client_id.as_str().into(),
                name.into(),
                token::hash(&made.secret).into(),
                new.user.into(),
                json!(new.scopes).into(),
                self.now().into(),
                by.into(),
            ],
        );
        let (author, now, told) = (actor.clone(), self.now(), event("client_made", new.user, name, &new.scopes));
        self.db()
            .transact(actor.tenant(), move |tx| {
                let (author, row, told) = (author.clone(), row.clone(), told.clone());
                async move {
                    tx.execute(row).await?;
                    tell(tx, &author, now, told).await
                }
                .boxed()
            })
            .await?;
        self.hint(actor.tenant());
        Ok(made)
    }

    /// A token for a program that shows its secret. `address` is where the request comes from: who guesses secrets is
    /// slowed down.
    ///
    /// # Errors
    /// [`Refusal::Client`] unless the secret is right; [`Refusal::Scope`].
    pub async fn program_token(
        &self,
        client_id: &str,
        secret: &str,
        wanted: Option<&[String]>,
        resource: &str,
        address: &str,
    ) -> Result<Tokens, Refusal> {
        let address = throttle::address(address);
        throttle::refuse_blocked(self, &[&address]).await?;
        let program = self.program(client_id).await?;
        let right = |program: &Stored| bool::from(token::hash(secret).as_bytes().ct_eq(program.secret_hash.as_bytes()));
        let Some(program) = program.filter(right) else {
            throttle::failed(self, &[&address]).await?;
            return Err(Refusal::Client);
        };
        let wanted = wanted.map_or_else(|| program.scopes.clone(), <[String]>::to_vec);
        if wanted.is_empty() || wanted.iter().any(|scope| !program.scopes.contains(scope)) {
            return Err(Refusal::Scope);
        }
        let family = Family {
            tenant: program.tenant,
            id: Uuid::now_v7(),
            client: program.id,
            client_name: program.name,
            user: program.user,
            scopes: wanted,
            resource: resource.to_owned(),
        };
        let author = self.delegate_of(&family).await.map_err(|refusal| match refusal {
            Refusal::Grant => Refusal::Client,
            other => other,
        })?;
        self.let_in(author, family).await
    }

    async fn let_in(&self, author: Actor, family: Family) -> Result<Tokens, Refusal> {
        let (tenant, now) = (family.tenant, self.now());
        let tokens = self
            .db()
            .transact(tenant, move |tx| {
                let (author, family) = (author.clone(), family.clone());
                let begun = Sql::fixed(
                    "insert into oauth_grant (tenant_id, id, client, user_id, scopes, resource, created_at) values (?, ?, ?, ?, ?, ?, ?)",
                    [
                        tenant.into(),
                        family.id.into(),
                        family.client.into(),
                        family.user.into(),
                        json!(family.scopes).into(),
                        family.resource.as_str().into(),
                        now.into(),
                    ],
                );
                async move {
                    tx.execute(begun).await?;
                    let tokens = issue_access(tx, &family, &family.scopes, now).await?;
                    tell(tx, &author, now, event("client_connected", family.user, &family.client_name, &family.scopes)).await?;
                    Ok(tokens)
                }
                .boxed()
            })
            .await?;
        self.hint(tenant);
        Ok(tokens)
    }

    async fn program(&self, client_id: &str) -> Result<Option<Stored>> {
        let sql = Sql::fixed(
            "select tenant_id, id, name, secret_hash, user_id, scopes from oauth_client \
             where client_id = ? and kind = 'program' and blocked_at is null",
            [client_id.into()],
        );
        self.db().row(Scope::System, sql).await?.map(|row| Stored::read(&row)).transpose()
    }
}
