//! Assignments: the list, the form, the outcome with its reasons, the file.

pub mod api;
mod form;
mod show;

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::header,
    middleware::from_fn,
    response::{Html, IntoResponse},
    routing::get,
};
use model::{
    Id, Refusal,
    assignment::{Assignment, Way},
    intake::file::Format,
};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::{Error, Result},
    frame::{Frame, page},
    guard::private,
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/assignments", get(list).post(form::create))
        .route("/assignments/new", get(form::new))
        .route("/assignments/{id}", get(show::show))
        .route("/assignments/{id}/result", get(result))
        .layer(from_fn(private))
}

/// Assignments on one page.
const LIMIT: usize = 20;

#[derive(Deserialize)]
struct Before {
    /// The last of the page before.
    before: Option<Id<Assignment>>,
}

#[derive(Template)]
#[template(path = "assignment/list.html")]
struct List {
    frame: Frame,
    lines: Vec<Line>,
    next: Option<String>,
}

struct Line {
    id: Id<Assignment>,
    title: String,
    way: Way,
    when: String,
    counts: String,
}

async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Before { before }): Query<Before>,
) -> Result<Html<String>> {
    let found = app::assignment::page(&app, &actor, before, LIMIT).await?;
    let line = |one: Assignment| Line {
        when: text::date::full(frame.lang, app.day_of(one.created_at)),
        counts: counts(&frame, &one),
        id: one.id,
        title: one.title,
        way: one.way,
    };
    let lines = found.items.into_iter().map(line).collect();
    page(&List { frame, lines, next: found.next })
}

fn counts(frame: &Frame, one: &Assignment) -> String {
    let args =
        [("people", one.people.into()), ("posts", one.posts.into()), ("placed", one.placed.into())];
    text::t(frame.lang, "assignment.counts", &args)
}

#[derive(Deserialize)]
struct Wanted {
    format: Format,
}

/// The outcome as a file.
async fn result(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Assignment>>,
    Query(Wanted { format }): Query<Wanted>,
) -> Result<impl IntoResponse> {
    let shown = app::assignment::show(&app, &actor, id).await?;
    let kept = match format {
        Format::Csv => Some(app::sheet::Format::Csv),
        Format::Workbook => Some(app::sheet::Format::Workbook),
        Format::JsonArray | Format::JsonLines | Format::JobPosting => None,
    };
    let kept = kept.ok_or_else(|| {
        let refusal = Refusal::new("intake.format_unknown").field("format");
        Error::malformed(refusal.arg("value", format.code()).arg("valid", "csv, xlsx"))
    })?;
    let bytes = shown.file(&app, &actor, frame.lang, kept).await?;
    let (ending, kind) = app::intake::kind(format);
    let name = format!("attachment; filename=\"assignment-{id}.{ending}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes))
}
