//! What the bot learns from customers: how often its answers help, company by company.

use super::Dialogue;
use crm_core::{Result, TenantId};
use dashmap::DashMap;
use jiff::{SignedDuration, Timestamp};
use kb_index::Calibration;

/// What was learnt of each company, and when.
pub(super) type Learnt = DashMap<TenantId, (Timestamp, Calibration)>;

/// How long what was learnt is held for true.
const HELD: SignedDuration = SignedDuration::from_mins(5);
/// Of how many companies it is remembered before all is forgotten.
const REMEMBERED: usize = 10_000;
/// How many of the last judged answers count.
const ANSWERS: usize = 300;

impl Dialogue {
    /// What confidence means to this company's customers.
    pub(super) async fn calibration(&self, tenant: TenantId) -> Result<Calibration> {
        let now = self.crm.now();
        if let Some(known) = self.learnt.get(&tenant).filter(|known| now.duration_since(known.0) < HELD) {
            return Ok(known.1);
        }
        let calibration = Calibration::fit(&self.crm.judged_answers(tenant, ANSWERS).await?);
        if self.learnt.len() >= REMEMBERED {
            self.learnt.clear();
        }
        self.learnt.insert(tenant, (now, calibration));
        Ok(calibration)
    }

    /// A customer of the company has judged an answer: what was learnt is learnt anew. Other nodes hear of it when
    /// what they hold is not held for true any more.
    pub(super) fn learn_anew(&self, tenant: TenantId) {
        self.learnt.remove(&tenant);
    }
}
