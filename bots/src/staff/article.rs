//! Questions that an article answers: which of a text's readings is meant, and the answer with its source.
//!
//! What the words surely ask of the records, they ask. Where they do not, an article answers, if it surely does. Only
//! whoever asks how, why or what holds ("how do I close a deal?") may mean an article in spite of a sure reading, and is
//! asked which of both. Who wants records by their words ("show…", "how many…") or a change is told of no article.

use super::answer::{Answer, Kind, Scope};
use super::dialogue::Offered;
use super::model::UNSURE;
use super::{Staff, language, texts};
use crm_core::query::Filter;
use crm_core::schema::Label;
use crm_core::text::fold;
use crm_core::{Actor, Error, Result};
use kb_index::{Passage, Question};
use nlu::customer::hear;
use nlu::staff::{Condition, Form, form};
use serde::Serialize;
use uuid::Uuid;

const ARTICLE: &str = "article";
/// What articles are found by, beside what they are about.
const TAG: &str = "tag";

/// Where an answer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The article.
    pub article: Uuid,
    /// Its title.
    pub title: String,
    /// The nearest heading above the answer; empty at the top.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// Whether only staff may read it.
    pub internal: bool,
    /// The path at which the console opens it.
    pub address: String,
}

impl Staff {
    /// The answer of an article where one is meant rather than `own`, or the question which of both is.
    pub(super) async fn of_articles(
        &self,
        actor: &Actor,
        text: &str,
        scope: &Scope<'_>,
        own: &Answer,
    ) -> Result<Option<Answer>> {
        let usual = language(actor);
        let spoken = hear(text, usual).language.unwrap_or(usual);
        let question = Question { text, earlier: scope.question };
        let form = form(text, spoken);
        let seeks = form == Form::Knowledge || question.follows_up(spoken.code());
        let is_sure = own.kind != Kind::Unknown && own.confidence >= UNSURE && !self.names_articles(actor, text, own);
        if matches!(form, Form::Records | Form::Change) || is_sure && !seeks {
            return Ok(None);
        }
        let Some(article) = self.article(&actor.clone().speaking(spoken.code()), question).await? else {
            return Ok(None);
        };
        // "how do I delete a contact?" asks for nothing to be done.
        let is_change = own.action.is_some();
        Ok(Some(if is_sure && !is_change { either(actor, question, own, &article) } else { article }))
    }

    /// Whether a reading only comes from words of an article's title, or from a tag that is called by one of them: "what
    /// is our refund policy?" is no question for the tickets that refer to this article, nor for the tag "policy".
    fn names_articles(&self, actor: &Actor, text: &str, own: &Answer) -> bool {
        let Some(request) = &own.request else {
            return own.choices.iter().flatten().any(|choice| [ARTICLE, TAG].contains(&choice.object.as_str()));
        };
        let is_named = || request.conditions.iter().any(|condition| condition.about == "id");
        if request.object == ARTICLE {
            return is_named();
        }
        let said = fold(text);
        let is_said =
            |label: &Label| [actor.language(), "en"].iter().any(|code| said.contains(&fold(label.text(code))));
        let object = self.crm.object(actor, &request.object);
        let is_said = object.is_some_and(|object| is_said(&object.label) || is_said(&object.plural_label));
        !is_said && (request.object == TAG && is_named() || request.conditions.iter().any(refers_to_article))
    }

    /// What an article surely answers, among those that the actor may read.
    pub(super) async fn article(&self, actor: &Actor, question: Question<'_>) -> Result<Option<Answer>> {
        let Some(object) = self.crm.object(actor, ARTICLE) else { return Ok(None) };
        let found = self.search.answer(&self.crm, actor, question, 1).await;
        let found = found.map_err(|error| Error::Internal(error.to_string()))?;
        let Some(passage) = found.passages.first().filter(|_| found.confident && !found.sentences.is_empty()) else {
            return Ok(None);
        };
        let source = Source::of(passage);
        let parts = [object.label.text(actor.language()), &source.title, &source.heading];
        let understood: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let sentences: Vec<&str> = found.sentences.iter().map(|sentence| sentence.text.trim()).collect();
        Ok(Some(Answer {
            kind: Kind::Article,
            understood: understood.join(" · "),
            answer: Some(sentences.join(" ")),
            source: Some(source),
            ..Answer::bare(f64::from(found.confidence))
        }))
    }
}

impl Source {
    fn of(passage: &Passage) -> Self {
        Self {
            article: passage.article,
            title: passage.title.clone(),
            heading: passage.headings.last().cloned().unwrap_or_default(),
            internal: passage.internal,
            address: format!("/articles/{}", passage.article),
        }
    }
}

/// Whether a condition is that something refers to an article.
fn refers_to_article(condition: &Condition) -> bool {
    let any = |filter: &Filter| matches!(filter, Filter::Compare { value, .. } if value["object"] == ARTICLE);
    condition.about == ARTICLE || any(&condition.filter)
}

/// Asks whether the article or the records are meant.
fn either(actor: &Actor, question: Question<'_>, own: &Answer, article: &Answer) -> Answer {
    Answer {
        kind: Kind::Clarify,
        understood: texts::of(language(actor)).either.clone(),
        offers: vec![article.understood.clone(), own.understood.clone()],
        offered: Some(Offered::Readings { earlier: question.earlier.map(str::to_owned) }),
        ..Answer::bare(own.confidence.min(article.confidence))
    }
}
