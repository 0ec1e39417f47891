//! The mood of a message, and whether it cannot wait.

use super::concept::{Concept, Concepts};
use super::reading::Reading;
use super::{Intent, Sentiment};

pub(super) fn of(reading: &Reading<'_>, intent: Intent) -> Sentiment {
    let loud = reading.text.exclamations >= 2 || reading.text.shouted;
    let unhappy = is_unhappy(reading);
    let wants_loudly = intent == Intent::Human && loud;
    if intent == Intent::Abuse || is_angry(reading) || wants_loudly || unhappy && loud {
        return Sentiment::Angry;
    }
    if unhappy {
        return Sentiment::Unhappy;
    }
    // "Thanks, but" is manners.
    let thanks = matches!(intent, Intent::Thanks | Intent::Yes | Intent::Goodbye) && reading.has(Concept::Thanks);
    let praises = !matches!(intent, Intent::Question | Intent::Account | Intent::No) && reading.has(Concept::Happy);
    if intent == Intent::Thanks || thanks || praises { Sentiment::Happy } else { Sentiment::Neutral }
}

fn is_angry(reading: &Reading<'_>) -> bool {
    let insulted = reading.together(Concept::Bad, Concept::Target, 2) && is_unhappy(reading);
    reading.has(Concepts::of(&[Concept::Angry, Concept::Insult])) || insulted && reading.content() == 0
}

fn is_unhappy(reading: &Reading<'_>) -> bool {
    reading.has(Concept::Unhappy) || reading.followed(Concept::Not, Concept::Happy, 1).is_some()
}

/// Whether the matter cannot wait.
pub(super) fn is_urgent(reading: &Reading<'_>) -> bool {
    // "Not urgent" is not.
    reading.has(Concept::Urgent)
        && reading.followed(Concepts::of(&[Concept::Not, Concept::No]), Concept::Urgent, 1).is_none()
}
