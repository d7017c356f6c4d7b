//! One line for each request, with a number that the person sees too when something broke. The address
//! asked for is not in it, only the route: what people search for is nobody's business.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};
use tracing::Instrument;
use uuid::Uuid;

use crate::metrics::REQUEST;

pub(crate) async fn told(mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = number();
    let header = HeaderValue::from_str(&id).ok();
    if let Some(id) = &header {
        request.headers_mut().insert("x-request-id", id.clone());
    }
    let method = request.method().to_string();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let mut response = next.run(request).instrument(tracing::info_span!("request", id)).await;
    let status = response.status().as_u16();
    let ms = began.elapsed().as_secs_f64() * 1_000.0;
    tracing::info!(target: REQUEST, method, route, status, ms, id);
    if let Some(id) = header {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

#[expect(clippy::disallowed_methods, reason = "a request's number is the process's own affair")]
fn number() -> String {
    Uuid::now_v7().simple().to_string()
}
