//! Conditions: names, values, options, phrases, times and amounts.

use super::Composer;
use super::fields::is_amount;
use crate::staff::paths::{self, Path};
use crate::staff::piece::{NameAt, OptionAt, PhraseAt, Piece, Placed};
use crate::staff::request::Condition;
use crate::staff::telling::{fill, telling};
use crate::staff::words::{self, Role};
use crate::values::{Found, Grain, Value, When};
use crm_core::query::{Filter, Measure, Operator, Related};
use crm_core::schema::{FieldType, ObjectDef, Relation};
use jiff::civil::DateTime;
use serde_json::{Value as Json, json};
use std::collections::HashSet;

impl Composer<'_> {
    /// Puts a condition in; joined to the one before by "or", or by "and" between two values of one field.
    pub(super) fn add(&mut self, about: &str, filter: Filter, shown: String) {
        let joined = std::mem::take(&mut self.state.joined) && self.state.added;
        self.state.added = true;
        if self.request.conditions.iter().any(|known| known.filter == filter) {
            return;
        }
        match self.request.conditions.last_mut().filter(|last| joined && last.about == about) {
            Some(last) => {
                let before = std::mem::replace(&mut last.filter, Filter::Or { or: Vec::new() });
                let mut or = match before {
                    Filter::Or { or } => or,
                    one => vec![one],
                };
                or.push(filter);
                last.filter = Filter::Or { or };
                last.shown = fill(&telling(self.words.told).or, &[&last.shown, &shown]);
            }
            None => self.request.put(Condition { about: about.to_owned(), filter, shown }),
        }
    }

    /// The same, turned round if "not" was said before.
    fn add_unless_negated(&mut self, about: &str, filter: Filter, label: &str, is: &str) {
        let is_not = fill(&telling(self.words.told).not, &[is]);
        self.add_either(about, filter, label, is, &is_not);
    }

    fn add_either(&mut self, about: &str, filter: Filter, label: &str, is: &str, is_not: &str) {
        let negated = std::mem::take(&mut self.state.negated);
        let filter = if negated { Filter::Not { not: Box::new(filter) } } else { filter };
        let shown = format!("{label} {}", if negated { is_not } else { is });
        self.add(about, filter, shown.trim_start().to_owned());
    }

    fn equals(&mut self, path: &Path, value: Json, shown: &str) {
        self.is(path, Filter::eq(&path.text, value), shown);
    }

    /// What a field is, or is not.
    fn is(&mut self, path: &Path, filter: Filter, shown: &str) {
        let (label, telling) = (self.words.label(path), telling(self.words.told));
        self.add_either(&path.text, filter, &label, &fill(&telling.is, &[shown]), &fill(&telling.is_not, &[shown]));
    }

    pub(super) fn mine(&mut self) {
        let Some(path) = self.way_to_record("user") else { return };
        if self.words.vocabulary.me.is_some() {
            self.equals(&path, json!({"me": true}), &telling(self.words.told).me);
        }
    }

    /// "its open deals": those of the record that was spoken of.
    pub(super) fn of_focus(&mut self) {
        let Some(focus) = self.focus else { return };
        if let Some(path) = self.way_to_record(&focus.object) {
            self.equals(&path, focus.id.clone(), &focus.name);
        }
    }

    pub(super) fn my_team(&mut self) {
        let team = self.words.vocabulary.me.as_ref().and_then(|me| me.team);
        match (paths::to_record(&self.words.vocabulary.schema, &self.object.name, "team"), team) {
            (Some(path), Some(team)) => self.equals(&path, json!(team), &telling(self.words.told).my_team),
            _ => self.state.misfit += 1.0,
        }
    }

    pub(super) fn phrase(&mut self, phrases: &[PhraseAt]) {
        let Some(at) = phrases.iter().find(|at| at.object == self.object.name) else {
            self.state.misfit += 1.0;
            return;
        };
        let Some(phrase) = self.object.phrases.get(at.place) else { return };
        self.state.names_figure |= phrase.measure.is_some();
        if matches!(phrase.measure, Some(Measure::Ratio { .. })) && self.state.follows {
            // Of the deals that are won, all are won.
            self.request.conditions.retain(|condition| condition.about != STATE);
        }
        if let Some(filter) = &phrase.filter {
            let name = phrase.name(self.words.told.code());
            self.add_unless_negated(&about(filter), filter.clone(), "", name);
        }
        self.state.on = phrase.on.map(str::to_owned).or(self.state.on.take());
        self.state.phrase_measure = phrase.measure.clone().or(self.state.phrase_measure.take());
        self.state.phrase_by = phrase.by.or(self.state.phrase_by);
        if phrase.measure.is_some() && self.state.by == Some(Role::By) {
            self.state.by = None;
        }
    }

    pub(super) fn option(&mut self, options: &[OptionAt]) {
        let schema = &self.words.vocabulary.schema;
        let ways = options
            .iter()
            .filter_map(|at| Some((paths::to_field(schema, &self.object.name, &at.object, &at.field)?, at)));
        let wanted = self.state.field.as_ref().map(|(path, _)| path.text.clone());
        let best = ways
            .filter(|(path, _)| path.hops < 2)
            .min_by_key(|(path, _)| (Some(&path.text) != wanted.as_ref(), path.hops));
        match best {
            Some((path, at)) => {
                self.state.misfit += 0.4 * path.hops as f64;
                self.forget_field(&path);
                match path.field.kind.options().iter().find(|option| at.value == *option.key) {
                    Some(option) => {
                        let label = option.label.text(self.words.told.code());
                        self.equals(&path, at.value.clone(), label);
                    }
                    None => {
                        let label = self.words.label(&path);
                        self.add_unless_negated(&path.text, Filter::eq(&path.text, true), "", &label);
                    }
                }
            }
            None => self.state.misfit += 1.0,
        }
    }

    pub(super) fn names(&mut self, names: &[NameAt]) {
        if self.is_referred_to_by(names) {
            return;
        }
        let vocabulary = self.words.vocabulary;
        let ways = names.iter().filter_map(|at| {
            let name = vocabulary.name(at.place)?;
            Some((self.way_to_name(&name.object)?, at.place, name))
        });
        let mut ways: Vec<_> = ways.collect();
        if self.is_all_that_is_said() && ways.iter().any(|(_, _, name)| name.object == self.object.name) {
            // "show Miller": a company, or somebody who is called so.
            ways.retain(|(path, ..)| path.text == "id");
            self.state.unclear = (names.len() > 1).then(|| names.iter().map(|at| at.place).collect());
        }
        let Some(fewest) = ways.iter().map(|(path, ..)| path.hops).min() else {
            self.state.misfit += 1.0;
            return;
        };
        let waiting = self.state.field.as_ref().map(|(path, _)| path.text.clone());
        match self.object_beside() {
            // "who reports to Mia": the field was named.
            _ if ways.iter().any(|(path, ..)| Some(&path.text) == waiting.as_ref()) => {
                ways.retain(|(path, ..)| Some(&path.text) == waiting.as_ref())
            }
            // "Mia Miller's team": of all that bears the name, what it is said to be.
            Some(object) if ways.iter().any(|(_, _, name)| name.object == object) => {
                ways.retain(|(_, _, name)| name.object == object)
            }
            _ => ways.retain(|(path, ..)| path.hops == fewest),
        }
        let Some((path, _, name)) = ways.first() else { return };
        let different: HashSet<_> = ways.iter().map(|(_, _, name)| name.id).collect();
        let alike = ways.iter().all(|(_, _, other)| {
            other.object == name.object && crm_core::text::fold(&other.name) == crm_core::text::fold(&name.name)
        });
        let parts = self.words.vocabulary.schema.object(&name.object).is_some_and(|object| !object.owned());
        if different.len() > 1 && alike && parts {
            // Stages of one name, in several pipelines.
            let (path, shown) = (path.clone(), name.name.clone());
            let ids: Vec<Json> = different.iter().map(|id| json!(id)).collect();
            self.forget_field(&path);
            return self.is(&path, Filter::compare(&path.text, Operator::In, ids), &shown);
        }
        if different.len() > 1 && self.state.unclear.is_none() {
            self.state.unclear = Some(ways.iter().map(|(_, place, _)| *place).collect());
        }
        if self.state.by == Some(Role::By) {
            self.state.by = None;
        }
        let value = match path.field.kind {
            FieldType::AnyReference => json!({"object": name.object, "id": name.id}),
            _ => json!(name.id),
        };
        let (path, shown) = (path.clone(), name.name.clone());
        self.forget_field(&path);
        self.equals(&path, value, &shown);
    }

    /// Whether nothing but the name at hand is said, and what only holds a sentence together.
    fn is_all_that_is_said(&self) -> bool {
        let says = |placed: &&Placed| !matches!(placed.piece, Piece::Role(_));
        !self.state.follows && self.pieces.iter().filter(says).count() == 1
    }

    /// "the parent company of Acme": not those whose parent is Acme, but the one that Acme refers to.
    fn is_referred_to_by(&mut self, names: &[NameAt]) -> bool {
        let vocabulary = self.words.vocabulary;
        let before = self.at.checked_sub(2).and_then(|before| self.pieces.get(before));
        let of = |before: &Placed| words::is_of(self.words.language, &self.words.said_by(before));
        let Some((path, _)) = self.state.field.as_ref().filter(|_| before.is_some_and(of)) else { return false };
        let mut relations = vocabulary.schema.relations(&self.object.name).iter();
        let own = |relation: &&Relation| relation.object == self.object.name && relation.field == path.field.name;
        let Some(relation) = relations.find(own).filter(|_| path.hops == 0) else { return false };
        let named = names.iter().filter_map(|at| Some((at.place, vocabulary.name(at.place)?)));
        let named: Vec<_> = named.filter(|(_, name)| name.object == self.object.name).collect();
        let Some((_, name)) = named.first() else { return false };
        let through = relation.name.clone();
        let shown = fill(&telling(self.words.told).of, &[&self.words.label(path), &name.name]);
        let filter = Some(Box::new(Filter::eq("id", json!(name.id))));
        if named.len() > 1 {
            self.state.unclear = Some(named.iter().map(|(place, _)| *place).collect());
        }
        (self.state.field, self.state.having) = (None, None);
        self.add(&through.clone(), Filter::Any { any: Related { through, filter } }, shown);
        true
    }

    /// Another object that is named right beside the present piece.
    fn object_beside(&self) -> Option<&str> {
        let beside = [self.next(), self.at.checked_sub(2).and_then(|before| self.pieces.get(before))];
        beside.into_iter().flatten().find_map(|placed| match &placed.piece {
            Piece::Object(object) if *object != self.object.name => Some(object.as_str()),
            _ => None,
        })
    }

    /// The reference that a name fills: the one that was named, the record itself, or the nearest.
    fn way_to_name(&self, object: &str) -> Option<Path> {
        // "a task for Mike": whatever else it is about, a colleague is who does it.
        let fits = |path: &Path| {
            path.field.kind.may_refer_to(object) && (object != "user" || path.field.kind != FieldType::AnyReference)
        };
        if let Some((path, _)) = self.state.field.as_ref().filter(|(path, _)| fits(path)) {
            return Some(Path { hops: 0, ..path.clone() });
        }
        if object == self.object.name {
            let field = self.object.field("id")?.clone();
            // Right behind the object's word it is its name; elsewhere what a record refers to is likelier.
            let named = self.at.checked_sub(2).and_then(|before| self.pieces.get(before));
            let hops = usize::from(!named.is_some_and(|before| matches!(before.piece, Piece::Object(_))));
            return Some(Path { text: "id".into(), field, hops });
        }
        self.way_to_record(object)
    }

    pub(super) fn values(&mut self, values: &[usize]) {
        let vocabulary = self.words.vocabulary;
        let wanted = self.state.field.as_ref().map(|(path, _)| path.text.clone());
        let ways = values.iter().filter_map(|place| {
            let known = vocabulary.value(*place)?;
            Some((paths::to_field(&vocabulary.schema, &self.object.name, &known.object, &known.field)?, known))
        });
        match ways.min_by_key(|(path, _)| (Some(&path.text) != wanted.as_ref(), path.hops)) {
            Some((path, known)) => {
                // "sales managers" are people: what somebody is names them.
                let names_them = path.hops == 0 && path.field.name == "title";
                self.state.mentioned |= names_them;
                self.state.several |= names_them;
                let value = known.value.clone();
                self.forget_field(&path);
                self.equals(&path, json!(value), &value);
            }
            None => self.state.misfit += 1.0,
        }
    }

    /// A field that was named before its value has got it.
    fn forget_field(&mut self, path: &Path) {
        let other = |field: &Path| field.text != path.text && !path.text.starts_with(&format!("{}.", field.text));
        if let Some((field, _)) = self.state.field.take_if(|(field, _)| other(field)) {
            // It was named for something else; of one record it is asked for.
            self.state.misfit += if path.text == "id" { 0.0 } else { 0.3 };
            self.state.measured.get_or_insert(field);
        }
        self.state.field = None;
        self.state.having = None;
    }

    pub(super) fn found(&mut self, found: &Found) {
        match &found.value {
            Value::Time(_) => self.time(found),
            Value::Number(number) => match number.value.as_whole() {
                Some(count) if self.is_limit() => self.state.top = usize::try_from(count).ok(),
                _ => self.amount(json!(number.value.as_f64()), &number.value.to_string(), is_amount),
            },
            Value::Percent(percent) => {
                self.amount(json!(percent.as_f64()), &format!("{percent} %"), |kind| matches!(kind, FieldType::Percent))
            }
            Value::Money(money) => {
                let currency = money.currency.map_or(String::new(), |currency| format!(" {}", currency.code()));
                let value = match money.currency {
                    Some(currency) => json!({"amount": money.amount.to_string(), "currency": currency.code()}),
                    None => json!(money.amount.to_string()),
                };
                self.amount(value, &format!("{}{currency}", money.amount), |kind| matches!(kind, FieldType::Money));
            }
            Value::Duration(duration) => {
                self.amount(json!(duration.nominal_seconds), "", |kind| matches!(kind, FieldType::Duration))
            }
            Value::Email(text) | Value::Phone(text) | Value::Url(text) => self.contact_detail(&found.value, text),
            Value::Ordinal(_) => {}
        }
    }

    /// Whether a number says how many are wanted.
    fn is_limit(&self) -> bool {
        if self.state.compare.is_some() || self.state.field.is_some() || self.state.low.is_some() {
            return false;
        }
        let order = |placed: &Placed| {
            placed.is(Role::Greatest) || placed.is(Role::Least) || placed.is(Role::Newest) || placed.is(Role::Oldest)
        };
        self.state.greatest_first.is_some()
            || self.state.newest_first.is_some()
            || self.next().is_some_and(|next| {
                order(next) || matches!(&next.piece, Piece::Object(object) if *object == self.object.name)
            })
    }

    /// An amount: of the field that was named, of the one that is named next, or of the only one of its kind.
    fn amount(&mut self, value: Json, shown: &str, fits: impl Fn(&FieldType) -> bool) {
        let next = match self.next().map(|next| next.piece.clone()) {
            Some(Piece::Field(fields)) => Some(fields),
            _ => None,
        };
        let named = self.state.field.take().map(|(path, _)| path).filter(|path| is_amount(&path.field.kind));
        let path = match (named, next) {
            (Some(path), _) => Some(path),
            (None, Some(fields)) if self.field_of(&fields).is_some_and(|path| is_amount(&path.field.kind)) => {
                let path = self.field_of(&fields);
                self.skip();
                path
            }
            _ => self.usual(&fits),
        };
        let compare = match self.next().map(|next| &next.piece) {
            Some(Piece::Role(after @ (Role::AtLeast | Role::AtMost))) if self.state.compare.is_none() => {
                let after = *after;
                self.skip();
                Some(after)
            }
            _ => self.state.compare.take(),
        };
        let money = value.get("currency").is_some();
        let Some(path) = path.filter(|path| !money || holds_money(&path.field.kind)) else {
            self.state.misfit += 1.0;
            return;
        };
        // A field of plain numbers knows no currency.
        let plain = value["amount"].as_str().and_then(|amount| amount.parse::<f64>().ok());
        let value = match plain.filter(|_| path.field.kind != FieldType::Money) {
            Some(number) => json!(number),
            None => value,
        };
        self.compared(&path, compare, value, shown);
    }

    fn compared(&mut self, path: &Path, compare: Option<Role>, value: Json, shown: &str) {
        let (label, telling) = (self.words.label(path), telling(self.words.told));
        let (op, sign) = match compare {
            Some(Role::Over | Role::After) => (Operator::Gt, &telling.over),
            Some(Role::Under | Role::Before) => (Operator::Lt, &telling.under),
            Some(Role::AtLeast) => (Operator::Ge, &telling.at_least),
            Some(Role::AtMost) => (Operator::Le, &telling.at_most),
            Some(Role::Between) => match self.state.low.take() {
                None => {
                    self.state.low = Some((value, shown.to_owned()));
                    self.state.field = Some((path.clone(), false));
                    self.state.compare = Some(Role::Between);
                    return;
                }
                Some((low, from)) => {
                    let (low, from) = like_the_upper(low, from, &value);
                    let filter = Filter::compare(&path.text, Operator::Between, json!([low, value]));
                    self.state.joined = false;
                    let shown = format!("{label} {}", fill(&telling.between, &[&from, shown]));
                    return self.add(&path.text, filter, shown);
                }
            },
            _ => return self.equals(path, value, shown),
        };
        let filter = Filter::compare(&path.text, op, value);
        self.add_unless_negated(&path.text, filter, &label, &fill(sign, &[shown]));
    }

    /// The field of this object that a word names.
    fn field_of(&self, fields: &[crate::staff::piece::FieldAt]) -> Option<Path> {
        let at = fields.iter().find(|at| at.object == self.object.name)?;
        paths::to_field(&self.words.vocabulary.schema, &self.object.name, &at.object, &at.field)
    }

    /// The field that an amount without a field is about: the first that it fits, money before all.
    pub(super) fn usual(&self, fits: &impl Fn(&FieldType) -> bool) -> Option<Path> {
        let fields = || self.object.fields.iter().filter(|field| !field.system && fits(&field.kind));
        let field = fields().find(|field| field.kind == FieldType::Money).or_else(|| fields().next())?.clone();
        Some(Path { text: field.name.clone(), field, hops: 0 })
    }

    fn contact_detail(&mut self, value: &Value, text: &str) {
        let kind = match value {
            Value::Email(_) => FieldType::Email,
            Value::Phone(_) => FieldType::Phone,
            _ => FieldType::Url,
        };
        match self.usual(&|other| *other == kind) {
            Some(path) => self.equals(&path, json!(text), text),
            None => self.state.misfit += 1.0,
        }
    }

    fn time(&mut self, found: &Found) {
        if let Some(year) = year(found)
            && let Some((path, _)) = self.state.field.take_if(|(path, _)| matches!(path.field.kind, FieldType::Number))
        {
            // "founded in 1996": a year that is kept as a number.
            if let Some((first, last)) = years(found) {
                let label = self.words.label(&path);
                let filter = Filter::compare(&path.text, Operator::Between, json!([first, last]));
                let between = fill(&telling(self.words.told).between, &[&first.to_string(), &last.to_string()]);
                return self.add(&path.text, filter, format!("{label} {between}"));
            }
            let compare = self.state.compare.take().or(open_end(found));
            return self.compared(&path, compare, json!(year), &year.to_string());
        }
        if self.state.by.take_if(|by| *by == Role::By).is_some() {
            // Figures are not grouped by a single time: "nach dem 1. Mai" is behind it.
            self.state.misfit += 0.4;
        }
        let (compare, negated) = (self.state.compare.take(), std::mem::take(&mut self.state.negated));
        match self.state.field.take_if(|(path, _)| is_time(&path.field.kind)) {
            Some((path, past)) => self.at_time(&path, past, found, compare, negated),
            None => self.state.times.push((found.clone(), compare, negated)),
        }
    }

    /// A time of a field.
    pub(super) fn at_time(&mut self, path: &Path, past: bool, found: &Found, compare: Option<Role>, negated: bool) {
        let past = past || path.field.system || path.field.read_only;
        let Value::Time(when) = (if past { found.past() } else { found.future() }) else { return };
        let day = path.field.kind == FieldType::Date;
        let (from, until) = span(when, day);
        let (from, until) = match compare {
            Some(Role::Before | Role::Under) => (None, from),
            Some(Role::After | Role::Over) if matches!(when, When::Moment { .. }) => (from, None),
            Some(Role::After | Role::Over) => (until, None),
            Some(Role::AtLeast) => (from, None),
            Some(Role::AtMost) => (None, until),
            _ => (from, until),
        };
        self.state.negated = negated;
        self.between(path, from, until, negated);
    }

    /// A field's time lies between two moments, or behind or before one.
    pub(super) fn between(&mut self, path: &Path, from: Option<DateTime>, until: Option<DateTime>, negated: bool) {
        let day = path.field.kind == FieldType::Date;
        let write = |at: DateTime| if day { json!(at.date().to_string()) } else { json!(at.to_string()) };
        let parts = from.map(|at| Filter::compare(&path.text, Operator::Ge, write(at))).into_iter();
        let parts: Vec<Filter> =
            parts.chain(until.map(|at| Filter::compare(&path.text, Operator::Lt, write(at)))).collect();
        let filter = if parts.len() == 1 {
            parts.into_iter().next().unwrap_or(Filter::And { and: Vec::new() })
        } else {
            Filter::all(parts)
        };
        self.state.negated = negated;
        let label = self.words.label(path);
        let when = crate::staff::shown::span(from, until, self.words.told);
        self.add_unless_negated(&path.text, filter, &label, &when);
    }
}

/// Whether an amount of money can be compared with values of this type.
fn holds_money(kind: &FieldType) -> bool {
    matches!(kind, FieldType::Money | FieldType::Number | FieldType::Decimal { .. } | FieldType::Formula { .. })
}

/// The lower end of a range whose magnitude or currency stands at the upper one: "between 1 and 2 billion".
fn like_the_upper(low: Json, from: String, high: &Json) -> (Json, String) {
    let (low, from) = with_magnitude(low, from, high);
    match (low.as_f64(), high["currency"].as_str()) {
        (Some(amount), Some(currency)) => {
            (json!({"amount": amount.to_string(), "currency": currency}), format!("{from} {currency}"))
        }
        _ => (low, from),
    }
}

fn with_magnitude(low: Json, from: String, high: &Json) -> (Json, String) {
    let number = |json: &Json| {
        json.as_f64().or_else(|| json.as_str().or(json["amount"].as_str()).and_then(|text| text.parse::<f64>().ok()))
    };
    let (Some(lower), Some(upper)) = (number(&low), number(high)) else { return (low, from) };
    let scale = [1e9, 1e6, 1e3].into_iter().find(|scale| upper >= *scale && upper / scale < 1_000.0);
    match scale.filter(|scale| low.is_number() && lower < 1_000.0 && lower * scale < upper && upper >= 10_000.0) {
        Some(scale) => (json!(lower * scale), format!("{}", lower * scale)),
        None => (low, from),
    }
}

/// The year that a time names, if it names a whole one; with "before" or "since" the year that is named then.
fn year(found: &Found) -> Option<i16> {
    match &found.value {
        Value::Time(When::Range { from, until, grain: Grain::Year }) => from.or(*until).map(|at| at.year()),
        _ => None,
    }
}

/// The first and the last of several years.
fn years(found: &Found) -> Option<(i16, i16)> {
    match &found.value {
        Value::Time(When::Range { from: Some(from), until: Some(until), grain: Grain::Year }) => {
            (until.year() - from.year() > 1).then(|| (from.year(), until.year() - 1))
        }
        _ => None,
    }
}

/// What a time with but one end says of its year.
fn open_end(found: &Found) -> Option<Role> {
    match &found.value {
        Value::Time(When::Range { from: None, .. }) => Some(Role::Under),
        Value::Time(When::Range { until: None, .. }) => Some(Role::AtLeast),
        _ => None,
    }
}

/// A time's first moment and the first moment behind it; a day for fields that hold days.
fn span(when: &When, day: bool) -> (Option<DateTime>, Option<DateTime>) {
    let (from, until) = when.bounds();
    match when {
        When::Moment { grain, .. } if day && *grain != Grain::Day => {
            let midnight = from.map(|at| at.date().to_datetime(jiff::civil::Time::midnight()));
            (midnight, midnight.and_then(|at| at.checked_add(jiff::Span::new().days(1)).ok()))
        }
        _ => (from, until),
    }
}

pub(super) fn is_time(kind: &FieldType) -> bool {
    matches!(kind, FieldType::Date | FieldType::DateTime)
}

/// What a condition is about that says what state records are in.
const STATE: &str = "state";

/// What a phrase is about: phrases of one object say what state its records are in, so a later one takes the place of
/// an earlier one.
fn about(filter: &Filter) -> String {
    fn fields(filter: &Filter, all: &mut Vec<String>) {
        match filter {
            Filter::And { and: parts } | Filter::Or { or: parts } => parts.iter().for_each(|part| fields(part, all)),
            Filter::Not { not } => fields(not, all),
            Filter::Compare { field, .. } => all.push(field.clone()),
            Filter::Any { any } | Filter::None { none: any } => all.push(any.through.clone()),
        }
    }
    let mut all = Vec::new();
    fields(filter, &mut all);
    let state = all.iter().any(|field| field.starts_with("is_") || field == "status");
    if state { STATE.to_owned() } else { all.join(" ") }
}

/// The day or instant that a time without a field is about: the first of the object's own, else when it was made.
pub(super) fn usual_time(object: &ObjectDef) -> Option<Path> {
    let own = object.fields.iter().find(|field| !field.system && !field.read_only && is_time(&field.kind));
    let field = own.or_else(|| object.field("created_at"))?.clone();
    Some(Path { text: field.name.clone(), field, hops: 0 })
}
