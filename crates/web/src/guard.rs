//! Who is let in where, and what every answer tells the browser not to do.

mod route;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use model::{Refusal, access::Role};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use crate::{
    actor::{self, Asking},
    error::Error,
};

pub use route::ROUTES;

/// No script or style but our own files, in nobody's frame, no address given away.
const RULES: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "geolocation=(self), camera=(), microphone=(), payment=()",
    ),
];

/// Half a year; only said over https, where it means something.
const STRICT: &str = "max-age=15552000; includeSubDomains";

/// Lets somebody take a route, as the table of routes and roles has it.
pub async fn door(request: Request, next: Next) -> Response {
    let Some(path) = request.extensions().get::<MatchedPath>() else {
        return next.run(request).await; // no route at all: 404 from there
    };
    let Some(methods) = route::of(path.as_str()) else {
        return Error::from(app::Error::Absent("page")).into_response();
    };
    let asked = if *request.method() == Method::HEAD { "GET" } else { request.method().as_str() };
    let Some((_, row)) = methods.iter().find(|(method, _)| *method == asked) else {
        return other_method(methods);
    };
    let asking = actor::asking(request.extensions());
    if asking.stranger {
        return unkept(unauthorized());
    }
    match asking.actor.may(row) {
        Ok(()) => next.run(request).await,
        Err(refusal) => unkept(refused(&request, &asking, refusal)),
    }
}

fn other_method(methods: &[(&str, &str)]) -> Response {
    let mut allow: Vec<&str> = methods.iter().map(|(method, _)| *method).collect();
    if allow.contains(&"GET") {
        allow.push("HEAD");
    }
    let mut response = StatusCode::METHOD_NOT_ALLOWED.into_response();
    if let Ok(value) = HeaderValue::from_str(&allow.join(",")) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

/// Whoever has not said who they are is asked to; whoever has, is told that it is not for them.
fn refused(request: &Request, asking: &Asking, refusal: Refusal) -> Response {
    let nobody = asking.actor.role == Role::Public;
    if nobody && request.uri().path().starts_with("/api/") {
        return unauthorized();
    }
    if nobody && *request.method() == Method::GET && reads_pages(request.headers()) {
        let here = request.uri().path_and_query().map_or("/", |p| p.as_str());
        let step = if asking.here.is_some() { "/sign-in/next" } else { "/sign-in" };
        return Redirect::to(&format!("{step}?next={}", encoded(here))).into_response();
    }
    let refusal = if nobody { Refusal::new("access.sign_in") } else { refusal };
    Error::from(app::Error::Forbidden(refusal)).into_response()
}

/// Does a person with a browser ask, and no program?
pub(crate) fn reads_pages(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|h| h.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

fn unauthorized() -> Response {
    let mut response = Error::unauthorized(Refusal::new("access.sign_in")).into_response();
    let scheme = HeaderValue::from_static("Bearer");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
    response
}

/// What stands as it is in the value of a query.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b',');

/// A text as the value of a query.
pub fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, PLAIN)
}

/// Pages about people are kept nowhere: the counter's browser is everybody's.
pub async fn private(request: Request, next: Next) -> Response {
    unkept(next.run(request).await)
}

fn unkept(mut response: Response) -> Response {
    let rule = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, rule);
    response
}

/// Sets the rules, and the page's own word on keeping where it has none: ask again; nothing at all
/// for whoever is signed in.
pub async fn layer(request: Request, next: Next) -> Response {
    let https = actor::is_https(request.extensions());
    let mut response = next.run(request).await;
    let known = response.extensions().get::<actor::Known>().is_some();
    let headers = response.headers_mut();
    for (name, rule) in RULES {
        headers.insert(name, HeaderValue::from_static(rule));
    }
    if https {
        let rule = HeaderValue::from_static(STRICT);
        headers.insert(header::STRICT_TRANSPORT_SECURITY, rule);
    }
    let usual = HeaderValue::from_static(if known { "no-store" } else { "no-cache" });
    headers.entry(header::CACHE_CONTROL).or_insert(usual);
    response
}
