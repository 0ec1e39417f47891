//! What tells the meaning of texts.

use super::network::web_address;
use super::reader::Reader;
use super::setting::{Setting, setting};
use std::fmt;
use std::path::PathBuf;
use url::Url;

const SOURCE: &str = "encoder.source";
const MODEL: &str = "encoder.model";
/// A setting whose value is never shown.
pub(super) const KEY: &str = "encoder.key";

pub(super) const SETTINGS: [Setting; 3] = [
    setting(
        SOURCE,
        "PARLEY_ENCODER",
        "",
        "what tells the meaning of articles and questions: the folder of a sentence encoder, or the address of a service with /embeddings, such as https://api.example.com/v1; words alone count if empty",
    ),
    setting(MODEL, "PARLEY_ENCODER_MODEL", "text-embedding-3-small", "the service's model"),
    setting(KEY, "PARLEY_KEY", "", "the service's key"),
];

/// What tells the meaning of texts.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Encoder {
    /// The folder of a model.
    Folder(PathBuf),
    /// A service, with its model and its key.
    Service { address: Url, model: String, key: Option<String> },
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => f.debug_tuple("Folder").field(folder).finish(),
            // Not the key, nor what may stand in the address.
            Self::Service { model, .. } => f.debug_struct("Service").field("model", model).finish_non_exhaustive(),
        }
    }
}

/// The encoder, if there is one.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Encoder> {
    let source = reader.path(SOURCE)?;
    let text = reader.values.text(SOURCE);
    if !text.contains("://") {
        if !source.is_dir() {
            reader.refuse(SOURCE, "There is no such folder.");
        }
        return Some(Encoder::Folder(source));
    }
    let Some(address) = web_address(text) else {
        reader.refuse(SOURCE, "Write a folder, or an address such as https://api.example.com/v1.");
        return None;
    };
    let key = Some(reader.values.text(KEY).to_owned()).filter(|key| !key.is_empty());
    Some(Encoder::Service { address, model: reader.values.text(MODEL).to_owned(), key })
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::super::values::tests::{gathered, wrong};
    use super::*;

    #[test]
    fn an_encoder_is_a_folder_or_a_service_whose_key_is_never_shown() {
        let read = |file: &str| Config::read(&gathered(&[], &[], file).unwrap()).unwrap().encoder;
        assert_eq!(read(""), None);
        assert_eq!(read("[encoder]\nsource = \"/\"\n"), Some(Encoder::Folder(PathBuf::from("/"))));
        let file = "[encoder]\nsource = \"https://ai.example/v1\"\nmodel = \"m\"\nkey = \"s3cret\"\n";
        let address = Url::parse("https://ai.example/v1").unwrap();
        let service = Encoder::Service { address, model: "m".into(), key: Some("s3cret".into()) };
        assert_eq!(read(file), Some(service));
        assert!(!format!("{:?}{}", read(file), gathered(&[], &[], file).unwrap().show()).contains("s3cret"));
        assert!(wrong("[encoder]\nsource = \"/nowhere\"\n").contains("There is no such folder."));
        assert!(wrong("[encoder]\nsource = \"ftp://x\"\n").contains("Write a folder, or an address"));
    }
}
