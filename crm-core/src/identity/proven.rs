//! Signing in those whom an OpenID provider has proven to be who they are.

use super::session::{Origin, SignedIn};
use crate::TenantId;
use crate::actor::Surface;
use crate::crm::Crm;
use crate::db::Sql;
use crate::error::Result;
use crate::text::fold;
use uuid::Uuid;

/// Somebody whose address a provider has proven to be theirs.
#[derive(Debug, Clone)]
pub struct Proven {
    /// Their address.
    pub email: String,
    /// What they are called.
    pub name: String,
}

impl Crm {
    /// Signs in who has this address in a company. Somebody who is new there becomes a user with this role, if one is
    /// given; none is signed in otherwise, nor anybody who was deactivated.
    ///
    /// # Errors
    /// When there is no such company or role, or the database does not answer.
    pub async fn sign_in_proven(
        &self,
        tenant: &str,
        who: &Proven,
        new_users: Option<&str>,
        from: &Origin,
    ) -> Result<Option<SignedIn>> {
        let tenant = self.tenant(Some(tenant)).await?.id;
        let user = match (self.user_of(tenant, &who.email).await?, new_users) {
            (Some((user, true)), _) => user,
            (Some((_, false)), _) | (None, None) => return Ok(None),
            (None, Some(role)) => {
                let product = self.product(tenant, "sign-in", Surface::System).await?;
                self.create_user(&product, &who.name, &who.email, &[role]).await?
            }
        };
        let actor = self.actor_for_user(tenant, user, Surface::Console).await?;
        self.open_session(actor, user, from).await.map(Some)
    }

    /// Whose address it is in a company, and whether they work there.
    async fn user_of(&self, tenant: TenantId, email: &str) -> Result<Option<(Uuid, bool)>> {
        let sql = Sql::fixed(
            "select id, is_active, deleted_at from users where tenant_id = ? and email_folded = ? \
             order by case when deleted_at is null then 0 else 1 end limit 1",
            [tenant.into(), fold(email).into()],
        );
        let Some(row) = self.db().row(tenant, sql).await? else { return Ok(None) };
        Ok(Some((row.id(0)?, row.boolean(1)? == Some(true) && row.instant(2)?.is_none())))
    }
}
