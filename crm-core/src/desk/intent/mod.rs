//! What customers of one company want: intents told by its own examples, and versions of what was learnt from them.
//!
//! Examples are records like others ([`Crm::intent_material`] reads them); learning happens elsewhere and is kept as a
//! version ([`Crm::keep_intent_version`]), of which at most one is in use ([`Crm::intents_in_use`]). Which it is stands
//! in the records; whatever a node remembers of it is out of date with the tenant's revision.
//!
//! [`Crm::intent_material`]: crate::Crm::intent_material
//! [`Crm::keep_intent_version`]: crate::Crm::keep_intent_version
//! [`Crm::intents_in_use`]: crate::Crm::intents_in_use

mod material;
mod rules;
mod version;

pub use material::{Action, Doing, Material, Sentence};
pub(crate) use rules::{IntentModelRules, IntentRules};
pub use version::NewVersion;
