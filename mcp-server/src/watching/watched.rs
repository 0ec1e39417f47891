//! The addresses that a client watches.

use crate::resources::address::Address;
use crm_core::{Error, Result};
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// How many addresses a client may watch at a time.
pub(crate) const MOST: usize = 100;

/// The longest address that can be watched.
const LONGEST: usize = 200;

/// A record: its object and its id.
pub(super) type Key = (String, Uuid);

/// The addresses that a client watches, which it may change at any time. Clones are the same set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watched(Arc<Mutex<BTreeMap<String, Key>>>);

/// Those of the addresses that can be watched, what changes by events of its own; as many as may be.
pub(crate) fn watchable(uris: &[String]) -> Vec<String> {
    uris.iter().filter(|uri| record(uri).is_some()).take(MOST).cloned().collect()
}

fn record(uri: &str) -> Option<Key> {
    if uri.len() > LONGEST {
        return None;
    }
    match Address::parse(uri)? {
        Address::Record { object, id } => Some((object, id)),
        Address::Article { id } => Some(("article".to_owned(), id)),
        Address::Schema { .. } | Address::View { .. } => None,
    }
}

impl Watched {
    /// The set of these, without those that cannot be watched.
    pub(crate) fn all(uris: &[String]) -> Self {
        let set = uris.iter().filter_map(|uri| Some((uri.clone(), record(uri)?))).take(MOST);
        Self(Arc::new(Mutex::new(set.collect())))
    }

    /// Adds an address.
    ///
    /// # Errors
    /// When it cannot be watched, or there are too many.
    pub(crate) fn add(&self, uri: &str) -> Result<()> {
        let key = record(uri).ok_or_else(|| {
            Error::field("uri", "unwatchable", "Only records (crm://deal/ID) and articles (kb://article/ID) can be.")
        })?;
        let mut set = self.lock();
        if set.len() >= MOST && !set.contains_key(uri) {
            let text = format!("At most {MOST} can be watched at a time. Unsubscribe from some.");
            return Err(Error::field("uri", "too_many", text));
        }
        set.insert(uri.to_owned(), key);
        Ok(())
    }

    /// Takes an address away.
    pub(crate) fn remove(&self, uri: &str) {
        self.lock().remove(uri);
    }

    /// The records that are watched.
    pub(super) fn records(&self) -> Vec<Key> {
        self.lock().values().cloned().collect::<HashSet<_>>().into_iter().collect()
    }

    /// The addresses under which these are watched.
    pub(super) fn addresses(&self, of: &[Key]) -> Vec<String> {
        self.lock().iter().filter(|(_, key)| of.contains(key)).map(|(uri, _)| uri.clone()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Key>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deal(id: usize) -> String {
        format!("crm://deal/{}", Uuid::from_u128(id as u128))
    }

    #[test]
    fn what_has_no_events_of_its_own_cannot_be_watched() {
        let long = format!("crm://{}/{}", "x".repeat(LONGEST), Uuid::nil());
        let view = format!("crm://saved_view/{}/records", Uuid::nil());
        let uris = [deal(1), "crm://schema/deal".into(), view, "nothing".into(), long];
        assert_eq!(watchable(&uris), [deal(1)]);
        assert!(uris[1..].iter().all(|uri| Watched::default().add(uri).is_err()));
    }

    #[test]
    fn a_client_watches_a_hundred_and_no_more() -> Result<()> {
        let uris: Vec<String> = (0..=MOST).map(deal).collect();
        assert_eq!(watchable(&uris).len(), MOST);
        let watched = Watched::all(&uris);
        assert_eq!(watched.records().len(), MOST);
        assert!(watched.add(&uris[MOST]).is_err());
        watched.add(&uris[0])?;
        watched.remove(&uris[0]);
        watched.add(&uris[MOST])
    }

    #[test]
    fn one_record_is_told_under_each_of_its_addresses() -> Result<()> {
        let id = Uuid::from_u128(7);
        let watched = Watched::default();
        watched.add(&format!("crm://article/{id}"))?;
        watched.add(&format!("kb://article/{id}"))?;
        assert_eq!(watched.records(), [("article".to_owned(), id)]);
        assert_eq!(watched.addresses(&watched.records()).len(), 2);
        watched.remove(&format!("crm://article/{id}"));
        assert_eq!(watched.addresses(&watched.records()), [format!("kb://article/{id}")]);
        Ok(())
    }
}
