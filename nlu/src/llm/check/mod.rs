//! Reads what a model answers, and refuses whatever was not shown or not asked for.

mod change;
mod filter;
mod question;
mod value;
mod words;

use super::CONFIDENCE;
use super::prompt::Prompt;
use super::reply::{Answer, Reply};
use crate::staff::{Meaning, Understanding, short};
use crm_core::schema::{FieldDef, ObjectDef};
use std::sync::Arc;

/// Why an answer is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It has another form, or is no JSON.
    #[error("it has another form")]
    Form,
    /// An object that was not shown.
    #[error("it speaks of an object that was not shown")]
    UnknownObject,
    /// A field, path or relation that was not shown.
    #[error("it speaks of a field that was not shown")]
    UnknownField,
    /// A record that was not shown.
    #[error("it speaks of a record that was not shown")]
    UnknownRecord,
    /// An operator that the field does not take.
    #[error("it compares what does not compare")]
    Operator,
    /// A value that the field does not take.
    #[error("it has a value that the field does not take")]
    Value,
    /// More than anybody asks at once.
    #[error("it is too much at once")]
    TooMuch,
    /// A change that the person's own words do not ask for.
    #[error("it changes what nobody asked to have changed")]
    NotAskedFor,
    /// A change of what nobody changes in such a way.
    #[error("it changes what is not changed so")]
    NotChangeable,
}

/// The longest answer that is looked at, in bytes.
const LONGEST: usize = 32_000;
/// The longest way to a field.
const MOST_HOPS: usize = 3;

pub(super) fn read(prompt: &Prompt, answer: &str) -> Result<Understanding, Refused> {
    if answer.len() > LONGEST {
        return Err(Refused::TooMuch);
    }
    let reply: Reply = serde_json::from_str(answer.trim()).map_err(|_| Refused::Form)?;
    let checked = Checked { prompt };
    Ok(match reply.answer {
        Answer::Question(question) => sure(Meaning::Question(checked.question(question)?)),
        Answer::Change(change) => sure(Meaning::Change(checked.change(change)?)),
        Answer::Unknown(_) => Understanding { meaning: Meaning::Unknown { words: Vec::new() }, confidence: 0.0 },
    })
}

fn sure(meaning: Meaning) -> Understanding {
    Understanding { meaning, confidence: CONFIDENCE }
}

/// What an answer is held against.
struct Checked<'a> {
    prompt: &'a Prompt,
}

/// A field at the end of a path.
struct Place {
    /// The path as queries write it.
    text: String,
    field: Arc<FieldDef>,
    /// For people.
    label: String,
}

impl Checked<'_> {
    fn object(&self, name: &str) -> Result<&Arc<ObjectDef>, Refused> {
        self.prompt.shown.object(name).ok_or(Refused::UnknownObject)
    }

    fn code(&self) -> &'static str {
        self.prompt.language.code()
    }

    /// The field that a path leads to, through single references to objects that are shown.
    fn place(&self, object: &ObjectDef, path: &str) -> Result<Place, Refused> {
        let shown = &self.prompt.shown;
        let mut names: Vec<&str> = path.split('.').collect();
        let last = names.pop().ok_or(Refused::UnknownField)?;
        if names.len() > MOST_HOPS {
            return Err(Refused::TooMuch);
        }
        let (mut here, mut text) = (object, String::new());
        for name in names {
            let field = shown.field(here, name).ok_or(Refused::UnknownField)?;
            let target = field.kind.target().ok_or(Refused::UnknownField)?;
            here = shown.object(target).ok_or(Refused::UnknownField)?;
            text.push_str(&format!("{}.", short(field)));
        }
        let field = shown.field(here, last).ok_or(Refused::UnknownField)?.clone();
        text.push_str(short(&field));
        let label = field.label.text(self.code()).to_owned();
        Ok(Place { text, field, label })
    }
}
