//! How many long answers each client has open.

use crate::caller::Caller;
use crm_core::{Error, Result};
use dashmap::DashMap;
use std::sync::Arc;
use uuid::Uuid;

/// How many long answers a client may have open for a person at a time, on one node.
const MOST: usize = 8;

/// A client and its person: many people may use the same program.
type Listener = (Uuid, Option<Uuid>);

/// How many long answers each client has open. Clones count together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listeners(Arc<DashMap<Listener, usize>>);

/// The place of one of them, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    listeners: Listeners,
    of: Listener,
}

impl Listeners {
    /// Takes a place for one more.
    ///
    /// # Errors
    /// When the client has too many.
    pub(crate) fn take(&self, caller: &Caller) -> Result<Place> {
        self.take_for((caller.client, caller.actor.who().user()))
    }

    fn take_for(&self, of: Listener) -> Result<Place> {
        let mut open = self.0.entry(of).or_default();
        if *open >= MOST {
            return Err(Error::Conflict(format!("This client listens {MOST} times already. End one of these first.")));
        }
        *open += 1;
        Ok(Place { listeners: self.clone(), of })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(mut open) = self.listeners.0.get_mut(&self.of) {
            *open -= 1;
        }
        self.listeners.0.remove_if(&self.of, |_, open| *open == 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_listens_often_enough_is_refused_until_it_ends_one() -> Result<()> {
        let (listeners, client, person) = (Listeners::default(), Uuid::from_u128(1), Some(Uuid::from_u128(2)));
        let take = |person| listeners.take_for((client, person));
        let mut open: Vec<Place> = (0..MOST).map(|_| take(person)).collect::<Result<_>>()?;
        assert!(take(person).is_err());
        take(Some(Uuid::from_u128(3))).map(drop)?;
        open.pop();
        open.push(take(person)?);
        drop(open);
        assert!(listeners.0.is_empty(), "nothing is kept of clients that have gone");
        Ok(())
    }
}
