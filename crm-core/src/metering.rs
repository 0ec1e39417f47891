//! How much of a service that costs something a company has used today, on all nodes together.

use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::{Bind, Sql};
use crate::error::Result;
use futures_util::FutureExt;

/// For how many days it is known what was used.
const KEPT: i64 = 30;
const DAY: i64 = 86_400;

/// Units of a service that were taken, and may turn out to be more or less.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "what was really used is told by `Crm::settle_units`"]
pub struct Taken {
    service: &'static str,
    day: i64,
    units: i64,
}

impl Crm {
    /// Takes units of a service from what the actor's company may use in a day (of UTC); none are taken if so many
    /// are not left.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take_units(
        &self,
        actor: &Actor,
        service: &'static str,
        units: u64,
        most: Option<u64>,
    ) -> Result<Option<Taken>> {
        let whole = |units: u64| i64::try_from(units).unwrap_or(i64::MAX / 2);
        let (units, most) = (whole(units), most.map_or(i64::MAX, whole));
        if units > most {
            return Ok(None);
        }
        let day = self.now().as_second().div_euclid(DAY);
        let tenant: Bind = actor.tenant().into();
        let taken = self.db().transact(actor.tenant(), move |tx| {
            let tenant = tenant.clone();
            async move {
                let forget = "delete from metered where tenant_id = ? and day < ?";
                tx.execute(Sql::fixed(forget, [tenant.clone(), (day - KEPT).into()])).await?;
                let take = "insert into metered (tenant_id, service, day, units) values (?, ?, ?, ?) \
                     on conflict (tenant_id, service, day) do update set units = metered.units + excluded.units \
                     where metered.units <= ?";
                let left: Bind = (most - units).into();
                let values = [tenant, service.into(), day.into(), units.into(), left];
                Ok(tx.execute(Sql::fixed(take, values)).await? == 1)
            }
            .boxed()
        });
        Ok(taken.await?.then_some(Taken { service, day, units }))
    }

    /// Tells how many units were really used of those that were taken.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn settle_units(&self, actor: &Actor, taken: Taken, used: u64) -> Result<()> {
        let more = i64::try_from(used).unwrap_or(i64::MAX / 2) - taken.units;
        let tenant: Bind = actor.tenant().into();
        let settled = self.db().transact(actor.tenant(), move |tx| {
            let values = [more.into(), tenant.clone(), taken.service.into(), taken.day.into()];
            async move {
                let settle = "update metered set units = units + ? where tenant_id = ? and service = ? and day = ?";
                tx.execute(Sql::fixed(settle, values)).await?;
                Ok(())
            }
            .boxed()
        });
        settled.await
    }
}
