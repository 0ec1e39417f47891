//! The long answer of a client that listens.

use super::{Follower, Listeners, Watched};
use crate::caller::Caller;
use crm_core::{Crm, Result};
use rmcp::service::SubscriptionContext;
use tokio::sync::watch;

/// Tells a client what changes until it goes, the server is about to stop, or the client may not know any more. A client
/// whose answer ends comes back, and is then let in or not.
///
/// # Errors
/// When the client listens too often already, or the log cannot be read.
pub(crate) async fn listen(
    crm: &Crm,
    caller: Caller,
    listeners: &Listeners,
    mut closing: watch::Receiver<bool>,
    context: &SubscriptionContext,
) -> Result<()> {
    let _place = listeners.take(caller.client)?;
    let watched = Watched::all(context.accepted().resource_subscriptions.as_deref().unwrap_or_default());
    let mut follower = Follower::from_just_now(crm, caller, watched).await?;
    loop {
        let changed = tokio::select! {
            () = context.cancelled() => return Ok(()),
            _ = closing.wait_for(|closing| *closing) => return Ok(()),
            changed = follower.next() => changed,
        };
        let Ok(uris) = changed.inspect_err(|error| tracing::info!(%error, "a client is told no more")) else {
            return Ok(());
        };
        for uri in uris {
            if context.sink().notify_resource_updated(uri).await.is_err() {
                return Ok(());
            }
        }
    }
}
