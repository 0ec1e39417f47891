//! What the client of a connection that stays watches: the older form, one address after the other.

use super::{Follower, Watched};
use crate::caller::Caller;
use crm_core::{Crm, Result};
use rmcp::RoleServer;
use rmcp::model::ResourceUpdatedNotificationParam;
use rmcp::service::Peer;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// What the client of a connection watches, and who follows the log for it.
#[derive(Debug, Default)]
pub(crate) struct Connection {
    watched: Watched,
    following: Mutex<Option<JoinHandle<()>>>,
}

impl Connection {
    /// Watches one more address, from now on.
    ///
    /// # Errors
    /// When it cannot be watched, or there are too many.
    pub(crate) async fn watch(&self, crm: &Crm, caller: Caller, uri: &str, peer: Peer<RoleServer>) -> Result<()> {
        let mut following = self.following.lock().await;
        self.watched.add(uri)?;
        if following.as_ref().is_none_or(JoinHandle::is_finished) {
            let follower = Follower::from_now(crm, caller, self.watched.clone()).await?;
            *following = Some(tokio::spawn(tell(follower, peer)));
        }
        Ok(())
    }

    /// Watches an address no longer.
    pub(crate) async fn unwatch(&self, uri: &str) {
        let mut following = self.following.lock().await;
        if self.watched.remove(uri)
            && let Some(task) = following.take()
        {
            task.abort();
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(task) = self.following.get_mut().take() {
            task.abort();
        }
    }
}

/// Tells the client what changes until it may not know any more, or has gone.
async fn tell(mut follower: Follower, peer: Peer<RoleServer>) {
    while let Ok(uris) = follower.next().await {
        for uri in uris {
            if peer.notify_resource_updated(ResourceUpdatedNotificationParam::new(uri)).await.is_err() {
                return;
            }
        }
    }
}
