//! What is measured: the door itself, or a server through REST.

use super::super::failure::{Failure, Outcome};
use super::load::{Load, SCORE, change, typed};
use super::measure::Measured;
use bytes::Bytes;
use crm_core::identity::NewTenant;
use crm_core::query::{Aggregate, Query};
use crm_core::{Actor, Command, Crm, Surface};
use kb_index::Search;
use reqwest::{Client, RequestBuilder};
use serde_json::{Map, Value as Json, json};
use std::time::Instant;
use uuid::Uuid;

/// What is measured.
pub(super) enum Target {
    Door { crm: Crm, actor: Box<Actor>, search: Option<Search> },
    Rest { client: Client, root: String, key: String },
}

/// What is done again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Get,
    Page,
    PageByCustom,
    Aggregate,
    Search,
    Create,
    Update,
}

impl What {
    /// All of it, in the order of the report: what changes nothing first.
    pub(super) const ALL: [Self; 7] =
        [Self::Get, Self::Page, Self::PageByCustom, Self::Aggregate, Self::Search, Self::Create, Self::Update];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Get => "get one deal",
            Self::Page => "page of 50, of a stage by amount",
            Self::PageByCustom => "page of 50, of a stage by a custom field",
            Self::Aggregate => "sum of all deals by stage",
            Self::Search => "search as you type",
            Self::Create => "create one deal",
            Self::Update => "update one deal",
        }
    }

    pub(super) fn changes(self) -> bool {
        matches!(self, Self::Create | Self::Update)
    }
}

impl Target {
    /// The door of a tenant that is made if it is not there.
    pub(super) async fn door(crm: &Crm, slug: &str, search: Option<Search>) -> Outcome<Self> {
        let (tenant, is_new) = match crm.tenant(Some(slug)).await {
            Ok(tenant) => (tenant, false),
            Err(_) => (crm.create_tenant(NewTenant::named(slug, "Bench")).await?, true),
        };
        let mut actor = crm.product(tenant.id, "bench", Surface::System).await?;
        if is_new {
            crm.define_field(&actor, "deal", &score()).await?;
            actor = crm.product(tenant.id, "bench", Surface::System).await?;
        }
        Ok(Self::Door { crm: crm.clone(), actor: Box::new(actor), search })
    }

    pub(super) async fn rest(url: &str, key: &str) -> Outcome<Self> {
        let client = Client::builder().build().map_err(unreachable)?;
        let rest = Self::Rest { client, root: format!("{}/api/v1", url.trim_end_matches('/')), key: key.to_owned() };
        // A list asks for the field; only a tenant that was never measured refuses to.
        if rest.page("deal", json!({"limit": 1, "fields": [SCORE]})).await.is_err() {
            rest.post("schema/objects/deal/fields", &score()).await?;
        }
        Ok(rest)
    }

    /// Makes the search index, if it is measured, and tells how fast.
    pub(super) async fn index(&self) -> Outcome<Option<Measured>> {
        let Self::Door { crm, search: Some(search), .. } = self else { return Ok(None) };
        let started = Instant::now();
        let done = search.rebuild(crm, |_| ()).await;
        done.map_err(|error| Failure::new(format!("The search index was not made: {error}.")))?;
        let records = usize::try_from(search.size()).unwrap_or_default();
        Ok(Some(Measured::in_bulk("index records", records, vec![started.elapsed()], started.elapsed())))
    }

    /// The ids of records, at most `most`.
    pub(super) async fn ids(&self, object: &str, most: usize) -> Outcome<Vec<Uuid>> {
        let (mut ids, mut after) = (Vec::new(), None);
        loop {
            let page =
                self.page(object, json!({"limit": Query::MAX_LIMIT, "fields": ["name"], "after": after})).await?;
            let found = page["records"].as_array().into_iter().flatten();
            ids.extend(found.filter_map(|record| record["id"].as_str()?.parse::<Uuid>().ok()));
            after = page["next"].as_str().map(str::to_owned);
            if after.is_none() || ids.len() >= most {
                ids.truncate(most);
                return Ok(ids);
            }
        }
    }

    pub(super) async fn count(&self, object: &str) -> Outcome<usize> {
        let page = self.page(object, json!({"limit": 1, "fields": ["name"], "total": true})).await?;
        Ok(page["total"].as_u64().and_then(|total| usize::try_from(total).ok()).unwrap_or_default())
    }

    async fn page(&self, object: &str, query: Json) -> Outcome<Json> {
        match self {
            Self::Door { crm, actor, .. } => {
                let page = crm.query(actor, &of(object, &query)?).await?;
                let records: Vec<Json> = page.records.iter().map(|record| json!({"id": record.id})).collect();
                Ok(json!({"records": records, "next": page.next, "total": page.total}))
            }
            Self::Rest { .. } => self.post(&format!("records/{object}/query"), &query).await,
        }
    }

    pub(super) async fn create_many(&self, object: &str, many: Vec<Map<String, Json>>) -> Outcome<Vec<Uuid>> {
        match self {
            Self::Door { crm, actor, .. } => {
                let create = |values| Command::Create { object: object.to_owned(), values };
                let (_, results) = crm.bulk(actor, many.into_iter().map(create).collect(), true).await?;
                results.into_iter().map(|result| Ok(result?.id)).collect()
            }
            Self::Rest { .. } => {
                let operations: Vec<Json> = many.into_iter().map(|values| json!({"create": values})).collect();
                let path = format!("records/{object}/bulk");
                let done = self.post(&path, &json!({"operations": operations, "atomic": true})).await?;
                let results = done["results"].as_array().into_iter().flatten();
                Ok(results.filter_map(|result| result["record"]["id"].as_str()?.parse().ok()).collect())
            }
        }
    }

    /// Does it once; `n` makes the calls differ.
    pub(super) async fn call(&self, what: What, load: &Load, n: usize) -> Outcome {
        match self {
            Self::Door { crm, actor, search } => door(crm, actor, search.as_ref(), what, load, n).await,
            Self::Rest { client, root, .. } => {
                let one = format!("{root}/records/deal/{}", load.id(n));
                let deal = format!("{root}/records/deal");
                let request = match what {
                    What::Get => client.get(one),
                    What::Page | What::PageByCustom => client.post(format!("{deal}/query")).json(&list(what, load, n)),
                    What::Aggregate => client.post(format!("{deal}/aggregate")).json(&sums()),
                    What::Search => client.get(format!("{root}/search")).query(&[("q", typed(n))]),
                    What::Create => client.post(deal).json(&load.deal(n)),
                    What::Update => client.patch(one).json(&change(n)),
                };
                self.send(request).await.map(drop)
            }
        }
    }

    async fn post(&self, path: &str, body: &Json) -> Outcome<Json> {
        match self {
            Self::Rest { client, root, .. } => {
                let answer = self.send(client.post(format!("{root}/{path}")).json(body)).await?;
                Ok(serde_json::from_slice(&answer)?)
            }
            Self::Door { .. } => Ok(Json::Null),
        }
    }

    /// Reads the whole answer, but not what it says: that would measure this program and not the server.
    async fn send(&self, request: RequestBuilder) -> Outcome<Bytes> {
        let Self::Rest { key, .. } = self else { return Ok(Bytes::new()) };
        let answer = request.bearer_auth(key).send().await.map_err(unreachable)?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(unreachable)?;
        if status.is_success() {
            return Ok(body);
        }
        let problem: Json = serde_json::from_slice(&body).unwrap_or_default();
        let detail = problem["detail"].as_str().unwrap_or_default();
        Err(Failure::new(format!("The server answered {status}: {detail}")))
    }
}

async fn door(crm: &Crm, actor: &Actor, search: Option<&Search>, what: What, load: &Load, n: usize) -> Outcome {
    let object = "deal".to_owned();
    let command = match what {
        What::Get => return Ok(crm.get(actor, &object, load.id(n)).await.map(drop)?),
        What::Page | What::PageByCustom => {
            return Ok(crm.query(actor, &of(&object, &list(what, load, n))?).await.map(drop)?);
        }
        What::Aggregate => {
            let sums: Aggregate = serde_json::from_value(sums())?;
            return Ok(crm.aggregate(actor, &Aggregate { object, ..sums }).await.map(drop)?);
        }
        What::Search => {
            let Some(search) = search else { return Ok(()) };
            let found = search.search(crm, actor, &typed(n), None, 20).await;
            return found.map(drop).map_err(|error| Failure::new(error.to_string()));
        }
        What::Create => Command::Create { object, values: load.deal(n) },
        What::Update => Command::Update { object, id: load.id(n), version: None, values: change(n) },
    };
    Ok(crm.write(actor, command).await.map(drop)?)
}

fn of(object: &str, query: &Json) -> Outcome<Query> {
    let mut query = query.clone();
    query["object"] = object.into();
    Ok(serde_json::from_value(query)?)
}

fn list(what: What, load: &Load, n: usize) -> Json {
    let by = if what == What::Page { "amount" } else { SCORE };
    json!({
        "filter": {"field": "stage_id", "op": "eq", "value": load.stage(n)},
        "sort": [{"field": by, "descending": true}],
        "limit": 50,
    })
}

fn sums() -> Json {
    json!({"group": [{"field": "stage_id"}], "measures": [{"measure": "count"}, {"measure": "sum", "field": "amount"}]})
}

fn score() -> Json {
    json!({"name": SCORE, "label": "Score", "type": "number", "filterable": true})
}

fn unreachable(error: reqwest::Error) -> Failure {
    Failure::new(format!("The server cannot be reached: {error}."))
}
