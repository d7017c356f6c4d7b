//! What search engines ask for: what to leave alone, and the list of all open vacancies.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::{DateTime, Utc};
use model::{Id, vacancy::Vacancy};

use crate::{actor::Asker, error::Result, frame::Frame};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/robots.txt", get(robots))
        .route("/sitemap.xml", get(index))
        .route("/sitemap/{first}", get(part))
}

/// Vacancies in one file: a fifth of what the protocol allows, so that it stays below 1 MB.
const SIZE: i64 = 10_000;

const XML: [(header::HeaderName, &str); 1] = [(header::CONTENT_TYPE, "application/xml")];

#[derive(Template)]
#[template(path = "robot/index.xml")]
struct Index {
    frame: Frame,
    parts: Vec<Id<Vacancy>>,
}

#[derive(Template)]
#[template(path = "robot/part.xml")]
struct Part {
    frame: Frame,
    vacancies: Vec<(Id<Vacancy>, DateTime<Utc>)>,
}

async fn robots(frame: Frame) -> String {
    let sitemap = frame.full("/sitemap.xml");
    let closed = ["/api", "/inquiries", "/intakes", "/jobseekers", "/_parts", "/vacancies?"];
    // a robot that asks what to leave alone is not trapped
    let traps = ["vacancies", "jobseekers"].map(|noun| format!("/{noun}/{}", frame.trap()));
    let closed = closed.iter().map(ToString::to_string).chain(traps);
    let lines: Vec<_> = closed.map(|path| format!("Disallow: {path}")).collect();
    format!("User-agent: *\n{}\n\nSitemap: {sitemap}\n", lines.join("\n"))
}

async fn index(State(app): State<App>, Asker(actor): Asker, frame: Frame) -> Result<Response> {
    let mut r = app.db().read().await?;
    let parts = store::vacancy::parts(&mut r, &actor.scope(), app.today(), SIZE).await?;
    let xml = Index { frame, parts }.render().map_err(app::Error::broken)?;
    Ok((XML, xml).into_response())
}

async fn part(
    State(app): State<App>,
    Asker(actor): Asker,
    frame: Frame,
    Path(first): Path<Id<Vacancy>>,
) -> Result<Response> {
    let mut r = app.db().read().await?;
    let vacancies = store::vacancy::part(&mut r, &actor.scope(), app.today(), first, SIZE).await?;
    let xml = Part { frame, vacancies }.render().map_err(app::Error::broken)?;
    Ok((XML, xml).into_response())
}
