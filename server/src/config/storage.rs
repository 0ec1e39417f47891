//! Where records and files are kept.

use super::reader::Reader;
use std::path::Path;

/// A bucket that speaks S3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bucket {
    pub(crate) name: String,
    /// What the keys of everything in it begin with.
    pub(crate) prefix: String,
}

pub(super) const DATABASE_FILE: &str = "parley.db";

pub(super) fn database_url(reader: &mut Reader<'_>, data: &Path) -> String {
    let url = reader.values.text("database.url");
    if url.is_empty() {
        return format!("sqlite:{}", data.join(DATABASE_FILE).display());
    }
    if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        reader.refuse("database.url", "Write sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE.");
    }
    url.to_owned()
}

pub(super) fn bucket(text: &str) -> Option<Option<Bucket>> {
    if text.is_empty() {
        return Some(None);
    }
    let (name, prefix) = text.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, "")))?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
    is_name.then(|| Some(Bucket { name: name.to_owned(), prefix: prefix.trim_matches('/').to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::super::values::tests::wrong;
    use super::*;

    #[test]
    fn files_lie_in_the_data_folder_or_in_a_bucket() {
        let read = |text: &str| bucket(text).map(|bucket| bucket.map(|Bucket { name, prefix }| (name, prefix)));
        let some = |name: &str, prefix: &str| Some(Some((name.to_owned(), prefix.to_owned())));
        assert_eq!(read(""), Some(None));
        assert_eq!(read("s3://files"), some("files", ""));
        assert_eq!(read("s3://files/parley/eu/"), some("files", "parley/eu"));
        for wrong in ["files", "s3://", "s3:///x", "s3://a b", "https://s3.example.com/files"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert!(wrong("files = \"gs://x\"\n").contains("Write s3://BUCKET"));
    }
}
