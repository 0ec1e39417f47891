//! What is measured: the door itself, or a server through REST.

use super::super::failure::{Failure, Outcome};
use super::measure::{Measured, What};
use crm_core::identity::NewTenant;
use crm_core::query::{Aggregate, Filter, Query};
use crm_core::{Actor, Command, Crm, Surface};
use reqwest::{Client, RequestBuilder};
use serde_json::{Map, Value as Json, json};
use std::time::Instant;
use uuid::Uuid;

/// What is measured.
pub(super) enum Target {
    Door { crm: Crm, actor: Box<Actor> },
    Rest { client: Client, root: String, key: String },
}

/// The tenant that the bench works in.
const SLUG: &str = "bench";
/// How many deals one bulk operation makes.
const AT_ONCE: usize = 500;
/// How many deals' ids are kept for reading them one by one.
const IDS: usize = 20_000;

impl Target {
    pub(super) async fn door(crm: &Crm) -> Outcome<Self> {
        let tenant = match crm.tenant(Some(SLUG)).await {
            Ok(tenant) => tenant,
            Err(_) => crm.create_tenant(NewTenant::named(SLUG, "Bench")).await?,
        };
        let actor = crm.product(tenant.id, "bench", Surface::System).await?;
        Ok(Self::Door { crm: crm.clone(), actor: Box::new(actor) })
    }

    pub(super) fn rest(url: &str, key: &str) -> Outcome<Self> {
        let client = Client::builder().build().map_err(unreachable)?;
        Ok(Self::Rest { client, root: format!("{}/api/v1", url.trim_end_matches('/')), key: key.to_owned() })
    }

    /// Sees to it that there are so many deals; tells how fast new ones were made, and the ids of some.
    pub(super) async fn seed(&self, deals: usize) -> Outcome<(Option<Measured>, Vec<Uuid>)> {
        let mut ids = self.ids(deals).await?;
        let (missing, started) = (deals.saturating_sub(ids.len()), Instant::now());
        if missing == 0 {
            return Ok((None, ids));
        }
        let (mut calls, first) = (Vec::new(), ids.len());
        for at in (first..deals).step_by(AT_ONCE) {
            let begun = Instant::now();
            let some: Vec<_> = (at..(at + AT_ONCE).min(deals)).map(values).collect();
            ids.extend(self.create_many(some).await?);
            calls.push(begun.elapsed());
        }
        let took = started.elapsed();
        ids.truncate(IDS);
        Ok((Some(Measured::in_bulk("create deals in bulk, 500 a call", missing, calls, took)), ids))
    }

    /// The ids of deals that are there, at most `deals` or [`IDS`].
    async fn ids(&self, deals: usize) -> Outcome<Vec<Uuid>> {
        let (mut ids, mut after) = (Vec::new(), None);
        loop {
            let query =
                Query { limit: Some(Query::MAX_LIMIT), fields: Some(vec!["name".into()]), after, ..Query::of("deal") };
            after = match self {
                Self::Door { crm, actor } => {
                    let page = crm.query(actor, &query).await?;
                    ids.extend(page.records.iter().map(|record| record.id));
                    page.next
                }
                Self::Rest { .. } => {
                    let mut body = serde_json::to_value(&query)?;
                    body.as_object_mut().and_then(|body| body.remove("object"));
                    let page = self.post("records/deal/query", &body).await?;
                    let found = page["records"].as_array().into_iter().flatten();
                    ids.extend(found.filter_map(|record| record["id"].as_str()?.parse::<Uuid>().ok()));
                    page["next"].as_str().map(str::to_owned)
                }
            };
            if after.is_none() || ids.len() >= deals.min(IDS) {
                ids.truncate(deals.min(IDS));
                return Ok(ids);
            }
        }
    }

    async fn create_many(&self, many: Vec<Map<String, Json>>) -> Outcome<Vec<Uuid>> {
        match self {
            Self::Door { crm, actor } => {
                let commands =
                    many.into_iter().map(|values| Command::Create { object: "deal".into(), values }).collect();
                let (_, results) = crm.bulk(actor, commands, true).await?;
                results.into_iter().map(|result| Ok(result?.id)).collect()
            }
            Self::Rest { .. } => {
                let operations: Vec<Json> = many.into_iter().map(|values| json!({"create": values})).collect();
                let done = self.post("records/deal/bulk", &json!({"operations": operations, "atomic": true})).await?;
                let results = done["results"].as_array().into_iter().flatten();
                Ok(results.filter_map(|result| result["record"]["id"].as_str()?.parse().ok()).collect())
            }
        }
    }

    /// Does it once, with the deal `id` where one is needed; `n` makes the values differ.
    pub(super) async fn call(&self, what: What, id: Uuid, n: usize) -> Outcome {
        match self {
            Self::Door { crm, actor } => door(crm, actor, what, id, n).await.map_err(Failure::from),
            Self::Rest { client, root, .. } => {
                let one = format!("{root}/records/deal/{id}");
                let deal = format!("{root}/records/deal");
                let request = match what {
                    What::Get => client.get(one),
                    What::Page => client
                        .post(format!("{deal}/query"))
                        .json(&json!({"filter": open_deals(), "sort": newest(), "limit": 50})),
                    What::Aggregate => client.post(format!("{deal}/aggregate")).json(&sums()),
                    What::Create => client.post(deal).json(&values(n)),
                    What::Update => client.patch(one).json(&change(n)),
                };
                self.send(request).await.map(drop)
            }
        }
    }

    async fn post(&self, path: &str, body: &Json) -> Outcome<Json> {
        match self {
            Self::Rest { client, root, .. } => self.send(client.post(format!("{root}/{path}")).json(body)).await,
            Self::Door { .. } => Ok(Json::Null),
        }
    }

    async fn send(&self, request: RequestBuilder) -> Outcome<Json> {
        let Self::Rest { key, .. } = self else { return Ok(Json::Null) };
        let answer = request.bearer_auth(key).send().await.map_err(unreachable)?;
        let status = answer.status();
        let body: Json = answer.json().await.unwrap_or_default();
        match status.is_success() {
            true => Ok(body),
            false => Err(Failure::new(format!(
                "The server answered {status}: {}",
                body["detail"].as_str().unwrap_or_default()
            ))),
        }
    }
}

async fn door(crm: &Crm, actor: &Actor, what: What, id: Uuid, n: usize) -> crm_core::Result<()> {
    let object = || "deal".to_owned();
    match what {
        What::Get => crm.get(actor, "deal", id).await.map(drop),
        What::Page => {
            let sort = serde_json::from_value(newest()).unwrap_or_default();
            let query = Query { sort, limit: Some(50), ..Query::of("deal").filter(open_deals()) };
            crm.query(actor, &query).await.map(drop)
        }
        What::Aggregate => {
            let sums: Aggregate = serde_json::from_value(sums()).unwrap_or_default();
            crm.aggregate(actor, &Aggregate { object: object(), ..sums }).await.map(drop)
        }
        What::Create => crm.write(actor, Command::Create { object: object(), values: values(n) }).await.map(drop),
        What::Update => {
            crm.write(actor, Command::Update { object: object(), id, version: None, values: change(n) }).await.map(drop)
        }
    }
}

fn open_deals() -> Filter {
    Filter::eq("is_closed", false)
}

fn newest() -> Json {
    json!([{"field": "amount", "descending": true}])
}

fn sums() -> Json {
    json!({"group": [{"field": "stage_id"}], "measures": [{"measure": "count"}, {"measure": "sum", "field": "amount"}]})
}

fn values(n: usize) -> Map<String, Json> {
    let day = format!("2027-{:02}-{:02}", n % 12 + 1, n % 28 + 1);
    let amount = ((n * 7_919) % 100_000).to_string();
    Map::from_iter([
        ("name".into(), json!(format!("Deal {n}"))),
        ("amount".into(), json!(amount)),
        ("close_date".into(), json!(day)),
    ])
}

fn change(n: usize) -> Map<String, Json> {
    Map::from_iter([("next_step".into(), json!(format!("Call number {n}")))])
}

fn unreachable(error: reqwest::Error) -> Failure {
    Failure::new(format!("The server cannot be reached: {error}."))
}
