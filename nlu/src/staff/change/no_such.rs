//! Names in a change that nothing has: whoever says "assign it to Zorblax" is told that nobody is called so.

use super::{NoSuch, Obstacle, Words, alters, instead};
use crate::staff::cover;
use crate::staff::piece::{Piece, Placed};
use crate::staff::words::{self, Role};
use crm_core::schema::FieldType;
use std::ops::Range;

/// At most so many words stand between what leads to a name and the name: "with the Foobar team".
const BETWEEN: usize = 2;
/// A name that fits less than this was said in part only.
const WHOLE: f64 = 0.999;

impl Words<'_> {
    /// What a record that is made would be connected with, if nothing is called so: "a task for Zorblax". Words that
    /// begin small may be anything, unless they stand beside the word for a kind of record.
    pub(super) fn no_such_link(&self, row: &[Placed], colon: Option<usize>) -> Option<Obstacle> {
        let is_text = |placed: &Placed| colon.is_some_and(|colon| self.start(placed) > colon);
        let end = row.iter().position(is_text).unwrap_or(row.len());
        let row = row.get(..end)?;
        let mut at = 0;
        while let Some(run) = self.unknown_run(row, at) {
            at = run.end;
            if self.is_called_so(row.get(..run.start)?) {
                continue;
            }
            let link = self.link(row, run.start);
            let behind_to = row.get(..run.start)?.iter().any(|placed| placed.is(Role::To));
            let directly = link.is_some_and(|link| link + 1 == run.start);
            if behind_to && !(directly && self.is_capital(row.get(run.start)?)) {
                // "to call Jane" is what shall be done.
                return None;
            }
            let named = self.kind_beside(row, &run);
            let is_name = self.is_capital(row.get(run.start)?)
                && (directly || !words::writes_nouns_large(self.language))
                && link.is_some();
            if is_name || named.is_some() && link.is_some() {
                return Some(self.no_such(row, &run, named));
            }
        }
        None
    }

    /// Whether a text that is still open behind some words is what a record is called: "called Big".
    fn is_called_so(&self, before: &[Placed]) -> bool {
        let named = before.iter().rposition(|placed| placed.is(Role::Named));
        let text = named.and_then(|named| before.get(named + 1..));
        text.is_some_and(|text| !text.iter().any(|placed| self.ends_name(placed, false)))
    }

    /// What a change is of, or leads to, if nothing is called so: "move Zorblax to negotiation".
    pub(in crate::staff) fn no_such_target(&self, pieces: &[Vec<Placed>]) -> Option<Obstacle> {
        let covers = cover::best(self.tokens.len(), pieces);
        let row = self.with_the_verb_first(&covers.first()?.pieces);
        let verb = row.iter().position(|placed| !placed.is(Role::Filler))?;
        if !matches!(row.get(verb)?.piece, Piece::Role(role) if alters(role)) {
            return None;
        }
        let assigns = words::assigns(self.language, &self.said_by(row.get(verb)?));
        let mut at = verb + 1;
        while let Some(run) = self.unknown_run(&row, at) {
            at = run.end;
            let before = row.get(verb + 1..run.start)?;
            let is_target =
                before.iter().all(|placed| matches!(placed.piece, Piece::Role(Role::Filler) | Piece::Object(_)));
            let named = self.kind_beside(&row, &run).or_else(|| self.kind_of_field(before));
            if is_target {
                return Some(self.no_such(&row, &run, named.or_else(|| self.kind_with(&row))));
            }
            if assigns || self.link(&row, run.start).is_some() {
                let colleague = assigns.then(|| "user".to_owned());
                return Some(self.no_such(&row, &run, named.or(colleague)));
            }
        }
        None
    }

    /// The next words that mean nothing; of a name that is known in part, with that part: "Moses Zorblax".
    fn unknown_run(&self, row: &[Placed], from: usize) -> Option<Range<usize>> {
        let unknown = |at: usize| row.get(at).is_some_and(|placed| placed.piece == Piece::Unknown);
        let part = |at: usize| {
            row.get(at).is_some_and(|placed| match &placed.piece {
                Piece::Names(names) => self.is_capital(placed) && names.first().is_some_and(|name| name.fit < WHOLE),
                _ => false,
            })
        };
        let first = (from..row.len()).find(|at| unknown(*at))?;
        let start = if first > from && part(first - 1) { first - 1 } else { first };
        let is_large = self.is_capital(row.get(first)?);
        let goes_on = |at: &usize| unknown(*at) && (!is_large || self.goes_on_large(row, *at)) || part(*at);
        let end = (first + 1..row.len()).take_while(goes_on).last().map_or(first, |last| last);
        Some(start..end + 1)
    }

    fn goes_on_large(&self, row: &[Placed], at: usize) -> bool {
        row.get(at).is_some_and(|placed| {
            let first = self.said_by(placed).chars().next();
            first.is_some_and(|first| first.is_uppercase() || first.is_ascii_digit())
        })
    }

    /// Where the word stands that leads to what begins at a place of a row: "for", "with".
    fn link(&self, row: &[Placed], at: usize) -> Option<usize> {
        let leads = |placed: &Placed| {
            placed.is(Role::With) || placed.is(Role::To) || words::leads(self.language, &self.said_by(placed))
        };
        let before = row.iter().enumerate().take(at).rev().take(BETWEEN + 1);
        let mut held = before.take_while(|(place, placed)| {
            leads(placed) || placed.is(Role::Filler) || *place + 1 == at && matches!(placed.piece, Piece::Object(_))
        });
        held.find(|(_, placed)| leads(placed)).map(|(place, _)| place)
    }

    /// The object that is named right beside some words: "the Foobar team".
    fn kind_beside(&self, row: &[Placed], run: &Range<usize>) -> Option<String> {
        let beside = [row.get(run.end), run.start.checked_sub(1).and_then(|before| row.get(before))];
        beside.into_iter().flatten().find_map(|placed| match &placed.piece {
            Piece::Object(object) => Some(object.clone()),
            _ => None,
        })
    }

    /// What a field refers to that is named: "the owner of…".
    fn kind_of_field(&self, row: &[Placed]) -> Option<String> {
        row.iter().rev().find_map(|placed| match &placed.piece {
            Piece::Field(fields) => fields.iter().find_map(|at| {
                let field = self.vocabulary.schema.object(&at.object)?.field(&at.field)?.clone();
                field.kind.target().map(str::to_owned)
            }),
            _ => None,
        })
    }

    /// The one kind of records that may have what else is said: whatever is moved to a stage is a deal.
    fn kind_with(&self, row: &[Placed]) -> Option<String> {
        let schema = &self.vocabulary.schema;
        let refers = |to: &str| -> Vec<String> {
            let to_it = |kind: &FieldType| kind.target() == Some(to);
            let objects = schema.objects().filter(|object| object.in_navigation);
            let objects =
                objects.filter(|object| object.fields.iter().any(|field| !field.system && to_it(&field.kind)));
            objects.map(|object| object.name.clone()).collect()
        };
        let mut kinds = row.iter().filter_map(|placed| match &placed.piece {
            Piece::Names(names) => {
                let name = names.first().and_then(|at| self.vocabulary.name(at.place))?;
                (name.object != "user").then(|| refers(&name.object))
            }
            Piece::Option(options) => Some(options.iter().map(|option| option.object.clone()).collect()),
            _ => None,
        });
        let mut kind = kinds.next()?;
        kind.dedup();
        if kind.len() == 1 { kind.pop() } else { None }
    }

    fn no_such(&self, row: &[Placed], run: &Range<usize>, object: Option<String>) -> Obstacle {
        let run = row.get(run.clone()).unwrap_or_default();
        let tokens = run.first().map_or(0, |first| first.tokens.start)..run.last().map_or(0, |last| last.tokens.end);
        let words = self.tokens.get(tokens).unwrap_or_default();
        let start = words.first().map_or(0, |word| word.span.start);
        let end = words.last().map_or(start, |word| word.span.end);
        let name = self.text.get(start..end).unwrap_or_default().to_owned();
        let near = instead::near(self.vocabulary, &name, object.as_deref());
        let instead = near.into_iter().map(|near| instead::Instead::of(self.text, start..end, near)).collect();
        Obstacle::NoSuch(NoSuch { name, object, instead })
    }
}
