//! The network of sentence encoders such as all-MiniLM-L6-v2: BERT, one text at a time.

use candle_core::{D, DType, Device, Result, Tensor};
use candle_nn::ops::softmax;
use candle_nn::{Embedding, LayerNorm, Linear, Module, VarBuilder, embedding, layer_norm, linear};
use serde::Deserialize;

/// The shape of the network, as the model's `config.json` tells it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Shape {
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    intermediate_size: usize,
    pub(super) max_position_embeddings: usize,
    vocab_size: usize,
    type_vocab_size: usize,
    layer_norm_eps: f64,
}

/// The network with its weights.
pub(super) struct Bert {
    words: Embedding,
    places: Embedding,
    kinds: Embedding,
    norm: LayerNorm,
    layers: Vec<Layer>,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    attended: Linear,
    attention_norm: LayerNorm,
    wide: Linear,
    narrow: Linear,
    norm: LayerNorm,
    heads: usize,
}

impl Bert {
    /// Takes the weights by the names that all such models share.
    pub(super) fn load(shape: &Shape, weights: &VarBuilder<'_>) -> Result<Self> {
        // Some models were saved as part of a larger one.
        let plain = weights.contains_tensor("embeddings.word_embeddings.weight");
        let weights = if plain { weights.clone() } else { weights.pp("bert") };
        let (embeddings, size) = (weights.pp("embeddings"), shape.hidden_size);
        let layer = |n| Layer::load(shape, &weights.pp("encoder.layer").pp(n));
        Ok(Self {
            words: embedding(shape.vocab_size, size, embeddings.pp("word_embeddings"))?,
            places: embedding(shape.max_position_embeddings, size, embeddings.pp("position_embeddings"))?,
            kinds: embedding(shape.type_vocab_size, size, embeddings.pp("token_type_embeddings"))?,
            norm: layer_norm(size, shape.layer_norm_eps, embeddings.pp("LayerNorm"))?,
            layers: (0..shape.num_hidden_layers).map(layer).collect::<Result<_>>()?,
        })
    }

    /// What the words of a text mean on average.
    pub(super) fn embed(&self, words: &[u32]) -> Result<Vec<f32>> {
        let device = Device::Cpu;
        let places = Tensor::arange(0, words.len() as u32, &device)?;
        let kinds = Tensor::zeros(words.len(), DType::U32, &device)?;
        let words = self.words.forward(&Tensor::new(words, &device)?)?;
        let places = self.places.forward(&places)?;
        let mut meaning = self.norm.forward(&((words + places)? + self.kinds.forward(&kinds)?)?)?;
        for layer in &self.layers {
            meaning = layer.forward(&meaning)?;
        }
        meaning.mean(0)?.to_vec1()
    }
}

impl Layer {
    fn load(shape: &Shape, weights: &VarBuilder<'_>) -> Result<Self> {
        let (size, wide, eps) = (shape.hidden_size, shape.intermediate_size, shape.layer_norm_eps);
        let attention = weights.pp("attention");
        Ok(Self {
            query: linear(size, size, attention.pp("self.query"))?,
            key: linear(size, size, attention.pp("self.key"))?,
            value: linear(size, size, attention.pp("self.value"))?,
            attended: linear(size, size, attention.pp("output.dense"))?,
            attention_norm: layer_norm(size, eps, attention.pp("output.LayerNorm"))?,
            wide: linear(size, wide, weights.pp("intermediate.dense"))?,
            narrow: linear(wide, size, weights.pp("output.dense"))?,
            norm: layer_norm(size, eps, weights.pp("output.LayerNorm"))?,
            heads: shape.num_attention_heads,
        })
    }

    fn forward(&self, input: &Tensor) -> Result<Tensor> {
        let attended = self.attended.forward(&self.attend(input)?)?;
        let attended = self.attention_norm.forward(&(attended + input)?)?;
        let wide = self.wide.forward(&attended)?.gelu_erf()?;
        self.norm.forward(&(self.narrow.forward(&wide)? + attended)?)
    }

    /// What each word takes from the others.
    fn attend(&self, input: &Tensor) -> Result<Tensor> {
        let (words, size) = input.dims2()?;
        let by_head =
            |tensor: Tensor| tensor.reshape((words, self.heads, size / self.heads))?.transpose(0, 1)?.contiguous();
        let query = by_head(self.query.forward(input)?)?;
        let key = by_head(self.key.forward(input)?)?;
        let value = by_head(self.value.forward(input)?)?;
        let scale = ((size / self.heads) as f64).sqrt();
        let likeness = (query.matmul(&key.transpose(D::Minus1, D::Minus2)?.contiguous()?)? / scale)?;
        softmax(&likeness, D::Minus1)?.matmul(&value)?.transpose(0, 1)?.contiguous()?.reshape((words, size))
    }
}
