//! The dialogue with a customer, the same over every channel.
//!
//! [`Dialogue::wake`] is called when a customer has said something. A conversation has one run at a time (`runs`); a
//! run reads what was said since the bot last spoke (`situation`), decides (`decide`), does what the company's own intent
//! says (`intent`), looks the answer up (`answer`) or hands over (`handover`), and stores it. If anything happened meanwhile the store refuses, and it runs again.
//! Whatever fails for good ends with a person, never in silence; what was lost with a node is found by `watch`.

mod account;
mod answer;
mod decide;
mod handover;
mod intent;
mod learning;
mod runs;
mod situation;
mod watch;

use crate::intents::Intents;
use crate::live::Live;
use crm_core::Crm;
use dashmap::DashMap;
use kb_index::Search;
use std::sync::Arc;
use uuid::Uuid;

/// The bot at work. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Dialogue {
    crm: Crm,
    search: Search,
    intents: Intents,
    live: Live,
    /// The conversations in which the bot thinks; true if it shall think again when it has done.
    runs: Arc<DashMap<Uuid, bool>>,
    learnt: Arc<learning::Learnt>,
}

impl Dialogue {
    /// A bot that answers from this index, and by the intents that companies have taught it.
    pub fn new(crm: Crm, search: Search, intents: Intents, live: Live) -> Self {
        Self { crm, search, intents, live, runs: Arc::default(), learnt: Arc::default() }
    }
}
