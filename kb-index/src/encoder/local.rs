//! An encoder on this machine: a folder with `config.json`, `model.safetensors` and `tokenizer.json`.

use super::bert::{Bert, Shape};
use super::{EncoderError, Vector};
use candle_core::{DType, Device};
use candle_nn::VarBuilder;
use sha2::{Digest, Sha256};
use std::path::Path;
use tokenizers::{Tokenizer, TruncationParams};

/// A model on this machine.
pub struct Local {
    network: Bert,
    words: Tokenizer,
    fingerprint: String,
}

/// No more words of a text are read: sentence encoders are made for sentences.
const MOST_WORDS: usize = 256;

impl std::fmt::Debug for Local {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Local").field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
}

impl Local {
    /// Reads the model of a folder.
    ///
    /// # Errors
    /// When a file of it cannot be read or is not what it should be.
    pub fn load(folder: &Path) -> Result<Self, EncoderError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|error| EncoderError::Model(format!("{}: {error}", path.display())))
        };
        let shape = read("config.json")?;
        let weights = read("model.safetensors")?;
        let vocabulary = read("tokenizer.json")?;
        let mut digest = Sha256::new();
        [&shape, &weights, &vocabulary].into_iter().for_each(|file| digest.update(file));
        let fingerprint = format!("{:x}", digest.finalize());
        let shape: Shape = serde_json::from_slice(&shape).map_err(failed)?;
        let weights = VarBuilder::from_buffered_safetensors(weights, DType::F32, &Device::Cpu).map_err(failed)?;
        let network = Bert::load(&shape, &weights).map_err(failed)?;
        let mut words = Tokenizer::from_bytes(vocabulary).map_err(failed)?;
        let max_length = MOST_WORDS.min(shape.max_position_embeddings);
        words.with_truncation(Some(TruncationParams { max_length, ..TruncationParams::default() })).map_err(failed)?;
        words.with_padding(None);
        Ok(Self { network, words, fingerprint })
    }

    /// Tells this model from others, by what is in its files.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The numbers of a text, for who learns from them: takes some milliseconds of the thread that asks.
    ///
    /// # Errors
    /// When the text cannot be taken apart or the network fails.
    pub fn numbers(&self, text: &str) -> Result<Vec<f32>, EncoderError> {
        let words = self.words.encode(text, true).map_err(failed)?;
        self.network.embed(words.get_ids()).map_err(failed)
    }

    /// The vector of a text.
    pub(crate) fn embed(&self, text: &str) -> Result<Vector, EncoderError> {
        let numbers = self.numbers(text)?;
        Vector::of(&numbers).ok_or_else(|| EncoderError::Model("a text has no direction".into()))
    }
}

fn failed(error: impl std::fmt::Display) -> EncoderError {
    EncoderError::Model(error.to_string())
}
