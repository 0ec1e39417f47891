//! Making actors: a person's rights, teams and settings put together, and kept as long as the tenant's revision.

use super::tenant::Tenant;
use crate::TenantId;
use crate::access::{Grants, Rights, built_in_grants};
use crate::actor::{Actor, Principal, Surface};
use crate::crm::Crm;
use crate::db::Sql;
use crate::error::{Error, Result};
use crate::money::Currency;
use crate::schema::{Schema, load_custom};
use dashmap::DashMap;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// How many tenants' and users' rights a node remembers before it forgets all.
const REMEMBERED: usize = 10_000;

/// What a node remembers, each for one revision of its tenant.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    schemas: DashMap<TenantId, Arc<Schema>>,
    tenants: DashMap<(TenantId, i64), Arc<Tenant>>,
    people: DashMap<(TenantId, Uuid), (i64, Person)>,
}

/// What is known of a user.
#[derive(Debug, Clone)]
struct Person {
    rights: Arc<Rights>,
    language: Option<String>,
    zone: Option<TimeZone>,
}

impl Crm {
    /// The product itself at work for a tenant, with every right.
    ///
    /// # Errors
    /// When there is no such tenant.
    pub async fn product(&self, tenant: TenantId, name: &str, via: Surface) -> Result<Actor> {
        let who = Principal::System { name: name.to_owned() };
        self.other_at_work(tenant, who, via, Rights::everything()).await
    }

    /// A user at work.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] when the user is not active any more.
    pub async fn actor_for_user(&self, tenant: TenantId, user: Uuid, via: Surface) -> Result<Actor> {
        let revision = self.revision(tenant).await?;
        self.user_at_work(tenant, revision, user, via).await
    }

    /// A user at work, with the tenant's revision of this moment: whoever reads a credential reads it beside.
    pub(super) async fn user_at_work(
        &self,
        tenant: TenantId,
        revision: i64,
        user: Uuid,
        via: Surface,
    ) -> Result<Actor> {
        self.person_at_work(tenant, revision, user, Principal::User { id: user }, via).await
    }

    /// A program at work for a user; what limits it is added by whoever knows it.
    pub(super) async fn delegate(
        &self,
        tenant: TenantId,
        revision: i64,
        user: Uuid,
        client: Uuid,
        via: Surface,
    ) -> Result<Actor> {
        self.person_at_work(tenant, revision, user, Principal::Delegate { id: user, client }, via).await
    }

    async fn person_at_work(
        &self,
        tenant: TenantId,
        revision: i64,
        user: Uuid,
        who: Principal,
        via: Surface,
    ) -> Result<Actor> {
        let Person { rights, language, zone } = self.person(tenant, revision, user).await?;
        let actor = self.actor(tenant, revision, who, via, rights).await?;
        Ok(Actor { language: language.unwrap_or(actor.language), zone: zone.unwrap_or(actor.zone), ..actor })
    }

    /// Somebody who is not a colleague, at work in the tenant's own language and zone.
    async fn other_at_work(&self, tenant: TenantId, who: Principal, via: Surface, rights: Rights) -> Result<Actor> {
        let revision = self.revision(tenant).await?;
        self.actor(tenant, revision, who, via, Arc::new(rights)).await
    }

    /// A known customer.
    ///
    /// # Errors
    /// When there is no such tenant.
    pub async fn contact(&self, tenant: TenantId, contact: Uuid, via: Surface) -> Result<Actor> {
        let rights = Rights { customer: Some(contact), ..customer_rights() };
        self.other_at_work(tenant, Principal::Contact { id: contact }, via, rights).await
    }

    /// An unknown customer.
    ///
    /// # Errors
    /// When there is no such tenant.
    pub async fn visitor(&self, tenant: TenantId, visitor: Uuid, via: Surface) -> Result<Actor> {
        let rights = Rights { customer: Some(visitor), ..customer_rights() };
        self.other_at_work(tenant, Principal::Visitor { id: visitor }, via, rights).await
    }

    async fn actor(
        &self,
        tenant: TenantId,
        revision: i64,
        who: Principal,
        via: Surface,
        rights: Arc<Rights>,
    ) -> Result<Actor> {
        let settings = self.settings(tenant, revision).await?;
        let schema = self.schema_of(tenant, revision).await?;
        Ok(Actor {
            tenant,
            company: settings.name.as_str().into(),
            who,
            via,
            rights,
            zone: TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC),
            language: settings.language.clone(),
            week_start: match settings.week_start.as_str() {
                "sunday" => Weekday::Sunday,
                "saturday" => Weekday::Saturday,
                _ => Weekday::Monday,
            },
            currency: Currency::parse(&settings.currency)
                .ok_or_else(|| Error::internal("a tenant without a currency"))?,
            schema,
        })
    }

    /// The company: its name, languages and zone.
    ///
    /// # Errors
    /// When there is no such tenant.
    pub async fn company(&self, tenant: TenantId) -> Result<Arc<Tenant>> {
        self.settings(tenant, self.revision(tenant).await?).await
    }

    /// The tenant's settings.
    async fn settings(&self, tenant: TenantId, revision: i64) -> Result<Arc<Tenant>> {
        if let Some(known) = self.cache.tenants.get(&(tenant, revision)) {
            return Ok(known.clone());
        }
        let settings = Arc::new(self.tenant_by_id(tenant).await?);
        forget_if_full(&self.cache.tenants);
        self.cache.tenants.insert((tenant, revision), settings.clone());
        Ok(settings)
    }

    /// What everything depends on that is remembered of a tenant: read anew by each request.
    pub(super) async fn revision(&self, tenant: TenantId) -> Result<i64> {
        let sql = Sql::fixed("select revision from tenant where id = ?", [tenant.into()]);
        self.db().row(tenant, sql).await?.ok_or_else(|| Error::not_found("The tenant"))?.int(0)
    }

    /// The tenant's definitions as they are now.
    pub(crate) async fn present_schema(&self, tenant: TenantId) -> Result<Arc<Schema>> {
        self.schema_of(tenant, self.revision(tenant).await?).await
    }

    async fn schema_of(&self, tenant: TenantId, revision: i64) -> Result<Arc<Schema>> {
        if let Some(known) = self.cache.schemas.get(&tenant).filter(|known| known.revision == revision) {
            return Ok(known.clone());
        }
        let schema = Arc::new(load_custom(self.db(), tenant, revision).await?);
        forget_if_full(&self.cache.schemas);
        self.cache.schemas.insert(tenant, schema.clone());
        Ok(schema)
    }

    async fn person(&self, tenant: TenantId, revision: i64, user: Uuid) -> Result<Person> {
        if let Some(known) = self.cache.people.get(&(tenant, user)).filter(|known| known.0 == revision) {
            return Ok(known.1.clone());
        }
        let person = self.read_person(tenant, user).await?;
        forget_if_full(&self.cache.people);
        self.cache.people.insert((tenant, user), (revision, person.clone()));
        Ok(person)
    }

    async fn read_person(&self, tenant: TenantId, user: Uuid) -> Result<Person> {
        let sql = Sql::fixed(
            "select team_id, language, time_zone from users where tenant_id = ? and id = ? and deleted_at is null and is_active",
            [tenant.into(), user.into()],
        );
        let gone = || Error::Unauthenticated("This account is not active. Ask your administrator.".into());
        let row = self.db().row(tenant, sql).await?.ok_or_else(gone)?;
        let team = row.uuid(0)?;
        let teams_below = self.teams_below(tenant, user, team).await?;
        let rights = Rights {
            grants: self.grants(tenant, user).await?,
            user: Some(user),
            teams: team.into_iter().collect(),
            teams_below,
            ..Rights::default()
        };
        let zone = row.text(2)?.and_then(|name| TimeZone::get(&name).ok());
        Ok(Person { rights: Arc::new(rights), language: row.text(1)?, zone })
    }

    async fn grants(&self, tenant: TenantId, user: Uuid) -> Result<Vec<Arc<Grants>>> {
        let sql = Sql::fixed(
            "select r.grants, r.built_in, r.name from link l join role r on r.tenant_id = l.tenant_id and r.id = l.target_id \
             where l.tenant_id = ? and l.field_id = 'user.role_ids' and l.source_id = ? and r.deleted_at is null \
             union all select p.grants, false, p.name from link l join permission_set p on p.tenant_id = l.tenant_id and p.id = l.target_id \
             where l.tenant_id = ? and l.field_id = 'user.permission_set_ids' and l.source_id = ? and p.deleted_at is null",
            [tenant.into(), user.into(), tenant.into(), user.into()],
        );
        let mut all = Vec::new();
        for row in self.db().rows(tenant, sql).await? {
            // A built-in role means what this version of the product says, not what it said when the tenant was made.
            let built_in = (row.boolean(1)? == Some(true)).then(|| row.string(2)).transpose()?;
            let grants = match built_in.as_deref().and_then(built_in_grants) {
                Some(grants) => grants,
                None => Grants::parse(&row.json(0)?.unwrap_or_default()).unwrap_or_default(),
            };
            all.push(Arc::new(grants));
        }
        Ok(all)
    }

    /// The teams that the user belongs to or manages, and all teams below them.
    async fn teams_below(&self, tenant: TenantId, user: Uuid, team: Option<Uuid>) -> Result<Vec<Uuid>> {
        let sql = Sql::fixed(
            "select id, parent_id, manager_id from team where tenant_id = ? and deleted_at is null",
            [tenant.into()],
        );
        let mut children: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        let mut open: Vec<Uuid> = team.into_iter().collect();
        for row in self.db().rows(tenant, sql).await? {
            let id = row.id(0)?;
            if let Some(parent) = row.uuid(1)? {
                children.entry(parent).or_default().push(id);
            }
            if row.uuid(2)? == Some(user) {
                open.push(id);
            }
        }
        let mut below = HashSet::new();
        while let Some(team) = open.pop() {
            if below.insert(team) {
                open.extend(children.get(&team).into_iter().flatten());
            }
        }
        let mut below: Vec<Uuid> = below.into_iter().collect();
        below.sort_unstable();
        Ok(below)
    }

    /// The user whom an e-mail address or a unique name means.
    ///
    /// # Errors
    /// When nobody, or more than one, is meant.
    pub async fn find_user(&self, tenant: TenantId, email_or_name: &str) -> Result<Uuid> {
        let folded = crate::text::fold(email_or_name);
        let sql = Sql::fixed(
            "select id from users where tenant_id = ? and deleted_at is null and (email_folded = ? or name_folded = ?) limit 2",
            [tenant.into(), folded.as_str().into(), folded.as_str().into()],
        );
        match self.db().rows(tenant, sql).await?.as_slice() {
            [one] => one.id(0),
            [] => Err(Error::not_found(format!("The user `{email_or_name}`"))),
            _ => Err(Error::Malformed(format!("Several users are called `{email_or_name}`; give the e-mail address."))),
        }
    }
}

fn forget_if_full<K: std::hash::Hash + Eq, V>(map: &DashMap<K, V>) {
    if map.len() >= REMEMBERED {
        map.clear();
    }
}

fn customer_rights() -> Rights {
    Rights { grants: vec![Arc::new(crate::access::customer_grants())], ..Rights::default() }
}

/// The same actor with every right, for what a rule of the product does in the course of their change.
pub(crate) fn product_within(actor: &Actor) -> Actor {
    Actor { rights: Arc::new(Rights::everything()), ..actor.clone() }
}
