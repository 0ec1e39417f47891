//! Doing one thing again and again from several tasks, and how long it took.

use super::super::failure::{Failure, Outcome};
use super::target::Target;
use futures_util::future::join_all;
use serde::Serialize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// What is done again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Get,
    Page,
    Aggregate,
    Create,
    Update,
}

/// All of it, in the order of the report: what changes nothing first.
pub(super) const WHAT: [What; 5] = [What::Get, What::Page, What::Aggregate, What::Create, What::Update];

/// How long something took.
#[derive(Debug, Serialize)]
pub(super) struct Measured {
    name: &'static str,
    p50_ms: f64,
    p95_ms: f64,
    per_second: f64,
}

impl What {
    fn name(self) -> &'static str {
        match self {
            Self::Get => "get one deal",
            Self::Page => "page of 50, filtered and sorted",
            Self::Aggregate => "sum by stage",
            Self::Create => "create one deal",
            Self::Update => "update one deal",
        }
    }
}

impl Measured {
    /// Many things in one go.
    pub(super) fn in_bulk(name: &'static str, count: usize, calls: Vec<Duration>, took: Duration) -> Self {
        let mut calls = calls;
        Self {
            per_second: rate(count, took),
            p50_ms: percentile(&mut calls, 50),
            p95_ms: percentile(&mut calls, 95),
            name,
        }
    }

    pub(super) fn row(&self) -> [String; 4] {
        let [p50, p95] = [self.p50_ms, self.p95_ms].map(|ms| format!("{ms:>8.2}"));
        [self.name.to_owned(), p50, p95, format!("{:>12.0}", self.per_second)]
    }
}

/// Does `what` from `concurrency` tasks until `span` is over.
pub(super) async fn measure(
    target: &Target,
    what: What,
    ids: &[Uuid],
    concurrency: usize,
    span: Duration,
) -> Outcome<Measured> {
    // A step that shares no factor with most counts: neighbours in time are not neighbours in the table.
    const STEP: usize = 7_919;
    let (count, started) = (AtomicUsize::new(0), Instant::now());
    let task = || async {
        let mut calls = Vec::new();
        while started.elapsed() < span {
            let n = count.fetch_add(1, Ordering::Relaxed);
            let Some(id) = ids.get(n.wrapping_mul(STEP) % ids.len().max(1)) else {
                return Err(Failure::new("There are no deals to measure."));
            };
            let begun = Instant::now();
            target.call(what, *id, n).await?;
            calls.push(begun.elapsed());
        }
        Ok(calls)
    };
    let mut calls = Vec::new();
    for done in join_all((0..concurrency).map(|_| task())).await {
        calls.extend(done?);
    }
    Ok(Measured::in_bulk(what.name(), calls.len(), calls, started.elapsed()))
}

fn rate(count: usize, took: Duration) -> f64 {
    (count as f64 / took.as_secs_f64().max(1e-6) * 10.0).round() / 10.0
}

fn percentile(calls: &mut [Duration], percent: usize) -> f64 {
    calls.sort_unstable();
    let at = (calls.len() * percent / 100).min(calls.len().saturating_sub(1));
    let ms = calls.get(at).map_or(0.0, |call| call.as_secs_f64() * 1_000.0);
    (ms * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_sorted_calls() {
        let mut calls: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        assert_eq!((percentile(&mut calls, 50), percentile(&mut calls, 95)), (51.0, 96.0));
        assert_eq!(percentile(&mut [], 50), 0.0);
    }
}
