//! What is said to a change that cannot be proposed: that nothing is called so, and what may have been meant instead;
//! that it would be one of several records, or of one that was not shown.

use super::answer::{Answer, Kind};
use super::dialogue::Offered;
use super::texts;
use crate::texts::fill;
use crm_core::schema::Schema;
use nlu::Language;
use nlu::staff::{NoSuch, Obstacle};

/// The answer to such a change. Nothing of it is done.
pub(super) fn told(obstacle: Obstacle, schema: &Schema, language: Language) -> Answer {
    let texts = texts::of(language);
    let says = |understood: String| Answer { understood, ..Answer::talk() };
    match obstacle {
        Obstacle::Several { shown } => says(fill(&texts.one_at_a_time, &[("count", &shown.to_string())])),
        Obstacle::Fewer { shown: 0 } => says(texts.nothing_shown.clone()),
        Obstacle::Fewer { shown } => says(fill(&texts.fewer_shown, &[("count", &shown.to_string())])),
        Obstacle::Gone => says(texts.gone.clone()),
        Obstacle::NoSuch(no_such) => {
            let understood = nothing_called(&no_such, schema, language);
            if no_such.instead.is_empty() {
                return Answer { understood, ..Answer::bare(0.0) };
            }
            let label =
                |object: &str| schema.object(object).map(|object| object.label.text(language.code()).to_owned());
            let shown = |instead: &nlu::staff::Instead| {
                format!("{} · {}", label(&instead.name.object).unwrap_or_default(), instead.name.name)
            };
            let offers = no_such.instead.iter().map(shown).collect();
            let texts = no_such.instead.into_iter().map(|instead| instead.text).collect();
            Answer {
                kind: Kind::Clarify,
                understood,
                offers,
                offered: Some(Offered::Texts(texts)),
                ..Answer::bare(0.0)
            }
        }
    }
}

/// "I know no team called "Foobar"."
fn nothing_called(no_such: &NoSuch, schema: &Schema, language: Language) -> String {
    let texts = texts::of(language);
    let name = ("name", no_such.name.as_str());
    let object = no_such.object.as_deref().filter(|object| *object != "user");
    match (object.and_then(|object| schema.object(object)), no_such.object.as_deref()) {
        (Some(object), _) => {
            let one = object.label.text(language.code());
            // English writes it small within a sentence.
            let one = if language == Language::En { one.to_lowercase() } else { one.to_owned() };
            fill(&texts.no_such, &[name, ("object", &one), ("objects", object.plural_label.text(language.code()))])
        }
        (None, Some("user")) => fill(&texts.unknown_colleague, &[name]),
        (None, _) => fill(&texts.nothing_called, &[name]),
    }
}
