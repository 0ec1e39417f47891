//! A record that is made: which values it gets, and which of the words are what it is called.

use super::{Action, Assigned, Change, Read, Reading, Words, appointment, name_field};
use crate::staff::compose::compose;
use crate::staff::piece::{Piece, Placed};
use crate::staff::words::Role;
use crate::values;
use crm_core::schema::{FieldDef, ObjectDef};
use serde_json::json;
use std::ops::Range;

impl Words<'_> {
    pub(super) fn create(&self, row: &[Placed], begin: usize) -> Option<Reading> {
        let rest = row.get(begin + 1..)?;
        let at = rest.iter().position(|placed| matches!(placed.piece, Piece::Object(_)))?;
        let described = rest.get(..at)?.iter().all(|placed| {
            matches!(placed.piece, Piece::Role(Role::Filler | Role::Create | Role::Fresh) | Piece::Option(_))
        });
        let Some(Placed { piece: Piece::Object(mut name), .. }) = rest.get(at).cloned() else { return None };
        // "a follow-up task": the last of them is made, the others say what for.
        let colon = self.colon(rest.get(at)?.tokens.end);
        let is_object = |placed: &&Placed| {
            matches!(placed.piece, Piece::Object(_)) && colon.is_none_or(|colon| self.start(placed) < colon)
        };
        let last = rest.iter().skip(at).take_while(is_object).count();
        if let Some(Placed { piece: Piece::Object(object), .. }) = rest.get(at + last - 1) {
            name.clone_from(object);
        }
        let object = self.vocabulary.schema.object(&name)?;
        let heading = rest.get(at + last - 1)?;
        if !described || heading.tokens.len() == 1 && !self.is_singular(object, heading) {
            return None;
        }
        let described = rest.get(at + last..)?;
        if let Some(obstacle) = self.no_such_link(described, self.colon(heading.tokens.end)) {
            return Some(Err(obstacle));
        }
        let (texts, rest) =
            self.texts(described, row.get(at + begin + 1).map(|first| first.tokens.start..heading.tokens.end));
        let composed = compose(self, object, &rest, None, None);
        let conditions = &composed.request.conditions;
        let mut values = self.assigned(object, conditions);
        self.invite(object, conditions, &mut values);
        let within = appointment::take_stretch(object, conditions, &mut values);
        let mut misfit = composed.misfit;
        match texts.name.or_else(|| texts.beside.filter(|_| name_field(object).is_some())) {
            Some(text) => self.call(object, &text, &mut values),
            None if last > 1 || texts.heading_says_more || !values.is_empty() && object.name_from.len() == 1 => {
                self.call(object, &texts.heading, &mut values)
            }
            None => {}
        }
        if let Some(unplaced) = texts.unplaced {
            misfit += unplaced;
        }
        let missing =
            object.fields.iter().filter(|field| is_missing(field, &values)).map(|field| field.name.clone()).collect();
        let object = object.name.clone();
        let change = Change { action: Action::Create, object, target: None, values, missing, within };
        Some(Ok(Read { change, misfit, unclear: composed.unclear }))
    }

    /// "remind me to call Acme on Friday": a reminder of just these words, without the time.
    pub(super) fn remind(&self, rest: &[Placed]) -> Option<Read> {
        let object =
            self.vocabulary.schema.objects().find(|object| object.also_called.iter().any(|word| word == "reminder"))?;
        let is_time = |placed: &Placed| matches!(placed.piece, Piece::Found(_));
        let runs = rest.split(is_time).filter_map(|run| {
            let end = run.iter().rposition(|placed| !placed.is(Role::Filler))?;
            self.span_of(&run.get(..=end)?.iter().collect::<Vec<_>>())
        });
        let text = runs.collect::<Vec<_>>().join(" ");
        let text = Some(text.trim_start_matches([',', ' ']).to_owned()).filter(|text| !text.is_empty())?;
        let kept: Vec<Placed> =
            rest.iter().filter(|placed| is_time(placed) || matches!(placed.piece, Piece::Names(_))).cloned().collect();
        let composed = compose(self, object, &kept, None, None);
        let mut values = self.assigned(object, &composed.request.conditions);
        self.call(object, &text, &mut values);
        let (object, missing) = (object.name.clone(), Vec::new());
        let change = Change { action: Action::Create, object, target: None, values, missing, within: None };
        Some(Read { change, misfit: composed.misfit, unclear: composed.unclear })
    }

    /// Takes the texts out of a row of pieces: what a record is called, and what is said beside its object.
    fn texts(&self, row: &[Placed], heading: Option<Range<usize>>) -> (Texts, Vec<Placed>) {
        let mut texts = Texts::default();
        let mut rest: Vec<Placed> = Vec::new();
        let mut pieces = row.iter().peekable();
        let colon = self.colon(heading.as_ref().map_or(0, |heading| heading.end));
        let mut first_value = None;
        while let Some(placed) = pieces.next() {
            let behind_colon = colon.is_some_and(|colon| self.start(placed) > colon);
            if behind_colon {
                let run: Vec<&Placed> = std::iter::once(placed).chain(pieces.by_ref()).collect();
                let (text, options) = self.text_and_options(&run);
                texts.name = Some(text);
                rest.extend(options);
                break;
            }
            match placed.piece {
                // "add a note to Acme"
                Piece::Role(Role::To) if names_follow(pieces.clone()) => {}
                Piece::Role(Role::Named | Role::To) => {
                    let mut run: Vec<&Placed> = Vec::new();
                    while let Some(next) = pieces.next_if(|next| !self.ends_name(next, placed.is(Role::To))) {
                        run.push(next);
                    }
                    texts.name = self.span_of(&run).or(texts.name);
                }
                Piece::Unknown => {
                    let mut run = vec![placed];
                    while let Some(next) = pieces.next_if(|next| next.piece == Piece::Unknown) {
                        run.push(next);
                    }
                    if texts.beside.is_some() {
                        texts.unplaced = Some(texts.unplaced.unwrap_or_default() + run.len() as f64);
                    }
                    texts.beside = texts.beside.or_else(|| self.span_of(&run));
                }
                _ => {
                    if matches!(placed.piece, Piece::Found(_)) {
                        // "Demo with Acme for next week" is no demo with Acme for.
                        let link = row.iter().rev().find(|before| before.tokens.end == placed.tokens.start);
                        let link = link.filter(|before| before.is(Role::Filler)).unwrap_or(placed);
                        first_value.get_or_insert(link.tokens.start);
                    }
                    rest.push(placed.clone());
                }
            }
        }
        if let Some(heading) = heading {
            // "follow-up task for Cancity", up to the first time or amount.
            let end = first_value.unwrap_or_else(|| row.last().map_or(heading.end, |last| last.tokens.end));
            texts.heading_says_more = heading.len() > 1;
            texts.heading =
                capital(self.text_of(heading.start..end.max(heading.end)).trim_end_matches([' ', ',', '.', ':']));
        }
        (texts, rest)
    }

    /// Where the colon stands that a text follows, behind so many tokens; it is not the one of 10:30.
    fn colon(&self, tokens: usize) -> Option<usize> {
        let begin = tokens.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |last| last.span.end);
        let parts = |at: &usize| self.text.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
        self.text.match_indices(':').map(|(at, _)| at).filter(parts).find(|at| *at >= begin)
    }

    /// What ends a name: a value of another field.
    pub(super) fn ends_name(&self, placed: &Placed, sentence: bool) -> bool {
        match &placed.piece {
            // "Big One" is a name to its end.
            Piece::Found(found) => !(matches!(found.value, values::Value::Number(_)) && self.is_capital(placed)),
            Piece::Role(Role::Filler | Role::With | Role::And) => !sentence && !self.capital_follows(placed),
            Piece::Field(_) | Piece::Values(_) | Piece::Option(_) => !sentence && !self.is_capital(placed),
            _ => false,
        }
    }

    pub(in crate::staff) fn is_capital(&self, placed: &Placed) -> bool {
        self.said_by(placed).chars().next().is_some_and(char::is_uppercase)
    }

    fn capital_follows(&self, placed: &Placed) -> bool {
        self.is_capital(placed)
    }

    /// What stands behind a colon: a text, and the options that follow its last comma.
    fn text_and_options(&self, run: &[&Placed]) -> (String, Vec<Placed>) {
        let comma = run.iter().rposition(|placed| placed.is(Role::And) && self.said_by(placed) == ",");
        if let Some(comma) = comma {
            let options = run.get(comma + 1..).unwrap_or_default();
            if !options.is_empty() && options.iter().all(|placed| matches!(placed.piece, Piece::Option(_))) {
                let text = self.span_of(run.get(..comma).unwrap_or_default()).unwrap_or_default();
                return (text, options.iter().map(|placed| (*placed).clone()).collect());
            }
        }
        (self.span_of(run).unwrap_or_default(), Vec::new())
    }

    /// Gives a record its name: in one field, or in those that it is made of.
    fn call(&self, object: &ObjectDef, text: &str, values: &mut Vec<Assigned>) {
        let mut set = |field: &str, text: &str| {
            values.push(Assigned { field: field.to_owned(), value: json!(text), shown: text.to_owned() })
        };
        match object.name_from.as_slice() {
            [first, last] => match text.rsplit_once(' ') {
                Some((before, after)) => {
                    set(first, before);
                    set(last, after);
                }
                None => set(last, text),
            },
            [only, ..] => set(only, text),
            [] => set("name", text),
        }
    }

    pub(super) fn start(&self, placed: &Placed) -> usize {
        self.tokens.get(placed.tokens.start).map_or(0, |token| token.span.start)
    }
}

#[derive(Debug, Default)]
struct Texts {
    /// What the record is called.
    name: Option<String>,
    /// Words beside the object.
    beside: Option<String>,
    /// The object in the words of whoever wrote, up to the first value.
    heading: String,
    heading_says_more: bool,
    /// Words for which there is no place.
    unplaced: Option<f64>,
}

fn names_follow<'a>(mut pieces: impl Iterator<Item = &'a Placed>) -> bool {
    pieces.find(|next| !next.is(Role::Filler)).is_some_and(|next| matches!(next.piece, Piece::Names(_)))
}

/// Whether a record of these values lacks a value that it must have.
pub(crate) fn is_missing(field: &FieldDef, values: &[Assigned]) -> bool {
    let given = values.iter().any(|assigned| assigned.field == field.name);
    field.required && !field.read_only && !field.system && field.default.is_none() && !given
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
