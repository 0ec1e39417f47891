//! Waiting until a tenant's log may have grown.

use crate::TenantId;
use std::time::Duration;
use tokio::sync::broadcast::{self, error::RecvError};

/// How long a change made on another node may stay unseen.
const POLL: Duration = Duration::from_secs(2);

/// Hints about one tenant.
#[derive(Debug)]
pub(super) struct Hints {
    tenant: TenantId,
    hints: broadcast::Receiver<TenantId>,
}

impl Hints {
    pub(super) fn new(tenant: TenantId, hints: broadcast::Receiver<TenantId>) -> Self {
        Self { tenant, hints }
    }

    /// Waits for a hint about the tenant, or for the time to look without one.
    pub(super) async fn wait(&mut self) {
        let hinted = async {
            loop {
                match self.hints.recv().await {
                    Ok(other) if other != self.tenant => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => return,
                    Err(RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        // A hint or the end of the wait: either way it is time to look.
        let _ = tokio::time::timeout(POLL, hinted).await;
    }
}
