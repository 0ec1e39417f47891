//! What is on somebody's plate: a few questions that everybody has, asked as that person.

use super::keep::Saying;
use crate::staff::answer::Answer;
use crate::staff::{Staff, language, texts};
use crm_core::{Actor, Error, Result};
use serde_json::Value as Json;

/// What is asked; what means nothing in a company is left out.
const QUESTIONS: [&str; 3] = ["my open tasks due today", "my open deals closing this week", "my open tickets"];
/// How many records of each are named.
const NAMED: usize = 5;

impl Staff {
    pub(super) async fn digest(&self, actor: &Actor) -> Result<Saying> {
        let language = language(actor);
        let texts = texts::of(language);
        let mut lines = vec![texts.digest_of_today.clone()];
        for question in QUESTIONS {
            let Some(request) = self.question(actor, &question.to_owned()).await? else { continue };
            let answer = match self.carry_out(actor, &request, language, NAMED).await {
                Ok(answer) => answer,
                Err(Error::Invalid(_) | Error::NotFound { .. } | Error::Forbidden { .. }) => continue,
                Err(error) => return Err(error),
            };
            let records = answer.records.unwrap_or_default();
            let total = answer.total.unwrap_or_default();
            lines.push(format!("{}: {total}", answer.understood));
            lines.extend(
                records
                    .iter()
                    .filter_map(|record| record.get("name").and_then(Json::as_str))
                    .map(|name| format!("– {name}")),
            );
        }
        Ok(Saying::of(Answer::talk(), lines.join("\n")))
    }
}
