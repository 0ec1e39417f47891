//! Looking for promises that are due, for as long as a node is up; and telling those who look on that something was
//! said to them.

use crate::staff::Staff;
use crm_core::desk::ToldOf;
use crm_core::{Result, TenantId};
use jiff::SignedDuration;
use std::collections::HashSet;
use std::time::Duration;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// How often is looked.
const EVERY: Duration = Duration::from_secs(1);
/// How long whoever keeps a promise may take before they count as lost.
const CLAIM: Duration = Duration::from_secs(60);
/// How many promises are kept at once.
const AT_ONCE: usize = 20;
/// What was said is looked for so far back: clocks of nodes differ a little.
const LATELY: SignedDuration = SignedDuration::from_secs(30);

/// Somebody was told something by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Whose company.
    pub tenant: TenantId,
    /// Who.
    pub user: Uuid,
}

impl Staff {
    /// Keeps promises for as long as the node is up.
    pub fn watch(&self) -> JoinHandle<()> {
        let staff = self.clone();
        tokio::spawn(async move {
            let mut every = tokio::time::interval(EVERY);
            every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            let mut announced = HashSet::new();
            loop {
                every.tick().await;
                if let Err(error) = staff.keep_what_is_due().await {
                    tracing::warn!(%error, "promises cannot be kept");
                }
                if let Err(error) = staff.announce(&mut announced).await {
                    tracing::warn!(%error, "what was said by itself cannot be looked for");
                }
            }
        })
    }

    /// Keeps all promises that are due now and that no other node is at.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep_what_is_due(&self) -> Result<()> {
        self.wake().await?;
        loop {
            let due = self.crm.claim_promises(AT_ONCE, CLAIM).await?;
            for promise in &due {
                if let Err(error) = self.fulfil(promise).await {
                    // The claim ends, and it is tried again then.
                    tracing::warn!(%error, promise = %promise.id, "a promise could not be kept");
                }
            }
            if due.len() < AT_ONCE {
                return Ok(());
            }
        }
    }

    /// Tells those on this node who look on about what was said by any node.
    async fn announce(&self, announced: &mut HashSet<ToldOf>) -> Result<()> {
        let since = self.crm.now().checked_sub(LATELY).unwrap_or_default();
        let lately: HashSet<ToldOf> = self.crm.told_since(since).await?.into_iter().collect();
        for ToldOf { tenant, user, .. } in lately.difference(announced) {
            // Nobody may be looking on.
            let _ = self.told.send(Told { tenant: *tenant, user: *user });
        }
        *announced = lately;
        Ok(())
    }
}
