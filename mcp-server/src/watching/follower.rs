//! Following the log for one client.

use super::news::News;
use super::shown::{List, Shown};
use super::watched::Watched;
use crate::caller::Caller;
use crate::resources;
use crate::scopes::Scopes;
use crate::services::Services;
use crm_core::event::Growth;
use crm_core::{Error, Result};
use std::time::Duration;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

/// The least time between two looks at the log: what changes within it is told once.
const PACE: Duration = Duration::from_millis(250);

/// The same for a client that watches no record: most clients do nothing else, and lists seldom change.
const CALM: Duration = Duration::from_secs(2);

/// How often it is looked whether a client may still listen while nothing happens.
const THERE: Duration = Duration::from_secs(60);

/// Where the following begins. Taken before the client is told that it is listened to, so that nothing is missed.
#[derive(Debug, Clone)]
pub(crate) struct Start {
    /// The last event that is not told any more.
    after: i64,
    pub(crate) shown: Shown,
    /// What the lists follow from, beside records.
    seen: Seen,
}

/// The revision of the company's definitions and rights, and the client's scopes: while these stay, so do its tools and
/// prompts.
type Seen = (i64, Scopes);

impl Start {
    /// Begins now, with these lists.
    ///
    /// # Errors
    /// When the client is not let in, or the database does not answer.
    pub(crate) async fn now(services: &Services, caller: &Caller, lists: &[List]) -> Result<Self> {
        // First the place, then what is shown there: what happens in between is looked at again.
        let after = services.crm.last_sequence(caller.actor.tenant()).await?;
        let caller = caller.at_most(&services.crm).await?;
        let shown = Shown::now(services, &caller, lists).await?;
        Ok(Self { after, shown, seen: (caller.actor.revision(), caller.scopes) })
    }
}

/// Follows the log for one client.
#[derive(Debug)]
pub(crate) struct Follower {
    services: Services,
    caller: Caller,
    watched: Watched,
    growth: Growth,
    at: Start,
    pace: Interval,
}

impl Follower {
    /// Follows from there on.
    pub(crate) fn new(services: &Services, caller: Caller, watched: Watched, start: Start) -> Self {
        let growth = services.crm.growth(caller.actor.tenant(), start.after);
        Self { services: services.clone(), caller, watched, growth, at: start, pace: every(PACE) }
    }

    /// The same for a client that will watch no record.
    pub(crate) fn calm(mut self) -> Self {
        self.pace = every(CALM);
        self
    }

    /// What the client is shown as far as it was told.
    pub(crate) fn shown(&self) -> &Shown {
        &self.at.shown
    }

    /// Waits until something changes that is watched, and that the person may see at that moment; each once however
    /// often it changed.
    ///
    /// # Errors
    /// When the client may not listen any more, or the log cannot be read.
    pub(crate) async fn next(&mut self) -> Result<Vec<News>> {
        loop {
            self.pace.tick().await;
            let newest = timeout(THERE, self.growth.next()).await;
            self.caller = self.caller.again(&self.services.crm).await?;
            let reads = self.caller.scopes.contains(Scopes::READ);
            // Lists are shown to those who may not read, too.
            if !reads && self.at.shown.lists().is_empty() {
                return Err(Error::Unauthenticated("The client may not read any more.".into()));
            }
            let Ok(newest) = newest else { continue };
            let newest = newest?;
            let mut news = self.of_lists(newest).await?;
            if reads {
                news.extend(self.of_records(newest).await?);
            }
            self.at.after = newest;
            if !news.is_empty() {
                return Ok(news);
            }
        }
    }

    async fn of_records(&self, newest: i64) -> Result<Vec<News>> {
        let records = self.watched.records();
        let changed = self.services.crm.changed(&self.caller.actor, &records, self.at.after, newest).await?;
        Ok(self.watched.addresses(&changed).into_iter().map(News::Resource).collect())
    }

    async fn of_lists(&mut self, newest: i64) -> Result<Vec<News>> {
        let mut lists = self.at.shown.lists();
        if lists.is_empty() {
            return Ok(Vec::new());
        }
        let caller = self.caller.at_most(&self.services.crm).await?;
        let seen = (caller.actor.revision(), caller.scopes);
        if seen == self.at.seen {
            let touched = lists.contains(&List::Resources)
                && self.services.crm.touched(caller.actor.tenant(), &resources::LISTED, self.at.after, newest).await?;
            lists.retain(|list| touched && *list == List::Resources);
        }
        let now = Shown::now(&self.services, &caller, &lists).await?;
        let changed = now.since(&self.at.shown);
        self.at.shown.renewed(now);
        self.at.seen = seen;
        Ok(changed.into_iter().map(News::List).collect())
    }
}

fn every(pace: Duration) -> Interval {
    let mut pace = interval(pace);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pace
}
