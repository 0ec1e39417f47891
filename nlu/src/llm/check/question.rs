//! Questions: records in an order, or figures of groups.

use super::value::Sense;
use super::{Checked, Refused};
use crate::llm::reply;
use crate::staff::Request;
use crm_core::query::{GroupBy, Measure, Sort};
use crm_core::schema::{FieldType, ObjectDef};
use serde_json::Value as Json;

const MOST_CONDITIONS: usize = 12;
const MOST_GROUPS: usize = 2;
const MOST_SORTS: usize = 3;
const MOST_RECORDS: usize = 1_000;

impl Checked<'_> {
    pub(super) fn question(&self, question: reply::Question) -> Result<Request, Refused> {
        let object = self.object(&question.object)?;
        let reply::Question { conditions, group, sort, top, .. } = &question;
        let many = conditions.len() > MOST_CONDITIONS || group.len() > MOST_GROUPS || sort.len() > MOST_SORTS;
        if many || top.is_some_and(|top| !(1..=MOST_RECORDS).contains(&top)) {
            return Err(Refused::TooMuch);
        }
        let mut request = self.begun(&question)?;
        let sound = conditions.iter().map(|filter| self.condition(object, filter, 1));
        let sound = sound.collect::<Result<Vec<_>, _>>()?;
        // What is said anew about a field takes the place of what was said before.
        request.conditions.retain(|old| !sound.iter().any(|new| new.about == old.about));
        request.conditions.extend(sound);
        let group = group.iter().map(|group| self.group(object, group)).collect::<Result<Vec<_>, _>>()?;
        let measure = question.measure.as_ref().map(|measure| self.measure(object, measure)).transpose()?;
        if !group.is_empty() || measure.is_some() {
            (request.group, request.measure, request.sort) = (group, measure, Vec::new());
        }
        if !sort.is_empty() && !request.is_figures() {
            request.sort = sort.iter().map(|sort| self.sort(object, sort)).collect::<Result<_, _>>()?;
        }
        let ranks = !request.group.is_empty();
        request.ranked = question.greatest_first.filter(|_| ranks).or(request.ranked.filter(|_| ranks));
        request.top = question.top.or(request.top);
        Ok(request)
    }

    /// The request before if this one goes on from it, else one that asks for everything.
    fn begun(&self, question: &reply::Question) -> Result<Request, Refused> {
        let earlier = self.prompt.earlier.as_ref().filter(|_| question.goes_on);
        match earlier {
            Some(earlier) if earlier.object == question.object => Ok(earlier.clone()),
            Some(_) => Err(Refused::UnknownObject),
            None => Ok(Request { object: question.object.clone(), ..Request::default() }),
        }
    }

    fn group(&self, object: &ObjectDef, group: &GroupBy) -> Result<GroupBy, Refused> {
        let place = self.place(object, &group.field)?;
        let kind = Sense::of(&place.field).kind;
        let days = matches!(kind, FieldType::Date | FieldType::DateTime);
        if group.by.is_some() && !days || matches!(kind, FieldType::LongText | FieldType::RichText) {
            return Err(Refused::Operator);
        }
        Ok(GroupBy { field: place.text, by: group.by })
    }

    fn sort(&self, object: &ObjectDef, sort: &Sort) -> Result<Sort, Refused> {
        let place = self.place(object, &sort.field)?;
        let sortable = place.field.sortable();
        sortable.then_some(Sort { field: place.text, descending: sort.descending }).ok_or(Refused::Operator)
    }

    fn measure(&self, object: &ObjectDef, given: &Json) -> Result<Measure, Refused> {
        let measure: Measure = serde_json::from_value(given.clone()).map_err(|_| Refused::Form)?;
        // A count would be read whatever else stands beside it.
        if measure == Measure::Count && given.as_object().is_none_or(|parts| parts.len() > 1) {
            return Err(Refused::Form);
        }
        let field = |field: &String, fits: fn(&FieldType) -> bool| {
            let place = self.place(object, field)?;
            if fits(&Sense::of(&place.field).kind) { Ok(place.text) } else { Err(Refused::Operator) }
        };
        Ok(match &measure {
            Measure::Count => Measure::Count,
            Measure::CountDistinct { field: of } => Measure::CountDistinct { field: field(of, |_| true)? },
            Measure::Sum { field: of } => Measure::Sum { field: field(of, is_amount)? },
            Measure::Avg { field: of } => Measure::Avg { field: field(of, is_amount)? },
            Measure::Median { field: of } => Measure::Median { field: field(of, is_amount)? },
            Measure::Min { field: of } => Measure::Min { field: field(of, is_ordered)? },
            Measure::Max { field: of } => Measure::Max { field: field(of, is_ordered)? },
            Measure::Ratio { of, to } => {
                Measure::Ratio { of: self.condition(object, of, 1)?.filter, to: self.condition(object, to, 1)?.filter }
            }
        })
    }
}

fn is_amount(kind: &FieldType) -> bool {
    matches!(
        kind,
        FieldType::Number
            | FieldType::Decimal { .. }
            | FieldType::Money
            | FieldType::Percent
            | FieldType::Duration
            | FieldType::Rating
    )
}

fn is_ordered(kind: &FieldType) -> bool {
    is_amount(kind) || matches!(kind, FieldType::Date | FieldType::DateTime)
}
