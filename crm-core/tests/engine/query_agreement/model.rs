//! The meaning of questions, written down plainly: over records in memory, without an eye on speed.

use crm_core::money::Money;
use crm_core::query::{
    Aggregate, Filter, Group, GroupBy, Groups, Measure, Operator, Period, Query, Related, Relative, Unit,
};
use crm_core::schema::{FieldDef, FieldType, ResultType, Schema};
use crm_core::text::fold;
use crm_core::value::Value;
use crm_core::{Actor, Crm, Record};
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Everything that one person sees.
pub(crate) struct Model {
    pub(crate) actor: Actor,
    pub(crate) schema: Schema,
    now: Timestamp,
    records: HashMap<String, Vec<Record>>,
    /// All living ones, to know which references lead nowhere.
    ids: HashMap<(String, Uuid), usize>,
}

/// What sorts: nothing is last, whatever the direction.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
enum Rank {
    Bool(bool),
    Number(f64),
    Whole(i128),
    Text(String),
    Id(Uuid),
}

impl Model {
    pub(crate) async fn read(crm: &Crm, actor: Actor) -> Self {
        let schema = super::schema(crm, &actor);
        let mut records = HashMap::new();
        for object in schema.objects() {
            let query = Query { limit: Some(Query::MAX_LIMIT), ..Query::of(&object.name) };
            let Ok((mut found, _)) = super::all_pages(crm, &actor, &query).await else { continue };
            // The order of ids is that of creation.
            found.sort_by_key(|record| record.id);
            records.insert(object.name.clone(), found);
        }
        let ids = records.iter().flat_map(|(object, records): (&String, &Vec<Record>)| {
            records.iter().enumerate().map(|(i, record)| ((object.clone(), record.id), i))
        });
        let ids = ids.collect();
        Self { now: crm.now(), schema, ids, records, actor }
    }

    pub(crate) fn me(&self) -> Option<Uuid> {
        self.actor.who().user()
    }

    pub(crate) fn living(&self, object: &str) -> &[Record] {
        self.records.get(object).map_or(&[], Vec::as_slice)
    }

    fn record(&self, object: &str, id: Uuid) -> Option<&Record> {
        self.ids.get(&(object.to_owned(), id)).map(|i| &self.records[object][*i])
    }

    fn today(&self) -> Date {
        self.actor.zone().to_datetime(self.now).date()
    }

    /// The field at the end of a path, and its value for a record.
    fn at(&self, object: &str, record: Option<&Record>, path: &str) -> (Arc<FieldDef>, Value) {
        let def = self.schema.object(object).unwrap();
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let field = def.field(first).unwrap_or_else(|| panic!("{object} has no {first}")).clone();
        let value = record.map_or(Value::Null, |record| record.get(&field.name).clone());
        let Some(rest) = rest else { return (field, value) };
        let target = field.kind.target().unwrap();
        self.at(target, value.as_id().and_then(|id| self.record(target, id)), rest)
    }

    pub(crate) fn matches(&self, object: &str, record: &Record, filter: &Filter) -> bool {
        match filter {
            Filter::And { and } => and.iter().all(|part| self.matches(object, record, part)),
            Filter::Or { or } => or.iter().any(|part| self.matches(object, record, part)),
            Filter::Not { not } => !self.matches(object, record, not),
            Filter::Any { any } => self.related(object, record, any),
            Filter::None { none } => !self.related(object, record, none),
            Filter::Compare { field, op, value } => {
                let (field, has) = self.at(object, Some(record), field);
                self.compares(&field, &has, *op, value)
            }
        }
    }

    fn related(&self, object: &str, record: &Record, related: &Related) -> bool {
        let relation = self.schema.relations(object).iter().find(|relation| relation.name == related.through);
        let fits = |object: &str, record: &Record| {
            related.filter.as_ref().is_none_or(|filter| self.matches(object, record, filter))
        };
        match relation {
            Some(relation) => self.living(&relation.object).iter().any(|child| {
                let refers = match child.get(&relation.field) {
                    Value::Id(id) => *id == record.id,
                    Value::Ids(ids) => ids.contains(&record.id),
                    Value::AnyId { object: to, id } => to == object && *id == record.id,
                    _ => false,
                };
                refers && fits(&relation.object, child)
            }),
            None => {
                let (field, value) = self.at(object, Some(record), &related.through);
                let FieldType::References { references } = &field.kind else { panic!("{}", related.through) };
                let Value::Ids(ids) = value else { return false };
                ids.iter().filter_map(|id| self.record(references, *id)).any(|target| fits(references, target))
            }
        }
    }

    fn compares(&self, field: &FieldDef, has: &Value, op: Operator, value: &Json) -> bool {
        let list = || value.as_array().unwrap();
        match op {
            Operator::Ne => !self.compares(field, has, Operator::Eq, value),
            Operator::IsEmpty => is_empty(has) == value.as_bool().unwrap_or(true),
            _ if is_empty(has) => false,
            Operator::In => list().iter().any(|one| self.has(field, has, one)),
            Operator::Between => {
                let [low, high] = list().as_slice() else { panic!("{value}") };
                self.compares(field, has, Operator::Ge, low) && self.compares(field, has, Operator::Le, high)
            }
            Operator::StartsWith => fold(has.as_text().unwrap()).starts_with(&fold(value.as_str().unwrap())),
            Operator::Contains if textual(field) => {
                fold(has.as_text().unwrap()).contains(&fold(value.as_str().unwrap()))
            }
            Operator::Contains => self.has(field, has, value),
            Operator::Within => self.order(field, has, value).contains(&Operator::Eq),
            op => self.order(field, has, value).contains(&op),
        }
    }

    /// Whether a value is, or has among several, the one asked for.
    fn has(&self, field: &FieldDef, has: &Value, one: &Json) -> bool {
        match has {
            Value::Ids(ids) => ids.iter().any(|id| json!(id) == *one),
            Value::Keys(keys) => keys.iter().any(|key| json!(key) == *one),
            _ => self.order(field, has, one).contains(&Operator::Eq),
        }
    }

    /// Which comparisons with `value` hold, of equal, less, less or equal, greater, greater or equal.
    fn order(&self, field: &FieldDef, has: &Value, value: &Json) -> Vec<Operator> {
        use Operator::{Eq, Ge, Gt, Le, Lt};
        let by = |order: Option<Ordering>| match order {
            Some(Ordering::Equal) => vec![Eq, Le, Ge],
            Some(Ordering::Less) => vec![Lt, Le],
            Some(Ordering::Greater) => vec![Gt, Ge],
            None => vec![],
        };
        match has {
            Value::Date(_) | Value::DateTime(_) => {
                let (at, first, end) = self.span(has, value);
                by(Some(if at < first {
                    Ordering::Less
                } else if at >= end {
                    Ordering::Greater
                } else {
                    Ordering::Equal
                }))
            }
            Value::Text(text) if textual(field) => by(Some(fold(text).cmp(&fold(value.as_str().unwrap())))),
            Value::Text(key) => {
                let wanted = fold(value.as_str().unwrap());
                let option = field.kind.options().iter().find(|option| option.key == *key);
                let labelled = option.is_some_and(|option| option.label.texts().any(|label| fold(label) == wanted));
                by((fold(key) == wanted || labelled).then_some(Ordering::Equal))
            }
            Value::Number(n) => by(n.partial_cmp(&value.as_f64().unwrap())),
            Value::Integer(n) => by(Some(n.cmp(&value.as_i64().unwrap()))),
            Value::Duration(n) => by(Some(n.cmp(&value.as_i64().unwrap()))),
            Value::Decimal(n) => by(Some(n.cmp(&value.as_str().unwrap().parse::<Decimal>().unwrap()))),
            Value::Money(money) => {
                let currency = self.actor.currency().to_string();
                let (amount, currency) = match value {
                    Json::Object(map) => {
                        (map["amount"].as_str().unwrap().to_owned(), map["currency"].as_str().unwrap())
                    }
                    other => (other.to_string(), currency.as_str()),
                };
                let amount: Decimal = amount.parse().unwrap();
                by((money.currency.code() == currency).then(|| money.amount().cmp(&amount)))
            }
            Value::Bool(b) => by((json!(b) == *value).then_some(Ordering::Equal)),
            Value::Id(id) if *value == json!({"me": true}) => by((Some(*id) == self.me()).then_some(Ordering::Equal)),
            Value::Id(id) => by((json!(id) == *value).then_some(Ordering::Equal)),
            Value::AnyId { object, id } => {
                by((json!({"object": object, "id": id}) == *value).then_some(Ordering::Equal))
            }
            other => panic!("{other:?} is not compared"),
        }
    }

    /// The instant or day that a value has, and the stretch `[first, end)` that it is compared with, in microseconds
    /// or days.
    fn span(&self, has: &Value, value: &Json) -> (i64, i64, i64) {
        let zone = self.actor.zone();
        let midnight = |day: Date| zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap().as_microsecond();
        let day = |day: Date| (day, day.tomorrow().unwrap());
        let text = value.as_str().unwrap_or_default();
        let days = if let Ok(relative) = serde_json::from_value::<Relative>(value.clone()) {
            Some(day(relative.resolve(self.today()).unwrap()))
        } else if let Ok(period) = serde_json::from_value::<Period>(value.clone()) {
            Some(period.resolve(self.today(), self.actor.week_start()).unwrap())
        } else if text.len() == 10 {
            Some(day(text.parse().unwrap()))
        } else {
            None
        };
        let instant = || if text == "now" { self.now } else { text.parse::<Timestamp>().unwrap() };
        match (has, days) {
            (Value::Date(at), Some((first, end))) => (number_of(*at), number_of(first), number_of(end)),
            (Value::Date(at), None) => {
                let (first, end) = day(zone.to_datetime(instant()).date());
                (number_of(*at), number_of(first), number_of(end))
            }
            (Value::DateTime(at), Some((first, end))) => (at.as_microsecond(), midnight(first), midnight(end)),
            (Value::DateTime(at), None) => {
                let instant = instant().as_microsecond();
                (at.as_microsecond(), instant, instant + 1)
            }
            _ => unreachable!(),
        }
    }

    pub(crate) fn list(&self, query: &Query) -> Vec<&Record> {
        let mut found = self.found(&query.object, query.filter.as_ref());
        let ids_descend = query.sort.first().is_none_or(|sort| sort.descending);
        let directed = |order: Ordering, descending: bool| if descending { order.reverse() } else { order };
        found.sort_by(|a, b| {
            for sort in &query.sort {
                let rank = |record| self.sort_rank(&query.object, record, &sort.field);
                let order = match (rank(a), rank(b)) {
                    (None, None) => Ordering::Equal,
                    (None, Some(_)) => Ordering::Greater,
                    (Some(_), None) => Ordering::Less,
                    (Some(a), Some(b)) => directed(a.partial_cmp(&b).unwrap(), sort.descending),
                };
                if order != Ordering::Equal {
                    return order;
                }
            }
            directed(a.id.cmp(&b.id), ids_descend)
        });
        found
    }

    fn found(&self, object: &str, filter: Option<&Filter>) -> Vec<&Record> {
        let fits = |record: &&Record| filter.is_none_or(|filter| self.matches(object, record, filter));
        self.living(object).iter().filter(fits).collect()
    }

    fn sort_rank(&self, object: &str, record: &Record, path: &str) -> Option<Rank> {
        let (field, value) = self.at(object, Some(record), path);
        if field.kind.target().is_some_and(|target| self.schema.object(target).is_some()) && field.name != "id" {
            return self.sort_rank(object, record, &format!("{path}.name"));
        }
        rank(&field, &value)
    }

    pub(crate) fn groups(&self, aggregate: &Aggregate) -> Groups {
        let found = self.found(&aggregate.object, aggregate.filter.as_ref());
        let mut members: Vec<(Vec<Key>, Vec<&Record>)> = Vec::new();
        if aggregate.group.is_empty() {
            members.push((Vec::new(), found.clone()));
        }
        for record in found {
            let keys = aggregate.group.iter().map(|by| self.keys(&aggregate.object, record, by));
            for keys in product(keys.collect()).into_iter().filter(|keys| !keys.is_empty()) {
                match members.iter_mut().find(|(old, _)| old.iter().zip(&keys).all(|(a, b)| a.same == b.same)) {
                    Some((old, records)) => {
                        for (old, new) in old.iter_mut().zip(keys) {
                            if old.spelled && new.label < old.label {
                                *old = new;
                            }
                        }
                        records.push(record);
                    }
                    None => members.push((keys, vec![record])),
                }
            }
        }
        let count = [Measure::Count];
        let measures = if aggregate.measures.is_empty() { &count[..] } else { &aggregate.measures };
        let mut groups: Vec<(Vec<Key>, Group)> = members
            .into_iter()
            .map(|(keys, records)| {
                let measured = measures.iter().map(|measure| self.measure(&aggregate.object, &records, measure));
                let (values, mixed): (Vec<Json>, Vec<bool>) = measured.unzip();
                let group = Group {
                    keys: keys.iter().map(|key| key.json.clone()).collect(),
                    labels: keys.iter().map(|key| key.label.clone()).collect(),
                    values,
                    mixed_currencies: mixed.contains(&true),
                };
                (keys, group)
            })
            .collect();
        let size = |group: &Group| {
            let value = &group.values[aggregate.sort.unwrap().measure];
            number(value)
        };
        let by_size = |a: &Group, b: &Group| {
            let Some(sort) = aggregate.sort else { return Ordering::Equal };
            last_none(size(a), size(b), |a, b| {
                let order = a.partial_cmp(b).unwrap();
                if sort.descending { order.reverse() } else { order }
            })
        };
        let by_keys = |a: &[Key], b: &[Key]| {
            let orders = a.iter().zip(b).map(|(a, b)| by_key(a, b));
            orders.fold(Ordering::Equal, Ordering::then)
        };
        groups.sort_by(|(ka, a), (kb, b)| by_size(a, b).then_with(|| by_keys(ka, kb)));
        let mut groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
        if let Some(top) = aggregate.top {
            let kept = match (aggregate.sort, groups.get(top - 1)) {
                (Some(_), Some(last)) => {
                    groups.iter().filter(|group| by_size(group, last) != Ordering::Greater).count()
                }
                _ => top.min(groups.len()),
            };
            groups.truncate(kept);
        }
        Groups { groups, more: false }
    }

    fn keys(&self, object: &str, record: &Record, by: &GroupBy) -> Vec<Key> {
        let (field, value) = self.at(object, Some(record), &by.field);
        let none = Key { same: json!(null), json: json!(null), label: None, order: Vec::new(), spelled: false };
        let each: Vec<Value> = match value {
            value if is_empty(&value) && field.name != "name" => return vec![none],
            Value::Null => return vec![none],
            Value::Ids(ids) => ids.into_iter().map(Value::Id).collect(),
            Value::Keys(keys) => keys.into_iter().map(Value::Text).collect(),
            value => vec![value],
        };
        each.into_iter().map(|value| self.key(&field, value, by.by)).collect()
    }

    fn key(&self, field: &FieldDef, value: Value, unit: Option<Unit>) -> Key {
        let day = match &value {
            Value::Date(day) => Some(*day),
            Value::DateTime(at) => Some(self.actor.zone().to_datetime(*at).date()),
            _ => None,
        };
        if let Some(day) = day {
            let unit = unit.unwrap_or(Unit::Day);
            let start = start(unit, day, self.actor.week_start());
            let label = label(unit, start);
            let order = vec![Some(Rank::Text(start.to_string()))];
            return Key {
                same: json!(start.to_string()),
                json: json!(start.to_string()),
                label: Some(label),
                order,
                spelled: false,
            };
        }
        let target = match &field.kind {
            FieldType::References { references } => Some(references.as_str()),
            kind => kind.target(),
        };
        if let (Some(target), Value::Id(id)) = (target, &value) {
            let record = self.record(target, *id);
            let name = record.map(|record| record.name().to_owned());
            let mut order = vec![name.as_deref().map(|name| Rank::Text(fold(name))), Some(Rank::Id(*id))];
            if target == "stage" || target == "pipeline" {
                order.insert(0, record.and_then(|record| record.get("position").as_number()).map(Rank::Number));
            }
            return Key { same: json!(id), json: json!(id), label: name, order, spelled: false };
        }
        if let (true, Value::Text(text)) = (textual(field), &value) {
            let folded = fold(text);
            let order = vec![Some(Rank::Text(folded.clone()))];
            return Key { same: json!(folded), json: json!(text), label: Some(text.clone()), order, spelled: true };
        }
        let order = vec![rank(field, &value)];
        let json = value.to_json();
        let label = match (&value, &json) {
            (Value::Bool(true), _) => "Yes".to_owned(),
            (Value::Bool(false), _) => "No".to_owned(),
            (Value::Text(key), _) => {
                let option = field.kind.options().iter().find(|option| option.key == *key).unwrap();
                option.label.text("en").to_owned()
            }
            (Value::Integer(n), _) => match &field.kind {
                FieldType::AutoNumber { prefix } => format!("{prefix}{n}"),
                _ => n.to_string(),
            },
            (_, Json::String(text)) => text.clone(),
            (_, json) => json.to_string(),
        };
        Key { same: json.clone(), json, label: Some(label), order, spelled: false }
    }

    fn measure(&self, object: &str, records: &[&Record], measure: &Measure) -> (Json, bool) {
        let values = |field: &str| -> Vec<Value> {
            let values = records.iter().map(|record| self.at(object, Some(record), field).1);
            values.filter(|value| !is_empty(value)).collect()
        };
        match measure {
            Measure::Count => (json!(records.len()), false),
            Measure::CountDistinct { field } => {
                let def = self.at(object, None, field).0;
                let mut distinct: Vec<String> = values(field)
                    .iter()
                    .map(|value| match value {
                        Value::Text(text) if textual(&def) => fold(text),
                        other => other.to_json().to_string(),
                    })
                    .collect();
                distinct.sort();
                distinct.dedup();
                (json!(distinct.len()), false)
            }
            Measure::Ratio { of, to } => {
                let count =
                    |filter: &Filter| records.iter().filter(|record| self.matches(object, record, filter)).count();
                let (of, to) = (count(of) as f64, count(to) as f64);
                (if to == 0.0 { Json::Null } else { Value::Number(100.0 * of / to).to_json() }, false)
            }
            Measure::Sum { field } => {
                measured(values(field), |sorted| sorted.iter().sum(), |n| n.iter().sum::<i128>(), 1)
            }
            Measure::Avg { field } => {
                let values = values(field);
                let count = values.len();
                let mean = |n: &[f64]| n.iter().sum::<f64>() / n.len() as f64;
                measured(values, mean, |n| n.iter().sum::<i128>(), count as i128)
            }
            Measure::Min { field } => measured(values(field), |n| n[0], |n| n[0], 1),
            Measure::Max { field } => measured(values(field), |n| n[n.len() - 1], |n| n[n.len() - 1], 1),
            Measure::Median { field } => {
                let middle = |n: usize| ((n - 1) / 2, n / 2);
                measured(
                    values(field),
                    |n| {
                        let (low, high) = middle(n.len());
                        (n[low] + n[high]) / 2.0
                    },
                    |n| {
                        let (low, high) = middle(n.len());
                        n[low] + n[high]
                    },
                    2,
                )
            }
        }
    }
}

/// A key of a group: what makes it the same, what is answered, what it is ordered by.
#[derive(Debug, Clone)]
struct Key {
    same: Json,
    json: Json,
    label: Option<String>,
    order: Vec<Option<Rank>>,
    /// Whether several spellings share it.
    spelled: bool,
}

fn by_key(a: &Key, b: &Key) -> Ordering {
    match (a.order.as_slice(), b.order.as_slice()) {
        ([], []) => Ordering::Equal,
        ([], _) => Ordering::Greater,
        (_, []) => Ordering::Less,
        (a, b) => a
            .iter()
            .zip(b)
            .map(|(a, b)| last_none(a.clone(), b.clone(), |a, b| a.partial_cmp(b).unwrap()))
            .fold(Ordering::Equal, Ordering::then),
    }
}

fn last_none<T>(a: Option<T>, b: Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) => compare(&a, &b),
    }
}

fn product(lists: Vec<Vec<Key>>) -> Vec<Vec<Key>> {
    lists.into_iter().fold(vec![Vec::new()], |all, list| {
        all.iter()
            .flat_map(|keys| {
                list.iter().map(move |key| {
                    let mut keys = keys.clone();
                    keys.push(key.clone());
                    keys
                })
            })
            .collect()
    })
}

/// A measure of numbers, given how doubles and whole numbers are combined; of whole numbers the outcome is divided.
fn measured(
    values: Vec<Value>,
    real: impl Fn(&[f64]) -> f64,
    whole: impl Fn(&[i128]) -> i128,
    divisor: i128,
) -> (Json, bool) {
    let Some(first) = values.first().cloned() else { return (Json::Null, false) };
    if let Value::Number(_) = first {
        let mut numbers: Vec<f64> = values.iter().filter_map(Value::as_number).collect();
        numbers.sort_by(f64::total_cmp);
        return (Value::Number(real(&numbers)).to_json(), false);
    }
    if let Value::Money(Money { currency, .. }) = first {
        let other = values.iter().any(|value| matches!(value, Value::Money(money) if money.currency != currency));
        if other {
            return (Json::Null, true);
        }
    }
    if let Value::Decimal(_) = first {
        let decimals: Vec<Decimal> =
            values.iter().map(|value| value.to_json().as_str().unwrap().parse().unwrap()).collect();
        let scale = decimals.iter().map(Decimal::scale).max().unwrap();
        let mut wholes: Vec<i128> = decimals
            .into_iter()
            .map(|mut decimal| {
                decimal.rescale(scale);
                decimal.mantissa()
            })
            .collect();
        wholes.sort_unstable();
        let result = Decimal::from_i128_with_scale(whole(&wholes), scale) / Decimal::from(divisor as i64);
        return (json!(result.round_dp(6).normalize().to_string()), false);
    }
    let mut wholes: Vec<i128> = values
        .iter()
        .map(|value| match value {
            Value::Money(money) => i128::from(money.minor),
            Value::Duration(n) | Value::Integer(n) => i128::from(*n),
            Value::Date(day) => i128::from(number_of(*day)),
            Value::DateTime(at) => i128::from(at.as_microsecond()),
            other => panic!("{other:?} is not measured"),
        })
        .collect();
    wholes.sort_unstable();
    let exact = Decimal::from_i128_with_scale(whole(&wholes), 0) / Decimal::from(divisor as i64);
    // Half to the even neighbour.
    let rounded: i64 = exact.round().try_into().unwrap();
    let value = match first {
        Value::Money(money) => Value::Money(Money { minor: rounded, ..money }),
        Value::Duration(_) => Value::Duration(rounded),
        Value::Date(_) => Value::Date(Date::new(1970, 1, 1).unwrap() + jiff::Span::new().days(rounded)),
        Value::DateTime(_) => Value::DateTime(Timestamp::from_microsecond(rounded).unwrap()),
        _ => Value::Integer(rounded),
    };
    (value.to_json(), false)
}

/// The number of a measured value.
fn number(value: &Json) -> Option<f64> {
    match value {
        Json::Number(n) => n.as_f64(),
        // In minor units: people who sort amounts see one currency.
        Json::Object(money) => {
            let amount: Decimal = money["amount"].as_str().unwrap().parse().unwrap();
            Some(amount.mantissa() as f64)
        }
        Json::String(text) => text
            .parse::<Decimal>()
            .map(|n| n.try_into().unwrap())
            .or_else(|_| text.parse::<Timestamp>().map(|at| at.as_microsecond() as f64))
            .or_else(|_| text.parse::<Date>().map(|day| number_of(day) as f64))
            .or_else(|_| text.parse::<jiff::SignedDuration>().map(|span| span.as_secs_f64()))
            .ok(),
        _ => None,
    }
}

fn rank(field: &FieldDef, value: &Value) -> Option<Rank> {
    Some(match value {
        Value::Null | Value::Ids(_) | Value::Keys(_) | Value::Json(_) | Value::AnyId { .. } => return None,
        Value::Bool(b) => Rank::Bool(*b),
        Value::Number(n) => Rank::Number(*n),
        Value::Integer(n) | Value::Duration(n) => Rank::Whole((*n).into()),
        Value::Decimal(n) => Rank::Number((*n).try_into().unwrap()),
        Value::Money(money) => Rank::Whole(money.minor.into()),
        Value::Date(day) => Rank::Whole(number_of(*day).into()),
        Value::DateTime(at) => Rank::Whole(at.as_microsecond().into()),
        Value::Id(id) => Rank::Id(*id),
        Value::Text(text) if textual(field) => Rank::Text(fold(text)),
        Value::Text(key) => {
            Rank::Whole(field.kind.options().iter().position(|option| option.key == *key).unwrap() as i128)
        }
    })
}

fn textual(field: &FieldDef) -> bool {
    field.kind.is_textual() || matches!(field.kind, FieldType::Formula { result_type: ResultType::Text, .. })
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_text() == Some("")
}

fn number_of(day: Date) -> i64 {
    day.duration_since(Date::new(1970, 1, 1).unwrap()).as_hours() / 24
}

fn start(unit: Unit, day: Date, week_start: Weekday) -> Date {
    match unit {
        Unit::Day => day,
        Unit::Week => {
            let mut day = day;
            while day.weekday() != week_start {
                day = day.yesterday().unwrap();
            }
            day
        }
        Unit::Month => day.first_of_month(),
        Unit::Quarter => {
            Date::new(day.year(), [1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10][day.month() as usize - 1], 1).unwrap()
        }
        Unit::Year => day.first_of_year(),
    }
}

fn label(unit: Unit, start: Date) -> String {
    match unit {
        Unit::Day => start.to_string(),
        Unit::Week => {
            let week = start.checked_add(jiff::Span::new().days(3)).unwrap().iso_week_date();
            format!("{}-W{:02}", week.year(), week.week())
        }
        Unit::Month => start.strftime("%Y-%m").to_string(),
        Unit::Quarter => format!("{}-Q{}", start.year(), (start.month() + 2) / 3),
        Unit::Year => start.year().to_string(),
    }
}
