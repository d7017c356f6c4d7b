//! `/metrics`: counts of what the choke points tell. A deed and a request write one event each, with
//! a fixed target; the log writes it, and this layer counts it. Nothing is measured that is not logged.

use std::{fmt, sync::Arc};

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use tracing::{Event, Metadata, Subscriber, field::Field};
use tracing_subscriber::layer::{Context, Layer};

/// The target of the line that each request ends with: `method`, `route`, `status`, `ms`.
pub(crate) const REQUEST: &str = "request";
/// The target of the line that each deed ends with: `deed`, `outcome`.
const DEED: &str = "deed";
/// The target of the line that each import ends with: `accepted`, `unchanged`, `refused`.
const INTAKE: &str = "intake";

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: String,
    route: String,
    status: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Deed {
    deed: String,
    outcome: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Row {
    outcome: &'static str,
}

#[derive(Clone)]
pub(crate) struct Metrics(Arc<Inner>);

struct Inner {
    registry: Registry,
    requests: Family<Request, Histogram>,
    deeds: Family<Deed, Counter>,
    rows: Family<Row, Counter>,
    index_lag: Gauge,
    connections: Gauge,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("jinqiao");
        let buckets = || Histogram::new([0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0]);
        let requests = Family::<Request, Histogram>::new_with_constructor(buckets);
        let (deeds, rows) = (Family::default(), Family::default());
        let (index_lag, connections) = (Gauge::default(), Gauge::default());
        let seconds = Unit::Seconds;
        registry.register_with_unit("http_request", "Requests", seconds, requests.clone());
        registry.register("deed", "Deeds by outcome", Family::clone(&deeds));
        registry.register("intake_rows", "Rows of imports by outcome", Family::clone(&rows));
        let help = "Events that the search index has not followed yet";
        registry.register("index_lag_events", help, Gauge::clone(&index_lag));
        let help = "Open connections to the database";
        registry.register("database_connections", help, Gauge::clone(&connections));
        Self(Arc::new(Inner { registry, requests, deeds, rows, index_lag, connections }))
    }

    /// Does this kind of event count?
    pub(crate) fn counts(metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && [REQUEST, DEED, INTAKE].contains(&metadata.target())
    }

    /// Everything in the text form that Prometheus reads, with what is known only now.
    pub(crate) fn text(&self, index_lag: i64, connections: i64) -> Result<String, fmt::Error> {
        self.0.index_lag.set(index_lag);
        self.0.connections.set(connections);
        let mut text = String::new();
        text::encode(&mut text, &self.0.registry)?;
        Ok(text)
    }

    fn request(&self, told: Told) {
        let Told { method, route, status, ms, .. } = told;
        self.0.requests.get_or_create(&Request { method, route, status }).observe(ms / 1000.0);
    }

    fn rows(&self, told: &Told) {
        let outcomes =
            [("accepted", told.accepted), ("unchanged", told.unchanged), ("refused", told.refused)];
        for (outcome, rows) in outcomes {
            self.0.rows.get_or_create(&Row { outcome }).inc_by(rows);
        }
    }
}

impl<S: Subscriber> Layer<S> for Metrics {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut told = Told::default();
        event.record(&mut told);
        match event.metadata().target() {
            REQUEST => self.request(told),
            DEED => {
                let Told { deed, outcome, .. } = told;
                self.0.deeds.get_or_create(&Deed { deed, outcome }).inc();
            }
            INTAKE => self.rows(&told),
            _ => {}
        }
    }
}

/// The fields of an event, as far as they count.
#[derive(Default)]
struct Told {
    method: String,
    route: String,
    status: u64,
    ms: f64,
    deed: String,
    outcome: String,
    accepted: u64,
    unchanged: u64,
    refused: u64,
}

impl tracing::field::Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "method" => value.clone_into(&mut self.method),
            "route" => value.clone_into(&mut self.route),
            "deed" => value.clone_into(&mut self.deed),
            "outcome" => value.clone_into(&mut self.outcome),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "status" => self.status = value,
            "accepted" => self.accepted = value,
            "unchanged" => self.unchanged = value,
            "refused" => self.refused = value,
            _ => {}
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.record_u64(field, value.try_into().unwrap_or_default());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if field.name() == "ms" {
            self.ms = value;
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[test]
    fn what_is_told_is_counted() {
        let metrics = Metrics::new();
        let told =
            metrics.clone().with_filter(tracing_subscriber::filter::filter_fn(Metrics::counts));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(told), || {
            let (method, route) = ("GET", "/vacancies/{id}");
            tracing::info!(target: "request", method, route, status = 200_u16, ms = 12.5);
            tracing::info!(target: "deed", deed = "vacancy.close", outcome = %"done");
            tracing::info!(target: "deed", deed = "vacancy.close", outcome = %"done");
            tracing::info!(target: "intake", accepted = 5_i64, unchanged = 0_i64, refused = 2_i64);
            tracing::info!(deed = "not.counted", outcome = "done", "another target");
        });
        let text = metrics.text(3, 4).unwrap();
        for line in [
            "http_request_seconds_count{method=\"GET\",route=\"/vacancies/{id}\",status=\"200\"} 1",
            "http_request_seconds_bucket{le=\"0.025\",method=\"GET\",route=\"/vacancies/{id}\",status=\"200\"} 1",
            "deed_total{deed=\"vacancy.close\",outcome=\"done\"} 2",
            "intake_rows_total{outcome=\"accepted\"} 5",
            "intake_rows_total{outcome=\"refused\"} 2",
            "index_lag_events 3",
        ] {
            assert!(text.contains(&format!("jinqiao_{line}\n")), "{line} in\n{text}");
        }
        assert!(!text.contains("not.counted"));
    }
}
