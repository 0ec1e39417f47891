//! What the console needs to know of the person at it.

use super::tenant::Tenant;
use crate::access::Verb;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::error::{Error, Result};
use crate::identity::actors::product_within;
use crate::query::{Filter, Operator, Query};
use crate::record::Command;
use crate::value::Value;
use serde::Serialize;
use serde_json::{Map, json};
use uuid::Uuid;

/// A signed-in person.
#[derive(Debug, Clone, Serialize)]
pub struct Me {
    /// The user's id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their company.
    pub tenant: Tenant,
    /// The names of their roles.
    pub roles: Vec<String>,
    /// Their language.
    pub language: String,
    /// Their time zone.
    pub time_zone: String,
    /// The first day of their week.
    pub week_start: String,
    /// Whether they may do everything.
    pub admin: bool,
    /// What they may administer: `configure`, `manage_users`, `read_audit`, `manage_keys`.
    pub abilities: Vec<&'static str>,
}

impl Crm {
    /// The person at the console.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] unless the actor is a user or acts for one.
    pub async fn me(&self, actor: &Actor) -> Result<Me> {
        let id = actor.who().user().ok_or_else(|| Error::Unauthenticated("Only users have a profile.".into()))?;
        let product = product_within(actor);
        let user = self.get(&product, "user", id).await?;
        let tenant = self.tenant_by_id(actor.tenant()).await?;
        let configures = |object: &str| actor.rights().may(Verb::Configure, object);
        let abilities = [
            (configures("deal"), "configure"),
            (configures("user"), "manage_users"),
            (configures("user"), "read_audit"),
            (true, "manage_keys"),
        ];
        Ok(Me {
            id,
            name: user.name().to_owned(),
            email: user.get("email").as_text().unwrap_or_default().to_owned(),
            roles: self.role_names(&product, user.get("role_ids")).await?,
            language: actor.language().to_owned(),
            time_zone: actor.zone().iana_name().unwrap_or("UTC").to_owned(),
            week_start: tenant.week_start.clone(),
            tenant,
            admin: configures("user") && configures("deal"),
            abilities: abilities.into_iter().filter_map(|(has, ability)| has.then_some(ability)).collect(),
        })
    }

    async fn role_names(&self, product: &Actor, roles: &Value) -> Result<Vec<String>> {
        let Value::Ids(ids) = roles else { return Ok(Vec::new()) };
        let query = Query::of("role").filter(Filter::compare("id", Operator::In, json!(ids)));
        let page = self.query(product, &query).await?;
        Ok(page.records.iter().map(|role| role.name().to_owned()).collect())
    }

    /// Sets the person's own language and time zone.
    ///
    /// # Errors
    /// Errors of the fields.
    pub async fn set_preferences(&self, actor: &Actor, language: Option<&str>, time_zone: Option<&str>) -> Result<()> {
        let id = actor.who().user().ok_or_else(|| Error::Unauthenticated("Only users have preferences.".into()))?;
        let mut values = Map::new();
        if let Some(language) = language {
            values.insert("language".into(), json!(language));
        }
        if let Some(zone) = time_zone {
            values.insert("time_zone".into(), json!(zone));
        }
        // One's own preferences need no right to change users; the log names the person all the same.
        let update = Command::Update { object: "user".into(), id, version: None, values };
        self.write(&product_within(actor), update).await.map(drop)
    }
}
