//! What somebody wants to have changed: a record made, changed or deleted.
//!
//! A change is read as the description of a record as it shall be: "a task for Acme next Tuesday" fits a record that is
//! related to Acme and due on Tuesday, so those conditions become its values. What is left of the text, after "called",
//! "to" or a colon, or beside the object, is what it is called.

use super::Words;
use super::compose::compose;
use super::cover;
use super::piece::{Piece, Placed};
use super::request::Condition;
use super::vocabulary::Name;
use super::words::Role;
use crm_core::query::{Filter, Operator};
use crm_core::schema::{FieldDef, FieldType, ObjectDef};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::ops::Range;
use std::sync::Arc;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Action {
    Create,
    Update,
    Delete,
}

/// A change as it was understood. It is only a proposal: nothing happens before somebody agrees.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What is done.
    pub action: Action,
    /// The object's name.
    pub object: String,
    /// The record; none if one is made.
    pub target: Option<Name>,
    /// The values that it gets.
    pub values: Vec<Assigned>,
    /// Fields that must have a value and got none, by name.
    pub missing: Vec<String>,
}

/// A value that a field gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Assigned {
    /// The field's name.
    pub field: String,
    /// The value as the engine takes it.
    pub value: Json,
    /// The value for people: a record by its name.
    pub shown: String,
}

/// A change, and how little of the text did not fit.
pub(super) struct Read {
    pub(super) change: Change,
    pub(super) misfit: f64,
    pub(super) unclear: Option<Vec<usize>>,
}

impl Words<'_> {
    /// The change that a text asks for, if it asks for one: it begins with what shall be done.
    pub(super) fn change(&self, pieces: &[Vec<Placed>]) -> Option<Read> {
        let covers = cover::best(self.tokens.len(), pieces);
        covers.iter().find_map(|cover| {
            let row = &cover.pieces;
            let begin = row.iter().position(|placed| !placed.is(Role::Filler))?;
            match row.get(begin)?.piece {
                Piece::Role(Role::Create | Role::Fresh) => self.create(row, begin),
                Piece::Role(Role::Remind) => self.remind(row.get(begin + 1..)?),
                Piece::Role(Role::Update | Role::Rename) => self.update(pieces, Action::Update),
                Piece::Role(Role::Delete) => self.update(pieces, Action::Delete),
                _ => None,
            }
        })
    }

    fn create(&self, row: &[Placed], begin: usize) -> Option<Read> {
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
        let (texts, rest) = self
            .texts(rest.get(at + last..)?, row.get(at + begin + 1).map(|first| first.tokens.start..heading.tokens.end));
        let composed = compose(self, object, &rest, None, None);
        let mut values = self.assigned(object, &composed.request.conditions);
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
        let change = Change { action: Action::Create, object: object.name.clone(), target: None, values, missing };
        Some(Read { change, misfit, unclear: composed.unclear })
    }

    /// "remind me to call Acme on Friday": a reminder of just these words, until the first time.
    fn remind(&self, rest: &[Placed]) -> Option<Read> {
        let object =
            self.vocabulary.schema.objects().find(|object| object.also_called.iter().any(|word| word == "reminder"))?;
        let is_time = |placed: &Placed| matches!(placed.piece, Piece::Found(_));
        let text = rest.split(is_time).map(|run| run.iter().collect::<Vec<_>>()).find_map(|run| {
            let end = run.iter().rposition(|placed| !placed.is(Role::Filler))?;
            self.span_of(run.get(..=end)?)
        })?;
        let kept: Vec<Placed> =
            rest.iter().filter(|placed| is_time(placed) || matches!(placed.piece, Piece::Names(_))).cloned().collect();
        let composed = compose(self, object, &kept, None, None);
        let mut values = self.assigned(object, &composed.request.conditions);
        self.call(object, &text, &mut values);
        let change =
            Change { action: Action::Create, object: object.name.clone(), target: None, values, missing: Vec::new() };
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
                Piece::Role(Role::To) if pieces.peek().is_some_and(|next| matches!(next.piece, Piece::Names(_))) => {}
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
                        first_value.get_or_insert(placed.tokens.start);
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
    fn ends_name(&self, placed: &Placed, sentence: bool) -> bool {
        match &placed.piece {
            Piece::Found(_) => true,
            Piece::Role(Role::Filler | Role::With | Role::And) => !sentence && !self.capital_follows(placed),
            Piece::Field(_) | Piece::Values(_) | Piece::Option(_) => !sentence && !self.is_capital(placed),
            _ => false,
        }
    }

    fn is_capital(&self, placed: &Placed) -> bool {
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

    fn update(&self, pieces: &[Vec<Placed>], action: Action) -> Option<Read> {
        // "as won" is the stage of that name here, not a state that records are in.
        let pieces: Vec<Vec<Placed>> = pieces
            .iter()
            .map(|here| here.iter().filter(|placed| !matches!(placed.piece, Piece::Phrase(_))).cloned().collect())
            .collect();
        let covers = cover::best(self.tokens.len(), &pieces);
        let row = &covers.first()?.pieces;
        // "make Moses the owner of Acme": of the records that are named, the one that the rest is a change of.
        let named = row.iter().enumerate().filter(|(_, placed)| matches!(placed.piece, Piece::Names(_)));
        let read = named.filter_map(|(at, _)| self.update_of(row, at, action));
        read.min_by(|one, other| one.misfit.total_cmp(&other.misfit))
    }

    /// The change of the record that is named at a place of the row.
    fn update_of(&self, row: &[Placed], at: usize, action: Action) -> Option<Read> {
        let Some(Placed { piece: Piece::Names(names), .. }) = row.get(at) else { return None };
        let mentioned = row.iter().take(at).find_map(|placed| match &placed.piece {
            Piece::Object(object) => Some(object.as_str()),
            _ => None,
        });
        let name = |place: usize| self.vocabulary.names.get(place);
        let fitting: Vec<usize> = names
            .iter()
            .map(|at| at.place)
            .filter(|place| mentioned.is_none_or(|object| name(*place).is_some_and(|name| name.object == object)))
            .collect();
        let target = name(*fitting.first()?)?.clone();
        let unclear = (fitting.len() > 1).then_some(fitting);
        let object = self.vocabulary.schema.object(&target.object)?;
        let row = &self.near(row, &target);
        let leave_out = |(place, placed): (usize, &Placed)| {
            let verb = matches!(placed.piece, Piece::Role(Role::Update | Role::Rename | Role::Delete | Role::To));
            (place != at && !verb).then(|| placed.clone())
        };
        let rest: Vec<Placed> = row.iter().enumerate().filter_map(leave_out).collect();
        let (rest, text, texts) = self.new_text(object, row, rest);
        let composed = compose(self, object, &rest, None, None);
        let mut values = self.assigned(object, &composed.request.conditions);
        values.extend(text);
        let unclear = unclear.or(composed.unclear);
        let misfit = composed.misfit + if action == Action::Update && values.is_empty() { 1.0 } else { 0.0 } - texts;
        let change = Change { action, object: object.name.clone(), target: Some(target), values, missing: Vec::new() };
        Some(Read { change, misfit: misfit.max(0.0), unclear })
    }

    /// The same row, where of several records of a name those are meant that belong to what the target belongs to.
    fn near(&self, row: &[Placed], target: &Name) -> Vec<Placed> {
        let near = |at: &super::piece::NameAt| {
            let within = self.vocabulary.names.get(at.place).map(|name| name.within.as_slice()).unwrap_or_default();
            within.iter().any(|id| target.within.contains(id))
        };
        let mut row = row.to_vec();
        for placed in &mut row {
            if let Piece::Names(names) = &mut placed.piece
                && names.len() > 1
                && names.iter().any(near)
            {
                names.retain(near);
            }
        }
        row
    }

    /// A text field's new text: the words behind "to" that mean nothing else.
    fn new_text(
        &self,
        object: &Arc<ObjectDef>,
        row: &[Placed],
        rest: Vec<Placed>,
    ) -> (Vec<Placed>, Option<Assigned>, f64) {
        let Some(to) = row.iter().position(|placed| placed.is(Role::To)) else { return (rest, None, 0.0) };
        let behind: Vec<&Placed> = row.iter().skip(to + 1).collect();
        if !behind.iter().any(|placed| placed.piece == Piece::Unknown) {
            return (rest, None, 0.0);
        }
        let field = row.iter().take(to).find_map(|placed| match &placed.piece {
            Piece::Field(fields) => {
                fields.iter().find(|at| at.object == object.name).and_then(|at| object.field(&at.field))
            }
            _ => None,
        });
        let field = field
            .or_else(|| name_field(object).filter(|_| row.iter().any(|placed| placed.is(Role::Rename))))
            .filter(|field| matches!(field.kind, FieldType::Text | FieldType::LongText | FieldType::RichText));
        let (Some(field), Some(text)) = (field, self.span_of(&behind)) else { return (rest, None, 0.0) };
        let start = behind.first().map_or(usize::MAX, |first| first.tokens.start);
        let rest = rest
            .into_iter()
            .filter(|placed| placed.tokens.start < start && !matches!(placed.piece, Piece::Field(_)))
            .collect();
        (rest, Some(Assigned { field: field.name.clone(), value: json!(text), shown: text }), 0.0)
    }

    /// Conditions on the record's own fields as values.
    fn assigned(&self, object: &ObjectDef, conditions: &[Condition]) -> Vec<Assigned> {
        let values = conditions.iter().filter_map(|condition| {
            let (path, value) = value_of(&condition.filter)?;
            let field =
                object.field(&path).filter(|field| !field.read_only && !field.system || field.name == "owner_id")?;
            let value = if value == json!({"me": true}) { json!(self.vocabulary.me.as_ref()?.user) } else { value };
            let shown = self.shown(field, &value);
            Some(Assigned { field: field.name.clone(), value, shown })
        });
        values.collect()
    }

    fn shown(&self, field: &FieldDef, value: &Json) -> String {
        let id = value.get("id").unwrap_or(value);
        let named = self.vocabulary.names.iter().find(|name| json!(name.id) == *id);
        let option = field.kind.options().iter().find(|option| json!(option.key) == *value);
        let amount = value.get("amount").and_then(Json::as_str);
        match (named, option) {
            (Some(name), _) => name.name.clone(),
            (None, Some(option)) => option.label.text(self.language.code()).to_owned(),
            (None, None) => amount.or(value.as_str()).map_or_else(|| value.to_string(), str::to_owned),
        }
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

    fn start(&self, placed: &Placed) -> usize {
        self.tokens.get(placed.tokens.start).map_or(0, |token| token.span.start)
    }

    fn text_of(&self, tokens: Range<usize>) -> &str {
        let tokens = self.tokens.get(tokens).unwrap_or_default();
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return "" };
        self.text.get(first.span.start..last.span.end).unwrap_or_default()
    }

    fn span_of(&self, run: &[&Placed]) -> Option<String> {
        let (first, last) = (run.first()?, run.last()?);
        let text = self.text_of(first.tokens.start..last.tokens.end).trim();
        (!text.is_empty()).then(|| text.to_owned())
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

/// The field that a record's name is written in.
fn name_field(object: &ObjectDef) -> Option<&Arc<FieldDef>> {
    match object.name_from.as_slice() {
        [] => object.field("name").filter(|field| !field.read_only),
        [only, ..] => object.field(only),
    }
}

fn is_missing(field: &FieldDef, values: &[Assigned]) -> bool {
    let given = values.iter().any(|assigned| assigned.field == field.name);
    field.required && !field.read_only && !field.system && field.default.is_none() && !given
}

/// The value that makes a condition true.
fn value_of(filter: &Filter) -> Option<(String, Json)> {
    match filter {
        Filter::Compare { field, op: Operator::Eq | Operator::Ge, value } => Some((field.clone(), value.clone())),
        Filter::And { and } => and.first().and_then(value_of),
        _ => None,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
