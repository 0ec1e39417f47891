//! How programs introduce themselves, before anybody has allowed them anything.

use super::metadata::ClientMetadata;
use crate::crm::Crm;
use crate::db::{Row, Scope, Sql};
use crate::error::{Error, Result};
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

/// A program that has introduced itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// By which it is known: what it was given, or the address of its document.
    pub client_id: String,
    /// What it says of itself.
    pub metadata: ClientMetadata,
    /// Whether a document at its id says so: then the owner of that address vouches for it.
    pub document: bool,
    /// Since when.
    pub registered_at: Timestamp,
}

/// How long a registration that nobody used is kept.
const UNUSED_KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

impl Crm {
    /// Registers a program that introduces itself (RFC 7591).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn register_client(&self, metadata: ClientMetadata) -> Result<Registration> {
        let (client_id, registered_at) = (format!("client_{}", Uuid::new_v4().simple()), self.now());
        let registration = Registration { client_id, metadata, document: false, registered_at };
        self.keep_registration(&registration, None).await?;
        tracing::info!(client = %registration.client_id, name = %registration.metadata.client_name, "client registered");
        Ok(registration)
    }

    /// Keeps what a program's document says, for as long as it may be believed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep_document(
        &self,
        address: &str,
        metadata: ClientMetadata,
        good_for: SignedDuration,
    ) -> Result<Registration> {
        let (client_id, now) = (address.to_owned(), self.now());
        let registration = Registration { client_id, metadata, document: true, registered_at: now };
        self.keep_registration(&registration, Some(later(now, good_for)?)).await?;
        Ok(registration)
    }

    async fn keep_registration(&self, registration: &Registration, good_until: Option<Timestamp>) -> Result<()> {
        let sql = Sql::fixed(
            "insert into oauth_registration (client_id, kind, metadata, registered_at, good_until) values (?, ?, ?, ?, ?) \
             on conflict (client_id) do update set metadata = excluded.metadata, good_until = excluded.good_until",
            [
                registration.client_id.as_str().into(),
                if registration.document { "document" } else { "dynamic" }.into(),
                json!(registration.metadata).into(),
                registration.registered_at.into(),
                good_until.into(),
            ],
        );
        self.alone(Scope::System, sql).await
    }

    /// The program that has introduced itself by this id. A document that was read too long ago is not known any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn registration(&self, client_id: &str) -> Result<Option<Registration>> {
        let sql = Sql::fixed(
            "select client_id, kind, metadata, registered_at, good_until from oauth_registration where client_id = ?",
            [client_id.into()],
        );
        let Some(row) = self.db().row(Scope::System, sql).await? else { return Ok(None) };
        if row.instant(4)?.is_some_and(|until| until <= self.now()) { Ok(None) } else { decode(&row).map(Some) }
    }

    /// Remembers that somebody has used a registration: those that nobody ever used are forgotten.
    pub(super) async fn registration_used(&self, client_id: &str) -> Result<()> {
        let sql = Sql::fixed(
            "update oauth_registration set used_at = ? where client_id = ?",
            [self.now().into(), client_id.into()],
        );
        self.alone(Scope::System, sql).await
    }

    /// Forgets registrations that nobody used, and tokens and codes that are long over, calls of long ago. For an hourly timer.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tidy_clients(&self) -> Result<()> {
        let now = self.now();
        let unused = now.checked_sub(UNUSED_KEPT).unwrap_or(now);
        let yesterday = now.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now);
        self.alone(
            Scope::System,
            Sql::fixed("delete from oauth_registration where used_at is null and registered_at < ?", [unused.into()]),
        )
        .await?;
        self.alone(Scope::System, Sql::fixed("delete from oauth_token where expires_at < ?", [yesterday.into()]))
            .await?;
        let over = Sql::fixed(
            "delete from oauth_grant where created_at < ? and not exists (select 1 from oauth_token t \
             where t.tenant_id = oauth_grant.tenant_id and t.grant_id = oauth_grant.id)",
            [yesterday.into()],
        );
        self.alone(Scope::System, over).await?;
        self.forget_calls().await
    }

    /// Carries out one statement.
    pub(super) async fn alone(&self, scope: impl Into<Scope>, sql: Sql) -> Result<()> {
        self.db()
            .transact(scope, move |tx| {
                let sql = sql.clone();
                async move { tx.execute(sql).await.map(drop) }.boxed()
            })
            .await
    }
}

fn decode(row: &Row) -> Result<Registration> {
    let metadata = serde_json::from_value(row.json(2)?.unwrap_or_default());
    Ok(Registration {
        client_id: row.string(0)?,
        document: row.string(1)? == "document",
        metadata: metadata.map_err(|error| Error::internal(error.to_string()))?,
        registered_at: row.instant(3)?.unwrap_or_default(),
    })
}

/// An instant that is so much later.
pub(super) fn later(now: Timestamp, by: SignedDuration) -> Result<Timestamp> {
    now.checked_add(by).map_err(|error| Error::internal(error.to_string()))
}
