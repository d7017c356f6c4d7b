//! What went wrong, as a page: the only place that turns an error into an answer. An unknown one is
//! logged here, once.

use askama::Template;
use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::Refusal;

use crate::frame::{Frame, page};

/// An error of the floors below on its way out.
#[derive(Debug)]
pub struct Error(app::Error);

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl<E: Into<app::Error>> From<E> for Error {
    fn from(e: E) -> Self {
        Self(e.into())
    }
}

/// What the layer words: it knows the reader's language, a handler's error does not.
#[derive(Clone, Debug)]
struct Failure(Option<Refusal>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, refusal) = match self.0 {
            app::Error::Refused(refusal) => (StatusCode::UNPROCESSABLE_ENTITY, Some(refusal)),
            app::Error::Absent(_) => (StatusCode::NOT_FOUND, None),
            app::Error::Forbidden(refusal) => (StatusCode::FORBIDDEN, Some(refusal)),
            app::Error::Unready(refusal) => (StatusCode::SERVICE_UNAVAILABLE, Some(refusal)),
            app::Error::Stale => (StatusCode::CONFLICT, None),
            app::Error::Broken(error) => {
                tracing::error!(%error, "request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, None)
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Failure(refusal));
        response
    }
}

#[derive(Template)]
#[template(path = "error/show.html")]
struct Show {
    frame: Frame,
    title: String,
    lines: Vec<String>,
    request: String,
}

/// Gives every failed answer that has no page of its own one in the reader's language.
pub async fn layer(frame: Frame, request: Request, next: Next) -> Response {
    let id = request.headers().get("x-request-id").and_then(|h| h.to_str().ok());
    let id = id.unwrap_or_default().to_owned();
    let response = next.run(request).await;
    let worded = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.to_str().is_ok_and(|kind| !kind.starts_with("text/plain")));
    let status = response.status();
    if worded || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let failure = response.extensions().get::<Failure>().cloned();
    let show = Show::new(frame, status, failure.and_then(|f| f.0).as_ref(), id);
    page(&show).map_or(status.into_response(), |html| (status, html).into_response())
}

impl Show {
    fn new(frame: Frame, status: StatusCode, refusal: Option<&Refusal>, id: String) -> Self {
        let key = key(status);
        let mut lines: Vec<String> = match refusal {
            Some(refusal) => vec![frame.say(refusal)],
            None => Vec::new(),
        };
        lines.extend(refusal.and_then(|r| text::remedy(frame.lang, r)));
        if lines.is_empty() {
            lines.push(frame.t(&format!("error.{key}_text")));
        }
        let request = if status.is_server_error() { id } else { String::new() };
        Self { title: frame.t(&format!("error.{key}")), frame, lines, request }
    }
}

/// The words for a status.
fn key(status: StatusCode) -> &'static str {
    match status.as_u16() {
        403 => "forbidden",
        404 => "absent",
        405 => "method",
        409 => "stale",
        413 => "too_large",
        422 => "refused",
        503 => "busy",
        400..500 => "malformed",
        _ => "broken",
    }
}
