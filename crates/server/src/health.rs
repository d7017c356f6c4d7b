//! `/healthz`, `/readyz` and `/metrics`: for whoever watches over the program.

use std::sync::Arc;

use app::App;
use axum::{
    Json, Router, extract,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Serialize;

use crate::metrics::Metrics;

pub(crate) struct State {
    pub app: App,
    pub metrics: Metrics,
}

/// What stands between the program and its work.
#[derive(Serialize)]
struct Readiness {
    ready: bool,
    /// Why not, one reason a line.
    reasons: Vec<String>,
    /// The newest event, and how many of them the index has not followed yet.
    events: i64,
    index_lag: i64,
}

pub(crate) fn routes(state: Arc<State>) -> Router {
    Router::new()
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(state)
}

async fn ready(extract::State(state): extract::State<Arc<State>>) -> Response {
    let readiness = Readiness::of(&state.app).await;
    let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(readiness)).into_response()
}

async fn metrics(extract::State(state): extract::State<Arc<State>>) -> Response {
    let lag = Readiness::of(&state.app).await.index_lag;
    let kind = [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0")];
    match state.metrics.text(lag, state.app.db().connections().into()) {
        Ok(text) => (kind, text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Readiness {
    async fn of(app: &App) -> Self {
        let mut reasons = vec![];
        let events = match store::event::newest(app.db()).await {
            Ok(events) => events,
            Err(error) => {
                tracing::warn!(%error, "the database does not answer");
                reasons.push("the database does not answer".into());
                0
            }
        };
        match app.missing_keys().await {
            Ok(0) => {}
            Ok(_) => reasons.push("the keys of some people are not in the store of keys".into()),
            Err(error) => {
                tracing::warn!(%error, "the store of keys does not answer");
                reasons.push("the store of keys does not answer".into());
            }
        }
        let index = app.index().await.ok();
        let mark = index.as_ref().and_then(|index| index.mark());
        if mark.is_none() {
            reasons.push("the search index is being made".into());
        }
        if index.is_some_and(|index| !index.is_warm()) {
            reasons.push("the dictionary is being read".into());
        }
        let index_lag = events - mark.map_or(0, |mark| mark.seq);
        Self { ready: reasons.is_empty(), reasons, events, index_lag }
    }
}
