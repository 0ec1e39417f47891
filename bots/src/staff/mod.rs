//! What members of staff ask in their own words, and the exact answer.
//!
//! [`Staff::ask`] gathers the words that the asking person may use (`vocabulary`), lets [`nlu::staff`] understand the
//! text, and carries out what it means as that person (`answer`): what they may not see, the answer does not know.

mod answer;
mod vocabulary;

pub use answer::{Answer, Kind, Listed};

use crm_core::{Actor, Crm, Result};
use kb_index::Search;
use nlu::Language;
use nlu::staff::{Request, understand};

/// Answers the questions of staff. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Staff {
    crm: Crm,
    search: Search,
}

impl Staff {
    /// Staff who ask about these records, with this index of their names.
    pub fn new(crm: Crm, search: Search) -> Self {
        Self { crm, search }
    }

    /// Answers a text; `earlier` is the request that it may go on from, and at most `limit` records are listed.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub async fn ask(&self, actor: &Actor, text: &str, earlier: Option<&Request>, limit: usize) -> Result<Answer> {
        let language = Language::of(actor.language()).unwrap_or(Language::En);
        let now = self.crm.now().to_zoned(actor.zone().clone());
        let vocabulary = self.vocabulary(actor, text, language).await?;
        let understood = understand(text, &vocabulary, earlier, &now, language);
        self.answer(actor, understood, &vocabulary.schema, language, limit).await
    }
}
