//! How many long answers each client has open.

use crm_core::{Error, Result};
use dashmap::DashMap;
use std::sync::Arc;
use uuid::Uuid;

/// How many long answers a client may have open at a time, on one node.
const MOST: usize = 8;

/// How many long answers each client has open. Clones count together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listeners(Arc<DashMap<Uuid, usize>>);

/// The place of one of them, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    listeners: Listeners,
    client: Uuid,
}

impl Listeners {
    /// Takes a place for one more.
    ///
    /// # Errors
    /// When the client has too many.
    pub(crate) fn take(&self, client: Uuid) -> Result<Place> {
        let mut open = self.0.entry(client).or_default();
        if *open >= MOST {
            return Err(Error::Conflict(format!("This client listens {MOST} times already. End one of these first.")));
        }
        *open += 1;
        Ok(Place { listeners: self.clone(), client })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(mut open) = self.listeners.0.get_mut(&self.client) {
            *open -= 1;
        }
        self.listeners.0.remove_if(&self.client, |_, open| *open == 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_listens_often_enough_is_refused_until_it_ends_one() -> Result<()> {
        let (listeners, client) = (Listeners::default(), Uuid::from_u128(1));
        let mut open: Vec<Place> = (0..MOST).map(|_| listeners.take(client)).collect::<Result<_>>()?;
        assert!(listeners.take(client).is_err());
        listeners.take(Uuid::from_u128(2)).map(drop)?;
        open.pop();
        open.push(listeners.take(client)?);
        drop(open);
        assert!(listeners.0.is_empty(), "nothing is kept of clients that have gone");
        Ok(())
    }
}
