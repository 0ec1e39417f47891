//! The records that are measured: deals of some accounts in all stages, with a custom field.

use super::super::failure::{Failure, Outcome};
use super::measure::Measured;
use super::target::Target;
use crm_core::query::Query;
use serde_json::{Map, Value as Json, json};
use std::time::Instant;
use uuid::Uuid;

/// The custom field of the deals, a whole number that lists can be filtered and sorted by.
pub(super) const SCORE: &str = "bench_score";
/// How many deals one bulk operation makes.
const AT_ONCE: usize = 500;
/// How many accounts the deals are spread over.
const ACCOUNTS: usize = 500;
/// How many deals' ids are kept for reading them one by one.
const IDS: usize = 20_000;
/// A step that shares no factor with most counts: neighbours in time are not neighbours in the table.
const STEP: usize = 7_919;

/// What the calls are made of.
pub(super) struct Load {
    deals: Vec<Uuid>,
    accounts: Vec<Uuid>,
    stages: Vec<Uuid>,
}

impl Load {
    /// Sees to it that there are so many deals, and tells how fast new ones were made.
    pub(super) async fn seed(target: &Target, deals: usize) -> Outcome<(Self, Option<Measured>)> {
        let mut accounts = target.ids("account", ACCOUNTS).await?;
        if accounts.is_empty() {
            let wanted = ACCOUNTS.min(deals.div_ceil(10));
            let some = (0..wanted).map(|n| fields(json!({"name": format!("{} Inc. {n}", word(n))})));
            accounts = target.create_many("account", some.collect()).await?;
        }
        let stages = target.ids("stage", Query::MAX_LIMIT).await?;
        let mut load = Self { deals: target.ids("deal", IDS).await?, accounts, stages };
        let (there, started, mut calls) = (target.count("deal").await?, Instant::now(), Vec::new());
        for at in (there..deals).step_by(AT_ONCE) {
            let begun = Instant::now();
            let some = (at..(at + AT_ONCE).min(deals)).map(|n| load.deal(n)).collect();
            let made = target.create_many("deal", some).await?;
            calls.push(begun.elapsed());
            load.deals.extend(made.into_iter().step_by(deals.div_ceil(IDS)));
        }
        if load.deals.is_empty() {
            return Err(Failure::new("There are no deals to measure."));
        }
        let made = deals.saturating_sub(there);
        let name = "create deals in bulk, 500 a call";
        let measured = (made > 0).then(|| Measured::in_bulk(name, made, calls, started.elapsed()));
        Ok((load, measured))
    }

    /// The deal of the n-th call.
    pub(super) fn id(&self, n: usize) -> Uuid {
        pick(&self.deals, n.wrapping_mul(STEP)).unwrap_or_default()
    }

    /// A stage for the n-th call to ask for.
    pub(super) fn stage(&self, n: usize) -> Option<Uuid> {
        pick(&self.stages, n)
    }

    /// The values of the n-th deal.
    pub(super) fn deal(&self, n: usize) -> Map<String, Json> {
        let day = format!("2027-{:02}-{:02}", n % 12 + 1, n % 28 + 1);
        let amount = (n.wrapping_mul(STEP) % 100_000).to_string();
        fields(json!({
            "name": format!("{} {} {n}", word(n / 7), word(n)),
            "account_id": pick(&self.accounts, n / 3),
            "stage_id": pick(&self.stages, n / 5),
            "amount": amount,
            "close_date": day,
            "lost_reason": "No budget",
            SCORE: n.wrapping_mul(STEP) % 100_000,
        }))
    }
}

/// What the n-th change changes.
pub(super) fn change(n: usize) -> Map<String, Json> {
    fields(json!({"next_step": format!("Call number {n}")}))
}

/// What somebody has typed so far when looking for a deal.
pub(super) fn typed(n: usize) -> String {
    let words = format!("{} {}", word(n / 7), word(n));
    words.chars().take(2 + n % (words.len() - 1)).collect()
}

fn word(n: usize) -> &'static str {
    const WORDS: [&str; 16] = [
        "Harbour", "Meadow", "Granite", "Willow", "Copper", "Summit", "Lantern", "Orchard", "Falcon", "Juniper",
        "Beacon", "Marble", "Prairie", "Velvet", "Cobalt", "Thistle",
    ];
    pick(&WORDS, n).unwrap_or_default()
}

fn pick<T: Copy>(among: &[T], n: usize) -> Option<T> {
    among.get(n % among.len().max(1)).copied()
}

fn fields(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(fields) => fields,
        _ => Map::new(),
    }
}
