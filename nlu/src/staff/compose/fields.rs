//! Fields: which one is meant, and what is said of it.

use super::Composer;
use super::conditions::is_time;
use crate::staff::paths::{self, Path};
use crate::staff::piece::{FieldAt, Piece, Placed};
use crate::staff::telling::{fill, telling};
use crate::staff::words::Role;
use crm_core::query::{Filter, GroupBy, Operator, Related, Sort, Unit};
use crm_core::schema::{FieldDef, FieldType, ObjectDef, ResultType};
use std::sync::Arc;

/// What a field costs that is called by another word than its label.
const OTHER_WORD: f64 = 0.6;
/// What a field is worth of which values are known: the data speak of it.
const IN_USE: f64 = 1.0;

impl Composer<'_> {
    pub(super) fn way_to_record(&self, object: &str) -> Option<Path> {
        paths::to_record(&self.words.vocabulary.schema, &self.object.name, object)
    }

    /// The field that is most likely meant by a word that several objects have fields for.
    fn likeliest(&self, fields: &[FieldAt]) -> Option<Path> {
        let vocabulary = self.words.vocabulary;
        let ways = fields.iter().filter_map(|at| {
            let path = paths::to_field(&vocabulary.schema, &self.object.name, &at.object, &at.field)?;
            let in_use =
                path.hops > 0 && vocabulary.values().any(|known| known.object == at.object && known.field == at.field);
            let cost = path.hops as f64 + if at.own { 0.0 } else { OTHER_WORD } - if in_use { IN_USE } else { 0.0 };
            Some((cost, path))
        });
        ways.min_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, path)| path)
    }

    pub(super) fn field(&mut self, fields: &[FieldAt], placed: &Placed) {
        let Some(path) = self.likeliest(fields) else {
            // A word such as "for" has other uses.
            self.state.misfit += if placed.score < 0.6 { 0.0 } else { 1.0 };
            return;
        };
        if path.hops > 1 {
            self.state.misfit += 0.2;
        }
        let own = fields.iter().any(|at| at.own && at.field == path.field.name);
        self.state.other_word |= !own && path.hops == 0 && is_amount(&path.field.kind);
        let field_text = path.text.clone();
        match (self.state.by.take(), self.state.having.take()) {
            (Some(Role::Sorted), _) => {
                self.request.sort = vec![Sort {
                    field: path.text,
                    descending: self.state.greatest_first.take().unwrap_or(is_amount(&path.field.kind)),
                }]
            }
            (Some(Role::By), _) if self.state.greatest_first.is_some() && is_amount(&path.field.kind) => {
                self.state.ordered = Some(path)
            }
            (Some(_), _) => self.group_by(&path),
            (None, _) if self.state.want == Some(Role::Count) && is_amount(&path.field.kind) => {
                // "how many employees": they are counted already.
                self.state.want = Some(Role::Sum);
                self.state.measured = Some(path);
            }
            (None, Some(having)) if !self.value_follows() && self.state.greatest_first.is_none() => {
                self.filled(&path, having)
            }
            (None, _) if self.state.want.is_some_and(|want| want != Role::Count) && is_amount(&path.field.kind) => {
                self.state.measured = Some(path)
            }
            (None, _)
                if self.state.greatest_first.is_some()
                    && self.state.ordered.is_none()
                    && is_amount(&path.field.kind) =>
            {
                self.state.ordered = Some(path)
            }
            // "die diesen Monat schließen": the time was said before.
            (None, _) if is_time(&path.field.kind) && !self.value_follows() && !self.state.times.is_empty() => {
                let past = self.words.is_past(placed);
                if let Some((found, compare, negated)) = self.state.times.pop() {
                    self.at_time(&path, past, &found, compare, negated);
                }
            }
            (None, _) => {
                let past = self.words.is_past(placed);
                let before =
                    self.state.field.take_if(|(path, _)| is_amount(&path.field.kind) && path.text != field_text);
                if let Some((amount, _)) = before {
                    self.state.measured.get_or_insert(amount);
                }
                self.state.field = Some((path, past));
            }
        }
    }

    /// Whether a value, or how it compares, comes next.
    fn value_follows(&self) -> bool {
        match self.next().map(|placed| &placed.piece) {
            Some(Piece::Found(_) | Piece::Values(_) | Piece::Names(_) | Piece::Option(_)) => true,
            Some(Piece::Role(role)) => matches!(
                role,
                Role::Over
                    | Role::Under
                    | Role::AtLeast
                    | Role::AtMost
                    | Role::Equal
                    | Role::Between
                    | Role::Before
                    | Role::After
                    | Role::Not
            ),
            _ => false,
        }
    }

    /// A field that has some value, or none.
    fn filled(&mut self, path: &Path, having: bool) {
        let empty = having == std::mem::take(&mut self.state.negated);
        let telling = telling(self.words.told);
        let shown = format!("{} {}", self.words.label(path), if empty { &telling.empty } else { &telling.filled });
        self.add(&path.text, Filter::compare(&path.text, Operator::IsEmpty, empty), shown);
    }

    fn group_by(&mut self, path: &Path) {
        if is_amount(&path.field.kind) {
            // Amounts make no groups; "by amount" is an order.
            self.request.sort = vec![Sort { field: path.text.clone(), descending: true }];
            return;
        }
        self.state.grouped_at = Some(self.at);
        let by = matches!(path.field.kind, FieldType::Date | FieldType::DateTime).then_some(Unit::Month);
        self.request.group.retain(|group| !self.state.follows || group.field == path.text);
        self.request.group.push(GroupBy { field: path.text.clone(), by });
    }

    pub(super) fn group_by_object(&mut self, object: &str) {
        match self.way_to_record(object) {
            Some(path) => self.group_by(&path),
            None => self.state.misfit += 1.0,
        }
    }

    /// Records that others refer to, or that none refers to: "accounts without open deals".
    pub(super) fn related(&mut self, object: &str, having: bool) {
        let vocabulary = self.words.vocabulary;
        let relation = vocabulary.schema.relations(&self.object.name).iter().find(|relation| relation.object == object);
        let (Some(relation), Some(related)) = (relation, vocabulary.schema.object(object)) else {
            return match self.way_to_record(object) {
                Some(path) if path.hops == 0 => self.filled(&path, having),
                _ => self.head(object),
            };
        };
        if let Some(path) = self.field_called_like(related) {
            return self.filled(&path, having);
        }
        let before = self.phrases_before();
        let rest: Vec<Placed> =
            before.into_iter().chain(self.pieces.get(self.at..).unwrap_or_default().iter().cloned()).collect();
        self.at = self.pieces.len();
        let inner = super::compose(self.words, related, &rest, None, None);
        self.state.misfit += inner.misfit;
        let filter = inner.request.filter().map(Box::new);
        let through = Related { through: relation.name.clone(), filter };
        let having = having != std::mem::take(&mut self.state.negated);
        let what: Vec<&str> = inner.request.conditions.iter().map(|condition| condition.shown.as_str()).collect();
        let telling = telling(self.words.told);
        let with = fill(if having { &telling.with } else { &telling.without }, &[self.words.plural(related)]);
        let shown = if what.is_empty() { with } else { format!("{with}: {}", what.join(", ")) };
        let filter = if having { Filter::Any { any: through } } else { Filter::None { none: through } };
        self.add(&relation.name.clone(), filter, shown);
    }

    /// "contacts without e-mail": their address, and not the messages, which few speak of.
    fn field_called_like(&self, other: &ObjectDef) -> Option<Path> {
        let alike = |field: &&Arc<FieldDef>| field.label == other.label && !field.kind.is_computed();
        let field = self.object.fields.iter().find(alike).filter(|_| !other.in_navigation)?.clone();
        Some(Path { text: field.name.clone(), field, hops: 0 })
    }

    /// Phrases right before the present piece, which are about it: "without open deals".
    fn phrases_before(&mut self) -> Vec<Placed> {
        let end = self.at.saturating_sub(1);
        let start = self
            .pieces
            .get(..end)
            .unwrap_or_default()
            .iter()
            .rposition(|placed| !matches!(placed.piece, Piece::Phrase(_) | Piece::Option(_)))
            .map_or(0, |before| before + 1);
        let before = self.pieces.get(start..end).unwrap_or_default().to_vec();
        for _ in &before {
            // They did not fit this object, or were taken for its own.
            self.state.misfit = (self.state.misfit - 1.0).max(0.0);
        }
        before
    }
}

/// Whether values of this type have a size.
pub(super) fn is_amount(kind: &FieldType) -> bool {
    use FieldType::{Decimal, Duration, Formula, Money, Number, Percent, Rating, Rollup};
    match kind {
        Money | Number | Decimal { .. } | Percent | Duration | Rating | Rollup { .. } => true,
        Formula { result_type, .. } => *result_type == ResultType::Number,
        _ => false,
    }
}
