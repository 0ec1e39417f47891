//! An encoder elsewhere, asked by the `/embeddings` protocol of OpenAI, which many servers speak.

use super::{EncoderError, Vector};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// A service that encodes texts.
#[derive(Debug)]
pub struct Endpoint {
    client: reqwest::Client,
    address: String,
    model: String,
}

/// Who asks waits for one text, and is answered by words alone after that.
const PATIENCE: Duration = Duration::from_secs(2);
/// Nobody waits for many.
const PATIENCE_FOR_MANY: Duration = Duration::from_secs(60);

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    input: &'a [String],
}

#[derive(Deserialize)]
struct Response {
    data: Vec<Embedding>,
}

#[derive(Deserialize)]
struct Embedding {
    index: usize,
    embedding: Vec<f32>,
}

impl Endpoint {
    /// A service below `base`, such as `https://api.example.com/v1`, with the key that it asks for, if any.
    ///
    /// # Errors
    /// When the key has characters that no header can have.
    pub fn new(base: &str, model: &str, key: Option<&str>) -> Result<Self, EncoderError> {
        let mut headers = HeaderMap::new();
        if let Some(key) = key {
            let header = HeaderValue::from_str(&format!("Bearer {key}"));
            // The error would tell the key.
            let mut header = header.map_err(|_| EncoderError::Service("its key cannot be sent".into()))?;
            header.set_sensitive(true);
            headers.insert(AUTHORIZATION, header);
        }
        let client = reqwest::Client::builder().default_headers(headers).build().map_err(failed)?;
        let address = format!("{}/embeddings", base.trim_end_matches('/'));
        Ok(Self { client, address, model: model.to_owned() })
    }

    pub(super) fn fingerprint(&self) -> String {
        format!("{:x}", Sha256::digest(format!("{}\n{}", self.address, self.model)))
    }

    pub(super) async fn embed(&self, texts: &[String]) -> Result<Vec<Vector>, EncoderError> {
        let patience = if texts.len() == 1 { PATIENCE } else { PATIENCE_FOR_MANY };
        let request = Request { model: &self.model, input: texts };
        let response = self.client.post(&self.address).timeout(patience).json(&request).send().await;
        let response = response.and_then(reqwest::Response::error_for_status).map_err(failed)?;
        let mut response: Response = response.json().await.map_err(failed)?;
        response.data.sort_by_key(|one| one.index);
        let vectors: Option<Vec<Vector>> = response.data.iter().map(|one| Vector::of(&one.embedding)).collect();
        let vectors = vectors.filter(|vectors| vectors.len() == texts.len());
        vectors.ok_or_else(|| EncoderError::Service("it answered with other vectors than were asked for".into()))
    }
}

fn failed(error: reqwest::Error) -> EncoderError {
    // The address may hold a secret too.
    let error = error.without_url();
    let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
    EncoderError::Service(format!("{error}{cause}"))
}
