//! What this company's customers want, learnt from the company's own examples.
//!
//! [`Intents::train`] learns from the examples of the active intents and keeps a version with what was measured
//! (`figures`); [`Intents::understand`] asks the version in use, which each node holds in memory for as long as the
//! tenant's revision is the same (`held`): so another version is in force with the next question, on every node.
//! What is done about an intent is read when it is meant, and is never learnt.

mod figures;
mod held;
mod lessons;
mod model;
mod train;

pub use figures::Figures;
pub use model::{Because, Understood};

use crm_core::{Actor, Crm, Result};
use held::Held;
use kb_index::Search;
use model::Model;
use std::sync::Arc;

/// The intents of all companies. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Intents {
    crm: Crm,
    search: Search,
    held: Arc<Held>,
}

impl Intents {
    /// The intents in this database. Where the index has a sentence encoder, meaning counts beside words.
    pub fn new(crm: Crm, search: Search) -> Self {
        Self { crm, search, held: Arc::default() }
    }

    /// What a text means by the version in use; none if there is no version in use. Costs nothing where there is none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn understand(&self, actor: &Actor, text: &str) -> Result<Option<Understood>> {
        let Some(model) = self.in_use(actor).await? else { return Ok(None) };
        let meaning = self.meaning(&model, text).await;
        Ok(Some(model.understand(text, meaning.as_deref())))
    }

    /// The words of a text that speak for what it was understood as, and against it, in their order.
    ///
    /// # Errors
    /// As for [`Intents::understand`].
    pub async fn explain(&self, actor: &Actor, text: &str, understood: &Understood) -> Result<Vec<Because>> {
        Ok(self.in_use(actor).await?.map(|model| model.explain(text, understood)).unwrap_or_default())
    }

    /// The version in use, as of the actor's revision.
    async fn in_use(&self, actor: &Actor) -> Result<Option<Arc<Model>>> {
        let (tenant, revision) = (actor.tenant(), actor.revision());
        if let Some(known) = self.held.get(tenant, revision) {
            return Ok(known);
        }
        let stored = self.crm.intents_in_use(tenant).await?;
        let model = match stored {
            Some((version, bytes)) => Some(Arc::new(Model::read(version, &bytes)?)),
            None => None,
        };
        self.held.put(tenant, revision, model.clone());
        Ok(model)
    }

    /// What a text means, where the model was taught meanings by the encoder that is there.
    async fn meaning(&self, model: &Model, text: &str) -> Option<Vec<f32>> {
        let encoder = model.encoder()?;
        let (fingerprint, meanings) = self.search.meanings(vec![text.to_owned()]).await?;
        if fingerprint == encoder { meanings.into_iter().next() } else { None }
    }
}
