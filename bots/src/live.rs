//! What happens in conversations right now, for those on this node who look: that something was written (a hint to
//! read it), and what does not last: typing, reading, being there.

use crm_core::event::consumer::ConversationEvent;
use crm_core::{Crm, TenantId};
use dashmap::DashMap;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::broadcast::{Receiver, Sender};
use tokio::task::JoinHandle;
use uuid::Uuid;

/// From whom a signal comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The customer.
    Customer,
    /// Somebody of the company.
    Agent,
    /// The bot.
    Bot,
}

/// Something that happens in a conversation.
#[derive(Debug, Clone, Serialize)]
pub struct Signal {
    /// In which.
    pub conversation: Uuid,
    /// From whom.
    pub from: Side,
    /// Their name, where they have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The conversation or its messages were written. Who has seen the conversation at this version has seen it.
    Written(i64),
    /// Begins or ends typing.
    Typing(bool),
    /// Has read up to this message.
    Read(i64),
    /// Has the window open, or not any more.
    There(bool),
}

impl Signal {
    /// The conversation was written, and has this version now.
    pub fn written(conversation: Uuid, version: i64) -> Self {
        Self { conversation, from: Side::Bot, name: None, picture: None, what: What::Written(version) }
    }
}

/// The conversations in which something happened, with the version that each has now; the last of all where that is not
/// told, so that everybody looks.
fn written(events: &[ConversationEvent]) -> HashMap<Uuid, i64> {
    let mut versions: HashMap<Uuid, Option<i64>> = HashMap::new();
    for event in events {
        if let Some(conversation) = event.conversation {
            let version = versions.entry(conversation).or_default();
            *version = event.version.or(*version);
        }
    }
    versions.into_iter().map(|(conversation, version)| (conversation, version.unwrap_or(i64::MAX))).collect()
}

/// Everybody on this node who looks at conversations. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Live(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    crm: Crm,
    conversations: DashMap<Uuid, Sender<Signal>>,
    tenants: DashMap<TenantId, Tenant>,
    /// Since when each customer has been typing.
    typing: DashMap<Uuid, Timestamp>,
}

#[derive(Debug)]
struct Tenant {
    agents: Sender<Signal>,
    /// The last event that was told.
    told: i64,
    /// How many look at this tenant's conversations.
    looking: usize,
    /// The conversations whose customer is there, and in how many windows.
    present: HashMap<Uuid, usize>,
}

/// How long what another node wrote may stay unseen.
const POLL: Duration = Duration::from_secs(1);
/// How many signals one listener may be behind before it misses some; it reads the conversation then.
const BEHIND: usize = 64;
/// A typing customer who says nothing for so long has stopped.
const TYPING: i64 = 6;

impl Live {
    /// Nobody looks yet.
    pub fn new(crm: Crm) -> Self {
        let (conversations, tenants, typing) = (DashMap::new(), DashMap::new(), DashMap::new());
        Self(Arc::new(Inner { crm, conversations, tenants, typing }))
    }

    /// Follows the log for those who look.
    pub fn follow(&self) -> JoinHandle<()> {
        let live = self.clone();
        tokio::spawn(async move {
            let mut hints = live.0.crm.hints();
            loop {
                match tokio::time::timeout(POLL, hints.recv()).await {
                    Ok(Ok(tenant)) => live.tell_hinted(tenant, &mut hints).await,
                    // Too many hints to have heard each, or none for a while: another node may have written.
                    Ok(Err(RecvError::Lagged(_))) | Err(_) => live.tell_all().await,
                    Ok(Err(RecvError::Closed)) => return,
                }
            }
        })
    }

    /// Tells what was written in the hinted tenants' conversations, once however often each was hinted by now.
    async fn tell_hinted(&self, tenant: TenantId, hints: &mut Receiver<TenantId>) {
        let mut hinted = HashSet::from([tenant]);
        loop {
            match hints.try_recv() {
                Ok(tenant) => drop(hinted.insert(tenant)),
                Err(TryRecvError::Lagged(_)) => return self.tell_all().await,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        for tenant in hinted {
            self.tell(tenant).await;
        }
    }

    async fn tell_all(&self) {
        let tenants: Vec<TenantId> = self.0.tenants.iter().map(|entry| *entry.key()).collect();
        for tenant in tenants {
            self.tell(tenant).await;
        }
    }

    /// Tells what was written in the tenant's conversations since it was last told.
    async fn tell(&self, tenant: TenantId) {
        const AT_ONCE: usize = 500;
        loop {
            let Some(told) = self.0.tenants.get(&tenant).map(|tenant| tenant.told) else { return };
            let events = match self.0.crm.conversation_events(tenant, told, AT_ONCE).await {
                Ok(events) => events,
                Err(error) => return tracing::warn!(%error, "what happens in conversations cannot be read"),
            };
            let Some(last) = events.last().map(|event| event.sequence) else { return };
            for (conversation, version) in written(&events) {
                self.send(tenant, Signal::written(conversation, version));
            }
            if let Some(mut tenant) = self.0.tenants.get_mut(&tenant) {
                tenant.told = tenant.told.max(last);
            }
            if events.len() < AT_ONCE {
                return;
            }
        }
    }

    /// Sends a signal to everybody who looks at its conversation, and to the tenant's agents.
    pub fn send(&self, tenant: TenantId, signal: Signal) {
        if let (Side::Customer, What::There(there)) = (signal.from, signal.what) {
            self.note_presence(tenant, signal.conversation, there);
        }
        if signal.from == Side::Customer {
            match signal.what {
                What::Typing(true) => drop(self.0.typing.insert(signal.conversation, self.0.crm.now())),
                What::Typing(false) | What::There(false) => drop(self.0.typing.remove(&signal.conversation)),
                _ => {}
            }
        }
        if let Some(agents) = self.0.tenants.get(&tenant)
            && !matches!(signal.what, What::Written(_))
        {
            // Nobody may be listening.
            let _ = agents.agents.send(signal.clone());
        }
        if let Some(listeners) = self.0.conversations.get(&signal.conversation) {
            let _ = listeners.send(signal);
        }
    }

    /// The conversations of a tenant whose customer has the window open on this node.
    pub fn present(&self, tenant: TenantId) -> Vec<Uuid> {
        self.0.tenants.get(&tenant).map(|tenant| tenant.present.keys().copied().collect()).unwrap_or_default()
    }

    fn note_presence(&self, tenant: TenantId, conversation: Uuid, there: bool) {
        let Some(mut tenant) = self.0.tenants.get_mut(&tenant) else { return };
        let windows = tenant.present.entry(conversation).or_default();
        *windows = if there { *windows + 1 } else { windows.saturating_sub(1) };
        if *windows == 0 {
            tenant.present.remove(&conversation);
        }
    }

    /// Whether the customer is typing at this moment.
    pub fn customer_is_typing(&self, conversation: Uuid) -> bool {
        let since = self.0.typing.get(&conversation).map(|since| *since);
        since.is_some_and(|since| self.0.crm.now().duration_since(since).as_secs() < TYPING)
    }

    /// Signals of one conversation.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn look(&self, tenant: TenantId, conversation: Uuid) -> crm_core::Result<Look> {
        self.enter(tenant).await?;
        let sender = self.0.conversations.entry(conversation).or_insert_with(|| Sender::new(BEHIND)).clone();
        Ok(Look { live: self.clone(), tenant, conversation: Some(conversation), signals: sender.subscribe() })
    }

    /// Typing, reading and coming in all conversations of a tenant.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn overlook(&self, tenant: TenantId) -> crm_core::Result<Look> {
        self.enter(tenant).await?;
        let signals = self.0.tenants.get(&tenant).map(|tenant| tenant.agents.subscribe());
        let signals = signals.unwrap_or_else(|| Sender::new(BEHIND).subscribe());
        Ok(Look { live: self.clone(), tenant, conversation: None, signals })
    }

    async fn enter(&self, tenant: TenantId) -> crm_core::Result<()> {
        if let Some(mut known) = self.0.tenants.get_mut(&tenant) {
            known.looking += 1;
            return Ok(());
        }
        let told = self.0.crm.last_sequence(tenant).await?;
        let mut known = self.0.tenants.entry(tenant).or_insert_with(|| Tenant {
            agents: Sender::new(BEHIND),
            told,
            looking: 0,
            present: HashMap::new(),
        });
        known.looking += 1;
        Ok(())
    }

    fn leave(&self, tenant: TenantId, conversation: Option<Uuid>) {
        if let Some(conversation) = conversation {
            self.0.conversations.remove_if(&conversation, |_, sender| sender.receiver_count() <= 1);
        }
        let last = self.0.tenants.get_mut(&tenant).is_some_and(|mut tenant| {
            tenant.looking = tenant.looking.saturating_sub(1);
            tenant.looking == 0
        });
        if last {
            self.0.tenants.remove_if(&tenant, |_, tenant| tenant.looking == 0);
        }
    }
}

/// Somebody's look at what happens, until it is dropped.
#[derive(Debug)]
pub struct Look {
    live: Live,
    tenant: TenantId,
    conversation: Option<Uuid>,
    signals: Receiver<Signal>,
}

impl Look {
    /// Waits for the next signal; none when some were missed, and what is written should be read.
    pub async fn next(&mut self) -> Option<Signal> {
        match self.signals.recv().await {
            Ok(signal) => Some(signal),
            Err(RecvError::Lagged(_)) => None,
            // It cannot be closed while this look holds the map's entry; if it is, there is nothing to wait for.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        self.live.leave(self.tenant, self.conversation);
    }
}
