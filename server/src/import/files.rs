//! The folder that is imported: on disk, or inside the binary.

use super::error::ImportError;
use std::borrow::Cow;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// Where the tables of an import lie.
#[derive(Debug, Clone)]
pub(crate) enum Files {
    /// In a folder on disk.
    Disk(PathBuf),
    /// In a folder inside the binary.
    Inside {
        /// The folder.
        folder: String,
        /// Finds a file.
        get: fn(&str) -> Option<Cow<'static, [u8]>>,
        /// Lists all files.
        names: fn() -> Vec<String>,
    },
}

impl Files {
    /// Opens a file, and tells how long it is.
    pub(super) fn open(&self, name: &str) -> Result<(Box<dyn Read + Send>, u64), ImportError> {
        match self {
            Self::Disk(folder) => {
                let path = folder.join(name);
                let failed = |error: std::io::Error| ImportError::file(path.display().to_string(), error);
                let file = File::open(&path).map_err(failed)?;
                let length = file.metadata().map_err(failed)?.len();
                Ok((Box::new(file), length))
            }
            Self::Inside { folder, get, .. } => {
                let data =
                    get(&inside(folder, name)).ok_or_else(|| ImportError::file(name, "there is no such file"))?;
                let length = data.len() as u64;
                Ok((Box::new(Cursor::new(data)), length))
            }
        }
    }

    /// The names of the files that a pattern with one `*` means, sorted.
    pub(super) fn matching(&self, pattern: &str) -> Result<Vec<String>, ImportError> {
        let (folder, last) = pattern.rsplit_once('/').unwrap_or(("", pattern));
        let Some((before, after)) = last.split_once('*') else {
            return Err(ImportError::file(pattern, "the pattern has no `*`, as `articles/*.md` has"));
        };
        let matches =
            |name: &str| name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after);
        let join = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let mut found: Vec<String> =
            self.list(folder)?.iter().filter(|name| matches(name)).map(|name| join(name)).collect();
        found.sort();
        Ok(found)
    }

    /// The names of the files right inside a folder.
    fn list(&self, folder: &str) -> Result<Vec<String>, ImportError> {
        match self {
            Self::Disk(root) => {
                let path = root.join(folder);
                let failed = |error: std::io::Error| ImportError::file(path.display().to_string(), error);
                let entries = std::fs::read_dir(&path).map_err(failed)?;
                entries
                    .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()).map_err(failed))
                    .collect()
            }
            Self::Inside { folder: root, names, .. } => {
                let wanted = inside(root, folder);
                let last = |name: String| match name.rsplit_once('/') {
                    Some((at, last)) => (at == wanted.trim_end_matches('/')).then(|| last.to_owned()),
                    None => wanted.is_empty().then_some(name),
                };
                Ok(names().into_iter().filter_map(last).collect())
            }
        }
    }

    /// Where the rejected rows of a file are written: beside it, unless the import says otherwise.
    pub(super) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Disk(folder) => Some(folder),
            Self::Inside { .. } => None,
        }
    }
}

fn inside(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_the_files_of_one_folder() {
        let names = || {
            [
                "demo/articles/b.md",
                "demo/articles/a.md",
                "demo/articles/old/c.md",
                "demo/articles/a.txt",
                "demo/d.md",
                "articles/e.md",
            ]
            .map(str::to_owned)
            .into()
        };
        let files = Files::Inside { folder: "demo".into(), get: |_| None, names };
        assert_eq!(files.matching("*.md").unwrap(), ["d.md"]);
        assert_eq!(files.matching("articles/*.md").unwrap(), ["articles/a.md", "articles/b.md"]);
        assert!(files.matching("articles/a.md").is_err());
    }
}
