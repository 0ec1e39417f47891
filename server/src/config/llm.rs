//! The language model that is asked where the words do not tell what a colleague means.

use super::network::web_address;
use super::reader::{Reader, positive};
use super::setting::{Setting, setting};
use nlu::llm::{Secret, Settings, Use};
use std::time::Duration;

const ADDRESS: &str = "llm.address";
const MODEL: &str = "llm.model";
/// A setting whose value is never shown.
pub(super) const KEY: &str = "llm.key";

pub(super) const SETTINGS: [Setting; 7] = [
    setting(
        ADDRESS,
        "PARLEY_LLM",
        "",
        "address of a service with /chat/completions, such as https://api.example.com/v1, whose language model is asked where the words do not tell what a colleague means; nobody is asked if empty",
    ),
    setting(MODEL, "PARLEY_LLM_MODEL", "", "the service's model"),
    setting(KEY, "PARLEY_LLM_KEY", "", "the service's key"),
    setting("llm.asked", "PARLEY_LLM_ASKED", "unsure", "when it is asked: unsure, or always"),
    setting("llm.timeout_seconds", "PARLEY_LLM_TIMEOUT_SECONDS", "10", "how long somebody waits for it"),
    setting("llm.retries", "PARLEY_LLM_RETRIES", "2", "how often a busy service is asked again"),
    setting(
        "llm.daily_tokens",
        "PARLEY_LLM_DAILY_TOKENS",
        "1000000",
        "how many tokens a company may use in a day; 0 for no limit",
    ),
];

/// The model, if there is one.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Settings> {
    let address = reader.values.text(ADDRESS).to_owned();
    if address.is_empty() {
        return None;
    }
    if web_address(&address).is_none() {
        reader.refuse(ADDRESS, "Write an address such as https://api.example.com/v1.");
    }
    let model = reader.values.text(MODEL).trim().to_owned();
    if model.is_empty() {
        reader.refuse(MODEL, "Name the model that the service shall use.");
    }
    let key = Some(reader.values.text(KEY)).filter(|key| !key.is_empty()).map(Secret::new);
    let patience = reader.checked("llm.timeout_seconds", "Write whole seconds, 1 or more.", positive);
    let retries = reader.checked("llm.retries", "Write a whole number, 10 at most.", |text| {
        text.trim().parse().ok().filter(|retries: &u32| *retries <= 10)
    });
    let daily_tokens: u64 = reader.parsed("llm.daily_tokens", "Write a whole number, 0 for no limit.");
    Some(Settings {
        address: address.trim().to_owned(),
        model,
        key,
        patience: Duration::from_secs(patience),
        retries,
        daily_tokens: Some(daily_tokens).filter(|tokens| *tokens > 0),
        asked: reader.checked("llm.asked", "Write unsure or always.", when),
    })
}

fn when(text: &str) -> Option<Use> {
    match text {
        "unsure" => Some(Use::Unsure),
        "always" => Some(Use::Always),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::values::tests::{gathered, wrong};
    use super::*;
    use crate::config::Config;

    fn read(file: &str) -> Option<Settings> {
        Config::read(&gathered(&[], &[], file).unwrap()).unwrap().llm
    }

    #[test]
    fn a_language_model_is_off_unless_a_service_is_named_and_its_key_is_never_shown() {
        assert_eq!(read(""), None);
        let file = "[llm]\naddress = \"https://ai.example/v1\"\nmodel = \"m\"\nkey = \"s3cret\"\ndaily_tokens = 0\n";
        let settings = read(file).unwrap();
        assert_eq!((settings.model.as_str(), settings.daily_tokens, settings.asked), ("m", None, Use::Unsure));
        assert_eq!(settings.key, Some(Secret::new("s3cret")));
        assert!(!format!("{settings:?}{}", gathered(&[], &[], file).unwrap().show()).contains("s3cret"));
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_mend() {
        assert!(wrong("[llm]\naddress = \"https://ai.example/v1\"\n").contains("Name the model"));
        let file = "[llm]\naddress = \"ftp://x\"\nmodel = \"m\"\nasked = \"sometimes\"\nretries = 99\n";
        assert_eq!(wrong(file).lines().count(), 3);
    }
}
