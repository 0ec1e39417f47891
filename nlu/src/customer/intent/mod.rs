//! Which intent a message has. Each file knows one kind; their order here is their precedence.

mod abuse;
pub(super) mod account;
mod human;
mod nonsense;
mod reply;
mod small_talk;

use super::Intent;
use super::reading::Reading;

/// What a mistyped word takes from the certainty.
const CORRECTED: f32 = 0.1;

/// Hears one kind of intents, and how sure it is.
type Kind = fn(&Reading<'_>) -> Option<(Intent, f32)>;

/// The intent, and how sure it is.
pub(super) fn of(reading: &Reading<'_>) -> (Intent, f32) {
    let kinds: [Kind; 6] = [nonsense::of, human::of, small_talk::of, reply::of, account::of, abuse::of];
    let found = kinds.iter().find_map(|kind| kind(reading));
    let doubt = if reading.is_corrected() { CORRECTED } else { 0.0 };
    found.map_or((Intent::Question, 0.5), |(intent, certainty)| (intent, certainty - doubt))
}
