//! Asking the client something in rounds: by answering with the questions (2026-07-28), where what is known travels with
//! the client under a seal, or by requests of this side while the client waits (before).

#![expect(deprecated, reason = "sampling and roots end with the protocol's next revision; the present one tests them")]

use super::fixtures::{Words, filled};
use rmcp::model::*;
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// What is asked, round by round.
#[derive(Debug, Deserialize)]
pub(super) struct Asking {
    #[serde(default)]
    rounds: Vec<BTreeMap<String, Json>>,
    /// Whether what is known travels under a seal, without which no answer counts.
    #[serde(default)]
    sealed: bool,
    /// What is said in the end, with the answers' places.
    #[serde(default)]
    pub(super) answer: String,
}

/// What came of asking.
pub(super) enum Asked {
    /// All answers, and the arguments, by name.
    All(Words),
    /// The client is to answer these, and come again.
    Again(InputRequiredResult),
}

/// A request that may ask.
pub(super) struct Request<'a> {
    /// What is called.
    pub(super) name: &'a str,
    pub(super) arguments: Words,
    pub(super) responses: Option<InputResponses>,
    pub(super) state: Option<String>,
    pub(super) context: &'a RequestContext<RoleServer>,
}

/// How far the asking is.
#[derive(Serialize, Deserialize, Default)]
struct Known {
    round: usize,
    answers: Words,
}

impl Asking {
    /// Goes on with the asking as far as it gets in this request.
    pub(super) async fn go_on(&self, request: Request<'_>, seal: &RequestStateCodec) -> Result<Asked, ErrorData> {
        if self.rounds.is_empty() {
            return Ok(Asked::All(request.arguments));
        }
        if is_modern(request.context) { self.by_rounds(request, seal) } else { self.while_waiting(request).await }
    }

    fn by_rounds(&self, request: Request<'_>, seal: &RequestStateCodec) -> Result<Asked, ErrorData> {
        let name = request.name.as_bytes();
        let refused = |_| ErrorData::invalid_params("The request state is not the one that was given out.", None);
        let known =
            request.state.as_deref().map(|state| seal.open_json_with(state, name).map_err(refused)).transpose()?;
        let sealed_or_free = known.is_some() || !self.sealed;
        let mut known: Known = known.unwrap_or_default();
        let questions = self.questions(&known, &request)?;
        let answers =
            request.responses.as_ref().filter(|_| sealed_or_free).and_then(|given| answers(&questions, given));
        let next = match answers {
            Some(answers) => {
                known.round += 1;
                known.answers.extend(answers);
                if known.round == self.rounds.len() {
                    known.answers.extend(request.arguments);
                    return Ok(Asked::All(known.answers));
                }
                self.questions(&known, &request)?
            }
            None => questions,
        };
        let state = self.sealed.then(|| seal.seal_json_with(&known, &SealOptions::new().associated_data(name)));
        let state = state.transpose().map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
        Ok(Asked::Again(InputRequiredResult::new(Some(next), state)))
    }

    async fn while_waiting(&self, request: Request<'_>) -> Result<Asked, ErrorData> {
        let mut known = Known::default();
        for _ in &self.rounds {
            for (key, question) in self.questions(&known, &request)? {
                let answer = put(&question, request.context).await?;
                let gist = gist(&question, &answer);
                let gist = gist.ok_or_else(|| ErrorData::invalid_params(format!("No answer to {key}."), None))?;
                known.answers.insert(key, gist);
            }
            known.round += 1;
        }
        known.answers.extend(request.arguments);
        Ok(Asked::All(known.answers))
    }

    /// The questions of the present round that the client can answer.
    fn questions(&self, known: &Known, request: &Request<'_>) -> Result<InputRequests, ErrorData> {
        let round = self.rounds.get(known.round);
        let round = round.ok_or_else(|| ErrorData::invalid_params("Everything was asked.", None))?;
        let able = request.context.client_capabilities().unwrap_or_default();
        let (mut questions, mut lacking) = (InputRequests::new(), ClientCapabilities::default());
        for (key, question) in round {
            let question = serde_json::from_value(filled(question, &request.arguments));
            let question = question.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
            let answerable = match &question {
                InputRequest::Elicitation(_) => able.elicitation.is_some(),
                InputRequest::CreateMessage(_) => able.sampling.is_some(),
                _ => able.roots.is_some(),
            };
            if answerable {
                questions.insert(key.clone(), question);
            } else {
                need(&mut lacking, &question);
            }
        }
        if questions.is_empty() { Err(ErrorData::missing_required_client_capability(lacking)) } else { Ok(questions) }
    }
}

/// Whether the client speaks 2026-07-28 or newer.
pub(super) fn is_modern(context: &RequestContext<RoleServer>) -> bool {
    let version = context.protocol_version();
    version.is_some_and(|version| version.as_str() >= ProtocolVersion::V_2026_07_28.as_str())
}

/// Adds what a client needs to answer a question.
fn need(lacking: &mut ClientCapabilities, question: &InputRequest) {
    match question {
        InputRequest::Elicitation(_) => lacking.elicitation = Some(ElicitationCapability::default()),
        InputRequest::CreateMessage(_) => lacking.sampling = Some(SamplingCapability::default()),
        _ => lacking.roots = Some(RootsCapabilities::default()),
    }
}

/// Puts a question to a client that waits for the answer to its own request.
async fn put(question: &InputRequest, context: &RequestContext<RoleServer>) -> Result<Json, ErrorData> {
    let answered = match question.clone() {
        InputRequest::Elicitation(asked) => json(context.peer.create_elicitation(asked.params).await),
        InputRequest::CreateMessage(asked) => json(context.peer.create_message(asked.params).await),
        _ => json(context.peer.list_roots().await),
    };
    answered.map_err(|error| ErrorData::internal_error(format!("The client did not answer: {error}"), None))
}

fn json<T: Serialize>(answered: Result<T, rmcp::ServiceError>) -> Result<Json, String> {
    let answer = answered.map_err(|error| error.to_string())?;
    serde_json::to_value(answer).map_err(|error| error.to_string())
}

/// The gist of every answer, if each question has a sound one.
fn answers(questions: &InputRequests, given: &InputResponses) -> Option<Words> {
    questions.iter().map(|(key, question)| Some((key.clone(), gist(question, given.get(key)?)?))).collect()
}

/// What an answer says, if it is one to this kind of question.
fn gist(question: &InputRequest, answer: &Json) -> Option<String> {
    match question {
        InputRequest::Elicitation(_) => {
            let answer: ElicitResult = serde_json::from_value(answer.clone()).ok()?;
            if answer.action != ElicitationAction::Accept {
                return Some("no answer".into());
            }
            let values = answer.content?.as_object()?.values().map(plain).collect::<Vec<_>>();
            Some(values.join(", "))
        }
        InputRequest::CreateMessage(_) => {
            serde_json::from_value::<CreateMessageResult>(answer.clone()).ok()?;
            Some(plain(answer.pointer("/content/text").unwrap_or(&answer["content"])))
        }
        _ => {
            serde_json::from_value::<ListRootsResult>(answer.clone()).ok()?;
            let roots = answer["roots"].as_array()?.iter().map(|root| plain(&root["uri"])).collect::<Vec<_>>();
            Some(roots.join(", "))
        }
    }
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
