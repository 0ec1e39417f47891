//! The topics that articles stand under. One without an article for the public is not there: its very name may be
//! internal.

use super::articles::ARTICLE;
use super::centre::Centre;
use crm_core::query::{Aggregate, GroupBy, Query, Sort};
use crm_core::text::fold;
use crm_core::{Record, Result};
use serde_json::Value as Json;
use std::collections::HashMap;
use uuid::Uuid;

/// The address of the articles without a category, which no name can have.
pub(super) const UNFILED: &str = "-";
/// Deeper ones count for those down to here: somebody may have made a circle.
const DEEPEST: usize = 8;

/// A category with articles that the public may read.
#[derive(Debug, Clone)]
pub(super) struct Category {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) description: String,
    /// The last part of its address.
    pub(super) address: String,
    /// Its articles, with those of the categories below.
    pub(super) articles: u64,
    parent: Option<Uuid>,
    /// Whether some of them are in the reader's language.
    spoken: bool,
}

/// All categories of a centre, in the order in which they are shown.
#[derive(Debug, Default)]
pub(super) struct Categories {
    shown: Vec<Category>,
    /// The articles without a category.
    pub(super) unfiled: u64,
}

impl Categories {
    /// Reads them, as the public may.
    pub(super) async fn of(centre: &Centre) -> Result<Self> {
        let by = |field: &str| Sort { field: field.to_owned(), descending: false };
        let query = Query {
            sort: vec![by("position"), by("name")],
            limit: Some(Query::MAX_LIMIT),
            ..Query::of("article_category")
        };
        let group = |field: &str| GroupBy { field: field.to_owned(), by: None };
        let count = Aggregate {
            object: ARTICLE.to_owned(),
            group: vec![group("category_id"), group("language")],
            ..Aggregate::default()
        };
        let (records, groups) =
            tokio::try_join!(centre.crm.query(&centre.reader, &query), centre.crm.aggregate(&centre.reader, &count))?;
        let mut categories = Self { shown: records.records.iter().map(category).collect(), unfiled: 0 };
        for group in &groups.groups {
            let count = group.values.first().and_then(Json::as_u64).unwrap_or_default();
            let key = |place: usize| group.keys.get(place).and_then(Json::as_str);
            let spoken = key(1).is_some_and(|tag| super::language::spoken(tag) == Some(centre.language));
            categories.count(key(0).and_then(|id| id.parse().ok()), count, spoken);
        }
        categories.shown.retain(|category| category.articles > 0);
        categories.shown.sort_by_key(|category| !category.spoken);
        categories.tell_apart();
        Ok(categories)
    }

    /// Counts articles for their category and those above it.
    fn count(&mut self, category: Option<Uuid>, count: u64, spoken: bool) {
        let mut above = category;
        for depth in 0..DEEPEST {
            let found = above.and_then(|id| self.shown.iter_mut().find(|category| category.id == id));
            let Some(category) = found else {
                // A category that is gone files nothing either.
                self.unfiled += if depth == 0 { count } else { 0 };
                return;
            };
            category.articles += count;
            category.spoken |= spoken;
            above = category.parent;
        }
    }

    /// Those whose names make the same address get their ids for one.
    fn tell_apart(&mut self) {
        let mut uses: HashMap<String, usize> = HashMap::new();
        for category in &self.shown {
            *uses.entry(category.address.clone()).or_default() += 1;
        }
        for category in &mut self.shown {
            if category.address.is_empty() || uses.get(&category.address).is_some_and(|uses| *uses > 1) {
                category.address = category.id.to_string();
            }
        }
    }

    /// The category at an address: its own, or its id.
    pub(super) fn at(&self, address: &str) -> Option<&Category> {
        let id = Uuid::parse_str(address).ok();
        self.shown.iter().find(|category| category.address == address || Some(category.id) == id)
    }

    /// The categories right below one, or those at the top.
    pub(super) fn below(&self, above: Option<Uuid>) -> Vec<&Category> {
        let above = |category: &&Category| self.parent(category).map(|parent| parent.id) == above;
        self.shown.iter().filter(above).collect()
    }

    /// All of them, however deep.
    pub(super) fn all(&self) -> &[Category] {
        &self.shown
    }

    /// A category and those that it stands below, from the top.
    pub(super) fn trail(&self, id: Option<Uuid>) -> Vec<&Category> {
        let first = id.and_then(|id| self.shown.iter().find(|category| category.id == id));
        let mut trail: Vec<&Category> =
            std::iter::successors(first, |category| self.parent(category)).take(DEEPEST).collect();
        trail.reverse();
        trail
    }

    fn parent(&self, category: &Category) -> Option<&Category> {
        self.shown.iter().find(|other| Some(other.id) == category.parent)
    }
}

impl Category {
    /// Its address within the centre.
    pub(super) fn path(&self) -> String {
        format!("/category/{}", super::centre::segment(&self.address))
    }
}

fn category(record: &Record) -> Category {
    let name = record.name().to_owned();
    let folded = fold(&name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    Category {
        id: record.id,
        address: words.join("-"),
        description: record.get("description").as_text().unwrap_or_default().to_owned(),
        parent: record.get("parent_id").as_id(),
        articles: 0,
        spoken: false,
        name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(n: u128, parent: Option<u128>, address: &str) -> Category {
        Category {
            id: Uuid::from_u128(n),
            name: String::new(),
            description: String::new(),
            address: address.to_owned(),
            articles: 0,
            parent: parent.map(Uuid::from_u128),
            spoken: false,
        }
    }

    #[test]
    fn articles_count_for_all_categories_above_even_in_a_circle() {
        let shown = vec![
            category(1, None, "a"),
            category(2, Some(1), "b"),
            category(3, Some(4), "c"),
            category(4, Some(3), "d"),
        ];
        let mut categories = Categories { shown, unfiled: 0 };
        categories.count(Some(Uuid::from_u128(2)), 5, true);
        categories.count(Some(Uuid::from_u128(3)), 1, false);
        categories.count(Some(Uuid::from_u128(9)), 7, false);
        categories.count(None, 2, false);
        assert_eq!((categories.shown[0].articles, categories.shown[1].articles), (5, 5));
        assert_eq!(categories.unfiled, 9);
        assert_eq!(categories.trail(Some(Uuid::from_u128(2))).len(), 2);
        assert!(categories.trail(Some(Uuid::from_u128(3))).len() <= DEEPEST);
    }

    #[test]
    fn categories_of_one_name_are_told_apart() {
        let shown = vec![category(1, None, "a"), category(2, None, "a"), category(3, None, "b")];
        let mut categories = Categories { shown, unfiled: 0 };
        categories.tell_apart();
        assert!(categories.at("a").is_none());
        assert_eq!(categories.at("b").unwrap().id, Uuid::from_u128(3));
        assert_eq!(categories.at(&Uuid::from_u128(2).to_string()).unwrap().id, Uuid::from_u128(2));
    }
}
