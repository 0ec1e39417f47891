//! What the bot itself says to colleagues, a file for each language.

use nlu::Language;
use serde::Deserialize;
use std::sync::LazyLock;

/// A language's sentences.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub(super) unknown: String,
    pub(super) unknown_words: String,
    pub(super) which_one: String,
    pub(super) either: String,
    pub(super) no_such: String,
    pub(super) nothing_called: String,
    pub(super) instead: String,
    pub(super) one_at_a_time: String,
    pub(super) fewer_shown: String,
    pub(super) nothing_shown: String,
    pub(super) gone: String,
    pub(super) missing: String,
    pub(super) when: String,
    pub(super) nobody_free: String,
    pub(super) not_free: String,
    pub(super) confirm: String,
    pub(super) done: String,
    pub(super) dropped: String,
    pub(super) already: String,
    pub(super) nothing_to_confirm: String,
    pub(super) undone: String,
    pub(super) nothing_to_undo: String,
    pub(super) changed_again: String,
    pub(super) stale: String,
    pub(super) change: String,
    pub(super) refused: String,
    pub(super) greeting: String,
    pub(super) thanks: String,
    pub(super) goodbye: String,
    pub(super) who: String,
    pub(super) calm: String,
    pub(super) nothing_meant: String,
    pub(super) help: String,
    pub(super) too_long: String,
    pub(super) none_left: String,
    pub(super) would_send: String,
    pub(super) would_remind: String,
    pub(super) would_tell: String,
    pub(super) on: String,
    pub(super) first_on: String,
    pub(super) promised: String,
    pub(super) sent: String,
    pub(super) cannot_send: String,
    pub(super) reminder: String,
    pub(super) reminder_of_nothing: String,
    pub(super) digest: String,
    pub(super) digest_of_today: String,
    pub(super) promises: String,
    pub(super) no_promises: String,
    pub(super) too_often: String,
    pub(super) too_many: String,
    pub(super) nothing_to_send: String,
    pub(super) no_figures: String,
    pub(super) stop_which: String,
    pub(super) ended: String,
    pub(super) already_ended: String,
    pub(super) when_it_happens: String,
    pub(super) somebody: String,
    pub(super) was_created: String,
    pub(super) was_changed: String,
    pub(super) and_more: String,
    pub(super) nothing_to_approve: String,
    pub(super) who_approves: String,
    pub(super) may_approve: String,
    pub(super) nobody_may: String,
    pub(super) no_manager: String,
    pub(super) unknown_colleague: String,
    pub(super) not_yourself: String,
    pub(super) may_not_either: String,
    pub(super) may_ask: String,
    pub(super) approval_asked: String,
    pub(super) nothing_to_withdraw: String,
    pub(super) withdraw_which: String,
    pub(super) withdrawn: String,
    pub(super) approvals: String,
    pub(super) approvals_asked: String,
    pub(super) no_approvals: String,
    pub(super) asks_approval: String,
    pub(super) declined: String,
    pub(super) was_approved: String,
    pub(super) was_declined: String,
    pub(super) was_withdrawn: String,
    pub(super) was_expired: String,
    pub(super) told_approved: String,
    pub(super) told_declined: String,
    pub(super) told_declined_because: String,
    pub(super) told_expired: String,
}

static ALL: LazyLock<[Texts; 5]> = LazyLock::new(|| {
    // A file that cannot be read says nothing; a test reads each.
    [
        include_str!("texts/en.toml"),
        include_str!("texts/de.toml"),
        include_str!("texts/fr.toml"),
        include_str!("texts/es.toml"),
        include_str!("texts/pt.toml"),
    ]
    .map(|text| toml::from_str(text).unwrap_or_default())
});

/// What is said in a language.
pub(super) fn of(language: Language) -> &'static Texts {
    let [en, de, fr, es, pt] = &*ALL;
    match language {
        Language::En => en,
        Language::De => de,
        Language::Fr => fr,
        Language::Es => es,
        Language::Pt => pt,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_everything() {
        for language in Language::ALL {
            assert!(!of(language).told_expired.is_empty(), "{language:?}");
        }
    }
}
