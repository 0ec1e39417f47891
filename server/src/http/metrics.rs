//! `/metrics`: what an operator's Prometheus reads.

use super::openapi::{Operation, text};
use super::state::AppState;
use axum::extract::State;
use axum::http::{Method, header};
use axum::response::IntoResponse;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::time::Duration;

const DURATION: &str = "http_request_duration_seconds";
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// Starts measuring. A second server in the same process keeps its own, empty book.
pub(super) fn install() -> PrometheusHandle {
    let builder = || PrometheusBuilder::new().set_buckets(&BUCKETS).unwrap_or_default();
    builder().install_recorder().unwrap_or_else(|_| builder().build_recorder().handle())
}

/// A method as a label: those that are none of HTTP's count as one.
pub(super) fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Counts and times an answered request.
pub(super) fn request(route: &str, method: &'static str, status: u16, took: Duration) {
    let labels = [("route", route.to_owned()), ("method", method.to_owned()), ("status", status.to_string())];
    metrics::histogram!(DURATION, &labels).record(took.as_secs_f64());
}

pub(super) fn doc() -> Operation {
    Operation::new("metrics", "Operation", "Metrics in Prometheus' text format").answer(200, "The measures.", text())
}

/// The measures since the start.
pub(super) async fn handle(State(state): State<AppState>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], state.metrics.render())
}
