//! What this is, whose tables it stands on, and what it keeps of a visitor.

use app::App;
use askama::Template;
use axum::{Router, response::Html, routing::get};

use crate::{
    error::Result,
    frame::{Frame, page},
};

pub fn routes() -> Router<App> {
    Router::new().route("/about", get(show))
}

/// The tables and their sources: keys of the words for both.
const SOURCES: [(&str, &str); 4] = [
    ("about.regions", "about.regions_source"),
    ("about.occupations", "about.occupations_source"),
    ("about.industries", "about.industries_source"),
    ("about.education", "about.education_source"),
];

#[derive(Template)]
#[template(path = "about/show.html")]
struct Show {
    frame: Frame,
    sources: [(&'static str, &'static str); 4],
}

async fn show(frame: Frame) -> Result<Html<String>> {
    page(&Show { frame, sources: SOURCES })
}
