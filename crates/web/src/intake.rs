//! Files sent in by the office: the list, the form, the columns, the progress and the report.

pub mod api;
mod columns;
mod show;
mod upload;

use std::time::Duration;

use app::{
    App, Error as Fault,
    intake::{Choice, Given},
};
use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, Path, Query, State},
    http::header,
    middleware::from_fn,
    response::{Html, IntoResponse, Redirect},
    routing::{get, post},
};
use model::{
    Id, Refusal,
    access::Actor,
    intake::{
        Noun,
        file::{Format, Intake, State as Stage},
    },
};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::{Error, Result},
    frame::{Frame, page},
    guard::private,
};
use upload::Incoming;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/intakes", get(list).post(create).layer(DefaultBodyLimit::disable()))
        .route("/intakes/new", get(new))
        .route("/intakes/template/{noun}", get(template))
        .route("/intakes/{id}", get(show::show))
        .route("/intakes/{id}/refused", get(show::refused))
        .route("/intakes/{id}/columns", get(columns::edit).post(columns::update))
        .route("/intakes/{id}/resume", post(resume))
        .layer(from_fn(private))
}

/// Files on one page.
const LIMIT: usize = 20;

/// A small file is done in this time, and its report is the next page.
const MOMENT: Duration = Duration::from_millis(1_500);

#[derive(Deserialize)]
struct Before {
    /// The last file of the page before.
    before: Option<Id<Intake>>,
}

#[derive(Template)]
#[template(path = "intake/list.html")]
struct List {
    frame: Frame,
    lines: Vec<Line>,
    next: Option<String>,
}

/// A file as an entry of the list.
struct Line {
    id: Id<Intake>,
    name: String,
    noun: String,
    state: Stage,
    when: String,
    counts: String,
}

async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Before { before }): Query<Before>,
) -> Result<Html<String>> {
    let mut r = app.db().read().await?;
    let found = store::intake::page(&mut r, &actor.scope(), before, LIMIT).await?;
    let line = |intake: Intake| Line {
        noun: frame.t(&format!("intake.noun-{}", intake.noun)),
        when: show::when(&app, &frame, &intake),
        counts: show::counts(&frame, &intake.counts),
        id: intake.id,
        name: intake.name,
        state: intake.state,
    };
    let lines = found.items.into_iter().map(line).collect();
    page(&List { frame, lines, next: found.next })
}

#[derive(Template)]
#[template(path = "intake/new.html")]
struct New {
    frame: Frame,
    noun: Noun,
}

#[derive(Deserialize)]
struct Holding {
    noun: Option<Noun>,
}

async fn new(
    _: Office,
    frame: Frame,
    Query(Holding { noun }): Query<Holding>,
) -> Result<Html<String>> {
    page(&New { frame, noun: noun.unwrap_or(Noun::Vacancies) })
}

async fn create(
    State(app): State<App>,
    Office(actor): Office,
    form: Multipart,
) -> Result<Redirect> {
    let sent = upload::read(&app, form).await?;
    let noun = sent.fields.get("noun").map(String::as_str).unwrap_or_default();
    let id = receive(&app, &actor, noun.parse()?, &sent.file).await?;
    if sent.fields.contains_key("look") {
        return Ok(Redirect::to(&format!("/intakes/{id}/columns")));
    }
    begin(&app, actor, id, Choice::Recognise).await?;
    Ok(Redirect::to(&format!("/intakes/{id}")))
}

/// What was begun and stands still goes on: the program may have ended meanwhile.
async fn resume(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Intake>>,
) -> Result<Redirect> {
    let found = app::intake::find(&app, &actor, id).await?;
    let choice = serde_json::from_str(&found.choice).unwrap_or_default();
    work(&app, actor, id, choice).await;
    Ok(Redirect::to(&format!("/intakes/{id}")))
}

async fn receive(app: &App, actor: &Actor, noun: Noun, file: &Incoming) -> Result<Id<Intake>> {
    let given = Given { noun, name: &file.name, path: &file.path };
    Ok(app::intake::receive(app, actor, given).await?)
}

/// Begins the work on a received file, unless somebody is at it: the same file sent twice is one.
async fn begin(app: &App, actor: Actor, id: Id<Intake>, choice: Choice) -> Result<()> {
    match app::intake::find(app, &actor, id).await?.state {
        Stage::Staging | Stage::Applying | Stage::Done => {}
        Stage::Received | Stage::Failed => work(app, actor, id, choice).await,
    }
    Ok(())
}

/// Works beside the request, which waits a moment for small files.
async fn work(app: &App, actor: Actor, id: Id<Intake>, choice: Choice) {
    let app = app.clone();
    let working = tokio::spawn(async move {
        match app::intake::run(&app, &actor, id, &choice, &|_| ()).await {
            // a refusal is written down with the file
            Ok(_) | Err(Fault::Refused(_)) => {}
            Err(cause) => tracing::error!(intake = %id, %cause, "an import stopped"),
        }
    });
    // not done in time, it goes on by itself
    drop(tokio::time::timeout(MOMENT, working).await);
}

#[derive(Deserialize)]
struct Wanted {
    format: Format,
}

/// An empty file in the office's own layout.
async fn template(
    _: Office,
    Path(noun): Path<Noun>,
    Query(Wanted { format }): Query<Wanted>,
) -> Result<impl IntoResponse> {
    let bytes = app::intake::template(noun, format)?.ok_or_else(|| {
        let refusal = Refusal::new("intake.format_unknown").field("format");
        Error::malformed(refusal.arg("value", format.code()).arg("valid", "csv, xlsx"))
    })?;
    let (ending, kind) = app::intake::kind(format);
    let name = format!("attachment; filename=\"{noun}.{ending}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes))
}
