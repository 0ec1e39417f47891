//! The folder `examples`, inside the binary.

use crate::import::Files;
use rust_embed::RustEmbed;
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../examples/"]
struct Examples;

/// The text of a file.
pub(super) fn text(name: &str) -> Option<String> {
    Some(String::from_utf8_lossy(&Examples::get(name)?.data).into_owned())
}

/// A folder of the examples, as the import reads it.
pub(super) fn files(folder: &str) -> Files {
    Files::Inside { folder: folder.to_owned(), get, names }
}

fn get(name: &str) -> Option<Cow<'static, [u8]>> {
    Examples::get(name).map(|file| file.data)
}

fn names() -> Vec<String> {
    Examples::iter().map(Cow::into_owned).collect()
}
