//! The gallery of parts, in the demonstration only: every part in its states, for eyes and for the
//! browser tests.

use app::App;
use askama::Template;
use axum::{Router, response::Html, routing::get};

use crate::{
    error::Result,
    frame::{Frame, page},
};

pub fn routes() -> Router<App> {
    Router::new().route("/_parts", get(show))
}

#[derive(Template)]
#[template(path = "part/gallery.html")]
struct Show {
    frame: Frame,
    /// The box of this page keeps nothing.
    kept: [(&'static str, String); 0],
}

async fn show(frame: Frame) -> Result<Html<String>> {
    if !frame.settings.demo {
        return Err(app::Error::Absent("page").into());
    }
    page(&Show { frame, kept: [] })
}
