//! A company with the standard objects, and how its people's questions are understood.

use crm_core::schema::Schema;
use jiff::tz::TimeZone;
use nlu::Language;
use nlu::staff::{
    Definitions, KnownValue, KnownWords, Me, Meaning, Name, Obstacle, Request, Understanding, Vocabulary, understand,
};
use std::sync::{Arc, LazyLock};
use uuid::Uuid;

const RECORDS: [(&str, &str, &str); 26] = [
    ("account", "Cancity", "Cancity"),
    ("account", "Kinnamplus", ""),
    ("account", "Acme Corporation", ""),
    ("account", "Hottechi", ""),
    ("account", "Ganjaflex", ""),
    ("account", "Kan-code", ""),
    ("account", "Lindqvist Breweries and Daughters", ""),
    ("contact", "Ada Lindqvist", ""),
    ("user", "Darcel Schlecht", "darcel.schlecht@demo.example"),
    ("user", "Niesha Huffines", ""),
    ("user", "Moses Frase", ""),
    ("user", "John Smith", ""),
    ("user", "John Miller", ""),
    ("team", "Melvin Marxen's team", ""),
    ("product", "GTX Pro", ""),
    ("product", "GTX Basic", ""),
    ("product", "GTX Plus Basic", ""),
    ("product", "MG Special", ""),
    ("stage", "Prospecting", ""),
    ("stage", "Engaging", ""),
    ("stage", "Won", ""),
    ("stage", "Lost", ""),
    ("pipeline", "Sales pipeline", ""),
    ("deal", "Cancity – GTX Pro", "1C1I7A6R D-9447"),
    ("ticket", "Printer jam", "T-1042"),
    ("task", "Budget plan", ""),
];

const VALUES: [(&str, &str, &str); 11] = [
    ("account", "industry", "technolgy"),
    ("account", "industry", "software"),
    ("account", "industry", "retail"),
    ("account", "industry", "entertainment"),
    ("team", "region", "East"),
    ("team", "region", "West"),
    ("team", "region", "Central"),
    ("team", "region", "Germany"),
    ("product", "family", "GTX"),
    ("user", "title", "Sales agent"),
    ("user", "title", "Sales manager"),
];

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let name = |(n, (object, name, code)): (usize, &(&str, &str, &str))| Name {
        object: (*object).to_owned(),
        id: Uuid::from_u128(n as u128 + 1),
        name: (*name).to_owned(),
        codes: code.split_whitespace().map(str::to_owned).collect(),
        // The deal is the account's.
        within: (*object == "deal").then(|| Uuid::from_u128(1)).into_iter().collect(),
    };
    let value = |(object, field, value): &(&str, &str, &str)| KnownValue {
        object: (*object).into(),
        field: (*field).into(),
        value: (*value).into(),
    };
    let definitions = Arc::new(Definitions::new(Arc::new(Schema::standard())));
    let words = KnownWords::new(RECORDS.iter().enumerate().map(name).collect(), VALUES.iter().map(value).collect());
    let me = Me { user: Uuid::from_u128(7), team: Some(Uuid::from_u128(12)) };
    Vocabulary::new(definitions, vec![Arc::new(words)], Some(me))
});

pub(super) fn hear(text: &str, earlier: Option<&Request>, language: Language) -> Understanding {
    let now = "2017-12-31T12:00:00Z".parse::<jiff::Timestamp>().unwrap().to_zoned(TimeZone::UTC);
    understand(text, &VOCABULARY, earlier, &now, language)
}

/// How a question is understood, in one line; `?` if it is not.
pub(super) fn ask(text: &str) -> String {
    ask_after(&[], text)
}

/// The same, after others.
pub(super) fn ask_after(before: &[&str], text: &str) -> String {
    let mut earlier: Option<Request> = None;
    for text in before {
        let Meaning::Question(request) = hear(text, earlier.as_ref(), Language::En).meaning else {
            panic!("{text} is not understood")
        };
        earlier = Some(request);
    }
    told(hear(text, earlier.as_ref(), Language::En).meaning, Language::En)
}

/// How somebody is told what was understood.
pub(super) fn told(meaning: Meaning, language: Language) -> String {
    match meaning {
        Meaning::Question(request) => request.shown(&VOCABULARY.schema, language),
        Meaning::Change(change) if !change.missing.is_empty() => {
            format!("{} · {}?", change.shown(&VOCABULARY.schema, language), change.missing.join(", "))
        }
        Meaning::Change(change) => change.shown(&VOCABULARY.schema, language),
        Meaning::WhichOne { choices, .. } => {
            let names: Vec<String> = choices.into_iter().map(|name| name.name).collect();
            format!("{}?", names.join(" or "))
        }
        Meaning::Obstacle(Obstacle::NoSuch(no_such)) => {
            let instead: Vec<String> =
                no_such.instead.into_iter().map(|instead| format!(" {}?", instead.text)).collect();
            format!("no {} {}{}", no_such.object.unwrap_or_else(|| "such".into()), no_such.name, instead.concat())
        }
        Meaning::Obstacle(obstacle) => format!("{obstacle:?}"),
        Meaning::Unknown { .. } => "?".to_owned(),
    }
}

/// How a text is understood after a list of these records was shown, and after one was spoken of.
pub(super) fn ask_shown(listed: &[&str], one: Option<&str>, text: &str, language: Language) -> String {
    let record = |name: &&str| match *name {
        "gone" => None,
        name => VOCABULARY.names().find(|record| record.name == name).cloned(),
    };
    let mut vocabulary = VOCABULARY.clone();
    vocabulary.show(listed.iter().map(record).collect(), one.as_ref().and_then(record));
    let now = "2017-12-31T12:00:00Z".parse::<jiff::Timestamp>().unwrap().to_zoned(TimeZone::UTC);
    told(understand(text, &vocabulary, None, &now, language).meaning, language)
}
