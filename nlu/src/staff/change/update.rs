//! A record that gets other values, or is deleted: which one is meant, and what it gets.

use super::{Action, Assigned, Change, Read, Reading, Words, alters, name_field};
use crate::staff::compose::compose;
use crate::staff::cover;
use crate::staff::piece::{NameAt, Piece, Placed};
use crate::staff::pointed::Pointed;
use crate::staff::vocabulary::Name;
use crate::staff::words::Role;
use crm_core::schema::{FieldType, ObjectDef};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A change that leaves less than this unsaid can be told of any record that it is said of.
const FITS: f64 = 0.5;
/// The states that a record has which is completed, the first one that it can have.
const COMPLETED: [&str; 5] = ["done", "completed", "solved", "resolved", "closed"];

impl Words<'_> {
    pub(super) fn update(&self, pieces: &[Vec<Placed>], action: Action) -> Option<Reading> {
        let pointed = self.pointed(pieces);
        // "as won" is the stage of that name here, not a state that records are in.
        let mut pieces: Vec<Vec<Placed>> = pieces
            .iter()
            .map(|here| here.iter().filter(|placed| !matches!(placed.piece, Piece::Phrase(_))).cloned().collect())
            .collect();
        if let Some(pointed) = &pointed {
            pieces = pointed.among(&pieces);
        }
        let covers = cover::best(self.tokens.len(), &pieces);
        let row = &covers.first()?.pieces;
        // "make Moses the owner of Acme": of the records that are named, the one that the rest is a change of.
        let named = row.iter().enumerate().filter(|(_, placed)| matches!(placed.piece, Piece::Names(_)));
        let reads = named.flat_map(|(at, _)| {
            let part = (action == Action::Update).then(|| self.update_of_part(row, at)).flatten();
            self.update_of(row, at, action).into_iter().chain(part)
        });
        let read = reads.min_by(|one, other| one.misfit.total_cmp(&other.misfit));
        let obstacle = pointed.filter(|pointed| self.is_of(pointed, row, read.as_ref()));
        match obstacle.and_then(|pointed| pointed.obstacle) {
            Some(obstacle) => Some(Err(obstacle)),
            None => read.map(Ok),
        }
    }

    /// Whether a change is one of what was pointed at, or would be if there were anything.
    fn is_of(&self, pointed: &Pointed, row: &[Placed], read: Option<&Read>) -> bool {
        match (pointed.record.and_then(|place| self.vocabulary.name(place)), read) {
            (Some(shown), Some(read)) => read.misfit < FITS && read.change.target.as_ref() == Some(shown),
            (None, None) => row.iter().all(|placed| {
                let points = pointed.tokens.contains(&placed.tokens.start);
                points || matches!(placed.piece, Piece::Role(role) if role == Role::Filler || alters(role))
            }),
            _ => false,
        }
    }

    /// The state of a record that is completed.
    fn completed(&self, object: &ObjectDef) -> Option<Assigned> {
        object.fields.iter().filter(|field| !field.system && !field.read_only).find_map(|field| {
            let options = field.kind.options();
            let done = COMPLETED.iter().find_map(|key| options.iter().find(|option| option.key == *key))?;
            let shown = done.label.text(self.told.code()).to_owned();
            Some(Assigned { field: field.name.clone(), value: json!(done.key), shown })
        })
    }

    /// "move Acme to negotiation": the change of what belongs to the record that is named, if only that can change so.
    fn update_of_part(&self, row: &[Placed], at: usize) -> Option<Read> {
        const OF_A_PART: f64 = 0.2;
        let Some(Placed { piece: Piece::Names(names), .. }) = row.get(at) else { return None };
        let whole = self.vocabulary.name(names.first()?.place)?;
        let is_part = |name: &Name| {
            let object = self.vocabulary.schema.object(&name.object);
            name.within.contains(&whole.id) && object.is_some_and(|object| object.in_navigation)
        };
        let parts = self.vocabulary.placed_names().filter(|(_, name)| is_part(name));
        let mut of_object: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, name) in parts {
            of_object.entry(&name.object).or_default().push(place);
        }
        let reads = of_object.into_values().filter_map(|places| self.update_record(row, at, places, Action::Update));
        let mut read = reads.min_by(|one, other| one.misfit.total_cmp(&other.misfit))?;
        read.misfit += OF_A_PART;
        Some(read)
    }

    /// The change of the record that is named at a place of the row.
    fn update_of(&self, row: &[Placed], at: usize, action: Action) -> Option<Read> {
        let Some(Placed { piece: Piece::Names(names), .. }) = row.get(at) else { return None };
        let mentioned = row.iter().take(at).find_map(|placed| match &placed.piece {
            Piece::Object(object) => Some(object.as_str()),
            _ => None,
        });
        let name = |place: usize| self.vocabulary.name(place);
        let fitting: Vec<usize> = names
            .iter()
            .map(|at| at.place)
            .filter(|place| mentioned.is_none_or(|object| name(*place).is_some_and(|name| name.object == object)))
            .collect();
        self.update_record(row, at, fitting, action)
    }

    /// The change of one of these records; at a place of the row stands what names it.
    fn update_record(&self, row: &[Placed], at: usize, fitting: Vec<usize>, action: Action) -> Option<Read> {
        let target = self.vocabulary.name(*fitting.first()?)?.clone();
        let unclear = (fitting.len() > 1).then_some(fitting);
        let object = self.vocabulary.schema.object(&target.object)?;
        let row = &self.near(row, &target);
        let leave_out = |(place, placed): (usize, &Placed)| {
            let leads = matches!(placed.piece, Piece::Role(role) if role == Role::To || alters(role));
            (place != at && !leads).then(|| placed.clone())
        };
        let rest: Vec<Placed> = row.iter().enumerate().filter_map(leave_out).collect();
        let (rest, text) = self.new_text(object, row, at, rest);
        let composed = compose(self, object, &rest, None, None);
        let mut values = self.assigned(object, &composed.request.conditions);
        values.extend(text);
        if row.iter().any(|placed| placed.is(Role::Complete)) {
            values.extend(self.completed(object));
        }
        let unclear = unclear.or(composed.unclear);
        let misfit = composed.misfit + if action == Action::Update && values.is_empty() { 1.0 } else { 0.0 };
        let change = Change {
            action,
            object: object.name.clone(),
            target: Some(target),
            values,
            missing: Vec::new(),
            within: None,
        };
        Some(Read { change, misfit, unclear })
    }

    /// The same row, where of several records of a name those are meant that belong to what the target belongs to.
    fn near(&self, row: &[Placed], target: &Name) -> Vec<Placed> {
        let near = |at: &NameAt| {
            let within = self.vocabulary.name(at.place).map(|name| name.within.as_slice()).unwrap_or_default();
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

    /// A text field's new text: the words behind "to" that mean nothing else, or whatever a record is renamed to.
    fn new_text(
        &self,
        object: &Arc<ObjectDef>,
        row: &[Placed],
        target: usize,
        rest: Vec<Placed>,
    ) -> (Vec<Placed>, Option<Assigned>) {
        let renames = row.iter().any(|placed| placed.is(Role::Rename));
        let (behind, field) = if renames {
            (behind_name(row, target), name_field(object))
        } else {
            let Some(to) = row.iter().position(|placed| placed.is(Role::To)) else { return (rest, None) };
            let (before, behind) = row.split_at(to + 1);
            let behind: Vec<&Placed> = behind.iter().collect();
            if !behind.iter().any(|placed| placed.piece == Piece::Unknown) {
                return (rest, None);
            }
            let named = before.iter().find_map(|placed| match &placed.piece {
                Piece::Field(fields) => {
                    fields.iter().find(|at| at.object == object.name).and_then(|at| object.field(&at.field))
                }
                _ => None,
            });
            (behind, named)
        };
        let field =
            field.filter(|field| matches!(field.kind, FieldType::Text | FieldType::LongText | FieldType::RichText));
        let (Some(field), Some(text)) = (field, self.span_of(&behind)) else { return (rest, None) };
        let start = behind.first().map_or(usize::MAX, |first| first.tokens.start);
        let rest = rest
            .into_iter()
            .filter(|placed| placed.tokens.start < start && !matches!(placed.piece, Piece::Field(_)))
            .collect();
        (rest, Some(Assigned { field: field.name.clone(), value: json!(text), shown: text }))
    }
}

/// What stands behind a record's name, without the words that only lead there or close the sentence.
fn behind_name(row: &[Placed], name: usize) -> Vec<&Placed> {
    let holds = |placed: &&Placed| {
        matches!(placed.piece, Piece::Role(Role::To | Role::Filler | Role::By | Role::Named | Role::Rename))
    };
    let mut behind: Vec<&Placed> = row.iter().skip(name + 1).skip_while(holds).collect();
    while behind.last().is_some_and(holds) {
        behind.pop();
    }
    behind
}
