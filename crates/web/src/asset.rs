//! Files of `web/static`, inside the binary. The version stands in the address, so that a browser
//! keeps them as long as it likes.

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/static"]
struct Files;

pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/static/{version}/{*name}", get(show))
        .route("/favicon.ico", get(async || file("favicon.svg", false)))
}

/// `/static/1f2e3d4c5b6a/app.css`.
pub fn url(name: &str) -> String {
    format!("/static/{}/{name}", version(name).unwrap_or_default())
}

/// The beginning of the file's digest.
fn version(name: &str) -> Option<String> {
    let digest = Files::get(name)?.metadata.sha256_hash();
    let number = digest.iter().take(6).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    Some(format!("{number:012x}"))
}

async fn show(Path((asked, name)): Path<(String, String)>) -> Response {
    file(&name, version(&name).is_some_and(|v| v == asked))
}

/// A file that is asked for by an old version is given as it is now, and not kept.
fn file(name: &str, current: bool) -> Response {
    let Some(file) = Files::get(name) else { return StatusCode::NOT_FOUND.into_response() };
    let keep = if current { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kind = file.metadata.mimetype().to_owned();
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep.to_owned())], file.data)
        .into_response()
}
