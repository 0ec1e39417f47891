//! What members of staff ask in their own words, and the exact answer.
//!
//! [`Staff::ask`] gathers the words that the asking person may use (`vocabulary`, kept in `known`), lets
//! [`nlu::staff`] understand the text, and carries out what it means as that person (`answer`): what they may not see,
//! the answer does not know.
//! A question that is none about records is answered by an article (`article`), and a meeting without a time is offered
//! times (`meeting`). A change that cannot be proposed is told why (`obstacle`); what it may point at is what was shown
//! (`shown`).
//! [`Staff::hear`] does so in a conversation (`dialogue`): with what was said before, and with changes that are
//! confirmed and taken back. Where a language model is configured, it is asked when the words alone do not tell what is
//! meant (`model`); what it understands goes the same way, and a change that it proposes is always confirmed.
//! What it does by itself, later and again and again, is promised (`promise`). A colleague's yes to a change is asked
//! for and given in the same conversations (`approval`).

mod answer;
mod approval;
mod article;
mod chart;
mod charted;
mod dialogue;
mod doing;
mod known;
mod meeting;
mod model;
mod obstacle;
mod promise;
mod shown;
mod suggest;
mod texts;
mod vocabulary;

pub use answer::{Answer, Kind, Listed, Proposed};
pub use approval::{Approvals, ShownApproval};
pub use article::Source;
pub use dialogue::{Button, LONGEST, Said, Told};
pub use model::AskedModel;
pub use promise::{Promised, ToldTo};
pub use suggest::{NamedRecord, Preview};

use answer::Scope;

use crm_core::{Actor, Crm, Result};
use kb_index::Search;
use model::Question;
use nlu::Language;
use nlu::llm::Llm;
use nlu::staff::{Request, understand};
use shown::Shown;
use tokio::sync::broadcast;

/// Answers the questions of staff. Cheap to clone; clones share what they know.
#[derive(Debug, Clone)]
pub struct Staff {
    crm: Crm,
    search: Search,
    memory: known::Memory,
    llm: Option<Llm>,
    /// Tells those on this node who look on that somebody was told something by itself. Only a hint.
    told: broadcast::Sender<ToldTo>,
}

impl Staff {
    /// Staff who ask about these records, with this index of their names.
    pub fn new(crm: Crm, search: Search) -> Self {
        const HINTS: usize = 1_024;
        Self { crm, search, memory: known::Memory::default(), llm: None, told: broadcast::Sender::new(HINTS) }
    }

    /// Hints of those who were told something by itself, by whichever node.
    pub fn told(&self) -> broadcast::Receiver<ToldTo> {
        self.told.subscribe()
    }

    /// The same, with a language model to ask where the words do not tell what is meant.
    #[must_use]
    pub fn with_llm(self, llm: Option<Llm>) -> Self {
        Self { llm, ..self }
    }

    /// Answers a text; `earlier` is the request that it may go on from, and at most `limit` records are listed.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub async fn ask(&self, actor: &Actor, text: &str, earlier: Option<&Request>, limit: usize) -> Result<Answer> {
        let shown = Shown::default();
        let scope = Scope { earlier, question: None, shown: &shown, not: &[], limit, articles: true, alone: false };
        self.ask_within(actor, text, &scope).await
    }

    async fn ask_within(&self, actor: &Actor, text: &str, scope: &Scope<'_>) -> Result<Answer> {
        let language = language(actor);
        let now = self.now_of(actor);
        let mut vocabulary = self.vocabulary(actor, text, language).await?;
        vocabulary.exclude(scope.not.iter().copied());
        self.let_point(actor, text, language, scope.shown, &mut vocabulary).await?;
        let understood = understand(text, &vocabulary, scope.earlier, &now, language);
        let own = self.answer(actor, understood, &vocabulary.schema, language, scope.limit).await?;
        if scope.alone {
            return Ok(own);
        }
        if scope.articles
            && let Some(answer) = self.of_articles(actor, text, scope, &own).await?
        {
            return Ok(answer);
        }
        let (vocabulary, now) = (&vocabulary, &now);
        let question = Question { text, vocabulary, earlier: scope.earlier, now, limit: scope.limit };
        self.helped(actor, &question, own).await
    }
}

/// The language that somebody speaks with the bot.
fn language(actor: &Actor) -> Language {
    Language::of(actor.language()).unwrap_or(Language::En)
}
