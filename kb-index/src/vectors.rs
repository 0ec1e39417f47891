//! The vectors of passages, beside the index: kept by what the text says, so that nothing is encoded twice.
//!
//! One file for each encoder, which only grows while it is used; it can be deleted at any time. The process that writes
//! the index writes it, the others read what is new.

use crate::encoder::Vector;
use crate::error::Result;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};
use uuid::Uuid;

/// What a text says, as a number.
pub(crate) fn text_key(text: &str) -> u64 {
    let digest = Sha256::digest(text);
    digest.iter().take(8).fold(0, |key, byte| key << 8 | u64::from(*byte))
}

/// Vectors by [`text_key`].
pub(crate) type Known = HashMap<u64, Vector>;

/// The vectors of one encoder.
#[derive(Debug)]
pub(crate) struct Vectors {
    path: PathBuf,
    kept: RwLock<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// The file that was read: one that was written anew has another name in it.
    file: Uuid,
    dimensions: usize,
    /// How far it was read.
    read: u64,
    known: Known,
}

/// A file's name and how many numbers a vector has.
const HEAD: usize = 16 + 4;
const KEY: usize = 8;
const ENDING: &str = "vectors";

impl Vectors {
    /// The vectors of an encoder in the index's folder.
    pub(crate) fn open(folder: &Path, fingerprint: &str) -> Result<Self> {
        let name = format!("{}.{ENDING}", fingerprint.get(..16).unwrap_or(fingerprint));
        let vectors = Self { path: folder.join(name), kept: RwLock::default() };
        vectors.refresh()?;
        Ok(vectors)
    }

    /// What is known now.
    pub(crate) fn known(&self) -> impl std::ops::Deref<Target = Known> {
        struct Guard<'a>(RwLockReadGuard<'a, Kept>);
        impl std::ops::Deref for Guard<'_> {
            type Target = Known;
            fn deref(&self) -> &Known {
                &self.0.known
            }
        }
        Guard(self.kept.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads what another process has written since.
    pub(crate) fn refresh(&self) -> Result<()> {
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let mut head = [0; HEAD];
        match file.read_exact(&mut head) {
            Ok(()) => {}
            // It is being begun.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        let (name, dimensions) = read_head(&head);
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.file != name {
            *kept = Kept { file: name, dimensions, read: HEAD as u64, known: HashMap::new() };
        }
        file.seek(SeekFrom::Start(kept.read))?;
        let mut rest = Vec::new();
        file.read_to_end(&mut rest)?;
        let size = KEY + dimensions;
        for record in rest.chunks_exact(size) {
            let (key, numbers) = record.split_at(KEY);
            let key = key.iter().fold(0, |key, byte| key << 8 | u64::from(*byte));
            kept.known.insert(key, Vector::from_bytes(numbers));
        }
        kept.read += (rest.len() / size * size) as u64;
        Ok(())
    }

    /// Keeps vectors. Only the process that writes the index may.
    pub(crate) fn add(&self, new: Vec<(u64, Vector)>) -> Result<()> {
        let Some(dimensions) = new.first().map(|(_, vector)| vector.dimensions()) else { return Ok(()) };
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.dimensions != dimensions {
            *kept = Kept::default();
            return self.write_anew(&mut kept, new.into_iter().collect());
        }
        let bytes: Vec<u8> =
            new.iter().filter(|(_, vector)| vector.dimensions() == dimensions).flat_map(record).collect();
        let mut file = File::options().write(true).open(&self.path)?;
        // What a crash left half written is written over.
        file.seek(SeekFrom::Start(kept.read))?;
        file.write_all(&bytes)?;
        kept.read += bytes.len() as u64;
        kept.known.extend(new);
        Ok(())
    }

    /// Forgets the vectors of texts that are gone, once they are the most.
    pub(crate) fn keep_only(&self, wanted: &HashSet<u64>) -> Result<()> {
        const FEW: usize = 1_000;
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.known.len() < FEW + wanted.len() * 2 {
            return Ok(());
        }
        let mut known = std::mem::take(&mut kept.known);
        known.retain(|key, _| wanted.contains(key));
        self.write_anew(&mut kept, known)
    }

    fn write_anew(&self, kept: &mut Kept, known: Known) -> Result<()> {
        let dimensions = known.values().next().map_or(0, Vector::dimensions);
        let file = Uuid::new_v4();
        let mut bytes = file.as_bytes().to_vec();
        bytes.extend((dimensions as u32).to_be_bytes());
        bytes.extend(known.iter().map(|(key, vector)| (*key, vector.clone())).flat_map(|one| record(&one)));
        let new = self.path.with_extension("new");
        std::fs::write(&new, &bytes)?;
        std::fs::rename(new, &self.path)?;
        *kept = Kept { file, dimensions, read: bytes.len() as u64, known };
        Ok(())
    }

    /// Deletes the files of other encoders.
    pub(crate) fn remove_others(&self) -> Result<()> {
        let Some(folder) = self.path.parent() else { return Ok(()) };
        for file in std::fs::read_dir(folder)? {
            let path = file?.path();
            if path.extension().is_some_and(|ending| ending == ENDING) && path != self.path {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

fn read_head(head: &[u8; HEAD]) -> (Uuid, usize) {
    let (name, dimensions) = head.split_at(16);
    let dimensions = dimensions.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
    (Uuid::from_slice(name).unwrap_or_default(), dimensions)
}

fn record((key, vector): &(u64, Vector)) -> Vec<u8> {
    key.to_be_bytes().into_iter().chain(vector.bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(n: i8) -> Vector {
        Vector::of(&[f32::from(n), 1.0, 2.0]).unwrap()
    }

    #[test]
    fn what_was_kept_is_there_again_and_another_process_reads_what_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let writer = Vectors::open(folder.path(), "one").unwrap();
        writer.add(vec![(1, vector(1)), (2, vector(2))]).unwrap();
        let reader = Vectors::open(folder.path(), "one").unwrap();
        writer.add(vec![(3, vector(3))]).unwrap();
        assert_eq!(reader.known().len(), 2);
        reader.refresh().unwrap();
        assert_eq!(reader.known().get(&3), Some(&vector(3)));
        assert!(Vectors::open(folder.path(), "other").unwrap().known().is_empty());
    }

    #[test]
    fn what_a_crash_left_half_written_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        Vectors::open(folder.path(), "one").unwrap().add(vec![(1, vector(1))]).unwrap();
        let mut file = File::options().append(true).open(folder.path().join("one.vectors")).unwrap();
        file.write_all(&[0; 5]).unwrap();
        Vectors::open(folder.path(), "one").unwrap().add(vec![(2, vector(2))]).unwrap();
        let known = Vectors::open(folder.path(), "one").unwrap();
        assert_eq!((known.known().len(), known.known().get(&2).cloned()), (2, Some(vector(2))));
    }

    #[test]
    fn texts_that_are_gone_are_forgotten_once_they_are_the_most() {
        let folder = tempfile::tempdir().unwrap();
        let writer = Vectors::open(folder.path(), "one").unwrap();
        writer.add((0..2_000).map(|key| (key, vector(1))).collect()).unwrap();
        let reader = Vectors::open(folder.path(), "one").unwrap();
        writer.keep_only(&HashSet::from([7, 8])).unwrap();
        reader.refresh().unwrap();
        let mut left: Vec<u64> = reader.known().keys().copied().collect();
        left.sort_unstable();
        assert_eq!(left, [7, 8]);
    }

    #[test]
    fn an_encoder_whose_vectors_became_longer_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let vectors = Vectors::open(folder.path(), "one").unwrap();
        vectors.add(vec![(1, vector(1))]).unwrap();
        vectors.add(vec![(2, Vector::of(&[1.0; 8]).unwrap())]).unwrap();
        assert_eq!(vectors.known().keys().collect::<Vec<_>>(), [&2]);
    }
}
