//! Whom somebody can ask for their yes: by name, as their manager, or whoever may.

use crate::staff::answer::Listed;
use crate::staff::{Staff, language};
use crm_core::query::{Filter, Query, Sort};
use crm_core::text::fold;
use crm_core::{Actor, Command, Record, Result};
use nlu::staff::{Meaning, Understanding};
use serde_json::json;
use uuid::Uuid;

/// Of so many colleagues it is found out whether they may.
const TRIED: usize = 50;
/// So many of them are offered.
const OFFERED: usize = 5;

impl Staff {
    /// The colleagues whom a name may mean; several if it is not clear.
    pub(super) async fn colleagues(&self, actor: &Actor, name: &str) -> Result<Vec<Listed>> {
        let vocabulary = self.vocabulary(actor, name, language(actor)).await?;
        let said = fold(name);
        let words: Vec<&str> = said.split_whitespace().collect();
        let known = || vocabulary.names().filter(|known| known.object == "user");
        let is = |full: &str| fold(full) == said;
        let holds = |full: &str| {
            let full = fold(full);
            words.iter().all(|word| full.split_whitespace().any(|part| part == *word))
        };
        let whole = known().filter(|known| is(&known.name) || known.codes.iter().any(|code| is(code)));
        let mut ids: Vec<Uuid> = whole.map(|known| known.id).collect();
        if ids.is_empty() {
            ids = known().filter(|known| holds(&known.name)).map(|known| known.id).collect();
        }
        if ids.is_empty() {
            ids = self.nearly(actor, name).await?;
        }
        ids.sort_unstable();
        ids.dedup();
        self.active(actor, Filter::compare("id", crm_core::query::Operator::In, json!(ids)), OFFERED).await
    }

    /// Those whose name is written nearly so.
    async fn nearly(&self, actor: &Actor, name: &str) -> Result<Vec<Uuid>> {
        let schema = self.crm.schema(actor);
        let Some(user) = schema.object("user") else { return Ok(Vec::new()) };
        let text = format!("{} {name}", user.label.text(language(actor).code()));
        let Understanding { meaning, .. } = self.understood(actor, &text, None).await?;
        let id = |filter: &Filter| match filter {
            Filter::Compare { field, value, .. } if field == "id" => value.as_str().and_then(|id| id.parse().ok()),
            _ => None,
        };
        Ok(match meaning {
            Meaning::Question(request) if request.object == "user" => {
                request.conditions.iter().filter_map(|condition| id(&condition.filter)).collect()
            }
            Meaning::WhichOne { choices, .. } => {
                choices.into_iter().filter(|choice| choice.object == "user").map(|choice| choice.id).collect()
            }
            _ => Vec::new(),
        })
    }

    /// The actor's manager: their own, else the manager of their team.
    pub(super) async fn manager(&self, actor: &Actor) -> Result<Option<Listed>> {
        let Some(me) = actor.who().user() else { return Ok(None) };
        let Ok(own) = self.crm.get(actor, "user", me).await else { return Ok(None) };
        let team = match own.get("team_id").as_id() {
            Some(team) => self.crm.get(actor, "team", team).await.ok(),
            None => None,
        };
        let manager = |record: &Record| record.get("manager_id").as_id().filter(|manager| *manager != me);
        let Some(id) = manager(&own).or_else(|| team.as_ref().and_then(manager)) else { return Ok(None) };
        Ok(self.active(actor, Filter::eq("id", json!(id)), 1).await?.pop())
    }

    /// A few colleagues who may make a change, the actor's manager first.
    pub(super) async fn who_may(&self, actor: &Actor, command: &Command) -> Result<Vec<Listed>> {
        let mut tried: Vec<Listed> = self.manager(actor).await?.into_iter().collect();
        let first: Vec<Uuid> = tried.iter().map(|colleague| colleague.id).collect();
        let others = self.active(actor, Filter::all([]), TRIED).await?;
        tried.extend(others.into_iter().filter(|colleague| !first.contains(&colleague.id)));
        let mut may = Vec::new();
        for colleague in tried.into_iter().filter(|colleague| Some(colleague.id) != actor.who().user()) {
            // A change that nobody may make is refused when it is asked for.
            if self.crm.may_carry_out(actor.tenant(), colleague.id, command).await.unwrap_or(false) {
                may.push(colleague);
            }
            if may.len() == OFFERED {
                break;
            }
        }
        Ok(may)
    }

    /// Colleagues who still work here, by name; nobody for who may not see colleagues.
    async fn active(&self, actor: &Actor, filter: Filter, limit: usize) -> Result<Vec<Listed>> {
        if self.crm.object(actor, "user").is_none() {
            return Ok(Vec::new());
        }
        let filter = Filter::all([Filter::eq("is_active", true), filter]);
        let sort = vec![Sort { field: "name".into(), descending: false }];
        let query = Query { sort, limit: Some(limit), ..Query::of("user").filter(filter) };
        let found = self.crm.query(actor, &query).await?.records;
        let listed = |record: &Record| Listed { object: "user".into(), id: record.id, name: record.name().to_owned() };
        Ok(found.iter().map(listed).collect())
    }
}
