//! What a model is told about one request, and how its answer is read.

use super::check::{Refused, read};
use super::fence::{Said, clean, split};
use super::schema;
use super::shown::{Shown, is_shown};
use super::wish::Wish;
use crate::Language;
use crate::staff::{Request, Understanding, Vocabulary, short};
use crm_core::schema::{FieldDef, FieldType, ObjectDef};
use jiff::Zoned;
use serde_json::{Map, Value as Json, json};

/// What a model is told about one request. Pure: the same request, vocabulary and time give the same words.
#[derive(Debug, Clone)]
pub struct Prompt {
    pub(super) shown: Shown,
    pub(super) wish: Wish,
    pub(super) earlier: Option<Request>,
    pub(super) now: Zoned,
    pub(super) language: Language,
    /// The document that the model reads.
    document: String,
}

/// What the model has to do, the same for everybody.
const TASK: &str = include_str!("prompt.md");
/// The longest answer, in tokens.
pub(super) const LONGEST_ANSWER: u32 = 2_000;
/// Names and values are told up to this length.
const LONGEST_NAME: usize = 80;
/// A passage that is repeated is told up to this length.
const LONGEST_TEXT: usize = 1_500;
/// So many other words for something are told.
const OTHER_WORDS: usize = 4;

impl Prompt {
    /// What a model is told about a text; `earlier` is the request that it may go on from.
    #[must_use]
    pub fn new(
        text: &str,
        vocabulary: &Vocabulary,
        earlier: Option<&Request>,
        now: &Zoned,
        language: Language,
    ) -> Self {
        let said = split(text);
        let shown = Shown::of(text, vocabulary);
        let document = document(&said, &shown, earlier, now, language).to_string();
        let wish = Wish::of(&said.own, language);
        Self { shown, wish, earlier: earlier.cloned(), now: now.clone(), language, document }
    }

    /// Reads an answer. Nothing in it is believed: it speaks of what was shown, compares what compares, and changes
    /// something only if the person's own words ask for a change; else all of it is refused.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(&self, answer: &str) -> Result<Understanding, Refused> {
        read(self, answer)
    }

    /// What the model has to do.
    pub(super) fn task(&self) -> &'static str {
        TASK
    }

    /// What it reads.
    #[must_use]
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The form of its answer.
    #[must_use]
    pub fn schema(&self) -> Json {
        schema::of(&self.shown)
    }

    /// How many tokens asking will take at most, roughly: three letters a token, and the longest answer.
    #[must_use]
    pub fn tokens(&self) -> u64 {
        let letters = TASK.len() + self.document.len() + self.schema().to_string().len();
        (letters / 3) as u64 + u64::from(LONGEST_ANSWER)
    }
}

fn document(said: &Said, shown: &Shown, earlier: Option<&Request>, now: &Zoned, language: Language) -> Json {
    let texts = said.repeated.iter().map(|text| clean(text, LONGEST_TEXT)).enumerate();
    let texts: Map<String, Json> = texts.map(|(at, text)| (format!("text {}", at + 1), json!(text))).collect();
    let objects: Map<String, Json> =
        shown.objects().map(|one| (one.name.clone(), object(one, shown, language))).collect();
    let records = shown.records.iter().enumerate().map(|(at, name)| {
        let codes: Vec<String> = name.codes.iter().map(|code| clean(code, LONGEST_NAME)).collect();
        (format!("r{}", at + 1), json!([name.object, clean(&name.name, LONGEST_NAME), codes]))
    });
    let values = shown.values.iter();
    let values = values.map(|known| json!([known.object, known.field, clean(&known.value, LONGEST_NAME)]));
    let before = earlier.map(|earlier| clean(&earlier.shown(&shown.schema, language), LONGEST_TEXT));
    json!({
        "request": clean(&said.own, LONGEST_TEXT),
        "texts": texts,
        "today": now.strftime("%Y-%m-%d, %A").to_string(),
        "me": shown.me.is_some(),
        "before": before,
        "objects": objects,
        "records": records.collect::<Map<_, _>>(),
        "values": values.collect::<Vec<_>>(),
    })
}

fn object(object: &ObjectDef, shown: &Shown, language: Language) -> Json {
    let fields = object.fields.iter().filter(|field| is_shown(field));
    let fields: Map<String, Json> = fields.map(|one| (short(one).to_owned(), json!(field(one, language)))).collect();
    let words = object.phrases.iter().filter_map(|phrase| {
        let means = json!({"condition": phrase.filter, "measure": phrase.measure});
        let says_something = phrase.filter.is_some() || phrase.measure.is_some();
        (says_something && speaks_of(object, &means)).then(|| (phrase.name("en").to_owned(), means))
    });
    let related = shown.schema.relations(&object.name).iter().filter(|one| shown.object(&one.object).is_some());
    let related: Map<String, Json> = related.map(|one| (one.name.clone(), json!(one.object))).collect();
    json!({
        "called": called(object.plural_label.text(language.code()), &object.also_called),
        "fields": fields,
        "words": words.collect::<Map<_, _>>(),
        "related": related,
    })
}

/// Whether all fields that a word means are those of an object as the person sees it.
fn speaks_of(object: &ObjectDef, means: &Json) -> bool {
    let is_there = |path: &str| path.split('.').next().is_some_and(|first| object.field(first).is_some());
    match means {
        Json::Object(parts) => parts.iter().all(|(name, part)| match part.as_str().filter(|_| name == "field") {
            Some(path) => is_there(path),
            None => speaks_of(object, part),
        }),
        Json::Array(parts) => parts.iter().all(|part| speaks_of(object, part)),
        _ => true,
    }
}

/// A field in a line: its type, label and other words, and what it takes.
fn field(field: &FieldDef, language: Language) -> String {
    let takes = match &field.kind {
        FieldType::Select { options } | FieldType::MultiSelect { options } => {
            let keys: Vec<&str> = options.iter().map(|option| option.key.as_str()).collect();
            format!("{} of {}", field.kind.name(), keys.join("|"))
        }
        FieldType::References { references } => format!("several > {references}"),
        kind => kind.target().map_or_else(|| kind.name().to_owned(), |target| format!("> {target}")),
    };
    let written = if field.read_only || field.kind.is_computed() { "" } else { ", can be set" };
    format!("{}: {takes}{written}", called(field.label.text(language.code()), &field.also_called))
}

fn called(label: &str, others: &[String]) -> String {
    let others: Vec<&str> = others.iter().take(OTHER_WORDS).map(String::as_str).collect();
    if others.is_empty() { label.to_owned() } else { format!("{label} ({})", others.join(", ")) }
}
