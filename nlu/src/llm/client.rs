//! The way to the service and back.
//!
//! The request is written in the types of `async-openai`; its own client is not used, because it logs what it cannot
//! read, stops at what services other than OpenAI's leave out, and keeps no time.

use super::failure::Failure;
use super::prompt::{LONGEST_ANSWER, Prompt};
use super::settings::Settings;
use crate::staff::Understanding;
use async_openai::types::chat::{
    ChatCompletionRequestMessage, ChatCompletionRequestSystemMessage, ChatCompletionRequestUserMessage,
    CreateChatCompletionRequest, ResponseFormat, ResponseFormatJsonSchema,
};
use rand::Rng;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Response, StatusCode};
use serde::Deserialize;
use std::time::{Duration, Instant};

/// A service that is asked what a text means.
#[derive(Debug, Clone)]
pub struct Llm {
    settings: Settings,
    http: reqwest::Client,
    address: String,
}

/// What came of asking.
#[derive(Debug)]
pub struct Heard {
    /// What the text means, or why that is not known.
    pub meant: Result<Understanding, Failure>,
    /// How many tokens it took, as the service counts them; none if it does not tell.
    pub tokens: Option<u64>,
    /// How long it took.
    pub took: Duration,
}

/// The most of an answer that is read, in bytes.
const LONGEST_BODY: usize = 256 * 1024;
/// How long a busy service is left alone at first, and at most.
const PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// As much of a chat completion as counts. Services differ in the rest.
#[derive(Debug, Deserialize)]
struct Completion {
    choices: Vec<Choice>,
    usage: Option<Usage>,
}

#[derive(Debug, Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Usage {
    total_tokens: u64,
}

impl Llm {
    /// A service that is asked as these settings say.
    ///
    /// # Errors
    /// When the key has characters that no header can have.
    pub fn new(settings: Settings) -> Result<Self, Failure> {
        let mut headers = HeaderMap::new();
        if let Some(key) = &settings.key {
            let header = HeaderValue::from_str(&format!("Bearer {}", key.expose()));
            let mut header = header.map_err(|_| Failure::Settings)?;
            header.set_sensitive(true);
            headers.insert(AUTHORIZATION, header);
        }
        // A key is for the service that was named, not for one that it names.
        let http = reqwest::Client::builder().default_headers(headers).redirect(Policy::none()).build();
        let http = http.map_err(|_| Failure::Settings)?;
        let address = format!("{}/chat/completions", settings.address.trim_end_matches('/'));
        Ok(Self { settings, http, address })
    }

    /// What it was told.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Asks what the text of a prompt means.
    pub async fn ask(&self, prompt: &Prompt) -> Heard {
        let begun = Instant::now();
        let answered = tokio::time::timeout(self.settings.patience, self.completion(&self.request(prompt))).await;
        let answered = answered.unwrap_or(Err(Failure::TimedOut));
        let tokens =
            answered.as_ref().ok().and_then(|completion| completion.usage.as_ref()).map(|used| used.total_tokens);
        let text = answered.and_then(text_of);
        let meant = text.and_then(|text| prompt.read(&text).map_err(Failure::from));
        Heard { meant, tokens, took: begun.elapsed() }
    }

    fn request(&self, prompt: &Prompt) -> CreateChatCompletionRequest {
        let task = ChatCompletionRequestSystemMessage::from(prompt.task());
        let document = ChatCompletionRequestUserMessage::from(prompt.document());
        let form = ResponseFormatJsonSchema {
            description: None,
            name: "request".to_owned(),
            schema: prompt.schema(),
            strict: Some(true),
        };
        CreateChatCompletionRequest {
            model: self.settings.model.clone(),
            messages: vec![ChatCompletionRequestMessage::System(task), ChatCompletionRequestMessage::User(document)],
            response_format: Some(ResponseFormat::JsonSchema { json_schema: form }),
            max_completion_tokens: Some(LONGEST_ANSWER),
            ..CreateChatCompletionRequest::default()
        }
    }

    /// Asks again where that may help, after a while that grows.
    async fn completion(&self, request: &CreateChatCompletionRequest) -> Result<Completion, Failure> {
        let mut tries = 0;
        loop {
            match self.once(request).await {
                Err(failure) if failure.may_pass() && tries < self.settings.retries => {
                    tokio::time::sleep(pause(&failure, tries)).await;
                    tries += 1;
                }
                answered => return answered,
            }
        }
    }

    async fn once(&self, request: &CreateChatCompletionRequest) -> Result<Completion, Failure> {
        let response = self.http.post(&self.address).json(request).send().await.map_err(|_| Failure::Unreachable)?;
        match response.status() {
            status if status.is_success() => {
                serde_json::from_slice(&body(response).await?).map_err(|_| Failure::Unreadable)
            }
            StatusCode::TOO_MANY_REQUESTS => Err(Failure::Busy { wait: wait(&response) }),
            status if status.is_server_error() => Err(Failure::Broken(status.as_u16())),
            status => Err(Failure::TurnedDown(status.as_u16())),
        }
    }
}

async fn body(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|_| Failure::Unreachable)? {
        body.extend_from_slice(&part);
        if body.len() > LONGEST_BODY {
            return Err(Failure::Unreadable);
        }
    }
    Ok(body)
}

/// For how many seconds a service asks to be left alone.
fn wait(response: &Response) -> Option<Duration> {
    let header = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    header.trim().parse().ok().map(Duration::from_secs)
}

/// Twice as long with each try, and never the same for all who wait; as long as the service says if that is bearable.
fn pause(failure: &Failure, tries: u32) -> Duration {
    if let Failure::Busy { wait: Some(wait) } = failure {
        return (*wait).min(LONGEST_PAUSE);
    }
    let longest = PAUSE.saturating_mul(2_u32.saturating_pow(tries)).min(LONGEST_PAUSE);
    longest.mul_f64(rand::rng().random_range(0.5..1.0))
}

/// The answer itself.
fn text_of(completion: Completion) -> Result<String, Failure> {
    let choice = completion.choices.into_iter().next().ok_or(Failure::Unreadable)?;
    match (choice.finish_reason.as_deref(), choice.message) {
        (Some("content_filter"), _) | (_, Message { refusal: Some(_), .. }) => Err(Failure::Declined),
        (Some("length"), _) => Err(Failure::CutOff),
        (_, Message { content: Some(content), .. }) => Ok(content),
        _ => Err(Failure::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_service_is_left_alone_for_longer_each_time_but_not_for_ever() {
        for tries in 0..40 {
            let pause = pause(&Failure::Unreachable, tries);
            assert!(pause >= PAUSE / 2 && pause <= LONGEST_PAUSE, "{tries}: {pause:?}");
        }
        let wait = |seconds| pause(&Failure::Busy { wait: Some(Duration::from_secs(seconds)) }, 0);
        assert_eq!((wait(1), wait(3_600)), (Duration::from_secs(1), LONGEST_PAUSE));
    }

    #[test]
    fn only_a_whole_answer_counts() {
        let read = |choice: &str| {
            text_of(serde_json::from_str(&format!("{{\"choices\": [{choice}]}}")).unwrap()).map_err(|why| why.code())
        };
        assert_eq!(read(r#"{"message": {"content": "{}"}, "finish_reason": "stop"}"#), Ok("{}".into()));
        assert_eq!(read(r#"{"message": {"content": "{"}, "finish_reason": "length"}"#), Err("cut_off"));
        assert_eq!(read(r#"{"message": {"refusal": "I cannot"}, "finish_reason": "stop"}"#), Err("declined"));
        assert_eq!(read(r#"{"message": {"content": ""}, "finish_reason": "content_filter"}"#), Err("declined"));
        assert_eq!(read(r#"{"message": {"tool_calls": []}, "finish_reason": "tool_calls"}"#), Err("unreadable"));
        assert_eq!(read(""), Err("unreadable"));
    }
}
