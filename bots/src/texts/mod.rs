//! What the bot says, in each language: one file a language, all with the same keys.

use nlu::Language;
use serde::Deserialize;
use std::sync::LazyLock;

/// The sentences of one language. `{company}` and the like are filled in by [`fill`].
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Texts {
    pub(crate) greeting: String,
    pub(crate) who: String,
    pub(crate) how_are_you: String,
    pub(crate) thanks: String,
    pub(crate) goodbye: String,
    pub(crate) calm: String,
    pub(crate) nonsense: String,
    pub(crate) off_topic: String,
    pub(crate) files: String,
    pub(crate) go_on: String,
    pub(crate) helped: String,
    pub(crate) not_helped: String,
    pub(crate) see_article: String,
    pub(crate) did_it_help: String,
    pub(crate) yes: String,
    pub(crate) no: String,
    pub(crate) person: String,
    pub(crate) handoff: Handoff,
    pub(crate) proof: Proof,
    pub(crate) own: Own,
    pub(crate) ticket: String,
    pub(crate) wait: Wait,
    pub(crate) details: String,
    pub(crate) nobody: String,
    pub(crate) nobody_mail: String,
    /// From Monday.
    pub(crate) days: [String; 7],
}

/// Why a person takes over.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Handoff {
    pub(crate) asked: String,
    pub(crate) no_answer: String,
    pub(crate) unhelpful: String,
    pub(crate) upset: String,
    pub(crate) account: String,
    pub(crate) intent: String,
    pub(crate) failure: String,
}

/// Proving who one is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Proof {
    pub(crate) which_address: String,
    pub(crate) no_address: String,
    pub(crate) sent: String,
    pub(crate) wrong: String,
    pub(crate) no_code: String,
    pub(crate) ended: String,
    pub(crate) too_many: String,
    pub(crate) not_here: String,
    pub(crate) without: String,
    pub(crate) new_code: String,
    pub(crate) other_address: String,
    pub(crate) mail_subject: String,
    pub(crate) mail_body: String,
}

/// The customer's own tickets.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Own {
    pub(crate) none_open: String,
    pub(crate) not_yours: String,
    pub(crate) tickets: String,
    pub(crate) ticket: String,
    pub(crate) answer: String,
    pub(crate) no_answer: String,
    pub(crate) more: String,
    pub(crate) status: Status,
}

/// How a ticket stands.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Status {
    pub(crate) new: String,
    pub(crate) open: String,
    pub(crate) waiting: String,
    pub(crate) on_hold: String,
    pub(crate) solved: String,
    pub(crate) closed: String,
}

/// How long it takes.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wait {
    pub(crate) minute: String,
    pub(crate) minutes: String,
    pub(crate) unknown: String,
    pub(crate) absent: String,
    pub(crate) one_ahead: String,
    pub(crate) ahead: String,
    pub(crate) closed: String,
    pub(crate) closed_for_long: String,
}

static ALL: LazyLock<[Texts; 5]> = LazyLock::new(|| {
    // A file that cannot be read says nothing; a test reads each.
    [
        include_str!("en.toml"),
        include_str!("de.toml"),
        include_str!("fr.toml"),
        include_str!("es.toml"),
        include_str!("pt.toml"),
    ]
    .map(|text| toml::from_str(text).unwrap_or_default())
});

/// What is said in a language.
pub(crate) fn of(language: Language) -> &'static Texts {
    let [en, de, fr, es, pt] = &*ALL;
    match language {
        Language::En => en,
        Language::De => de,
        Language::Fr => fr,
        Language::Es => es,
        Language::Pt => pt,
    }
}

/// A sentence with its names filled in.
pub(crate) fn fill(text: &str, names: &[(&str, &str)]) -> String {
    names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_everything() {
        for language in Language::ALL {
            let texts = of(language);
            assert!(!texts.greeting.is_empty() && !texts.days[6].is_empty(), "{language:?}");
            assert!(texts.ticket.contains("{ticket}") && texts.wait.closed.contains("{time}"), "{language:?}");
            assert!(texts.proof.sent.contains("{address}") && texts.proof.mail_body.contains("{code}"), "{language:?}");
            assert!(texts.own.ticket.contains("{ticket}") && texts.own.not_yours.contains("{ticket}"), "{language:?}");
            assert!(texts.see_article.contains("{title}") && !texts.handoff.intent.is_empty(), "{language:?}");
            assert!(texts.off_topic.contains("{company}") && texts.nobody.contains("{ticket}"), "{language:?}");
        }
    }
}
