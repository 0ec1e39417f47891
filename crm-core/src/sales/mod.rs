//! Selling: what deals and leads do beyond their definitions.

mod deal;
mod lead;
mod pipeline;

pub(crate) use deal::DealRules;
pub(crate) use lead::LeadRules;
pub(crate) use pipeline::PipelineRules;
