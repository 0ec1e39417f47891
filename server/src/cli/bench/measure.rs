//! Doing one thing again and again from several tasks, and how long it took.

use super::super::failure::{Failure, Outcome};
use super::load::Load;
use super::target::{Target, What};
use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How long something took.
#[derive(Debug, Serialize)]
pub(super) struct Measured {
    name: &'static str,
    p50_ms: f64,
    p95_ms: f64,
    per_second: f64,
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
    target: &Arc<Target>,
    what: What,
    load: &Arc<Load>,
    concurrency: usize,
    span: Duration,
) -> Outcome<Measured> {
    let (count, started) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let mut tasks = JoinSet::new();
    for _ in 0..concurrency {
        let (target, load, count) = (target.clone(), load.clone(), count.clone());
        tasks.spawn(async move {
            let mut calls = Vec::new();
            while started.elapsed() < span {
                let n = count.fetch_add(1, Ordering::Relaxed);
                let begun = Instant::now();
                target.call(what, &load, n).await?;
                calls.push(begun.elapsed());
            }
            Outcome::Ok(calls)
        });
    }
    let mut calls = Vec::new();
    while let Some(done) = tasks.join_next().await {
        calls.extend(done.map_err(|error| Failure::new(format!("A task of the bench stopped: {error}.")))??);
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
