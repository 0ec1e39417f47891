//! The hours in which a member of staff does not want to be told anything by the bot.

use super::staff_turn::whose;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::Sql;
use crate::error::{FieldError, Result};
use futures_util::FutureExt;
use jiff::Zoned;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// Quiet hours, by the clock on the person's wall; they may go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// When they begin.
    pub begins: Time,
    /// When they end.
    pub ends: Time,
}

/// Who has said nothing wants to be told nothing in the evening and at night.
const USUAL: QuietHours = QuietHours { begins: Time::constant(20, 0, 0, 0), ends: Time::constant(7, 0, 0, 0) };

impl QuietHours {
    /// The end of the quiet hours that it is in; none if it is in none.
    #[must_use]
    pub fn end_of(&self, at: &Zoned) -> Option<Zoned> {
        let time = at.time();
        let (over_midnight, before_end) = (self.begins > self.ends, time < self.ends);
        let quiet = if over_midnight { time >= self.begins || before_end } else { time >= self.begins && before_end };
        let day = if over_midnight && !before_end { at.date().tomorrow().ok()? } else { at.date() };
        quiet.then(|| day.to_datetime(self.ends).to_zoned(at.time_zone().clone()).ok())?.filter(|end| end > at)
    }
}

impl Crm {
    /// The actor's quiet hours; none if they have none.
    ///
    /// # Errors
    /// When the database does not answer, and for actors who are no users.
    pub async fn quiet_hours(&self, actor: &Actor) -> Result<Option<QuietHours>> {
        let [tenant, user] = whose(actor)?;
        let sql =
            Sql::fixed("select begins, ends from quiet_hours where tenant_id = ? and user_id = ?", [tenant, user]);
        let Some(row) = self.db().row(actor.tenant(), sql).await? else { return Ok(Some(USUAL)) };
        let time = |minutes: Option<i64>| minutes.and_then(time_of);
        let both = time(row.integer(0)?).zip(time(row.integer(1)?));
        Ok(both.map(|(begins, ends)| QuietHours { begins, ends }))
    }

    /// Sets the actor's quiet hours, to the minute; none: they may be told something at any time.
    ///
    /// # Errors
    /// When they begin and end at the same time; as for [`Crm::quiet_hours`].
    pub async fn set_quiet_hours(&self, actor: &Actor, hours: Option<QuietHours>) -> Result<()> {
        let [tenant, user] = whose(actor)?;
        let minutes = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
        let (begins, ends) =
            hours.map_or((None, None), |hours| (Some(minutes(hours.begins)), Some(minutes(hours.ends))));
        if begins.is_some() && begins == ends {
            let error = FieldError::new("ends", "invalid", "Quiet hours cannot end when they begin.");
            return Err(error.hint("Choose another time, or turn quiet hours off.").into());
        }
        let set = self.db().transact(actor.tenant(), move |tx| {
            let sql = Sql::fixed(
                "insert into quiet_hours (tenant_id, user_id, begins, ends) values (?, ?, ?, ?) on conflict \
                 (tenant_id, user_id) do update set begins = excluded.begins, ends = excluded.ends",
                [tenant.clone(), user.clone(), begins.into(), ends.into()],
            );
            async move { tx.execute(sql).await.map(drop) }.boxed()
        });
        set.await
    }
}

fn time_of(minutes: i64) -> Option<Time> {
    let (hour, minute) = (i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?);
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(hours: QuietHours, at: &str) -> Option<String> {
        let at: Zoned = at.parse().unwrap();
        hours.end_of(&at).map(|end| end.datetime().to_string())
    }

    #[test]
    fn quiet_hours_end_in_the_morning_also_where_the_clocks_change() {
        assert_eq!(end(USUAL, "2017-12-31T19:59[Europe/Berlin]"), None);
        assert_eq!(end(USUAL, "2017-12-31T20:00[Europe/Berlin]").unwrap(), "2018-01-01T07:00:00");
        assert_eq!(end(USUAL, "2018-03-25T01:59[Europe/Berlin]").unwrap(), "2018-03-25T07:00:00");
        assert_eq!(end(USUAL, "2018-03-25T07:00[Europe/Berlin]"), None);
        let noon = QuietHours { begins: Time::constant(12, 0, 0, 0), ends: Time::constant(13, 0, 0, 0) };
        assert_eq!(end(noon, "2018-03-25T12:30[UTC]").unwrap(), "2018-03-25T13:00:00");
        assert_eq!(end(noon, "2018-03-25T20:30[UTC]"), None);
    }
}
