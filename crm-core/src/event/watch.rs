//! Following the log live: for pages that show what happens.

use super::hints::Hints;
use super::{Event, EventQuery};
use crate::actor::Actor;
use crate::crm::Crm;
use crate::error::Result;
use std::collections::VecDeque;

/// The events that an actor may see, one after the other, as they happen.
#[derive(Debug)]
pub struct Watch {
    crm: Crm,
    actor: Actor,
    after: Option<i64>,
    ready: VecDeque<Event>,
    hints: Hints,
}

impl Watch {
    pub(crate) fn new(crm: Crm, actor: Actor, after: Option<i64>) -> Self {
        let hints = Hints::new(actor.tenant(), crm.hints());
        Self { crm, actor, after, ready: VecDeque::new(), hints }
    }

    /// Waits for the next event.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn next(&mut self) -> Result<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(event);
            }
            self.read().await?;
            if self.ready.is_empty() {
                self.hints.wait().await;
            }
        }
    }

    async fn read(&mut self) -> Result<()> {
        let after = match self.after {
            Some(after) => after,
            None => self.crm.last_sequence(self.actor.tenant()).await?,
        };
        let query = EventQuery { after: Some(after), limit: Some(100), ..EventQuery::default() };
        let events = self.crm.events(&self.actor, &query).await?.events;
        self.after = Some(events.last().map_or(after, |event| event.sequence));
        self.ready.extend(events);
        Ok(())
    }
}
