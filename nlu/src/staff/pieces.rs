//! What the words of a text may stand for, each and in runs.

use super::Words;
use super::lexicon::Lexicon;
use super::piece::{FieldAt, NameAt, Piece, Placed};
use super::token::Token;
use super::words::Role;
use crate::values;
use jiff::Zoned;

impl Words<'_> {
    /// What may begin at each word.
    pub(super) fn pieces(&self, lexicon: &Lexicon<'_>, now: &Zoned) -> Vec<Vec<Placed>> {
        let mut pieces: Vec<Vec<Placed>> = (0..self.tokens.len())
            .map(|at| {
                let mut here = lexicon.at(self.tokens, at);
                here.extend(lexicon.names_at(self.tokens, at));
                if here.is_empty() {
                    here = lexicon.near(self.tokens, at);
                    // "Maria" is no mistyped "marca".
                    here.retain(|placed| {
                        !(at > 0 && matches!(placed.piece, Piece::Role(_)) && self.is_capital(placed))
                    });
                }
                here
            })
            .collect();
        self.prefer_fields_before_their_names(&mut pieces);
        prefer_what_leads_to_a_name(&mut pieces);
        for found in self.found(now) {
            let Some(mut placed) = self.placed(found) else { continue };
            if let Some(count) = self.count_of(&placed, &pieces, now) {
                placed = count;
            }
            if !is_article(&placed, &pieces)
                && let Some(here) = pieces.get_mut(placed.tokens.start)
            {
                here.push(placed);
            }
        }
        pieces
    }

    /// "las tres mayores", "las 10 empresas": before an order or several things what may be an hour says how many.
    fn count_of(&self, placed: &Placed, pieces: &[Vec<Placed>], now: &Zoned) -> Option<Placed> {
        let Piece::Found(values::Found { value: values::Value::Time(when), .. }) = &placed.piece else { return None };
        let counted = |placed: &Placed| match &placed.piece {
            Piece::Role(role) => matches!(role, Role::Greatest | Role::Least | Role::Newest | Role::Oldest),
            Piece::Object(object) => {
                self.vocabulary.schema.object(object).is_some_and(|object| !self.is_singular(object, placed))
            }
            _ => false,
        };
        let hour = matches!(when, values::When::Moment { grain: values::Grain::Hour, .. });
        if !hour || !pieces.get(placed.tokens.end)?.iter().any(counted) {
            return None;
        }
        let last = self.tokens.get(placed.tokens.end.checked_sub(1)?)?;
        let mut number = values::find(self.text.get(last.span.clone())?, now, self.language).into_iter().next()?;
        number.span = last.span.clone();
        matches!(number.value, values::Value::Number(_)).then(|| self.placed(number))?
    }

    /// "from Bergen to Hamburg": where fields are called so and records of theirs follow, the words are those fields.
    fn prefer_fields_before_their_names(&self, pieces: &mut [Vec<Placed>]) {
        const BEFORE_ITS_NAME: f64 = 0.12;
        let refers = |field: &FieldAt, names: &[NameAt]| {
            let field = self.vocabulary.schema.object(&field.object).and_then(|object| object.field(&field.field));
            let object = |at: &NameAt| self.vocabulary.name(at.place).map(|name| name.object.as_str());
            field.is_some_and(|field| names.iter().filter_map(object).any(|object| field.kind.may_refer_to(object)))
        };
        for at in 1..pieces.len() {
            let (before, here) = pieces.split_at_mut(at);
            let (Some(before), Some(here)) = (before.last_mut(), here.first()) else { continue };
            for placed in before.iter_mut().filter(|placed| placed.score < 1.0) {
                let Piece::Field(fields) = &placed.piece else { continue };
                let named = here.iter().any(|next| match &next.piece {
                    Piece::Names(names) => fields.iter().any(|field| refers(field, names)),
                    _ => false,
                });
                placed.score += if named { BEFORE_ITS_NAME } else { 0.0 };
            }
        }
    }

    /// The values of the text. Bare numbers are hours only where nobody speaks of amounts: "between 1000 and 2000".
    fn found(&self, now: &Zoned) -> Vec<values::Found> {
        let mut all = Vec::new();
        for found in values::find(self.text, now, self.language) {
            let said = self.text.get(found.span.clone()).unwrap_or_default();
            let numbers: Vec<&str> =
                said.split_whitespace().filter(|word| word.len() > 2 && word.parse::<u64>().is_ok()).collect();
            let hours = matches!(
                &found.value,
                values::Value::Time(values::When::Range { grain: values::Grain::Hour | values::Grain::Minute, .. })
            );
            if !(hours && numbers.len() == 2) {
                all.push(found);
                continue;
            }
            let mut from = found.span.start;
            for number in numbers {
                let Some(start) = self.text.get(from..).and_then(|rest| rest.find(number)).map(|at| from + at) else {
                    continue;
                };
                from = start + number.len();
                let value = values::Decimal::whole(number.parse().unwrap_or_default());
                let value = values::Value::Number(values::Number { value, in_words: false });
                all.push(values::Found { span: start..from, value, others: Vec::new() });
            }
        }
        all
    }

    /// A value that was found, at the words that it covers.
    fn placed(&self, found: values::Found) -> Option<Placed> {
        let within = |token: &Token| token.span.start >= found.span.start && token.span.end <= found.span.end;
        let start = self.tokens.iter().position(within)?;
        let length = self.tokens.iter().skip(start).take_while(|token| within(token)).count();
        // "monthly" is a group before it is a time that comes again.
        let again = matches!(&found.value, values::Value::Time(values::When::Recurring(_)));
        let score = length as f64 * if again { 0.5 } else { 1.02 } + 0.1 * (length - 1) as f64;
        Some(Placed { piece: Piece::Found(found), tokens: start..start + length, score })
    }
}

/// "una empresa llamada Acme": behind a thing a word that leads to a name does so, whatever else it is called.
fn prefer_what_leads_to_a_name(pieces: &mut [Vec<Placed>]) {
    const BEHIND_A_THING: f64 = 0.2;
    for at in 1..pieces.len() {
        let (before, here) = pieces.split_at_mut(at);
        let is_thing = |placed: &Placed| matches!(placed.piece, Piece::Object(_)) && placed.tokens.end == at;
        if before.iter().flatten().any(is_thing) {
            here.iter_mut().take(1).flatten().filter(|placed| placed.is(Role::Named)).for_each(|placed| {
                placed.score += BEHIND_A_THING;
            });
        }
    }
}

/// Whether a number is but the language's word for "a".
fn is_article(placed: &Placed, pieces: &[Vec<Placed>]) -> bool {
    let number = matches!(&placed.piece, Piece::Found(found) if matches!(found.value, values::Value::Number(_)));
    let here = pieces.get(placed.tokens.start).into_iter().flatten();
    number && placed.tokens.len() == 1 && here.into_iter().any(|other| other.is(Role::Filler))
}
