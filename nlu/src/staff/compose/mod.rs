//! From a row of pieces to a request about one object.
//!
//! The pieces are gone through from left to right. Some say at once what they mean (a name is a condition), some
//! change what comes after them ("over", "not", "by"), and some can only be placed when all has been heard (a time
//! belongs to the day on which a deal was won if it was said that it was won).

mod conditions;
mod fields;
mod figures;
mod state;

use super::Words;
use super::piece::{Piece, Placed};
use super::request::{Request, Shape};
use super::words::Role;
use crm_core::query::Unit;
use crm_core::schema::ObjectDef;
use state::State;
use std::sync::Arc;

/// A request as one object's, and how well it fits.
#[derive(Debug, Clone)]
pub(super) struct Composed {
    pub(super) request: Request,
    /// What did not fit; 0 if all did.
    pub(super) misfit: f64,
    /// Words that may mean one of several records: their places among the vocabulary's names.
    pub(super) unclear: Option<Vec<usize>>,
    /// Whether it goes on from the request before.
    pub(super) follows: bool,
    /// Whether the object was named.
    pub(super) mentioned: bool,
    /// Whether anything at all was said about it.
    pub(super) says_something: bool,
    /// Whether a figure was called by a name of its own: "win rate", "revenue".
    pub(super) names_figure: bool,
}

/// The record that was spoken of before: "its open deals".
#[derive(Debug, Clone)]
pub(super) struct Focus {
    pub(super) object: String,
    pub(super) id: serde_json::Value,
    pub(super) name: String,
}

/// Reads pieces as a request about `object`; `earlier` is the request that this one may go on from.
pub(super) fn compose(
    words: &Words<'_>,
    object: &Arc<ObjectDef>,
    pieces: &[Placed],
    earlier: Option<&Request>,
    focus: Option<&Focus>,
) -> Composed {
    let mut composer = Composer {
        words,
        object,
        pieces,
        focus,
        at: 0,
        state: State::default(),
        request: Request { object: object.name.clone(), ..Request::default() },
    };
    if let Some(earlier) = earlier {
        composer.request = earlier.clone();
        composer.state.follows = true;
        composer.state.on = composer.day_of_earlier();
    }
    while let Some(placed) = composer.pieces.get(composer.at) {
        composer.at += 1;
        composer.take(placed);
    }
    composer.finish();
    let State { misfit, unclear, follows, mentioned, shaped, names_figure, .. } = composer.state;
    let bare = Request { object: object.name.clone(), ..Request::default() };
    // "as a pie" says something even of what is a pie already.
    let says_something = composer.request != *earlier.unwrap_or(&bare) || shaped && follows;
    Composed { request: composer.request, misfit, unclear, follows, mentioned, says_something, names_figure }
}

struct Composer<'a> {
    words: &'a Words<'a>,
    object: &'a Arc<ObjectDef>,
    pieces: &'a [Placed],
    focus: Option<&'a Focus>,
    /// The piece that comes next.
    at: usize,
    state: State,
    request: Request,
}

impl Composer<'_> {
    /// The day that the phrases of the request before are about.
    fn day_of_earlier(&self) -> Option<String> {
        let said = |filter: &crm_core::query::Filter| {
            self.request.conditions.iter().any(|condition| condition.filter == *filter)
        };
        let phrase =
            self.object.phrases.iter().find(|phrase| phrase.on.is_some() && phrase.filter.as_ref().is_some_and(said));
        phrase.and_then(|phrase| phrase.on).map(str::to_owned)
    }

    fn take(&mut self, placed: &Placed) {
        match &placed.piece {
            Piece::Role(role) => self.role(*role),
            Piece::Object(object) => self.named_object(object, placed),
            Piece::Field(fields) => self.field(fields, placed),
            Piece::Phrase(phrases) => self.phrase(phrases),
            Piece::Option(options) => self.option(options),
            Piece::Names(names) => self.names(names),
            Piece::Values(values) => self.values(values),
            Piece::Found(found) => self.found(found),
            Piece::Unknown => self.state.misfit += 1.0,
        }
    }

    fn role(&mut self, role: Role) {
        if role == Role::Count && self.next().is_some_and(|next| matches!(next.piece, Piece::Names(_))) {
            // Names are not counted: "the phone number of Acme".
            self.state.misfit += 0.7;
        }
        let another_group = self.state.grouped_at == Some(self.at.saturating_sub(1)) && self.group_follows();
        let greatest_follows = self.greatest_follows();
        let relative = self.is_relative();
        let shape_follows = self.next().is_some_and(Placed::is_shape);
        let state = &mut self.state;
        match role {
            // "how many are there in total"
            Role::Sum if state.want == Some(Role::Count) => {}
            Role::Count | Role::Sum | Role::Average | Role::Median => state.want = Some(role),
            // "sort them by amount"
            Role::By if state.by == Some(Role::Sorted) => {}
            Role::By | Role::Per | Role::Sorted => state.by = Some(role),
            Role::And if another_group => state.by = Some(Role::By),
            Role::Greatest | Role::Top | Role::Descending => state.greatest_first = Some(true),
            Role::Least | Role::Bottom | Role::Ascending => state.greatest_first = Some(false),
            Role::Newest | Role::Oldest => state.newest_first = Some(role == Role::Newest),
            Role::Over
            | Role::Under
            | Role::AtLeast
            | Role::AtMost
            | Role::Equal
            | Role::Between
            | Role::Before
            | Role::After => {
                state.compare = Some(role);
            }
            Role::Compare => state.compares = true,
            Role::Or | Role::And => state.joined = true,
            Role::Not => state.negated = !state.negated,
            // "which one has the most deals"
            Role::With if greatest_follows => {}
            Role::Without | Role::With => state.having = Some(role == Role::With),
            Role::Me => self.mine(),
            Role::MyTeam => self.my_team(),
            Role::Who if self.object.name == "user" => {
                self.state.mentioned = true;
                self.state.several = true;
            }
            // "les affaires qui…" asks for nobody.
            Role::Who if relative => {}
            Role::Who => self.head("user"),
            Role::OwnedBy => self.state.field = self.way_to_record("user").map(|path| (path, false)),
            Role::Daily => state.unit = Some(Unit::Day),
            Role::Weekly => state.unit = Some(Unit::Week),
            Role::Monthly => state.unit = Some(Unit::Month),
            Role::Quarterly => state.unit = Some(Unit::Quarter),
            Role::Yearly => state.unit = Some(Unit::Year),
            // "make a pie chart" makes nothing that is kept.
            Role::Create | Role::Update if shape_follows => {}
            Role::Create | Role::Remind | Role::Update | Role::Rename | Role::Delete | Role::Named => {
                state.misfit += 1.0
            }
            Role::Those => self.of_focus(),
            Role::Chart => self.shape(Shape::Chart),
            Role::Bars => self.shape(Shape::Bars),
            Role::Line => self.shape(Shape::Line),
            Role::Pie => self.shape(Shape::Pie),
            Role::Table => self.shape(Shape::Table),
            Role::List | Role::We | Role::Only | Role::WhatAbout | Role::To | Role::Fresh => {}
            // A "complete list" is a list.
            Role::Complete | Role::Filler => {}
        }
    }

    /// The shape in which the answer is wanted; of several the most exact one: "a chart, as a pie".
    fn shape(&mut self, shape: Shape) {
        if shape != Shape::Chart || !self.state.shaped {
            self.request.shape = Some(shape);
        }
        self.state.shaped = true;
    }

    /// The next piece that is not a mere filler.
    fn next(&self) -> Option<&Placed> {
        self.pieces.get(self.at..)?.iter().find(|placed| !placed.is(Role::Filler))
    }

    /// Goes behind the next piece that is not a mere filler.
    fn skip(&mut self) {
        let rest = self.pieces.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|placed| placed.is(Role::Filler)).count() + 1;
    }

    fn named_object(&mut self, name: &str, placed: &Placed) {
        if name == self.object.name {
            if self.state.by.take().is_some() {
                self.state.misfit += 0.6;
            }
            self.state.mentioned = true;
            self.state.several |= !self.words.is_singular(self.object, placed);
            self.of_that_kind(placed);
            self.state.negated &=
                matches!(self.next().map(|next| &next.piece), Some(Piece::Phrase(_) | Piece::Option(_)));
            return;
        }
        match self.state.by.take() {
            Some(Role::By | Role::Per) => self.group_by_object(name),
            _ if self.is_apposition(name) => {}
            by => {
                self.state.by = by;
                match self.state.having.take() {
                    Some(having) => self.related(name, having),
                    None => self.head(name),
                }
            }
        }
    }

    /// Whether the present word goes on about the object before it.
    fn is_relative(&self) -> bool {
        let before = self.at.checked_sub(2).and_then(|before| self.pieces.get(before));
        before.is_some_and(|before| matches!(before.piece, Piece::Object(_) | Piece::Phrase(_)))
    }

    fn greatest_follows(&self) -> bool {
        self.next().is_some_and(|next| next.is(Role::Greatest) || next.is(Role::Least))
    }

    /// Whether the next piece can be grouped by: "by region and stage".
    fn group_follows(&self) -> bool {
        matches!(self.next().map(|next| &next.piece), Some(Piece::Field(_) | Piece::Object(_)))
    }

    /// A word for the object that is a value of its records, too: of the users, "sales agents" are those of this title.
    fn of_that_kind(&mut self, placed: &Placed) {
        let said = crm_core::text::fold(&self.words.said_by(placed));
        let one = said.strip_suffix('s').unwrap_or(&said).to_owned();
        let known = self.words.vocabulary.values().position(|known| {
            let value = crm_core::text::fold(&known.value);
            known.object == self.object.name && (value == said || value == one)
        });
        if let Some(place) = known {
            self.values(&[place]);
        }
    }

    /// Whether the object only says what the name beside it is: "the account Acme".
    fn is_apposition(&self, object: &str) -> bool {
        let named = |placed: Option<&Placed>| match placed.map(|placed| &placed.piece) {
            Some(Piece::Names(names)) => names
                .iter()
                .any(|name| self.words.vocabulary.name(name.place).is_some_and(|name| name.object == object)),
            _ => false,
        };
        named(self.next()) || self.at.checked_sub(2).is_some_and(|before| named(self.pieces.get(before)))
    }

    /// An object that is asked about beside the one whose records are counted: "which reps won the most deals".
    fn head(&mut self, object: &str) {
        match self.way_to_record(object) {
            Some(path) if self.state.head.is_none() => {
                // "deals for accounts in Kenya": said behind the object itself, it only says where what follows belongs.
                self.state.head_behind = self.state.mentioned && self.state.greatest_first.is_none();
                self.state.head = Some(path.text);
            }
            _ => self.state.misfit += 0.8,
        }
    }
}
