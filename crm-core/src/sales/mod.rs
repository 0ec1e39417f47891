//! Selling: what deals and leads do beyond their definitions.

mod deal;
mod lead;

pub(crate) use deal::DealRules;
pub(crate) use lead::LeadRules;
