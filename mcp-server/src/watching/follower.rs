//! Following the log for one client.

use super::watched::Watched;
use crate::caller::Caller;
use crate::scopes::Scopes;
use crm_core::event::Growth;
use crm_core::{Crm, Error, Result};
use jiff::SignedDuration;
use std::time::Duration;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

/// The least time between two looks at the log: what changes within it is told once.
const PACE: Duration = Duration::from_millis(250);

/// How often it is looked whether a client may still listen while nothing happens.
const THERE: Duration = Duration::from_secs(60);

/// A client is told that it is listened to just before the listening begins: what changed this shortly before is told
/// too, rather once too often than not at all.
const MOMENT: SignedDuration = SignedDuration::from_secs(2);

/// Follows the log for one client.
#[derive(Debug)]
pub(crate) struct Follower {
    crm: Crm,
    caller: Caller,
    watched: Watched,
    growth: Growth,
    /// The last event that was dealt with.
    after: i64,
    pace: Interval,
}

impl Follower {
    /// Follows from now on.
    pub(crate) async fn from_now(crm: &Crm, caller: Caller, watched: Watched) -> Result<Self> {
        let after = crm.last_sequence(caller.actor.tenant()).await?;
        Ok(Self::after(crm, caller, watched, after))
    }

    /// Follows from a moment ago.
    pub(crate) async fn from_just_now(crm: &Crm, caller: Caller, watched: Watched) -> Result<Self> {
        let since = crm.now().checked_sub(MOMENT).map_err(|_| Error::Internal("a time out of range".into()))?;
        let after = crm.sequence_at(caller.actor.tenant(), since).await?;
        Ok(Self::after(crm, caller, watched, after))
    }

    fn after(crm: &Crm, caller: Caller, watched: Watched, after: i64) -> Self {
        let growth = crm.growth(caller.actor.tenant(), after);
        let mut pace = interval(PACE);
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { crm: crm.clone(), caller, watched, growth, after, pace }
    }

    /// Waits until something changes that is watched, and that the person may see at that moment; its addresses, each
    /// once however often it changed.
    ///
    /// # Errors
    /// When the client may not listen any more, or the log cannot be read.
    pub(crate) async fn next(&mut self) -> Result<Vec<String>> {
        loop {
            self.pace.tick().await;
            let newest = timeout(THERE, self.growth.next()).await;
            self.caller = self.caller.again(&self.crm).await?;
            if !self.caller.scopes.contains(Scopes::READ) {
                return Err(Error::Unauthenticated("The client may not read any more.".into()));
            }
            if let Ok(newest) = newest {
                let newest = newest?;
                let records = self.watched.records();
                let changed = self.crm.changed(&self.caller.actor, &records, self.after, newest).await?;
                self.after = newest;
                let addresses = self.watched.addresses(&changed);
                if !addresses.is_empty() {
                    return Ok(addresses);
                }
            }
        }
    }
}
