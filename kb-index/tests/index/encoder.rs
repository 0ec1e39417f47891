//! Articles found by what they mean: by a model on this machine, and by a service that speaks `/embeddings`.
//!
//! The model is a tiny network of random weights in the real files' format, the service a small server. Both hold that
//! `refund`, `moolah` and `dough` are one and the same.

use crate::support::{World, on_both};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use candle_core::{Device, Tensor};
use kb_index::{Embedder, Endpoint, Local};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tempfile::TempDir;

const WORDS: [&str; 12] =
    ["[UNK]", "refund", "moolah", "dough", "parcel", "arrives", "the", "after", "week", "two", "days", "delivery"];
/// How many words mean something else than those before them.
const SIZE: usize = 8;

fn sense(word: &str) -> usize {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let known = WORDS.iter().position(|known| *known == word).unwrap_or_default();
    if (1..=3).contains(&known) { 1 } else { known }
}

/// Numbers that look random and are the same each time.
fn random(seed: usize, count: usize) -> Vec<f32> {
    let mut state = seed as u64 + 1;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 40) as f32 / (1 << 24) as f32) - 0.5
    };
    (0..count).map(|_| next()).collect()
}

/// A folder with a model of two layers.
fn model() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let vocabulary: HashMap<&str, usize> = WORDS.iter().enumerate().map(|(id, word)| (*word, id)).collect();
    let tokenizer = json!({
        "version": "1.0", "added_tokens": [], "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"}
    });
    let config = json!({
        "hidden_size": SIZE, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 16,
        "max_position_embeddings": 64, "vocab_size": WORDS.len(), "type_vocab_size": 2, "layer_norm_eps": 1e-12
    });
    let write = |name: &str, json: &Value| std::fs::write(folder.path().join(name), json.to_string()).unwrap();
    write("tokenizer.json", &tokenizer);
    write("config.json", &config);
    write_weights(&folder.path().join("model.safetensors"));
    folder
}

fn write_weights(path: &Path) {
    let mut weights = HashMap::new();
    let mut put = |name: &str, numbers: Vec<f32>, shape: &[usize]| {
        weights.insert(name.to_owned(), Tensor::from_vec(numbers, shape, &Device::Cpu).unwrap());
    };
    let words = WORDS.iter().flat_map(|word| random(sense(word) * 100, SIZE)).collect();
    put("embeddings.word_embeddings.weight", words, &[WORDS.len(), SIZE]);
    put("embeddings.position_embeddings.weight", vec![0.0; 64 * SIZE], &[64, SIZE]);
    put("embeddings.token_type_embeddings.weight", vec![0.0; 2 * SIZE], &[2, SIZE]);
    let mut norms = vec!["embeddings.LayerNorm".to_owned()];
    for layer in 0..2 {
        let name = |part: &str| format!("encoder.layer.{layer}.{part}");
        for (part, from, to) in [
            ("attention.self.query", SIZE, SIZE),
            ("attention.self.key", SIZE, SIZE),
            ("attention.self.value", SIZE, SIZE),
            ("attention.output.dense", SIZE, SIZE),
            ("intermediate.dense", SIZE, 16),
            ("output.dense", 16, SIZE),
        ] {
            put(&name(&format!("{part}.weight")), random(layer + part.len(), from * to), &[to, from]);
            put(&name(&format!("{part}.bias")), vec![0.0; to], &[to]);
        }
        norms.extend([name("attention.output.LayerNorm"), name("output.LayerNorm")]);
    }
    for norm in norms {
        put(&format!("{norm}.weight"), vec![1.0; SIZE], &[SIZE]);
        put(&format!("{norm}.bias"), vec![0.0; SIZE], &[SIZE]);
    }
    candle_core::safetensors::save(&weights, path).unwrap();
}

/// A service that encodes.
#[derive(Clone, Default)]
struct Service {
    is_down: Arc<AtomicBool>,
    encoded: Arc<AtomicUsize>,
}

/// Titles with this word are counted.
const COUNTED: &str = "Kumquat";
const KEY: &str = "sk-a-secret-key";

impl Service {
    async fn start(&self) -> Embedder {
        // It may have been chosen before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let router = Router::new().route("/v1/embeddings", post(embeddings)).with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/v1/", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Embedder::Endpoint(Arc::new(Endpoint::new(&base, "tiny", Some(KEY)).unwrap()))
    }
}

async fn embeddings(
    State(service): State<Service>,
    headers: HeaderMap,
    Json(request): Json<Value>,
) -> Result<Json<Value>, StatusCode> {
    if service.is_down.load(Ordering::SeqCst) {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    if headers["authorization"] != format!("Bearer {KEY}") || request["model"] != "tiny" {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let texts = request["input"].as_array().unwrap();
    // The database is shared with other tests, whose articles are encoded too.
    let counted = texts.iter().filter(|text| text.as_str().unwrap().contains(COUNTED)).count();
    service.encoded.fetch_add(counted, Ordering::SeqCst);
    let one = |(index, text): (usize, &Value)| {
        let mut embedding = vec![0.0; WORDS.len()];
        text.as_str().unwrap().split_whitespace().for_each(|word| embedding[sense(word)] += 1.0);
        json!({"object": "embedding", "index": index, "embedding": embedding})
    };
    // The order is the index's, not that of the list.
    let data: Vec<Value> = texts.iter().enumerate().map(one).rev().collect();
    Ok(Json(json!({"object": "list", "model": "tiny", "data": data})))
}

async fn publish(world: &World) {
    world.article("Refund", "The refund arrives after the week.", json!({})).await;
    world.article("Delivery", "The parcel arrives after two days.", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_on_this_machine_finds_an_article_by_other_words_of_the_same_meaning() {
    on_both(|world| async move {
        let model = model();
        let world = world.encoded(Embedder::Local(Arc::new(Local::load(model.path()).unwrap()))).await;
        publish(&world).await;
        let visitor = world.visitor().await;
        let answer = world.answers(&visitor, "moolah refund dough", Some("Refund")).await;
        assert_eq!(answer.sentences[0].text, "The refund arrives after the week.");
        world.answers(&visitor, "moolah", Some("Refund")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_finds_an_article_by_its_meaning_and_words_are_enough_while_it_is_down() {
    on_both(|world| async move {
        let service = Service::default();
        let world = world.encoded(service.start().await).await;
        service.is_down.store(true, Ordering::SeqCst);
        publish(&world).await;
        let visitor = world.visitor().await;
        world.answers(&visitor, "two days", Some("Delivery")).await;
        world.answers(&visitor, "the refund", Some("Refund")).await;
        assert!(world.answer(&visitor, "moolah").await.passages.is_empty());
        service.is_down.store(false, Ordering::SeqCst);
        world.answers(&visitor, "moolah", Some("Refund")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_has_not_changed_is_not_encoded_again() {
    on_both(|mut world| async move {
        let service = Service::default();
        world = world.encoded(service.start().await).await;
        let article = world.article(COUNTED, "## One\nThe refund.\n\n## Two\nAfter two days.", json!({})).await;
        let visitor = world.visitor().await;
        world.answers(&visitor, "moolah", Some(COUNTED)).await;
        world.stop().await;
        world.search.catch_up(&world.crm).await.unwrap();
        let encoded = || service.encoded.load(Ordering::SeqCst);
        let before = encoded();
        world.update(&article, json!({"body": "## One\nThe refund.\n\n## Two\nAfter a week."})).await;
        world.search.catch_up(&world.crm).await.unwrap();
        assert_eq!(encoded(), before + 1, "only the second passage is new");
        world.search.rebuild(&world.crm, |_| {}).await.unwrap();
        world.search.catch_up(&world.crm).await.unwrap();
        assert_eq!(encoded(), before + 1, "a new index has the same texts");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_meaning_nor_its_service_tells_a_customer_of_internal_articles() {
    on_both(|world| async move {
        let world = world.encoded(Service::default().start().await).await;
        world.article("Secret", "The refund arrives after two days.", json!({"visibility": "internal"})).await;
        world.answers(&world.admin.clone(), "moolah", Some("Secret")).await;
        let answer = world.answer(&world.visitor().await, "moolah dough refund").await;
        assert!(answer.passages.is_empty() && answer.confidence == 0.0, "{answer:?}");
    })
    .await;
}

#[test]
fn the_key_of_a_service_is_never_told() {
    // It may have been chosen before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let endpoint = Endpoint::new("https://ai.example/v1", "tiny", Some(KEY)).unwrap();
    assert!(!format!("{endpoint:?}").contains(KEY));
    let refused = Endpoint::new("https://ai.example/v1", "tiny", Some("sk-\n")).unwrap_err();
    assert!(!refused.to_string().contains("sk-"));
}

#[test]
fn a_folder_without_a_model_says_which_file_is_missing_or_wrong() {
    let folder = model();
    std::fs::write(folder.path().join("model.safetensors"), "{}").unwrap();
    assert!(Local::load(folder.path()).is_err());
    std::fs::remove_file(folder.path().join("config.json")).unwrap();
    assert!(Local::load(folder.path()).unwrap_err().to_string().contains("config.json"));
}
