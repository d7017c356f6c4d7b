//! What went wrong, as an answer: the only place that turns an error into one. Under `/api` and for
//! programs it is a problem document, for people a page. An unknown error is logged here, once.

mod problem;

use std::{any::Any, error::Error as StdError, sync::Arc};

use app::App;
use askama::Template;
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::{Refusal, access::Role};
use tower_http::csrf::ProtectionError;

use crate::{
    frame::{Frame, page},
    guard::encoded,
};

pub use problem::Problem;

/// An error on its way out: the status, and what is said of it.
#[derive(Debug)]
pub struct Error {
    status: StatusCode,
    failure: Failure,
    /// Seconds after which it may be asked again.
    wait: Option<u64>,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What the layer words: it knows the reader's language, a handler's error does not.
#[derive(Clone, Debug, Default)]
struct Failure {
    refusal: Option<Refusal>,
    /// For the log only.
    cause: Option<Arc<dyn StdError + Send + Sync>>,
}

/// Seconds after which what is not ready may be asked again.
const SOON: u64 = 5;

impl Error {
    /// The request itself cannot be read: 400, where a rule that says no is 422.
    pub fn malformed(refusal: Refusal) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Some(refusal))
    }

    /// It was here, and will not come back: 410.
    pub fn gone(refusal: Refusal) -> Self {
        Self::new(StatusCode::GONE, Some(refusal))
    }

    /// Who asks has not said who they are, or wrongly: 401.
    pub fn unauthorized(refusal: Refusal) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, Some(refusal))
    }

    /// The body is larger than this address takes: 413.
    pub fn too_large(refusal: Refusal) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, Some(refusal))
    }

    const fn new(status: StatusCode, refusal: Option<Refusal>) -> Self {
        Self { status, failure: Failure { refusal, cause: None }, wait: None }
    }
}

impl<E: Into<app::Error>> From<E> for Error {
    fn from(e: E) -> Self {
        match e.into() {
            app::Error::Refused(refusal) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, Some(refusal))
            }
            app::Error::Absent(_) => Self::new(StatusCode::NOT_FOUND, None),
            app::Error::Forbidden(refusal) => Self::new(StatusCode::FORBIDDEN, Some(refusal)),
            app::Error::Stale => Self::new(StatusCode::CONFLICT, None),
            app::Error::Changed(refusal) => Self::new(StatusCode::CONFLICT, Some(refusal)),
            app::Error::Unready(refusal) => {
                let wait = Some(SOON);
                Self { wait, ..Self::new(StatusCode::SERVICE_UNAVAILABLE, Some(refusal)) }
            }
            app::Error::Enough(refusal, wait) => {
                let wait = Some(wait);
                Self { wait, ..Self::new(StatusCode::TOO_MANY_REQUESTS, Some(refusal)) }
            }
            app::Error::Broken(cause) => {
                let failure = Failure { refusal: None, cause: Some(Arc::from(cause)) };
                Self { status: StatusCode::INTERNAL_SERVER_ERROR, failure, wait: None }
            }
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(wait) = self.wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response.extensions_mut().insert(self.failure);
        response
    }
}

/// The answer to a handler that panicked: the fault of one request, not the end of the program.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic.downcast::<&str>().map(|text| (*text).to_owned()).unwrap_or_default(),
    };
    Error::from(app::Error::broken(format!("panic: {text}"))).into_response()
}

/// How a failed answer is to be worded, as the request says.
struct Asked {
    problem: bool,
    path: String,
    /// The number under which the log has this request.
    id: String,
}

impl Asked {
    fn of(app: &App, request: &Request) -> Self {
        let (headers, uri) = (request.headers(), request.uri());
        let problem = uri.path().starts_with("/api/") || reads_json(headers);
        let given = headers.get("x-request-id").and_then(|h| h.to_str().ok());
        let sound = |id: &&str| {
            let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            plain && (1..=64).contains(&id.len())
        };
        let id = given.filter(sound).map_or_else(|| app.id::<()>().to_string(), str::to_owned);
        Self { problem, path: uri.path().to_owned(), id }
    }
}

/// Does it want JSON, and no page?
fn reads_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|h| h.to_str().ok()).unwrap_or_default();
    accept.contains("json") && !accept.contains("text/html")
}

/// Words every failed answer that has no words of its own, in the reader's language.
pub async fn layer(State(app): State<App>, frame: Frame, request: Request, next: Next) -> Response {
    let asked = Asked::of(&app, &request);
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || has_words(&response) {
        return response;
    }
    let (response, field) = field_of(response).await;
    let failure = response.extensions().get::<Failure>().cloned().unwrap_or_default();
    if status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE {
        let cause = failure.cause.as_ref().map(ToString::to_string).unwrap_or_default();
        // the line of the request with this number says what was asked
        tracing::error!(request = asked.id, cause, "request failed");
    }
    let mut refusal = failure.refusal.or(field);
    if response.extensions().get::<ProtectionError>().is_some() {
        refusal = Some(Refusal::new("error.cross_site"));
    }
    let worded = if asked.problem {
        Problem::new(frame.lang, status, refusal.as_ref(), &asked).into_response()
    } else {
        let show = Show::new(frame, status, refusal.as_ref(), asked.id);
        page(&show).map_or_else(|_| status.into_response(), IntoResponse::into_response)
    };
    dress(response, worded)
}

/// The failed answer with its own headers (`Allow`, `Retry-After`) and the body that says why.
fn dress(failed: Response, worded: Response) -> Response {
    let (mut parts, _) = failed.into_parts();
    let (words, body) = worded.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    for (name, value) in words.headers {
        if let Some(name) = name {
            parts.headers.insert(name, value);
        }
    }
    Response::from_parts(parts, body)
}

/// What is wrong with a field, where an extractor could not read what was sent for want of it or because
/// of it. The rest of the extractor's text may hold what was typed, so only the field's name is passed on.
async fn field_of(failed: Response) -> (Response, Option<Refusal>) {
    let (parts, body) = failed.into_parts();
    let words = to_bytes(body, 16 * 1024).await.unwrap_or_default();
    let words = String::from_utf8_lossy(&words);
    let signs = [
        ("unknown field `", "error.field_unknown"),
        ("missing field `", "error.field_missing"),
        ("duplicate field `", "error.field_twice"),
    ];
    let plain = |name: &&str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        (1..=64).contains(&name.len()) && name.chars().all(fits)
    };
    let named = signs.into_iter().find_map(|(sign, code)| {
        let (_, rest) = words.split_once(sign)?;
        let (name, _) = rest.split_once('`')?;
        Some(Refusal::new(code).arg("key", Some(name).filter(plain)?))
    });
    (Response::from_parts(parts, Body::empty()), named)
}

/// The answers of axum's own extractors are bare text or nothing.
fn has_words(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"))
}

#[derive(Template)]
#[template(path = "error/show.html")]
struct Show {
    frame: Frame,
    title: String,
    lines: Vec<String>,
    request: String,
    /// For whoever may go on at once when signed in.
    sign_in: Option<String>,
}

impl Show {
    fn new(frame: Frame, status: StatusCode, refusal: Option<&Refusal>, id: String) -> Self {
        let key = key(status);
        let mut lines: Vec<String> = refusal.iter().map(|r| frame.say(r)).collect();
        lines.extend(refusal.and_then(|r| text::remedy(frame.lang, r)));
        if lines.is_empty() {
            lines.push(frame.t(&format!("error.{key}_text")));
        }
        let request = if status.is_server_error() { id } else { String::new() };
        let held = status == StatusCode::TOO_MANY_REQUESTS && frame.actor.role == Role::Public;
        let sign_in = held.then(|| format!("/sign-in?next={}", encoded(&frame.here)));
        Self { title: frame.t(&format!("error.{key}")), frame, lines, request, sign_in }
    }
}

/// The words for a status.
fn key(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 | 403 => "forbidden",
        404 => "absent",
        405 => "method",
        409 => "stale",
        410 => "gone",
        413 => "too_large",
        415 => "media_type",
        422 => "refused",
        429 => "enough",
        503 => "busy",
        400..500 => "malformed",
        _ => "broken",
    }
}
