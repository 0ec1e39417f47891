//! What the client of a connection that stays is told: the older form, in which it names one address after the other,
//! and is told of lists without asking.

use super::{Follower, List, Start, Watched};
use crate::caller::Caller;
use crate::services::Services;
use crm_core::Result;
use rmcp::RoleServer;
use rmcp::service::Peer;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// What the client of a connection watches, and who follows the log for it.
#[derive(Debug, Default)]
pub(crate) struct Connection {
    watched: Watched,
    following: Mutex<Following>,
}

#[derive(Debug, Default)]
struct Following {
    /// Where it began, until it is followed from there.
    start: Option<Start>,
    task: Option<JoinHandle<()>>,
}

impl Connection {
    /// Notes where it begins: the client learns of nothing that was before.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn open(&self, services: &Services, caller: &Caller) -> Result<()> {
        self.following.lock().await.start = Some(Start::now(services, caller, &List::ALL).await?);
        Ok(())
    }

    /// Tells the client from now on what has changed since it began.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn follow(&self, services: &Services, caller: Caller, peer: Peer<RoleServer>) -> Result<()> {
        let mut following = self.following.lock().await;
        if following.task.as_ref().is_none_or(JoinHandle::is_finished) {
            let start = match following.start.take() {
                Some(start) => start,
                None => Start::now(services, &caller, &List::ALL).await?,
            };
            let follower = Follower::new(services, caller, self.watched.clone(), start);
            following.task = Some(tokio::spawn(tell(follower, peer)));
        }
        Ok(())
    }

    /// Watches one more address, from now on.
    ///
    /// # Errors
    /// When it cannot be watched, or there are too many.
    pub(crate) async fn watch(
        &self,
        services: &Services,
        caller: Caller,
        uri: &str,
        peer: Peer<RoleServer>,
    ) -> Result<()> {
        self.watched.add(uri)?;
        self.follow(services, caller, peer).await
    }

    /// Watches an address no longer.
    pub(crate) fn unwatch(&self, uri: &str) {
        self.watched.remove(uri);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(task) = self.following.get_mut().task.take() {
            task.abort();
        }
    }
}

/// Tells the client what changes until it may not know any more, or has gone.
async fn tell(mut follower: Follower, peer: Peer<RoleServer>) {
    while let Ok(all) = follower.next().await {
        for news in all {
            if peer.send_notification(news.into()).await.is_err() {
                return;
            }
        }
    }
}
