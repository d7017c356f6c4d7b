//! What every answer tells the browser not to do.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

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

/// Pages about people are kept nowhere: the counter's browser is everybody's.
pub async fn private(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let rule = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, rule);
    response
}

/// Sets the rules, and the page's own word on keeping where it has none: ask again.
pub async fn layer(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, rule) in RULES {
        headers.insert(name, HeaderValue::from_static(rule));
    }
    let keep = headers.entry(header::CACHE_CONTROL);
    keep.or_insert(HeaderValue::from_static("no-cache"));
    response
}
