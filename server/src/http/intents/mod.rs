//! The company's own intents: learning from their examples, and trying what was learnt. Intents, examples and versions
//! are records like others.

pub(super) mod train;
pub(super) mod understand;

/// The group in which these operations are shown.
const TAG: &str = "Intents";
