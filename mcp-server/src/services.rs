//! What the tools work with.

use crate::asks::Asks;
use crate::settings::Settings;
use crm_core::Crm;
use kb_index::Search;
use std::fmt;
use std::sync::Arc;

/// What the tools work with. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The records.
    pub crm: Crm,
    /// The search index.
    pub search: Search,
    /// Whoever answers questions in plain language; without one there is no tool for them.
    pub asks: Option<Arc<dyn Asks>>,
    /// Where the installation is to be found.
    pub settings: Arc<Settings>,
}

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Services").field("settings", &self.settings).finish_non_exhaustive()
    }
}
