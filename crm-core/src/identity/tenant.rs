//! Tenants: the companies that share an installation.

use crate::TenantId;
use crate::access::{BUILT_IN_ROLES, built_in_grants};
use crate::actor::{Actor, Surface};
use crate::crm::Crm;
use crate::db::{Row, Scope, Sql, Tx};
use crate::error::{Error, FieldError, Result};
use crate::money::Currency;
use crate::record::{Command, Writing};
use futures_util::FutureExt;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

/// A company that uses this installation.
#[derive(Debug, Clone, Serialize)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Its short name in addresses and on the command line.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The currency of amounts that name none.
    pub currency: String,
    /// The language of people who choose none.
    pub language: String,
    /// The time zone of people who choose none.
    pub time_zone: String,
    /// `monday`, `sunday` or `saturday`.
    pub week_start: String,
}

/// A tenant to be made.
#[derive(Debug, Clone, Deserialize)]
pub struct NewTenant {
    /// Its short name: small letters, digits and hyphens.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// An ISO 4217 code.
    #[serde(default = "usd")]
    pub currency: String,
    /// A language code.
    #[serde(default = "english")]
    pub language: String,
    /// An IANA time zone.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// `monday`, `sunday` or `saturday`.
    #[serde(default = "monday")]
    pub week_start: String,
}

fn usd() -> String {
    "USD".into()
}
fn english() -> String {
    "en".into()
}
fn utc() -> String {
    "UTC".into()
}
fn monday() -> String {
    "monday".into()
}

impl NewTenant {
    /// A tenant with the usual settings.
    pub fn named(slug: &str, name: &str) -> Self {
        Self {
            slug: slug.into(),
            name: name.into(),
            currency: usd(),
            language: english(),
            time_zone: utc(),
            week_start: monday(),
        }
    }

    fn check(&self) -> Result<()> {
        let mut errors = Vec::new();
        let slug_is_good = (2..=40).contains(&self.slug.len())
            && self.slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !self.slug.starts_with('-');
        let mut refuse = |field: &str, value: &str, message: &str| {
            errors.push(FieldError::new(field, "invalid", message).value(&json!(value)));
        };
        if !slug_is_good {
            refuse("slug", &self.slug, "The short name has 2 to 40 small letters, digits and hyphens.");
        }
        if self.name.trim().is_empty() || self.name.chars().count() > 200 {
            refuse("name", &self.name, "The name has 1 to 200 characters.");
        }
        if Currency::parse(&self.currency).is_none() {
            refuse("currency", &self.currency, "The currency is an ISO 4217 code such as USD.");
        }
        if TimeZone::get(&self.time_zone).is_err() {
            refuse("time_zone", &self.time_zone, "The time zone is an IANA name such as Europe/Berlin.");
        }
        if !matches!(self.week_start.as_str(), "monday" | "sunday" | "saturday") {
            refuse("week_start", &self.week_start, "The week starts on monday, sunday or saturday.");
        }
        if !(2..=8).contains(&self.language.len()) {
            refuse("language", &self.language, "The language is a code such as en.");
        }
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }
}

const COLUMNS: &str = "select id, slug, name, currency, language, time_zone, week_start from tenant";

fn decode(row: &Row) -> Result<Tenant> {
    Ok(Tenant {
        id: TenantId(row.id(0)?),
        slug: row.string(1)?,
        name: row.string(2)?,
        currency: row.string(3)?,
        language: row.string(4)?,
        time_zone: row.string(5)?,
        week_start: row.string(6)?,
    })
}

impl Crm {
    /// Makes a tenant with its built-in roles and a first pipeline.
    ///
    /// # Errors
    /// When a setting is not valid, or the short name is taken.
    pub async fn create_tenant(&self, new: NewTenant) -> Result<Tenant> {
        new.check()?;
        let taken = Sql::fixed("select 1 from tenant where slug = ?", [new.slug.as_str().into()]);
        if self.db().row(Scope::System, taken).await?.is_some() {
            return Err(Error::field("slug", "not_unique", format!("There is already a tenant `{}`.", new.slug)));
        }
        let (id, now) = (TenantId(Uuid::now_v7()), self.now());
        let made = new.clone();
        self.db()
            .transact(Scope::System, move |tx| {
                let new = made.clone();
                async move { insert(tx, id, now, &new).await }.boxed()
            })
            .await?;
        let product = self.product(id, "set-up", Surface::System).await?;
        self.furnish(&product).await?;
        self.tenant(Some(&new.slug)).await
    }

    /// What a tenant starts with.
    async fn furnish(&self, product: &Actor) -> Result<()> {
        let (author, now) = (product.clone(), self.now());
        self.db()
            .transact(product.tenant(), move |tx| {
                let author = author.clone();
                async move {
                    let mut writing = Writing::new(tx, &author, now);
                    roles(&mut writing).await?;
                    pipeline(&mut writing).await?;
                    writing.finish().await.map(drop)
                }
                .boxed()
            })
            .await
    }

    /// Every tenant, by short name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tenants(&self) -> Result<Vec<Tenant>> {
        let rows = self.db().rows(Scope::System, Sql::new(format!("{COLUMNS} order by slug limit 10000"))).await?;
        rows.iter().map(decode).collect()
    }

    /// The tenant of this short name; without a name the only one there is.
    ///
    /// # Errors
    /// When there is none, or several and no name.
    pub async fn tenant(&self, slug: Option<&str>) -> Result<Tenant> {
        let mut sql = Sql::new(COLUMNS);
        if let Some(slug) = slug {
            sql.text(" where slug = ").bind(slug);
        }
        sql.text(" order by slug limit 2");
        let rows = self.db().rows(Scope::System, sql).await?;
        match (rows.as_slice(), slug) {
            ([one], _) => decode(one),
            ([], Some(slug)) => Err(Error::not_found(format!("The tenant `{slug}`"))),
            ([], None) => Err(Error::not_found("A tenant")),
            _ => Err(Error::Malformed("There are several tenants; say which one is meant.".into())),
        }
    }

    pub(crate) async fn tenant_by_id(&self, id: TenantId) -> Result<Tenant> {
        let mut sql = Sql::new(format!("{COLUMNS} where id = "));
        sql.bind(id);
        decode(&self.db().row(Scope::System, sql).await?.ok_or_else(|| Error::not_found("The tenant"))?)
    }

    /// Whether nobody can sign in yet: the first-run set-up is open.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_up_needed(&self) -> Result<bool> {
        Ok(self.db().row(Scope::System, Sql::new("select 1 as one from credential limit 1")).await?.is_none())
    }

    /// The first run: makes the company and its administrator. Only while [`Crm::set_up_needed`].
    ///
    /// # Errors
    /// [`Error::Conflict`] when somebody was set up before; errors of the fields.
    pub async fn set_up(&self, new: NewTenant, name: &str, email: &str, password: &str) -> Result<Tenant> {
        if !self.set_up_needed().await? {
            return Err(Error::Conflict("This installation is set up already. Sign in instead.".into()));
        }
        let tenant = match self.tenant(None).await {
            Ok(tenant) => tenant,
            Err(_) => self.create_tenant(new).await?,
        };
        let product = self.product(tenant.id, "set-up", Surface::System).await?;
        let user = self.create_user(&product, name, email, &["admin"]).await?;
        if let Err(error) = self.set_password(&product, user, password).await {
            // Without a password nobody could come in: the set-up is tried again as if nothing had been.
            self.write(&product, Command::Delete { object: "user".into(), id: user, version: None }).await?;
            return Err(error);
        }
        Ok(tenant)
    }

    /// Makes a user with built-in or own roles, by name.
    ///
    /// # Errors
    /// Errors of the fields.
    pub async fn create_user(&self, actor: &Actor, name: &str, email: &str, roles: &[&str]) -> Result<Uuid> {
        let roles: Vec<Json> = roles.iter().map(|role| json!({"name": role})).collect();
        let values = Map::from_iter([
            ("name".into(), json!(name)),
            ("email".into(), json!(email)),
            ("role_ids".into(), json!(roles)),
        ]);
        Ok(self.write(actor, Command::Create { object: "user".into(), values }).await?.id)
    }
}

async fn insert(tx: &mut Tx, id: TenantId, now: Timestamp, new: &NewTenant) -> Result<()> {
    let row = Sql::fixed(
        "insert into tenant (id, slug, name, currency, language, time_zone, week_start, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            id.into(),
            new.slug.as_str().into(),
            new.name.trim().into(),
            new.currency.to_ascii_uppercase().into(),
            new.language.as_str().into(),
            new.time_zone.as_str().into(),
            new.week_start.as_str().into(),
            now.into(),
        ],
    );
    tx.execute(row).await?;
    tx.execute(Sql::fixed("insert into tenant_log (tenant_id) values (?)", [id.into()])).await.map(drop)
}

async fn roles(writing: &mut Writing<'_>) -> Result<()> {
    let object = writing.object("role")?;
    for (name, description) in BUILT_IN_ROLES {
        let grants = serde_json::to_value(built_in_grants(name)).map_err(|error| Error::internal(error.to_string()))?;
        let values = json!({"name": name, "description": description, "grants": grants, "built_in": true});
        let Json::Object(values) = values else { continue };
        writing.create_unchecked(&object, &values, true).await?;
    }
    Ok(())
}

/// (name, probability, outcome, forecast category)
const STAGES: [(&str, i64, &str, &str); 6] = [
    ("Qualification", 10, "open", "pipeline"),
    ("Needs analysis", 25, "open", "pipeline"),
    ("Proposal", 50, "open", "best_case"),
    ("Negotiation", 75, "open", "commit"),
    ("Won", 100, "won", "closed"),
    ("Lost", 0, "lost", "omitted"),
];

async fn pipeline(writing: &mut Writing<'_>) -> Result<()> {
    let Json::Object(values) = json!({"name": "Sales", "is_default": true}) else { return Ok(()) };
    let pipeline = writing.create("pipeline", &values).await?.id;
    for (position, (name, probability, outcome, forecast)) in STAGES.into_iter().enumerate() {
        let values = json!({
            "name": name, "pipeline_id": pipeline, "position": position, "probability": probability,
            "outcome": outcome, "forecast_category": forecast,
        });
        let Json::Object(values) = values else { continue };
        writing.create("stage", &values).await?;
    }
    Ok(())
}
