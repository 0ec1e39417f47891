//! The best ways to read a text as a row of pieces.

use super::piece::{Piece, Placed};

/// A row of pieces that covers a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Cover {
    pub(super) pieces: Vec<Placed>,
    pub(super) score: f64,
}

/// How many readings are kept at each word.
const KEPT: usize = 8;
/// What a word without a meaning costs.
const UNKNOWN: f64 = -0.5;

/// The best covers of `length` words by the pieces that begin at each of them.
pub(super) fn best(length: usize, pieces: &[Vec<Placed>]) -> Vec<Cover> {
    let mut ends: Vec<Vec<Cover>> = vec![Vec::new(); length + 1];
    ends[0].push(Cover::default());
    for at in 0..length {
        let here = std::mem::take(&mut ends[at]);
        for cover in kept(here) {
            let unknown = Placed { piece: Piece::Unknown, tokens: at..at + 1, score: UNKNOWN };
            for piece in pieces.get(at).into_iter().flatten().chain([&unknown]) {
                let mut longer = cover.clone();
                longer.score += piece.score;
                longer.pieces.push(piece.clone());
                if let Some(end) = ends.get_mut(piece.tokens.end) {
                    end.push(longer);
                }
            }
        }
    }
    kept(ends.pop().unwrap_or_default())
}

fn kept(mut covers: Vec<Cover>) -> Vec<Cover> {
    covers.sort_by(|one, other| other.score.total_cmp(&one.score));
    covers.truncate(KEPT);
    covers
}
